// Small zones with odd sets: TTLs, labels, times, tags, signers and signatures that are nearly right, each signed over
// what it says, so that many hold all the same. Which, the fuzzer's octets or a random row of them choose.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "dns/canonical.h"
#include "dns/text.h"
#include "tests/fuzz/choices.h"
#include "tests/validator/p256_signer.h"
#include "validator/zone.h"

namespace odd {

using dns::Bytes;
using dns::Name;
using dns::RRType;

constexpr std::int64_t now = 1'795'500'000;
constexpr dns::Ttl ttl = 300;

class OddZone {
 public:
  OddZone(fuzz::Choices choices, const p256::Signer& signer, const p256::Signer& second)
      : choices_(choices), signer_(signer), second_(second) {
    put_apex();
    for (int i = 0; i < 16 && !choices_.used_up(); ++i) put_set();
  }

  validator::ZoneStore store() const {
    validator::ZoneStore store;
    for (const dns::Record& record : records_) store.add(record);
    store.settle();
    return store;
  }

 private:
  template <class Value>
  Value one_of(std::initializer_list<Value> values) {
    return values.begin()[choices_.below(values.size())];
  }
  // Mostly the first.
  template <class Value>
  Value rather(Value usual, std::initializer_list<Value> odd) {
    return choices_.below(8) == 0 ? one_of(odd) : usual;
  }

  void put_apex() {
    put(set_of(apex_, RRType::soa, {"ns.z.test. h.z.test. 1 3600 900 1209600 300"}), plain_head());
    put(set_of(apex_, RRType::ns, {"ns.example.net."}), plain_head());
    dns::RRset keys{apex_, RRType::dnskey, dns::RRClass::in, ttl, ttl, {}};
    keys.rdatas.push_back(dns::write(signer_.key()));
    if (choices_.below(2) == 0) keys.rdatas.push_back(dns::write(second_.key()));
    std::ranges::sort(keys.rdatas, dns::octets_less);
    put(keys, plain_head());
  }

  void put_set() {
    const auto owner =
        Name::parse(one_of<const char*>({"a", "b", "*", "c.b", "*.b", "deep.er.b", "sub", "x.sub", "d", "x.d"}))
            ->under(Name());
    const Name name = apex_.under(*owner).value();
    const auto [type, data] = one_of<std::pair<RRType, std::vector<std::string>>>(
        {{RRType::a, {"192.0.2.1"}},
         {RRType::a, {"192.0.2.1", "192.0.2.2"}},
         {RRType::txt, {"\"x\"", "\"x\"", "\"y\""}},
         {RRType::mx, {"10 MAIL.z.test."}},
         {RRType::ns, {"ns.example.net."}},
         {RRType::ds, {"1 13 2 " + std::string(64, '0')}},
         {RRType::cname, {"a.z.test."}},
         {RRType::dname, {"example.net."}},
         {RRType::nsec, {"b.z.test. A RRSIG NSEC"}},
         {RRType::nsec3, {"1 0 0 - 00000000000000000000000000000000 A RRSIG"}}});
    dns::RRset set = set_of(name, type, data);
    set.ttl = set.ttl_max = rather<dns::Ttl>(ttl, {0, ttl - 1, ttl + 1, 3600, 0x7fffffff});
    const std::size_t signatures = rather<std::size_t>(1, {0, 2, 3, 5});
    for (const Bytes& rdata : set.rdatas)
      records_.push_back({name, type, dns::RRClass::in, rather<dns::Ttl>(set.ttl, {set.ttl + 1}), rdata});
    for (std::size_t i = 0; i < signatures; ++i) put_signature(set, odd_head(set));
  }

  dns::RRset set_of(const Name& owner, RRType type, const std::vector<std::string>& texts) const {
    dns::RRset set{owner, type, dns::RRClass::in, ttl, ttl, {}};
    for (const std::string& text : texts) set.rdatas.push_back(dns::parse_rdata(type, text, apex_).value());
    return set;
  }

  static dns::Timestamp at(std::int64_t seconds) { return dns::Timestamp{static_cast<std::uint32_t>(seconds)}; }

  dns::Rrsig plain_head() const {
    dns::Rrsig head;
    head.algorithm = signer_.key().algorithm;
    head.original_ttl = ttl;
    head.inception = at(now - 3600);
    head.expiration = at(now + 86400);
    head.tag = signer_.key().tag();
    head.signer = apex_;
    return head;
  }

