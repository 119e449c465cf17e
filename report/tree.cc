#include "report/tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "report/reading.h"

namespace report {

using namespace validator;

namespace {

class Tree {
 public:
  Tree(Paper& paper, const Chain& chain, const Style& style) : paper_(paper), chain_(chain), style_(style) {}
  void zone(ZoneId id, const std::string& branch, const std::string& stem);

 private:
  void parent_says(ZoneId id, const std::string& stem);
  void keys(ZoneId id, const std::string& stem);
  void other_sets(ZoneId id, const std::string& stem);
  void servers(ZoneId id, const std::string& stem);
  void answer(NodeId id, const std::string& branch, const std::string& stem);
  void item(const std::string& stem, std::string_view label, const std::string& text);

  std::string zone_text(ZoneId id) const;
  std::string key_text(NodeId id, const KeyNode& key) const;
  std::string mark(NodeId id) const;
  const Finding* trouble(NodeId id) const;
  bool is_answer(NodeId id) const;
  std::vector<NodeId> leaves(ZoneId id) const;

  Paper& paper_;
  const Chain& chain_;
  const Style& style_;
};

}  // namespace

void tree(Paper& paper, const Chain& chain, const Style& style) {
  Tree drawing(paper, chain, style);
  for (ZoneId id = 0; id < chain.zones.size(); ++id) {
    if (chain.zones[id].parent) continue;
    paper.line("");
    drawing.zone(id, "  ", "  ");
  }
}

std::string security_word(const Paper& paper, Security security) {
  switch (security) {
    case Security::secure: return paper.ink(Ink::good, "secure");
    case Security::insecure: return paper.ink(Ink::bold, "insecure");
    case Security::bogus: return paper.ink(Ink::bad, "BOGUS");
    case Security::indeterminate: return paper.ink(Ink::unsure, "indeterminate");
  }
  return "";
}

namespace {

void Tree::zone(ZoneId id, const std::string& branch, const std::string& stem) {
  const auto items = leaves(id);
  std::vector<ZoneId> children;
  for (ZoneId child = 0; child < chain_.zones.size(); ++child) {
    if (chain_.zones[child].parent == id) children.push_back(child);
  }
  const bool has_more = !items.empty() || !children.empty();
  const auto inner = stem + (has_more ? "│  " : "   ");
  paper_.fold(branch, inner, zone_text(id));
  servers(id, inner);
  parent_says(id, inner);
  keys(id, inner);
  other_sets(id, inner);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool is_last = children.empty() && i + 1 == items.size();
    answer(items[i], stem + (is_last ? "└─ " : "├─ "), stem + (is_last ? "     " : "│    "));
  }
  for (std::size_t i = 0; i < children.size(); ++i) {
    const bool is_last = i + 1 == children.size();
    zone(children[i], stem + (is_last ? "└─ " : "├─ "), stem + (is_last ? "   " : "│  "));
  }
}

std::string Tree::zone_text(ZoneId id) const {
  const auto& zone = chain_.zones[id];
  const auto name = paper_.ink(Ink::bold, zone.name.print());
  if (!zone.reached) return fmt::format("{} not reached", name);
  auto out = fmt::format("{} {}", name, security_word(paper_, zone.security));
  if (!zone.servers.empty()) {
    const auto bad = bad_servers(chain_, id);
    const auto good = fmt::format("{} of {}", zone.servers.size() - bad, zone.servers.size());
    out += fmt::format(", servers {}{}", paper_.ink(bad > 0 ? Ink::bad : Ink::plain, good), bad > 0 ? " good" : "");
  }
  if (zone.denial == DenialKind::nsec) out += ", NSEC";
  if (zone.denial == DenialKind::nsec3) out += zone.nsec3 && zone.nsec3->opt_out ? ", NSEC3 opt-out" : ", NSEC3";
  if (zone.denial == DenialKind::both) out += ", NSEC and NSEC3";
  return out;
}

void Tree::item(const std::string& stem, std::string_view label, const std::string& text) {
  paper_.fold(fmt::format("{}{:<7} ", stem, label), stem + "        ", text);
}

void Tree::servers(ZoneId id, const std::string& stem) {
  if (style_.verbosity < 1 && style_.servers == Style::Servers::counted) return;
  for (const auto server_id : chain_.zones[id].servers) {
    const auto& server = chain_.servers[server_id];
    auto text = server.name.is_root() ? dns::print(server.address)
                                      : fmt::format("{} {}", server.name.print(), dns::print(server.address));
    if (server.rtt) text += fmt::format(", {} ms", std::chrono::round<std::chrono::milliseconds>(*server.rtt).count());
    if (!server.answered) text += ", " + paper_.ink(Ink::unsure, "silent");
    if (!server.nsid.empty()) text += ", NSID " + nsid_text(server.nsid);
    item(stem, "server", text);
  }
}

// What the parent publishes about this zone: its DS set, or the proof that there is none.
void Tree::parent_says(ZoneId id, const std::string& stem) {
  for (NodeId node_id = 0; node_id < chain_.nodes.size(); ++node_id) {
    const auto& node = chain_.nodes[node_id];
    if (const auto* anchor = std::get_if<AnchorNode>(&node.body); anchor != nullptr && node.zone == id) {
      item(stem, "anchor",
           fmt::format("{} {} ({}){}", anchor->tag, numbered(anchor->algorithm), printable(anchor->source),
                       anchor->used ? "" : ", not used"));
    }
    if (const auto* ds = std::get_if<DsNode>(&node.body); ds != nullptr && ds->owner == chain_.zones[id].name) {
      std::string digests;
      for (const auto digest : ds->digest_types) digests += ", " + numbered(digest);
      item(stem, "DS",
           fmt::format("{} {}{}{}{}", ds->tag, numbered(ds->algorithm), digests, ds->assumed ? ", planned" : "",
                       mark(node_id)));
    }
    const auto* denial = std::get_if<DenialNode>(&node.body);
    if (denial != nullptr && denial->wanted == Wanted::no_ds && denial->name == chain_.zones[id].name) {
      item(stem, "no DS",
           fmt::format("proven by {}{}{}", plural(denial->records.size(), "record"), denial->opt_out ? ", opt-out" : "",
                       mark(node_id)));
    }
  }
}

void Tree::keys(ZoneId id, const std::string& stem) {
  for (NodeId node_id = 0; node_id < chain_.nodes.size(); ++node_id) {
    const auto& node = chain_.nodes[node_id];
    const auto* key = std::get_if<KeyNode>(&node.body);
    if (key != nullptr && node.zone == id) item(stem, "DNSKEY", key_text(node_id, *key));
  }
}

std::string Tree::key_text(NodeId id, const KeyNode& key) const {
  auto out = fmt::format("{} {}", key.tag, numbered(key.key.algorithm));
  if (!key.published) {
    const auto* why = trouble(id);
    return fmt::format("{}, {}{}", out, paper_.ink(Ink::unsure, "not published"),
                       why == nullptr ? "" : fmt::format(" ({})", to_text(why->code)));
  }
  if (key.bits > 0) out += fmt::format(", {} bits", key.bits);
  if (key.key.is_sep()) out += ", SEP";
  if (key.key.is_revoked()) out += ", " + paper_.ink(Ink::unsure, "REVOKED");
  if (!key.signs) out += ", signs nothing";
  return out + mark(id);
}

// Sets that are neither answer nor proof: one line for all that hold, one for each that does not.
void Tree::other_sets(ZoneId id, const std::string& stem) {
  std::string good;
  for (NodeId node_id = 0; node_id < chain_.nodes.size(); ++node_id) {
    const auto& node = chain_.nodes[node_id];
    const auto* rrset = std::get_if<RRsetNode>(&node.body);
    if (rrset == nullptr || node.zone != id || is_answer(node_id)) continue;
    const auto owner = rrset->set.owner == chain_.zones[id].name ? "" : rrset->set.owner.print() + " ";
    const auto text = owner + dns::to_text(rrset->set.type);
    const auto trouble_mark = mark(node_id);
    if (trouble_mark.empty()) {
      good += (good.empty() ? "" : ", ") + text;
    } else {
      item(stem, "set", text + trouble_mark);
    }
  }
  if (!good.empty()) item(stem, "sets", good);
}

void Tree::answer(NodeId id, const std::string& branch, const std::string& stem) {
  const auto& node = chain_.nodes[id];
  std::string text;
  if (const auto* rrset = std::get_if<RRsetNode>(&node.body)) {
    const auto& set = rrset->set;
    text = fmt::format("{} {}, {}, TTL {}", paper_.ink(Ink::bold, set.owner.print() + " " + dns::to_text(set.type)),
                       security_word(paper_, node.security), plural(set.rdatas.size(), "record"), set.ttl);
    if (rrset->wildcard) text += fmt::format(", from {}", rrset->wildcard->print());
    if (rrset->synthesized) text += ", made from a DNAME";
    if (set.type == dns::RRType::cname && !set.rdatas.empty()) {
      if (const auto target = dns::read_target(set.rdatas.front()))
        text += fmt::format(", alias of {}", target->print());
    }
  } else if (const auto* denial = std::get_if<DenialNode>(&node.body)) {
    const auto kind = denial->records.empty() ? "" : dns::to_text(denial->records.front().type) + " ";
    text =
        fmt::format("{}: {}, {}{}", paper_.ink(Ink::bold, denial_text(*denial)), security_word(paper_, node.security),
                    plural(denial->records.size(), kind + "record"), denial->opt_out ? ", opt-out" : "");
  }
  if (const auto* why = trouble(id)) text += fmt::format(" ({})", to_text(why->code));
  paper_.fold(branch, stem, text);
}

// ", BOGUS (signature-expired)": nothing where all is well.
std::string Tree::mark(NodeId id) const {
  const auto& node = chain_.nodes[id];
  const auto* why = trouble(id);
  const bool says_so = node.security == chain_.zones[node.zone].security && node.security != Security::bogus;
  std::string out;
  if (node.security != Security::secure && !says_so) out += ", " + security_word(paper_, node.security);
  if (why != nullptr) out += fmt::format(" ({})", to_text(why->code));
  return out;
}

const Finding* Tree::trouble(NodeId id) const {
  for (const auto& link : chain_.links) {
    const bool touches = link.to == id || (link.kind == LinkKind::vouches && link.from == id);
    if (!link.ok && touches && link.finding) return &chain_.findings[*link.finding];
  }
  return nullptr;
}

bool Tree::is_answer(NodeId id) const {
  return std::ranges::find(chain_.answer.rrsets, id) != chain_.answer.rrsets.end();
}

// Answers and negative proofs of this zone; the proofs that there is no DS stand at the child.
std::vector<NodeId> Tree::leaves(ZoneId id) const {
  std::vector<NodeId> out;
  for (NodeId node_id = 0; node_id < chain_.nodes.size(); ++node_id) {
    const auto& node = chain_.nodes[node_id];
    if (node.zone != id) continue;
    const auto* denial = std::get_if<DenialNode>(&node.body);
    const bool is_proof = denial != nullptr && (denial->wanted != Wanted::no_ds || !find_zone(chain_, denial->name));
    if (is_answer(node_id) || is_proof) out.push_back(node_id);
  }
  return out;
}

}  // namespace
}  // namespace report
