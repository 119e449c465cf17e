// Servers of the HTML report: which of them stands for which zone and how it did; and what each of them showed.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/html_parts.h"
#include "report/picture_words.h"
#include "report/reading.h"

namespace report {

using namespace validator;

namespace {

struct Cell {
  std::string text;
  Tone tone = Tone::secure;
};

struct Matrix {
  std::vector<std::string> zones;
  std::vector<std::string> servers;  // in the order met
  std::map<std::pair<std::size_t, std::size_t>, Cell> cells;
};
Matrix matrix(const Chains& chains);
std::string lines_of(const Chain& chain, ServerId server);

}  // namespace

std::string html_servers(const Chains& chains) {
  const auto all = matrix(chains);
  if (all.servers.empty()) return "";
  const auto columns = std::min(all.zones.size(), most_columns), rows = std::min(all.servers.size(), most_servers);
  const auto first = all.zones.size() - columns;  // the deepest ones
  std::string out = "<table>\n<thead><tr><th scope=\"col\">Server</th>";
  for (auto zone = first; zone < all.zones.size(); ++zone)
    out += fmt::format("<th scope=\"col\">{}</th>", escaped(all.zones[zone]));
  out += "</tr></thead>\n<tbody>\n";
  for (std::size_t server = 0; server < rows; ++server) {
    out += fmt::format("<tr><th scope=\"row\" class=\"name\">{}</th>", escaped(all.servers[server]));
    for (auto zone = first; zone < all.zones.size(); ++zone) {
      const auto cell = all.cells.find({server, zone});
      out += cell == all.cells.end() ? std::string{"<td class=\"dim\">\u2013</td>"}
                                     : fmt::format("<td><span class=\"state {}\">{}</span></td>",
                                                   to_text(cell->second.tone), escaped(cell->second.text));
    }
    out += "</tr>\n";
  }
  return html_wide("Servers and zones", out + "</tbody></table>\n") + html_more(all.servers.size() - rows, "server") +
         html_more(first, "zone");
}

// Servers that showed the same stand together: thirteen root servers mostly do.
std::string html_evidence(const Chains& chains) {
  struct Group {
    std::string zone, lines;
    std::vector<std::string> servers;
  };
  std::vector<Group> groups;
  for (const auto& chain : chains) {
    for (ServerId id = 0; id < chain.servers.size(); ++id) {
      const auto& server = chain.servers[id];
      auto lines = lines_of(chain, id);
      const auto zone = server.zone ? chain.zones[*server.zone].name.print() : std::string{"resolvers"};
      auto name = fmt::format("{} {}", server.name.print(), dns::print(server.address));
      auto same =
          std::ranges::find_if(groups, [&](const Group& group) { return group.zone == zone && group.lines == lines; });
      if (same == groups.end()) {
        groups.push_back({zone, std::move(lines), {}});
        same = groups.end() - 1;
      }
      if (std::ranges::find(same->servers, name) == same->servers.end()) same->servers.push_back(std::move(name));
    }
  }
  std::string out;
  const auto most = std::min(groups.size(), most_servers);
  for (std::size_t i = 0; i < most; ++i) {
    const auto& group = groups[i];
    std::string names;
    const auto shown = std::min(group.servers.size(), most_servers);
    for (std::size_t k = 0; k < shown; ++k) names += fmt::format("<li>{}</li>\n", escaped(group.servers[k]));
    out += fmt::format(
        "<details><summary><b>{}</b> <span class=\"dim\">{}</span></summary>\n<ul class=\"plain\">\n{}</ul>\n{}{}"
        "</details>\n",
        escaped(group.zone),
        group.servers.size() == 1 ? escaped(group.servers.front())
                                  : fmt::format("{} servers that showed the same", group.servers.size()),
        names, html_more(group.servers.size() - shown, "server"), group.lines);
  }
  return out + html_more(groups.size() - most, "group");
}

namespace {

std::size_t index_of(std::vector<std::string>& all, const std::string& one) {
  const auto found = std::ranges::find(all, one);
  if (found != all.end()) return static_cast<std::size_t>(found - all.begin());
  all.push_back(one);
  return all.size() - 1;
}

Cell cell_of(const Chain& chain, ServerId id) {
  const auto& server = chain.servers[id];
  if (!server.answered) return {"silent", Tone::bogus};
  std::size_t errors = 0, warnings = 0;
  for (const auto& finding : chain.findings) {
    if (finding.consequence_of || !std::ranges::binary_search(finding.servers, id)) continue;
    const auto severity = row(finding.code).severity;
    if (severity == Severity::error) ++errors;
    if (severity == Severity::warning) ++warnings;
  }
  if (errors > 0) return {plural(errors, "error"), Tone::bogus};
  if (warnings > 0) return {plural(warnings, "warning"), Tone::unclear};
  using Milliseconds = std::chrono::duration<double, std::milli>;
  return {
      server.rtt && server.rtt->count() > 0 ? fmt::format("ok, {:.0f} ms", Milliseconds{*server.rtt}.count()) : "ok",
      Tone::secure};
}

Matrix matrix(const Chains& chains) {
  Matrix out;
  for (const auto& chain : chains) {
    for (const auto& zone : chain.zones) index_of(out.zones, zone.name.print());
    for (ServerId id = 0; id < chain.servers.size(); ++id) {
      const auto& server = chain.servers[id];
      const auto zone = server.zone ? chain.zones[*server.zone].name.print() : std::string{"resolver"};
      const auto name = server.name.is_root() ? dns::print(server.address)
                                              : fmt::format("{} {}", server.name.print(), dns::print(server.address));
      // Of several questions the worse result: the shorter of "ok" and a count never wins over trouble.
      const auto place = std::pair{index_of(out.servers, name), index_of(out.zones, zone)};
      auto cell = cell_of(chain, id);
      const auto known = out.cells.find(place);
      if (known == out.cells.end() || known->second.tone == Tone::secure) out.cells[place] = std::move(cell);
    }
  }
  return out;
}

// What of the chain this server handed out.
std::string lines_of(const Chain& chain, ServerId server) {
  std::vector<std::string> lines;
  const auto add = [&](std::string line) {
    if (std::ranges::find(lines, line) == lines.end()) lines.push_back(std::move(line));
  };
  const auto has = [&](const ServerSet& servers) { return std::ranges::binary_search(servers, server); };
  for (NodeId id = 0; id < chain.nodes.size(); ++id) {
    if (has(chain.nodes[id].servers)) add(node_text(chain, id));
  }
  for (const auto& link : chain.links) {
    if (link.kind != LinkKind::signs || !has(link.servers)) continue;
    const auto* key = std::get_if<KeyNode>(&chain.nodes[link.from].body);
    add(fmt::format("RRSIG {} of {} by {}, {} to {}{}", dns::to_text(link.covers), owner_of(chain, link).print(),
                    key == nullptr ? 0 : key->tag, print_minutes(link.inception), print_minutes(link.expires),
                    link.ok ? "" : ", not good"));
  }
  for (const auto& finding : chain.findings) {
    if (!finding.consequence_of && has(finding.servers))
      add(fmt::format("{}: {}", to_text(row(finding.code).severity), sentence(finding)));
  }
  if (!chain.servers[server].answered) add("silent");
  if (lines.empty()) return "<p class=\"dim\">nothing that the chain rests on</p>\n";
  std::string out = "<ul class=\"plain\">\n";
  const auto most = std::min(lines.size(), most_evidence);
  for (std::size_t i = 0; i < most; ++i) out += fmt::format("<li>{}</li>\n", escaped(lines[i]));
  return out + "</ul>\n" + html_more(lines.size() - most, "line");
}

}  // namespace
}  // namespace report
