// Metrics for Prometheus and OpenMetrics: the names and labels of cli.md §8.
// It serves nothing: the text goes to a file of the node exporter's textfile collector, or to stdout.
#pragma once

#include <string>
#include <vector>

#include "validator/chain.h"

namespace report {

enum class Exposition : std::uint8_t { prometheus, openmetrics };

// No sample has a time of its own, and no label's set of values grows with time.
std::string prometheus(const std::vector<validator::Chain>& chains, Exposition exposition);

}  // namespace report
