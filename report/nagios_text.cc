#include "report/nagios_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "report/judging.h"
#include "report/reading.h"

namespace report {

using namespace validator;

namespace {

std::string cause_lines(const Chain& chain, const Finding& cause);
std::string chain_line(const Chain& chain);
std::string other_findings(const Chain& chain);
std::string server_lines(const Chain& chain);
std::string everything(const Chain& chain);

std::string text_of(const Chain& chain, int verbosity) {
  std::string out;
  if (verbosity >= 1) {
    for (const auto index : chain.causes) out += cause_lines(chain, chain.findings[index]);
    out += chain_line(chain);
    out += other_findings(chain);
  }
  if (verbosity >= 2) out += server_lines(chain);
  if (verbosity >= 3) out += everything(chain);
  return out;
}

}  // namespace

std::string long_text(const std::vector<Chain>& chains, int verbosity) {
  std::string lines;
  std::set<std::string, std::less<>> said;
  for (const auto& chain : chains) {
    const auto out = text_of(chain, verbosity);
    for (std::string_view left = out; !left.empty();) {
      const auto line = left.substr(0, left.find('\n'));
      left.remove_prefix(std::min(line.size() + 1, left.size()));
      if (said.emplace(line).second) lines += ascii(line) + "\n";
    }
  }
  return lines;
}

std::string ascii(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '|') {
      out += '/';
    } else if (octet >= 0x20 && octet < 0x7F) {
      out += c;
    } else {
      out += fmt::format("\\x{:02x}", octet);
    }
  }
  return out;
}

std::string clipped(std::string text, std::size_t limit) {
  if (text.size() <= limit) return text;
  text.resize(limit - 3);
  return text + "...";
}

std::string shortened(std::string_view text) {
  constexpr std::size_t most = 60, front = 28, back = 29;
  std::string out;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    if (word.size() <= most) {
      out += word;
    } else {
      out += fmt::format("{}...{}", word.substr(0, front), word.substr(word.size() - back));
    }
    if (word.size() == text.size()) break;
    out += ' ';
    text.remove_prefix(word.size() + 1);
  }
  return out;
}

namespace {

std::string cause_lines(const Chain& chain, const Finding& cause) {
  const auto& about = row(cause.code);
  auto rule = std::string{about.rule};
  for (auto at = rule.find("\u00a7"); at != std::string::npos; at = rule.find("\u00a7")) rule.erase(at, 2);
  const auto since = broken_since(cause);
  auto out = fmt::format("cause: {}: {}{} ({}{})\n", typed(cause.blame.zone), undotted(sentence(cause)),
                         since ? ", since " + dns::print_rfc3339(*since) : "", rule,
                         about.ede == no_ede ? "" : fmt::format(", EDE {}", about.ede));
  if (about.remedy == Remedy::none) return out;
  if (place(chain, cause.blame) != Place::parent)
    return out + fmt::format("do: {}\n", steps(chain, cause, std::nullopt).headline);
  const auto own = own_zone(chain);
  const auto zone = typed(cause.blame.zone);
  return out +
         fmt::format("do: nothing in {}; tell the operator of {}; resolvers may set a negative trust anchor for {}\n",
                     own ? typed(chain.zones[*own].name) : typed(chain.name), zone, zone);
}

std::string chain_line(const Chain& chain) {
  std::string out;
  for (const auto& zone : chain.zones) {
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", typed(zone.name),
                       zone.reached ? to_text(zone.security) : "not reached");
  }
  const auto folded = count(chain).consequences;
  return fmt::format("chain: {}{}\n", out, folded > 0 ? fmt::format("; {} folded", plural(folded, "consequence")) : "");
}

std::string other_findings(const Chain& chain) {
  std::string out;
  for (std::size_t i = 0; i < chain.findings.size(); ++i) {
    const auto& finding = chain.findings[i];
    const bool listed = std::ranges::find(chain.causes, i) != chain.causes.end();
    if (listed || finding.consequence_of || row(finding.code).severity == Severity::notice) continue;
    out += fmt::format("{}: {} [{}]\n", to_text(row(finding.code).severity), undotted(sentence(finding)),
                       to_text(finding.code));
  }
  return out;
}

std::string server_lines(const Chain& chain) {
  std::string out;
  for (const auto& server : chain.servers) {
    out += fmt::format("server: {} {} {}\n", typed(server.name), dns::print(server.address),
                       server.answered ? "answered" : "silent");
  }
  return out;
}

std::string everything(const Chain& chain) {
  std::string out;
  for (const auto& finding : chain.findings) {
    out += fmt::format("{} {}: {}\n", to_text(row(finding.code).severity), to_text(finding.code),
                       undotted(sentence(finding)));
  }
  return out + fmt::format("asked: {} queries in {} rounds\n", chain.stats.queries, chain.stats.rounds);
}

}  // namespace
}  // namespace report
