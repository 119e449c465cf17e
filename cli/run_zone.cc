#include <fmt/format.h>

#include "cli/files.h"
#include "cli/run.h"
#include "cli/status.h"
#include "cli/trust.h"
#include "cli/writing.h"
#include "cli/zone_judging.h"
#include "report/zone.h"

namespace cli {
namespace {

std::expected<ZoneOrigin, std::string> origin_of(const Options& options, const Environment& environment);
Status without_zone(const ZoneFault& fault, const Options& options);
Written write_zone(const validator::ZoneJudgement& zone, const Options& options, const Environment& environment);

}  // namespace

Status run_zone(const Options& options, const Environment& environment) {
  const auto now = options.at ? instant(*options.at, environment.now) : environment.now;
  const auto origin = origin_of(options, environment);
  if (!origin) {
    write_stderr(fmt::format("trustwalk: {}\n", origin.error()));
    return status::misuse;
  }
  const auto judgement = judge_whole_zone(*origin, options, environment, now);
  if (!judgement) return without_zone(judgement.error(), options);
  const auto written = write_zone(*judgement, options, environment);
  if (!written) return std::unexpected(written.error());
  return status_of({judgement->chain}, options);
}

namespace {

// A server named, a file named, or what NSD's `verify:` hands over (nsd.conf(5), VERIFY_ZONE and VERIFY_ZONE_ON_STDIN).
// Error: wrong usage.
std::expected<ZoneOrigin, std::string> origin_of(const Options& options, const Environment& environment) {
  ZoneOrigin origin;
  if (!options.questions.empty()) origin.name = options.questions[0].name;
  if (!options.servers.empty()) {
    origin.server = options.servers[0];
    return origin;
  }
  if (!options.words.empty()) {
    origin.file = options.words[0];
    return origin;
  }
  if (environment.verify_zone.empty())
    return std::unexpected("zone: which file? Give one, or - for standard input, or @server NAME");
  if (environment.verify_zone_on_stdin != "yes")
    return std::unexpected("zone: NSD does not feed the zone to its verifier: set verifier-feed-zone: yes");
  if (!origin.name) {
    const auto name = dns::Name::parse(environment.verify_zone);
    if (!name) return std::unexpected(fmt::format("VERIFY_ZONE: {}", dns::to_text(name.error())));
    origin.name = *name;
  }
  origin.file = "-";
  return origin;
}

// A zone that a server does not give is not judged: neither sound nor broken (cli.md §3).
Status without_zone(const ZoneFault& fault, const Options& options) {
  if (fault.kind == ZoneFault::Kind::here) return std::unexpected(fault.why);
  write_stderr(fmt::format("trustwalk: {}\n", fault.why));
  validator::Chain unknown;
  unknown.verdict = validator::Security::indeterminate;
  return status_of({unknown}, options);
}

Written write_zone(const validator::ZoneJudgement& zone, const Options& options, const Environment& environment) {
  const auto formats = options.formats.empty() ? std::vector{report::Format::text} : options.formats;
  for (const auto format : formats) {
    const auto style = style_of(options, environment, format);
    std::string text;
    switch (format) {
      case report::Format::text: text = report::zone_text(zone, style); break;
      case report::Format::json: text = report::zone_json(zone); break;
      case report::Format::ndjson: text = report::zone_json(zone, report::ZoneJson::line); break;
      default: {
        const auto made = report::write({zone.chain}, format, style);
        if (!made) return std::unexpected(made.error());
        text = *made;
      }
    }
    auto to = options;
    to.output = fill_pattern(options.output, zone.chain.name, zone.chain.type, to_text(format));
    if (auto written = write_text(text, to); !written) return written;
  }
  return {};
}

}  // namespace
}  // namespace cli
