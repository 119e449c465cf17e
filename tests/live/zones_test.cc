// Whole zones of real signers, sound and broken, judged by trustwalk and by ldns-verify-zone and dnssec-verify. What is
// right follows from the fault; a peer that says otherwise is explained by a line of differences_zones.txt, or the test
// fails, as it does for a line that explains nothing.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <sstream>

#include "tests/lab/require.h"
#include "tests/lab/signer.h"
#include "tests/lab/subject.h"

namespace lab {
namespace {

constexpr std::string_view content =
    "$ORIGIN example.\n$TTL 300\n"
    "@ SOA ns mail 7 7200 3600 604800 300\n@ NS ns\n@ MX 10 www\nns A 192.0.2.1\nwww A 192.0.2.2\nwww AAAA "
    "2001:db8::2\n"
    "alias CNAME www\n*.wild TXT x\ndeep.down A 192.0.2.3\nsub NS ns.sub\nns.sub A 192.0.2.4\nplain NS ns.else.\n"
    "safe NS ns.else.\nsafe DS 12345 13 2 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n";

enum class Sound { yes, no, under_opt_out };

struct Case {
  std::string name;
  Sound sound;
  std::function<void(ZoneText&)> change;
};

// Any record of the chain but the apex's, whose owner nobody can know beforehand where it is a hash.
std::string some_denial(const ZoneText& zone) {
  const auto hashes = zone.find_type("NSEC3");
  return hashes.empty() ? "www.example." : hashes[hashes.size() / 2].owner;
}
std::string denial_type(const ZoneText& zone) { return zone.find_type("NSEC3").empty() ? "NSEC" : "NSEC3"; }

std::vector<Case> cases() {
  const std::string www = "www.example.", apex = "example.";
  const auto add = [](std::string owner, std::string type, std::string data) {
    return [line = Line{owner, "300", type, data}](ZoneText& zone) { zone.add(line); };
  };
  return {
      {"whole", Sound::yes, [](ZoneText&) {}},
      {"unsigned-set", Sound::no, [=](ZoneText& z) { z.erase_signatures(www, "A"); }},
      {"unsigned-ds", Sound::no, [](ZoneText& z) { z.erase_signatures("safe.example.", "DS"); }},
      {"unsigned-soa", Sound::no, [=](ZoneText& z) { z.erase_signatures(apex, "SOA"); }},
      {"unsigned-keys", Sound::no, [=](ZoneText& z) { z.erase_signatures(apex, "DNSKEY"); }},
      {"broken-signature", Sound::no, [=](ZoneText& z) { z.corrupt_signatures(www, "A"); }},
      {"broken-wildcard", Sound::no, [](ZoneText& z) { z.corrupt_signatures("*.wild.example.", "TXT"); }},
      {"broken-denial", Sound::no, [](ZoneText& z) { z.corrupt_signatures(some_denial(z), denial_type(z)); }},
      {"changed-data", Sound::no, [=](ZoneText& z) { z.change(www, "A", "192.0.2.99"); }},
      {"added-record", Sound::no, add(www, "A", "192.0.2.99")},
      {"added-set", Sound::no, add(www, "TXT", "\"new\"")},
      {"added-name", Sound::no, add("new.example.", "A", "192.0.2.99")},
      // RFC 5155 §7.1: an unsigned delegation may lie in an opt-out span without a record.
      {"added-delegation", Sound::under_opt_out, add("new.example.", "NS", "ns.else.")},
      {"added-glue", Sound::yes, add("ns.sub.example.", "AAAA", "2001:db8::4")},
      {"added-address-below-cut", Sound::yes, add("other.sub.example.", "A", "192.0.2.5")},
      {"removed-set", Sound::no, [=](ZoneText& z) { z.erase(www, "AAAA"); }},
      {"removed-records", Sound::no, [=](ZoneText& z) { z.erase_records(www, "AAAA"); }},
      {"removed-ds", Sound::no, [](ZoneText& z) { z.erase("safe.example.", "DS"); }},
      {"removed-denial", Sound::no, [](ZoneText& z) { z.erase(some_denial(z), denial_type(z)); }},
      {"removed-ns", Sound::no, [=](ZoneText& z) { z.erase(apex, "NS"); }},
      {"removed-keys", Sound::no, [=](ZoneText& z) { z.erase_records(apex, "DNSKEY"); }},
      {"all-unsigned", Sound::no, [](ZoneText& z) { z.erase_all_signatures(); }},
      {"record-twice", Sound::yes, [=](ZoneText& z) { z.add(z.find(www, "A").front()); }},
      {"ttl-raised", Sound::yes,
       [=](ZoneText& z) {
         Line line = z.find(www, "A").front();
         z.erase_records(www, "A");
         line.ttl = "600";
         z.add(line);
       }},
      {"signed-glue", Sound::yes,
       [=](ZoneText& z) {
         Line line = z.find(www, "RRSIG").front();
         line.owner = "ns.sub.example.";
         line.data = "A" + line.data.substr(line.data.find(' '));
         z.add(line);
       }},
      {"orphan-signature", Sound::yes,
       [=](ZoneText& z) {
         Line line = z.find(www, "RRSIG").front();
         line.data = "TXT" + line.data.substr(line.data.find(' '));
         z.add(line);
       }},
      {"alias-and-data", Sound::no, add("alias.example.", "TXT", "\"x\"")},
  };
}

struct Explained {
  std::string change, denial, peer, says, reason;
  bool used = false;
};

bool fits(const std::string& pattern, const std::string& word) { return pattern == "*" || pattern == word; }

class Explanations {
 public:
  Explanations() {
    std::istringstream lines(read_file(TRUSTWALK_SOURCE_DIR "/tests/live/differences_zones.txt"));
    for (std::string line; std::getline(lines, line);) {
      if (line.empty() || line[0] == '#') continue;
      Explained one;
      std::istringstream words(line);
      words >> one.change >> one.denial >> one.peer >> one.says;
      std::getline(words >> std::ws, one.reason);
      lines_.push_back(one);
    }
  }
  bool explain(const std::string& change, const std::string& denial, const std::string& peer, const std::string& says) {
    bool found = false;
    for (Explained& one : lines_) {
      if (one.change != change || !fits(one.denial, denial) || one.peer != peer || one.says != says) continue;
      one.used = found = true;
    }
    return found;
  }
  const std::vector<Explained>& lines() const { return lines_; }

