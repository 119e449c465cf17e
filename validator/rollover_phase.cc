#include "validator/rollover_phase.h"

#include <algorithm>
#include <bit>
#include <set>

namespace validator {
namespace {

using Kind = RolloverKind;
using Action = RolloverAction;

constexpr KeySet bit(std::size_t key) { return KeySet{1} << key; }
constexpr bool any(KeySet left, KeySet right) { return (left & right) != 0; }

// What one key does: RFC 7583's variables of a key, seen from outside.
struct Marks {
  bool published = false, signs_keys = false, signs_data = false, in_ds = false;
  friend bool operator==(const Marks&, const Marks&) = default;
};
Marks marks_of(const RolloverState& state, KeySet key) {
  return {any(state.keys.published, key), any(state.keys.signing, key), any(state.data, key), any(state.ds, key)};
}
bool lost(const Marks& before, const Marks& now) {
  return (before.published && !now.published) || (before.signs_keys && !now.signs_keys) ||
         (before.signs_data && !now.signs_data) || (before.in_ds && !now.in_ds);
}

struct Turn {
  Direction direction = Direction::unknown;
  std::optional<dns::Time> since;
};
// The last change of what the keys do, whichever of them it was.
Turn turn_of(const RolloverHistory& history, const RolloverState& state, KeySet keys) {
  Turn turn;
  for (std::size_t key = 0; key < history.keys.size(); ++key) {
    if (!any(keys, bit(key))) continue;
    const auto now = marks_of(state, bit(key));
    std::optional<dns::Time> since;
    for (std::size_t i = history.states.size(); i-- > 0;) {
      const auto then = marks_of(history.states[i], bit(key));
      if (then == now) {
        since = history.times[i];
        continue;
      }
      if (turn.since && since && *since <= *turn.since) break;
      turn = {lost(then, now) ? Direction::going : Direction::coming, since.value_or(history.times.back())};
      break;
    }
  }
  return turn;
}

class Phases {
 public:
  Phases(const RolloverHistory& history, const RolloverState& state) : history_(history), state_(state) {
    // A DS for a ZSK, as the guide has it, leads nowhere and rolls nothing.
    for (std::size_t key = 0; key < history.keys.size(); ++key) {
      const auto marks = marks_of(state, bit(key));
      const bool idle = marks.in_ds && marks.published && !marks.signs_keys && !is_sep(key);
      if (idle) state_.ds &= ~bit(key);
    }
    entries_ = state_.ds & state_.keys.published & state_.keys.signing;
  }

  std::vector<RolloverPhase> run() {
    if (state_.ds == 0) {
      if (state_.data != 0 || state_.keys.published != 0) at_the_edge();
      return phases_;
    }
    if (entries_ == 0) return {};
    algorithms();
    if (const auto other = other_provider()) provider(*other);
    for (std::size_t key = 0; key < history_.keys.size(); ++key)
      if (!any(told_, bit(key))) one(key);
    pair_of_entries();
    pair_of_signers();
    return phases_;
  }

 private:
  bool is_sep(std::size_t key) const { return history_.keys[key].key && history_.keys[key].key->is_sep(); }
  KeySet of(dns::Algorithm algorithm) const {
    KeySet keys = 0;
    for (std::size_t key = 0; key < history_.keys.size(); ++key)
      if (history_.keys[key].name.algorithm == algorithm) keys |= bit(key);
    return keys;
  }
  KeySet zsks() const { return state_.data & state_.keys.published & ~state_.keys.signing; }
  bool is_csk_zone() const { return zsks() == 0 && any(entries_, state_.data); }

  // Without a change seen, CDS tell which key the zone wants to have a DS (RFC 7344 §4).
  Turn turn(KeySet keys) const {
    auto turn = turn_of(history_, state_, keys);
    if (turn.direction != Direction::unknown || !history_.cds || *history_.cds == 0) return turn;
    if (any(*history_.cds, keys) && !any(state_.ds, keys)) turn.direction = Direction::coming;
    if (!any(*history_.cds, keys) && any(state_.keys.signing | state_.ds, keys)) turn.direction = Direction::going;
    return turn;
  }

  void add(Kind kind, KeySet keys, const Turn& turn, std::vector<RolloverStep> steps) {
    told_ |= keys;
    std::erase_if(steps, [&](const RolloverStep& step) {
      return turn.direction != Direction::unknown && step.when != turn.direction;
    });
    const bool is_seen = turn.since.has_value();
    for (auto& step : steps) step.earliest = earliest(kind, keys, step, is_seen);
    phases_.push_back({kind, keys, turn.direction, turn.since, std::move(steps)});
  }

