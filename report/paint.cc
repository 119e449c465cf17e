#include "report/paint.h"

#include <fmt/format.h>

#include <algorithm>

#include "validator/finding.h"

namespace report {

std::string xml(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto taken = text[at] == '\n' ? 1 : validator::safe_utf8(text.substr(at));
    const auto character = text.substr(at, std::max<std::size_t>(taken, 1));
    at += character.size();
    if (taken == 0) {
      out += "\xEF\xBF\xBD";
    } else if (character == "&") {
      out += "&amp;";
    } else if (character == "<") {
      out += "&lt;";
    } else if (character == ">") {
      out += "&gt;";
    } else if (character == "\"") {
      out += "&quot;";
    } else if (character == "'") {
      out += "&#39;";
    } else {
      out += character;
    }
  }
  return out;
}

std::string painted(Tone tone) { return fmt::format("color=\"{}\"", colors(tone).light); }

std::string style_sheet() {
  return "<style>text{white-space:pre}.halo text{paint-order:stroke;stroke:#f4f6f8;stroke-width:3px}"
         ".pale{stroke-opacity:.6}@media screen and (prefers-color-scheme:dark){" +
         dark_rules() + "}</style>\n";
}

std::string dark_rules() {
  std::string out =
      ".page{fill:#12161c}.box{fill:#1b2129}.halo text{stroke:#1b2129}.sep{fill:#2a313b}.ink{fill:#e6e9ee}"
      ".cut{stroke:#12161c}";
  for (int i = 0; i <= static_cast<int>(Tone::notice); ++i) {
    const auto tone = static_cast<Tone>(i);
    out += fmt::format(".{}{{color:{}}}", to_text(tone), colors(tone).dark);
  }
  return out;
}

}  // namespace report
