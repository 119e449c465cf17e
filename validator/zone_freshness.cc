#include "validator/zone_freshness.h"

#include <algorithm>
#include <array>
#include <map>

#include "validator/crypto.h"

namespace validator {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t bins_most = 14;
constexpr std::array<dns::Seconds, 7> widths{1h, 6h, 24h, 24h * 7, 24h * 30, 24h * 365, 24h * 3650};

dns::Time beginning_of(dns::Time time, dns::Seconds width) {
  return time - (time.time_since_epoch() % width + width) % width;
}

// One pass for the ends, one for the bins: of millions nothing is sorted.
void put_ends(std::vector<std::uint32_t>& ends, dns::Time now, Freshness& fresh) {
  const auto left = [&](std::uint32_t end) { return dns::distance(dns::timestamp(now), dns::Timestamp{end}); };
  const auto instant = [&](std::uint32_t end) { return dns::nearest(dns::Timestamp{end}, now); };
  const auto middle = ends.begin() + static_cast<std::ptrdiff_t>(ends.size() / 2);
  std::ranges::nth_element(ends, middle, {}, left);
  const dns::Time first = instant(std::ranges::min(ends, {}, left)), last = instant(std::ranges::max(ends, {}, left));
  fresh.first = first;
  fresh.median = instant(*middle);
  fresh.last = last;
  const auto span = [&](dns::Seconds width) {
    return static_cast<std::size_t>((beginning_of(last, width) - beginning_of(first, width)) / width) + 1;
  };
  fresh.bin_width = *std::ranges::find_if(
      widths, [&](dns::Seconds width) { return span(width) <= bins_most || width == widths.back(); });
  const dns::Time from = beginning_of(first, fresh.bin_width);
  for (std::size_t i = 0; i < span(fresh.bin_width); ++i)
    fresh.bins.push_back({from + fresh.bin_width * static_cast<std::int64_t>(i), 0});
  for (const std::uint32_t end : ends)
    ++fresh.bins[static_cast<std::size_t>((instant(end) - from) / fresh.bin_width)].sets;
}

void put_rhythm(const std::vector<std::uint32_t>& begins, dns::Time now, Freshness& fresh) {
  std::map<dns::Time, dns::Time> hours;  // each with the first signature made in it
  auto hour = hours.end();
  for (const std::uint32_t begin : begins) {
    const dns::Time time = dns::nearest(dns::Timestamp{begin}, now);
    const dns::Time of = beginning_of(time, 1h);
    if (hour == hours.end() || hour->first != of) hour = hours.try_emplace(of, time).first;
    hour->second = std::min(hour->second, time);
  }
  fresh.oldest_inception = hours.begin()->second;
  fresh.newest_inception = fresh.oldest_inception;
  for (const std::uint32_t begin : begins)
    fresh.newest_inception = std::max(fresh.newest_inception, dns::nearest(dns::Timestamp{begin}, now));
  dns::Time last_hour{}, last_batch{};
  for (const auto& [of, first] : hours) {
    if (fresh.batches == 0 || of - last_hour > 1h) {
      ++fresh.batches;
      last_batch = first;
    }
    last_hour = of;
  }
  if (fresh.batches > 1)
    fresh.rhythm = (last_batch - fresh.oldest_inception) / static_cast<std::int64_t>(fresh.batches - 1);
}

}  // namespace

Freshness freshness_of(SetsJudgement& sets, dns::Time now) {
  Freshness fresh;
  if (sets.expires.empty()) return fresh;
  std::vector<std::uint32_t> lifetimes;
  lifetimes.reserve(sets.expires.size());
  for (std::size_t i = 0; i < sets.expires.size(); ++i) lifetimes.push_back(sets.expires[i] - sets.begins[i]);
  const auto middle = lifetimes.begin() + static_cast<std::ptrdiff_t>(lifetimes.size() / 2);
  std::ranges::nth_element(lifetimes, middle);
  fresh.lifetime = dns::Seconds{*middle};
  put_ends(sets.expires, now, fresh);
  put_rhythm(sets.begins, now, fresh);
  fresh.next = sets.next;
  fresh.newest = sets.newest;
  return fresh;
}

void show_signatures(ZoneJudgement& zone) {
  Chain& chain = zone.chain;
  for (const dns::Dnskey& key : zone.keys)
    chain.nodes.push_back({0, chain.verdict, KeyNode{key, key.tag(), key_facts(key).bits, true, false}, {}});
  const auto add = [&](const Expiry& one) {
    const auto key =
        static_cast<std::size_t>(std::ranges::find(zone.keys, one.tag, &dns::Dnskey::tag) - zone.keys.begin());
    if (key == zone.keys.size()) return;
    std::get<KeyNode>(chain.nodes[key].body).signs = true;
    RRsetNode set;
    set.set.owner = one.name;
    set.set.type = one.type;
    chain.nodes.push_back({0, Security::secure, std::move(set), {}});
    Link link;
    link.kind = LinkKind::signs;
    link.from = static_cast<NodeId>(key);
    link.to = static_cast<NodeId>(chain.nodes.size() - 1);
    link.ok = true;
    link.covers = one.type;
    link.inception = one.begins;
    link.expires = one.expires;
    chain.links.push_back(std::move(link));
  };
  if (zone.freshness.next.empty()) return;
  add(zone.freshness.next.front());
  if (chain.forecast.verdict_next && !chain.links.empty()) {
    chain.forecast.link = 0;
    chain.forecast.node = chain.links[0].to;
  }
  if (zone.freshness.newest) add(*zone.freshness.newest);
}

}  // namespace validator
