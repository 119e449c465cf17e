// The timeline as SVG. Everything stands in columns: whose signature, its bar, in how long it ends.
#include <fmt/format.h>

#include <algorithm>

#include "report/paint.h"
#include "report/timeline.h"
#include "report/timeline_axis.h"

namespace report {
namespace {

constexpr double width = 960, margin = 24, plot_left = 276, plot_right = 748, words_left = 760;
constexpr double inset = 8;  // free at both ends of the plot
constexpr double bar_height = 9, lane = 16, small = 11, zone_gap = 14, mark_room = 54;

struct Extent {
  dns::Time from, to;
};
Extent extent(const Timeline& timeline);

class Sheet {
 public:
  explicit Sheet(const Timeline& timeline)
      : timeline_(timeline),
        extent_(extent(timeline)),
        axis_(extent_.from, extent_.to, timeline.now, plot_right - plot_left - 2 * inset) {}
  std::string draw();

 private:
  double x(dns::Time time) const { return plot_left + inset + axis_.at(std::clamp(time, extent_.from, extent_.to)); }
  void header();
  void moments();
  void marks(double y);
  void zone(const TimelineZone& zone);
  void row(const TimelineRow& row);
  void bar(const Bar& bar, double top);
  void grid(double bottom);
  void legend();
  void text(double left, double y, std::string_view words, std::string_view look = "");
  void toned(double left, double y, std::string_view words, Tone tone, std::string_view look = "");

