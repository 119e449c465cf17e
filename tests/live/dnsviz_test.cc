// dnsviz's own probe of worlds of the guide on NSD: our replay of its file gives the planted verdict and cause; and
// what we record as a file of dnsviz gives grok the same status.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/lab/guide.h"
#include "tests/lab/json.h"
#include "tests/lab/require.h"
#include "tests/lab/server.h"
#include "tests/lab/subject.h"

namespace lab {
namespace {

class Dnsviz : public testing::TestWithParam<std::string> {};

TEST_P(Dnsviz, AndWeReadEachOther) {
  if (const auto lacking = missing({"nsd", "dnsviz", "ldns-keygen", "ldns-signzone", "ldns-key2ds"});
      !lacking.empty()) {
    if (everything_is_required()) FAIL() << lacking;
    GTEST_SKIP() << lacking;
  }
  const auto state = *std::ranges::find(guide_states(), GetParam(), &GuideState::name);
  const Folder folder("dnsviz-" + state.name);
  Network network(8);
  auto world = build_guide_world(state.name, network, folder.path());
  world.port = 53;  // dnsviz knows no other on a delegation; in a network of its own it is free
  const Servers servers(world, ServerKind::nsd);
  const std::string run_dnsviz = std::string(TRUSTWALK_SOURCE_DIR) + "/tests/lab/run_dnsviz.py";
  const auto probed = folder.path() / "probed.json";
  must({"/usr/bin/python3", run_dnsviz, "probe", "-4", "-A", "-a", ".", "-x", ".:ns1=" + world.address_of("."), "-o",
        probed.string(), guide_name},
       {.limit = std::chrono::seconds{60}});
  const auto theirs = judge({"replay", probed, "-k", world.key_anchor});
  EXPECT_EQ(theirs.verdict, word(state.verdict)) << theirs.outcome.out << theirs.outcome.err;
  if (!state.cause.empty()) {
    EXPECT_EQ(theirs.cause, state.cause) << theirs.outcome.out;
  }

  const auto recorded = folder.path() / "recorded.json";
  must({TRUSTWALK_BINARY, "record", guide_name, "A", "--hints", world.hints, "-p", "53", "-k", world.anchors,
        "--format", "dnsviz", "-o", recorded.string()});
  const auto ours = judge({"replay", recorded});
  EXPECT_EQ(ours.verdict, word(state.verdict)) << ours.outcome.out << ours.outcome.err;
  const auto grok = must(
      {"/usr/bin/python3", run_dnsviz, "assess", "-k", world.key_anchor.string(), recorded.string(), probed.string()},
      {.limit = std::chrono::seconds{60}});
  const auto lines = grok.out.find('\n');
  for (const auto& line : {grok.out.substr(0, lines), grok.out.substr(lines + 1)})
    EXPECT_EQ(text_at(read_json(line), "/status"), word(state.verdict)) << line;
}

INSTANTIATE_TEST_SUITE_P(Peer, Dnsviz,
                         testing::Values("guide-secure", "guide-expired", "guide-removed-key", "guide-unsigned"),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace lab
