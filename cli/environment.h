// What the process was started with, looked at once: variables, terminals, the clock.
// It changes nothing and decides nothing.
#pragma once

#include <string>

#include "cli/config.h"
#include "dns/bytes.h"
#include "dns/time.h"

namespace cli {

struct Environment {
  enum class Stream : std::uint8_t { terminal, other };
  std::string anchors;   // $TRUSTWALK_ANCHORS
  std::string no_color;  // $NO_COLOR
  std::string term;      // $TERM
  // What NSD tells its verifier (nsd.conf(5)): $VERIFY_ZONE, $VERIFY_ZONE_ON_STDIN
  std::string verify_zone, verify_zone_on_stdin;
  Stream out = Stream::other, err = Stream::other;
  int width = 100;     // columns of the terminal, else $COLUMNS, else 100
  int err_width = 80;  // columns of the terminal on stderr
  dns::Time now{};
};

Environment look_around();
Surroundings surroundings();  // configuration files at their usual places, and what beats them

// 12 letters, large and small, that nobody has registered, from the kernel's generator.
std::string draw_label();
// 16 octets for Target::chance.
dns::Bytes draw_chance();

}  // namespace cli
