#include <algorithm>
#include <map>
#include <string>

#include "validator/entry_findings.h"

namespace validator {
namespace {

// Decimal text of an exponent of up to 8 octets; longer ones in hex, since no person reads them.
std::string exponent_text(const dns::Bytes& octets) {
  if (octets.size() > 8) return "more than 2^64";
  std::uint64_t value = 0;
  for (const std::uint8_t octet : octets) value = value << 8 | octet;
  return std::to_string(value);
}

bool is_rsa(dns::Algorithm algorithm) {
  using enum dns::Algorithm;
  return algorithm == rsasha1 || algorithm == rsasha1_nsec3_sha1 || algorithm == rsasha256 || algorithm == rsasha512;
}

// RFC 3110 §2 and the bounds of named validators (standards.md §9).
std::optional<std::string> exponent_fault(const KeyFacts& facts) {
  if (facts.exponent_form == KeyFacts::ExponentForm::leading_zeros) return "leading-zeros";
  if (facts.exponent_form == KeyFacts::ExponentForm::long_form) return "long-form";
  if (facts.exponent.empty()) return std::nullopt;
  if ((facts.exponent.back() & 1) == 0) return "even";
  if (facts.exponent.size() == 1 && facts.exponent[0] < 3) return "small";
  const bool large =
      facts.exponent.size() > 5 ||
      (facts.exponent.size() == 5 && (facts.exponent[0] > 1 || exponent_text(facts.exponent) > "4294967297"));
  if (large) return "large";
  return std::nullopt;
}

class KeyFindings {
 public:
  KeyFindings(Draft& draft, ZoneId zone, const KeysJudgement& judgement, const ServerSet& servers)
      : draft_(draft), zone_(zone), name_(draft.chain.zones[zone].name), judgement_(judgement), servers_(servers) {}

  void raise() {
    for (const dns::Dnskey& key : judgement_.published) {
      algorithm(key);
      form(key);
      if (key.is_revoked()) revoked(key);
    }
    collisions();
  }

 private:
  void algorithm(const dns::Dnskey& key) {
    if (const auto code = code_of(key.algorithm, draft_.policy)) find(*code, key, {});
  }

  void form(const dns::Dnskey& key) {
    const KeyFacts facts = key_facts(key);
    if (facts.fault) malformed(key, facts);
    if (!is_rsa(key.algorithm) || facts.fault) return;
    const std::uint32_t minimum = key.algorithm == dns::Algorithm::rsasha512 ? 1024 : 512;
    if (facts.bits < minimum || facts.bits > 4096)
      find(Code::rsa_size_illegal, key,
           {{"bits", std::uint64_t{facts.bits}}, {"minimum_bits", std::uint64_t{minimum}}});
    else if (facts.bits < short_below(key))
      find(Code::rsa_size_short, key,
           {{"bits", std::uint64_t{facts.bits}}, {"minimum_bits", std::uint64_t{short_below(key)}}});
    if (const auto fault = exponent_fault(facts))
      find(Code::rsa_exponent_illegal, key, {{"reason", *fault}, {"exponent", exponent_text(facts.exponent)}});
    else if (exponent_text(facts.exponent) != "65537")
      find(Code::rsa_exponent_unusual, key, {{"exponent", exponent_text(facts.exponent)}});
  }

  // The root's ZSK shrinks to 1536 bits in its algorithm roll (standards.md §0.8).
  std::uint32_t short_below(const dns::Dnskey& key) const { return name_.is_root() && !key.is_sep() ? 1536 : 2048; }

  void malformed(const dns::Dnskey& key, const KeyFacts& facts) {
    const char* words[] = {"empty", "length", "point", "modulus"};
    std::vector<Detail> details{{"reason", std::string(words[static_cast<std::size_t>(*facts.fault)])},
                                {"octets", count(key.key.size())}};
    if (facts.expected_octets) details.push_back({"expected_octets", std::uint64_t{*facts.expected_octets}});
    find(Code::key_malformed, key, std::move(details));
  }

  // RFC 5011 §2.1: a revocation counts when the key itself signs it.
  void revoked(const dns::Dnskey& key) {
    const bool by_itself = std::ranges::any_of(judgement_.set.signatures, [&](const JudgedSignature& signature) {
      return signature.state == SignatureState::good && signature.key == key;
    });
    if (by_itself)
      find(Code::key_revoked, key, {});
    else if (draft_.facts.evidence().target.effort == dns::Effort::full)
      find(Code::key_revoked_not_selfsigned, key, {});
  }

  void collisions() {
    std::map<std::pair<dns::KeyTag, dns::Algorithm>, std::vector<const dns::Dnskey*>> by_tag;
    for (const dns::Dnskey& key : judgement_.published) by_tag[{key.tag(), key.algorithm}].push_back(&key);
    for (const auto& [id, keys] : by_tag)
      if (keys.size() > 1) find(Code::key_tag_collision, *keys.front(), {{"count", count(keys.size())}});
  }

  void find(Code code, const dns::Dnskey& key, std::vector<Detail> details) {
    draft_.find(code, key_subject(name_, key), std::move(details), zone_, servers_);
  }

  Draft& draft_;
  ZoneId zone_;
  dns::Name name_;
  const KeysJudgement& judgement_;
  const ServerSet& servers_;
};

}  // namespace

std::optional<Code> code_of(dns::Algorithm algorithm, const Policy& policy) {
  using enum dns::Algorithm;
  if (algorithm == dns::Algorithm{0}) return Code::algorithm_forbidden;  // IANA: reserved, for CDS delete requests
  switch (algorithm) {
    case rsamd5:
    case dsa:
    case dsa_nsec3_sha1:
    case ecc_gost:
    case indirect: return Code::algorithm_forbidden;
    case rsasha1:
    case rsasha1_nsec3_sha1: return Code::algorithm_sha1;
    case mldsa44:
    case sm2sm3:
    case ecc_gost12: return Code::algorithm_experimental;
    default: break;
  }
  if (!policy.accepts(algorithm)) return Code::algorithm_unsupported;
  if (algorithm == rsasha512) return Code::algorithm_discouraged;
  return std::nullopt;
}

void key_findings(Draft& draft, ZoneId zone, const KeysJudgement& judgement, const ServerSet& servers) {
  KeyFindings(draft, zone, judgement, servers).raise();
}

}  // namespace validator