  RolloverStep coming(Action action, KeySet in, KeySet out, const RolloverState& after) const {
    return {action, in, out, Direction::coming, after, {}};
  }
  RolloverStep going(Action action, KeySet out, const RolloverState& after) const {
    return {action, 0, out, Direction::going, after, {}};
  }
  RolloverState without_keys(KeySet out) const {
    auto after = state_;
    after.keys = {after.keys.published & ~out, after.keys.signing & ~out};
    return after;
  }
  RolloverState without_ds(KeySet out) const {
    auto after = state_;
    after.ds &= ~out;
    return after;
  }
  RolloverState without(KeySet out) const {
    auto after = without_keys(out);
    after.data &= ~out;
    return after;
  }
  RolloverState with_ds(KeySet in) const {
    auto after = state_;
    after.ds = in;
    return after;
  }

  std::optional<NotBefore> earliest(Kind kind, KeySet keys, const RolloverStep& step, bool is_seen) const {
    auto memory = history_.memory;
    if (!is_seen) assume(memory, kind, keys, step);
    const auto rule = kind == Kind::algorithm ? MixRule::cautious : MixRule::working;
    auto at = not_before(memory, step.after, rule);
    // Who left is asked until the NS sets that name it are forgotten, and its answers are kept from then on.
    if (at && kind == Kind::multi_signer_leaving)
      for (const auto& data : memory.data) at->more = std::max(at->more, data.ttl);
    if (at) at->at += at->more;
    return at;
  }

  // Nobody saw the state before this one; there has to have been one without these keys, or with them in their place.
  void assume(RolloverMemory& memory, Kind kind, KeySet keys, const RolloverStep& step) const {
    const auto gone = history_.times.front();
    const bool comes = step.when == Direction::coming;
    const auto put = [&](auto& list, const auto& copy) {
      dns::Seconds longest{0};
      for (const auto& kept : list) {
        if (kept.copy == copy && !kept.gone) return;
        longest = std::max(longest, kept.ttl);
      }
      list.push_back({copy, longest, std::nullopt, gone, true});
    };
    const auto& [ds, published, data] = state_;
    if (comes) {
      put(memory.ds, ds & ~keys);
      put(memory.keys, KeysCopy{published.published & ~keys, published.signing & ~keys});
      if ((data & ~keys) != 0 || step.after.ds != ds) put(memory.data, data & ~keys);
      return;
    }
    // Its DS may have stood beside the one of now, or in its place.
    if (any(published.signing, keys)) put(memory.ds, ds | (published.signing & keys));
    if (any(published.signing, keys)) put(memory.ds, published.signing & keys);
    put(memory.keys, KeysCopy{published.published | keys, published.signing | (keys & ds)});
    // A DS left behind: its key may have been there in the place of those of now.
    if (any(ds, keys) && !any(published.published, keys))
      put(memory.keys, KeysCopy{(published.published & ~entries_) | keys, keys});
    if (kind == Kind::csk || !any(published.signing | ds, keys)) put(memory.data, keys);
  }

  // No DS: on the way in, or on the way out.
  void at_the_edge() {
    auto turn = turn_of(history_, state_, ~KeySet{0});
    turn.direction = Direction::unknown;
    for (std::size_t i = history_.states.size(); i-- > 0 && turn.direction == Direction::unknown;) {
      const auto& before = history_.states[i];
      if (before.ds != 0) turn.direction = Direction::going;
      if (before.data == 0 && before.keys.published == 0) turn.direction = Direction::coming;
    }
    if (turn.direction == Direction::unknown && history_.cds)
      turn.direction = *history_.cds == 0 ? Direction::going : Direction::coming;
    const KeySet in = state_.keys.signing & state_.keys.published;
    std::vector<RolloverStep> steps;
    if (in != 0 && state_.data != 0) steps.push_back(coming(Action::exchange_ds, in, 0, with_ds(in)));
    steps.push_back(going(Action::unsign, state_.keys.published, RolloverState{}));
    add(turn.direction == Direction::going ? Kind::going_insecure : Kind::going_secure,
        state_.keys.published | state_.data, turn, std::move(steps));
  }

  bool is_complete(dns::Algorithm algorithm) const {
    const auto keys = of(algorithm);
    return any(entries_, keys) && any(state_.data & state_.keys.published, keys);
  }

