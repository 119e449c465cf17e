#include "cli/status.h"

#include <algorithm>
#include <array>

namespace cli {

int status_of(validator::Security verdict) {
  switch (verdict) {
    case validator::Security::secure: return status::good;
    case validator::Security::insecure: return status::insecure;
    case validator::Security::bogus: return status::bogus;
    case validator::Security::indeterminate: return status::indeterminate;
  }
  return status::indeterminate;
}

int worst(std::span<const int> statuses) {
  for (const int candidate : {status::bogus, status::indeterminate, status::insecure}) {
    if (std::ranges::find(statuses, candidate) != statuses.end()) return candidate;
  }
  return status::good;
}

int status_of(const std::vector<validator::Chain>& chains, const Options& options) {
  if (options.expect.empty() && options.expect_slugs.empty()) {
    std::vector<int> statuses;
    statuses.reserve(chains.size());
    for (const auto& chain : chains) statuses.push_back(status_of(chain.verdict));
    return worst(statuses);
  }
  const auto expected = [&](const validator::Chain& chain) {
    return options.expect.empty() || std::ranges::find(options.expect, chain.verdict) != options.expect.end();
  };
  const auto found = [&](validator::Code code) {
    return std::ranges::any_of(chains, [&](const auto& chain) {
      return std::ranges::find(chain.findings, code, &validator::Finding::code) != chain.findings.end();
    });
  };
  return std::ranges::all_of(chains, expected) && std::ranges::all_of(options.expect_slugs, found) ? status::good
                                                                                                   : status::unexpected;
}

}  // namespace cli
