// The worlds of docs/guide.md: root, com and yourdomainhere.com in every state that the guide passes through or warns
// of, made with the very commands of the guide, and what a validator has to conclude from each. It starts no server and
// judges nothing itself.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "tests/lab/peer.h"
#include "tests/lab/world.h"

namespace lab {

struct GuideState {
  std::string name;  // also the folder in fixtures/
  std::string story;
  Verdict verdict = Verdict::none;
  std::string cause;  // slug of the leading cause; empty: nothing may break
  std::string also;   // slug of a finding that has to be there as well, or empty
  std::string blamed_party;

  friend void PrintTo(const GuideState& state, std::ostream* out) { *out << state.name; }  // GoogleTest's name for it
};

inline constexpr const char* guide_name = "www.yourdomainhere.com.";
inline constexpr const char* guide_zone = "yourdomainhere.com.";

[[nodiscard]] const std::vector<GuideState>& guide_states();

// Requires: `state` is the name of one of them. Throws std::runtime_error if a command of the guide does not do what it
// did.
[[nodiscard]] World build_guide_world(const std::string& state, Network& network, const std::filesystem::path& folder);

// Key files of the guide's zone in the world's folder with these flags ("257"), the newest last.
[[nodiscard]] std::vector<std::filesystem::path> key_files(const World& world, std::string_view flags);

}  // namespace lab
