// trustwalk diff: the same twice is no change; one thing planted is named, and nothing else; a result that was kept and
// a recording that is judged now are one and the same.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "cli/outline_read.h"
#include "report/difference.h"
#include "report/json.h"
#include "resolver/dnsviz.h"
#include "tests/lab/process.h"
#include "trustanchor/anchors.h"
#include "validator/analyze.h"

namespace {

namespace fs = std::filesystem;
using report::Outline;
using testing::HasSubstr;
using testing::Not;
using validator::Chain;

std::string fixture(const std::string& name) {
  return (fs::path(TRUSTWALK_SOURCE_DIR) / "fixtures" / name / "evidence.json").string();
}

const Chain& secure() {
  static const Chain chain = [] {
    const auto recording = resolver::read_recording(lab::read_file(fixture("guide-secure"))).value();
    validator::Verifier verifier;
    const auto now = recording.evidence.started;
    const auto anchors =
        trustanchor::read_anchors(recording.anchors.at(0) + "\n", "fixture", now,
                                  [&](dns::Digest type, dns::View data) { return verifier.digest(type, data); })
            .value();
    return validator::analyze(recording.evidence, anchors, {}, now, verifier);
  }();
  return chain;
}

std::vector<Outline> outlines(const std::vector<Chain>& chains) {
  const auto read = cli::read_outlines(report::json(chains));
  EXPECT_TRUE(read) << read.error();
  return read.value_or(std::vector<Outline>{});
}

template <typename Body>
Body& last(Chain& chain) {
  for (auto node = chain.nodes.rbegin(); node != chain.nodes.rend(); ++node)
    if (auto* body = std::get_if<Body>(&node->body)) return *body;
  throw std::runtime_error("no such node");
}

struct Row {
  std::string what;
  void (*plant)(Chain&);
  std::vector<std::string> lines;  // aspect|what|before|after, "-" for none; what: any text that has it
};

const Row rows[] = {
    {"verdict", [](Chain& chain) { chain.verdict = validator::Security::bogus; }, {"verdict||secure|bogus"}},
    {"answer", [](Chain& chain) { chain.answer.rcode = dns::Rcode::nxdomain; }, {"answer||NOERROR|NXDOMAIN"}},
    {"zone lost",
     [](Chain& chain) { chain.zones.back().reached = false; },
     {"zone|yourdomainhere.com.|secure, nsec3 1 iterations|not reached, nsec3 1 iterations"}},
    {"server silent",
     [](Chain& chain) { chain.servers.back().answered = false; },
     {"server|yourdomainhere.com.|answers|silent"}},
    {"reply time", [](Chain& chain) { chain.servers.back().rtt = std::chrono::seconds(1); }, {}},
    {"run", [](Chain& chain) { chain.now += dns::Seconds(60), chain.stats.queries += 7; }, {}},
    {"key rolled",
     [](Chain& chain) { last<validator::KeyNode>(chain).tag = 1; },
     {"key|yourdomainhere.com. 1 13|-|flags 257", "key|yourdomainhere.com. 16616 13|flags 257|-"}},
    {"key revoked",
     [](Chain& chain) { last<validator::KeyNode>(chain).key.flags = 385; },
     {"key|yourdomainhere.com. 16616 13|flags 257|flags 385"}},
    {"digest",
     [](Chain& chain) { last<validator::DsNode>(chain).digest_types = {dns::Digest{4}}; },
     {"ds|yourdomainhere.com.|digest 2, secure|digest 4, secure"}},
    {"records",
     [](Chain& chain) { last<validator::RRsetNode>(chain).set.rdatas.push_back({192, 0, 2, 9}); },
     {"rrset|www.yourdomainhere.com. A|1 record, secure|2 records, secure"}},
    {"TTL", [](Chain& chain) { last<validator::RRsetNode>(chain).set.ttl = 1; }, {}},
    {"finding",
     [](Chain& chain) {
       validator::Finding finding;
       finding.code = validator::Code::no_ipv4_server;
       finding.subject = {.kind = validator::SubjectKind::delegation, .name = dns::Name::parse("com.").value()};
       chain.findings.push_back(finding);
     },
     {"finding|no-ipv4-server delegation com.|-|warning"}},
    {"forecast",
     [](Chain& chain) { chain.forecast.breaks_at += dns::Seconds(1); },
     {"forecast||bogus at 2026-12-14T08:19:49Z|bogus at 2026-12-14T08:19:50Z"}},
};

std::string part(const std::string& line, int index) {
  std::size_t from = 0;
  for (int i = 0; i < index; ++i) from = line.find('|', from) + 1;
  return line.substr(from, line.find('|', from) - from);
}

void expect_side(const std::optional<std::string>& side, const std::string& wanted) {
  EXPECT_EQ(side.has_value(), wanted != "-");
  EXPECT_THAT(side.value_or("-"), HasSubstr(wanted));
}

TEST(Diff, NamesWhatWasPlantedAndNothingElse) {
  const auto before = outlines({secure()});
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    Chain planted = secure();
    row.plant(planted);
    const auto differences = report::compare(before, outlines({planted}));
    ASSERT_EQ(differences.size(), 1U);
    const auto& changes = differences[0].changes;
    ASSERT_EQ(changes.size(), row.lines.size()) << report::difference_text(differences);
    EXPECT_EQ(report::is_same(differences), row.lines.empty());
    for (std::size_t i = 0; i < changes.size(); ++i) {
      EXPECT_EQ(report::to_text(changes[i].aspect), part(row.lines[i], 0));
      EXPECT_THAT(changes[i].what, HasSubstr(part(row.lines[i], 1)));
      expect_side(changes[i].before, part(row.lines[i], 2));
      expect_side(changes[i].after, part(row.lines[i], 3));
    }
  }
}

