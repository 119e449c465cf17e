// Completeness: zones signed by ldns-signzone and dnssec-signzone, and by servers that sign on their own (BIND, Knot,
// PowerDNS), every algorithm and kind of denial
// that each can do. Every name and type of each zone, existing or not, is secure, or insecure with a reason in the
// zone; nothing is bogus or indeterminate, but the answers that a server itself gets wrong (signer_world.cc names
// them).
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <optional>
#include <set>

#include "tests/lab/require.h"
#include "tests/lab/server.h"
#include "tests/lab/signer_world.h"
#include "tests/sanitized.h"

namespace lab {
namespace {

std::string name_of(ZoneSigner kind) {
  switch (kind) {
    case ZoneSigner::ldns: return "Ldns";
    case ZoneSigner::bind_tools: return "BindTools";
    case ZoneSigner::bind: return "Bind";
    case ZoneSigner::knot: return "Knot";
    case ZoneSigner::powerdns: return "PowerDns";
  }
  return "";
}

class Signers : public testing::TestWithParam<ZoneSigner> {
 protected:
  void SetUp() override {
    auto needed = programs_of(GetParam());
    needed.insert(needed.end(), {"nsd", "ldns-keygen", "ldns-signzone", "ldns-key2ds"});
    require(needed);
  }
};

constexpr std::size_t share = tests::is_sanitized ? 7 : 1;  // one question of so many

bool is_due(Due due, const std::string& verdict) {
  if (due == Due::insecure_or_secure) return verdict == "secure" || verdict == "insecure";
  return verdict == (due == Due::secure ? "secure" : "insecure");
}

// Refusing what the server got wrong is right, and so is luck: what is due all the same.
bool is_refused(const DueQuestion& question, const std::string& verdict) {
  return question.fault != nullptr && verdict == "bogus";
}

void expect_due(const World& world, ZoneSigner kind, const std::vector<DueQuestion>& due) {
  std::vector<Asked> asked;
  for (const auto& question : due) asked.push_back(question.asked);
  // Algorithms 5 and 7 count here: otherwise everything signed with them would be insecure (RFC 9905 §2).
  const auto verdicts = judge_all(world, asked, {"--allow-sha1"});
  std::map<std::string, std::size_t> counts;
  std::set<const Fault*> seen;
  std::size_t wrong = 0, refused = 0;
  for (std::size_t i = 0; i < due.size(); ++i) {
    ++counts[verdicts[i]];
    if (is_due(due[i].due, verdicts[i])) continue;
    if (is_refused(due[i], verdicts[i])) {
      ++refused;
      seen.insert(due[i].fault);
      continue;
    }
    ++wrong;
    ADD_FAILURE() << asked[i].name << " " << asked[i].type << ": " << verdicts[i];
  }
  for (const auto* fault : known_faults(kind)) {
    if (share == 1 && !seen.contains(fault))
      ADD_FAILURE() << "nothing is wrong at " << fault->name << " " << fault->type;
  }
  std::printf(
      "%s: zones %zu, questions %zu, secure %zu, insecure %zu, the server's own faults refused %zu, wrong %zu\n",
      name_of(kind).c_str(), zones_of(kind).size(), due.size(), counts["secure"], counts["insecure"], refused, wrong);
}

TEST_P(Signers, NothingTheyServeIsBogus) {
  const auto kind = GetParam();
  const Folder folder("signers");
  Network network(6);
  if (kind == ZoneSigner::bind && !network.on_interface())
    GTEST_SKIP() << "BIND listens on addresses of interfaces only";
  std::optional<SigningServer> signer;
  if (is_live(kind)) signer.emplace(kind, folder.path() / "signer");
  const World world = build_signer_world(kind, signer ? &*signer : nullptr, network, folder.path());
  World others = world;  // what NSD serves
  if (signer) std::erase_if(others.zones, [](const ZoneBuilt& zone) { return zone.place == "signer"; });
  const Servers servers(others, ServerKind::nsd);
  if (signer) signer->start({world.addresses.at("signer"), world.port});

  std::vector<DueQuestion> due;
  std::size_t next = 0;
  for (const auto& zone : zones_of(kind)) {
    for (auto& question : due_questions(kind, zone)) {
      if (next++ % share == 0) due.push_back(std::move(question));
    }
  }
  expect_due(world, kind, due);
}

INSTANTIATE_TEST_SUITE_P(All, Signers,
                         testing::Values(ZoneSigner::ldns, ZoneSigner::bind_tools, ZoneSigner::bind, ZoneSigner::knot,
                                         ZoneSigner::powerdns),
                         [](const auto& test) { return name_of(test.param); });

}  // namespace
}  // namespace lab
