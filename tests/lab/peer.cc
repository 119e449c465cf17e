#include "tests/lab/peer.h"

#include <fmt/format.h>

namespace lab {
namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Verdict read_delv(const Outcome& outcome) {
  const auto text = outcome.out + outcome.err;
  if (has(text, "unsigned answer") || has(text, "unsigned negative response") ||
      has(text, "negative response, unsigned"))
    return Verdict::insecure;
  if (has(text, "fully validated")) return Verdict::secure;
  if (has(text, "timed out") || has(text, "connection refused")) return Verdict::none;
  if (has(text, "resolution failed")) return Verdict::bogus;
  return Verdict::none;
}

// "first error was: No DNSSEC public key(s)" and the like stand for missing proofs of both kinds: drill looks for no
// proof of insecurity, so its failure alone does not tell insecure from bogus.
Verdict read_drill(const Outcome& outcome) {
  if (has(outcome.out, "Chase successful")) return Verdict::secure;
  return has(outcome.out, "Chase failed") ? Verdict::untrusted : Verdict::none;
}

Verdict read_unbound_host(const Outcome& outcome) {
  if (has(outcome.out, "BOGUS")) return Verdict::bogus;
  if (has(outcome.out, "(insecure)")) return Verdict::insecure;
  if (has(outcome.out, "(secure)")) return Verdict::secure;
  return Verdict::none;
}

}  // namespace

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::secure: return "secure";
    case Verdict::insecure: return "insecure";
    case Verdict::bogus: return "bogus";
    case Verdict::indeterminate: return "indeterminate";
    case Verdict::untrusted: return "untrusted";
    case Verdict::none: return "none";
  }
  return "none";
}

bool agree(Verdict ours, Verdict theirs) {
  if (theirs == Verdict::untrusted)
    return ours == Verdict::insecure || ours == Verdict::bogus || ours == Verdict::indeterminate;
  return ours == theirs;
}

Command delv_command(const World& world, const Endpoint& forwarder, const std::string& name, const std::string& type) {
  return {"delv",
          "-4",
          "@" + forwarder.address,
          "-p",
          std::to_string(forwarder.port),
          "-a",
          world.bind_anchor.string(),
          "+root=.",
          "-q",
          name,
          "-t",
          type};
}

Command drill_command(const World& world, const Endpoint& forwarder, const std::string& name, const std::string& type) {
  return {"drill", "-S",
          "-k",    world.key_anchor.string(),
          "-p",    std::to_string(forwarder.port),
          name,    "@" + forwarder.address,
          type};
}

Command unbound_host_command(const World& world, const Endpoint& forwarder, const std::string& name,
                             const std::string& type) {
  const auto config = world.folder / ("host-" + forwarder.address + ".conf");
  write_file(
      config,
      fmt::format(
          "server:\n  do-not-query-localhost: no\n  do-ip6: no\n  username: \"\"\n  chroot: \"\"\n  directory: \"{}\"\n"
          "  trust-anchor-file: \"{}\"\n  trust-anchor-signaling: no\n  use-syslog: no\n"
          "forward-zone:\n  name: \".\"\n  forward-addr: {}@{}\n",
          world.folder.string(), world.key_anchor.string(), forwarder.address, forwarder.port));
  return {"unbound-host", "-C", config.string(), "-v", "-t", type, name};
}

Opinion ask_delv(const World& world, const Endpoint& forwarder, const std::string& name, const std::string& type) {
  auto outcome = run(delv_command(world, forwarder, name, type));
  return {read_delv(outcome), std::move(outcome)};
}

Opinion ask_drill(const World& world, const Endpoint& forwarder, const std::string& name, const std::string& type) {
  auto outcome = run(drill_command(world, forwarder, name, type));
  return {read_drill(outcome), std::move(outcome)};
}

Opinion ask_unbound_host(const World& world, const Endpoint& forwarder, const std::string& name,
                         const std::string& type) {
  auto outcome = run(unbound_host_command(world, forwarder, name, type));
  return {read_unbound_host(outcome), std::move(outcome)};
}

}  // namespace lab