  const Timeline& timeline_;
  Extent extent_;
  TimeAxis axis_;
  std::string out_, under_;
  double y_ = margin, plot_top_ = 0;
};

}  // namespace

std::string draw(const Timeline& timeline) { return Sheet(timeline).draw(); }

namespace {

Extent extent(const Timeline& timeline) {
  Extent out{timeline.now - timeline.reach, timeline.now + timeline.reach};
  const auto take = [&](dns::Time at) { out = {std::min(out.from, at), std::max(out.to, at)}; };
  for (const auto& zone : timeline.zones) {
    for (const auto& row : zone.rows) {
      for (const auto& bar : row.bars) take(bar.from), take(bar.to), take(bar.tail);
    }
  }
  for (const auto& moment : timeline.moments) take(moment.at);
  return out;
}

std::string Sheet::draw() {
  header();
  moments();
  plot_top_ = y_;
  marks(y_ + 12);
  y_ += 22;
  for (const auto& each : timeline_.zones) zone(each);
  if (timeline_.zones.empty()) text(margin, y_ + 16, "no signature was seen"), y_ += 26;
  const double bottom = y_ + 4;
  marks(bottom + 13);
  grid(bottom);
  y_ = bottom + 34;
  legend();
  const double height = y_ + margin - 8;
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"tw-timeline-title "
             "tw-timeline-desc\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
             "font-family=\"Helvetica, Arial, sans-serif\" font-size=\"{2:.0f}\">\n"
             "<title id=\"tw-timeline-title\">{3}: {6}</title>\n"
             "<desc id=\"tw-timeline-desc\">{4}</desc>\n{5}"
             "<rect class=\"page\" width=\"{0:.0f}\" height=\"{1:.0f}\" fill=\"#ffffff\"/>\n",
             width, height, small, xml(timeline_.title), xml(timeline_.description), style_sheet(),
             xml(timeline_.what)) +
         under_ + out_ + "</svg>\n";
}

void Sheet::text(double left, double y, std::string_view words, std::string_view look) {
  out_ += fmt::format("<text class=\"ink\" fill=\"#1a1d21\" x=\"{:.1f}\" y=\"{:.1f}\"{}>{}</text>\n", left, y, look,
                      xml(words));
}

void Sheet::toned(double left, double y, std::string_view words, Tone tone, std::string_view look) {
  out_ += fmt::format("<text class=\"{}\" {} x=\"{:.1f}\" y=\"{:.1f}\" fill=\"currentColor\"{}>{}</text>\n",
                      to_text(tone), painted(tone), left, y, look, xml(words));
}

void Sheet::header() {
  auto title = timeline_.title;
  if (title.size() > 96) title = title.substr(0, title.find(' ', 80)) + " \u2026";
  if (timeline_.head == Timeline::Head::shown) {
    text(margin, y_ + 15, title, " font-size=\"17\" font-weight=\"bold\"");
    y_ += 22;
  }
  toned(margin, y_ + 14,
        axis_.is_logarithmic()
            ? timeline_.what + ", UTC; even for 30 days around now, in ever longer steps beyond (shaded)"
            : timeline_.what + ", UTC",
        Tone::absent);
  y_ += 28;
}

// A line each, so that no two words meet; the words on the side where there is room.
void Sheet::moments() {
  for (const auto& moment : timeline_.moments) {
    const double at = x(moment.at), room = text_width(moment.text, small) * 1.05 + 12;
    const bool right = at + room < width - margin;
    const auto weight = moment.kind == Moment::Kind::root ? "" : " font-weight=\"bold\"";
    const double start = right ? at + 6 : std::max(margin, at - 6 - room + 12);
    out_ += fmt::format(
        "<g paint-order=\"stroke\" class=\"cut\" stroke=\"#fff\" stroke-width=\"4\" stroke-linejoin=\"round\">");
    toned(start, y_ + 11, moment.text, moment.tone, weight);
    out_ += "</g>\n";
    // From its words down through all zones.
    static constexpr std::string_view dashes[] = {"", " stroke-dasharray=\"7 3\"", " stroke-dasharray=\"2 4\""};
    under_ +=
        fmt::format("<path class=\"{}\" {} d=\"M{:.1f} {:.1f}V@\" stroke=\"currentColor\" stroke-width=\"{}\"{}/>\n",
                    to_text(moment.tone), painted(moment.tone), at, y_, moment.kind == Moment::Kind::root ? 1 : 1.6,
                    dashes[static_cast<std::size_t>(moment.kind)]);
    y_ += 16;
  }
  y_ += 6;
}

void Sheet::marks(double y) {
  for (const auto& mark : axis_.marks(mark_room)) {
    toned(plot_left + inset + mark.x, y, mark.text, Tone::absent, " font-size=\"10\" text-anchor=\"middle\"");
  }
}

// Drawn first, hence under everything; known last, since it is as long as the zones are.
void Sheet::grid(double bottom) {
  for (std::size_t at; (at = under_.find("V@")) != std::string::npos;) {
    under_.replace(at, 2, fmt::format("V{:.1f}", bottom));
  }
  std::string out;
  const auto shade = [&](double left, double right) {
    if (right - left < 1) return;
    out += fmt::format(
        "<rect class=\"box\" fill=\"#f4f6f8\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>\n", left,
        plot_top_ + 16, right - left, bottom - plot_top_ - 16);
  };
  const auto left = timeline_.now - linear_reach, right = timeline_.now + linear_reach;
  if (extent_.from < left) shade(plot_left, x(left));
  if (extent_.to > right) shade(x(right), plot_right);
  for (const auto& mark : axis_.marks(mark_room)) {
    out += fmt::format(
        "<path class=\"absent\" {} d=\"M{:.1f} {:.1f}V{:.1f}\" stroke=\"currentColor\" stroke-opacity=\".28\"/>\n",
        painted(Tone::absent), plot_left + inset + mark.x, plot_top_ + 16, bottom);
  }
  under_ = out + under_;
}

void Sheet::zone(const TimelineZone& zone) {
  y_ += zone_gap;
  const auto name = zone.name == "." ? std::string{". (the root)"} : zone.name.substr(0, 36);
  toned(margin, y_ + 10, name + (zone.name.size() > 36 ? "\u2026" : ""), zone.tone,
        " font-size=\"13\" font-weight=\"bold\"");
  for (const auto at : zone.signed_at) {
    out_ += fmt::format(
        "<path class=\"{}\" {} d=\"M{:.1f} {:.1f}l4 7h-8z\" fill=\"currentColor\"><title>signed {}</title></path>\n",
        to_text(zone.tone), painted(zone.tone), x(at), y_ + 2, dns::print_rfc3339(at));
  }
  y_ += 15;
  if (!zone.rhythm.empty()) toned(margin, y_ + 10, zone.rhythm, Tone::absent, " font-size=\"10\""), y_ += 15;
  for (const auto& each : zone.rows) row(each);
  if (zone.folded > 0) {
    toned(margin + 10, y_ + 11, fmt::format("+ {} more that end later", zone.folded), Tone::absent);
    y_ += lane;
  }
}

void Sheet::row(const TimelineRow& row) {
  const bool breaks = std::ranges::any_of(row.bars, &Bar::breaks);
  text(margin + 10, y_ + 11.5, row.label, breaks ? " font-weight=\"bold\"" : "");
  for (const auto& each : row.bars) bar(each, y_), y_ += lane;
}

std::string_view dashes_of(Tone tone) {
  switch (tone) {
    case Tone::bogus: return " stroke-dasharray=\"6 3\"";
    case Tone::time: return " stroke-dasharray=\"1.5 3\"";
    case Tone::unclear: return " stroke-dasharray=\"12 4\"";
    case Tone::absent: return " stroke-dasharray=\"4 4\"";
    case Tone::secure:
    case Tone::insecure:
    case Tone::notice: break;
  }
  return "";
}

// Full from beginning to end, pale while caches may keep it; a notch where it has to be made anew.
void Sheet::bar(const Bar& bar, double top) {
  const double height = bar.partial ? bar_height / 2 : bar_height, y = top + (lane - height) / 2;
  const double from = x(bar.from), to = std::max(x(bar.to), from + 1), tail = x(bar.tail);
  const bool is_full = bar.tone == Tone::secure || bar.tone == Tone::insecure;
  out_ += fmt::format("<g class=\"{}\" {}><title>{}</title>", to_text(bar.tone), painted(bar.tone), xml(bar.tooltip));
  out_ +=
      fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"currentColor\"{}/>", from,
                  y, to - from, height,
                  is_full ? "" : fmt::format(" fill-opacity=\".25\" stroke=\"currentColor\"{}", dashes_of(bar.tone)));
  if (tail - to >= 1) {
    out_ += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"currentColor\" "
        "fill-opacity=\".3\"/>",
        to, y, tail - to, height);
  }
  if (is_full && to - x(bar.renew) >= 3 && x(bar.renew) - from >= 3) {
    out_ += fmt::format("<path class=\"cut\" d=\"M{:.1f} {:.1f}v{:.1f}\" stroke=\"#fff\" stroke-width=\"1.5\"/>",
                        x(bar.renew), y, height);
  }
  if (bar.breaks) {
    out_ += fmt::format("<path class=\"bogus\" {} d=\"M{:.1f} {:.1f}l5 5-5 5-5-5z\" fill=\"currentColor\"/>",
                        painted(Tone::bogus), to, top + lane / 2 - 5);
  }
  out_ += "</g>\n";
  toned(words_left, top + 11.5, bar.word, bar.tone, bar.breaks ? " font-weight=\"bold\"" : "");
}

