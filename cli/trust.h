// What the run trusts: the anchors that the options name, the policy with its times filled in, and the judge made of
// both. It looks for no anchor on the network.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "cli/environment.h"
#include "cli/gathering.h"
#include "cli/options.h"
#include "validator/crypto.h"

namespace cli {

// Error: one line for people.
std::expected<trustanchor::Anchors, std::string> anchors_of(const Options& options, const Environment& environment,
                                                            dns::Time now);
// As read from a recording's own lines.
std::expected<trustanchor::Anchors, std::string> anchors_from(const std::vector<std::string>& lines,
                                                              const std::string& source, dns::Time now);
// The same lines, of the anchors that count at `now` and of keys that wait to (RFC 5011 §2.4.1).
std::vector<std::string> lines_of(const trustanchor::Anchors& anchors, dns::Time now);

validator::Policy policy_of(const Options& options, dns::Time now);
// One Verifier for all chains of the run. Requires: `anchors` outlives the judge.
Judge judge_by(const Options& options, const trustanchor::Anchors& anchors, dns::Time now);

}  // namespace cli