  dns::Rrsig odd_head(const dns::RRset& set) {
    dns::Rrsig head = plain_head();
    const auto labels = static_cast<std::uint8_t>(dns::rrsig_labels(set.owner));
    head.labels = rather<std::uint8_t>(labels, {static_cast<std::uint8_t>(labels - 1), 2, 1, 0});
    head.original_ttl = rather<dns::Ttl>(set.ttl, {set.ttl + 1, set.ttl - 1, 0});
    head.inception = rather(head.inception, {at(now), at(now + 1), at(now - 1), at(now + 90000)});
    head.expiration = rather(head.expiration, {at(now), at(now - 1), at(now + set.ttl), at(now + set.ttl - 1),
                                               at(now + 0x7fffffff), at(now - 3600)});
    head.signer = rather(
        head.signer, {Name::parse("Z.TEST.").value(), Name::parse("test.").value(), Name::parse("a.z.test.").value()});
    return head;
  }

  void put(const dns::RRset& set, dns::Rrsig head) {
    for (const Bytes& rdata : set.rdatas) records_.push_back({set.owner, set.type, set.rrclass, set.ttl, rdata});
    head.labels = static_cast<std::uint8_t>(dns::rrsig_labels(set.owner));
    put_rrsig(set, head, signer_.sign(signed_octets(head, set)), set.ttl);
  }

  // RFC 4034 §3.1.8.1.
  Bytes signed_octets(dns::Rrsig& head, const dns::RRset& set) const {
    head.covered = set.type;
    return dns::signed_data(head, set);
  }

  void put_signature(const dns::RRset& set, dns::Rrsig head) {
    const bool by_second = choices_.below(4) == 0;
    const p256::Signer& by = by_second ? second_ : signer_;
    if (by_second) head.tag = second_.key().tag();
    head.tag = rather<dns::KeyTag>(head.tag, {static_cast<dns::KeyTag>(head.tag + 1)});
    head.algorithm = rather(head.algorithm, {dns::Algorithm::rsasha256, dns::Algorithm::ed25519});
    const auto most = static_cast<std::uint8_t>(dns::rrsig_labels(set.owner));
    dns::Rrsig signable = head;
    signable.labels = std::min(head.labels, most);
    Bytes signature = by.sign(signed_octets(signable, set));
    head.covered = rather(set.type, {RRType::aaaa, RRType::rrsig, RRType::dnskey});
    if (choices_.below(8) == 0) signature[choices_.below(64)] ^= static_cast<std::uint8_t>(1 << choices_.below(8));
    if (choices_.below(16) == 0) signature.resize(choices_.below(70));
    const std::size_t copies = rather<std::size_t>(1, {2});
    for (std::size_t i = 0; i < copies; ++i)
      put_rrsig(set, head, signature, rather<dns::Ttl>(set.ttl, {set.ttl + 1, 0}));
  }

  void put_rrsig(const dns::RRset& set, dns::Rrsig head, const Bytes& signature, dns::Ttl its_ttl) {
    head.signature = signature;
    Bytes rdata = dns::write_unsigned(head);
    rdata.insert(rdata.end(), signature.begin(), signature.end());
    records_.push_back({set.owner, RRType::rrsig, set.rrclass, its_ttl, rdata});
  }

  fuzz::Choices choices_;
  const p256::Signer &signer_, &second_;
  const Name apex_ = Name::parse("z.test.").value();
  std::vector<dns::Record> records_;
};

inline validator::ZoneJudgement judged(const validator::ZoneStore& store, validator::KeyTables* tables,
                                       unsigned jobs = 1) {
  validator::ZonePlan plan;
  plan.now = dns::Time{std::chrono::seconds{now}};
  plan.jobs = jobs;
  plan.tables = tables;
  return validator::judge_zone(store, plan);
}

inline bool is_same(const validator::ZoneJudgement& left, const validator::ZoneJudgement& right) {
  return left.chain.verdict == right.chain.verdict && left.counts == right.counts && left.totals == right.totals &&
         left.freshness == right.freshness && left.chain.findings.size() == right.chain.findings.size();
}

}  // namespace odd
