#include "cli/answer.h"

#include <fmt/format.h>

#include <algorithm>

#include "dns/text.h"

namespace cli {
namespace {

std::string remark(const validator::Chain& chain);
std::string records(const validator::Chain& chain, const Options& options);

}  // namespace

std::string answers_text(const std::vector<validator::Chain>& chains, const Options& options) {
  std::string text;
  for (const auto& chain : chains) {
    text +=
        fmt::format("; {} {}: {}\n", chain.name.print(), dns::to_text(chain.type), validator::to_text(chain.verdict));
    text += remark(chain);
    const bool good = chain.verdict == validator::Security::secure || chain.verdict == validator::Security::insecure;
    if (good || options.records_anyway) text += records(chain, options);
  }
  return text;
}

namespace {

// Why there are no records, or why those there are bad.
std::string remark(const validator::Chain& chain) {
  const bool good = chain.verdict == validator::Security::secure || chain.verdict == validator::Security::insecure;
  if (!good && !chain.causes.empty()) {
    const auto& cause = chain.findings.at(chain.causes.front());
    return fmt::format("; {} [{}]\n", validator::sentence(cause), validator::to_text(cause.code));
  }
  if (!good) return {};
  if (chain.answer.rcode == dns::Rcode::nxdomain) return "; NXDOMAIN: there is no such name\n";
  const auto answers =
      std::ranges::any_of(chain.answer.records, [&](const auto& one) { return one.set.type == chain.type; });
  if (chain.answer.rcode == dns::Rcode::noerror && !answers) return "; NODATA: the name has no records of this type\n";
  return chain.answer.rcode == dns::Rcode::noerror ? std::string()
                                                   : fmt::format("; {}\n", dns::to_text(chain.answer.rcode));
}

std::string records(const validator::Chain& chain, const Options& options) {
  std::string text;
  for (const auto& [set, signatures] : chain.answer.records) {
    // RFC 4035 §5.3.3: no longer than the signatures of the chain hold.
    const auto ttl =
        chain.verdict == validator::Security::secure ? std::min(set.ttl, chain.answer.ttl.value_or(set.ttl)) : set.ttl;
    for (const auto& rdata : set.rdatas) {
      text += dns::print(dns::Record{
                  .owner = set.owner, .type = set.type, .rrclass = set.rrclass, .ttl = ttl, .rdata = rdata}) +
              "\n";
    }
    if (options.verbosity == 0) continue;
    for (const auto& signature : signatures) text += dns::print(signature) + "\n";
  }
  return text;
}

}  // namespace
}  // namespace cli
