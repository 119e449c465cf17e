// `anchors` as its callers meet it: state files good and bad, two runs at once, a signed root-anchors.xml, and what is
// said of the root's keys. Nobody is asked here; tests/live has a root to ask.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "cli/files.h"
#include "tests/cli/spoken.h"
#include "tests/lab/json.h"
#include "tests/lab/process.h"

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

// A key of no zone, made by dnssec-keygen; its secret half was thrown away. The tool said: key 18198.
constexpr std::string_view key_18198 =
    ". 172800 IN DNSKEY 257 3 13 "
    "1Mei91vK++M6xorUlBR36S0ERDrykI/D/XVAr6hSy/kRMvPyHBhHaTElPJiwCU6O1kLeHhZbw54R5865BEmzuw==";
constexpr std::string_view key_47518 =
    ". 172800 IN DNSKEY 257 3 13 "
    "AsyfNr1wxpJwP5RQXkCkvKoTQlgvle/Aue3Gd1zkpc2XdNBYJCzslBREQWJdppiJxuIXcQ9i3MkxvDWTxOA+Dw==";

// 1795521232 is 2026-11-24T11:53:52Z (date -u -d @1795521232).
std::string state_file() {
  return "; autotrust trust anchor file\n;;id: . 1\n;;last_queried: 1795521232 ;;x\n;;last_success: 1795521232 ;;x\n"
         ";;next_probe_time: 1795607632 ;;x\n;;query_failed: 0\n;;query_interval: 86400\n;;retry_time: 17280\n" +
         std::string(key_18198) + " ;;state=2 [  VALID  ] ;;count=0 ;;lastchange=1795521232 ;;x\n" +
         std::string(key_47518) + " ;;state=1 [ ADDPEND ] ;;count=3 ;;lastchange=1795521232 ;;x\n";
}

class AnchorsVerb : public testing::Test {
 protected:
  fs::path path(const std::string& name) const { return folder_.path() / name; }
  lab::Outcome trustwalk(std::string_view line) const {
    return lab::run(spoken::words(line, TRUSTWALK_BINARY),
                    {.limit = std::chrono::seconds(60), .folder = folder_.path()});
  }
  lab::Json json(std::string_view line) const {
    const auto outcome = trustwalk(std::string(line) + " --format json");
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    auto read = lab::read_json(outcome.out);
    EXPECT_FALSE(read.empty()) << outcome.out;
    return read;
  }
  void openssl(lab::Command words) const {
    words.insert(words.begin(), "openssl");
    lab::must(words, {.folder = folder_.path()});
  }

  lab::Folder folder_{"anchors"};
};

TEST_F(AnchorsVerb, ShowsWhatAStateFileSays) {
  lab::write_file(path("keys"), state_file());
  const auto text = trustwalk("anchors -k keys --at 2026-11-25T00:00:00Z");
  EXPECT_EQ(text.status, 0) << text.err;
  EXPECT_THAT(text.out,
              HasSubstr(". DNSKEY tag 18198, algorithm 13 ECDSAP256SHA256, valid since 2026-11-24T11:53:52Z\n"));
  // 24 November and 30 days (RFC 5011 §2.4.1).
  EXPECT_THAT(text.out, HasSubstr("tag 47518, algorithm 13 ECDSAP256SHA256, waits since 2026-11-24T11:53:52Z (seen 3 "
                                  "times), an anchor from 2026-12-24T11:53:52Z on if it stays, does not count now\n"));
  EXPECT_THAT(text.out, HasSubstr("next question 2026-11-25T11:53:52Z (in 11h 53m)"));
  EXPECT_THAT(text.out, Not(HasSubstr("the root's keys"))) << "a private root is not ICANN's";
  const auto from_state = json("anchors list --state keys --at 2026-11-26");
  EXPECT_EQ(lab::text_at(from_state, "/anchors/0/tag"), "18198");
  EXPECT_EQ(lab::text_at(from_state, "/anchors/0/state"), "valid");
  EXPECT_EQ(lab::text_at(from_state, "/anchors/1/state"), "add-pend");
  EXPECT_EQ(lab::text_at(from_state, "/anchors/1/counts"), "false");
  EXPECT_EQ(lab::text_at(from_state, "/anchors/1/accepted_from_at"), "2026-12-24T11:53:52Z");
  EXPECT_EQ(lab::text_at(from_state, "/followed/0/next_query_at"), "2026-11-25T11:53:52Z");
}