  void algorithms() {
    std::set<dns::Algorithm> complete, partial;
    for (const auto& key : history_.keys) {
      const KeySet keys = of(key.name.algorithm);
      if (!any(state_.ds | state_.keys.published | state_.data, keys)) continue;
      (is_complete(key.name.algorithm) ? complete : partial).insert(key.name.algorithm);
    }
    if (complete.empty()) return;
    for (const auto algorithm : partial) part_of_algorithm(of(algorithm));
    if (complete.size() != 2 || !partial.empty()) return;
    const KeySet one = of(*complete.begin()), other = of(*complete.rbegin());
    const auto first = turn_of(history_, state_, one), second = turn_of(history_, state_, other);
    if (first.direction == Direction::coming && second.direction != Direction::coming)
      both_algorithms(one, other, first);
    if (second.direction == Direction::coming && first.direction != Direction::coming)
      both_algorithms(other, one, second);
  }

  void both_algorithms(KeySet in, KeySet out, const Turn& turn) {
    add(Kind::algorithm, in | out, turn, {coming(Action::remove_ds, in & entries_, out & state_.ds, without_ds(out))});
  }

  // RFC 6781 §4.1.4: signatures, keys, DS; and back in the opposite order.
  void part_of_algorithm(KeySet all) {
    const KeySet keys = all & (state_.ds | state_.keys.published | state_.data);
    const bool published = any(state_.keys.published, keys), signs = any(state_.data, keys);
    std::vector<RolloverStep> steps;
    if (!published) {
      auto after = state_;
      after.keys = {after.keys.published | keys, after.keys.signing | keys};
      steps.push_back(coming(Action::publish_keys, keys, 0, after));
    } else if (!signs) {
      auto after = state_;
      after.data |= keys;
      steps.push_back(coming(Action::sign_data, keys, 0, after));
    } else {
      const KeySet in = keys & state_.keys.signing;
      steps.push_back(coming(Action::exchange_ds, in, entries_, with_ds(in)));
    }
    if (any(state_.ds, keys))
      steps.push_back(going(Action::remove_ds, keys & state_.ds, without_ds(keys)));
    else if (published)
      steps.push_back(going(Action::remove_keys, keys, without_keys(keys)));
    else
      steps.push_back(going(Action::drop_signatures, keys, without(keys)));
    add(Kind::algorithm, keys, turn(keys), std::move(steps));
  }

  // Another provider's ZSK that signs nothing here, and a DS of a KSK that it alone publishes (RFC 8901 §2.1.2).
  std::optional<KeySet> other_provider() const {
    KeySet zsk = 0, ksk = 0;
    for (std::size_t key = 0; key < history_.keys.size(); ++key) {
      if (any(told_, bit(key))) continue;
      const auto marks = marks_of(state_, bit(key));
      if (marks == Marks{true, false, false, false} && !is_sep(key)) zsk |= bit(key);
      if (marks == Marks{false, false, false, true} && !history_.keys[key].strange) ksk |= bit(key);
    }
    if (zsk == 0 || ksk == 0) return std::nullopt;
    return zsk | ksk;
  }
  void provider(KeySet keys) {
    const KeySet ksk = keys & state_.ds, zsk = keys & ~ksk;
    auto joined = state_;
    joined.keys = {(state_.keys.published & ~state_.keys.signing) | keys, ksk};
    joined.data = zsk;
    auto left = without_keys(zsk);
    left.ds &= ~ksk;
    auto turn = turn_of(history_, state_, keys);
    for (const auto& signers : history_.signers)
      for (const auto& [server, by] : signers)
        if (any(by, zsk)) turn.direction = Direction::going;  // its servers were here
    add(turn.direction == Direction::going ? Kind::multi_signer_leaving : Kind::multi_signer_joining, keys, turn,
        {coming(Action::add_servers, keys, 0, joined), going(Action::remove_ds, keys, left)});
  }

  void one(std::size_t key) {
    const KeySet self = bit(key);
    const auto marks = marks_of(state_, self);
    const bool sep = is_sep(key);
    if (marks == Marks{true, true, marks.signs_data, false}) return second_entry(self, marks);
    if (marks.in_ds && !marks.published) return ds_alone(key);
    if (marks.in_ds && !marks.signs_keys) {
      auto after = state_;
      after.keys.signing |= self;
      return add(Kind::double_ds, self, turn(self),
                 {coming(Action::sign_keys, self, 0, after), going(Action::remove_ds, self, without_ds(self))});
    }
    if (marks == Marks{true, false, false, false}) return sep ? waiting_ksk(self) : waiting_zsk(self);
    if (marks == Marks{false, false, true, false}) {
      auto after = state_;
      after.keys.published |= self;
      add(Kind::zsk_double_signature, self, turn(self),
          {coming(Action::publish_keys, self, 0, after), going(Action::drop_signatures, self, without(self))});
    }
  }

