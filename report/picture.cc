#include "report/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/picture_words.h"
#include "report/reading.h"

namespace report {

using namespace validator;

namespace {

// Builds one picture of several chains: what has the same id is the same thing, so that ancestors are shared.
class Painter {
 public:
  explicit Painter(const Style& style) : style_(style) {}
  void chain(const Chain& chain);
  Picture take();

 private:
  void zones();
  void nodes();
  void key(NodeId id, const KeyNode& key);
  void denial(NodeId id, const DenialNode& denial);
  void rrset(NodeId id, const RRsetNode& rrset);
  void fold(ZoneId zone);
  bool is_crowded(std::map<ZoneId, std::size_t>& drawn, ZoneId zone, NodeId id);
  void proposals();
  void links();
  void arrow(LinkId id);
  void delegations();
  void delegation(ZoneId child);
  void marks();
  void notes();

  Item of_node(Item::Kind kind, std::string id, std::vector<std::string> lines, NodeId node) const;
  std::size_t add(Item item);
  void add(Arrow arrow);
  std::size_t anchor_item(ZoneId zone);
  bool is_standby(NodeId id, const KeyNode& key) const;
  bool is_entry(NodeId id) const;
  bool has_trouble(NodeId id) const;
  bool is_answer(NodeId id) const;

