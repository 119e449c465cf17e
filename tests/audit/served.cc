#include "tests/audit/served.h"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "dns/canonical.h"
#include "dns/text.h"
#include "resolver/zonefile.h"
#include "tests/worlds/signed_world_keys.h"

namespace served {
namespace {

using dns::Algorithm;

dns::Address address(std::uint8_t last) {
  return {.family = dns::Address::Family::ipv4, .octets = {192, 0, 2, last}, .port = 53};
}

Record signature(const dns::RRset& set, const Copy& copy, std::size_t signer, dns::Time now) {
  const Key& key = copy.keys.at(signer);
  dns::Rrsig rrsig{set.type,
                   key.dnskey.algorithm,
                   static_cast<std::uint8_t>(dns::rrsig_labels(set.owner)),
                   set.ttl,
                   dns::timestamp(now + std::chrono::days{14}),
                   dns::timestamp(now - std::chrono::days{1}),
                   key.dnskey.tag(),
                   copy.apex,
                   {}};
  rrsig.signature = signed_world::sign_octets(key, signed_world::octets_to_sign(rrsig, set));
  return {set.owner, RRType::rrsig, set.rrclass, set.ttl, dns::write(rrsig), {}};
}

std::set<Name> cuts_of(const Copy& copy, const Records& records) {
  std::set<Name> cuts;
  for (const Record& record : records)
    if (record.type == RRType::ns && !(record.owner == copy.apex)) cuts.insert(record.owner);
  return cuts;
}

bool is_below_a_cut(const std::set<Name>& cuts, const Name& owner) {
  return std::ranges::any_of(cuts, [&](const Name& cut) { return owner.is_below(cut); });
}

// RFC 4034 §4: each name of the zone, its types, and the next name.
void add_nsec(const Copy& copy, Records& records) {
  const auto cuts = cuts_of(copy, records);
  std::map<Name, std::vector<RRType>> types;
  for (const Record& record : records)
    if (!is_below_a_cut(cuts, record.owner) &&
        (!cuts.contains(record.owner) || record.type == RRType::ns || record.type == RRType::ds))
      types[record.owner].push_back(record.type);
  for (auto at = types.begin(); at != types.end(); ++at) {
    at->second.insert(at->second.end(), {RRType::rrsig, RRType::nsec});
    const auto next = std::next(at) == types.end() ? copy.apex : std::next(at)->first;
    const dns::Nsec nsec{next, {at->second, {}}};
    records.push_back({at->first, RRType::nsec, dns::RRClass::in, 300, dns::write(nsec), {}});
  }
}

void sign(const Copy& copy, Records& records, dns::Time now) {
  const auto cuts = cuts_of(copy, records);
  for (const dns::SignedRRset& each : dns::group(records)) {
    const dns::RRset& set = each.set;
    const bool at_cut = cuts.contains(set.owner) && set.type != RRType::ds && set.type != RRType::nsec;
    if (at_cut || is_below_a_cut(cuts, set.owner)) continue;
    const bool keys = set.type == RRType::dnskey && set.owner == copy.apex;
    for (const std::size_t signer : keys ? copy.key_signers : copy.data_signers)
      records.push_back(signature(set, copy, signer, now));
  }
}

}  // namespace

Name name(std::string_view text) { return Name::parse(text).value(); }

std::string Copy::ds(std::size_t key) const {
  const Records one{signed_world::Zone{apex, keys}.ds(dns::Digest::sha256, key)};
  return dns::print(one.front()) + "\n";
}

Records Copy::records(dns::Time now) const {
  Records records = dns::parse_zone(data).value();
  if (signing == Signing::yes) {
    for (const Record& key : signed_world::Zone{apex, keys}.key_set()) records.push_back(key);
    for (const dns::Dnskey& key : published_besides)
      records.push_back({apex, RRType::dnskey, dns::RRClass::in, 3600, dns::write(key), {}});
  }
  if (before) before(records);
  if (signing == Signing::yes) {
    add_nsec(*this, records);
    if (unsigned_yet) unsigned_yet(records);
    sign(*this, records, now);
  }
  if (after) after(records);
  return records;
}

Tree::Tree() {
  add(".", 1).data =
      ". 3600 NS a.root.\na.root. 3600 A 192.0.2.1\n"
      "test. 3600 NS a.ns.test.\na.ns.test. 3600 A 192.0.2.2\n";
  add("test.", 2).data =
      "test. 3600 NS a.ns.test.\na.ns.test. 3600 A 192.0.2.2\n"
      "z.test. 3600 NS ns.z.test.\nns.z.test. 3600 A 192.0.2.3\n"
      "sibling.test. 3600 NS ns.sibling.test.\nns.sibling.test. 3600 A 192.0.2.4\n";
  add("z.test.", 3).data = "z.test. 3600 NS ns.z.test.\nns.z.test. 3600 A 192.0.2.3\nwww.z.test. 300 A 192.0.2.80\n";
  add("sibling.test.", 4).data = "sibling.test. 3600 NS ns.sibling.test.\nns.sibling.test. 3600 A 192.0.2.4\n";
  for (Copy& copy : copies_)
    copy.data += copy.apex.print() + " 3600 SOA a.ns.test. mail.test. 1 7200 3600 1209600 300\n";
  zone("test.").data += zone("z.test.").ds() + zone("sibling.test.").ds();
  zone(".").data += zone("test.").ds();
  anchors.source = "the test";
  const auto root = signed_world::Zone{name("."), zone(".").keys}.ds();
  anchors.anchors.push_back({name("."), dns::read_ds(root.rdata).value(), "the test", "", {}, {}});
}

Copy& Tree::zone(std::string_view apex, std::size_t copy) {
  for (Copy& each : copies_)
    if (each.apex == name(apex) && copy-- == 0) return each;
  throw std::invalid_argument("no such zone");
}

Copy& Tree::add(std::string_view apex, std::uint8_t server) {
  copies_.push_back({});
  Copy& copy = copies_.back();
  copy.apex = name(apex);
  copy.keys = {signed_world::make_key(Algorithm::ecdsap256sha256, 257),
               signed_world::make_key(Algorithm::ecdsap256sha256, 256)};
  hosted_.push_back({copies_.size() - 1, server});
  return copy;
}

void Tree::host(std::string_view apex, std::uint8_t server) {
  for (std::size_t i = 0; i < copies_.size(); ++i) {
    if (!(copies_[i].apex == name(apex))) continue;
    hosted_.push_back({i, server});
    return;
  }
  throw std::invalid_argument("no such zone");
}

void Tree::unhost(std::string_view apex) {
  std::erase_if(hosted_, [&](const Hosted& hosted) { return copies_[hosted.copy].apex == name(apex); });
}

dns::Evidence Tree::evidence(std::string_view owner, RRType type, dns::Effort effort) const {
  std::map<dns::Address, resolver::ZoneServer> servers;
  for (const Hosted& hosted : hosted_) {
    const Copy& copy = copies_[hosted.copy];
    servers[address(hosted.server)].zones.push_back(resolver::make_zone(copy.apex, copy.records(now)));
  }
  const auto source = resolver::zonefile_source(std::move(servers), {});
  dns::Target target;
  target.name = name(owner);
  target.type = type;
  target.mode = dns::Mode::walk;
  target.effort = effort;
  target.servers = {{name("a.root."), address(1)}};
  target.anchors = anchors.zones();
  if (effort == dns::Effort::full) target.made_up = "vqkx7";
  return resolver::gather(target, *source, {}, now);
}

validator::Chain Tree::judge(std::string_view owner, RRType type) const { return judge(evidence(owner, type)); }

validator::Chain Tree::judge(const dns::Evidence& evidence) const {
  validator::Verifier verifier;
  return validator::analyze(evidence, anchors, {}, now, verifier);
}

std::vector<std::string> sentences(const validator::Chain& chain, std::string_view slug) {
  std::vector<std::string> found;
  for (const validator::Finding& finding : chain.findings)
    if (validator::row(finding.code).slug == slug) found.push_back(validator::sentence(finding));
  return found;
}

std::vector<std::string> slugs(const validator::Chain& chain) {
  std::vector<std::string> all;
  for (const validator::Finding& finding : chain.findings) all.emplace_back(validator::to_text(finding.code));
  return all;
}

std::vector<std::string> causes(const validator::Chain& chain) {
  std::vector<std::string> slugs;
  for (const std::size_t cause : chain.causes) slugs.emplace_back(validator::to_text(chain.findings[cause].code));
  return slugs;
}

std::vector<std::string> consequences(const validator::Chain& chain, std::string_view slug) {
  std::vector<std::string> slugs;
  for (const validator::Finding& finding : chain.findings)
    if (finding.consequence_of && validator::to_text(chain.findings[*finding.consequence_of].code) == slug)
      slugs.emplace_back(validator::to_text(finding.code));
  return slugs;
}

void change(dns::Evidence& evidence, std::string_view owner, RRType type,
            const std::function<void(dns::Message&)>& how) {
  bool any = false;
  for (dns::Exchange& exchange : evidence.exchanges) {
    auto* reply = std::get_if<dns::Reply>(&exchange.outcome);
    if (reply == nullptr || !reply->message || !(exchange.ask.name == name(owner)) || exchange.ask.type != type)
      continue;
    how(*reply->message);
    *reply = dns::reply_of(dns::encode(*reply->message));
    any = true;
  }
  if (!any) throw std::logic_error("no such question in the evidence");
}

}  // namespace served
