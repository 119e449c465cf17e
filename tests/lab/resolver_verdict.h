// What a validating resolver concludes, asked of the running server itself: thousands of questions over one socket,
// where a program started for each would cost minutes. Its messages are written by hand: nothing of the code under
// test.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "tests/lab/network.h"
#include "tests/lab/peer.h"
#include "tests/lab/socket.h"

namespace lab {

class ResolverVerdict {
 public:
  explicit ResolverVerdict(const Endpoint& resolver);

  // AD is secure, SERVFAIL bogus, neither insecure (RFC 4035 §3.2.3, §5.5). Requires: `name` absolute, without escapes.
  [[nodiscard]] Verdict ask(const std::string& name, std::uint16_t type,
                            std::chrono::milliseconds limit = std::chrono::seconds{5});

 private:
  Socket socket_;
  std::uint16_t id_ = 0;
};

}  // namespace lab
