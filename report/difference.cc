#include "report/difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "report/json_writer.h"
#include "validator/finding.h"

namespace report {
namespace {

constexpr std::array aspects = std::to_array<std::string_view>(
    {"verdict", "answer", "blame", "zone", "server", "anchor", "key", "ds", "rrset", "denial", "finding", "forecast"});

std::string line(const Change& change) {
  std::string text = fmt::format("  {} {:<9}",
                                 !change.before  ? '+'
                                 : !change.after ? '-'
                                                 : ' ',
                                 to_text(change.aspect));
  if (!change.what.empty()) text += validator::printable(change.what) + ": ";
  if (change.before && change.after) {
    text += fmt::format("{} -> {}", validator::printable(*change.before), validator::printable(*change.after));
  } else {
    text += validator::printable(change.before ? *change.before : change.after.value_or(""));
  }
  return text + "\n";
}

std::string head(const Difference& difference) {
  const auto question = validator::printable(difference.name) + " " + validator::printable(difference.type);
  if (!difference.after) return fmt::format("- {}: no longer asked\n", question);
  if (!difference.before) return fmt::format("+ {}: not asked before\n", question);
  if (difference.changes.empty()) return fmt::format("{}: no change\n", question);
  return fmt::format("{}: {} -> {}\n", question, *difference.before, *difference.after);
}

bool differs(const Difference& difference) {
  return !difference.changes.empty() || !difference.before || !difference.after;
}

}  // namespace

std::string_view to_text(Aspect aspect) { return aspects.at(static_cast<std::size_t>(aspect)); }

std::vector<Change> compare(const Outline& before, const Outline& after) {
  std::vector<Change> changes;
  auto old = before.items.begin();
  auto now = after.items.begin();
  while (old != before.items.end() || now != after.items.end()) {
    const bool gone = now == after.items.end() || (old != before.items.end() && old->first < now->first);
    const bool added = !gone && (old == before.items.end() || now->first < old->first);
    const auto& [aspect, what] = added ? now->first : old->first;
    if (gone) {
      changes.push_back({aspect, what, old->second, std::nullopt});
    } else if (added) {
      changes.push_back({aspect, what, std::nullopt, now->second});
    } else if (old->second != now->second) {
      changes.push_back({aspect, what, old->second, now->second});
    }
    if (!added) ++old;
    if (!gone) ++now;
  }
  return changes;
}

std::vector<Difference> compare(const std::vector<Outline>& before, const std::vector<Outline>& after) {
  const auto same_question = [](const Outline& one) {
    return [&one](const Outline& other) { return one.name == other.name && one.type == other.type; };
  };
  std::vector<Difference> differences;
  for (const Outline& old : before) {
    const auto now = std::ranges::find_if(after, same_question(old));
    if (now == after.end())
      differences.push_back({old.name, old.type, old.now, std::nullopt, {}});
    else
      differences.push_back({old.name, old.type, old.now, now->now, compare(old, *now)});
  }
  for (const Outline& now : after)
    if (std::ranges::none_of(before, same_question(now)))
      differences.push_back({now.name, now.type, std::nullopt, now.now, {}});
  return differences;
}

bool is_same(const std::vector<Difference>& differences) { return std::ranges::none_of(differences, differs); }

std::string difference_text(const std::vector<Difference>& differences) {
  if (is_same(differences)) return "no change\n";
  std::string text;
  for (const Difference& difference : differences) {
    text += head(difference);
    for (const Change& change : difference.changes) text += line(change);
  }
  return text;
}

std::string difference_json(const std::vector<Difference>& differences) {
  JsonWriter out(JsonWriter::Layout::pretty);
  out.open_object();
  out.put("schema_version", std::string_view{"1.0"});
  out.flag("same", is_same(differences));
  out.key("questions");
  out.array(differences, [&](const Difference& difference) {
    out.object([&] {
      out.put("name", difference.name);
      out.put("type", difference.type);
      out.put("before_at", difference.before);
      out.put("after_at", difference.after);
      out.key("changes");
      out.array(difference.changes, [&](const Change& change) {
        out.object([&] {
          out.put("aspect", to_text(change.aspect));
          out.put("what", change.what);
          out.put("before", change.before);
          out.put("after", change.after);
        });
      });
    });
  });
  out.close_object();
  return out.take();
}

}  // namespace report
