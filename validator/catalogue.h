#pragma once
// The catalogue of findings: one row per slug, with all that is the same for every occurrence of it.
// It does not hold occurrences (who, where, which servers) and decides no verdict.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace validator {

// One enumerator per slug, in the order of the catalogue. Slugs are API, the numbers are not.
enum class Code : std::uint16_t {
  // this machine and its forwarder
  clock_suspect,
  family_unreachable_here,
  exchanges_spent,
  forwarder_strips_dnssec,
  forwarder_fails,
  forwarder_verdict,
  forwarder_bad_cache,
  forwarder_lacks_anchor,
  forwarder_alters_answer,
  insecure_by_local_rule,

  // trust anchors
  anchor_missing,
  anchor_unusable,
  anchor_not_signing,
  anchor_outdated,
  anchor_revoked,
  anchor_pending,
  root_key_roll,

  // servers and transport
  server_silent,
  server_tcp_refused,
  truncated_without_tcp,
  reply_unreadable,
  rcode_unexpected,
  server_lame,
  aa_flag_wrong,
  server_loses_dnssec,
  edns_option_fails,
  edns_irregular,
  udp_answer_large,
  large_answer_lost,
  answer_needs_tcp,
  query_case_not_echoed,
  foreign_class_data,
  cookie_wrong,
  cookie_support_uneven,

  // agreement of the servers of one zone
  serials_differ,
  server_stale,
  server_unsigned,
  server_copy_bogus,
  data_differs_at_same_serial,
  key_missing_on_servers,
  multi_signer_keys_not_shared,
  multi_signer_present,

  // delegation
  delegation_absent,
  delegation_lame,
  delegation_insecure,
  delegation_algorithm_unsupported,
  delegation_digest_unsupported,
  island_of_security,
  island_broken,
  ns_sets_differ,
  ns_without_address,
  server_address_private,
  glue_missing,
  glue_differs,
  no_ipv4_server,
  parent_servers_disagree,
  ds_answered_from_wrong_side,
  ds_misplaced,

  // DS and the entry key
  no_secure_entry,
  ds_matches_no_key,
  ds_mistyped,
  ds_digest_mismatch,
  ds_spare_wrong,
  ds_without_key,
  entry_key_not_signing,
  entry_missing_for_algorithm,
  ds_for_unusable_key,
  ds_for_key_without_sep,
  ds_sha1_only,
  ds_sha1_surplus,
  ds_digest_forbidden,
  ds_unsupported,
  ds_ttl_long,

  // keys
  keys_missing,
  ksk_missing,
  zsk_missing,
  signing_key_missing,
  key_malformed,
  key_not_zone_key,
  key_below_apex,
  key_tag_collision,
  key_reused,
  key_unused,
  key_revoked,
  key_revoked_not_selfsigned,
  key_roles_unusual,
  rsa_size_illegal,
  rsa_size_short,
  rsa_exponent_illegal,
  rsa_exponent_unusual,
  algorithm_forbidden,
  algorithm_sha1,
  algorithm_discouraged,
  algorithm_unsupported,
  algorithm_experimental,
  verdict_depends_on_policy,
  rollover_phase,
  rollover_step_early,

  // signatures
  signature_missing,
  signature_missing_for_algorithm,
  signature_expired,
  signature_not_yet_valid,
  signature_period_inverted,
  signature_incorrect,
  signature_malformed,
  signature_signer_foreign,
  signature_labels_wrong,
  signature_by_revoked_key,
  signature_spare_bad,
  ttls_differ,
  ttl_above_original,
  non_authoritative_data_signed,

  // denial of existence
  denial_missing,
  wildcard_proof_missing,
  name_not_denied,
  closest_encloser_unproven,
  wildcard_not_denied,
  wildcard_not_applicable,
  nodata_record_missing,
  nodata_name_denied,
  denied_type_listed,
  opt_out_needed,
  ds_denial_unfit,
  ds_denial_from_child,
  denial_beyond_authority,
  nsec_next_outside_zone,
  nsec3_from_other_zone,
  denial_chain_broken,
  existing_name_denied,
  bitmap_contradicts_data,
  nsec_bitmap_malformed,
  nsec_ttl_wrong,
  nsec3_ignored,
  nsec3_parameters_mixed,
  nsec3param_mismatch,
  nsec3_iterations_nonzero,
  nsec3_iterations_above_limits,
  nsec3_salt_present,
  nsec3_opt_out,
  denial_kinds_mixed,
  denial_made_online,
  zone_walkable,
  nxdomain_above_names,
  nxdomain_contradicted,
  denial_soa_wrong,

  // answers, aliases, limits
  alias_with_other_data,
  alias_loop,
  alias_leaves_security,
  alias_leads_to_bogus,
  dname_cname_wrong,
  dname_cname_ttl_odd,
  answer_padded,
  work_budget_spent,
  validator_limits_exceeded,

