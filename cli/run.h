// The verbs: options in, result on stdout or in files, exit status out.
// It parses no options and judges nothing itself.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "cli/environment.h"
#include "cli/options.h"
#include "validator/chain.h"

namespace cli {

using Status = std::expected<int, std::string>;  // error: our own failure, one line for people

Status run(const Options& options, const Environment& environment);

// One verb each; run picks.
Status run_check(const Options& options, const Environment& environment);      // run.cc; resolve and graph too
Status run_record(const Options& options, const Environment& environment);     // run_record.cc
Status run_replay(const Options& options, const Environment& environment);     // run_record.cc; graph of recordings too
Status run_probe(const Options& options, const Environment& environment);      // run_probe.cc
Status run_ds(const Options& options, const Environment& environment);         // run_ds.cc
Status run_preflight(const Options& options, const Environment& environment);  // run_preflight.cc
Status run_rollover(const Options& options, const Environment& environment);   // run_rollover.cc
Status run_watch(const Options& options, const Environment& environment);      // run_watch.cc
Status run_explain(const Options& options);                                    // run_explain.cc
Status run_anchors(const Options& options, const Environment& environment);    // run_anchors.cc
Status run_diff(const Options& options, const Environment& environment);       // run_diff.cc
Status run_zone(const Options& options, const Environment& environment);       // run_zone.cc

struct AnchorsPage;
Status run_anchors_update(const Options& options, const Environment& environment);  // run_anchors_update.cc
// Returns: `status`, once the page is written in the form asked for.
Status write_page(const AnchorsPage& page, const Options& options, int status);

}  // namespace cli
