// Soundness: no mutant of recorded evidence is secure unless everything it rests on is, in canonical form, what was
// signed, and the answer is the true one. The unmutated recording is the oracle (as signed, where its break is a
// changed record); the mutator knows nothing of validation.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <utility>

#include "dns/canonical.h"
#include "dns/shape.h"
#include "dns/text.h"
#include "resolver/recording.h"
#include "tests/sanitized.h"
#include "validator/analyze.h"

namespace {

using validator::Security;

struct World {
  std::string name;
  dns::Evidence evidence;
  dns::Evidence as_signed;  // the same, but where the world's break is a changed record: with what was signed
  trustanchor::Anchors anchors;
  dns::Time now{};
  bool small = false;  // of one finding: there are many, and they are much alike
};

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// guide-changed (tests/lab/guide.cc): 192.0.2.80 was signed and 192.0.2.81 served, so that one of all single bits mends
// it. Whoever flips that bit says the truth.
dns::Evidence as_signed(dns::Evidence evidence) {
  const dns::Bytes served{192, 0, 2, 81}, signed_octets{192, 0, 2, 80};
  for (dns::Exchange& exchange : evidence.exchanges) {
    auto* reply = std::get_if<dns::Reply>(&exchange.outcome);
    if (reply == nullptr || !reply->message) continue;
    for (dns::Record& record : reply->message->answer)
      if (record.type == dns::RRType::a && record.rdata == served) record.rdata = signed_octets;
    *reply = dns::reply_of(dns::encode(*reply->message));
  }
  return evidence;
}

std::vector<World> worlds() {
  std::vector<World> found;
  const std::filesystem::path root = std::filesystem::path(TRUSTWALK_SOURCE_DIR) / "fixtures";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".json" || !entry.path().filename().string().starts_with("evidence")) continue;
    const auto folder = entry.path().parent_path();
    const bool small = folder.filename() != "default" && !folder.filename().string().starts_with("guide-");
    // Of those with a fault that breaks, a mutant may be the fault mended: what the signer signed is not in the folder.
    if (small && read_file(folder / "expect.json").find("\"verdict\": \"secure\"") == std::string::npos) continue;
    // Two truths, and the oracle knows one: servers with other signed data; NXNAME, true under either rcode (RFC 9824
    // §3.1).
    if (folder.filename() == "data-differs-at-same-serial" || folder.filename() == "denial-made-online") continue;
    auto recording = resolver::read_recording(read_file(entry.path()));
    if (!recording) continue;  // the fixtures' own test says so
    World world{entry.path().lexically_relative(root).string(), std::move(recording->evidence), {}, {}, {}, small};
    for (const std::string& line : recording->anchors)
      if (auto anchor = trustanchor::parse_anchor(line)) world.anchors.anchors.push_back(std::move(*anchor));
    world.now = world.evidence.started;
    world.as_signed = world.name.starts_with("guide-changed") ? as_signed(world.evidence) : world.evidence;
    found.push_back(std::move(world));
  }
  std::ranges::sort(found, {}, &World::name);
  return found;
}

// An RRset as its signer saw it: owner, type, data in canonical form.
using Signed = std::tuple<dns::Name, dns::RRType, std::vector<dns::Bytes>>;

Signed canonical(const dns::RRset& set) { return {set.owner, set.type, dns::canonical_rdatas(set.type, set.rdatas)}; }

std::set<Signed> everything_said(const dns::Evidence& evidence) {
  std::set<Signed> said;
  for (const dns::Exchange& exchange : evidence.exchanges) {
    const dns::Message* message = exchange.message();
    if (message == nullptr) continue;
    for (const auto* section : {&message->answer, &message->authority})
      for (const dns::SignedRRset& set : dns::group(*section)) said.insert(canonical(set.set));
  }
  return said;
}

// What a secure verdict claims: the data of the answer, or which denial.
std::set<std::string> claim(const validator::Chain& chain) {
  std::set<std::string> claims;
  for (const validator::NodeId id : chain.answer.rrsets) {
    const auto& body = chain.nodes[id].body;
    if (const auto* set = std::get_if<validator::RRsetNode>(&body)) {
      if (set->synthesized) continue;
      for (const dns::Bytes& rdata : set->set.rdatas)
        claims.insert(set->set.owner.lowered().print() + dns::to_text(set->set.type) +
                      dns::encode_hex(dns::canonical_rdata(set->set.type, rdata)));
    }
    if (const auto* denial = std::get_if<validator::DenialNode>(&body))
      claims.insert("no " + denial->name.lowered().print() + dns::to_text(denial->type) +
                    std::string(validator::to_text(denial->wanted)));
  }
  return claims;
}

class Oracle {
 public:
  explicit Oracle(const World& world) : said_(everything_said(world.as_signed)) {
    validator::Verifier verifier;
    truth_ = validator::judge(world.as_signed, world.anchors, {}, world.now, verifier);
    claim_ = claim(truth_);
  }