  const Style& style_;
  const Chain* chain_ = nullptr;
  Picture picture_;
  std::map<std::string, std::size_t, std::less<>> item_of_id_, box_of_id_;
  // Of the chain at hand.
  std::vector<std::size_t> box_of_zone_;
  std::vector<std::optional<std::size_t>> item_of_node_;
  std::map<NodeId, std::size_t> proof_of_node_;
  std::map<ZoneId, std::vector<NodeId>> standby_, checks_, more_keys_, more_ds_;
  std::map<ZoneId, std::size_t> keys_, ds_;  // drawn one by one
};

constexpr std::size_t most_of_a_kind = 12;  // keys, or DS, of one zone; those that matter come first

}  // namespace

Picture picture(const std::vector<Chain>& chains, const Style& style) {
  Painter painter(style);
  for (const auto& chain : chains) painter.chain(chain);
  return painter.take();
}

namespace {

void Painter::chain(const Chain& chain) {
  chain_ = &chain;
  box_of_zone_.clear();
  item_of_node_.assign(chain.nodes.size(), std::nullopt);
  proof_of_node_.clear();
  for (auto* each : {&standby_, &checks_, &more_keys_, &more_ds_}) each->clear();
  keys_.clear();
  ds_.clear();
  zones();
  nodes();
  links();
  proposals();
  delegations();
  marks();
  notes();
}

Picture Painter::take() {
  for (auto& item : picture_.items) item.size = size_of(item);
  return std::move(picture_);
}

void Painter::zones() {
  for (ZoneId id = 0; id < chain_->zones.size(); ++id) {
    const auto& zone = chain_->zones[id];
    Box box;
    box.id = "tw-zone-" + id_part(zone.name.print());
    box.name = zone.name.print();
    box.caption = zone_caption(*chain_, id, style_.helpers);
    box.tooltip = zone_tooltip(*chain_, id, style_.helpers);
    box.tone = zone.reached ? tone_of(zone.security) : Tone::absent;
    if (zone.parent) box.parent = box_of_zone_[*zone.parent];
    if (zone.parent) box.depth = picture_.boxes[*box.parent].depth + 1;
    const auto* cause = first_cause(*chain_);
    const bool breaks = chain_->verdict == Security::bogus || chain_->verdict == Security::indeterminate;
    box.guilty = cause != nullptr && breaks && cause->blame.party != Party::here && cause->zone == zone.name;
    const auto [found, is_new] = box_of_id_.try_emplace(box.id, picture_.boxes.size());
    box_of_zone_.push_back(found->second);
    if (is_new) {
      picture_.boxes.push_back(std::move(box));
      continue;
    }
    auto& known = picture_.boxes[found->second];  // of an earlier chain: the worse of both is shown
    known.guilty = known.guilty || box.guilty;
    if (!is_worse(box.tone, known.tone)) continue;
    known.tone = box.tone;
    known.caption = std::move(box.caption);
    known.tooltip = std::move(box.tooltip);
  }
}

void Painter::nodes() {
  for (NodeId id = 0; id < chain_->nodes.size(); ++id) {
    const auto& node = chain_->nodes[id];
    if (const auto* each = std::get_if<KeyNode>(&node.body)) key(id, *each);
    if (const auto* each = std::get_if<DsNode>(&node.body)) {
      if (is_crowded(ds_, node.zone, id)) {
        more_ds_[node.zone].push_back(id);
        continue;
      }
      auto text_id = "tw-ds-" + id_part(each->owner.print()) + "-" + ds_id(*each);
      item_of_node_[id] = add(of_node(Item::Kind::ds, std::move(text_id), ds_lines(*each), id));
    }
    if (const auto* each = std::get_if<RRsetNode>(&node.body)) rrset(id, *each);
    if (const auto* each = std::get_if<DenialNode>(&node.body)) denial(id, *each);
  }
  for (ZoneId zone = 0; zone < chain_->zones.size(); ++zone) fold(zone);
  // An anchor is its key's double border; only an anchor without a key is drawn itself.
  for (NodeId id = 0; id < chain_->nodes.size(); ++id) {
    const auto& node = chain_->nodes[id];
    const auto* anchor = std::get_if<AnchorNode>(&node.body);
    if (anchor == nullptr) continue;
    bool has_key = false;
    for (const auto& link : chain_->links) {
      if (link.kind != LinkKind::vouches || link.from != id || !item_of_node_[link.to]) continue;
      picture_.items[*item_of_node_[link.to]].anchor = has_key = true;
    }
    if (has_key) continue;
    auto text_id = fmt::format("tw-anchor-{}-{}", id_part(chain_->zones[node.zone].name.print()), anchor->tag);
    auto item = of_node(Item::Kind::key, std::move(text_id), anchor_lines(*anchor), id);
    item.tone = Tone::absent;
    item.anchor = true;
    item_of_node_[id] = add(std::move(item));
  }
}

void Painter::key(NodeId id, const KeyNode& key) {
  const auto& node = chain_->nodes[id];
  if (style_.probes == Style::Probes::folded && is_standby(id, key)) {
    standby_[node.zone].push_back(id);
    return;
  }
  if (is_crowded(keys_, node.zone, id)) {
    more_keys_[node.zone].push_back(id);
    return;
  }
  auto text_id = fmt::format("tw-key-{}-{}-{}", id_part(chain_->zones[node.zone].name.print()), key.tag,
                             dns::number(key.key.algorithm));
  auto item = of_node(Item::Kind::key, std::move(text_id), key_lines(key), id);
  if (!key.published) item.tone = Tone::absent;
  item.sep = key.key.is_sep();
  item.revoked = key.key.is_revoked();
  item_of_node_[id] = add(std::move(item));
}

void Painter::rrset(NodeId id, const RRsetNode& rrset) {
  const auto& node = chain_->nodes[id];
  if (style_.probes == Style::Probes::folded && !is_answer(id) && !has_trouble(id)) {
    checks_[node.zone].push_back(id);
    return;
  }
  auto text_id = "tw-rrset-" + id_part(rrset.set.owner.print()) + "-" + id_part(dns::to_text(rrset.set.type));
  item_of_node_[id] = add(of_node(Item::Kind::rrset, std::move(text_id), rrset_lines(rrset), id));
}

void Painter::denial(NodeId id, const DenialNode& denial) {
  const auto& node = chain_->nodes[id];
  const bool of_child = denial.wanted == Wanted::no_ds && find_zone(*chain_, denial.name);
  const bool of_question = denial.name == chain_->name && denial.type == chain_->type;
  const bool matters = of_child || of_question || is_answer(id) || has_trouble(id);
  if (style_.probes == Style::Probes::folded && !matters) {
    checks_[node.zone].push_back(id);
    return;
  }
  const auto name = id_part(denial.name.print()) + "-" + id_part(dns::to_text(denial.type));
  if (!denial.records.empty()) {
    auto proof = of_node(Item::Kind::proof, "tw-proof-" + name, proof_lines(denial), id);
    proof.opt_out = denial.opt_out;
    proof_of_node_[id] = add(std::move(proof));
  }
  if (of_child) {  // the proof denies the DS at the child's box itself
    if (!denial.records.empty()) item_of_node_[id] = proof_of_node_[id];
    return;
  }
  item_of_node_[id] = add(of_node(Item::Kind::denial, "tw-denial-" + name, pieces(denial_text(denial), 44), id));
  if (denial.records.empty()) return;
  Arrow arrow{Arrow::Kind::denies, "tw-denies-" + name, proof_of_node_[id], *item_of_node_[id]};
  arrow.tone = tone_of(node.security);
  arrow.tooltip = fmt::format("the proof that {}", denial_text(denial));
  add(std::move(arrow));
}

// Three hundred keys are no picture: beyond a dozen of a kind only what the chain hangs on stands by itself, and of
// that no more than another dozen.
bool Painter::is_crowded(std::map<ZoneId, std::size_t>& drawn, ZoneId zone, NodeId id) {
  auto& count = drawn[zone];
  const bool vouches = std::ranges::any_of(
      chain_->links, [&](const Link& link) { return link.kind == LinkKind::vouches && link.ok && link.from == id; });
  if (count >= (is_entry(id) || vouches ? 2 * most_of_a_kind : most_of_a_kind)) return true;
  ++count;
  return false;
}

// Standby keys and passed checks of a zone become one item each, and what is too much to be drawn.
void Painter::fold(ZoneId zone) {
  const auto heap = [&](const std::vector<NodeId>& nodes, std::string_view id, std::string text, Tone tone) {
    if (nodes.empty()) return;
    Item item{Item::Kind::checks, fmt::format("tw-{}-{}", id, id_part(chain_->zones[zone].name.print()))};
    item.lines = {std::move(text)};
    item.tooltip = list_tooltip(*chain_, nodes);
    item.tone = tone;
    item.box = box_of_zone_[zone];
    const auto index = add(std::move(item));
    for (const auto node : nodes) item_of_node_[node] = index;
  };
  const auto& keys = standby_[zone];
  heap(keys, "standby", fmt::format("+ {}", plural(keys.size(), "standby key")), Tone::absent);
  const auto security = tone_of(chain_->zones[zone].security);
  heap(more_keys_[zone], "more-keys", fmt::format("+ {}", plural(more_keys_[zone].size(), "more key")), security);
  heap(more_ds_[zone], "more-ds", fmt::format("+ {} more DS", more_ds_[zone].size()), security);
  const auto& checks = checks_[zone];
  heap(checks, "checks", fmt::format("{} passed", plural(checks.size(), "check")), security);
}

void Painter::links() {
  for (LinkId id = 0; id < chain_->links.size(); ++id) arrow(id);
}

void Painter::arrow(LinkId id) {
  const auto& link = chain_->links[id];
  const auto from = item_of_node_[link.from];
  auto to = item_of_node_[link.to];
  if (const auto proof = proof_of_node_.find(link.to); proof != proof_of_node_.end()) to = proof->second;
  if (!from || !to || link.kind == LinkKind::denies) return;
  if (std::holds_alternative<AnchorNode>(chain_->nodes[link.from].body) && picture_.items[*to].anchor) return;
  const bool over_keys = link.kind == LinkKind::signs && link.covers == dns::RRType::dnskey;
  // One loop, on the key that a DS or an anchor names; a ZSK that signs the key set too adds nothing.
  if (over_keys && link.ok && !is_entry(link.from)) return;
  const bool signs_another_key = std::ranges::any_of(chain_->links, [&](const Link& other) {
    return other.from == link.from && other.to != link.to && other.covers == dns::RRType::dnskey && other.ok;
  });
  if (over_keys && link.ok && link.from == link.to && signs_another_key) return;
  Arrow arrow{link.kind == LinkKind::signs     ? Arrow::Kind::signs
              : link.kind == LinkKind::vouches ? Arrow::Kind::vouches
                                               : Arrow::Kind::alias,
              "", *from, *to};
  arrow.tone = tone_of(*chain_, link);
  arrow.label = link_label(*chain_, link);
  arrow.tooltip = link_tooltip(*chain_, link);
  arrow.pale = !link.ok && link.finding && chain_->findings[*link.finding].consequence_of.has_value();
  arrow.id = fmt::format("tw-{}-{}--{}-{}",
                         link.kind == LinkKind::signs     ? "signs"
                         : link.kind == LinkKind::vouches ? "vouches"
                                                          : "alias",
                         picture_.items[*from].id.substr(3), picture_.items[*to].id.substr(3), to_text(arrow.tone));
  add(std::move(arrow));
}

// What the zone asks its parent for by CDS or CDNSKEY, where that is not what the parent has (RFC 7344 §5).
void Painter::proposals() {
  for (const auto& finding : chain_->findings) {
    const auto zone = find_zone(*chain_, finding.zone);
    const auto* wanted = finding.code == Code::cds_differs_from_ds ? detail(finding, "add") : nullptr;
    const auto* keys = wanted == nullptr ? nullptr : std::get_if<std::vector<DsId>>(wanted);
    if (!zone || keys == nullptr) continue;
    const auto part = id_part(finding.zone.print());
    Item item{Item::Kind::rrset, "tw-cds-" + part, {proposal_text(finding)}, sentence(finding), Tone::notice};
    item.box = box_of_zone_[*zone];
    const auto from = add(std::move(item));
    for (NodeId id = 0; id < chain_->nodes.size(); ++id) {
      const auto* key = std::get_if<KeyNode>(&chain_->nodes[id].body);
      const bool is_named = key != nullptr && chain_->nodes[id].zone == *zone && item_of_node_[id] &&
                            std::ranges::any_of(*keys, [&](const DsId& one) { return one.tag == key->tag; });
      if (!is_named) continue;
      Arrow arrow{Arrow::Kind::proposes, "", from, *item_of_node_[id]};
      arrow.id = fmt::format("tw-proposes-{}-{}", part, key->tag);
      arrow.tone = Tone::notice;
      arrow.tooltip = sentence(finding);
      add(std::move(arrow));
    }
  }
}

void Painter::delegations() {
  for (ZoneId id = 0; id < chain_->zones.size(); ++id) {
    if (chain_->zones[id].parent) delegation(id);
  }
}

void Painter::delegation(ZoneId child) {
  const auto& zone = chain_->zones[child];
  Arrow arrow{Arrow::Kind::delegation, "tw-delegation-" + id_part(zone.name.print())};
  arrow.from_box = box_of_zone_[*zone.parent];
  arrow.to_box = box_of_zone_[child];
  arrow.tone = picture_.boxes[*arrow.to_box].tone;
  arrow.to = anchor_item(child);
  arrow.from = anchor_item(*zone.parent);
  for (std::size_t i = arrow.from; i < picture_.items.size(); ++i) {
    if (picture_.items[i].box == *arrow.from_box) arrow.from = i;  // the lowest, so that the child comes below
  }
  // It hangs on what the parent says about the child: its DS, or the proof that there is none.
  for (NodeId id = 0; id < chain_->nodes.size(); ++id) {
    const auto& node = chain_->nodes[id];
    if (node.zone != *zone.parent || !item_of_node_[id]) continue;
    const auto* ds = std::get_if<DsNode>(&node.body);
    const auto* denial = std::get_if<DenialNode>(&node.body);
    if (ds != nullptr && ds->owner == zone.name) arrow.from = *item_of_node_[id];
    if (denial == nullptr || denial->wanted != Wanted::no_ds || !(denial->name == zone.name)) continue;
    arrow.from = *item_of_node_[id];
    Arrow denies{Arrow::Kind::denies, "tw-denies-" + id_part(zone.name.print()) + "-ds", *item_of_node_[id], arrow.to};
    denies.to_box = arrow.to_box;
    denies.tone = tone_of(node.security);
    denies.tooltip = fmt::format("the proof that {}", denial_text(*denial));
    add(std::move(denies));
  }
  if (arrow.tone == Tone::insecure) arrow.label = "INSECURE";
  if (arrow.tone == Tone::bogus) arrow.label = "BOGUS";
  if (arrow.tone == Tone::unclear) arrow.label = "?";
  arrow.tooltip = fmt::format("delegation of {} by {}", zone.name.print(), chain_->zones[*zone.parent].name.print());
  add(std::move(arrow));
}

// Some item of the zone for arrows to hold on to; an empty box gets one.
std::size_t Painter::anchor_item(ZoneId zone) {
  const auto box = box_of_zone_[zone];
  const auto first = std::ranges::find(picture_.items, box, &Item::box);
  if (first != picture_.items.end()) return static_cast<std::size_t>(first - picture_.items.begin());
  const auto& about = chain_->zones[zone];
  return add(Item{Item::Kind::empty,
                  "tw-empty-" + id_part(about.name.print()),
                  {about.reached ? "nothing heard" : "not reached"},
                  zone_tooltip(*chain_, zone, style_.helpers),
                  Tone::absent,
                  box});
}

void Painter::marks() {
  const auto raise = [](Mark& mark, Severity severity) {
    const auto made = severity == Severity::error     ? Mark::error
                      : severity == Severity::warning ? Mark::warning
                                                      : Mark::notice;
    if (mark == Mark::none || made < mark) mark = made;
  };
  for (const auto& finding : chain_->findings) {
    if (finding.consequence_of || row(finding.code).severity > style_.level) continue;
    const auto severity = row(finding.code).severity;
    for (NodeId id = 0; id < chain_->nodes.size(); ++id) {
      if (item_of_node_[id] && is_about(finding, *chain_, id)) raise(picture_.items[*item_of_node_[id]].mark, severity);
    }
    const auto zone = find_zone(*chain_, finding.zone);
    if (!zone) continue;
    auto& counts = picture_.boxes[box_of_zone_[*zone]].marks;
    ++(severity == Severity::error ? counts.errors : severity == Severity::warning ? counts.warnings : counts.notices);
  }
}

void Painter::notes() {
  for (auto& note : callout(*chain_, style_.helpers)) {
    if (!note.target.empty() && !box_of_id_.contains(note.target)) note.target.clear();
    for (auto& line : folded(note.text, 92)) {
      auto part = note;
      part.text = std::move(line);
      picture_.notes.push_back(std::move(part));
    }
  }
  if (!picture_.title.empty()) picture_.title += "; ";
  picture_.title += title_text(*chain_, style_.helpers);
  if (!picture_.description.empty()) picture_.description += " ";
  picture_.description += description_text(*chain_);
}

Item Painter::of_node(Item::Kind kind, std::string id, std::vector<std::string> lines, NodeId node) const {
  const auto& about = chain_->nodes[node];
  return {kind,
          std::move(id),
          std::move(lines),
          node_tooltip(*chain_, node),
          tone_of(about.security),
          box_of_zone_[about.zone]};
}

std::size_t Painter::add(Item item) {
  const auto known = item_of_id_.find(item.id);
  if (known != item_of_id_.end()) {
    const bool taken = std::ranges::find(item_of_node_, std::optional{known->second}) != item_of_node_.end();
    if (!taken) {  // drawn for an earlier chain: the worse of both is shown
      auto& other = picture_.items[known->second];
      if (is_worse(item.tone, other.tone)) other.tone = item.tone, other.tooltip = std::move(item.tooltip);
      return known->second;
    }
    for (int i = 2; item_of_id_.contains(item.id); ++i) item.id = fmt::format("{}-{}", known->first, i);
  }
  item_of_id_[item.id] = picture_.items.size();
  picture_.items.push_back(std::move(item));
  return picture_.items.size() - 1;
}

void Painter::add(Arrow arrow) {
  const auto same = std::ranges::find(picture_.arrows, arrow.id, &Arrow::id);
  if (same == picture_.arrows.end()) {
    picture_.arrows.push_back(std::move(arrow));
  } else if (!same->tooltip.contains(arrow.tooltip)) {
    same->tooltip += "\n" + arrow.tooltip;
  }
}

bool Painter::is_entry(NodeId id) const {
  return std::ranges::any_of(chain_->links,
                             [&](const Link& link) { return link.kind == LinkKind::vouches && link.to == id; });
}

bool Painter::is_standby(NodeId id, const KeyNode& key) const {
  return key.published && !key.signs && !key.key.is_revoked() && !is_entry(id) && !has_trouble(id);
}

bool Painter::has_trouble(NodeId id) const {
  if (chain_->nodes[id].security == Security::bogus) return true;
  return std::ranges::any_of(chain_->links,
                             [&](const Link& link) { return !link.ok && (link.to == id || link.from == id); });
}

bool Painter::is_answer(NodeId id) const {
  return std::ranges::find(chain_->answer.rrsets, id) != chain_->answer.rrsets.end();
}

}  // namespace
}  // namespace report
