// From options to evidence: where to begin, which targets, the one Source of the run, and the deadline over all of it.
// It judges nothing; but which question comes next may depend on a verdict (SOA at an apex), so analysis is an
// argument.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/environment.h"
#include "cli/options.h"
#include "resolver/source.h"
#include "validator/chain.h"

namespace cli {

// Where a run begins: one Target without a question for each resolver that is to be judged, or one for the walk.
struct Beginning {
  std::vector<dns::Target> targets;
  std::unique_ptr<resolver::Source> source;
};

// Looks up @server names, reads hints or resolv.conf, draws the made-up name, opens the network. Error: one line.
std::expected<Beginning, std::string> begin(const Options& options, const Environment& environment,
                                            const trustanchor::Anchors& anchors);

// The questions of the command line and of -f. Error: one line.
std::expected<std::vector<Question>, std::string> all_questions(const Options& options);

using Judge = std::function<validator::Chain(const dns::Evidence&)>;

struct Outcome {
  std::vector<dns::Evidence> evidence;
  std::vector<validator::Chain> chains;  // one for each evidence
};

// Asks every question through every beginning and judges each. A question without types is asked for A and AAAA, and
// for SOA if its name turns out to be an apex (`resolve` and `record`: A alone).
Outcome ask_all(const Options& options, const Environment& environment, const std::vector<Question>& questions,
                Beginning& beginning, const Judge& judge);

}  // namespace cli