  // Empty: nothing wrong. Otherwise what the mutant got away with.
  std::string wrong(const validator::Chain& chain) const {
    if (chain.verdict != Security::secure) return {};
    if (truth_.verdict != Security::secure) return "secure although the world is not";
    if (claim(chain) != claim_) return "another answer is called secure";
    for (const validator::Node& node : chain.nodes) {
      if (node.security != Security::secure) continue;
      if (const auto* set = std::get_if<validator::RRsetNode>(&node.body))
        if (!set->synthesized && !said_.contains(canonical(set->set)))
          return "a set that nobody signed: " + set->set.owner.print();
      if (const auto* denial = std::get_if<validator::DenialNode>(&node.body))
        for (const dns::RRset& set : denial->records)
          if (!said_.contains(canonical(set))) return "a denial that nobody signed: " + set.owner.print();
      if (const auto* key = std::get_if<validator::KeyNode>(&node.body))
        if (!key_was_said(key->key)) return "a key that nobody signed";
    }
    return {};
  }

 private:
  bool key_was_said(const dns::Dnskey& key) const {
    const dns::Bytes rdata = dns::write(key);
    return std::ranges::any_of(said_, [&](const Signed& set) {
      return std::get<1>(set) == dns::RRType::dnskey &&
             std::ranges::find(std::get<2>(set), rdata) != std::get<2>(set).end();
    });
  }

  std::set<Signed> said_;
  validator::Chain truth_;
  std::set<std::string> claim_;
};

struct Tally {
  std::uint64_t mutants = 0, still_secure = 0, false_secure = 0;
};

// The world's evidence with a change that is taken back when the object goes: copying all of it for each mutant would
// cost more than judging it.
class Changed {
 public:
  explicit Changed(dns::Evidence& evidence) : evidence_(evidence) {}
  ~Changed() {
    for (auto one = before_.rbegin(); one != before_.rend(); ++one)
      evidence_.exchanges[one->first].outcome = std::move(one->second);
  }
  Changed(const Changed&) = delete;
  Changed& operator=(const Changed&) = delete;

  void say(std::size_t exchange, dns::Bytes octets) {
    auto& outcome = evidence_.exchanges[exchange].outcome;
    before_.emplace_back(exchange, std::exchange(outcome, dns::reply_of(std::move(octets))));
  }

 private:
  dns::Evidence& evidence_;
  std::vector<std::pair<std::size_t, dns::Outcome>> before_;
};

class Mutator {
 public:
  Mutator(const World& world, Tally& tally) : world_(world), evidence_(world.evidence), oracle_(world), tally_(tally) {}

  // Every bit of all replies whose number leaves the remainder `first` when divided by `stride`.
  void bit_flips(std::size_t first, std::size_t stride) {
    for (std::size_t i = 0; i < evidence_.exchanges.size(); ++i) {
      const auto* reply = std::get_if<dns::Reply>(&world_.evidence.exchanges[i].outcome);
      if (reply == nullptr) continue;
      for (std::size_t bit = first; bit < reply->octets.size() * 8; bit += stride) {
        dns::Bytes octets = reply->octets;
        octets[bit / 8] = static_cast<std::uint8_t>(octets[bit / 8] ^ (1U << bit % 8));
        Changed changed(evidence_);
        changed.say(i, std::move(octets));
        look("bit " + std::to_string(bit) + " of exchange " + std::to_string(i));
      }
    }
  }

  // Records dropped, repeated, moved to other messages, given other owners, types, TTLs; messages swapped; rcodes
  // changed.
  void rearrangements(std::size_t count, std::uint32_t seed) {
    std::mt19937 random(seed);
    for (std::size_t i = 0; i < count; ++i) {
      Changed changed(evidence_);
      std::string what;
      const int steps = 1 + static_cast<int>(random() % 3);
      for (int step = 0; step < steps; ++step) what += rearrange(changed, random) + "; ";
      look(what);
    }
  }

  void clocks(std::size_t count, std::uint32_t seed) {
    std::mt19937 random(seed);
    for (std::size_t i = 0; i < count; ++i) {
      const auto shift = static_cast<std::int64_t>(random()) - (std::int64_t{1} << 31);
      const validator::Chain chain =
          validator::judge(evidence_, world_.anchors, {}, world_.now + dns::Seconds{shift}, verifier_);
      note(chain, "clock " + std::to_string(shift));
    }
  }

 private:
  void look(const std::string& what) {
    note(validator::judge(evidence_, world_.anchors, {}, world_.now, verifier_), what);
  }

  void note(const validator::Chain& chain, const std::string& what) {
    ++tally_.mutants;
    if (chain.verdict == Security::secure) ++tally_.still_secure;
    const std::string wrong = oracle_.wrong(chain);
    if (wrong.empty()) return;
    ++tally_.false_secure;
    ADD_FAILURE() << world_.name << ": " << what << ": " << wrong;
  }

  std::optional<std::size_t> pick(std::mt19937& random) const {
    for (int i = 0; i < 20; ++i) {
      const std::size_t index = random() % evidence_.exchanges.size();
      const auto* reply = std::get_if<dns::Reply>(&evidence_.exchanges[index].outcome);
      if (reply != nullptr && reply->message) return index;
    }
    return std::nullopt;
  }

