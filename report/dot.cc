#include "report/dot.h"

#include <fmt/format.h>

#include <algorithm>

namespace report {
namespace {

void box(std::string& out, const Picture& picture, std::size_t index);
std::string item(const Picture& picture, std::size_t index);
std::string arrow(const Picture& picture, std::size_t index);
std::string quoted(std::string_view text);

}  // namespace

std::string dot(const Picture& picture) {
  std::string out = "digraph trustwalk {\n";
  out += fmt::format(
      "  graph [label={}, tooltip={}, labelloc=t, labeljust=l, compound=true, nodesep=0.35, ranksep=0.42, "
      "fontname=\"Arial\", fontsize={}];\n",
      quoted(picture.title), quoted(picture.description), caption_size);
  out += fmt::format("  node [fontname=\"Arial\", fontsize={}, fixedsize=true];\n", label_size);
  out += fmt::format("  edge [fontname=\"Arial\", fontsize={}];\n", caption_size + 1);
  for (std::size_t i = 0; i < picture.boxes.size(); ++i) box(out, picture, i);
  for (std::size_t i = 0; i < picture.arrows.size(); ++i) out += arrow(picture, i);
  return out + "}\n";
}

namespace {

void box(std::string& out, const Picture& picture, std::size_t index) {
  const auto& box = picture.boxes[index];
  out += fmt::format("  subgraph cluster_{} {{\n", index);
  out += fmt::format(
      "    graph [id={}, class={}, label={}, tooltip={}, color=\"{}\", penwidth={}, bgcolor=\"#f4f6f8\", margin=14];\n",
      quoted(box.id), quoted(fmt::format("zone {}", to_text(box.tone))), quoted(box.name + "  \n" + box.caption),
      quoted(box.tooltip), colors(box.tone).light, box.guilty ? 2 : 1);
  for (std::size_t i = 0; i < picture.items.size(); ++i) {
    if (picture.items[i].box == index) out += item(picture, i);
  }
  out += "  }\n";
}

std::string_view kind_text(Item::Kind kind) {
  static constexpr std::string_view names[] = {"key", "ds", "rrset", "proof", "denial", "checks", "empty"};
  return names[static_cast<std::size_t>(kind)];
}

std::string item(const Picture& picture, std::size_t index) {
  const auto& item = picture.items[index];
  const bool is_round = item.kind == Item::Kind::key || item.kind == Item::Kind::ds;
  const bool is_dashed = item.tone == Tone::absent || item.kind == Item::Kind::denial;
  const double outer = item.anchor ? 8 : 0;  // Graphviz draws the second border outside
  std::string label;
  for (const auto& line : item.lines) label += (label.empty() ? "" : "\n") + line;
  return fmt::format(
      "    n{} [id={}, class={}, label={}, tooltip={}, shape={}, style=\"filled{}{}\", color=\"{}\", "
      "fillcolor=\"{}\", peripheries={}, penwidth={}, width={:.3f}, height={:.3f}];\n",
      index, quoted(item.id), quoted(fmt::format("{} {}", kind_text(item.kind), to_text(item.tone))), quoted(label),
      quoted(item.tooltip), is_round ? "ellipse" : "box", is_round ? "" : ",rounded", is_dashed ? ",dashed" : "",
      colors(item.tone).light, item.sep ? "#e5e7eb" : "#ffffff", item.anchor ? 2 : 1, item.revoked ? 4 : 1,
      (item.size.width - outer) / 72, (item.size.height - outer) / 72);
}

std::string_view line_style(const Arrow& arrow) {
  if (arrow.kind == Arrow::Kind::alias) return "solid";
  if (arrow.kind == Arrow::Kind::proposes) return "dotted";
  switch (arrow.tone) {
    case Tone::bogus:
    case Tone::unclear:
    case Tone::absent: return "dashed";
    case Tone::time: return "dotted";
    case Tone::secure:
    case Tone::insecure:
    case Tone::notice: return "solid";
  }
  return "solid";
}

// An alias must not push its target's zone down; nor what leads to a zone that is not below. Such an edge may run
// inside a rank, and a label there, in the topmost one, makes Graphviz 2.42 free a block twice (flat_edges): it gets an
// external label, which takes no part in ranks.
bool runs_sideways(const Picture& picture, const Arrow& arrow) {
  const auto from = picture.items[arrow.from].box, to = picture.items[arrow.to].box;
  return arrow.kind == Arrow::Kind::alias || (from != to && picture.boxes[to].depth <= picture.boxes[from].depth);
}

std::string arrow(const Picture& picture, std::size_t index) {
  static constexpr std::string_view kinds[] = {"signs", "vouches", "denies", "alias", "delegation", "proposes"};
  const auto& arrow = picture.arrows[index];
  const bool is_delegation = arrow.kind == Arrow::Kind::delegation;
  auto out = fmt::format(
      "  n{} -> n{} [key=e{}, id={}, class={}, tooltip={}, color=\"{}\", style={}, penwidth={}, arrowhead={}",
      arrow.from, arrow.to, index, quoted(arrow.id),
      quoted(fmt::format("{} {}", kinds[static_cast<std::size_t>(arrow.kind)], to_text(arrow.tone))),
      quoted(arrow.tooltip), colors(arrow.tone).light, line_style(arrow), is_delegation ? 5 : 1,
      arrow.tone == Tone::bogus ? "tee" : "normal");
  const bool sideways = runs_sideways(picture, arrow);
  if (!arrow.label.empty())
    out += fmt::format(", {}={}, fontcolor=\"{}\"", sideways ? "xlabel" : "label", quoted("     " + arrow.label),
                       colors(arrow.tone).light);
  if (arrow.from_box) out += fmt::format(", ltail=cluster_{}", *arrow.from_box);
  if (arrow.to_box) out += fmt::format(", lhead=cluster_{}", *arrow.to_box);
  // Room between two zones for the thick arrow, its head and its word.
  if (arrow.from_box || picture.items[arrow.from].box != picture.items[arrow.to].box) out += ", minlen=2";
  if (sideways) out += ", constraint=false";
  return out + "];\n";
}

// A backslash is doubled twice over: once for DOT, once because \N, \G and \l mean something in a label.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '"' || c == '\\') {
      out += c == '"' ? "\\\"" : "\\\\";
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
      out += c;
    } else {
      out += '?';
    }
  }
  return out + "\"";
}

}  // namespace
}  // namespace report
