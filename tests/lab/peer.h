// The other validators on the same question: delv, drill -S and unbound-host, and what each of them concludes.
// It only reads their output; which of them is right, a test says.
#pragma once

#include <string>
#include <string_view>

#include "tests/lab/network.h"
#include "tests/lab/process.h"
#include "tests/lab/world.h"

namespace lab {

// untrusted: drill -S found no trusted path and does not say whether that is insecure or bogus.
// none: the peer came to no conclusion (no answer, or an error of its own).
enum class Verdict { secure, insecure, bogus, indeterminate, untrusted, none };
[[nodiscard]] std::string_view word(Verdict verdict);

// Returns: whether a peer's `theirs` says the same as `ours`; untrusted says "not secure".
[[nodiscard]] bool agree(Verdict ours, Verdict theirs);

struct Opinion {
  Verdict verdict = Verdict::none;
  Outcome outcome;
};

[[nodiscard]] Opinion ask_delv(const World& world, const Endpoint& forwarder, const std::string& name,
                               const std::string& type);
[[nodiscard]] Opinion ask_drill(const World& world, const Endpoint& forwarder, const std::string& name,
                                const std::string& type);
[[nodiscard]] Opinion ask_unbound_host(const World& world, const Endpoint& forwarder, const std::string& name,
                                       const std::string& type);

// The commands, for the benchmark.
[[nodiscard]] Command delv_command(const World& world, const Endpoint& forwarder, const std::string& name,
                                   const std::string& type);
[[nodiscard]] Command drill_command(const World& world, const Endpoint& forwarder, const std::string& name,
                                    const std::string& type);
[[nodiscard]] Command unbound_host_command(const World& world, const Endpoint& forwarder, const std::string& name,
                                           const std::string& type);

}  // namespace lab
