// Resolvers held against each other over a private root: one that still serves an old fault, one that lacks the root's
// new key; what real unbound and BIND conclude stands beside our verdict.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "tests/lab/json.h"
#include "tests/lab/require.h"
#include "tests/lab/server.h"
#include "tests/lab/subject.h"

namespace lab {
namespace {

const std::string question = "www.example.com.";

std::vector<ZoneRecipe> tree() {
  std::vector<ZoneRecipe> zones(3);
  zones[0].name = ".";
  zones[1].name = "com.";
  zones[2].name = "example.com.";
  zones[2].body = "www A 192.0.2.80\n";
  return zones;
}

std::string word(const Endpoint& resolver) { return fmt::format("@{}#{}", resolver.address, resolver.port); }

// The chain of one resolver in the JSON of several: its verdict, and one parameter of one finding ("" if there is
// none).
struct Chain {
  Json json;
  std::string top;

  [[nodiscard]] std::string verdict() const { return text_at(json, top + "/verdict"); }
  [[nodiscard]] std::string param(std::string_view slug, std::string_view name) const {
    for (int i = 0; json.contains(fmt::format("{}/findings/{}", top, i)); ++i)
      if (text_at(json, fmt::format("{}/findings/{}/slug", top, i)) == slug)
        return text_at(json, fmt::format("{}/findings/{}/params/{}", top, i, name));
    return "";
  }
  [[nodiscard]] bool has(std::string_view slug) const {
    for (int i = 0; json.contains(fmt::format("{}/findings/{}", top, i)); ++i)
      if (text_at(json, fmt::format("{}/findings/{}/slug", top, i)) == slug) return true;
    return false;
  }
  [[nodiscard]] std::string cause() const {
    const auto index = text_at(json, top + "/causes/0");
    return text_at(json, top + "/findings/" + index + "/slug");
  }
};

class Forwarders : public testing::Test {
 protected:
  void SetUp() override { require({"nsd", "unbound", "named", "ldns-keygen", "ldns-signzone"}); }

  // One chain for each resolver, in their order.
  std::vector<Chain> check(const World& world, const std::vector<Endpoint>& resolvers) {
    Command words{"check", question, "A", "-k", world.anchors};
    for (const auto& resolver : resolvers) words.push_back(word(resolver));
    outcome_ = judge(words).outcome;
    std::vector<Chain> chains;
    for (std::size_t i = 0; i < resolvers.size(); ++i)
      chains.push_back({read_json(outcome_.out), resolvers.size() > 1 ? fmt::format("/{}", i) : ""});
    return chains;
  }

  Folder folder_{"forwarders"};
  Network network_{12};
  Outcome outcome_;
};

// The zone was broken when the first resolver fetched it, and has been mended since.
TEST_F(Forwarders, TheOneWithTheOldFaultIsNamed) {
  auto zones = tree();
  std::optional<ZoneText> mended;
  zones[2].damage = [&](ZoneText& zone) {
    mended = zone;
    zone.corrupt_signatures(question, "A");
  };
  const auto world = build(zones, network_, folder_.path());
  const auto first = network_.take(), second = network_.take();
  std::optional<Resolver> stale;
  {
    const Servers servers(world, ServerKind::nsd);
    stale.emplace(world, ResolverKind::unbound, first);
    const auto before = check(world, {stale->at()});
    ASSERT_EQ(before[0].verdict(), "bogus") << outcome_.out << outcome_.err;
    EXPECT_EQ(before[0].param("forwarder-verdict", "their_verdict"), "bogus") << outcome_.out;
    EXPECT_FALSE(before[0].has("forwarder-bad-cache")) << "nobody else to be held against";
  }
  mended->write(world.folder / "example.com.zone.served");
  const Servers servers(world, ServerKind::nsd);
  const Resolver fresh(world, ResolverKind::bind, second);
  const auto chains = check(world, {stale->at(), fresh.at()});
  EXPECT_EQ(chains[0].verdict(), "bogus") << outcome_.out << outcome_.err;
  EXPECT_EQ(chains[0].cause(), "forwarder-bad-cache") << outcome_.out;
  EXPECT_EQ(chains[0].param("forwarder-bad-cache", "reason"), "bogus");
  EXPECT_EQ(chains[0].param("forwarder-bad-cache", "type"), "A");
  const auto remaining = chains[0].param("forwarder-bad-cache", "remaining");
  ASSERT_FALSE(remaining.empty());
  EXPECT_LE(std::stoi(remaining), 300) << "the TTL of the lab's zones";
  EXPECT_EQ(chains[1].verdict(), "secure");
  EXPECT_EQ(chains[1].param("forwarder-verdict", "their_verdict"), "secure");
  EXPECT_FALSE(chains[1].has("forwarder-bad-cache"));
}

// The root publishes a second entry key; unbound has it among its anchors, BIND has not.
TEST_F(Forwarders, TheOneWithoutTheNewRootKeyIsNamed) {
  auto zones = tree();
  const auto key = make_key(zones[0].signing, ".", Role::entry, folder_.path());
  const auto line = read_file(folder_.path() / (key + ".key"));
  zones[0].body = line;
  const auto world = build(zones, network_, folder_.path());
  const auto one = network_.take(), other = network_.take();
  const Servers servers(world, ServerKind::nsd);
  const Resolver without(world, ResolverKind::bind, other);
  write_file(world.key_anchor, read_file(world.key_anchor) + line);
  const Resolver with(world, ResolverKind::unbound, one);
  const auto chains = check(world, {with.at(), without.at()});
  EXPECT_EQ(chains[0].verdict(), "secure") << outcome_.out << outcome_.err;
  EXPECT_EQ(chains[1].verdict(), "secure");
  EXPECT_EQ(chains[0].param("forwarder-verdict", "their_verdict"), "secure") << outcome_.out;
  EXPECT_EQ(chains[1].param("forwarder-verdict", "their_verdict"), "secure");
  EXPECT_FALSE(chains[0].has("forwarder-lacks-anchor")) << outcome_.out;
  EXPECT_NE(chains[1].param("forwarder-lacks-anchor", "tag"), "") << outcome_.out;
  EXPECT_NE(line.find("id = " + chains[1].param("forwarder-lacks-anchor", "tag")), std::string::npos)
      << "the tag that ldns-keygen wrote behind the key: " << line;
}

}  // namespace
}  // namespace lab
