#include "cli/outline_read.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "dns/name.h"
#include "report/reading.h"
#include "resolver/json.h"

namespace cli {
namespace {

using report::Aspect;
using report::Outline;
using resolver::Json;

const Json nothing;

const Json& member(const Json& json, std::string_view name) {
  const Json* found = json.find(name);
  return found != nullptr ? *found : nothing;
}

// A text or a number as it stands there; "" for what is null.
std::string word(const Json& json) {
  switch (json.kind) {
    case Json::Kind::number: return fmt::format("{}", json.number);
    case Json::Kind::flag: return json.number != 0 ? "yes" : "no";
    default: return json.text;
  }
}
std::string word(const Json& json, std::string_view name) { return word(member(json, name)); }
bool is_set(const Json& json, std::string_view name) { return member(json, name).number != 0; }

std::string words(const Json& list) {
  std::vector<std::string> all;
  for (const Json& each : list.children) all.push_back(word(each));
  return fmt::format("{}", fmt::join(all, "+"));
}

class Reading {
 public:
  explicit Reading(const Json& json) : json_(json) {
    for (const Json& zone : member(json, "zones").children) zones_[word(zone, "id")] = word(zone, "name");
    for (const Json& id : member(member(json, "answer"), "rrsets").children) answer_.insert(id.text);
    known_.insert(word(member(json, "target"), "name"));
    for (const auto& [id, name] : zones_) known_.insert(name);
    for (const Json& node : member(json, "nodes").children)
      if (answer_.contains(word(node, "id"))) known_.insert(word(node, "owner"));
  }

  Outline run() {
    Outline& out = outline_;
    out.name = word(member(json_, "target"), "name");
    out.type = word(member(json_, "target"), "type");
    out.now = word(json_, "now");
    put(Aspect::verdict, "", word(json_, "verdict"));
    put(Aspect::answer, "", word(member(json_, "answer"), "rcode"));
    if (const Json& blame = member(json_, "blame"); blame.kind == Json::Kind::object)
      put(Aspect::blame, "", fmt::format("{} of {}", word(blame, "party"), word(blame, "zone")));
    for (const Json& zone : member(json_, "zones").children) read_zone(zone);
    for (const Json& server : member(json_, "servers").children) read_server(server);
    for (const Json& node : member(json_, "nodes").children) read_node(node);
    for (const Json& finding : member(json_, "findings").children) read_finding(finding);
    read_forecast(member(json_, "forecast"));
    return std::move(outline_);
  }

 private:
  void put(Aspect aspect, std::string what, std::string how) {
    outline_.items.insert_or_assign({aspect, std::move(what)}, std::move(how));
  }
  std::string zone_of(const Json& json) const {
    const auto found = zones_.find(word(json, "zone"));
    return found == zones_.end() ? "" : found->second;
  }

  void read_zone(const Json& zone) {
    std::string how = is_set(zone, "reached") ? word(zone, "security") : "not reached";
    if (const auto denial = word(zone, "denial"); !denial.empty()) how += ", " + denial;
    if (const Json& nsec3 = member(zone, "nsec3"); nsec3.kind == Json::Kind::object) {
      how += fmt::format(" {} iterations, salt \"{}\"{}", word(nsec3, "iterations"), word(nsec3, "salt"),
                         is_set(nsec3, "opt_out") ? ", opt-out" : "");
    }
    put(Aspect::zone, word(zone, "name"), how);
  }

  void read_server(const Json& server) {
    const auto zone = zone_of(server);
    const auto name = word(server, "name");
    put(Aspect::server, fmt::format("{} {} {}", zone.empty() ? "resolver" : zone, name, word(server, "address")),
        is_set(server, "answered") ? "answers" : "silent");
  }

  void read_node(const Json& node) {
    const auto kind = word(node, "kind"), security = word(node, "security");
    const auto id = fmt::format("{} {}", word(node, "tag"), word(node, "algorithm"));
    if (kind == "anchor") {
      const auto digest = word(node, "digest_type");
      put(Aspect::anchor, fmt::format("{} {}", zone_of(node), id),
          fmt::format("{}{}", digest.empty() ? "key" : "digest " + digest, is_set(node, "used") ? ", used" : ""));
    } else if (kind == "key") {
      put(Aspect::key, fmt::format("{} {}", zone_of(node), id),
          fmt::format("flags {}, {} bits{}{}, {}", word(node, "flags"), word(node, "bits"),
                      is_set(node, "published") ? "" : ", not published", is_set(node, "signs") ? ", signs" : "",
                      security));
    } else if (kind == "ds") {
      put(Aspect::ds, fmt::format("{} {}", word(node, "owner"), id),
          fmt::format("digest {}, {}", words(member(node, "digest_types")), security));
    } else if (answer_.contains(word(node, "id"))) {
      const bool denial = kind == "denial";
      const auto question = fmt::format("{} {}", word(node, "owner"), word(node, "type"));
      put(denial ? Aspect::denial : Aspect::rrset, question,
          fmt::format("{}, {}",
                      denial ? word(node, "wanted") : report::plural(member(node, "records").number, "record"),
                      security));
    }
  }

  // A name made up to be denied is another one in each run.
  std::string steady(const std::string& text) const {
    if (known_.contains(text)) return text;
    const auto name = dns::Name::parse(text);
    if (!name || name->is_root()) return text;
    const auto parent = name->parent().print();
    const bool in_zone = std::ranges::any_of(zones_, [&](const auto& zone) { return zone.second == parent; });
    return in_zone ? "(made up)." + parent : text;
  }

  void read_finding(const Json& finding) {
    const Json& subject = member(finding, "subject");
    std::string what = word(finding, "slug");
    for (const Json& part : subject.children) {
      const bool may_be_made_up = part.key == "owner" || (part.key == "name" && word(subject, "kind") == "denial");
      const auto text = may_be_made_up ? steady(word(part)) : word(part);
      if (!text.empty()) what += " " + text;
    }
    put(Aspect::finding, what, word(finding, "severity"));
  }

  void read_forecast(const Json& forecast) {
    const auto next = word(forecast, "verdict_next");
    if (next.empty()) return;
    put(Aspect::forecast, "",
        fmt::format("{} at {} ({})", next, word(forecast, "breaks_at"), word(forecast, "first_code")));
  }

  const Json& json_;
  std::map<std::string, std::string> zones_;  // by id
  std::set<std::string> answer_;              // ids of the answer's nodes
  std::set<std::string> known_;               // names that are not made up
  Outline outline_;
};

}  // namespace

std::expected<std::vector<Outline>, std::string> read_outlines(std::string_view json) {
  resolver::JsonRules rules;
  rules.depth = 16;
  const auto top = resolver::parse_json(json, rules, [](auto, auto, const auto&) { return std::string(); });
  if (!top) return std::unexpected(top.error());
  std::vector<Outline> outlines;
  for (const Json& each : top->kind == Json::Kind::list ? top->children : std::vector{*top}) {
    const bool ours = word(each, "schema_version").starts_with("1.") && !word(each, "verdict").empty();
    if (!ours) return std::unexpected("is neither a recording nor a verdict in JSON (schema version 1)");
    outlines.push_back(Reading(each).run());
  }
  if (outlines.empty()) return std::unexpected("holds no verdict");
  return outlines;
}

}  // namespace cli
