#include "report/legend.h"

#include <fmt/format.h>

#include <algorithm>

namespace report {
namespace {

constexpr double row = 18, sample_width = 30, text_size = 11;
constexpr std::size_t columns = 3;

std::string toned(Tone tone, std::string_view inner) {
  return fmt::format("<g class=\"{}\" color=\"{}\" stroke=\"currentColor\" fill=\"none\">{}</g>", to_text(tone),
                     colors(tone).light, inner);
}

std::string line(std::string_view look) { return fmt::format("<path d=\"M0 7H30\" {}/>", look); }

}  // namespace

std::string draw_mark(Mark mark, Point at) {
  const auto place = fmt::format("transform=\"translate({:.1f} {:.1f})\"", at.x, at.y);
  switch (mark) {
    case Mark::none: return "";
    case Mark::error:
      return fmt::format(
          "<g class=\"bogus\" color=\"#b3211c\" {}><path d=\"M-3-7H3L7-3V3L3 7H-3L-7 3V-3z\" fill=\"currentColor\"/>"
          "<path class=\"cut\" d=\"M-3-3 3 3M-3 3 3-3\" stroke=\"#fff\" stroke-width=\"2\"/></g>",
          place);
    case Mark::warning:
      return fmt::format(
          "<g class=\"unclear\" color=\"#8a5a00\" {}><path d=\"M0-7.5 8 6.5H-8z\" fill=\"currentColor\"/>"
          "<path class=\"cut\" d=\"M0-3V2M0 3.4V5\" stroke=\"#fff\" stroke-width=\"2\"/></g>",
          place);
    case Mark::notice:
      return fmt::format(
          "<g class=\"notice\" color=\"#2457a6\" {}><circle r=\"7\" fill=\"currentColor\"/>"
          "<path class=\"cut\" d=\"M0-4.4V-2.4M0-1V4.4\" stroke=\"#fff\" stroke-width=\"2\"/></g>",
          place);
  }
  return "";
}

Legend::Legend(const Picture& picture) {
  const auto has_item = [&](auto test) { return std::ranges::any_of(picture.items, test); };
  const auto has_arrow = [&](auto test) { return std::ranges::any_of(picture.arrows, test); };
  const auto has_tone = [&](Tone tone) {
    return has_arrow([&](const Arrow& arrow) { return arrow.tone == tone; }) ||
           std::ranges::any_of(picture.boxes, [&](const Box& box) { return box.tone == tone; });
  };
  const auto offer = [&](bool used, std::string sample, std::string_view text) {
    if (used) entries_.push_back({std::move(sample), text});
  };
  offer(has_tone(Tone::secure), toned(Tone::secure, line("stroke-width=\"1.4\"")), "secure");
  offer(has_tone(Tone::bogus),
        toned(Tone::bogus, line("stroke-width=\"1.4\" stroke-dasharray=\"6 3\"") +
                               "<path d=\"M20 2l10 10m0-10l-10 10\" stroke-width=\"2\"/>"),
        "bogus");
  offer(has_tone(Tone::insecure), toned(Tone::insecure, line("stroke-width=\"1\"")), "insecure: not protected");
  offer(has_tone(Tone::unclear), toned(Tone::unclear, line("stroke-width=\"1.4\" stroke-dasharray=\"12 4\"")),
        "unclear");
  offer(has_tone(Tone::time), toned(Tone::time, line("stroke-width=\"2\" stroke-dasharray=\"1.5 3\"")),
        "expired or not yet valid");
  offer(has_tone(Tone::absent) || has_item([](const Item& item) { return item.tone == Tone::absent; }),
        toned(Tone::absent, line("stroke-dasharray=\"4 4\"")), "absent or unused");
  offer(has_item([](const Item& item) { return item.anchor; }),
        toned(Tone::secure,
              "<ellipse cx=\"15\" cy=\"7\" rx=\"14\" ry=\"7\"/><ellipse cx=\"15\" cy=\"7\" rx=\"11\" ry=\"4\"/>"),
        "trust anchor");
  offer(has_item([](const Item& item) { return item.sep; }),
        toned(Tone::secure, "<ellipse class=\"sep\" cx=\"15\" cy=\"7\" rx=\"13\" ry=\"6.5\" fill=\"#e5e7eb\"/>"),
        "key signing key (SEP)");
  offer(has_item([](const Item& item) { return item.revoked; }),
        toned(Tone::secure, "<ellipse cx=\"15\" cy=\"7\" rx=\"12\" ry=\"5.5\" stroke-width=\"4\"/>"), "revoked key");
  offer(has_arrow([](const Arrow& arrow) { return arrow.kind == Arrow::Kind::delegation; }),
        toned(Tone::secure, line("stroke-width=\"5\"")), "delegation");
  offer(has_item([](const Item& item) { return item.kind == Item::Kind::denial; }),
        toned(Tone::secure, "<rect x=\"1\" y=\"1\" width=\"28\" height=\"12\" rx=\"5\" stroke-dasharray=\"5 3\"/>"),
        "does not exist");
  offer(has_item([](const Item& item) { return item.opt_out; }),
        toned(Tone::secure, "<path d=\"M1 1H29V13H1zM2 2l6 5M2 6l6 5\"/>"), "proof with opt-out");
  offer(has_arrow([](const Arrow& arrow) { return arrow.kind == Arrow::Kind::proposes; }),
        toned(Tone::notice, line("stroke-dasharray=\"1.5 3\"")), "key that the zone asks for");
  Marks marks;
  for (const auto& box : picture.boxes) {
    marks.errors += box.marks.errors, marks.warnings += box.marks.warnings, marks.notices += box.marks.notices;
  }
  offer(marks.errors > 0, draw_mark(Mark::error, {15, 7}), "errors");
  offer(marks.warnings > 0, draw_mark(Mark::warning, {15, 7}), "warnings");
  offer(marks.notices > 0, draw_mark(Mark::notice, {15, 7}), "notices");
}

Size Legend::size() const {
  const auto rows = (entries_.size() + columns - 1) / columns;
  return {static_cast<double>(std::min(entries_.size(), columns)) * 176, static_cast<double>(rows) * row};
}

std::string Legend::draw(double x, double y) const {
  auto out = fmt::format("<g id=\"tw-legend\" font-size=\"{:.0f}\">\n", text_size);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const std::size_t line = i / columns;
    const double left = x + static_cast<double>(i % columns) * 176, top = y + static_cast<double>(line) * row;
    out += fmt::format(
        "<g transform=\"translate({:.0f} {:.0f})\">{}<text class=\"ink\" x=\"{:.0f}\" y=\"11\" "
        "fill=\"#1a1d21\">{}</text></g>\n",
        left, top, entries_[i].sample, sample_width + 8, entries_[i].text);
  }
  return out + "</g>\n";
}

}  // namespace report
