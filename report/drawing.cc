#include "report/drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "report/caption.h"
#include "report/legend.h"

namespace report {
namespace {

constexpr double margin = 24, note_gap = 6, callout_gap = 5;

double note_size(const Note& note);
double note_line(const Note& note) { return note_size(note) + note_gap; }
std::string notes(const Picture& picture, double width);
Area extent(const Layout& layout);
std::string box(const Picture& picture, std::size_t index, const Layout& layout);
std::string item(const Item& item, Point at);
std::string arrow(const Arrow& arrow, const Layout::Curve& curve);

}  // namespace

std::string draw(const Picture& picture, const Layout& layout) {
  double header = 2 * callout_gap, note_width = 0;
  for (const auto& each : picture.notes) {
    header += note_line(each);
    note_width = std::max(note_width, text_width(each.text, note_size(each)) * 1.12 + 24);
  }
  const Legend legend(picture);
  const auto area = extent(layout);
  const double widest = std::max({area.right - area.left, note_width, legend.size().width});
  const double top = margin + header + (picture.notes.empty() ? 0 : 18);
  const double legend_top = top + area.bottom - area.top + 20;
  const double width = widest + 2 * margin, height = legend_top + legend.size().height + margin;

  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"tw-title tw-desc\" width=\"{0:.0f}\" "
      "height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\" font-family=\"Helvetica, Arial, sans-serif\" "
      "font-size=\"{2:.0f}\">\n",
      width, height, label_size);
  out += fmt::format("<title id=\"tw-title\">{}</title>\n<desc id=\"tw-desc\">{}</desc>\n", xml(picture.title),
                     xml(picture.description));
  out += style_sheet();
  out += fmt::format("<rect class=\"page\" width=\"{:.0f}\" height=\"{:.0f}\" fill=\"#ffffff\"/>\n", width, height);
  out += notes(picture, widest);
  out += fmt::format("<g transform=\"translate({:.1f} {:.1f})\">\n", margin - area.left, top - area.top);
  for (std::size_t i = 0; i < picture.boxes.size(); ++i) out += box(picture, i, layout);
  // Delegations lie under everything else: they are wide.
  for (const bool wide : {true, false}) {
    for (std::size_t i = 0; i < picture.arrows.size(); ++i) {
      const bool is_wide = picture.arrows[i].kind == Arrow::Kind::delegation;
      if (is_wide == wide) out += arrow(picture.arrows[i], layout.arrows[i]);
    }
  }
  for (std::size_t i = 0; i < picture.items.size(); ++i) out += item(picture.items[i], layout.items[i]);
  for (std::size_t i = 0; i < picture.boxes.size(); ++i) out += caption(picture.boxes[i], i, layout);
  out += "</g>\n" + legend.draw(margin, legend_top) + "</svg>\n";
  return out;
}

