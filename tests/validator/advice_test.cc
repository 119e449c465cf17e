#include "validator/advice.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace validator {
namespace {

// What findings.md §4 has in its first table (with fix-ds, which reads "same" for every signer), and in its second.
constexpr auto at_signer = std::to_array<Remedy>({
    Remedy::sign_zone,
    Remedy::re_sign,
    Remedy::make_ksk,
    Remedy::make_zsk,
    Remedy::roll_key,
    Remedy::drop_key,
    Remedy::restore_key,
    Remedy::upload_ds,
    Remedy::remove_ds,
    Remedy::fix_ds,
    Remedy::fix_cds,
    Remedy::synchronise_servers,
    Remedy::lower_ttl,
    Remedy::fix_nsec,
    Remedy::fix_nsec3_parameters,
    Remedy::fix_server,
    Remedy::fix_records,
});
constexpr auto at_others = std::to_array<Remedy>({
    Remedy::upload_ds,
    Remedy::remove_ds,
    Remedy::fix_ds,
    Remedy::fix_delegation,
    Remedy::update_anchor,
    Remedy::fix_forwarder,
    Remedy::set_clock,
    Remedy::wait_until,
    Remedy::contact_parent,
    Remedy::none,
});

bool contains(const auto& list, Remedy remedy) { return std::find(list.begin(), list.end(), remedy) != list.end(); }

TEST(Advice, EveryKindHasAHeadlineAndAPlace) {
  std::set<std::string_view> headlines;
  for (std::size_t kind = 0; kind < remedy_count; ++kind) {
    const auto remedy = static_cast<Remedy>(kind);
    headlines.insert(headline(remedy));
    EXPECT_FALSE(headline(remedy).empty() || headline(remedy).ends_with('.')) << to_text(remedy);
    EXPECT_LE(headline(remedy).size(), 70U) << to_text(remedy);
    for (const auto signer : all_signers) {
      EXPECT_EQ(commands(remedy, signer, {}).empty(), !contains(at_signer, remedy))
          << to_text(remedy) << " " << to_text(signer);
    }
    EXPECT_EQ(elsewhere(remedy, {}).empty(), !contains(at_others, remedy)) << to_text(remedy);
  }
  EXPECT_EQ(headlines.size(), remedy_count);
}

TEST(Advice, PlaceholdersAreTheDocumentedOnes) {
  const std::set<std::string_view> known{"zone",  "file",   "ksk", "zsk", "key",    "keys", "tag",  "id",    "alg",
                                         "dtype", "digest", "ds",  "ns",  "server", "end",  "wait", "until", "text"};
  for (std::size_t kind = 0; kind < remedy_count; ++kind) {
    const auto remedy = static_cast<Remedy>(kind);
    auto lines = elsewhere(remedy, {});
    for (const auto signer : all_signers) {
      for (const auto& line : commands(remedy, signer, {})) lines.push_back(line);
    }
    for (const auto& line : lines) {
      for (const auto name : placeholders(line)) EXPECT_TRUE(known.contains(name)) << line;
      EXPECT_FALSE(line.empty());
      EXPECT_LE(line.size(), 130U) << line;
    }
  }
}

// The lines as findings.md §4 has them, checked there against the manuals and mostly run.
TEST(Advice, CommandsAreThoseOfTheSpecification) {
  struct Case {
    Remedy remedy;
    Signer signer;
    std::string_view line;
  };
  const std::vector<Filling> values{{"zone", "example.com."},
                                    {"tag", "12345"},
                                    {"id", "7"},
                                    {"wait", "3600"},
                                    {"file", "zone.db"},
                                    {"ksk", "Kexample.com.+013+12345"},
                                    {"zsk", "Kexample.com.+013+54321"},
                                    {"key", "Kexample.com.+013+12345"},
                                    {"keys", "/etc/keys"},
                                    {"server", "192.0.2.1"},
                                    {"end", "20261231"}};
  constexpr auto cases = std::to_array<Case>({
      {Remedy::re_sign, Signer::nsd,
       "ldns-signzone -u -e 20261231 zone.db Kexample.com.+013+12345 Kexample.com.+013+54321"},
      {Remedy::re_sign, Signer::nsd, "nsd-control reload example.com"},
      {Remedy::re_sign, Signer::bind, "rndc sign example.com"},
      {Remedy::re_sign, Signer::knot, "knotc zone-sign example.com"},
      {Remedy::re_sign, Signer::powerdns, "pdnsutil increase-serial example.com"},
      {Remedy::re_sign, Signer::opendnssec, "ods-signer sign example.com"},
      {Remedy::make_ksk, Signer::bind, "dnssec-keygen -a ECDSAP256SHA256 -f KSK -K /etc/keys example.com"},
      {Remedy::make_zsk, Signer::bind, "dnssec-keygen -a ECDSAP256SHA256 -K /etc/keys example.com"},
      {Remedy::make_zsk, Signer::knot, "keymgr example.com generate algorithm=ECDSAP256SHA256 zsk=yes"},
      {Remedy::roll_key, Signer::bind, "rndc dnssec -rollover -key 12345 example.com"},
      {Remedy::drop_key, Signer::bind, "dnssec-settime -K /etc/keys -I now -D +3600 Kexample.com.+013+12345"},
      {Remedy::drop_key, Signer::knot, "keymgr example.com set 12345 retire=+0 remove=+3600"},
      {Remedy::drop_key, Signer::powerdns, "pdnsutil remove-zone-key example.com 7"},
      {Remedy::upload_ds, Signer::nsd, "ldns-key2ds -n -2 Kexample.com.+013+12345.key"},
      {Remedy::upload_ds, Signer::bind, "dig @192.0.2.1 example.com DNSKEY | dnssec-dsfromkey -2 -f - example.com"},
      {Remedy::fix_ds, Signer::knot, "keymgr example.com ds 12345"},
      {Remedy::remove_ds, Signer::nsd, "# example.com. CDS 0 0 0 00"},
      {Remedy::fix_nsec3_parameters, Signer::powerdns, "pdnsutil set-nsec3 example.com '1 0 0 -'"},
      {Remedy::fix_records, Signer::knot, "kzonecheck -o example.com zone.db"},
  });
  for (const auto& [remedy, signer, line] : cases) {
    const auto lines = commands(remedy, signer, values);
    EXPECT_TRUE(std::find(lines.begin(), lines.end(), line) != lines.end()) << line;
  }
}

TEST(Advice, WhatIsNotKnownStaysToBeFilledIn) {
  const std::vector<Filling> values{{"zone", "example.com."}, {"tag", ""}};
  EXPECT_EQ(commands(Remedy::drop_key, Signer::knot, values).front(),
            "keymgr example.com set {tag} retire=+0 remove=+{wait}");
  EXPECT_EQ(elsewhere(Remedy::wait_until, values).front(), "# nothing before {until}");
}

TEST(Advice, NamesFromTheNetworkAreNoShell) {
  struct Case {
    std::string_view zone;
    std::string_view shown;
  };
  constexpr auto cases = std::to_array<Case>({
      {"example.com.", "example.com"},
      {".", "."},
      {"$(reboot).example.", "'$(reboot).example'"},
      {"a\\;b.example.", "'a\\;b.example'"},
      {"it's.example.", "'it'\\''s.example'"},
      {"`x`.example.", "'`x`.example'"},
      {"a\nreboot\n.example.", "'a?reboot?.example'"},
      {"*.example.", "'*.example'"},
  });
  for (const auto& [zone, shown] : cases) {
    const std::vector<Filling> values{{"zone", std::string{zone}}};
    EXPECT_EQ(commands(Remedy::re_sign, Signer::bind, values).front(), "rndc sign " + std::string{shown});
  }
  // In an explanation the text stays as it is, but on its one line.
  const std::vector<Filling> values{{"until", "now\nreboot"}};
  EXPECT_EQ(elsewhere(Remedy::wait_until, values), (std::vector<std::string>{"# nothing before now?reboot"}));
}

TEST(Advice, TheRootKeepsItsDot) {
  const std::vector<Filling> values{{"zone", "."}};
  EXPECT_EQ(commands(Remedy::re_sign, Signer::knot, values).front(), "knotc zone-sign .");
}

TEST(Advice, SignersAreFoundByTheirWord) {
  for (const auto signer : all_signers) {
    EXPECT_EQ(find_signer(to_text(signer)), signer);
    EXPECT_FALSE(title(signer).empty());
  }
  EXPECT_EQ(find_signer("NSD"), std::nullopt);
  EXPECT_EQ(find_signer(""), std::nullopt);
}

}  // namespace
}  // namespace validator
