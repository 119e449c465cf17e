#include "validator/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <source_location>
#include <string>
#include <utility>

#include "validator/catalogue_text.h"
#include "validator/sentence.h"

namespace validator {
namespace {

std::size_t count_rows(auto wanted) {
  return static_cast<std::size_t>(std::count_if(rows().begin(), rows().end(), wanted));
}

// The totals of findings.md §5. Its tables agree with them.
TEST(Catalogue, TotalsAreThoseOfTheSpecification) {
  struct Case {
    Severity severity;
    Breaks breaks;
    std::size_t total;
  };
  constexpr auto cases = std::to_array<Case>({
      {Severity::error, Breaks::yes, 51},
      {Severity::error, Breaks::some, 49},
      {Severity::error, Breaks::no, 18},
      {Severity::warning, Breaks::yes, 0},
      {Severity::warning, Breaks::some, 27},
      {Severity::warning, Breaks::no, 13},
      {Severity::notice, Breaks::yes, 0},
      {Severity::notice, Breaks::some, 5},
      {Severity::notice, Breaks::no, 27},
  });
  for (const auto& [severity, breaks, total] : cases) {
    EXPECT_EQ(count_rows([&](const Row& row) { return row.severity == severity && row.breaks == breaks; }), total)
        << to_text(severity) << " " << to_text(breaks);
  }
  EXPECT_EQ(rows().size(), 190U);
  EXPECT_EQ(count_rows([](const Row& row) { return row.ede != no_ede; }), 83U);
  EXPECT_EQ(count_rows([](const Row& row) { return row.dnsviz.empty(); }), 100U);
  std::set<Remedy> kinds;
  for (const auto& row : rows()) kinds.insert(row.remedy);
  EXPECT_EQ(kinds.size(), remedy_count);
}

// The 8 codes of dnsviz 0.11.1 without a row are named in findings.md §2.14; its 154 codes less these are 146. Three
// codes stand at two rows or more.
TEST(Catalogue, DnsvizCodesAreCountedOnce) {
  std::set<std::string> codes;
  for (const auto& row : rows()) {
    std::string_view rest = row.dnsviz;
    while (!rest.empty()) {
      const auto comma = std::min(rest.find(", "), rest.size());
      codes.emplace(rest.substr(0, comma));
      rest.remove_prefix(std::min(comma + 2, rest.size()));
    }
  }
  for (const auto& code : codes) {
    EXPECT_TRUE(std::all_of(code.begin(), code.end(), [](char letter) {
      return (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') || letter == '_';
    })) << code;
  }
  EXPECT_EQ(codes.size(), 146U);
}

template <Code code>
constexpr std::string_view signature_of() {
  return std::source_location::current().function_name();
}

// The compiler knows how an enumerator is spelled: "… [with Code code = validator::Code::ds_mistyped; …]".
template <std::size_t at>
std::string slug_by_compiler() {
  std::string_view text = signature_of<static_cast<Code>(at)>();
  constexpr std::string_view mark = "Code::";
  text.remove_prefix(text.rfind(mark) + mark.size());
  const auto end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_");
  std::string slug{text.substr(0, end)};
  std::replace(slug.begin(), slug.end(), '_', '-');
  return slug;
}

template <std::size_t... at>
std::vector<std::string> slugs_by_compiler(std::index_sequence<at...>) {
  return {slug_by_compiler<at>()...};
}

TEST(Catalogue, EverySlugIsItsEnumeratorInKebabCase) {
  const auto slugs = slugs_by_compiler(std::make_index_sequence<code_count>{});
  for (const auto& row : rows()) EXPECT_EQ(row.slug, slugs[static_cast<std::size_t>(row.code)]);
}

TEST(Catalogue, EveryRowIsFoundByCodeAndBySlug) {
  std::set<std::string_view> slugs;
  for (const auto& each : rows()) {
    EXPECT_EQ(&row(each.code), &each);
    EXPECT_EQ(find_row(each.slug), &each);
    EXPECT_EQ(to_text(each.code), each.slug);
    EXPECT_EQ(nearest(each.slug).code, each.code) << "no edit is fewer than one";
    slugs.insert(each.slug);
  }
  EXPECT_EQ(slugs.size(), rows().size());
  EXPECT_EQ(find_row("no-such-finding"), nullptr);
  EXPECT_EQ(find_row(""), nullptr);
}

TEST(Catalogue, NearestHelpsAfterATypingError) {
  struct Case {
    std::string_view typed;
    Code meant;
  };
  constexpr auto cases = std::to_array<Case>({
      {"ds-mistped", Code::ds_mistyped},               // a letter missing
      {"signature-expierd", Code::signature_expired},  // two letters changed places
      {"zone-signature-expired",
       Code::zone_signatures_expired},  // one letter from it, two words from signature-expired
      {"server_lame", Code::server_lame},
      {"glue-missing", Code::glue_missing},
      {"no-secure-entyr", Code::no_secure_entry},
  });
  for (const auto& [typed, meant] : cases) EXPECT_EQ(nearest(typed).slug, row(meant).slug) << typed;
}

TEST(Catalogue, RulesAreCitationsOfOneForm) {
  for (const auto& row : rows()) {
    const auto rfc = row.rule.starts_with("RFC ") && row.rule.find(" §") != std::string_view::npos;
    const auto other = row.rule == "practice" || row.rule.starts_with("CVE-20") || row.rule.starts_with("draft-");
    EXPECT_TRUE(rfc || other) << row.slug << ": " << row.rule;
  }
}

TEST(Catalogue, MeaningsAreSentencesAndSentencesAreNot) {
  for (const auto& row : rows()) {
    EXPECT_TRUE(row.meaning.ends_with('.')) << row.slug;
    EXPECT_GE(row.meaning.size(), 60U) << row.slug;
    EXPECT_FALSE(row.sentence.ends_with('.')) << row.slug;
    EXPECT_LE(row.sentence.size(), 140U) << row.slug;
    EXPECT_EQ(row.meaning.find_first_of("|{}[]"), std::string_view::npos) << row.slug << ": goes into a Markdown table";
  }
}

bool is_parameter(const Row& row, std::string_view name) {
  const auto declared = parameters(row);
  return std::any_of(declared.begin(), declared.end(), [&](const Parameter& each) { return each.name == name; });
}

TEST(Catalogue, PlaceholdersAreParametersOrFieldsOfTheSubject) {
  const std::set<std::string_view> fields{"zone", "name", "type", "tag", "algorithm", "digest", "signer", "server"};
  for (const auto& row : rows()) {
    for (const auto name : placeholders(row.sentence)) {
      EXPECT_TRUE(fields.contains(name) || is_parameter(row, name)) << row.slug << ": " << name;
    }
  }
}

TEST(Catalogue, EveryParameterAppearsInTheSentence) {
  for (const auto& row : rows()) {
    const auto shown = placeholders(row.sentence);
    for (const auto& parameter : parameters(row)) {
      if (parameter.name.empty()) continue;
      EXPECT_TRUE(std::find(shown.begin(), shown.end(), parameter.name) != shown.end())
          << row.slug << ": " << parameter.name;
    }
  }
}

// findings.md §1: a parameter has the same type wherever it appears, these are all there are.
TEST(Catalogue, ParametersAreOfTheListOfTypes) {
  std::set<std::string_view> known;
  std::string_view rest =
      "name next encloser next_closer wildcard target expected_target ns soa_owner signer type types expires inception "
      "breaks_at since until first last next_step_at ttl original_ttl expected_ttl remaining period age usual offset "
      "waited "
      "soa_expire count total expired limit tries labels expected_labels iterations spent octets expected_octets "
      "works_octets bits minimum_bits exponent tag tags published signing revoked algorithm algorithms digests "
      "stronger keys "
      "ds add remove serial newest_serial serials address missing extra family rcode ede flags hash option first_code "
      "their_verdict verdict_after verdicts reason which edge section phase form field mode text file validator "
      "expected "
      "found scheme";
  while (!rest.empty()) {
    const auto space = std::min(rest.find(' '), rest.size());
    known.insert(rest.substr(0, space));
    rest.remove_prefix(std::min(space + 1, rest.size()));
  }
  const std::set<std::string_view> words{"reason", "which", "edge", "section", "phase",
                                         "form",   "field", "mode", "family"};
  for (const auto& row : rows()) {
    for (const auto& parameter : parameters(row)) {
      if (parameter.name.empty()) continue;
      EXPECT_TRUE(known.contains(parameter.name)) << row.slug << ": " << parameter.name;
      EXPECT_EQ(words.contains(parameter.name), words_of(parameter).size() >= 2) << row.slug << ": " << parameter.name;
    }
  }
}

TEST(Catalogue, ClosedListsReadInWords) {
  EXPECT_EQ(in_words(Code::server_silent, "reason", "timeout"), "no reply in time");
  EXPECT_EQ(in_words(Code::foreign_class_data, "section", "answer"), "answer") << "reads well as it is";
  EXPECT_EQ(in_words(Code::server_silent, "reason", "unheard-of"), "unheard-of") << "a word of a later version";
  for (const auto& row : rows()) {
    for (const auto& parameter : parameters(row)) {
      for (const auto word : words_of(parameter))
        EXPECT_FALSE(in_words(row.code, parameter.name, word).empty()) << row.slug;
    }
  }
}

TEST(Catalogue, DeclaredParametersAreReadFromTheRow) {
  const auto two = parameters(row(Code::exchanges_spent));
  EXPECT_EQ(two[0].name, "reason");
  EXPECT_EQ(words_of(two[0]), (std::vector<std::string_view>{"count", "deadline"}));
  EXPECT_EQ(two[1].name, "limit");
  EXPECT_TRUE(words_of(two[1]).empty());
  EXPECT_TRUE(two[2].name.empty());
  EXPECT_EQ(parameters(row(Code::forwarder_fails))[3].name, "text") << "the longest list has four";
  EXPECT_TRUE(parameters(row(Code::server_unsigned))[0].name.empty());
}

// Rows picked because each has something of its own: an override of the blame, a layer of its own, a rule that is no
// RFC.
TEST(Catalogue, RowsAreThoseOfTheSpecification) {
  struct Case {
    Code code;
    int ede;
    std::string_view rule;
    Remedy remedy;
    Party blame;
    int layer;
  };
  constexpr auto cases = std::to_array<Case>({
      {Code::clock_suspect, no_ede, "RFC 4034 §3.1.5", Remedy::set_clock, Party::here, 0},
      {Code::anchor_missing, 5, "RFC 4033 §5", Remedy::update_anchor, Party::here, 1},
      {Code::server_lame, 22, "RFC 1912 §2.8", Remedy::fix_server, Party::server, 2},
      {Code::multi_signer_keys_not_shared, 9, "RFC 8901 §2.1.2", Remedy::restore_key, Party::child, 2},
      {Code::parent_servers_disagree, no_ede, "RFC 1034 §4.3.5", Remedy::contact_parent, Party::parent, 3},
      {Code::ds_mistyped, 9, "RFC 4034 §5.1", Remedy::fix_ds, Party::registrar, 4},
      {Code::algorithm_experimental, no_ede, "draft-westerbaan-dnssec-mldsa", Remedy::none, Party::child, 5},
      {Code::signature_incorrect, 6, "RFC 4035 §5.3.3", Remedy::re_sign, Party::child, 6},
      {Code::denial_soa_wrong, no_ede, "RFC 2308 §3", Remedy::fix_server, Party::server, 7},
      {Code::work_budget_spent, no_ede, "CVE-2023-50387", Remedy::drop_key, Party::child, 8},
      {Code::dsync_present, no_ede, "RFC 9859 §3", Remedy::none, Party::parent, 9},
      {Code::zonemd_mismatch, no_ede, "RFC 8976 §4", Remedy::re_sign, Party::child, 6},
      {Code::zone_not_signed, 9, "RFC 4035 §5.2", Remedy::remove_ds, Party::registrar, 4},
      {Code::zone_denial_broken, 12, "RFC 4035 §5.4", Remedy::fix_nsec, Party::child, 7},
      {Code::parent_ds_bogus, 6, "RFC 4035 §5.2", Remedy::contact_parent, Party::parent, 8},
  });
  for (const auto& [code, ede, rule, remedy, blame, layer] : cases) {
    const auto& is = row(code);
    EXPECT_EQ(is.ede, ede) << is.slug;
    EXPECT_EQ(is.rule, rule) << is.slug;
    EXPECT_EQ(is.remedy, remedy) << is.slug;
    EXPECT_EQ(is.blame, blame) << is.slug;
    EXPECT_EQ(is.layer, layer) << is.slug;
  }
}

TEST(Catalogue, EnumsAreSpelledAsInJson) {
  EXPECT_EQ(to_text(Severity::warning), "warning");
  EXPECT_EQ(to_text(Breaks::some), "some");
  EXPECT_EQ(to_text(Party::registrar), "registrar");
  EXPECT_EQ(to_text(SubjectKind::transport), "transport");
  EXPECT_EQ(to_text(Remedy::fix_nsec3_parameters), "fix-nsec3-parameters");
  std::set<std::string_view> remedies;
  for (std::size_t kind = 0; kind < remedy_count; ++kind) remedies.insert(to_text(static_cast<Remedy>(kind)));
  EXPECT_EQ(remedies.size(), remedy_count);
  std::set<std::string_view> kinds;
  for (int kind = 0; kind <= static_cast<int>(SubjectKind::answer); ++kind)
    kinds.insert(to_text(static_cast<SubjectKind>(kind)));
  EXPECT_EQ(kinds.size(), 11U);
  EXPECT_FALSE(remedies.contains("") || kinds.contains(""));
}

TEST(Sentence, FillsDropsAndMarks) {
  struct Case {
    std::string_view sentence;
    std::string_view expected;
  };
  const std::vector<Filling> values{
      {"tag", "12345"}, {"zone", "example.com."}, {"none", ""}, {"zone", "later.example."}};
  constexpr auto cases = std::to_array<Case>({
      {"", ""},
      {"plain", "plain"},
      {"key {tag} of {zone}", "key 12345 of example.com."},  // the first value of a name wins
      {"key[ {tag}] here", "key 12345 here"},
      {"key[ {tog}] here", "key here"},
      {"key[ {tag} {tog}] here", "key here"},  // one missing drops the whole piece
      {"key[ {none}] here", "key here"},       // an empty text is no value
      {"[{tag}]", "12345"},
      {"[{tog}]", ""},
      {"{tog}!", "?!"},
      {"[open {tag}", "open 12345"},
      {"{open", "{open"},
      {"{}", "{}"},
      {"{A B}", "{A B}"},
  });
  for (const auto& [sentence, expected] : cases) EXPECT_EQ(render(sentence, values), expected) << sentence;
}

TEST(Sentence, AValueIsNeverReadAsATemplate) {
  const std::vector<Filling> values{{"text", "[{zone}] {tag}"}, {"zone", "example.com."}, {"tag", "1"}};
  EXPECT_EQ(render("says {text}", values), "says [{zone}] {tag}");
  EXPECT_EQ(render("says[ {text}]", values), "says [{zone}] {tag}");
  EXPECT_EQ(fill("says {text}", values), "says [{zone}] {tag}");
}

TEST(Sentence, FillKeepsWhatIsToBeFilledInByHand) {
  const std::vector<Filling> values{{"zone", "example.com"}};
  EXPECT_EQ(fill("sign -e {end} {zone} [x]", values), "sign -e {end} example.com [x]");
}

TEST(Sentence, EveryRowHasACompleteExample) {
  for (const auto& row : rows()) {
    const auto text = render(row.sentence, example_values(row));
    EXPECT_EQ(text.find_first_of("?{}[]"), std::string::npos) << row.slug << ": " << text;
  }
}

// Without its optional pieces a sentence still is one: no gap, no mark left hanging.
TEST(Sentence, ReadsWellWithoutItsOptionalPieces) {
  for (const auto& row : rows()) {
    std::string bare{row.sentence};
    while (bare.find('[') != std::string::npos) bare.erase(bare.find('['), bare.find(']') - bare.find('[') + 1);
    const auto text = render(bare, example_values(row));
    EXPECT_EQ(text.find("  "), std::string::npos) << row.slug << ": " << text;
    EXPECT_EQ(text.find(" ,"), std::string::npos) << row.slug << ": " << text;
    EXPECT_FALSE(text.empty() || text.back() == ' ' || text.back() == ':' || text.back() == ',')
        << row.slug << ": " << text;
    EXPECT_FALSE(text.front() == ' ') << row.slug << ": " << text;
  }
}

TEST(CatalogueText, ExplanationHoldsTheWholeRow) {
  for (const auto& row : rows()) {
    const auto text = explain_text(row.code);
    EXPECT_TRUE(text.starts_with(row.slug)) << row.slug;
    EXPECT_NE(text.find(row.rule), std::string::npos) << row.slug;
    EXPECT_NE(text.find(to_text(row.remedy)), std::string::npos) << row.slug;
    EXPECT_NE(text.find(row.meaning.substr(0, 20)), std::string::npos) << row.slug;
    EXPECT_TRUE(text.ends_with('\n')) << row.slug;
  }
  const auto text = explain_text(Code::ds_mistyped);
  EXPECT_NE(text.find("9 DNSKEY Missing"), std::string::npos) << "RFC 8914 §4.10";
  EXPECT_NE(text.find("ldns-key2ds"), std::string::npos);
  EXPECT_NE(text.find("at the registrar"), std::string::npos);
  EXPECT_NE(explain_text(Code::signature_incorrect).find("SIGNATURE_INVALID"), std::string::npos);
}

TEST(CatalogueText, MarkdownHasALinePerRowAndWholeTables) {
  const auto text = catalogue_markdown();
  std::size_t lines = 0;
  std::size_t tables = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto line = std::string_view{text}.substr(at, end - at);
    if (line.starts_with("| `") && std::count(line.begin(), line.end(), '|') == 11) ++lines;
    if (line.starts_with("## ")) ++tables;
    at = end + 1;
  }
  EXPECT_EQ(lines, rows().size());
  EXPECT_EQ(tables, 15U) << "the 14 sections of the catalogue, and the remedies";
  EXPECT_NE(text.find("| `fix-ds` |"), std::string::npos);
}

TEST(CatalogueText, ListHasALinePerRow) {
  const auto text = catalogue_list();
  EXPECT_EQ(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), rows().size());
}

}  // namespace
}  // namespace validator
