// Text for people against cli.md §4: what comes first, what is said, how it folds.
#include "report/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "report/paper.h"
#include "tests/report/sample_chain.h"

namespace {

using report::Style;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

TEST(Text, verdict_first_then_the_cause_as_the_specification_shows_it) {
  const auto lines = lines_of(report::text(report_test::bogus_parent(), Style{}));
  // Lines 1, 2, 4 and 5 of the example in cli.md §4 ("since" only where a finding knows it).
  EXPECT_EQ(lines[0], "www.example.de A: BOGUS");
  EXPECT_EQ(lines[1], "  cause   de. (a parent of example.de., not your zone), all 6 servers");
  EXPECT_THAT(lines[2], HasSubstr("14 of 14 seen"));
  EXPECT_THAT(lines[2] + lines[3], HasSubstr("zone-signed-by-wrong-key, RFC 4035 §5.3.3, EDE 6"));
  const auto text = report::text(report_test::bogus_parent(), Style{});
  EXPECT_THAT(
      text,
      HasSubstr("  do      nothing in your zone helps; tell the registry; resolvers: negative trust anchor for de.\n"));
  EXPECT_THAT(text, HasSubstr("  chain   . secure -> de. BOGUS -> example.de. not reached"));
  EXPECT_THAT(text, HasSubstr("14 consequences folded (--all-probes)\n"));
  EXPECT_THAT(text, Not(HasSubstr("r2.de.")));
}

TEST(Text, the_forecast_closes_it) {
  const auto lines = lines_of(report::text(report_test::healthy(), Style{}));
  EXPECT_EQ(lines.front(), "www.example.org A: secure");
  EXPECT_EQ(lines.back(), "  holds   12d 4h, until 2026-12-06T07:11:00Z: RRSIG DNSKEY example.org.");
}

TEST(Text, names_in_other_scripts_stand_beside_their_a_labels) {
  auto chain = report_test::healthy();
  chain.name = report_test::name("xn--fiq228c5hs.example.");
  Style style;
  style.helpers.unicode = [](const dns::Name&) { return std::string("\u4e2d\u6587\u7f51.\u202eexample."); };
  EXPECT_EQ(lines_of(report::text(chain, style))[0],
            "xn--fiq228c5hs.example (\u4e2d\u6587\u7f51.???example) A: secure");  // what turns a line about is no text: an octet each
}

// As terminals count (UAX #11).
TEST(Paper, wide_characters_are_two_columns_and_marks_none) {
  EXPECT_EQ(report::columns("example"), 7U);
  EXPECT_EQ(report::columns("b\u00fccher"), 6U);
  EXPECT_EQ(report::columns("\u4e2d\u6587\u7f51"), 6U);
  EXPECT_EQ(report::columns("bu\u0308cher"), 6U);
  EXPECT_EQ(report::columns("\033[1;31m\uac00\033[0m"), 2U);
  EXPECT_EQ(report::columns("\u2502 \u2514\u2500"), 4U);
  EXPECT_EQ(report::columns("\xff\xfe"), 2U);  // no UTF-8: an octet each
  EXPECT_EQ(report::columns("\033["), 0U);
}

TEST(Text, keys_are_written_with_tag_number_and_mnemonic) {
  const auto text = report::text(report_test::healthy(), Style{});
  for (const auto* expected :
       {"DNSKEY  38696 8 RSASHA256", "DNSKEY  47213 13 ECDSAP256SHA256", "DS      26974 8 RSASHA256, 2 SHA-256",
        "servers 2 of 2", "www.example.org. A secure, 2 records, TTL 300"}) {
    EXPECT_THAT(text, HasSubstr(expected));
  }
}

TEST(Text, since_is_when_the_signature_ended) {
  EXPECT_EQ(lines_of(report::text(report_test::expired(), Style{}))[0],
            "www.example.org A: BOGUS since 2026-11-22T00:00Z");
}

TEST(Text, all_probes_unfolds_the_consequences) {
  Style style;
  style.probes = Style::Probes::all;
  const auto text = report::text(report_test::bogus_parent(), style);
  EXPECT_THAT(text, HasSubstr("r13.de. NSEC3"));
  EXPECT_THAT(text, Not(HasSubstr("folded")));
}

TEST(Text, level_leaves_out_what_is_lighter) {
  Style style;
  style.level = validator::Severity::error;
  EXPECT_THAT(report::text(report_test::healthy(), style), Not(HasSubstr("serials-differ")));
  style.level = validator::Severity::warning;
  EXPECT_THAT(report::text(report_test::healthy(), style), HasSubstr("serials-differ"));
}

TEST(Text, the_signer_gets_its_own_commands) {
  Style style;
  style.signer = validator::Signer::knot;
  const auto text = report::text(report_test::expired(), style);
  EXPECT_THAT(text, HasSubstr("knotc zone-sign example.org\n"));
  EXPECT_THAT(text, Not(HasSubstr("rndc")));
}

TEST(Text, nothing_but_commands_is_wider_than_the_paper) {
  for (const auto& chain : {report_test::healthy(), report_test::bogus_parent(), report_test::insecure_delegation(),
                            report_test::alias_across_zones(), report_test::unreachable(), report_test::rich()}) {
    for (const int width : {60, 80, 100}) {
      Style style;
      style.width = width;
      for (const auto& line : lines_of(report::text(chain, style))) {
        const bool is_command = line.starts_with("          ") && line.contains("example.com");
        EXPECT_TRUE(is_command || report::columns(line) <= static_cast<std::size_t>(width)) << width << ": " << line;
      }
    }
  }
}

TEST(Text, colour_only_if_asked_for_and_never_from_strangers) {
  for (const auto& chain : {report_test::healthy(), report_test::bogus_parent(), report_test::hostile()}) {
    EXPECT_THAT(report::text(chain, Style{}), Not(HasSubstr("\x1b")));
  }
  Style style;
  style.color = Style::Color::on;
  EXPECT_THAT(report::text(report_test::bogus_parent(), style), StartsWith("www.example.de A: \x1b[1;31mBOGUS\x1b[0m"));
  EXPECT_THAT(report::text(report_test::hostile(), style), Not(HasSubstr("\x1b[31m")));
}

TEST(Text, colour_changes_no_fold) {
  Style plain, colored;
  plain.width = colored.width = 60;
  colored.color = Style::Color::on;
  auto stripped = report::text(report_test::rich(), colored);
  for (auto at = stripped.find('\x1b'); at != std::string::npos; at = stripped.find('\x1b')) {
    stripped.erase(at, stripped.find('m', at) - at + 1);
  }
  EXPECT_EQ(stripped, report::text(report_test::rich(), plain));
}

TEST(Brief, verdict_zone_and_slug) {
  EXPECT_EQ(report::brief(report_test::bogus_parent()), "bogus de. zone-signed-by-wrong-key\n");  // cli.md §4
  EXPECT_EQ(report::brief(report_test::healthy()), "secure\n");
  EXPECT_EQ(report::blame_line(report_test::bogus_parent()),
            "de. (a parent of example.de., not your zone), all 6 servers\n");
  EXPECT_EQ(report::blame_line(report_test::healthy()), "");
  const std::vector<validator::Chain> both{report_test::healthy(), report_test::bogus_parent()};
  const auto lines = report::write(both, report::Format::blame, {});
  ASSERT_TRUE(lines);
  EXPECT_EQ(std::ranges::count(*lines, '\n'), 1) << "nobody is at fault for the first";
  EXPECT_TRUE(lines->ends_with(": " + report::blame_line(both[1])));
}

TEST(Formats, every_word_of_the_command_line_is_known) {
  for (const auto* word : {"text", "short", "json", "ndjson", "dot", "svg"}) {
    const auto format = report::parse_format(word);
    ASSERT_TRUE(format) << word;
    const auto out = report::write({report_test::healthy(), report_test::bogus_parent()}, *format, Style{});
    ASSERT_TRUE(out) << word;
    EXPECT_FALSE(out->empty()) << word;
    EXPECT_TRUE(report::write({validator::Chain{}}, *format, Style{})) << word << " of an empty chain";
    EXPECT_TRUE(report::write({}, *format, Style{})) << word << " of nothing";
  }
  EXPECT_FALSE(report::parse_format("html5"));
}

}  // namespace
