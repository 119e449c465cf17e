// Exit statuses of both families (cli.md §3), and how several verdicts become one.
// It exits nothing.
#pragma once

#include <span>
#include <vector>

#include "cli/options.h"
#include "validator/chain.h"

namespace cli {

namespace status {
inline constexpr int good = 0, unexpected = 1, different = 1, misuse = 2, own_failure = 3, insecure = 10, bogus = 11,
                     indeterminate = 12;
}

int status_of(validator::Security verdict);
int worst(std::span<const int> statuses);  // in the order 11, 12, 10, 0
// With --expect and --expect-slug 0 or 1, else the worst of the verdicts.
int status_of(const std::vector<validator::Chain>& chains, const Options& options);

}  // namespace cli