  const dns::Message& message(std::size_t index) const {
    return *std::get<dns::Reply>(evidence_.exchanges[index].outcome).message;
  }

  static std::vector<dns::Record>& section(dns::Message& message, std::mt19937& random) {
    return random() % 2 == 0 || message.authority.empty() ? message.answer : message.authority;
  }

  std::string rearrange(Changed& changed, std::mt19937& random) const {
    const auto at = pick(random), from = pick(random);
    if (!at || !from) return "nothing";
    dns::Message mine = message(*at), theirs = message(*from);
    const int kind = static_cast<int>(random() % 9);
    const std::string what = "kind " + std::to_string(kind) + " on exchange " + std::to_string(*at);
    auto& records = section(mine, random);
    const auto& others = section(theirs, random);
    if (records.empty() || others.empty()) return what + " (empty)";
    const dns::Record stranger = others[random() % others.size()];
    change(kind, records, stranger, random);
    if (kind == 7) {
      std::swap(mine.answer, theirs.answer);
      std::swap(mine.authority, theirs.authority);
      if (at != from) changed.say(*from, dns::encode(theirs));
    }
    if (kind == 8) mine.rcode = random() % 2 == 0 ? dns::Rcode::nxdomain : dns::Rcode::noerror;
    changed.say(*at, dns::encode(mine));  // octets stay the truth
    return what + " and " + std::to_string(*from);
  }

  static void change(int kind, std::vector<dns::Record>& records, const dns::Record& stranger, std::mt19937& random) {
    const std::size_t index = random() % records.size();
    dns::Record& record = records[index];
    switch (kind) {
      case 0: records.erase(records.begin() + static_cast<std::ptrdiff_t>(index)); break;
      case 1: records.push_back(dns::Record(record)); break;
      case 2: records.push_back(stranger); break;
      case 3: record.owner = stranger.owner; break;
      case 4: record.type = stranger.type; break;
      case 5: record.ttl = random() % 2 == 0 ? stranger.ttl : static_cast<dns::Ttl>(random()); break;
      case 6: record.rdata = stranger.rdata; break;
      default: break;
    }
  }

  const World& world_;
  dns::Evidence evidence_;
  Oracle oracle_;
  Tally& tally_;
  validator::Verifier verifier_;
};

std::uint32_t variable(const char* name) {
  const char* set = std::getenv(name);
  return set == nullptr ? 0 : static_cast<std::uint32_t>(std::strtoul(set, nullptr, 10));
}

bool is_soak() { return std::getenv("TRUSTWALK_SOAK") != nullptr; }

using tests::is_sanitized;  // ./dev soak gives every round of them another seed

// One share of the mutants: ctest runs them side by side.
class MutantsSlow : public testing::TestWithParam<std::uint32_t> {};
constexpr std::uint32_t shares = 16;
// .ci/run, for which a quarter of an hour is all, does every fourth of them.
std::uint32_t stride_of_shares() { return std::getenv("TRUSTWALK_BRIEF") != nullptr ? 4 : 1; }

TEST_P(MutantsSlow, NoneIsSecureThatIsNotTrue) {
  Tally tally;
  const auto all = worlds();
  if (all.empty()) GTEST_SKIP() << "no recorded evidence in fixtures/";
  const std::uint32_t share = GetParam();
  const std::uint32_t seed = 20261124 + share + shares * variable("TRUSTWALK_SEED");
  for (const World& world : all) {
    Mutator mutator(world, tally);
    // Strides that are odd multiples leave out no position of an octet.
    const std::size_t sparse = world.small && !is_soak() ? 61 : 1;
    mutator.bit_flips(share, (is_sanitized ? shares * 13 : shares) * sparse);
    mutator.rearrangements((is_soak() ? 20'000 : is_sanitized ? 120 : 1'500) / (world.small ? 30 : 1), seed);
    mutator.clocks((is_sanitized ? 10 : 30) / (world.small ? 10 : 1), seed);
  }
  std::printf("mutants tried %llu, still secure %llu, false secure %llu, worlds %zu\n",
              static_cast<unsigned long long>(tally.mutants), static_cast<unsigned long long>(tally.still_secure),
              static_cast<unsigned long long>(tally.false_secure), all.size());
  EXPECT_EQ(tally.false_secure, 0U);
}

TEST(MutantsOracle, TheChangedRecordMendedIsSecure) {
  const auto all = worlds();
  const auto world = std::ranges::find_if(all, [](const World& one) { return one.name.starts_with("guide-changed"); });
  ASSERT_NE(world, all.end());
  validator::Verifier verifier;
  EXPECT_EQ(validator::judge(world->as_signed, world->anchors, {}, world->now, verifier).verdict, Security::secure);
  EXPECT_EQ(validator::judge(world->evidence, world->anchors, {}, world->now, verifier).verdict, Security::bogus);
}

INSTANTIATE_TEST_SUITE_P(Share, MutantsSlow, testing::Range(0U, shares, stride_of_shares()));

}  // namespace