 private:
  std::vector<Explained> lines_;
};

struct Kind {
  std::string name;
  Tool tool;
  Denial denial;
  std::string algorithm;
};

bool is_sound(const Kind& kind, const Case& one) {
  return one.sound == Sound::yes || (one.sound == Sound::under_opt_out && kind.denial == Denial::nsec3_opt_out);
}

class Zones : public testing::Test {
 protected:
  void SetUp() override { require({"ldns-signzone", "ldns-verify-zone", "dnssec-signzone", "dnssec-verify"}); }

  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

  void judge(const Kind& kind, const Case& one, const ZoneText& whole) {
    ZoneText zone = whole;
    one.change(zone);
    zone.write(path("zone"));
    const bool sound = is_sound(kind, one);
    const auto ours = run({TRUSTWALK_BINARY, "zone", path("zone")});
    const std::string what = kind.name + " " + one.name;
    EXPECT_EQ(ours.status == 0, sound) << what << "\n" << ours.out << ours.err;
    ++zones_;
    peer(kind, one, "ldns", run({"ldns-verify-zone", path("zone")}));
    peer(kind, one, "bind", run({find_program("dnssec-verify"), "-q", "-o", "example", path("zone")}));
  }

  void peer(const Kind& kind, const Case& one, const std::string& name, const Outcome& outcome) {
    ASSERT_NE(outcome.status, 127) << name;
    const bool accepts = outcome.status == 0;
    if (accepts == is_sound(kind, one)) {
      ++agreed_;
      return;
    }
    EXPECT_TRUE(explanations_.explain(one.name, kind.name, name, accepts ? "accepts" : "refuses"))
        << kind.name << " " << one.name << ": " << name << (accepts ? " accepts\n" : " refuses\n") << outcome.out
        << outcome.err;
  }

  Folder folder_{"zones"};
  Explanations explanations_;
  int zones_ = 0, agreed_ = 0;
};

TEST_F(Zones, AreJudgedAsTheirFaultsDemandAndThePeersAgreeOrAreExplained) {
  const Kind kinds[] = {
      {"ldns-nsec", Tool::ldns, Denial::nsec, "ECDSAP256SHA256"},
      {"ldns-nsec3", Tool::ldns, Denial::nsec3, "RSASHA256"},
      {"ldns-optout", Tool::ldns, Denial::nsec3_opt_out, "ECDSAP256SHA256"},
      {"ldns-nsec", Tool::ldns, Denial::nsec, "ED25519"},
      {"bind-nsec", Tool::bind, Denial::nsec, "RSASHA256"},
      {"bind-nsec", Tool::bind, Denial::nsec, "ED25519"},
      {"bind-nsec3", Tool::bind, Denial::nsec3, "ECDSAP384SHA384"},
      {"bind-optout", Tool::bind, Denial::nsec3_opt_out, "ECDSAP256SHA256"},
  };
  for (const Kind& kind : kinds) {
    const Signing signing{.tool = kind.tool, .algorithm = kind.algorithm, .denial = kind.denial};
    write_file(path("plain"), content);
    const auto keys = make_keys(signing, "example.", folder_.path());
    const auto whole = sign(signing, "example.", "plain", {keys.ksk, keys.zsk}, folder_.path());
    for (const Case& one : cases()) judge(kind, one, whole);
  }
  for (const Explained& line : explanations_.lines())
    EXPECT_TRUE(line.used) << "explains nothing: " << line.change << " " << line.denial << " " << line.peer;
  fmt::print("{} zones, two peers each: {} agree, {} explained\n", zones_, agreed_, 2 * zones_ - agreed_);
}

}  // namespace
}  // namespace lab
