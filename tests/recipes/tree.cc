#include "tests/recipes/tree.h"

#include <algorithm>
#include <stdexcept>

#include "dns/canonical.h"
#include "dns/text.h"
#include "resolver/network_rules.h"
#include "resolver/zonefile.h"
#include "tests/recipes/chain.h"

namespace recipes {
namespace {

using signed_world::operator+;
using signed_world::World;

constexpr std::string_view resolver_address = "192.0.2.53";

// What servers say, changed on its way as the recipe wants it.
class Changed final : public resolver::Source {
 public:
  Changed(std::unique_ptr<Source> source, const std::vector<Tree::Change>& changes)
      : source_(std::move(source)), changes_(changes) {}

  void send(const dns::Ask& ask) override { source_->send(ask); }
  std::vector<dns::Exchange> wait(resolver::Clock::time_point deadline) override {
    auto heard = source_->wait(deadline);
    for (dns::Exchange& exchange : heard)
      for (const auto& change : changes_) change(exchange);
    return heard;
  }

 private:
  std::unique_ptr<Source> source_;
  const std::vector<Tree::Change>& changes_;
};

std::string ns_lines(const Name& zone, const std::vector<Host>& hosts) {
  std::string lines;
  for (const Host& host : hosts) {
    lines += zone.print() + " 3600 NS " + host.name.print() + "\n";
    const bool v4 = host.address.family == dns::Address::Family::ipv4;
    if (host.name.is_at_or_below(zone))
      lines += host.name.print() + " 3600 " + (v4 ? "A " : "AAAA ") + dns::print(host.address) + "\n";
  }
  return lines;
}

Stamp joined(Stamp stamp, const Stamp& usual) {
  if (!stamp.inception) stamp.inception = usual.inception;
  if (!stamp.expiration) stamp.expiration = usual.expiration;
  if (stamp.octets == Stamp::Octets::good) stamp.octets = usual.octets;
  return stamp;
}

// The signatures that a zone's signer makes over one set.
std::vector<Stamp> stamps_for(const Plot& plot, const dns::RRset& set) {
  if (const auto given = plot.stamps.find({set.owner, set.type}); given != plot.stamps.end()) return given->second;
  std::vector<Stamp> stamps;
  for (const std::size_t key : set.type == RRType::dnskey ? plot.sign_keys_by : plot.sign_data_by)
    stamps.push_back({.key = key});
  return stamps;
}

bool is_signed_here(const dns::RRset& set, const Name& zone, const std::vector<Name>& cuts) {
  if (is_below_cut(set.owner, cuts) || set.type == RRType::rrsig || !set.owner.is_at_or_below(zone)) return false;
  const bool cut = std::ranges::find(cuts, set.owner) != cuts.end();
  return !cut || set.type == RRType::ds || set.type == RRType::nsec;
}

}  // namespace

dns::Address address(std::string_view text) { return dns::parse_address(text).value(); }

Tree::Tree() : now(World::default_now) {
  Plot& top = add(".");
  top.hosts = {{name("a.root."), address("192.0.2.1")}};
  Plot& example = add("example.");
  example.hosts = {{name("ns.example."), address("192.0.2.2")}};
  example.lines = "www.example. 300 A 192.0.2.80\n";
  target.name = name("www.example.");
  target.type = RRType::a;
  target.mode = dns::Mode::walk;
  target.effort = dns::Effort::full;
  anchors.source = "the recipe";
  anchors.anchors.push_back({name("."), dns::read_ds(top.ds().rdata).value(), "the recipe", "", {}, {}});
}

Plot& Tree::add(std::string_view zone) {
  constexpr auto algorithm = dns::Algorithm::ecdsap256sha256;
  Plot plot;
  plot.name = name(zone);
  plot.keys = {signed_world::make_key(algorithm, 257), signed_world::make_key(algorithm, 256)};
  const auto last = static_cast<std::uint8_t>(plots_.size() + 1);
  plot.hosts = {{plot.name.prepend("ns").value(), address("192.0.2." + std::to_string(last))}};
  plots_.push_back(std::move(plot));
  return plots_.back();
}

Records Tree::signed_zone(const Plot& plot) const {
  Records records =
      World::plain(plot.name.print() + " " + plot.soa + "\n" + ns_lines(plot.name, plot.hosts) + plot.lines);
  records = records + plot.more;
  for (const Plot& child : plots_) {
    const bool is_child = child.name.is_below(plot.name) && std::ranges::none_of(plots_, [&](const Plot& between) {
                            return child.name.is_below(between.name) && between.name.is_below(plot.name);
                          });
    if (!is_child) continue;
    records = records + World::plain(ns_lines(child.name, child.delegated_to.value_or(child.hosts)));
    if (child.ds_set)
      records = records + *child.ds_set;
    else if (!child.keys.empty())
      records.push_back(child.ds());
  }
  if (!plot.keys.empty()) {
    records = records + plot.key_set();
    constexpr dns::Ttl denial_ttl = 300;  // the lesser of the SOA's two (RFC 9077 §3)
    if (plot.nsec3.empty()) {
      records = records + nsec_chain(plot.name, records, denial_ttl);
    } else {
      auto param = World::plain(plot.name.print() + " 300 NSEC3PARAM " + plot.nsec3);
      param.front().rdata[1] = 0;  // flags are the records' own (RFC 5155 §4.1.2)
      records = records + param;
      records = records + nsec3_chain(plot.name, records, denial_ttl, plot.nsec3);
    }
  }
  if (plot.unsigned_edit) plot.unsigned_edit(records);
  const auto cuts = cuts_of(plot.name, records);
  Records signatures;
  int nth = 0;
  for (const dns::SignedRRset& each : dns::group(records)) {
    if (plot.keys.empty() || !is_signed_here(each.set, plot.name, cuts)) continue;
    for (Stamp stamp : stamps_for(plot, each.set)) {
      const bool denial = each.set.type == RRType::nsec || each.set.type == RRType::nsec3;
      stamp = joined(stamp, denial ? plot.usual_denial.value_or(plot.usual) : plot.usual);
      // Not all at the same hour, as signers have it (RFC 6781 §4.4.2).
      if (!stamp.expiration) stamp.expiration = day(14, -7200 * nth);
      signatures.push_back(signed_world::rrsig_record(each.set, plot, stamp, now));
    }
    ++nth;
  }
  records = records + signatures;
  if (plot.edit) plot.edit(records);
  return records;
}

Records Tree::soa_of(const Plot& plot) const {
  Records soa;
  for (const Record& record : signed_zone(plot)) {
    const auto rrsig = record.type == RRType::rrsig ? dns::read_rrsig(record.rdata) : std::nullopt;
    if (record.type == RRType::soa || (rrsig && rrsig->covered == RRType::soa)) soa.push_back(record);
  }
  return soa;
}

void Tree::hear(std::string_view owner, RRType type, const Change& change) {
  hear([at = name(owner), type, change](dns::Exchange& exchange) {
    if (exchange.ask.name == at && exchange.ask.type == type) change(exchange);
  });
}

void Tree::reply(std::string_view owner, RRType type, const Rewrite& how) {
  hear(owner, type, [how](dns::Exchange& exchange) { rewrite(exchange, how); });
}

dns::Evidence Tree::evidence() const {
  std::map<dns::Address, resolver::ZoneServer> servers;
  resolver::ZoneServer recursive{resolver::ZoneServer::Role::recursive, {}};
  for (const Plot& plot : plots_) {
    const auto records = signed_zone(plot);
    const auto zone = resolver::make_zone(plot.name, records);
    recursive.zones.push_back(zone);
    for (const Host& host : plot.hosts)
      servers[host.address].zones.push_back(host.copy ? resolver::make_zone(plot.name, *host.copy) : zone);
  }
  dns::Target asked = target;
  if (asked.mode == dns::Mode::stub) {
    servers[address(resolver_address)] = recursive;
    for (const dns::NamedServer& other : asked.elsewhere) servers[other.address] = recursive;
    asked.servers.push_back({{}, address(resolver_address)});
    asked.anchors = anchors.zones();
  } else if (asked.servers.empty()) {
    for (const Host& host : plots_.front().hosts) asked.servers.push_back({host.name, host.address});
  }
  validator::Verifier verifier;
  const auto hash = [&](const Name& owner, std::uint16_t iterations, dns::View salt) {
    return verifier.nsec3_hash(owner.wire(), salt, iterations);
  };
  Changed source(resolver::zonefile_source(std::move(servers), hash), changes_);
  dns::Evidence evidence = resolver::gather(asked, source, limits, now);
  evidence.elapsed = {};
  return evidence;
}

dns::Timestamp Tree::day(int days, int seconds) const {
  return dns::timestamp(now + std::chrono::days{days} + std::chrono::seconds{seconds});
}

void rewrite(dns::Exchange& exchange, const Tree::Rewrite& how) {
  auto* reply = std::get_if<dns::Reply>(&exchange.outcome);
  if (reply == nullptr || !reply->message) return;
  how(*reply->message);
  *reply = dns::reply_of(dns::encode(*reply->message));
}

void erase(Records& records, std::string_view owner, RRType type) {
  erase_signatures(records, owner, type);
  std::erase_if(records, [&](const Record& record) { return record.owner == name(owner) && record.type == type; });
}

void erase_signatures(Records& records, std::string_view owner, RRType type) {
  std::erase_if(records, [&](const Record& record) {
    const auto rrsig = record.type == RRType::rrsig ? dns::read_rrsig(record.rdata) : std::nullopt;
    return rrsig && record.owner == name(owner) && rrsig->covered == type;
  });
}

}  // namespace recipes
