#include "report/report.h"

#include <algorithm>
#include <array>
#include <utility>

#include "report/ci.h"
#include "report/dot.h"
#include "report/html.h"
#include "report/json.h"
#include "report/nagios.h"
#include "report/picture.h"
#include "report/prometheus.h"
#include "report/reading.h"
#include "report/svg.h"
#include "report/text.h"
#include "report/timeline.h"

namespace report {
namespace {

using Named = std::pair<std::string_view, Format>;
constexpr std::array formats{
    std::pair{std::string_view{"text"}, Format::text},
    std::pair{std::string_view{"short"}, Format::brief},
    std::pair{std::string_view{"blame"}, Format::blame},
    std::pair{std::string_view{"json"}, Format::json},
    std::pair{std::string_view{"ndjson"}, Format::ndjson},
    std::pair{std::string_view{"dot"}, Format::dot},
    std::pair{std::string_view{"svg"}, Format::svg},
    std::pair{std::string_view{"timeline"}, Format::timeline},
    std::pair{std::string_view{"html"}, Format::html},
    std::pair{std::string_view{"nagios"}, Format::nagios},
    std::pair{std::string_view{"checkmk"}, Format::checkmk},
    std::pair{std::string_view{"prom"}, Format::prometheus},
    std::pair{std::string_view{"openmetrics"}, Format::openmetrics},
    std::pair{std::string_view{"junit"}, Format::junit},
    std::pair{std::string_view{"sarif"}, Format::sarif},
};

}  // namespace

std::optional<Format> parse_format(std::string_view word) {
  for (const auto& [name, format] : formats) {
    if (name == word) return format;
  }
  return std::nullopt;
}

std::string_view to_text(Format format) { return std::ranges::find(formats, format, &Named::second)->first; }

std::string format_words() {
  std::string out;
  for (const auto& [name, format] : formats) {
    if (format == Format::blame) continue;  // an option of its own
    out += (out.empty() ? "" : ", ") + std::string(name);
  }
  return out;
}

std::expected<std::string, std::string> write(const std::vector<validator::Chain>& chains, Format format,
                                              const Style& style) {
  std::string out;
  switch (format) {
    case Format::text:
      for (const auto& chain : chains) out += (out.empty() ? "" : "\n") + text(chain, style);
      return out;
    case Format::brief:
      for (const auto& chain : chains) out += (chains.size() > 1 ? question_text(chain) + ": " : "") + brief(chain);
      return out;
    case Format::blame:
      for (const auto& chain : chains) {
        const auto line = blame_line(chain);
        if (!line.empty()) out += (chains.size() > 1 ? question_text(chain) + ": " : "") + line;
      }
      return out;
    case Format::json: return json(chains);
    case Format::ndjson:
      for (const auto& chain : chains) out += ndjson(chain);
      return out;
    case Format::dot: return dot(picture(chains, style));
    case Format::svg: return svg(picture(chains, style));
    case Format::timeline: return draw(timeline(chains));
    case Format::html: return html(chains, style);
    case Format::nagios: return probe_lines(chains, with_defaults({}), ProbeForm::plugin);
    case Format::checkmk: return probe_lines(chains, with_defaults({}), ProbeForm::checkmk);
    case Format::prometheus: return prometheus(chains, Exposition::prometheus);
    case Format::openmetrics: return prometheus(chains, Exposition::openmetrics);
    case Format::junit: return junit(chains);
    case Format::sarif: return sarif(chains);
  }
  return std::unexpected("unknown format");
}

}  // namespace report