TEST(Diff, QuestionsAreMatchedByNameAndType) {
  Chain other = secure();
  other.type = dns::RRType::aaaa;
  const auto both = outlines({secure(), other});
  EXPECT_TRUE(report::is_same(report::compare(both, outlines({other, secure()}))));
  const auto fewer = report::compare(both, outlines({secure()}));
  EXPECT_FALSE(report::is_same(fewer));
  EXPECT_EQ(report::difference_text(fewer),
            "www.yourdomainhere.com. A: no change\n- www.yourdomainhere.com. AAAA: no longer asked\n");
  EXPECT_THAT(report::difference_text(report::compare(outlines({secure()}), both)),
              HasSubstr("AAAA: not asked before"));
}

TEST(Diff, WhatIsNoVerdictIsRefusedInOneLine) {
  for (const char* text : {"", "{}", "[]", "7", "[7]", "{\"schema_version\":\"2.0\",\"verdict\":\"secure\"}", "[[[["}) {
    const auto read = cli::read_outlines(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().find('\n'), std::string::npos);
  }
  // Members that are missing are empty, not a crash.
  EXPECT_TRUE(cli::read_outlines(R"({"schema_version":"1.7","verdict":"secure","nodes":[{}],"zones":[7]})"));
}

class DiffByHand : public testing::Test {
 protected:
  [[nodiscard]] lab::Outcome diff(const std::string& before, const std::string& after, const std::string& more = "") {
    lab::Command command{TRUSTWALK_BINARY, "diff", before, after};
    if (!more.empty()) command.push_back(more);
    return lab::run(command);
  }
  std::string kept(const std::string& name, const std::string& at) {
    auto file = (folder_.path() / (name + ".json")).string();
    lab::must({TRUSTWALK_BINARY, "replay", fixture("guide-secure"), "--at", at, "--format", "json", "--expect",
               "secure,bogus", "-o", file});
    return file;
  }
  lab::Folder folder_{"diff"};
};

TEST_F(DiffByHand, TheSameTwiceIsNoChange) {
  for (const char* name : {"guide-secure", "guide-expired", "guide-unsigned", "sound"}) {
    const auto outcome = diff(fixture(name), fixture(name));
    EXPECT_EQ(outcome.out, "no change\n");
    EXPECT_EQ(outcome.status, 0);
  }
  // The recording, the verdict that was kept, and the same as a file of dnsviz.
  const auto verdict = kept("verdict", "2026-11-24T08:19:52Z");
  EXPECT_EQ(diff(fixture("guide-secure"), verdict).out, "no change\n");
  const auto recording = resolver::read_recording(lab::read_file(fixture("guide-secure"))).value();
  lab::write_file(folder_.path() / "dnsviz.json", resolver::write_dnsviz(recording));
  EXPECT_EQ(diff(verdict, folder_.path() / "dnsviz.json").out, "no change\n");
}

TEST_F(DiffByHand, LaterTheSameWorldHasRunOut) {
  const auto outcome = diff(kept("before", "2026-11-24T09:00:00Z"), kept("after", "2026-12-24T09:00:00Z"));
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out,
              HasSubstr("A: 2026-11-24T09:00:00Z -> 2026-12-24T09:00:00Z\n    verdict  secure -> bogus\n"));
  EXPECT_THAT(outcome.out, HasSubstr("+ finding  signature-expired signature . DNSKEY"));
  EXPECT_THAT(outcome.out, HasSubstr("- forecast bogus at 2026-12-14T08:19:49Z"));
  for (const char* same : {"+ key", "- key", "+ zone", "- zone", "server "})
    EXPECT_THAT(outcome.out, Not(HasSubstr(same)));
}

TEST_F(DiffByHand, JsonAndStatuses) {
  const auto json = diff(fixture("guide-secure"), fixture("guide-unsigned"), "--format=json");
  EXPECT_EQ(json.status, 1);
  EXPECT_THAT(json.out, HasSubstr("\"same\": false"));
  EXPECT_THAT(json.out, HasSubstr("\"before\": \"secure\",\n          \"after\": \"insecure\""));
  EXPECT_EQ(diff(fixture("guide-secure"), "/nowhere").status, 3);
  EXPECT_EQ(diff(fixture("guide-secure"), std::string(TRUSTWALK_SOURCE_DIR) + "/README.md").status, 3);
  EXPECT_EQ(lab::run({TRUSTWALK_BINARY, "diff", "one"}).status, 2);
}

}  // namespace