void Sheet::legend() {
  double left = margin;
  const auto entry = [&](double room, std::string_view drawing, std::string_view words) {
    out_ += fmt::format("<g class=\"secure\" {} transform=\"translate({:.1f} {:.1f})\">{}</g>\n", painted(Tone::secure),
                        left, y_ - 9, drawing);
    text(left + room + 6, y_, words);
    left += room + 6 + text_width(words, small) * 1.06 + 22;
  };
  const auto has = [&](auto test) {
    return std::ranges::any_of(timeline_.zones, [&](const TimelineZone& zone) {
      return std::ranges::any_of(zone.rows,
                                 [&](const TimelineRow& row) { return std::ranges::any_of(row.bars, test); });
    });
  };
  out_ += "<g id=\"tw-timeline-legend\">\n";
  entry(28,
        "<rect width=\"20\" height=\"9\" fill=\"currentColor\"/><rect x=\"20\" width=\"8\" height=\"9\" "
        "fill=\"currentColor\" fill-opacity=\".3\"/>",
        timeline_.legend == Timeline::Legend::copies ? "served; then still in caches" : "valid; then still in caches");
  if (timeline_.legend == Timeline::Legend::signatures) {
    entry(24,
          "<rect width=\"24\" height=\"9\" fill=\"currentColor\"/><path class=\"cut\" d=\"M16 0v9\" stroke=\"#fff\" "
          "stroke-width=\"1.5\"/>",
          "to be signed anew before");
    entry(8, "<path d=\"M4 1l4 7h-8z\" fill=\"currentColor\"/>", "the signer ran");
  }
  if (has([](const Bar& bar) { return bar.breaks; }))
    entry(10,
          fmt::format("<path class=\"bogus\" {} d=\"M5 0l5 5-5 5-5-5z\" fill=\"currentColor\"/>", painted(Tone::bogus)),
          "ends first");
  if (has([](const Bar& bar) { return bar.partial; }))
    entry(24, "<rect y=\"2\" width=\"24\" height=\"4.5\" fill=\"currentColor\"/>", "some servers only");
  out_ += "</g>\n";
}

}  // namespace
}  // namespace report
