// Evidence files: versioned JSON with the octets in base64, as heard; and a Source that answers from one.
// No judgement, no network.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "dns/evidence.h"
#include "resolver/source.h"

namespace resolver {

// What an evidence file holds besides Evidence, so that a replay can say what the recording said.
struct Recording {
  dns::Evidence evidence;
  std::string tool_version;
  std::vector<std::string> anchors;  // the anchors at that time, one zone-file line (DS or DNSKEY) each
  std::string anchors_source;
  std::vector<dns::Target> further{};  // of a dnsviz file: other questions that the same evidence answers
};

std::string write_recording(const Recording& recording);  // deterministic: the same recording gives the same bytes
// Error: one line for people with the byte where reading stopped, or what is wrong with which exchange. Bounded: 64
// MiB, 100,000 exchanges.
std::expected<Recording, std::string> read_recording(std::string_view text);

// Answers every ask from the recording at once; what is not in it was not_asked.
std::unique_ptr<Source> replay_source(const dns::Evidence& evidence);

}  // namespace resolver
