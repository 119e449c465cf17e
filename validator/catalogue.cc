#include "validator/catalogue.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "validator/catalogue_answers.h"
#include "validator/catalogue_automation.h"
#include "validator/catalogue_delegation.h"
#include "validator/catalogue_denial.h"
#include "validator/catalogue_ds.h"
#include "validator/catalogue_here.h"
#include "validator/catalogue_keys.h"
#include "validator/catalogue_servers.h"
#include "validator/catalogue_signatures.h"
#include "validator/catalogue_zone.h"

namespace validator {
namespace {

template <std::size_t... sizes>
constexpr auto joined(const std::array<Row, sizes>&... parts) {
  std::array<Row, (sizes + ...)> all{};
  auto next = all.begin();
  ((next = std::copy(parts.begin(), parts.end(), next)), ...);
  return all;
}

constexpr auto table = joined(here_rows, servers_rows, delegation_rows, ds_rows, keys_rows, signatures_rows,
                              denial_rows, answers_rows, automation_rows, zone_rows);

constexpr bool in_order_of_enum() {
  for (std::size_t at = 0; at < table.size(); ++at) {
    if (static_cast<std::size_t>(table[at].code) != at) return false;
  }
  return true;
}

constexpr bool kebab_case(std::string_view slug) {
  char before = '-';
  for (const char letter : slug) {
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    if (!plain && (letter != '-' || before == '-')) return false;
    before = letter;
  }
  return before != '-';
}

constexpr bool slugs_unique() {
  for (std::size_t one = 0; one < table.size(); ++one) {
    for (std::size_t other = one + 1; other < table.size(); ++other) {
      if (table[one].slug == table[other].slug) return false;
    }
  }
  return true;
}

constexpr int last_ede = 33;  // the registry of RFC 8914 §5.2 as of the catalogue's date

constexpr bool complete(const Row& row) {
  return kebab_case(row.slug) && !row.rule.empty() && !row.meaning.empty() && !row.sentence.empty() &&
         row.ede >= no_ede && row.ede <= last_ede && row.layer >= 0 && row.layer <= 9;
}

static_assert(table.size() == code_count);
static_assert(in_order_of_enum());
static_assert(slugs_unique());
static_assert(std::all_of(table.begin(), table.end(), complete));

std::size_t edits(std::string_view from, std::string_view to);

}  // namespace

const Row& row(Code code) {
  assert(static_cast<std::size_t>(code) < table.size());
  return table[static_cast<std::size_t>(code)];
}

std::span<const Row> rows() { return table; }

const Row* find_row(std::string_view slug) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Row& row) { return row.slug == slug; });
  return found == table.end() ? nullptr : &*found;
}

const Row& nearest(std::string_view slug) {
  return *std::min_element(table.begin(), table.end(), [&](const Row& one, const Row& other) {
    return edits(slug, one.slug) < edits(slug, other.slug);
  });
}

std::array<Parameter, 4> parameters(const Row& row) {
  std::array<Parameter, 4> all{};
  std::string_view rest = row.parameters;
  for (auto& parameter : all) {
    if (rest.empty()) break;
    const auto space = std::min(rest.find(' '), rest.size());
    const auto word = rest.substr(0, space);
    const auto brace = std::min(word.find('{'), word.size());
    parameter.name = word.substr(0, brace);
    if (brace < word.size()) parameter.words = word.substr(brace + 1, word.size() - brace - 2);
    rest.remove_prefix(std::min(space + 1, rest.size()));
  }
  return all;
}

std::vector<std::string_view> words_of(const Parameter& parameter) {
  std::vector<std::string_view> words;
  std::string_view rest = parameter.words;
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    words.push_back(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return words;
}

std::string_view to_text(Code code) { return row(code).slug; }

std::string_view to_text(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::notice: return "notice";
  }
  return "";
}

std::string_view to_text(Breaks breaks) {
  switch (breaks) {
    case Breaks::yes: return "yes";
    case Breaks::some: return "some";
    case Breaks::no: return "no";
  }
  return "";
}

std::string_view to_text(Party party) {
  switch (party) {
    case Party::parent: return "parent";
    case Party::child: return "child";
    case Party::registrar: return "registrar";
    case Party::server: return "server";
    case Party::here: return "here";
  }
  return "";
}

std::string_view to_text(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::zone: return "zone";
    case SubjectKind::delegation: return "delegation";
    case SubjectKind::server: return "server";
    case SubjectKind::transport: return "transport";
    case SubjectKind::key: return "key";
    case SubjectKind::ds: return "ds";
    case SubjectKind::signature: return "signature";
    case SubjectKind::rrset: return "rrset";
    case SubjectKind::denial: return "denial";
    case SubjectKind::anchor: return "anchor";
    case SubjectKind::answer: return "answer";
  }
  return "";
}

std::string_view to_text(Remedy remedy) {
  switch (remedy) {
    case Remedy::sign_zone: return "sign-zone";
    case Remedy::re_sign: return "re-sign";
    case Remedy::make_ksk: return "make-ksk";
    case Remedy::make_zsk: return "make-zsk";
    case Remedy::roll_key: return "roll-key";
    case Remedy::drop_key: return "drop-key";
    case Remedy::restore_key: return "restore-key";
    case Remedy::upload_ds: return "upload-ds";
    case Remedy::remove_ds: return "remove-ds";
    case Remedy::fix_ds: return "fix-ds";
    case Remedy::fix_cds: return "fix-cds";
    case Remedy::synchronise_servers: return "synchronise-servers";
    case Remedy::lower_ttl: return "lower-ttl";
    case Remedy::fix_nsec: return "fix-nsec";
    case Remedy::fix_nsec3_parameters: return "fix-nsec3-parameters";
    case Remedy::fix_server: return "fix-server";
    case Remedy::fix_records: return "fix-records";
    case Remedy::fix_delegation: return "fix-delegation";
    case Remedy::update_anchor: return "update-anchor";
    case Remedy::fix_forwarder: return "fix-forwarder";
    case Remedy::set_clock: return "set-clock";
    case Remedy::wait_until: return "wait-until";
    case Remedy::contact_parent: return "contact-parent";
    case Remedy::none: return "none";
  }
  return "";
}

namespace {

// The Levenshtein distance, one row of the matrix at a time.
std::size_t edits(std::string_view from, std::string_view to) {
  std::vector<std::size_t> costs(to.size() + 1);
  std::iota(costs.begin(), costs.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = costs[0];
    costs[0] = i + 1;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const auto replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = costs[j + 1];
      costs[j + 1] = std::min({replaced, costs[j] + 1, costs[j + 1] + 1});
    }
  }
  return costs.back();
}

}  // namespace
}  // namespace validator
