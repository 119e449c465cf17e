// Denial cases in one line: records as text, a question as text, and what comes of it as text.
// It signs nothing: every record counts as authenticated.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "validator/denial.h"

namespace denial_table {

struct World {
  std::string_view zone = "example.";
  validator::Policy policy;
  validator::Nsec3Hash hash;
};

// A record in master file form. Before it may stand "[labels=N]", what its signature says, and "[signer=NAME]", whose
// it is.
validator::DenialSet set_of(std::string_view line, const dns::Name& zone);
std::vector<validator::DenialSet> sets_of(const std::vector<std::string_view>& lines, const dns::Name& zone);

// Questions: "nxdomain NAME", "nodata NAME TYPE", "wildcard NAME LABELS", "cut NAME".
// Answers: the outcome, for a cut the kind of name, then the slugs of the problems: "failed unproven denial-missing".
// Every problem's parameters are compared with its row on the way.
std::string judge(const World& world, const std::vector<validator::DenialSet>& sets, std::string_view question);
validator::Proof proof_of(const validator::Denial& denial, std::string_view question);

std::string slugs(const std::vector<validator::Problem>& problems);
// "which=delegation name=b.example."
std::string details(const validator::Problem& problem);

struct Case {
  std::string_view why;
  std::vector<std::string_view> records;
  std::string_view question, answer;
};
void expect_each(const World& world, const std::vector<Case>& cases);

}  // namespace denial_table
