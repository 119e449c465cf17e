// BIND's state of managed keys. The text is what named 9.18 wrote for a private root that published a key in use, a new
// one and a revoked one (only the private halves were thrown away); tags and dates in its own remarks are named's.
#include <gtest/gtest.h>

#include "tests/trustanchor/samples.h"
#include "trustanchor/anchors.h"

namespace trustanchor {
namespace {

using State = Anchor::State;

constexpr std::string_view head = R"($ORIGIN .
$TTL 0	; 0 seconds
@			IN SOA	. . (
				4          ; serial
				0          ; refresh (0 seconds)
				0          ; retry (0 seconds)
				0          ; expire (0 seconds)
				0          ; minimum (0 seconds)
				)
)";
constexpr std::string_view in_use = R"(			KEYDATA	20261125141356 20261124141352 19700101000000 257 3 13 (
				1Mei91vK++M6xorUlBR36S0ERDrykI/D/XVAr6hSy/kR
				MvPyHBhHaTElPJiwCU6O1kLeHhZbw54R5865BEmzuw==
				) ; KSK; alg = ECDSAP256SHA256; key id = 18198
				; next refresh: Wed, 25 Nov 2026 14:13:56 GMT
				; trusted since: Tue, 24 Nov 2026 14:13:52 GMT
)";
constexpr std::string_view revoked =
    R"(			KEYDATA	20261125141356 20261124141352 20261224141356 385 3 13 (
				cIVnKgC5Vvd2pYY5YbgpPJ2vvvTk9f3jFP1MJ5iH6SCG
				l0Z13QORXaZofHFyE7tJD9q2UyLG4tIceY7sxoUARQ==
				) ; revoked KSK; alg = ECDSAP256SHA256; key id = 42921
				; next refresh: Wed, 25 Nov 2026 14:13:56 GMT
				; trusted since: Tue, 24 Nov 2026 14:13:52 GMT
				; removal pending: Thu, 24 Dec 2026 14:13:56 GMT
)";
constexpr std::string_view pending =
    R"(			KEYDATA	20261125141356 20261224141356 19700101000000 257 3 13 (
				AsyfNr1wxpJwP5RQXkCkvKoTQlgvle/Aue3Gd1zkpc2X
				dNBYJCzslBREQWJdppiJxuIXcQ9i3MkxvDWTxOA+Dw==
				) ; KSK; alg = ECDSAP256SHA256; key id = 47518
				; next refresh: Wed, 25 Nov 2026 14:13:56 GMT
				; trust pending: Thu, 24 Dec 2026 14:13:56 GMT
)";
constexpr std::string_view placeholder =
    "\t\t\tKEYDATA\t20261124151347 19700101000000 19700101000000 0 0 0 ; placeholder\n";

std::string file(std::initializer_list<std::string_view> parts) {
  std::string text(head);
  for (const std::string_view part : parts) text += part;
  return text;
}

std::expected<Anchors, std::string> read(const std::string& text, std::string_view now = "2026-11-24T14:13:59Z") {
  return read_anchors(text, "FILE", dns::parse_time(now).value(), samples::digest);
}

TEST(BindsState, TrustsWhatNamedTrusts) {
  const auto all = read(file({in_use, revoked, pending, placeholder}));
  ASSERT_TRUE(all) << all.error();
  ASSERT_EQ(all->anchors.size(), 3U);
  const dns::Time now = dns::parse_time("2026-11-24T14:13:59Z").value();
  const std::vector<std::tuple<dns::KeyTag, State, bool>> wanted = {
      {18198, State::valid, true}, {42921, State::revoked, false}, {47518, State::add_pend, false}};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const Anchor& anchor = all->anchors[i];
    EXPECT_EQ(std::tuple(anchor.tag(), anchor.state, anchor.counts_at(now)), wanted[i]) << i;
    EXPECT_TRUE(anchor.zone.is_root());
    EXPECT_EQ(anchor.source, "FILE");
    EXPECT_EQ(anchor.algorithm(), dns::Algorithm::ecdsap256sha256);
  }
}

// RFC 5011 §2.4.1: not the calendar makes an anchor, but a set heard after the hold-down.
TEST(BindsState, AnOldFileMakesNoAnchorOfAKeyThatWaits) {
  std::string later(pending);
  for (const std::string_view now : {"2026-12-24T14:13:55Z", "2026-12-24T14:13:57Z", "2027-06-01T00:00:00Z"}) {
    const auto old = read(file({pending}), now);
    ASSERT_TRUE(old) << old.error();
    EXPECT_EQ(old->anchors.at(0).state, State::add_pend) << now;
  }
  later.replace(later.find("20261125141356"), 14, "20261225141400");  // asked again at the end, and once more a day on
  EXPECT_EQ(read(file({later}), "2026-12-24T14:13:55Z")->anchors.at(0).state, State::add_pend);
  EXPECT_EQ(read(file({later}), "2026-12-24T14:13:57Z")->anchors.at(0).state, State::valid);
}

TEST(BindsState, NamesAreRelativeToTheOrigin) {
  std::string of_zones = "$ORIGIN .\n$TTL 0\n@ IN SOA . . 1 0 0 0 0\nexample" + std::string(in_use) +
                         "$ORIGIN test.\nsub" + std::string(pending) + "@ 0 IN" + std::string(revoked);
  const auto all = read(of_zones);
  ASSERT_TRUE(all) << all.error();
  ASSERT_EQ(all->anchors.size(), 3U);
  EXPECT_EQ(all->anchors[0].zone.print(), "example.");
  EXPECT_EQ(all->anchors[1].zone.print(), "sub.test.");
  EXPECT_EQ(all->anchors[2].zone.print(), "test.");
}

TEST(BindsState, BadFilesAreRefusedWhole) {
  const auto changed = [](std::string_view from, std::string_view to) {
    std::string text = file({in_use, revoked});
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  const std::vector<std::pair<std::string, std::string_view>> cases = {
      {file({placeholder}), "FILE: there is no trust anchor"},
      {changed("20261125141356", "2026112514135"), "FILE: line 10: a time of KEYDATA"},
      {changed("19700101000000", "19701301000000"), "FILE: line 10: a time of KEYDATA"},
      {changed("257 3 13", "65536 3 13"), "FILE: line 10: a number of KEYDATA"},
      {changed("257 3 13", "257 3 256"), "FILE: line 10: a number of KEYDATA"},
      {changed("257 3 13", "257 4 13"), "FILE: line 10: the key's protocol is not 3"},
      {changed("257 3 13", "1 3 13"), "FILE: line 10: the key has no zone flag"},
      {changed("1Mei91", "1Mei9!"), "FILE: line 10: the key is not base64"},
      {changed("257 3 13 (", "257"), "FILE: line 1"},
      {changed("20261125141356 20261124141352 19700101000000 257 3 13 (", "20261125141356 ("), "FILE: line 10: "},
      {changed("KEYDATA", "A"), "FILE: line 10: neither KEYDATA nor SOA"},
      {changed("$ORIGIN .", "$ORIGIN"), "FILE: line 1: $ORIGIN needs one name"},
      {changed(") ; revoked KSK", "; revoked KSK"), "FILE: line "},
  };
  for (const auto& [text, complaint] : cases) {
    const auto all = read(text);
    ASSERT_FALSE(all) << text;
    EXPECT_TRUE(all.error().starts_with(complaint)) << all.error();
  }
}

}  // namespace
}  // namespace trustanchor
