// The guide (docs/guide.md) executed with its own tools, on NSD, BIND and Knot: what trustwalk says after each step,
// and that delv, drill -S and unbound-host say the same.
#include "tests/lab/guide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/lab/require.h"
#include "tests/lab/server.h"
#include "tests/lab/subject.h"

namespace lab {
namespace {

const std::vector<std::string> needed{"nsd",           "named",       "knotd",        "unbound",
                                      "delv",          "drill",       "unbound-host", "ldns-keygen",
                                      "ldns-signzone", "ldns-key2ds", "sha256sum"};

int exit_status(Verdict verdict) {
  switch (verdict) {
    case Verdict::secure: return 0;
    case Verdict::insecure: return 10;
    case Verdict::bogus: return 11;
    default: return 12;
  }
}

class Guide : public testing::TestWithParam<GuideState> {
 protected:
  void SetUp() override { require(needed); }
};

Command walk(const World& world, const std::string& verb) {
  Command words{verb, guide_name, "A", "--hints", world.hints, "-p", std::to_string(world.port), "-k", world.anchors};
  if (verb == "resolve") words.push_back("+walk");
  return words;
}

Command through(const World& world, const Endpoint& forwarder, const std::string& verb) {
  return {verb, "@" + forwarder.address + "#" + std::to_string(forwarder.port), guide_name, "A", "-k", world.anchors};
}

void expect_judgement(const GuideState& state, const Judgement& judgement) {
  const auto heard = judgement.outcome.out + judgement.outcome.err;
  EXPECT_EQ(judgement.verdict, word(state.verdict)) << heard;
  EXPECT_EQ(judgement.status, exit_status(state.verdict)) << heard;
  if (state.cause.empty()) return;
  EXPECT_EQ(judgement.cause, state.cause) << heard;
  EXPECT_EQ(judgement.blamed_zone, guide_zone) << heard;
  EXPECT_EQ(judgement.blamed_party, state.blamed_party) << heard;
}

void expect_peers(const GuideState& state, const World& world, const Endpoint& forwarder) {
  const auto delv = ask_delv(world, forwarder, guide_name, "A");
  const auto drill = ask_drill(world, forwarder, guide_name, "A");
  const auto host = ask_unbound_host(world, forwarder, guide_name, "A");
  EXPECT_TRUE(agree(state.verdict, delv.verdict)) << word(delv.verdict) << delv.outcome.out << delv.outcome.err;
  EXPECT_TRUE(agree(state.verdict, drill.verdict)) << word(drill.verdict) << drill.outcome.out << drill.outcome.err;
  EXPECT_TRUE(agree(state.verdict, host.verdict)) << word(host.verdict) << host.outcome.out << host.outcome.err;
}

TEST_P(Guide, IsJudgedRight) {
  const auto& state = GetParam();
  const Folder folder(state.name);
  Network network(8);
  const auto world = build_guide_world(state.name, network, folder.path());
  for (const auto kind : {ServerKind::nsd, ServerKind::bind, ServerKind::knot}) {
    if (kind == ServerKind::bind && !network.on_interface()) continue;  // BIND listens on addresses of interfaces only
    SCOPED_TRACE(program_of(kind));
    const Servers servers(world, kind);
    const Resolver forwarder(world, ResolverKind::unbound, network.take());
    expect_peers(state, world, forwarder.at());
    for (const std::string verb : {"check", "resolve"}) {
      SCOPED_TRACE(verb);
      const auto judgement = judge(walk(world, verb));
      expect_judgement(state, judgement);
      if (verb == "check" && !state.also.empty()) {
        EXPECT_THAT(judgement.slugs, testing::Contains(state.also)) << judgement.outcome.out;
      }
      SCOPED_TRACE("through a resolver");
      expect_judgement(state, judge(through(world, forwarder.at(), verb)));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(States, Guide, testing::ValuesIn(guide_states()), [](const auto& test) {
  std::string name = test.param.name;
  std::erase(name, '-');
  return name;
});

}  // namespace
}  // namespace lab
