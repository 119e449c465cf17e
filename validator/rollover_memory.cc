#include "validator/rollover_memory.h"

#include <algorithm>
#include <map>
#include <set>

namespace validator {
namespace {

std::set<dns::Algorithm> algorithms_of(KeySet keys, const std::vector<dns::Algorithm>& algorithms) {
  std::set<dns::Algorithm> found;
  for (std::size_t i = 0; i < algorithms.size(); ++i)
    if ((keys >> i & 1) != 0) found.insert(algorithms[i]);
  return found;
}

bool covers(const std::set<dns::Algorithm>& wanted, const std::set<dns::Algorithm>& found) {
  return std::ranges::includes(found, wanted);
}

// A copy, whether a server or a cache may show it at some instant.
template <class Copy>
bool is_held(const Kept<Copy>& kept, dns::Time at) {
  return !kept.gone || *kept.gone + kept.ttl > at;
}

// Every mix of copies that a cache may hold at `at`: each with what of it has gone from the servers.
template <class Each>
void for_each_mix(const RolloverMemory& memory, dns::Time at, Each each) {
  for (const auto& ds : memory.ds)
    for (const auto& keys : memory.keys)
      for (const auto& data : memory.data)
        if (is_held(ds, at) && is_held(keys, at) && is_held(data, at)) each(ds, keys, data);
}

// The servers' state after a step, beside which the copies of today live on until their TTLs end.
RolloverMemory with(const RolloverMemory& memory, const RolloverState& after) {
  auto out = memory;
  out.ds.push_back({.copy = after.ds});
  out.keys.push_back({.copy = after.keys});
  out.data.push_back({.copy = after.data});
  return out;
}

bool all_hold(const RolloverMemory& memory, const RolloverState& after, dns::Time at, MixRule rule) {
  bool good = true;
  for_each_mix(with(memory, after), at, [&](const auto& ds, const auto& keys, const auto& data) {
    const RolloverState mix{ds.copy, keys.copy, data.copy};
    // What has nothing new in it fails or holds without the step.
    const auto is_old = [&](const auto& list, const auto& copy) {
      return std::ranges::any_of(list, [&](const auto& kept) { return kept.copy == copy && is_held(kept, at); });
    };
    if (is_old(memory.ds, mix.ds) && is_old(memory.keys, mix.keys) && is_old(memory.data, mix.data)) return;
    good = good && holds(mix, memory.algorithms, rule);
  });
  return good;
}

template <class Copy>
void take_ends(const std::vector<Kept<Copy>>& list, Part part, std::vector<NotBefore>& out) {
  for (const auto& kept : list)
    if (kept.gone) out.push_back({*kept.gone + kept.ttl, part, *kept.gone, kept.ttl, dns::Seconds{0}, kept.assumed});
}

std::optional<dns::Time> last_change(const RolloverMemory& memory) {
  std::optional<dns::Time> last;
  const auto take = [&](const auto& list) {
    for (const auto& kept : list)
      for (const auto& at : {kept.since, kept.gone})
        if (at && (!last || *last < *at)) last = at;
  };
  take(memory.ds), take(memory.keys), take(memory.data);
  return last;
}

// When the copy of this part that servers show now began, where it has followed another.
template <class Copy>
std::optional<dns::Time> changed(const Kept<Copy>& kept) {
  return kept.gone ? std::nullopt : kept.since;
}

template <class Copy>
std::optional<dns::Time> end(const Kept<Copy>& kept) {
  return kept.gone && !kept.assumed ? std::optional(*kept.gone + kept.ttl) : std::nullopt;
}

}  // namespace

bool holds(const RolloverState& mix, const std::vector<dns::Algorithm>& algorithms, MixRule rule) {
  if (mix.ds == 0) return true;  // RFC 4035 §5.2: proven to be without DS it is insecure, whatever it has
  const KeySet entry = mix.ds & mix.keys.published & mix.keys.signing;
  const KeySet signing = mix.data & mix.keys.published;
  if (entry == 0 || signing == 0) return false;
  const auto wanted = algorithms_of(mix.ds, algorithms);
  if (!covers(wanted, algorithms_of(mix.keys.signing & mix.keys.published, algorithms))) return false;
  if (!covers(wanted, algorithms_of(signing, algorithms))) return false;
  if (rule == MixRule::working) return true;
  return covers(algorithms_of(mix.keys.published, algorithms), algorithms_of(mix.data, algorithms));
}

std::optional<NotBefore> not_before(const RolloverMemory& memory, const RolloverState& after, MixRule rule) {
  std::vector<NotBefore> ends;
  take_ends(memory.ds, Part::ds, ends);
  take_ends(memory.keys, Part::keys, ends);
  take_ends(memory.data, Part::data, ends);
  // From the last change on nothing but the passing of time alters what is held: the instant may be past, and is then
  // the same whenever it is asked for.
  const auto base = last_change(memory).value_or(memory.now);
  std::erase_if(ends, [&](const NotBefore& one) { return one.at <= base; });
  std::ranges::stable_sort(ends, {}, &NotBefore::at);
  ends.insert(ends.begin(), NotBefore{.at = base});
  for (const auto& one : ends)
    if (all_hold(memory, after, one.at, rule)) return one;
  return std::nullopt;
}

std::vector<EarlyStep> early_steps(const RolloverMemory& memory) {
  std::map<std::pair<Part, Part>, EarlyStep> found;
  for_each_mix(memory, memory.now, [&](const auto& ds, const auto& keys, const auto& data) {
    if (holds({ds.copy, keys.copy, data.copy}, memory.algorithms, MixRule::working)) return;
    const std::array starts{std::pair(Part::ds, changed(ds)), std::pair(Part::keys, changed(keys)),
                            std::pair(Part::data, changed(data))};
    const std::array ends{std::pair(Part::ds, end(ds)), std::pair(Part::keys, end(keys)),
                          std::pair(Part::data, end(data))};
    // The mix is over when a cache has to forget one of its parts; at fault is the part that changed last.
    const auto over =
        std::ranges::min_element(ends, {}, [](const auto& one) { return one.second.value_or(dns::Time::max()); });
    const auto last =
        std::ranges::max_element(starts, {}, [](const auto& one) { return one.second.value_or(dns::Time::min()); });
    if (!over->second || !last->second) return;  // it fails with what servers show: no matter of caches
    const EarlyStep step{last->first, over->first, *last->second, *over->second};
    const auto [known, is_new] = found.try_emplace({step.part, step.held}, step);
    if (!is_new && known->second.until < step.until) known->second = step;
  });
  std::vector<EarlyStep> steps;
  for (const auto& [key, step] : found) steps.push_back(step);
  return steps;
}

}  // namespace validator