namespace {

double note_size(const Note& note) {
  switch (note.weight) {
    case Note::Weight::title: return title_size + 3;
    case Note::Weight::normal: return 13;
    case Note::Weight::small: return 11;
  }
  return label_size;
}

std::string note(const Note& note, double x, double y) {
  const bool is_title = note.weight == Note::Weight::title;
  auto text = fmt::format(
      "<text class=\"{}\" {} x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:.0f}\"{} fill=\"currentColor\">{}</text>",
      to_text(note.tone), painted(note.tone), x, y, note_size(note), is_title ? " font-weight=\"bold\"" : "",
      xml(note.text));
  if (!note.target.empty()) text = fmt::format("<a href=\"#{}\">{}</a>", xml(note.target), text);
  return text + "\n";
}

// The call-out: title, and below it the causes behind a bar in their colour.
std::string notes(const Picture& picture, double width) {
  std::string out;
  double y = margin;
  bool was_cause = false;
  for (const auto& each : picture.notes) {
    const bool is_cause = each.weight != Note::Weight::title && each.tone != Tone::absent;
    if (is_cause != was_cause) y += callout_gap;
    was_cause = is_cause;
    if (is_cause) {
      out += fmt::format(
          "<g class=\"{}\" {}><rect class=\"box\" x=\"{}\" y=\"{:.1f}\" width=\"{:.0f}\" height=\"{:.1f}\" "
          "fill=\"#f4f6f8\"/><rect x=\"{}\" y=\"{:.1f}\" width=\"4\" height=\"{:.1f}\" fill=\"currentColor\"/></g>",
          to_text(each.tone), painted(each.tone), margin, y, width, note_line(each), margin, y, note_line(each));
    }
    y += note_size(each);
    out += note(each, margin + (is_cause ? 12 : 0), y + (is_cause ? note_gap / 2 - 1 : 0));
    y += note_gap;
  }
  return out;
}

// What is drawn, without the room that Graphviz kept for the title.
Area extent(const Layout& layout) {
  if (layout.boxes.empty()) return {0, 0, layout.size.width, layout.size.height};
  auto out = layout.boxes.front();
  for (const auto& each : layout.boxes) {
    out = {std::min(out.left, each.left), std::min(out.top, each.top), std::max(out.right, each.right),
           std::max(out.bottom, each.bottom)};
  }
  for (const auto& curve : layout.arrows) {
    for (const auto& point : curve.points)
      out.left = std::min(out.left, point.x), out.right = std::max(out.right, point.x);
    if (!curve.points.empty() && curve.label.x > 0) out.right = std::max(out.right, curve.label.x + 60);
  }
  return out;
}

std::string box_marks(const Marks& marks, double right, double y) {
  std::string out;
  const auto put = [&](Mark mark, std::size_t count) {
    if (count == 0) return;
    const auto text = fmt::to_string(count);
    right -= text_width(text, label_size) + 2;
    out += fmt::format("<text class=\"ink\" x=\"{:.1f}\" y=\"{:.1f}\" fill=\"#1a1d21\">{}</text>", right, y + 4, text);
    right -= 12;
    out += draw_mark(mark, {right, y});
    right -= 14;
  };
  put(Mark::notice, marks.notices);
  put(Mark::warning, marks.warnings);
  put(Mark::error, marks.errors);
  return out;
}

std::string box(const Picture& picture, std::size_t index, const Layout& layout) {
  const auto& box = picture.boxes[index];
  const auto& area = layout.boxes[index];
  const double x = area.left, y = area.top, width = area.right - area.left;
  auto out = fmt::format("<g id=\"{}\" class=\"zone {}\" {}><title>{}</title>", xml(box.id), to_text(box.tone),
                         painted(box.tone), xml(box.tooltip));
  const auto color = box.guilty ? fmt::format("class=\"bogus\" {}", painted(Tone::bogus)) : std::string{};
  out += fmt::format(
      "<g {}><rect class=\"box\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"4\" "
      "fill=\"#f4f6f8\" stroke=\"currentColor\" stroke-width=\"{}\"{}/></g>",
      color, x, y, width, area.bottom - area.top, box.guilty ? 2.5 : 1,
      box.tone == Tone::bogus     ? " stroke-dasharray=\"6 3\""
      : box.tone == Tone::unclear ? " stroke-dasharray=\"12 4\""
                                  : "");
  return out + box_marks(box.marks, area.right - 8, y + 14) + "</g>\n";
}

std::string_view kind_text(Item::Kind kind) {
  static constexpr std::string_view names[] = {"key", "ds", "rrset", "proof", "denial", "checks", "empty"};
  return names[static_cast<std::size_t>(kind)];
}

std::string shape(const Item& item, Point at) {
  const double width = item.size.width, height = item.size.height;
  const bool is_dashed = item.tone == Tone::absent || item.kind == Item::Kind::denial;
  const auto look = fmt::format("class=\"{}\" fill=\"{}\" stroke=\"currentColor\" stroke-width=\"{}\"{}",
                                item.sep ? "sep" : "page", item.sep ? "#e5e7eb" : "#ffffff", item.revoked ? 4 : 1.2,
                                is_dashed                    ? " stroke-dasharray=\"5 3\""
                                : item.tone == Tone::bogus   ? " stroke-dasharray=\"6 3\""
                                : item.tone == Tone::unclear ? " stroke-dasharray=\"12 4\""
                                                             : "");
  std::string out;
  if (item.kind == Item::Kind::key || item.kind == Item::Kind::ds) {
    out = fmt::format("<ellipse cx=\"{:.1f}\" cy=\"{:.1f}\" rx=\"{:.1f}\" ry=\"{:.1f}\" {}/>", at.x, at.y, width / 2,
                      height / 2, look);
    if (item.anchor) {
      out += fmt::format(
          "<ellipse cx=\"{:.1f}\" cy=\"{:.1f}\" rx=\"{:.1f}\" ry=\"{:.1f}\" fill=\"none\" stroke=\"currentColor\"/>",
          at.x, at.y, width / 2 - 4, height / 2 - 4);
    }
    return out;
  }
  const bool is_sharp = item.kind == Item::Kind::proof;
  out = fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"{}\" {}/>",
                    at.x - width / 2, at.y - height / 2, width, height, is_sharp ? 0 : 9, look);
  if (!item.opt_out) return out;
  // Hatched at the left edge: opt-out.
  std::string hatch;
  for (double y = at.y - height / 2 + 2; y + 6 < at.y + height / 2; y += 4) {
    hatch += fmt::format("M{:.1f} {:.1f}l6 5", at.x - width / 2 + 1, y);
  }
  return out + fmt::format("<path d=\"{}\" stroke=\"currentColor\" fill=\"none\"/>", hatch);
}

