// What is under way, from looks made by hand: each case is a table of who has what, as RFC 7583, RFC 6781 and RFC 8901
// describe it. Live signers are asked in tests/live/rehearsal_test.cc; here is what they do not do by themselves.
#include "validator/rollover_phase.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "validator/delegation.h"
#include "validator/rollover_advice.h"

namespace validator {
namespace {

using dns::Seconds;
using dns::Time;

const dns::Name zone = *dns::Name::parse("example.org.");
constexpr int ttl = 100;

Time at(int second) { return Time{Seconds{1'700'000'000 + second}}; }

// Capital letters are KSKs; n to q are of another algorithm.
dns::Dnskey key(char letter) {
  const bool ksk = letter >= 'A' && letter <= 'Z';
  const bool other = (letter | 0x20) >= 'n' && (letter | 0x20) <= 'q';
  return {static_cast<std::uint16_t>(ksk ? 257 : 256), 3,
          other ? dns::Algorithm::ed25519 : dns::Algorithm::ecdsap256sha256,
          dns::Bytes(other ? 32 : 64, static_cast<std::uint8_t>(letter))};
}

std::vector<KeyName> names(std::string_view letters) {
  std::vector<KeyName> all;
  for (const char letter : letters) all.push_back({key(letter).tag(), key(letter).algorithm});
  std::ranges::sort(all);
  return all;
}

// One server: the keys published, those that sign the set, those that sign the data ("-": unsigned).
struct Shown {
  std::string_view published, signing, data;
};

class RolloverPhases : public testing::Test {
 public:
  RolloverPhases& look(int second, std::string_view ds, const std::vector<Shown>& servers) {
    RolloverLook one;
    one.first = one.last = at(second);
    constexpr std::array sha256{dns::Digest::sha256};
    auto& parent = one.parent[*dns::parse_address("192.0.2.53", 0)];
    parent.ttl = Seconds{ttl};
    for (const char letter : ds) parent.ds.push_back(ds_of(zone, key(letter), sha256, verifier_).front());
    for (std::size_t i = 0; i < servers.size(); ++i) {
      const auto address = *dns::parse_address("192.0.2." + std::to_string(i + 1), 0);
      KeysLook keys{{}, names(servers[i].signing), Seconds{ttl}};
      for (const char letter : servers[i].published) keys.published.push_back(key(letter));
      one.keys[address] = keys;
      one.data[address] = {{servers[i].data == "-" ? std::vector<KeyName>{} : names(servers[i].data)}, Seconds{ttl}};
    }
    add_look(looks_, std::move(one));
    return *this;
  }
  RolloverPhases& asks_for(std::string_view letters) {
    constexpr std::array sha256{dns::Digest::sha256};
    looks_.back().cds.emplace();
    for (const char letter : letters) looks_.back().cds->push_back(ds_of(zone, key(letter), sha256, verifier_).front());
    return *this;
  }
  RolloverHistory history() {
    auto found = rollover_history(looks_, zone, Seconds{0}, verifier_);
    EXPECT_TRUE(found) << found.error();
    return *found;
  }
  // "double-ksk coming exchange-ds +100": the first phase, its first step, and the step's moment after the first look.
  std::string told() {
    const auto known = history();
    const auto verdict = rollover_verdict(known);
    std::string text(to_text(verdict.stance));
    for (const auto& phase : verdict.phases) {
      text += std::string(" | ") + std::string(to_text(phase.kind)) + " " + std::string(to_text(phase.direction));
      for (const auto& step : phase.steps) {
        text += " " + std::string(to_text(step.action));
        text += step.earliest ? "+" + std::to_string((step.earliest->at - at(0)).count()) : "-";
        EXPECT_FALSE(headline(step, known.keys).empty());
        for (const auto signer : all_signers) EXPECT_FALSE(commands(step.action, signer, {}).empty());
      }
    }
    if (!verdict.servers_agree) text += " | differ";
    return text;
  }

 protected:
  std::vector<RolloverLook> looks_;
  Verifier verifier_;
};

TEST_F(RolloverPhases, OneLookTellsNoDirection) {
  EXPECT_EQ(look(0, "K", {{"Kz", "K", "z"}}).told(), "steady");
  looks_.clear();
  EXPECT_EQ(look(0, "K", {{"Kzy", "K", "z"}}).told(), "rolling | zsk-prepublish unknown sign-data+100 remove-keys+100");
  looks_.clear();
  EXPECT_EQ(look(0, "K", {{"KLz", "KL", "z"}}).told(), "rolling | double-ksk unknown exchange-ds+100 remove-keys+100");
  looks_.clear();
  EXPECT_EQ(look(0, "KL", {{"Kz", "K", "z"}}).told(), "rolling | double-ds unknown exchange-keys+100 remove-ds+100");
  looks_.clear();
  EXPECT_EQ(look(0, "C", {{"CD", "CD", "CD"}}).told(), "rolling | csk unknown exchange-ds+100 remove-keys+100");
  looks_.clear();
  EXPECT_EQ(look(0, "K", {{"Kz", "K", "zn"}}).told(),
            "rolling | algorithm unknown publish-keys+100 drop-signatures+100");
  looks_.clear();
  EXPECT_EQ(look(0, "", {{"Kz", "K", "z"}}).told(), "rolling | going-secure unknown exchange-ds+100 unsign+100");
  looks_.clear();
  EXPECT_EQ(look(0, "", {{"", "", "-"}}).told(), "unsigned");
  // Two keys with DS of which both lead: a standby key.
  looks_.clear();
  EXPECT_EQ(look(0, "KL", {{"KLz", "KL", "z"}}).told(), "steady");
  // The guide's DS for the ZSK.
  looks_.clear();
  EXPECT_EQ(look(0, "Kz", {{"Kz", "K", "z"}}).told(), "steady");
}

// RFC 7344 §4: the zone says which keys shall have a DS.
TEST_F(RolloverPhases, CdsTellTheDirection) {
  EXPECT_EQ(look(0, "K", {{"KLz", "KL", "z"}}).asks_for("L").told(), "rolling | double-ksk coming exchange-ds+100");
  looks_.clear();
  EXPECT_EQ(look(0, "K", {{"KLz", "KL", "z"}}).asks_for("K").told(), "rolling | double-ksk going remove-keys+100");
  looks_.clear();
  EXPECT_EQ(look(0, "", {{"Kz", "K", "z"}}).asks_for("K").told(), "rolling | going-secure coming exchange-ds+100");
}

TEST_F(RolloverPhases, AnEarlierLookDoes) {
  look(0, "K", {{"Kz", "K", "z"}});
  EXPECT_EQ(look(10, "K", {{"Kzy", "K", "z"}}).told(), "rolling | zsk-prepublish coming sign-data+110");
  // However much later it is asked.
  EXPECT_EQ(look(90, "K", {{"Kzy", "K", "z"}}).told(), "rolling | zsk-prepublish coming sign-data+110");
  EXPECT_EQ(look(120, "K", {{"Kzy", "K", "y"}}).told(), "rolling | zsk-prepublish going remove-keys+220");
  EXPECT_EQ(look(230, "K", {{"Ky", "K", "y"}}).told(), "steady");
  // Both sign for a while instead (RFC 7583 §3.2.2).
  EXPECT_EQ(look(400, "K", {{"Kyx", "K", "yx"}}).told(), "rolling | zsk-double-signature going remove-keys+500");
}

TEST_F(RolloverPhases, TheLeastAdvancedServerDecides) {
  look(0, "K", {{"Kz", "K", "z"}, {"Kz", "K", "z"}});
  // One server has the new key: no moment can be named.
  EXPECT_EQ(look(10, "K", {{"Kzy", "K", "z"}, {"Kz", "K", "z"}}).told(),
            "rolling | zsk-prepublish coming sign-data- | differ");
  const auto verdict = rollover_verdict(history());
  ASSERT_EQ(verdict.by_server.size(), 2U);
  EXPECT_EQ(verdict.by_server[0].second, std::vector{RolloverKind::zsk_prepublish});
  EXPECT_TRUE(verdict.by_server[1].second.empty());
  EXPECT_EQ(look(50, "K", {{"Kzy", "K", "z"}, {"Kzy", "K", "z"}}).told(),
            "rolling | zsk-prepublish coming sign-data+150");
}

TEST_F(RolloverPhases, ASilentServerHasWhatItHadLast) {
  look(0, "K", {{"Kz", "K", "z"}, {"Kz", "K", "z"}});
  look(10, "K", {{"Kzy", "K", "z"}});
  // The second one was not asked: gone from the NS set. Asked and silent, it counts as before.
  EXPECT_EQ(told(), "rolling | zsk-prepublish coming sign-data+110");
  RolloverLook one = looks_.back();
  looks_.pop_back();
  one.silent = one.asked = {*dns::parse_address("192.0.2.2", 0)};
  add_look(looks_, one);
  EXPECT_EQ(told(), "rolling | zsk-prepublish coming sign-data- | differ");
}

// RFC 8901 §2.1.2, model 2: each provider has a KSK of its own; all ZSKs are in both key sets, all KSKs in the DS.
TEST_F(RolloverPhases, AProviderJoinsAndLeaves) {
  look(0, "K", {{"Kz", "K", "z"}});
  look(10, "K", {{"Kzy", "K", "z"}});
  EXPECT_EQ(look(20, "KL", {{"Kzy", "K", "z"}}).told(), "rolling | multi-signer-joining coming add-servers+120");
  EXPECT_EQ(look(130, "KL", {{"Kzy", "K", "z"}, {"Lzy", "L", "y"}}).told(), "multi-signer | differ");
  // Its servers gone, its answers are kept for a TTL from when the last NS set that names it is forgotten.
  EXPECT_EQ(look(300, "KL", {{"Kzy", "K", "z"}}).told(), "rolling | multi-signer-leaving going remove-ds+500");
}

TEST_F(RolloverPhases, ASlowSecondaryIsNoOtherProvider) {
  look(0, "K", {{"Kzy", "K", "z"}, {"Kzy", "K", "z"}});
  const auto text = look(10, "K", {{"Kzy", "K", "y"}, {"Kzy", "K", "z"}}).told();
  EXPECT_EQ(text.find("multi-signer"), std::string::npos) << text;
  EXPECT_NE(text.find("differ"), std::string::npos) << text;
}

TEST_F(RolloverPhases, WhatIsBrokenIsSaidSo) {
  EXPECT_EQ(look(0, "L", {{"Kz", "K", "z"}}).told(), "broken");
  looks_.clear();
  EXPECT_EQ(look(0, "K", {{"", "", "-"}}).told(), "broken");
  looks_.clear();
  EXPECT_EQ(look(0, "K", {{"Kz", "K", "y"}}).told().substr(0, 6), "broken");
}

// The four mistakes of the issue, each from two or three looks.
TEST_F(RolloverPhases, MistakesUnderWay) {
  const auto mistake = [&](Part part, Part held, int until) {
    const auto early = rollover_verdict(history()).early;
    ASSERT_EQ(early.size(), 1U);
    EXPECT_EQ(early[0].part, part);
    EXPECT_EQ(early[0].held, held);
    EXPECT_EQ(early[0].until, at(until));
    looks_.clear();
  };
  // The DS of the old key goes while caches hold the key set without the new one.
  look(0, "K", {{"Kz", "K", "z"}}).look(10, "K", {{"KLz", "KL", "z"}}).look(20, "L", {{"KLz", "KL", "z"}});
  mistake(Part::ds, Part::keys, 110);
  // The old ZSK is pulled while caches hold what it signed.
  look(0, "K", {{"Kzy", "K", "z"}}).look(10, "K", {{"Kzy", "K", "y"}}).look(20, "K", {{"Ky", "K", "y"}});
  mistake(Part::keys, Part::data, 110);
  // A new algorithm in the DS while caches hold data without its signatures.
  look(0, "K", {{"Kz", "K", "z"}}).look(10, "K", {{"Kz", "K", "zn"}}).look(60, "K", {{"KNzn", "KN", "zn"}});
  looks_.erase(looks_.begin());  // its signatures were seen first, so that the keys alone are new
  look(70, "KN", {{"KNzn", "KN", "zn"}});
  mistake(Part::ds, Part::keys, 160);
  // The signatures go while caches hold the DS.
  look(0, "K", {{"Kz", "K", "z"}}).look(10, "", {{"Kz", "K", "z"}});
  look(10 + ttl - 20, "", {{"", "", "-"}});
  const auto early = rollover_verdict(history()).early;
  ASSERT_FALSE(early.empty());
  for (const auto& one : early) EXPECT_EQ(one.held, Part::ds);
}

TEST_F(RolloverPhases, TwoKeysOfOneTagAreRefused) {
  looks_.clear();
  look(0, "K", {{"Kz", "K", "z"}});
  auto twin = key('z');
  // The tag is a sum of 16-bit words (RFC 4034 §B): two words exchanged leave it as it is.
  twin.key.assign(64, 0);
  auto other = twin;
  twin.key[0] = 1, other.key[2] = 1;
  ASSERT_EQ(twin.tag(), other.tag());
  looks_.back().keys.begin()->second.published = {twin, other};
  EXPECT_FALSE(rollover_history(looks_, zone, Seconds{0}, verifier_));
}

}  // namespace
}  // namespace validator
