// What the two best known attacks on validators cost here: 500 colliding keys with 500 signatures (KeyTrap,
// CVE-2023-50387), and NSEC3 with 2,500 iterations (CVE-2023-50868). From what was heard to the verdict, nothing
// remembered from before.
#include "tests/worlds/attacks.h"

#include <benchmark/benchmark.h>

namespace {

using namespace signed_world;

void judged(benchmark::State& state, const World& world, std::string_view owner, validator::Security expected) {
  const auto evidence = world.evidence(owner, RRType::a);
  std::uint64_t checks = 0;
  for (auto _ : state) {
    validator::Verifier verifier;
    const auto chain = validator::analyze(evidence, world.anchors, world.policy, world.now, verifier);
    checks = verifier.checks_made();
    if (chain.verdict != expected) state.SkipWithError("another verdict");
  }
  state.counters["checks"] = static_cast<double>(checks);
}

void keytrap(benchmark::State& state) { judged(state, key_trap(500, 500), "www.z.test.", validator::Security::bogus); }
BENCHMARK(keytrap)->Unit(benchmark::kMillisecond);

void keytrap_at_entry(benchmark::State& state) {
  judged(state, key_trap_at_entry(250, 250), "www.z.test.", validator::Security::bogus);
}
BENCHMARK(keytrap_at_entry)->Unit(benchmark::kMillisecond);

void malformed(benchmark::State& state) {
  judged(state, malformed_keys(500, 400), "www.z.test.", validator::Security::bogus);
}
BENCHMARK(malformed)->Unit(benchmark::kMillisecond);

void nsec3_2500(benchmark::State& state) {
  judged(state, many_iterations(2500), "w.z.test.", validator::Security::insecure);
}
BENCHMARK(nsec3_2500)->Unit(benchmark::kMillisecond);

}  // namespace