std::string item(const Item& item, Point at) {
  auto out = fmt::format("<g id=\"{}\" class=\"{} {}\" {}><title>{}</title>{}", xml(item.id), kind_text(item.kind),
                         to_text(item.tone), painted(item.tone), xml(item.tooltip), shape(item, at));
  const double first = at.y - 7.5 * (static_cast<double>(item.lines.size()) - 1) + 4.2;
  const bool is_gray = item.tone == Tone::absent;
  const bool is_bold = item.kind == Item::Kind::key || item.kind == Item::Kind::ds || item.kind == Item::Kind::proof;
  for (std::size_t i = 0; i < item.lines.size(); ++i) {
    out += fmt::format("<text {} x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\"{}>{}</text>",
                       is_gray ? "fill=\"currentColor\"" : "class=\"ink\" fill=\"#1a1d21\"", at.x,
                       first + 15 * static_cast<double>(i), i == 0 && is_bold ? " font-weight=\"bold\"" : "",
                       xml(item.lines[i]));
  }
  const bool is_round = item.kind == Item::Kind::key || item.kind == Item::Kind::ds;
  const double corner = is_round ? std::numbers::sqrt2 / 2 : 1;
  if (item.mark != Mark::none) {
    out += draw_mark(item.mark, {at.x + item.size.width / 2 * corner, at.y - item.size.height / 2 * corner});
  }
  return out + "</g>\n";
}

std::string_view dashes(const Arrow& arrow) {
  if (arrow.kind == Arrow::Kind::alias) return "";
  if (arrow.kind == Arrow::Kind::proposes) return " stroke-dasharray=\"1.5 3\"";
  switch (arrow.tone) {
    case Tone::bogus: return " stroke-dasharray=\"6 3\"";
    case Tone::unclear: return " stroke-dasharray=\"12 4\"";
    case Tone::time: return " stroke-dasharray=\"1.5 3\"";
    case Tone::absent: return " stroke-dasharray=\"4 4\"";
    case Tone::secure:
    case Tone::insecure:
    case Tone::notice: break;
  }
  return "";
}

double stroke_of(const Arrow& arrow) {
  if (arrow.kind == Arrow::Kind::delegation) return arrow.tone == Tone::secure || arrow.tone == Tone::bogus ? 5 : 3;
  if (arrow.kind == Arrow::Kind::alias || arrow.kind == Arrow::Kind::proposes) return 1;
  if (arrow.tone == Tone::insecure) return 1;
  return arrow.tone == Tone::time ? 2 : 1.4;
}

// A triangle from the end of the curve to its tip.
std::string head(const Arrow& arrow, const Layout::Curve& curve) {
  const auto base = curve.points.back();
  double dx = curve.tip.x - base.x, dy = curve.tip.y - base.y;
  const double length = std::hypot(dx, dy);
  if (length < 0.1) return "";
  dx /= length, dy /= length;
  const double half = arrow.kind == Arrow::Kind::delegation ? 8 : 3.6;
  auto out = fmt::format(
      "<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f} {:.1f} {:.1f}z\" fill=\"currentColor\" stroke=\"none\"/>", curve.tip.x,
      curve.tip.y, base.x - dy * half, base.y + dx * half, base.x + dy * half, base.y - dx * half);
  if (arrow.tone == Tone::bogus) {  // a cross over it, so that it is not colour alone
    const double x = base.x - dx * 4, y = base.y - dy * 4, arm = half + 2;
    out += fmt::format(
        "<path d=\"M{:.1f} {:.1f}l{:.1f} {:.1f}m0 {:.1f}l{:.1f} {:.1f}\" stroke-width=\"2\" "
        "stroke-dasharray=\"none\"/>",
        x - arm, y - arm, 2 * arm, 2 * arm, -2 * arm, -2 * arm, 2 * arm);
  }
  return out;
}

std::string arrow(const Arrow& arrow, const Layout::Curve& curve) {
  static constexpr std::string_view kinds[] = {"signs", "vouches", "denies", "alias", "delegation", "proposes"};
  if (curve.points.empty()) return "";
  auto out = fmt::format(
      "<g id=\"{}\" class=\"{} {}{}\" {} stroke=\"currentColor\" fill=\"none\" stroke-width=\"{}\"{}>"
      "<title>{}</title>",
      xml(arrow.id), kinds[static_cast<std::size_t>(arrow.kind)], to_text(arrow.tone), arrow.pale ? " pale" : "",
      painted(arrow.tone), stroke_of(arrow), dashes(arrow), xml(arrow.tooltip));
  std::string path = fmt::format("M{:.1f} {:.1f}C", curve.points[0].x, curve.points[0].y);
  for (std::size_t i = 1; i < curve.points.size(); ++i) {
    path += fmt::format("{}{:.1f} {:.1f}", i == 1 ? "" : " ", curve.points[i].x, curve.points[i].y);
  }
  out += fmt::format("<path d=\"{}\"/>{}", path, head(arrow, curve));
  double y = curve.label.y + (arrow.label.contains('\n') ? -2.5 : 3.5);
  for (std::string_view left = arrow.label; !left.empty(); y += 12) {
    const auto line = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(line.size() + 1, left.size()));
    out += fmt::format(
        "<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:.0f}\" font-weight=\"bold\" text-anchor=\"middle\" "
        "fill=\"currentColor\" stroke=\"none\">{}</text>",
        curve.label.x + 6, y, caption_size, xml(line));
  }
  return out + "</g>\n";
}

}  // namespace
}  // namespace report