  // It signs the DNSKEY set and has no DS (yet, or any more).
  void second_entry(KeySet self, const Marks& marks) {
    const bool csk = marks.signs_data || is_csk_zone();
    const KeySet rest = state_.data & ~self;
    auto after = without_keys(self);
    if (rest != 0) after.data = rest;
    add(csk ? Kind::csk : Kind::double_ksk, self, turn(self),
        {coming(Action::exchange_ds, self, entries_, with_ds(self)), going(Action::remove_keys, self, after)});
  }

  void ds_alone(std::size_t key) {
    const KeySet self = bit(key);
    auto after = state_;
    after.keys = {(after.keys.published & ~entries_) | self, (after.keys.signing & ~entries_) | self};
    if (is_csk_zone()) after.data = (after.data & ~entries_) | self;
    auto way = turn(self);
    if (history_.keys[key].strange) way.direction = Direction::going;
    add(Kind::double_ds, self, way,
        {coming(Action::exchange_keys, self, entries_, after), going(Action::remove_ds, self, without_ds(self))});
  }

  void waiting_ksk(KeySet self) {
    auto after = state_;
    after.keys.signing |= self;
    add(is_csk_zone() ? Kind::csk : Kind::double_ksk, self, turn(self),
        {coming(Action::sign_keys, self, 0, after), going(Action::remove_keys, self, without_keys(self))});
  }

  void waiting_zsk(KeySet self) {
    const KeySet out = zsks() != 0 ? zsks() : state_.data;
    auto after = state_;
    after.data = (after.data & ~out) | self;
    add(Kind::zsk_prepublish, self, turn(self),
        {coming(Action::sign_data, self, out, after), going(Action::remove_keys, self, without_keys(self))});
  }

  // Of some that are alike: those that go, by the last change that was seen of any of them.
  std::optional<std::pair<KeySet, Turn>> leaving(KeySet alike) const {
    KeySet changed = 0;
    Turn last;
    for (std::size_t key = 0; key < history_.keys.size(); ++key) {
      if (!any(alike, bit(key))) continue;
      const auto turn = turn_of(history_, state_, bit(key));
      if (!turn.since || (last.since && *turn.since < *last.since)) continue;
      changed = last.since == turn.since && turn.direction == last.direction ? changed | bit(key) : bit(key);
      last = turn;
    }
    const KeySet out = last.direction == Direction::going ? changed : alike & ~changed;
    if (changed == 0 || out == 0) return std::nullopt;
    return std::pair(out, last);
  }

  // Two DS for two keys that both lead: a standby key, unless one was seen to come.
  void pair_of_entries() {
    const KeySet alike = entries_ & ~told_;
    if (std::popcount(alike) < 2) return;
    const auto found = leaving(alike);
    if (!found) return;
    auto turn = found->second;
    turn.direction = Direction::going;
    add(any(state_.data, alike) ? Kind::csk : Kind::double_ksk, alike, turn,
        {going(Action::remove_ds, found->first, without_ds(found->first))});
  }

  void pair_of_signers() {
    const KeySet alike = zsks() & ~told_;
    if (std::popcount(alike) < 2) return;
    const auto found = leaving(alike);
    Turn turn = found ? found->second : Turn{};
    std::vector<RolloverStep> steps;
    if (found) turn.direction = Direction::going;
    for (std::size_t key = 0; key < history_.keys.size(); ++key)
      if (any(found ? found->first : alike, bit(key)))
        steps.push_back(going(Action::remove_keys, bit(key), without(bit(key))));
    add(Kind::zsk_double_signature, alike, turn, std::move(steps));
  }

  const RolloverHistory& history_;
  RolloverState state_;
  KeySet entries_ = 0, told_ = 0;
  std::vector<RolloverPhase> phases_;
};

}  // namespace

std::vector<RolloverPhase> rollover_phases(const RolloverHistory& history, const RolloverState& state) {
  return Phases(history, state).run();
}

}  // namespace validator
