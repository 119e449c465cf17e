// Every form of an anchors file: the good, and for each way to be bad the line and the reason.
#include <gtest/gtest.h>

#include "tests/trustanchor/samples.h"
#include "trustanchor/anchors.h"

namespace trustanchor {
namespace {

using samples::dnskey_2017;
using samples::ds_2017;
using samples::ds_2024;

const dns::Time now = dns::parse_time("2026-11-24").value();

std::expected<Anchors, std::string> read(std::string_view text) {
  return read_anchors(text, "FILE", now, samples::digest);
}

// Tags that count now, in the order of the file, as text: "20326 38696".
std::string trusted(const Anchors& anchors) {
  std::string text;
  for (const Anchor& anchor : anchors.anchors) {
    if (anchor.counts_at(now)) text += (text.empty() ? "" : " ") + std::to_string(anchor.tag());
  }
  return text;
}

struct Good {
  std::string_view what;
  std::string text, tags;
  std::size_t anchors;  // with those that do not count now
  std::size_t notices = 0, skipped = 0;
};
void expect_good(const std::vector<Good>& cases) {
  for (const Good& each : cases) {
    const auto anchors = read(each.text);
    ASSERT_TRUE(anchors) << each.what << ": " << anchors.error();
    EXPECT_EQ(trusted(*anchors), each.tags) << each.what;
    EXPECT_EQ(anchors->anchors.size(), each.anchors) << each.what;
    EXPECT_EQ(anchors->notices.size(), each.notices) << each.what;
    EXPECT_EQ(anchors->skipped.size(), each.skipped) << each.what;
    EXPECT_EQ(anchors->source, "FILE");
    for (const Anchor& anchor : anchors->anchors) EXPECT_EQ(anchor.source, "FILE");
  }
}

struct Bad {
  std::string text;
  std::string_view complaint;  // the beginning of it, behind "FILE: "
};
void expect_bad(const std::vector<Bad>& cases) {
  for (const Bad& each : cases) {
    const auto anchors = read(each.text);
    ASSERT_FALSE(anchors) << each.text;
    EXPECT_TRUE(anchors.error().starts_with("FILE: " + std::string(each.complaint))) << anchors.error();
    EXPECT_EQ(anchors.error().find('\n'), std::string::npos) << anchors.error();
  }
}

TEST(AnchorFiles, what_is_in_no_form) {
  expect_bad({
      {"", "there is no trust anchor"},
      {"\n\n  \n", "there is no trust anchor"},
      {"; only a comment\n", "there is no trust anchor"},
      {"Private-key-format: v1.3\n", "line 1: this is a private key"},
      {"; K.+008+20326\nPrivate-key-format: v1.2\nAlgorithm: 8\n", "line 2: this is a private key"},
      {ds_2017() + "\n" + std::string(1, '\0') + "\n", "line 2: an octet 0"},
      {std::string(1 << 21, ';'), "more than 1 MiB"},
      {"\x7f"
       "ELF\x02\x01\x01",
       "line 1: "},
  });
}

TEST(AnchorFiles, zone_lines) {
  const std::string key(samples::key_2017);
  expect_good({
      {"root.ds", ds_2017() + "\n" + ds_2024() + "\n", "20326 38696", 2},
      {"root.key", dnskey_2017() + " ; keytag 20326\n" + samples::dnskey_2024() + " ; keytag 38696\n", "20326 38696",
       2},
      {"no line end", ds_2017(), "20326", 1},
      {"CR LF", ds_2017() + "\r\n" + ds_2024() + "\r\n", "20326 38696", 2},
      {"the same twice", ds_2017() + "\n" + ds_2017() + "\n", "20326", 1},
      {"TTL and class in any order",
       ". 172800 IN DS 20326 8 2 " + std::string(samples::digest_2017) + "\n. IN 5 DS 38696 8 2 " +
           std::string(samples::digest_2024),
       "20326 38696", 2},
      {"neither TTL nor class", ". DS 20326 8 2 " + std::string(samples::digest_2017), "20326", 1},
      {"parentheses", ". IN DNSKEY 257 3 8 (\n  " + key.substr(0, 64) + "\n  " + key.substr(64) + "\n) ; KSK\n",
       "20326", 1},
      {"owner left out", ds_2017() + "\n   IN DS 38696 8 2 " + std::string(samples::digest_2024), "20326 38696", 2},
      {"digest in pieces",
       ". DS 20326 8 2 " + std::string(samples::digest_2017.substr(0, 32)) + " " +
           std::string(samples::digest_2017.substr(32)),
       "20326", 1},
      {"$ORIGIN and $TTL", "$TTL 3600\n$ORIGIN example.\nsub DS 7 13 2 " + std::string(64, 'a'), "7", 1},
      {"dig, with signature",
       "; <<>> DiG 9.18 <<>> . DNSKEY +dnssec\n;; ANSWER SECTION:\n" + dnskey_2017() +
           "\n. 172800 IN RRSIG DNSKEY 8 0 172800 20261201000000 20261110000000 20326 . AAAA\n\n;; Query time: 1 "
           "msec\n",
       "20326", 1},
      {"a ZSK", ". IN DNSKEY 256 3 8 " + key, "20325", 1, 1},
      {"an unknown digest type is for the Policy", ". DS 1 8 77 00", "1", 1},
  });
  expect_bad({
      {". IN DS 20326 8 2 E06D\n", "line 1: a SHA-256 digest has 32 octets, not 2"},
      {ds_2017() + "\n\n. IN DS 20326 8\n", "line 3: "},
      {ds_2017() + "\n. IN DNSKEY 385 3 8 " + key, "line 2: the key has been revoked"},
      {". IN DNSKEY 0 3 8 " + key, "line 1: the key has no zone flag"},
      {". IN DNSKEY 257 4 8 " + key, "line 1: the key's protocol is not 3"},
      {". IN DNSKEY 257 3 8\n", "line 1: "},
      {". IN DNSKEY 257 3 8 AwEAAa!!\n", "line 1: "},
      {ds_2017() + "\n. IN SOA a. b. 1 2 3 4 5\n", "line 2: a record of type SOA is no trust anchor"},
      {ds_2017() + "\n. IN DNSKEY 257 3 8 (\n" + key + "\n", "line "},
      {". CH DS 20326 8 2 " + std::string(samples::digest_2017), "line 1: class CH is not IN"},
      {"  IN DS 20326 8 2 " + std::string(samples::digest_2017), "line 1: the first record has no owner"},
      {"$INCLUDE other\n" + ds_2017(), "line 1: "},
      {"$ORIGIN\n" + ds_2017(), "line 1: $ORIGIN needs one name"},
      {"\"quoted\" IN DS 1 8 2 " + std::string(64, 'a'), "line 1: "},
      {"hello world\n", "line 1: "},
  });
}

// As unbound 1.17 writes it.
std::string autotrust(std::string_view records) {
  return "; autotrust trust anchor file\n;;id: . 1\n;;last_queried: 1761000000 ;;Mon Oct 20 22:40:00 2025\n"
         ";;last_success: 1761000000 ;;Mon Oct 20 22:40:00 2025\n;;next_probe_time: 1761040000 ;;Tue Oct 21 09:46:40 "
         "2025\n"
         ";;query_failed: 0\n;;query_interval: 43200\n;;retry_time: 8640\n" +
         std::string(records);
}
std::string with_state(std::string_view record, std::string_view state) {
  return std::string(record) + " ;;state=" + std::string(state) +
         " ;;count=0 ;;lastchange=1502438004 ;;Fri Aug 11 2017\n";
}

TEST(AnchorFiles, unbounds_state) {
  const std::string key = ".\t172800\tIN\tDNSKEY\t257 3 8 " + std::string(samples::key_2017);
  const std::string other = ".\t172800\tIN\tDNSKEY\t257 3 8 " + std::string(samples::key_2024);
  const std::string revoked = ".\t172800\tIN\tDNSKEY\t385 3 8 " + std::string(samples::key_2024);
  const std::string tail = " {id = 20326 (ksk), size = 2048b}";
  expect_good({
      {"START", autotrust(with_state(key, "0 [  START  ]")), "", 1},
      {"ADDPEND", autotrust(with_state(key, "1 [ ADDPEND ]")), "", 1},
      {"VALID", autotrust(with_state(key, "2 [  VALID  ]")), "20326", 1},
      {"MISSING", autotrust(with_state(key, "3 [ MISSING ]")), "20326", 1},
      {"REVOKED", autotrust(with_state(key, "2 [  VALID  ]") + with_state(revoked, "4 [ REVOKED ]")), "20326", 2},
      {"REMOVED", autotrust(with_state(revoked, "5 [ REMOVED ]")), "", 1},
      {"with drill's remark",
       autotrust(with_state(key + " ;" + tail, "2 [  VALID  ]") + with_state(other, "1 [ ADDPEND ]")), "20326", 2},
      {"a DS", autotrust(with_state(ds_2017(), "2 [  VALID  ]")), "20326", 1},
  });
  const auto states = read(autotrust(with_state(key, "3 [ MISSING ]") + with_state(other, "1 [ ADDPEND ]")));
  ASSERT_TRUE(states);
  EXPECT_EQ(states->anchors[0].state, Anchor::State::missing);
  EXPECT_EQ(states->anchors[1].state, Anchor::State::add_pend);
  expect_bad({
      {"; autotrust trust anchor file\n;;REVOKED\n; The zone has all keys revoked, and is\n" +
           with_state(key, "2 [  VALID  ]"),
       "line 2: every key of this zone was revoked"},
      {autotrust(""), "there is no trust anchor"},
      {autotrust(key), "line 9: no ';;state='"},
      {autotrust(with_state(key, "6")), "line 9: no ';;state='"},
      {autotrust(with_state(key, "2x")), "line 9: no ';;state='"},
      {autotrust(with_state(key, "")), "line 9: no ';;state='"},
      {autotrust(with_state(revoked, "2 [  VALID  ]")), "line 9: the key has been revoked"},
      {autotrust(with_state(ds_2017(), "4 [ REVOKED ]")), "line 9: only a DNSKEY can be revoked"},
      {autotrust(with_state(". IN A 192.0.2.1", "2")), "line 9: a record of type A"},
      {autotrust(with_state("example. IN DS 1 8 2 " + std::string(64, 'a'), "2")), "line 9: a record of another zone"},
      {autotrust("nonsense ;;state=2\n"), "line 9: "},
  });
}

TEST(AnchorFiles, binds_clauses) {
  const std::string key(samples::key_2017), digest(samples::digest_2017);
  const std::string broken_over_lines = key.substr(0, 57) + "\n\t\t" + key.substr(57);
  expect_good({
      {"bind.keys",
       "# comment\ntrust-anchors {\n\t. initial-key 257 3 8 \"" + broken_over_lines +
           "\";\n\t# another\n\t. initial-ds 38696 8 2 \"" + std::string(samples::digest_2024) + "\";\n};\n",
       "20326 38696", 2},
      {"static", "trust-anchors { . static-key 257 3 8 \"" + key + "\"; };", "20326", 1},
      {"static-ds", "/* C */ trust-anchors { \".\" static-ds 20326 8 2 \"" + digest + "\"; }; // C++", "20326", 1},
      {"managed-keys", "managed-keys { \".\" initial-key 257 3 8 \"" + key + "\"; };", "20326", 1},
      {"trusted-keys", "trusted-keys { . 257 3 8 \"" + key + "\"; };", "20326", 1},
      {"two clauses",
       "trusted-keys { . 257 3 8 \"" + key + "\"; };\ntrust-anchors { example. static-ds 7 13 2 \"" +
           std::string(64, 'a') + "\"; };",
       "20326 7", 2},
      {"no SEP", "trusted-keys { . 256 3 8 \"" + key + "\"; };", "20325", 1, 1},
      {"digest in pieces",
       "trust-anchors { . static-ds 20326 8 2 \"" + digest.substr(0, 30) + " " + digest.substr(30) + "\"; };", "20326",
       1},
  });
  expect_bad({
      {"trust-anchors { };", "there is no trust anchor"},
      {"trust-anchors {\n", "line 2: an entry ends with ';'"},
      {"trust-anchors { . static-key 257 3 8 \"" + key + "\" }", "line 1: an entry ends with ';'"},
      {"trust-anchors { . static-key 257 3 8 \"" + key + "\"; }", "line 1: ';' is missing behind '}'"},
      {"trust-anchors\n. static-key", "line 1: '{' is missing"},
      {"trust-anchors {\n. static-key 257 3 8 \"" + key + "; };", "line 2: an entry ends with ';'"},
      {"trust-anchors {\n\n. dynamic-key 257 3 8 \"" + key + "\"; };", "line 3: static-key, initial-key"},
      {"trust-anchors {\n. static-key 257 3 8; };", "line 2: an entry here has 6 fields, not 5"},
      {"trusted-keys {\n. static-key 257 3 8 \"" + key + "\"; };", "line 2: an entry here has 5 fields, not 6"},
      {"trust-anchors { ; };", "line 1: an entry here has 6 fields, not 0"},
      {"trust-anchors {\n. static-key 65536 3 8 \"" + key + "\"; };", "line 2: a number is none, or too large"},
      {"trust-anchors {\n. static-key 257 3 256 \"" + key + "\"; };", "line 2: a number is none, or too large"},
      {"trust-anchors {\n. static-ds 20326 8 -2 \"" + digest + "\"; };", "line 2: a number is none, or too large"},
      {"trust-anchors {\n. static-key 257 3 8 \"!" + key + "\"; };", "line 2: the key is not base64"},
      {"trust-anchors {\n. static-ds 20326 8 2 \"g" + digest + "\"; };", "line 2: the digest is not hexadecimal"},
      {"trust-anchors {\n. static-ds 20326 8 2 \"" + digest + "00\"; };",
       "line 2: a SHA-256 digest has 32 octets, not 33"},
      {"trust-anchors {\n. static-key 385 3 8 \"" + key + "\"; };", "line 2: the key has been revoked"},
      {"trust-anchors {\n. static-key 257 3 8 \"\"; };", "line 2: the key is empty"},
      {"trust-anchors {\na..b static-key 257 3 8 \"" + key + "\"; };", "line 2: the zone: "},
      {"trust-anchors { . static-key 257 3 8 \"" + key + "\"; };\noptions { };", "line 2: neither trust-anchors"},
      {"trust-anchors { . static-key 257 3 8 \"" + key + "\"; }; /* open", "line 1: "},
  });
}

// One KeyDigest; `more` stands behind Digest.
std::string key_digest(std::string_view attributes, std::string_view tag, std::string_view digest,
                       std::string_view more = "") {
  return "<KeyDigest " + std::string(attributes) + ">\n<KeyTag>" + std::string(tag) +
         "</KeyTag>\n<Algorithm>8</Algorithm>\n<DigestType>2</DigestType>\n<Digest>" + std::string(digest) +
         "</Digest>\n" + std::string(more) + "</KeyDigest>\n";
}
std::string xml(std::string_view digests, std::string_view zone = ".") {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TrustAnchor id=\"E9724F53\" "
         "source=\"http://data.iana.org/\">\n<Zone>" +
         std::string(zone) + "</Zone>\n" + std::string(digests) + "</TrustAnchor>\n";
}
std::string public_key(std::string_view key, std::string_view flags = "257") {
  return "<PublicKey>" + std::string(key) + "</PublicKey>\n<Flags>" + std::string(flags) + "</Flags>\n";
}

// Proves C-9718
TEST(AnchorFiles, root_anchors_xml) {
  const std::string since = R"(id="Klajeyz" validFrom="2017-02-02T00:00:00+00:00")";
  const std::string good = key_digest(since, "20326", samples::digest_2017);
  const std::string past =
      key_digest(R"(id="Kjqmt7v" validFrom="2010-07-15T00:00:00+00:00" validUntil="2019-01-11T00:00:00+00:00")",
                 "19036", "49AAC11D7B6F6446702E54A1607371607A1A41855200FD2CE1CDDE32F24E8FB5");
  const std::string future = key_digest(R"(id="Kx" validFrom="2026-11-24T00:00:01Z")", "38696", samples::digest_2024);
  const std::string with_key = key_digest(since, "20326", samples::digest_2017, public_key(samples::key_2017));
  const std::string in_pieces =
      key_digest(since, "\n 20326 ", "\n  E06D44B80B8F1D39A95C0B0D7C65D084\n  58E880409BBC683457104237C7F8EC8D\n",
                 public_key("\n " + std::string(samples::key_2017.substr(0, 70)) + "\n <!-- c -->" +
                            std::string(samples::key_2017.substr(70)) + "\n"));
  std::string unknown_digest = good, unknown_algorithm = good;
  unknown_digest.replace(unknown_digest.find("<DigestType>2"), 13, "<DigestType>9");
  unknown_algorithm.replace(unknown_algorithm.find("<Algorithm>8"), 12, "<Algorithm>99");
  // One notice each: that no signature was checked.
  expect_good({
      {"one", xml(good), "20326", 1, 1},
      {"past and present", xml(past + good), "20326", 1, 1, 1},
      {"not yet", xml(good + future), "20326", 1, 1, 1},
      {"with its key", xml(with_key), "20326", 1, 1},
      {"white space and comments", xml("<!-- c -->" + in_pieces), "20326", 1, 1},
      {"another key's digest",
       xml(good + key_digest(since, "38696", samples::digest_2017, public_key(samples::key_2024))), "20326", 1, 1, 1},
      {"another key's tag", xml(good + key_digest(since, "20327", samples::digest_2017, public_key(samples::key_2017))),
       "20326", 1, 1, 1},
      {"key without SEP",
       xml(good + key_digest(since, "20326", samples::digest_2017, public_key(samples::key_2017, "256"))), "20326", 1,
       1, 1},
      {"unknown digest type", xml(unknown_digest), "", 0, 1, 1},
      {"unknown algorithm", xml(unknown_algorithm + good), "20326", 1, 1, 1},
      {"another zone", xml(good, "example."), "20326", 1, 1},
      {"elements of later versions", xml("<Later/>" + good), "20326", 1, 1},
  });
  EXPECT_EQ(read(xml(good, "example."))->anchors[0].zone.print(), "example.");
  EXPECT_EQ(read(xml(good))->anchors[0].id, "Klajeyz");
  EXPECT_TRUE(std::holds_alternative<dns::Dnskey>(read(xml(with_key))->anchors[0].key));
  using Reason = Skipped::Reason;
  EXPECT_EQ(read(xml(past))->skipped[0].reason, Reason::validity);
  EXPECT_EQ(read(xml(past))->skipped[0].tag, 19036);
  EXPECT_EQ(read(xml(unknown_digest))->skipped[0].reason, Reason::unsupported);
  EXPECT_EQ(
      read(xml(key_digest(since, "20327", samples::digest_2017, public_key(samples::key_2017))))->skipped[0].reason,
      Reason::digest);
  EXPECT_EQ(read(xml(past))->skipped[0].text.substr(0, 13), "FILE: line 4:");

  std::string many;
  for (int i = 0; i < 33; ++i) many += good;
  std::string no_tag = good, no_zone = xml(good);
  no_tag.erase(no_tag.find("<KeyTag>"), std::string("<KeyTag>20326</KeyTag>").size());
  no_zone.erase(no_zone.find("<Zone>"), std::string("<Zone>.</Zone>").size());
  expect_bad({
      {"<", "line 1: not XML"},
      {"<TrustAnchor>\n<Zone>.</Zone>\n", "line 2: not XML"},
      {"<html></html>", "line 1: the root element is not TrustAnchor"},
      {xml(""), "there is no trust anchor"},
      {no_zone, "line 2: Zone holds no domain name"},
      {xml(good, "a..b"), "line 2: Zone holds no domain name"},
      {xml(many), "line 196: more than 32 keys"},
      {xml(no_tag), "line 4: KeyTag is no number"},
      {xml(key_digest(since, "70000", samples::digest_2017)), "line 4: KeyTag is no number from 0 to 65535"},
      {xml(key_digest(since, "+1", samples::digest_2017)), "line 4: KeyTag is no number"},
      {xml(key_digest(since, "20326", "xyz")), "line 8: Digest is not hexadecimal"},
      {xml(key_digest(since, "20326", "E06D")), "line 4: a SHA-256 digest has 32 octets, not 2"},
      {xml(key_digest(since, "&#50;0326", samples::digest_2017)), "line 4: KeyTag is no number"},
      {xml(key_digest("", "20326", samples::digest_2017)), "line 4: validFrom is missing"},
      {xml(key_digest(R"(validFrom="2017")", "20326", samples::digest_2017)), "line 4: validFrom is no date"},
      {xml(key_digest(R"(validFrom="2017-02-02T00:00:00Z" validUntil="soon")", "20326", samples::digest_2017)),
       "line 4: validUntil is no date"},
      {xml(key_digest(since, "20326", samples::digest_2017, "<Flags>257</Flags>")),
       "line 4: PublicKey and Flags come together"},
      {xml(key_digest(since, "20326", samples::digest_2017, "<PublicKey>AwEA</PublicKey>")),
       "line 4: PublicKey and Flags"},
      {xml(key_digest(since, "20326", samples::digest_2017, public_key("Aw!"))), "line 9: PublicKey is not base64"},
      {xml(key_digest(since, "20326", samples::digest_2017, public_key(samples::key_2017, "385"))),
       "line 9: the key has been revoked"},
      {"<!DOCTYPE TrustAnchor>\n" + xml(good).substr(39), "line 1: a document type declaration"},
      {"<?xml version=\"1.0\"?>\n<!DOCTYPE t [<!ENTITY a \"b\">]>\n" + xml(good).substr(39),
       "line 2: a document type declaration"},
      {xml(std::string(65536, ' ')), "more than 64 kB"},
  });
}

TEST(AnchorFiles, times_of_the_xml_carry_offsets) {
  struct Case {
    std::string_view text, utc;
  };
  const std::vector<Case> cases = {
      {"2017-02-02T00:00:00+00:00", "2017-02-02T00:00:00Z"}, {"2017-02-02T00:00:00Z", "2017-02-02T00:00:00Z"},
      {"2017-02-02T00:00:00", "2017-02-02T00:00:00Z"},       {"2017-02-02T01:30:00+01:30", "2017-02-02T00:00:00Z"},
      {"2017-02-01T14:00:00-10:00", "2017-02-02T00:00:00Z"},
  };
  for (const Case& each : cases) {
    const auto anchors =
        read(xml(key_digest("validFrom=\"" + std::string(each.text) + "\"", "20326", samples::digest_2017)));
    ASSERT_TRUE(anchors) << anchors.error();
    EXPECT_EQ(anchors->anchors.at(0).valid_from, dns::parse_time(each.utc)) << each.text;
  }
}

}  // namespace
}  // namespace trustanchor