TEST_F(AnchorsVerb, TellsTheRootsRollAtAnyTime) {
  const std::string root =
      "anchors --anchor '. DS 20326 8 2 "
      "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D' --at ";
  const auto stages = [&](const std::string& at) {
    const auto read = json(root + at);
    return lab::text_at(read, "/root_keys/0/stage") + " " + lab::text_at(read, "/root_keys/1/stage");
  };
  EXPECT_EQ(stages("2025-01-10"), "signs unpublished");
  EXPECT_EQ(stages("2025-06-01"), "signs standby");
  EXPECT_EQ(stages("2026-10-12"), "retired signs");
  EXPECT_EQ(stages("2027-01-12"), "revoked signs");
  EXPECT_THAT(trustwalk(root + "2026-10-01").out,
              HasSubstr("tag 20326: signs since 2018-10-11; retired from 2026-10-11 (planned), in 10d\n"));
}

// A file that cannot be read is told in one line and stays as it is.
TEST_F(AnchorsVerb, UpdateLosesNothingOfABadFile) {
  const std::string good = state_file();
  const auto without = [&](std::string_view piece) {
    std::string text = good;
    return text.erase(text.find(piece), piece.size());
  };
  const std::vector<std::pair<std::string, std::string_view>> files = {
      {"", "this is no state file"},
      {"hello\n", "this is no state file"},
      {std::string(key_18198) + "\n", "this is no state file"},
      {without("; autotrust trust anchor file"), "this is no state file"},
      {"; autotrust trust anchor file\n;;id: . 1\n", "there is no trust anchor in it"},
      {without(" ;;state=2"), "line 9: no ';;state='"},
      {without(" ;;count=0"), "line 9: no ';;count='"},
      {good.substr(0, good.size() - 150), "line 10: "},
      {good + std::string(key_18198) + " ;;state=3 ;;count=0 ;;lastchange=0\n",
       "line 11: a key that stands here twice"},
      {good + "junk\n", "line 11: "},
      {good + std::string(1, '\0') + "\n", "line 11: an octet 0"},
      {"; autotrust trust anchor file\n;;REVOKED\n", "every key of this zone was revoked"},
  };
  for (const auto& [text, says] : files) {
    lab::write_file(path("keys"), text);
    const auto outcome = trustwalk("anchors update --state keys @127.0.0.1#1");
    EXPECT_EQ(outcome.status, 3) << text;
    EXPECT_THAT(outcome.err, HasSubstr(std::string(says)));
    EXPECT_THAT(outcome.err, HasSubstr("keys: ")) << "the file is named";
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(lab::read_file(path("keys")), text);
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()), 2) << "keys, keys.lock";
  EXPECT_EQ(trustwalk("anchors update --state . @127.0.0.1#1").status, 3);
  EXPECT_EQ(trustwalk("anchors update --state none/keys @127.0.0.1#1").status, 3);
}

// Nobody listens at port 1: the run learns nothing, and says so in the file's times alone.
TEST_F(AnchorsVerb, UpdateWithoutAnAnswerChangesNoKey) {
  lab::write_file(path("keys"), state_file());
  chmod(path("keys").c_str(), 0640);
  fs::create_symlink("keys", path("link"));
  const auto outcome = trustwalk("anchors update --state link @127.0.0.1#1 --at 2026-11-26T00:00:00Z --timeout 0.2");
  EXPECT_EQ(outcome.status, 12) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("no key set was heard: nothing is changed"));
  // 2026-11-26 is 1795651200; retry_time later is 04:48 (17280 s).
  const auto read = json("anchors list --state keys --at 2026-11-26T00:00:00Z");
  EXPECT_EQ(lab::text_at(read, "/followed/0/last_queried_at"), "2026-11-26T00:00:00Z");
  EXPECT_EQ(lab::text_at(read, "/followed/0/last_success_at"), "2026-11-24T11:53:52Z");
  EXPECT_EQ(lab::text_at(read, "/followed/0/next_query_at"), "2026-11-26T04:48:00Z");
  EXPECT_EQ(lab::text_at(read, "/followed/0/failures"), "1");
  EXPECT_EQ(lab::text_at(read, "/anchors/0/since_at"), "2026-11-24T11:53:52Z");
  EXPECT_EQ(lab::text_at(read, "/anchors/1/state"), "add-pend");
  EXPECT_EQ(lab::text_at(read, "/anchors/1/sightings"), "3");
  struct stat there{};
  ASSERT_EQ(stat(path("keys").c_str(), &there), 0);
  EXPECT_EQ(there.st_mode & 07777U, 0640U);
  EXPECT_TRUE(fs::is_symlink(path("link")));
}

