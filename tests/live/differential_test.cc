// Every name and type of all the worlds of many_zones.h, existing or not: what trustwalk concludes on its own walk is
// what unbound concludes; and delv, drill -S and unbound-host on a share of them, since each is a process. What differs
// has a line with its reason in differences_many.txt.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <future>
#include <map>

#include "tests/lab/differences.h"
#include "tests/lab/many_questions.h"
#include "tests/lab/many_zones.h"
#include "tests/lab/require.h"
#include "tests/lab/resolver_verdict.h"
#include "tests/lab/server.h"

namespace lab {
namespace {

bool is_brief() { return std::getenv("TRUSTWALK_BRIEF") != nullptr; }  // .ci/run, for which a quarter of an hour is all

// Two pairs of five, some 2,000, go to the peers that are started anew for each question; in the soak all of them, in a
// brief run one in ten.
bool goes_to_programs(std::size_t pair) {
  if (std::getenv("TRUSTWALK_SOAK") != nullptr) return true;
  return is_brief() ? pair % 10 == 0 : pair * 2 % 5 < 2;
}

const std::map<std::string, std::uint16_t>& numbers() {
  static const std::map<std::string, std::uint16_t> all{{"A", 1},    {"NS", 2},  {"SOA", 6},    {"MX", 15},
                                                        {"TXT", 16}, {"DS", 43}, {"DNSKEY", 48}};
  return all;
}

std::vector<Asked> questions() {
  std::vector<Asked> all;
  for (const auto& zone : many_zones()) {
    const auto tail = zone.name == "." ? "" : zone.name;
    for (const char* name : {"www.", "nope.", "a.wild.", "*.wild.", "wild.", "ent.", "a.ent.", "nope.ent.", "alias.",
                             "x.dn.", "nope.dn.", "dn.", "mail.", "_tcp.", "tobare.", "b.a.wild."}) {
      for (const char* type : {"A", "MX", "TXT", "DS"}) all.push_back({name + tail, type});
    }
    for (const char* type : {"A", "MX", "DS", "SOA", "NS", "DNSKEY"}) all.push_back({zone.name, type});
    all.push_back({"sub." + tail, "DS"});
  }
  return all;
}

std::optional<Verdict> verdict_of(const std::string& text) {
  for (const auto verdict : {Verdict::secure, Verdict::insecure, Verdict::bogus, Verdict::indeterminate}) {
    if (word(verdict) == text) return verdict;
  }
  return std::nullopt;
}

struct Tally {
  std::map<std::string, std::size_t> agreed;  // by peer
  std::size_t explained = 0;
  std::size_t unexplained = 0;
};

class Compared {
 public:
  Compared(const World& world, const Endpoint& at)
      : world_(world),
        at_(at),
        differences_(
            Differences::read(std::filesystem::path(TRUSTWALK_SOURCE_DIR) / "tests/live/differences_many.txt")) {}

  void note(const Asked& asked, Verdict ours, const std::string& peer, Verdict theirs) {
    if (agree(ours, theirs)) {
      ++tally_.agreed[peer];
    } else if (differences_.explain(asked.name, asked.type, ours, peer, theirs)) {
      ++tally_.explained;
    } else {
      ++tally_.unexplained;
      ADD_FAILURE() << asked.name << " " << asked.type << ": " << word(ours) << ", " << peer << " says "
                    << word(theirs);
    }
  }

  void ask_programs(const Asked& asked, Verdict ours) {
    auto delv = std::async(std::launch::async, [&] { return ask_delv(world_, at_, asked.name, asked.type).verdict; });
    note(asked, ours, "unbound-host", ask_unbound_host(world_, at_, asked.name, asked.type).verdict);
    // drill 1.8.3 looks for keys that are not there without end.
    if (!asked.name.ends_with("keysno.lab."))
      note(asked, ours, "drill", ask_drill(world_, at_, asked.name, asked.type).verdict);
    note(asked, ours, "delv", delv.get());
  }

  [[nodiscard]] const Tally& tally() const { return tally_; }
  [[nodiscard]] std::vector<Difference> stale() const { return differences_.stale(); }

 private:
  const World& world_;
  Endpoint at_;
  Differences differences_;
  Tally tally_;
};

TEST(Differential, AgreesWithTheOthers) {
  const auto lacking = missing({"nsd", "unbound", "delv", "drill", "unbound-host", "ldns-keygen", "ldns-signzone",
                                "dnssec-keygen", "dnssec-signzone"});
  if (!lacking.empty()) {
    if (everything_is_required()) FAIL() << lacking;
    GTEST_SKIP() << lacking;
  }
  const Folder folder("differential");
  Network network(12);
  const World world = build(many_zones(), network, folder.path());
  const Servers servers(world, ServerKind::nsd);
  const Resolver resolver(world, ResolverKind::unbound, network.take());
  const auto all = questions();
  const auto ours = judge_all(world, all);
  Compared compared(world, resolver.at());
  ResolverVerdict unbound(resolver.at());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto verdict = verdict_of(ours[i]);
    ASSERT_TRUE(verdict) << all[i].name << " " << all[i].type << " " << ours[i];
    compared.note(all[i], *verdict, "unbound", unbound.ask(all[i].name, numbers().at(all[i].type)));
    if (goes_to_programs(i)) compared.ask_programs(all[i], *verdict);
  }
  const auto& tally = compared.tally();
  for (const auto& [peer, agreed] : tally.agreed) std::printf("%s agreed %zu\n", peer.c_str(), agreed);
  std::printf("pairs compared %zu, explained differences %zu, unexplained differences %zu\n", all.size(),
              tally.explained, tally.unexplained);
  EXPECT_GE(tally.agreed.at("unbound"), 2000U);
  for (const auto& line : compared.stale()) {
    if (is_brief() && line.peer != "unbound") continue;  // nine in ten were not asked
    ADD_FAILURE() << "differences_many.txt: nothing differs at " << line.name << " " << line.type << " " << line.peer;
  }
}

}  // namespace
}  // namespace lab
