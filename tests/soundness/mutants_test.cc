// Soundness: no mutant of recorded evidence is secure unless everything it rests on is, in canonical form, what was
// signed, and the answer is the true one. The unmutated recording is the oracle; the mutator knows nothing of
// validation.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>

#include "dns/canonical.h"
#include "dns/shape.h"
#include "dns/text.h"
#include "resolver/recording.h"
#include "validator/analyze.h"

namespace {

using validator::Security;

struct World {
  std::string name;
  dns::Evidence evidence;
  trustanchor::Anchors anchors;
  dns::Time now{};
};

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<World> worlds() {
  std::vector<World> found;
  const std::filesystem::path root = std::filesystem::path(TRUSTWALK_SOURCE_DIR) / "fixtures";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".json" || !entry.path().filename().string().starts_with("evidence")) continue;
    auto recording = resolver::read_recording(read_file(entry.path()));
    if (!recording) continue;  // the fixtures' own test says so
    World world{entry.path().lexically_relative(root).string(), std::move(recording->evidence), {}, {}};
    for (const std::string& line : recording->anchors)
      if (auto anchor = trustanchor::parse_anchor(line)) world.anchors.anchors.push_back(std::move(*anchor));
    world.now = world.evidence.started;
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
  explicit Oracle(const World& world) : said_(everything_said(world.evidence)) {
    validator::Verifier verifier;
    truth_ = validator::judge(world.evidence, world.anchors, {}, world.now, verifier);
    claim_ = claim(truth_);
  }

  const validator::Chain& truth() const { return truth_; }

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

class Mutator {
 public:
  Mutator(const World& world, Tally& tally) : world_(world), oracle_(world), tally_(tally) {}

  const Oracle& oracle() const { return oracle_; }

  void bit_flips(std::size_t stride) {
    for (std::size_t i = 0; i < world_.evidence.exchanges.size(); ++i) {
      const auto* reply = std::get_if<dns::Reply>(&world_.evidence.exchanges[i].outcome);
      if (reply == nullptr) continue;
      for (std::size_t bit = 0; bit < reply->octets.size() * 8; bit += stride) {
        dns::Bytes octets = reply->octets;
        octets[bit / 8] = static_cast<std::uint8_t>(octets[bit / 8] ^ (1U << bit % 8));
        dns::Evidence evidence = world_.evidence;
        evidence.exchanges[i].outcome = dns::reply_of(std::move(octets));
        look(evidence, "bit " + std::to_string(bit) + " of exchange " + std::to_string(i));
      }
    }
  }

  // Records dropped, repeated, moved to other messages, given other owners, types, TTLs; messages swapped; rcodes
  // changed.
  void rearrangements(std::size_t count, std::uint32_t seed) {
    std::mt19937 random(seed);
    for (std::size_t i = 0; i < count; ++i) {
      dns::Evidence evidence = world_.evidence;
      std::string what;
      const int steps = 1 + static_cast<int>(random() % 3);
      for (int step = 0; step < steps; ++step) what += rearrange(evidence, random) + "; ";
      look(evidence, what);
    }
  }

  void clocks(std::size_t count, std::uint32_t seed) {
    std::mt19937 random(seed);
    for (std::size_t i = 0; i < count; ++i) {
      const auto shift = static_cast<std::int64_t>(random()) - (std::int64_t{1} << 31);
      const validator::Chain chain =
          validator::judge(world_.evidence, world_.anchors, {}, world_.now + dns::Seconds{shift}, verifier_);
      note(chain, "clock " + std::to_string(shift));
    }
  }

 private:
  void look(const dns::Evidence& evidence, const std::string& what) {
    note(validator::judge(evidence, world_.anchors, {}, world_.now, verifier_), what);
  }

  void note(const validator::Chain& chain, const std::string& what) {
    ++tally_.mutants;
    if (chain.verdict == Security::secure) ++tally_.still_secure;
    const std::string wrong = oracle_.wrong(chain);
    if (wrong.empty()) return;
    ++tally_.false_secure;
    ADD_FAILURE() << world_.name << ": " << what << ": " << wrong;
  }

  dns::Message* pick(dns::Evidence& evidence, std::mt19937& random, std::size_t& index) const {
    for (int i = 0; i < 20; ++i) {
      index = random() % evidence.exchanges.size();
      if (auto* reply = std::get_if<dns::Reply>(&evidence.exchanges[index].outcome))
        if (reply->message) return &*reply->message;
    }
    return nullptr;
  }

  static std::vector<dns::Record>& section(dns::Message& message, std::mt19937& random) {
    return random() % 2 == 0 || message.authority.empty() ? message.answer : message.authority;
  }

  std::string rearrange(dns::Evidence& evidence, std::mt19937& random) const {
    std::size_t at = 0, from = 0;
    dns::Message* message = pick(evidence, random, at);
    dns::Message* other = pick(evidence, random, from);
    if (message == nullptr || other == nullptr) return "nothing";
    auto& mine = section(*message, random);
    auto& theirs = section(*other, random);
    const int kind = static_cast<int>(random() % 9);
    std::string what = "kind " + std::to_string(kind) + " on exchange " + std::to_string(at);
    if (mine.empty() || theirs.empty()) return what + " (empty)";
    dns::Record& record = mine[random() % mine.size()];
    const dns::Record stranger = theirs[random() % theirs.size()];
    switch (kind) {
      case 0: mine.erase(mine.begin() + (&record - mine.data())); break;
      case 1: mine.push_back(record); break;
      case 2: mine.push_back(stranger); break;
      case 3: record.owner = stranger.owner; break;
      case 4: record.type = stranger.type; break;
      case 5: record.ttl = random() % 2 == 0 ? stranger.ttl : static_cast<dns::Ttl>(random()); break;
      case 6: record.rdata = stranger.rdata; break;
      case 7:
        std::swap(message->answer, other->answer);
        std::swap(message->authority, other->authority);
        break;
      default: message->rcode = random() % 2 == 0 ? dns::Rcode::nxdomain : dns::Rcode::noerror; break;
    }
    for (const std::size_t index : {at, from}) {  // octets stay the truth
      auto& reply = std::get<dns::Reply>(evidence.exchanges[index].outcome);
      reply = dns::reply_of(dns::encode(*reply.message));
    }
    return what + " and " + std::to_string(from);
  }

  const World& world_;
  Oracle oracle_;
  Tally& tally_;
  validator::Verifier verifier_;
};

bool soak() { return std::getenv("TRUSTWALK_SOAK") != nullptr; }

TEST(Mutants, NoneIsSecureThatIsNotTrue) {
  Tally tally;
  const auto all = worlds();
  if (all.empty()) GTEST_SKIP() << "no recorded evidence in fixtures/";
  for (const World& world : all) {
    Mutator mutator(world, tally);
    mutator.bit_flips(soak() ? 1 : 13);  // odd: every bit position of an octet gets its turn
    mutator.rearrangements(soak() ? 100'000 : 2'000, 20261124);
    mutator.clocks(soak() ? 5'000 : 200, 4034);
  }
  std::printf("mutants tried %llu, still secure %llu, false secure %llu, worlds %zu\n",
              static_cast<unsigned long long>(tally.mutants), static_cast<unsigned long long>(tally.still_secure),
              static_cast<unsigned long long>(tally.false_secure), all.size());
  EXPECT_EQ(tally.false_secure, 0U);
}

}  // namespace