  // time ahead
  chain_breaks_soon,
  signature_refresh_missed,
  ttl_outlives_signature,
  signature_within_clock_skew,
  signatures_expire_together,
  signature_shorter_than_soa_expire,
  signature_period_odd,

  // automation of the delegation
  cds_servers_disagree,
  cds_signed_by_wrong_key,
  cds_cdnskey_disagree,
  cds_differs_from_ds,
  cds_would_break,
  cds_delete_requested,
  cds_delete_wrong,
  bootstrap_signal_present,
  bootstrap_signal_unusable,
  csync_present,
  csync_unusable,
  dsync_present,

  // whole zone
  zone_apex_incomplete,
  out_of_zone_data,
  record_duplicate,
  nsec_missing_at_name,
  nsec_surplus,
  signature_orphaned,
  dname_with_descendants,
  zonemd_mismatch,
  zonemd_unusable,

  // summaries: one cause instead of many
  zone_not_signed,
  zone_signatures_expired,
  zone_signatures_early,
  zone_partly_expired,
  zone_signed_by_wrong_key,
  zone_denial_broken,
  parent_ds_bogus,
  parent_denial_bogus,
};

inline constexpr std::size_t code_count = 190;

// error: a MUST is broken. warning: a SHOULD is broken, or security or service will be lost at a known point if
// nobody acts. notice: advice, or a fact.
enum class Severity : std::uint8_t { error, warning, notice };

// yes: what these servers sent cannot be validated (or not be had) by anybody. some: it depends on the server
// picked, the validator, its policy, or the hour. Independent of severity.
enum class Breaks : std::uint8_t { yes, some, no };

// Who has to change something: the parent's operator, the child's operator, the registrar (whoever types DS and
// NS), the operator of a server, or this machine (its clock, anchors, forwarder).
enum class Party : std::uint8_t { parent, child, registrar, server, here };

enum class SubjectKind : std::uint8_t {
  zone,
  delegation,
  server,
  transport,
  key,
  ds,
  signature,
  rrset,
  denial,
  anchor,
  answer,
};

enum class Remedy : std::uint8_t {
  sign_zone,
  re_sign,
  make_ksk,
  make_zsk,
  roll_key,
  drop_key,
  restore_key,
  upload_ds,
  remove_ds,
  fix_ds,
  fix_cds,
  synchronise_servers,
  lower_ttl,
  fix_nsec,
  fix_nsec3_parameters,
  fix_server,
  fix_records,
  fix_delegation,
  update_anchor,
  fix_forwarder,
  set_clock,
  wait_until,
  contact_parent,
  none,
};

inline constexpr std::size_t remedy_count = 24;

inline constexpr int no_ede = -1;

struct Row {
  Code code;
  std::string_view slug;  // kebab-case, never renamed
  Severity severity;
  Breaks breaks;
  int ede;                      // code of RFC 8914 or its registry, or no_ede
  std::string_view rule;        // "RFC 4035 §5.3.1", a CVE, a draft, or "practice" for our own advice
  std::string_view meaning;     // one or two sentences for a person
  std::string_view sentence;    // template for one occurrence, see validator/sentence.h
  std::string_view parameters;  // names, space-separated; "reason{count,deadline}" closes the list of words
  Remedy remedy;
  Party blame;              // the usual one; a DS set or a no-DS proof blames the parent instead
  int layer;                // 0 this machine … 9 time ahead: orders causes inside one zone
  std::string_view dnsviz;  // corresponding codes of dnsviz 0.11.1, comma-separated; empty: new
};

// Returns: the row of `code`. Requires: `code` is an enumerator.
const Row& row(Code code);

// Returns: all rows, in the order of the enum.
std::span<const Row> rows();

// Returns: the row of that slug, or nullptr.
const Row* find_row(std::string_view slug);

// Returns: the row whose slug is fewest edits away from `slug` (the first of several): help after a typing error.
const Row& nearest(std::string_view slug);

// One parameter of a row: its name, and its closed list of words (comma-separated; empty if it is not a word).
struct Parameter {
  std::string_view name;
  std::string_view words;
};

// Returns: the declared parameters of `row`, in order; at most four, the unused ones have an empty name.
std::array<Parameter, 4> parameters(const Row& row);

// Returns: the words of a closed list, in order; empty if the parameter is not a word.
std::vector<std::string_view> words_of(const Parameter& parameter);

// Returns: the phrase a sentence uses for a word of a closed list ("timeout" -> "no reply in time"); `word` itself
// where the word already reads well.
std::string_view in_words(Code code, std::string_view parameter, std::string_view word);

// The spellings of JSON and of the command line: "error", "some", "registrar", "fix-ds", "ds", "ds-mistyped".
std::string_view to_text(Code code);
std::string_view to_text(Severity severity);
std::string_view to_text(Breaks breaks);
std::string_view to_text(Party party);
std::string_view to_text(SubjectKind kind);
std::string_view to_text(Remedy remedy);

}  // namespace validator
