#include "tests/validator/denial_table.h"

#include <algorithm>
#include <sstream>

#include "dns/canonical.h"
#include "dns/text.h"

namespace denial_table {

using dns::Name;
using validator::CutProof;
using validator::Denial;
using validator::DenialSet;
using validator::Problem;
using validator::Proof;

namespace {

std::string word(Proof::Outcome outcome) {
  return outcome == Proof::Outcome::proven ? "proven" : outcome == Proof::Outcome::insecure ? "insecure" : "failed";
}

std::string word(CutProof::Cut cut) {
  switch (cut) {
    case CutProof::Cut::insecure_delegation: return "insecure-delegation";
    case CutProof::Cut::not_a_cut: return "not-a-cut";
    case CutProof::Cut::absent: return "absent";
    case CutProof::Cut::child_side: return "child-side";
    case CutProof::Cut::unproven: return "unproven";
  }
  return "?";
}

std::vector<std::string> words(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> all;
  for (std::string next; stream >> next;) all.push_back(next);
  return all;
}

Name name(std::string_view text) { return Name::parse(text).value(); }

// findings.md: a problem has no parameters but those of its row, and only the row's words.
void expect_row(const Problem& problem) {
  const auto declared = validator::parameters(validator::row(problem.code));
  for (const auto& detail : problem.details) {
    const auto row = std::ranges::find(declared, detail.name, &validator::Parameter::name);
    ASSERT_NE(row, declared.end()) << validator::to_text(problem.code) << " has no parameter " << detail.name;
    const auto* text = std::get_if<std::string>(&detail.value);
    if (text == nullptr || row->words.empty()) continue;
    EXPECT_NE(("," + std::string(row->words) + ",").find("," + *text + ","), std::string::npos)
        << validator::to_text(problem.code) << ": " << *text;
  }
}

void expect_sound(const Proof& proof) {
  for (const Problem& problem : proof.problems) expect_row(problem);
  EXPECT_TRUE(std::ranges::is_sorted(proof.used));
  if (proof.outcome == Proof::Outcome::failed) {
    ASSERT_FALSE(proof.problems.empty());
    EXPECT_NE(validator::row(proof.problems.front().code).breaks, validator::Breaks::no);
    EXPECT_EQ(validator::row(proof.problems.front().code).severity, validator::Severity::error);
  } else {
    EXPECT_FALSE(proof.used.empty());
  }
}

std::string value_of(std::string_view& line, std::string_view key) {
  const std::string start = "[" + std::string(key) + "=";
  if (!line.starts_with(start)) return "";
  const auto end = line.find(']');
  std::string value(line.substr(start.size(), end - start.size()));
  line.remove_prefix(end + 2);
  return value;
}

}  // namespace

DenialSet set_of(std::string_view line, const Name& zone) {
  const std::string labels = value_of(line, "labels"), signer = value_of(line, "signer");
  const auto record = dns::parse_record(line);
  EXPECT_TRUE(record.has_value()) << line << ": " << (record ? "" : record.error());
  DenialSet made;
  made.set.owner = record->owner;
  made.set.type = record->type;
  made.set.rdatas = {record->rdata};
  made.signer = signer.empty() ? zone : name(signer);
  made.rrsig_labels = static_cast<std::uint8_t>(labels.empty() ? dns::rrsig_labels(record->owner) : std::stoul(labels));
  return made;
}

std::vector<DenialSet> sets_of(const std::vector<std::string_view>& lines, const Name& zone) {
  std::vector<DenialSet> sets;
  for (const std::string_view line : lines) sets.push_back(set_of(line, zone));
  return sets;
}

Proof proof_of(const Denial& denial, std::string_view question) {
  const auto part = words(question);
  if (part[0] == "nxdomain") return denial.prove_nxdomain(name(part[1]));
  if (part[0] == "nodata") return denial.prove_nodata(name(part[1]), dns::parse_rrtype(part[2]).value());
  if (part[0] == "wildcard")
    return denial.prove_wildcard_answer(name(part[1]), static_cast<std::uint8_t>(std::stoul(part[2])));
  return denial.prove_cut(name(part[1])).proof;
}

std::string judge(const World& world, const std::vector<DenialSet>& sets, std::string_view question) {
  validator::Work work(world.policy.bounds);
  const Denial denial(name(world.zone), sets, world.policy, world.hash, work);
  for (const Problem& problem : denial.problems()) expect_row(problem);
  const auto part = words(question);
  const CutProof cut = part[0] == "cut" ? denial.prove_cut(name(part[1])) : CutProof{{}, proof_of(denial, question)};
  expect_sound(cut.proof);
  std::string answer = word(cut.proof.outcome);
  if (part[0] == "cut") answer += " " + word(cut.cut);
  const std::string why = slugs(cut.proof.problems);
  return why.empty() ? answer : answer + " " + why;
}

std::string slugs(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems)
    text += (text.empty() ? "" : " ") + std::string(validator::to_text(problem.code));
  return text;
}

std::string details(const Problem& problem) {
  std::string text;
  for (const auto& detail : problem.details)
    text += (text.empty() ? "" : " ") + std::string(detail.name) + "=" + validator::print(detail.value);
  return text;
}

void expect_each(const World& world, const std::vector<Case>& cases) {
  for (const Case& row : cases) {
    const auto sets = sets_of(row.records, name(world.zone));
    EXPECT_EQ(judge(world, sets, row.question), row.answer) << row.why << ": " << row.question;
    // The verdict does not depend on the order in which the records came.
    auto turned = sets;
    std::ranges::reverse(turned);
    EXPECT_EQ(judge(world, turned, row.question), row.answer) << row.why << " (turned): " << row.question;
  }
}

}  // namespace denial_table
