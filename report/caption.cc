#include "report/caption.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/paint.h"

namespace report {
namespace {

constexpr double inset = 10, head = 44, step = 6;

std::string_view word_of(Tone tone) {
  switch (tone) {
    case Tone::bogus: return " BOGUS";
    case Tone::insecure: return " INSECURE";
    case Tone::unclear: return " ?";
    case Tone::secure:
    case Tone::time:
    case Tone::absent:
    case Tone::notice: break;
  }
  return "";
}

double word_room(const Box& box) { return text_width(word_of(box.tone), label_size) * 1.1; }

Point on(const Layout::Curve& curve, std::size_t piece, double t) {
  const auto* p = &curve.points[3 * piece];
  const double u = 1 - t;
  const auto mix = [&](double a, double b, double c, double d) {
    return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
  };
  return {mix(p[0].x, p[1].x, p[2].x, p[3].x), mix(p[0].y, p[1].y, p[2].y, p[3].y)};
}

// Where arrows pass the head of a box, as places on its width.
std::vector<double> crossings(const Area& area, const Layout& layout) {
  constexpr int samples = 24;
  std::vector<double> out;
  for (const auto& curve : layout.arrows) {
    for (std::size_t piece = 0; 3 * piece + 3 < curve.points.size(); ++piece) {
      for (int i = 0; i <= samples; ++i) {
        const auto point = on(curve, piece, static_cast<double>(i) / samples);
        if (point.y > area.top + 4 && point.y < area.top + head) out.push_back(point.x);
      }
    }
  }
  return out;
}

// Left where it is free, else as little to the right as it takes; left all the same where nothing is free.
double place(const Box& box, const Area& area, const Layout& layout, double width) {
  const double left = area.left + inset;
  const auto& marks = box.marks;
  const double kinds = (marks.errors > 0 ? 1 : 0) + (marks.warnings > 0 ? 1 : 0) + (marks.notices > 0 ? 1 : 0);
  const double right = area.right - inset - kinds * 36;
  for (std::string_view rest = box.caption; !rest.empty();) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    width = std::max(width, text_width(line, caption_size));
  }
  const auto passing = crossings(area, layout);
  const auto is_free = [&](double x) {
    return std::ranges::none_of(passing, [&](double at) { return at > x - 5 && at < x + width + 5; });
  };
  for (double x = left; x + width <= right; x += step) {
    if (is_free(x)) return x;
  }
  return left;
}

}  // namespace

// Drawn last and with a halo: an arrow may pass behind it.
std::string caption(const Box& box, std::size_t index, const Layout& layout) {
  const auto& area = layout.boxes[index];
  constexpr std::size_t columns = 48;
  const auto name = pieces(box.name, columns).front() + (box.name.size() > columns ? "\u2026" : "");
  const double x = place(box, area, layout, text_width(name, label_size) * 1.1 + word_room(box));
  auto out = fmt::format(
      "<g class=\"{} halo\" {}><text class=\"ink\" x=\"{:.1f}\" y=\"{:.1f}\" font-weight=\"bold\" fill=\"#1a1d21\">{}",
      to_text(box.tone), painted(box.tone), x, area.top + 18, xml(name));
  if (const auto word = word_of(box.tone); !word.empty())
    out += fmt::format("<tspan fill=\"currentColor\">{}</tspan>", word);
  out += "</text>";
  double y = area.top + 31;
  for (std::string_view left = box.caption; !left.empty(); y += 12) {
    const auto line = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(line.size() + 1, left.size()));
    out += fmt::format("<text class=\"ink\" x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:.0f}\" fill=\"#1a1d21\">{}</text>",
                       x, y, caption_size, xml(line));
  }
  return out + "</g>\n";
}

}  // namespace report
