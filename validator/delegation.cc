#include "validator/delegation.h"

#include <algorithm>
#include <map>

#include "dns/canonical.h"

namespace validator {
namespace {

bool may_be_entry(const dns::Dnskey& key) { return key.is_zone_key() && key.protocol == 3 && !key.is_revoked(); }

// RFC 4034 §5.1.4. The length is part of the comparison: vectors of unequal size are unequal.
bool digest_fits(const dns::Name& zone, const dns::Ds& ds, const dns::Dnskey& key, Verifier& verifier) {
  const auto digest = verifier.digest(ds.digest_type, dns::ds_input(zone, key));
  return digest && *digest == ds.digest;
}

DsState bar_of(const dns::Dnskey& key) {
  if (!key.is_zone_key()) return DsState::key_not_zone_key;
  if (key.protocol != 3) return DsState::key_wrong_protocol;
  return key.is_revoked() ? DsState::key_revoked : DsState::matches;
}

// Finds the key that one DS means. Requires: judged.state is not_considered for want of a look, i.e. it counts.
void look_up(JudgedDs& judged, const dns::Name& zone, const std::vector<dns::Dnskey>& keys, Bench& bench) {
  judged.state = DsState::no_key;
  std::size_t failures = 0;
  for (const dns::Dnskey& key : keys) {
    if (key.algorithm != judged.ds.algorithm || key.tag() != judged.ds.tag) continue;
    if (!bench.work.may_digest_again(failures)) return;
    if (!judged.key) judged.key = key;
    if (digest_fits(zone, judged.ds, key, bench.verifier)) {
      judged.key = key;
      judged.state = bar_of(key);
      return;
    }
    ++failures;
    const bool whole = judged.ds.digest.size() == digest_octets(judged.ds.digest_type);
    judged.state = whole ? DsState::digest_differs : DsState::length_wrong;
  }
}

bool is_key_of(const std::vector<dns::Dnskey>& keys, const dns::Dnskey& key) {
  return std::ranges::find(keys, key) != keys.end();
}

std::vector<dns::Dnskey> entry_keys(const KeysJudgement& judgement) {
  std::vector<dns::Dnskey> keys = judgement.anchored;
  for (const JudgedDs& ds : judgement.ds)
    if (ds.state == DsState::matches && !is_key_of(keys, *ds.key)) keys.push_back(*ds.key);
  return keys;
}

// The keys in the order in which they should be tried: those that decide first.
std::vector<dns::Dnskey> entry_first(const std::vector<dns::Dnskey>& published,
                                     const std::vector<dns::Dnskey>& entries) {
  std::vector<dns::Dnskey> keys = published;
  std::ranges::stable_partition(keys, [&](const dns::Dnskey& key) { return is_key_of(entries, key); });
  return keys;
}

// Signatures that name an entry key go first, for the same reason.
dns::SignedRRset entry_signatures_first(const dns::SignedRRset& heard, const std::vector<dns::Dnskey>& entries) {
  dns::SignedRRset sorted = heard;
  std::ranges::stable_partition(sorted.signatures, [&](const dns::Record& record) {
    const auto rrsig = dns::read_rrsig(record.rdata);
    return rrsig && std::ranges::any_of(entries, [&](const dns::Dnskey& key) {
             return key.algorithm == rrsig->algorithm && key.tag() == rrsig->tag;
           });
  });
  return sorted;
}

// Those that may verify data, and the others.
std::pair<std::vector<dns::Dnskey>, std::vector<dns::Dnskey>> usable_and_barred(
    const std::vector<dns::Dnskey>& published, const Policy& policy) {
  std::pair<std::vector<dns::Dnskey>, std::vector<dns::Dnskey>> keys;
  std::ranges::partition_copy(
      published, std::back_inserter(keys.first), std::back_inserter(keys.second),
      [&](const dns::Dnskey& key) { return may_be_entry(key) && policy.accepts(key.algorithm); });
  return keys;
}

void mark_signing(std::vector<JudgedDs>& ds, const JudgedSet& set) {
  for (JudgedDs& judged : ds)
    judged.signs = judged.key && std::ranges::any_of(set.signatures, [&](const JudgedSignature& signature) {
                     return signature.state == SignatureState::good && signature.key == judged.key;
                   });
}

// Strict: every algorithm of the DS set needs a working entry (RFC 6840 §5.11 leaves that to policy).
bool complete(const KeysJudgement& judgement, const Policy& policy) {
  if (policy.completeness == Policy::Completeness::any_path) return true;
  std::map<dns::Algorithm, bool> works;
  for (const JudgedDs& ds : judgement.ds) {
    if (ds.state == DsState::unsupported_algorithm || ds.state == DsState::unsupported_digest) continue;
    works[ds.ds.algorithm] = works[ds.ds.algorithm] || (ds.state == DsState::matches && ds.signs);
  }
  return std::ranges::all_of(works, [](const auto& entry) { return entry.second; });
}

std::optional<JudgedSignature> entry_signature(const JudgedSet& set, const std::vector<dns::Dnskey>& entries) {
  std::optional<JudgedSignature> best;
  for (const JudgedSignature& signature : set.signatures) {
    if (signature.state != SignatureState::good || !is_key_of(entries, *signature.key)) continue;
    if (!best || dns::before(best->rrsig.expiration, signature.rrsig.expiration)) best = signature;
  }
  return best;
}

}  // namespace

Vouchers Vouchers::from_anchors(const dns::Name& zone, std::span<const trustanchor::Anchor> anchors) {
  Vouchers vouchers(zone);
  for (const trustanchor::Anchor& anchor : anchors) {
    if (const auto* ds = std::get_if<dns::Ds>(&anchor.key)) vouchers.ds_.push_back(*ds);
    if (const auto* key = std::get_if<dns::Dnskey>(&anchor.key)) vouchers.keys_.push_back(*key);
  }
  return vouchers;
}

Vouchers Vouchers::from_ds(const SecureSet& ds) {
  Vouchers vouchers(ds.set().owner);
  vouchers.ds_ = read_ds_set(ds.set());
  return vouchers;
}

std::optional<Vouchers> Vouchers::from_assumed_ds(const dns::RRset& ds, const Policy& policy) {
  if (policy.what_if != Policy::WhatIf::assumed_ds) return std::nullopt;
  Vouchers vouchers(ds.owner);
  vouchers.ds_ = read_ds_set(ds);
  return vouchers;
}

std::vector<JudgedDs> usable_ds(const std::vector<dns::Ds>& ds, const Policy& policy) {
  std::vector<JudgedDs> judged;
  for (const dns::Ds& each : ds) {
    JudgedDs entry{each, DsState::no_key, std::nullopt, false};
    if (!policy.accepts(each.algorithm))
      entry.state = DsState::unsupported_algorithm;
    else if (!policy.accepts(each.digest_type))
      entry.state = DsState::unsupported_digest;
    judged.push_back(std::move(entry));
  }
  for (JudgedDs& entry : judged) {  // RFC 4509 §3
    const bool stronger = std::ranges::any_of(judged, [&](const JudgedDs& other) {
      return other.state == DsState::no_key && other.ds.algorithm == entry.ds.algorithm &&
             other.ds.digest_type != dns::Digest::sha1;
    });
    if (entry.ds.digest_type == dns::Digest::sha1 && entry.state == DsState::no_key && stronger)
      entry.state = DsState::ignored_sha1;
  }
  return judged;
}

bool any_supported(const std::vector<JudgedDs>& ds) {
  return std::ranges::any_of(ds, [](const JudgedDs& judged) {
    return judged.state != DsState::unsupported_algorithm && judged.state != DsState::unsupported_digest;
  });
}

KeysJudgement judge_keys(const dns::SignedRRset& heard, const Vouchers& vouchers, Bench& bench) {
  KeysJudgement judgement;
  judgement.published = read_keys(heard.set);
  judgement.ds = usable_ds(vouchers.ds(), bench.policy);
  std::size_t considered = 0;
  for (JudgedDs& ds : judgement.ds) {
    if (ds.state != DsState::no_key) continue;
    if (considered++ >= bench.work.bounds().ds_considered)
      ds.state = DsState::not_considered;
    else
      look_up(ds, vouchers.zone(), judgement.published, bench);
  }
  for (const dns::Dnskey& key : vouchers.keys())
    if (may_be_entry(key) && is_key_of(judgement.published, key)) judgement.anchored.push_back(key);
  const auto entries = entry_keys(judgement);
  judgement.set = judge_with(entry_signatures_first(heard, entries), vouchers.zone(),
                             entry_first(judgement.published, entries), bench);
  mark_signing(judgement.ds, judgement.set);
  judgement.entry = entry_signature(judgement.set, entries);
  const bool at_apex = heard.set.owner == vouchers.zone() && heard.set.type == dns::RRType::dnskey;
  const bool checked = bench.policy.crypto == Policy::Crypto::checked;
  if (!judgement.entry || !at_apex || !checked || !complete(judgement, bench.policy)) return judgement;
  auto [usable, barred] = usable_and_barred(judgement.published, bench.policy);
  judgement.trusted = TrustedKeys(vouchers.zone(), std::move(usable), std::move(barred));
  return judgement;
}

std::optional<Mistyped> mistyped(const dns::Name& zone, const dns::Ds& ds, std::span<const dns::Dnskey> keys,
                                 Verifier& verifier) {
  for (const dns::Dnskey& key : keys) {
    for (const auto type : {ds.digest_type, dns::Digest::sha256, dns::Digest::sha384, dns::Digest::sha1}) {
      const auto digest = verifier.digest(type, dns::ds_input(zone, key));
      if (!digest || *digest != ds.digest) continue;
      using enum Mistyped::Field;
      if (type != ds.digest_type) return Mistyped{digest_type, dns::number(type), dns::number(ds.digest_type)};
      if (key.algorithm != ds.algorithm)
        return Mistyped{algorithm, dns::number(key.algorithm), dns::number(ds.algorithm)};
      if (key.tag() != ds.tag) return Mistyped{tag, key.tag(), ds.tag};
      return std::nullopt;  // nothing is mistyped: it fits
    }
  }
  return std::nullopt;
}

std::vector<dns::Ds> ds_of(const dns::Name& zone, const dns::Dnskey& key, std::span<const dns::Digest> types,
                           Verifier& verifier) {
  std::vector<dns::Ds> all;
  for (const dns::Digest type : types)
    if (auto digest = verifier.digest(type, dns::ds_input(zone, key)))
      all.push_back({key.tag(), key.algorithm, type, std::move(*digest)});
  return all;
}

std::vector<dns::Dnskey> read_keys(const dns::RRset& set) {
  std::vector<dns::Dnskey> keys;
  for (const dns::Bytes& rdata : set.rdatas)
    if (auto key = dns::read_dnskey(rdata)) keys.push_back(std::move(*key));
  return keys;
}

std::vector<dns::Ds> read_ds_set(const dns::RRset& set) {
  std::vector<dns::Ds> records;
  for (const dns::Bytes& rdata : set.rdatas)
    if (auto ds = dns::read_ds(rdata)) records.push_back(std::move(*ds));
  return records;
}

}  // namespace validator
