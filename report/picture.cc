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
  std::map<ZoneId, std::vector<NodeId>> standby_, checks_;
};

}  // namespace

Picture picture(const std::vector<Chain>& chains, const Style& style) {
  Painter painter(style);
  for (const auto& chain : chains) painter.chain(chain);
  return painter.take();
}

std::string_view to_text(Tone tone) {
  static constexpr std::string_view names[] = {"secure", "bogus", "insecure", "unclear", "time", "absent", "notice"};
  return names[static_cast<std::size_t>(tone)];
}

Colors colors(Tone tone) {
  static constexpr Colors table[] = {{"#0b7285", "#5cc8d7"}, {"#b3211c", "#ff8a80"}, {"#3b4048", "#c3c8d0"},
                                     {"#8a5a00", "#f2b84b"}, {"#6a3d9a", "#c4a1f0"}, {"#626975", "#9aa1ac"},
                                     {"#2457a6", "#8ab4f8"}};
  return table[static_cast<std::size_t>(tone)];
}

double text_width(std::string_view text, double size) {
  double width = 0;
  for (const char c : text) {
    if (std::string_view("iljtfI.,:;'|!()[] ").contains(c)) {
      width += 0.30;
    } else if (std::string_view("mwMW@%").contains(c)) {
      width += 0.92;
    } else if (c >= 'A' && c <= 'Z') {
      width += 0.70;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      width += 0.56;
    }
  }
  return width * size;
}

std::vector<std::string> pieces(const std::string& text, std::size_t columns) {
  std::vector<std::string> out;
  std::string_view left = text;
  while (left.size() > columns) {
    auto cut = left.substr(0, columns).rfind('.');
    cut = cut == std::string_view::npos || cut < columns / 3 ? columns : cut + 1;
    out.emplace_back(left.substr(0, cut));
    left.remove_prefix(cut);
  }
  if (!left.empty() || out.empty()) out.emplace_back(left);
  return out;
}

namespace {

// At most `columns` characters a line, cut between words; a long word is cut as a name is.
std::vector<std::string> folded(std::string_view text, std::size_t columns) {
  std::vector<std::string> out(1);
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    for (auto& piece : pieces(std::string{word}, columns)) {
      if (!out.back().empty() && out.back().size() + piece.size() + 1 > columns) out.emplace_back();
      out.back() += (out.back().empty() ? "" : " ") + piece;
    }
  }
  return out;
}

Size size_of(const Item& item) {
  double width = 0;
  for (std::size_t i = 0; i < item.lines.size(); ++i) {
    width = std::max(width, text_width(item.lines[i], label_size) * (i == 0 ? 1.06 : 1.0));
  }
  const auto height = 15.0 * static_cast<double>(item.lines.size());
  const bool round = item.kind == Item::Kind::key || item.kind == Item::Kind::ds;
  const auto border = item.anchor ? 8.0 : 0.0;
  if (round) return {width * 1.22 + 26 + border, height * 1.25 + 14 + border};
  return {width + 26, height + 16};
}

void Painter::chain(const Chain& chain) {
  chain_ = &chain;
  box_of_zone_.clear();
  item_of_node_.assign(chain.nodes.size(), std::nullopt);
  proof_of_node_.clear();
  standby_.clear();
  checks_.clear();
  zones();
  nodes();
  links();
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
    box.caption = zone_caption(*chain_, id);
    box.tooltip = zone_tooltip(*chain_, id);
    box.tone = zone.reached ? tone_of(zone.security) : Tone::absent;
    if (zone.parent) box.parent = box_of_zone_[*zone.parent];
    if (zone.parent) box.depth = picture_.boxes[*box.parent].depth + 1;
    const auto* cause = first_cause(*chain_);
    const bool breaks = chain_->verdict == Security::bogus || chain_->verdict == Security::indeterminate;
    box.guilty = cause != nullptr && breaks && cause->blame.party != Party::here && cause->zone == zone.name;
    const auto [found, is_new] = box_of_id_.try_emplace(box.id, picture_.boxes.size());
    if (is_new) picture_.boxes.push_back(std::move(box));
    box_of_zone_.push_back(found->second);
  }
}

void Painter::nodes() {
  for (NodeId id = 0; id < chain_->nodes.size(); ++id) {
    const auto& node = chain_->nodes[id];
    if (const auto* each = std::get_if<KeyNode>(&node.body)) key(id, *each);
    if (const auto* each = std::get_if<DsNode>(&node.body)) {
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

// Standby keys and passed checks of a zone become one item each.
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
  const auto& checks = checks_[zone];
  heap(checks, "checks", fmt::format("{} passed", plural(checks.size(), "check")),
       tone_of(chain_->zones[zone].security));
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
                  zone_tooltip(*chain_, zone),
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
  for (auto& note : callout(*chain_)) {
    if (!note.target.empty() && !box_of_id_.contains(note.target)) note.target.clear();
    for (auto& line : folded(note.text, 92)) {
      auto part = note;
      part.text = std::move(line);
      picture_.notes.push_back(std::move(part));
    }
  }
  if (!picture_.title.empty()) picture_.title += "; ";
  picture_.title += title_text(*chain_);
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
    if (!taken) return known->second;  // drawn for an earlier chain
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
