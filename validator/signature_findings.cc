#include "validator/signature_findings.h"

#include <string>

#include "dns/canonical.h"
#include "validator/draft.h"

namespace validator {
namespace {

using State = SignatureState;

std::size_t expected_octets(dns::Algorithm algorithm) {
  switch (algorithm) {
    case dns::Algorithm::ecdsap256sha256: return 64;
    case dns::Algorithm::ecdsap384sha384: return 96;
    case dns::Algorithm::ed25519: return 64;
    case dns::Algorithm::ed448: return 114;
    case dns::Algorithm::mldsa44: return 2420;
    default: return 0;
  }
}

std::int64_t seconds_between(dns::Timestamp from, dns::Timestamp to) { return dns::distance(from, to).count(); }

std::vector<Detail> details_of(const JudgedSignature& s, const dns::RRset& set, dns::Time now) {
  const auto here = dns::timestamp(now);
  const auto inception = dns::nearest(s.rrsig.inception, now), expires = dns::nearest(s.rrsig.expiration, now);
  switch (s.state) {
    case State::expired: return {{"expires", expires}, {"age", seconds_between(s.rrsig.expiration, here)}};
    case State::early: return {{"inception", inception}, {"offset", seconds_between(here, s.rrsig.inception)}};
    case State::inverted: return {{"inception", inception}, {"expires", expires}};
    case State::malformed:
      return {{"octets", count(s.rrsig.signature.size())},
              {"expected_octets", count(expected_octets(s.rrsig.algorithm))}};
    case State::signer_foreign: return {{"signer", s.rrsig.signer}};
    case State::labels_above_owner:
      return {{"reason", std::string("above-owner")},
              {"labels", std::uint64_t{s.rrsig.labels}},
              {"expected_labels", count(dns::rrsig_labels(set.owner))}};
    case State::labels_below_signer:
      return {{"reason", std::string("below-signer")},
              {"labels", std::uint64_t{s.rrsig.labels}},
              {"expected_labels", count(s.rrsig.signer.labels())}};
    case State::key_missing:
      return {{"tag", std::uint64_t{s.rrsig.tag}},
              {"algorithm", std::uint64_t{dns::number(s.rrsig.algorithm)}},
              {"count", std::uint64_t{1}}};
    case State::key_not_zone_key:
      return {{"reason", std::string(s.key->is_zone_key() ? "protocol" : "flag")},
              {"flags", std::uint64_t{s.key->flags}}};
    default: return {};
  }
}

std::vector<Detail> key_fault_details(const dns::Dnskey& key) {
  const KeyFacts facts = key_facts(key);
  const auto fault = facts.fault.value_or(KeyFault::point);
  const char* words[] = {"empty", "length", "point", "modulus"};
  std::vector<Detail> details{{"reason", std::string(words[static_cast<std::size_t>(fault)])},
                              {"octets", count(key.key.size())}};
  if (facts.expected_octets) details.push_back({"expected_octets", std::uint64_t{*facts.expected_octets}});
  return details;
}

bool says_nothing(State state) { return state == State::good || state == State::unchecked; }

}  // namespace

std::optional<SignatureFault> fault_of(const JudgedSignature& signature, const JudgedSet& judged, const dns::RRset& set,
                                       const dns::Name& zone, const Bench& bench) {
  using Weight = SignatureFault::Weight;
  const State state = signature.state;
  const Code code = code_of(state);
  if (state == State::unsupported && signature.key)
    return SignatureFault{code_of(signature.key->algorithm, bench.policy).value_or(code),
                          key_subject(zone, *signature.key),
                          {},
                          Weight::aside};
  if (says_nothing(state)) return std::nullopt;
  if (judged.good)
    return SignatureFault{Code::signature_spare_bad,
                          signature_subject(set, signature.rrsig),
                          {{"first_code", std::string(to_text(code))}},
                          Weight::aside};
  if (state == State::key_malformed)
    return SignatureFault{code, key_subject(zone, *signature.key), key_fault_details(*signature.key), Weight::decides};
  auto details = details_of(signature, set, bench.now);
  if (state == State::key_not_zone_key)
    return SignatureFault{code, key_subject(zone, *signature.key), std::move(details), Weight::decides};
  if (state == State::key_missing) return SignatureFault{code, zone_subject(zone), std::move(details), Weight::decides};
  return SignatureFault{code, signature_subject(set, signature.rrsig), std::move(details), Weight::decides};
}

}  // namespace validator
