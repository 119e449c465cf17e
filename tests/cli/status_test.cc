// Exit statuses: one verdict, several, and the ones that were expected.
#include "cli/status.h"

#include <gtest/gtest.h>

#include "tests/cli/spoken.h"

namespace {

using validator::Security;

std::vector<validator::Chain> chains(const std::vector<Security>& verdicts) {
  std::vector<validator::Chain> all;
  for (const auto verdict : verdicts) {
    validator::Chain chain;
    chain.verdict = verdict;
    if (verdict == Security::bogus)
      chain.findings.push_back({.code = validator::Code::ds_matches_no_key,
                                .subject = {},
                                .details = {},
                                .servers = {},
                                .zone = {},
                                .blame = {},
                                .consequence_of = {}});
    all.push_back(chain);
  }
  return all;
}

struct Case {
  const char* line;
  std::vector<Security> verdicts;
  int status;
};

// cli.md §3, row by row.
const Case cases[] = {
    {"a.example", {Security::secure}, 0},
    {"a.example", {Security::insecure}, 10},
    {"a.example", {Security::bogus}, 11},
    {"a.example", {Security::indeterminate}, 12},
    {"a.example", {Security::secure, Security::insecure}, 10},
    {"a.example", {Security::insecure, Security::indeterminate}, 12},
    {"a.example", {Security::indeterminate, Security::bogus, Security::secure}, 11},
    {"a.example --expect secure", {Security::secure}, 0},
    {"a.example --expect secure", {Security::insecure}, 1},
    {"a.example --expect insecure,bogus", {Security::insecure, Security::bogus}, 0},
    {"a.example --expect bogus", {Security::bogus, Security::secure}, 1},
    {"a.example --expect-slug ds-matches-no-key", {Security::bogus}, 0},
    {"a.example --expect-slug ds-matches-no-key", {Security::secure}, 1},
    {"a.example --expect-slug ds-matches-no-key,ds-mistyped", {Security::bogus}, 1},
    {"a.example --expect bogus --expect-slug ds-matches-no-key", {Security::bogus}, 0},
    {"a.example --expect secure --expect-slug ds-matches-no-key", {Security::bogus}, 1},
};

TEST(Status, FollowsTheTable) {
  for (const auto& [line, verdicts, status] : cases) {
    EXPECT_EQ(cli::status_of(chains(verdicts), spoken::options(line)), status) << line;
  }
}

}  // namespace