TEST_F(AnchorsVerb, UpdateIsOneRunAtATime) {
  lab::write_file(path("keys"), state_file());
  fs::create_symlink("keys", path("link"));
  {
    const auto lock = cli::Lock::take(path("keys"));
    ASSERT_TRUE(lock) << lock.error();
    for (const std::string file : {"keys", "link"}) {
      const auto outcome = trustwalk("anchors update @127.0.0.1#1 --timeout 0.2 --state " + file);
      EXPECT_EQ(outcome.status, 3);
      EXPECT_THAT(outcome.err, HasSubstr("is in use by another run"));
      EXPECT_EQ(lab::read_file(path("keys")), state_file());
    }
    EXPECT_EQ(trustwalk("anchors list --state keys").status, 0) << "reading needs no lock";
  }
  EXPECT_EQ(trustwalk("anchors update @127.0.0.1#1 --timeout 0.2 --state keys --at 2026-12-01").status, 12);
}

TEST_F(AnchorsVerb, AStateIsBegunForOneZone) {
  const std::string ds = " DS 1 8 2 " + std::string(64, 'a');
  const auto two = trustwalk("anchors update --state keys --anchor '." + ds + "' --anchor 'example." + ds + "'");
  EXPECT_EQ(two.status, 3);
  EXPECT_THAT(two.err, HasSubstr("a state file follows one zone"));
  EXPECT_FALSE(fs::exists(path("keys")));
}

// Through the program itself, since it starts OpenSSL in a way of its own.
TEST_F(AnchorsVerb, ASignedXmlIsChecked) {
  if (lab::find_program("openssl").empty()) GTEST_SKIP() << "not installed: openssl";
  lab::write_file(path("root-anchors.xml"),
                  "<TrustAnchor id=\"x\" source=\"y\"><Zone>.</Zone><KeyDigest id=\"Klajeyz\" "
                  "validFrom=\"2017-02-02T00:00:00+00:00\"><KeyTag>20326</KeyTag><Algorithm>8</Algorithm>"
                  "<DigestType>2</DigestType><Digest>E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D"
                  "</Digest></KeyDigest></TrustAnchor>\n");
  for (const std::string type : {"RSA:2048", "EC"}) {
    lab::Command request{"req",
                         "-x509",
                         "-nodes",
                         "-subj",
                         "/CN=tester",
                         "-days",
                         "10",
                         "-keyout",
                         "key",
                         "-out",
                         "pem",
                         "-addext",
                         "subjectAltName=email:dnssec@iana.org"};
    if (type == "EC")
      request.insert(request.end(), {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"});
    else
      request.insert(request.end(), {"-newkey", "rsa:2048"});
    openssl(request);
    for (const std::string digest : {"sha256", "sha512"}) {
      openssl({"cms", "-sign", "-binary", "-md", digest, "-in", "root-anchors.xml", "-signer", "pem", "-inkey", "key",
               "-outform", "DER", "-out", "root-anchors.p7s"});
      const auto good = trustwalk("anchors -k root-anchors.xml --anchors-ca pem");
      EXPECT_EQ(good.status, 0) << good.err;
      EXPECT_THAT(good.out, HasSubstr("root-anchors.xml: signed by tester (root-anchors.p7s)")) << type << digest;
    }
  }
  const auto late = trustwalk("anchors -k root-anchors.xml --anchors-ca pem --at +20d");
  EXPECT_EQ(late.status, 3);
  EXPECT_THAT(late.err, HasSubstr("certificate has expired"));
  const auto other = trustwalk("anchors -k root-anchors.xml --anchors-ca pem --anchors-signer someone@example.org");
  EXPECT_EQ(other.status, 3);
  EXPECT_THAT(other.err, HasSubstr("it is not of someone@example.org"));
  EXPECT_EQ(trustwalk("anchors -k root-anchors.xml").status, 3) << "a signature that is there is not passed over";
}

}  // namespace
