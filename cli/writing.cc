#include "cli/writing.h"

#include <fmt/format.h>

#include "cli/files.h"
#include "cli/idna.h"
#include "validator/delegation.h"
#include "validator/finding.h"

namespace cli {
namespace {

std::string file_part(const dns::Name& name);
std::vector<dns::Ds> ds_of(const dns::Name& zone, const dns::Dnskey& key);
bool splits(std::string_view pattern) { return pattern.contains("%n") || pattern.contains("%t"); }

}  // namespace

Written write_chains(const std::vector<validator::Chain>& chains, const Options& options,
                     const Environment& environment, report::Format usual) {
  const auto formats = options.formats.empty() ? std::vector{usual} : options.formats;
  for (const auto format : formats) {
    const auto style = style_of(options, environment, format);
    std::vector<bool> written(chains.size());
    for (std::size_t i = 0; i < chains.size(); ++i) {
      if (written[i]) continue;
      const auto path = fill_pattern(options.output, chains[i].name, chains[i].type, report::to_text(format));
      std::vector<validator::Chain> together;
      for (std::size_t j = i; j < chains.size(); ++j) {
        if (splits(options.output) &&
            fill_pattern(options.output, chains[j].name, chains[j].type, report::to_text(format)) != path)
          continue;
        together.push_back(chains[j]);
        written[j] = true;
      }
      const auto text = report::write(together, format, style);
      if (!text) return std::unexpected(text.error());
      const auto done = path.empty() ? write_stdout(*text) : write_whole(path, *text);
      if (!done) return done;
    }
  }
  return {};
}

Written write_text(const std::string& text, const Options& options) {
  return options.output.empty() ? write_stdout(text) : write_whole(options.output, text);
}

report::Style style_of(const Options& options, const Environment& environment, report::Format format) {
  auto style = options.style;
  style.verbosity = options.verbosity;
  style.width = environment.width;
  const bool welcome = options.output.empty() && environment.out == Environment::Stream::terminal &&
                       environment.no_color.empty() && environment.term != "dumb";
  const bool colored = options.color == Choice::always || (options.color == Choice::automatic && welcome);
  const bool can_be = format == report::Format::text || format == report::Format::brief;
  style.helpers = {to_unicode, ds_of};
  style.color = colored && can_be ? report::Style::Color::on : report::Style::Color::off;
  return style;
}

std::string fill_pattern(std::string_view pattern, const dns::Name& name, dns::RRType type, std::string_view format) {
  std::string path;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char next = pattern[i] == '%' && i + 1 < pattern.size() ? pattern[++i] : '\0';
    switch (next) {
      case '\0': path += pattern[i]; break;
      case 'n': path += file_part(name); break;
      case 't': path += dns::to_text(type); break;
      case 'f': path += format == "text" || format == "short" || format == "blame" ? "txt" : format; break;
      case '%': path += '%'; break;
      default: path += {'%', next}; break;
    }
  }
  return path;
}

void write_remarks(const std::vector<Question>& questions, const Options& options) {
  // Reports for people show both forms of a name; the records of `resolve` have no room for it.
  const bool as_records = options.verb == Verb::resolve && options.formats.empty();
  for (const auto& question : questions) {
    if (question.unicode.empty() || !as_records) continue;
    write_stderr(fmt::format("trustwalk: {} is {}\n", validator::printable(question.unicode), question.name.print()));
  }
  if (options.verbosity == 0) return;
  for (const auto& flag : options.ignored)
    write_stderr(fmt::format("trustwalk: {} is about dig's own output and ignored\n", flag));
}

namespace {

// By SHA-256, which every registry takes (RFC 8624 §3.3).
std::vector<dns::Ds> ds_of(const dns::Name& zone, const dns::Dnskey& key) {
  static constexpr std::array digests{dns::Digest::sha256};
  validator::Verifier verifier;
  return validator::ds_of(zone, key, digests, verifier);
}

std::string file_part(const dns::Name& name) {
  if (name.is_root()) return "root";
  const dns::Name lowered = name.lowered();
  std::string part;
  for (std::size_t i = 0; i < name.labels(); ++i) {
    if (i > 0) part += '.';
    for (const auto octet : lowered.label(i)) {
      const bool plain =
          (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9') || octet == '-' || octet == '_';
      part += plain ? std::string(1, static_cast<char>(octet)) : fmt::format("_{:02x}", octet);
    }
  }
  return part;
}

}  // namespace
}  // namespace cli
