#include "report/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/picture_words.h"
#include "report/reading.h"
#include "validator/events.h"

namespace report {

using namespace validator;

namespace {

constexpr std::size_t most_rows = 240, most_of_zone = 24, least_of_zone = 3;
constexpr std::size_t name_columns = 24;
constexpr dns::Seconds one_signing{3600};         // moments less apart are one run of the signer
constexpr dns::Seconds root_horizon{15'552'000};  // 180 days: later steps of the root would only stretch the axis

// Gathers the signatures of several chains; what is the same is there once.
class Collector {
 public:
  void chain(const Chain& chain);
  Timeline take();

 private:
  void bar(const Chain& chain, const Link& link, bool breaks);
  void moments(const Chain& chain);
  TimelineRow& row(const std::string& zone, Tone tone, const std::string& key, std::string label);

  Timeline timeline_;
  std::map<std::string, std::size_t> zone_of_name_;
  std::vector<std::map<std::string, std::size_t>> row_of_key_;  // for each zone
};

std::string label_of(const Chain& chain, const Link& link);
std::string word_of(const Chain& chain, const Link& link);
bool is_partial(const Chain& chain, const Link& link);
void fold(std::vector<TimelineZone>& zones);
void tell_rhythm(TimelineZone& zone, dns::Time now);

}  // namespace

Timeline timeline(const std::vector<Chain>& chains) {
  Collector collector;
  for (const auto& chain : chains) collector.chain(chain);
  return collector.take();
}

namespace {

void Collector::chain(const Chain& chain) {
  auto& line = timeline_;
  line.title += (line.title.empty() ? "" : "; ") + title_text(chain);
  for (LinkId id = 0; id < chain.links.size(); ++id) {
    const bool breaks = chain.forecast.link == id && chain.forecast.verdict_next.has_value();
    if (chain.links[id].kind == LinkKind::signs) bar(chain, chain.links[id], breaks);
  }
  moments(chain);
}

TimelineRow& Collector::row(const std::string& zone, Tone tone, const std::string& key, std::string label) {
  const auto [at, is_new] = zone_of_name_.try_emplace(zone, timeline_.zones.size());
  if (is_new) {
    timeline_.zones.push_back({.name = zone, .tone = tone});
    row_of_key_.emplace_back();
  }
  auto& rows = timeline_.zones[at->second].rows;
  const auto [index, fresh] = row_of_key_[at->second].try_emplace(key, rows.size());
  if (fresh) rows.push_back({.label = std::move(label)});
  return rows[index->second];
}

void Collector::bar(const Chain& chain, const Link& link, bool breaks) {
  const auto& zone = chain.zones[chain.nodes[link.to].zone];
  const auto* key = std::get_if<KeyNode>(&chain.nodes[link.from].body);
  const auto owner = owner_of(chain, link);
  const auto tag = key == nullptr ? 0 : key->tag;
  const dns::Seconds ttl{link.rrsig ? link.rrsig->original_ttl : 0};
  Bar bar{.from = link.inception, .to = link.expires, .tail = link.expires + ttl, .renew = link.expires - ttl};
  bar.tone = tone_of(chain, link);
  bar.word = word_of(chain, link);
  bar.tooltip = fmt::format("{}\n{}", owner.print(), link_tooltip(chain, link));
  bar.partial = is_partial(chain, link);
  bar.breaks = breaks;
  const auto identity = fmt::format("{} {} {} {}", owner.lowered().print(), dns::to_text(link.covers), tag,
                                    key == nullptr ? 0 : dns::number(key->key.algorithm));
  auto& bars = row(zone.name.print(), tone_of(zone.security), identity, label_of(chain, link)).bars;
  // One signature over a key set is a link to each key; a set proven twice is there twice.
  const auto same = std::ranges::find_if(bars, [&](const Bar& other) {
    return other.from == bar.from && other.to == bar.to && other.tone == bar.tone && other.word == bar.word;
  });
  if (same == bars.end()) return bars.push_back(std::move(bar));
  same->breaks = same->breaks || breaks;
}

void Collector::moments(const Chain& chain) {
  const auto add = [&](Moment moment) {
    const auto same = std::ranges::find_if(timeline_.moments, [&](const Moment& other) {
      return other.kind == moment.kind && other.at == moment.at && other.text == moment.text;
    });
    if (same == timeline_.moments.end()) timeline_.moments.push_back(std::move(moment));
  };
  auto& description = timeline_.description;
  const auto tell = [&](const std::string& words) { description += (description.empty() ? "" : " ") + words + "."; };
  if (timeline_.moments.empty()) timeline_.now = chain.now;
  add({Moment::Kind::now, chain.now, "now, " + print_minutes(chain.now), Tone::notice});
  const auto* cause = first_cause(chain);
  const auto since = cause != nullptr && chain.verdict == Security::bogus ? broken_since(*cause) : std::nullopt;
  if (since) {
    const auto words =
        fmt::format("broken since {}, {} ago", print_minutes(*since), dns::print_duration(chain.now - *since));
    add({Moment::Kind::breaks, *since, words, Tone::bogus});
    tell(words);
  }
  if (const auto& forecast = chain.forecast; forecast.verdict_next) {
    const auto words =
        fmt::format("{} {}, in {}: {}", to_text(*forecast.verdict_next), print_minutes(forecast.breaks_at),
                    dns::print_duration(forecast.breaks_at - chain.now), ending_text(chain));
    add({Moment::Kind::breaks, forecast.breaks_at, words, tone_of(*forecast.verdict_next)});
    tell(question_text(chain) + " turns " + words);
  }
  for (const auto& event : events(chain, most_rows)) {
    if (!event.milestone || event.at > chain.now + root_horizon) continue;
    add({Moment::Kind::root, event.at, fmt::format("{}, {}", milestone_text(*event.milestone), print_minutes(event.at)),
         Tone::absent});
  }
}

Timeline Collector::take() {
  for (auto& zone : timeline_.zones) tell_rhythm(zone, timeline_.now);
  fold(timeline_.zones);
  std::ranges::stable_sort(timeline_.moments, {}, &Moment::at);
  for (const auto& zone : timeline_.zones) {
    if (!zone.rhythm.empty()) timeline_.description += fmt::format(" {} {}.", zone.name, zone.rhythm);
  }
  return std::move(timeline_);
}

// A name of 255 octets has up to 1004 characters: its ends tell most.
std::string shortened(const std::string& name) {
  if (name.size() <= name_columns) return name;
  const auto half = (name_columns - 1) / 2;
  return name.substr(0, half) + "\u2026" + name.substr(name.size() - half);
}

std::string label_of(const Chain& chain, const Link& link) {
  const auto* key = std::get_if<KeyNode>(&chain.nodes[link.from].body);
  const auto by = key == nullptr ? std::string{} : fmt::format(" by {}", key->tag);
  const bool of_zone = link.covers == dns::RRType::dnskey;
  return fmt::format("{}{}{}", dns::to_text(link.covers), of_zone ? "" : " " + shortened(owner_of(chain, link).print()),
                     by);
}

std::size_t answering(const Chain& chain, const Zone& zone) {
  return static_cast<std::size_t>(
      std::ranges::count_if(zone.servers, [&](ServerId id) { return chain.servers[id].answered; }));
}

bool is_partial(const Chain& chain, const Link& link) {
  return !link.servers.empty() && link.servers.size() < answering(chain, chain.zones[chain.nodes[link.to].zone]);
}

std::string word_of(const Chain& chain, const Link& link) {
  std::string out;
  if (link.expires < chain.now) {
    out = fmt::format("expired {} ago", dns::print_duration(chain.now - link.expires));
  } else if (link.inception > chain.now) {
    out = fmt::format("valid in {}", dns::print_duration(link.inception - chain.now));
  } else {
    out = fmt::format("{}ends in {}", link.ok ? "" : "BAD, ", dns::print_duration(link.expires - chain.now));
  }
  if (!is_partial(chain, link)) return out;
  return fmt::format("{}, {} of {} servers", out, link.servers.size(),
                     answering(chain, chain.zones[chain.nodes[link.to].zone]));
}

dns::Time first_end(const TimelineRow& row) { return std::ranges::min_element(row.bars, {}, &Bar::to)->to; }

bool is_sound(const TimelineRow& row) {
  return std::ranges::all_of(row.bars, [](const Bar& bar) {
    return !bar.breaks && !bar.partial && (bar.tone == Tone::secure || bar.tone == Tone::insecure);
  });
}

// What ends first stands on top; where there are too many, those in trouble stay and then those that end first.
void fold(std::vector<TimelineZone>& zones) {
  const auto share = most_rows / std::max<std::size_t>(zones.size(), 1);
  const auto most = std::clamp(share, least_of_zone, most_of_zone);
  for (auto& zone : zones) {
    std::ranges::stable_sort(zone.rows, {}, first_end);
    if (zone.rows.size() <= most) continue;
    std::ranges::stable_sort(zone.rows, {}, is_sound);
    zone.folded = zone.rows.size() - most;
    zone.rows.resize(most);
    std::ranges::stable_sort(zone.rows, {}, first_end);
  }
}

// How often the signer runs, read off the beginnings of its signatures.
void tell_rhythm(TimelineZone& zone, dns::Time now) {
  std::vector<dns::Time> begins;
  dns::Seconds longest{0};
  for (const auto& row : zone.rows) {
    for (const auto& bar : row.bars) {
      if (bar.from <= now) begins.push_back(bar.from);
      longest = std::max(longest, bar.to - bar.from);
    }
  }
  std::ranges::sort(begins);
  for (const auto at : begins) {
    if (zone.signed_at.empty() || at - zone.signed_at.back() > one_signing) zone.signed_at.push_back(at);
  }
  if (zone.signed_at.empty()) return;
  const auto count = zone.signed_at.size();
  const auto first = zone.signed_at.front(), last = zone.signed_at.back();
  const auto every = count > 1 ? fmt::format(" {} times, every {},", count,
                                             dns::print_duration((last - first) / static_cast<int>(count - 1)))
                               : std::string{};
  zone.rhythm = fmt::format("signed{}{} {} ago, for {}", every, count > 1 ? " last" : "",
                            dns::print_duration(now - last), dns::print_duration(longest));
}

}  // namespace
}  // namespace report
