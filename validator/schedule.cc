#include "validator/schedule.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>

namespace validator {
namespace {

// Every way to make the change in steps; with three parts there are thirteen, so all are looked at.
class Orders {
 public:
  Orders(Mix changed, const Holds& kept, const std::set<Mix>& failing)
      : changed_(changed), kept_(kept), failing_(failing) {}

  std::optional<std::vector<Step>> best() {
    go_on({}, {});
    return best_;
  }

 private:
  void go_on(Mix done, std::vector<Step> steps) {
    if (done == changed_) return consider(std::move(steps));
    for (const Mix step : mixes_of(changed_)) {
      if (step == Mix() || !is_new(step, done) || !is_safe(done, step)) continue;
      auto more = steps;
      // What the step before replaced may be held until now.
      more.push_back({step, steps.empty() ? dns::Seconds{0} : kept_longest(steps.back().parts, kept_)});
      go_on(done.with(step), std::move(more));
    }
  }

  static bool is_new(Mix step, Mix done) {
    return std::ranges::none_of(all_parts, [&](Part part) { return step.has(part) && done.has(part); });
  }

  // During the step a cache has all that was done before it, and any of the step's own parts.
  bool is_safe(Mix done, Mix step) const {
    return std::ranges::none_of(mixes_of(step), [&](Mix some) { return failing_.contains(done.with(some)); });
  }

  void consider(std::vector<Step> steps) {
    const auto cost = [](const std::vector<Step>& all) {
      dns::Seconds waits{0};
      for (const auto& step : all) waits += step.wait;
      return std::pair(all.size(), waits);
    };
    if (!best_ || cost(steps) < cost(*best_)) best_ = std::move(steps);
  }

  Mix changed_;
  const Holds& kept_;
  const std::set<Mix>& failing_;
  std::optional<std::vector<Step>> best_;
};

}  // namespace

std::string_view to_text(Part part) {
  switch (part) {
    case Part::ds: return "ds";
    case Part::keys: return "keys";
    case Part::data: return "data";
  }
  return "";
}

std::string_view to_text(Schedule::Kind kind) {
  switch (kind) {
    case Schedule::Kind::at_once: return "at-once";
    case Schedule::Kind::in_steps: return "in-steps";
    case Schedule::Kind::never: return "never";
    case Schedule::Kind::repairs: return "repairs";
    case Schedule::Kind::fails: return "fails";
  }
  return "";
}

std::vector<Mix> mixes_of(Mix parts) {
  std::vector<Mix> all{Mix()};
  for (const Part part : all_parts) {
    if (!parts.has(part)) continue;
    const Mix one(std::span(&part, 1));
    const auto without = all;
    for (const Mix mix : without) all.push_back(mix.with(one));
  }
  std::ranges::sort(all);
  return all;
}

dns::Seconds kept_longest(Mix parts, const Holds& kept) {
  dns::Seconds longest{0};
  for (const Part part : all_parts)
    if (parts.has(part)) longest = std::max(longest, kept[static_cast<std::size_t>(part)]);
  return longest;
}

Schedule schedule(Mix changed, const Holds& kept, const std::function<bool(Mix)>& holds) {
  Schedule plan;
  for (const Mix mix : mixes_of(changed))
    if (!holds(mix)) plan.failing.push_back(mix);
  const std::set<Mix> failing(plan.failing.begin(), plan.failing.end());
  const bool old_fails = failing.contains(Mix()), new_fails = failing.contains(changed);
  const auto all_together = [&](Schedule::Kind kind) {
    plan.kind = kind;
    plan.steps = {{changed, dns::Seconds{0}}};
    plan.settled = kept_longest(changed, kept);
    return plan;
  };
  if (new_fails) {
    plan.kind = Schedule::Kind::fails;
    return plan;
  }
  if (old_fails) return all_together(Schedule::Kind::repairs);
  if (failing.empty()) return all_together(Schedule::Kind::at_once);
  const auto best = Orders(changed, kept, failing).best();
  plan.kind = best ? Schedule::Kind::in_steps : Schedule::Kind::never;
  if (!best) return plan;
  plan.steps = *best;
  plan.settled = kept_longest(plan.steps.back().parts, kept);
  return plan;
}

}  // namespace validator
