#include "trustanchor/rollover.h"

#include <algorithm>
#include <chrono>

namespace trustanchor {
namespace {

using Kind = Event::Kind;
using namespace std::chrono_literals;

dns::Dnskey without_revoke(dns::Dnskey key) {
  key.flags = static_cast<std::uint16_t>(key.flags & ~dns::Dnskey::revoke_flag);
  return key;
}

bool is_same(const ManagedKey& managed, const SeenKey& seen) { return is_key_of(managed.key, seen); }

// One step under way.
class Stepper {
 public:
  Stepper(const TrustPoint& before, const Sighting& seen, dns::Time now)
      : seen_(seen), now_(now), result_{before, {}} {}
  Step take();

 private:
  void end_remove_hold_down();
  void revoke();
  void follow_known();
  void follow(ManagedKey& managed);
  void wait(ManagedKey& pending);
  void take_up_new();
  void drop_forgotten();
  void succeed();
  void fail(Kind why);

  const SeenKey* published(const ManagedKey& managed) const;
  void move(ManagedKey& managed, State state, Kind kind);
  void tell(Kind kind, dns::KeyTag tag) { result_.events.push_back({kind, tag}); }
  std::vector<ManagedKey>& keys() { return result_.after.keys; }

  const Sighting& seen_;
  dns::Time now_;
  Step result_;
};

Step Stepper::take() {
  result_.after.last_queried = now_;
  const bool was_trusted = result_.after.is_trusted();
  end_remove_hold_down();
  revoke();  // before anything else: a set signed by the key it revokes alone is signed by nobody
  if (seen_.keys.empty()) {
    fail(Kind::silent);
  } else if (!validates(result_.after, seen_)) {
    fail(Kind::unvalidated);
  } else {
    follow_known();
    take_up_new();
    drop_forgotten();
    succeed();
  }
  if (was_trusted && !result_.after.is_trusted()) tell(Kind::gone, 0);
  return std::move(result_);
}

// RFC 5011 §2.4.2. Both states are untrusted, so the clock alone may do it.
void Stepper::end_remove_hold_down() {
  for (ManagedKey& managed : keys()) {
    if (managed.state == State::revoked && now_ - managed.since >= hold_down)
      move(managed, State::removed, Kind::removed);
  }
}

// RFC 5011 §2.1: the flag counts in a set that this key has signed; no other anchor is needed for it.
void Stepper::revoke() {
  for (const SeenKey& seen : seen_.keys) {
    if (!seen.key.is_revoked() || !seen.signs) continue;
    for (ManagedKey& managed : keys()) {
      if (!is_same(managed, seen)) continue;
      if (managed.state == State::add_pend) {
        move(managed, State::removed, Kind::revoked);
      } else if (managed.is_trusted()) {
        managed.key = without_revoke(seen.key);
        move(managed, State::revoked, Kind::revoked);
      }
    }
  }
}

void Stepper::follow_known() {
  for (ManagedKey& managed : keys()) follow(managed);
  // Two DS records by different digests have become one key.
  std::vector<ManagedKey> distinct;
  for (ManagedKey& managed : keys()) {
    const auto same = [&](const ManagedKey& other) { return other.key == managed.key; };
    if (std::ranges::none_of(distinct, same)) distinct.push_back(std::move(managed));
  }
  keys() = std::move(distinct);
}

// RFC 5011 §4.2, the rows of a key that is known already.
void Stepper::follow(ManagedKey& managed) {
  const SeenKey* seen = published(managed);
  if (seen != nullptr && managed.is_trusted() && std::holds_alternative<dns::Ds>(managed.key)) {
    managed.key = seen->key;
    managed.ttl = seen_.original_ttl;
    tell(Kind::resolved, managed.tag());
  }
  if (managed.state == State::add_pend) {
    seen == nullptr ? move(managed, State::start, Kind::forgotten) : wait(managed);
  } else if (managed.state == State::valid && seen == nullptr) {
    move(managed, State::missing, Kind::missing);
  } else if (managed.state == State::missing && seen != nullptr) {
    move(managed, State::valid, Kind::returned);
  }
}

// RFC 5011 §2.4.1: the first validated set after the hold-down makes the key an anchor; the one before it was its
// first.
void Stepper::wait(ManagedKey& pending) {
  // A clock that was ahead when the key came would make it wait for years, or be accepted at once when set ahead
  // again: the wait begins anew by the clock of now.
  if (now_ < pending.since) {
    pending.since = now_;
    pending.sightings = 0;
  }
  ++pending.sightings;
  if (pending.sightings >= 2 && now_ >= accepted_from(pending)) move(pending, State::valid, Kind::accepted);
}

void Stepper::take_up_new() {
  for (const SeenKey& seen : seen_.keys) {
    const dns::Dnskey& key = seen.key;
    // RFC 5011 §3: SEP keys alone. One that nobody here can check would in the end be the only anchor.
    if (!key.is_sep() || !key.is_zone_key() || key.is_revoked() || key.protocol != 3 || key.key.empty() || !seen.usable)
      continue;
    if (std::ranges::any_of(keys(), [&](const ManagedKey& managed) { return is_same(managed, seen); })) continue;
    if (keys().size() >= most_managed_keys) {
      tell(Kind::refused, key.tag());
      continue;
    }
    keys().push_back({key, State::add_pend, now_, seen_.original_ttl, 1});
    tell(Kind::appeared, key.tag());
  }
}

void Stepper::drop_forgotten() {
  std::erase_if(keys(), [](const ManagedKey& managed) { return managed.state == State::start; });
}

void Stepper::succeed() {
  TrustPoint& point = result_.after;
  const dns::Seconds left = seen_.expires - now_;
  point.last_success = now_;
  point.failures = 0;
  point.query_interval = query_interval(seen_.original_ttl, left);
  point.retry_time = retry_time(seen_.original_ttl, left);
  point.next_query = now_ + point.query_interval;
}

// Changes no key, only when to ask next.
void Stepper::fail(Kind why) {
  tell(why, 0);
  TrustPoint& point = result_.after;
  ++point.failures;
  point.next_query = now_ + point.retry_time;
}

// As a key in use: with REVOKE it is another record, and the one that was followed is absent.
const SeenKey* Stepper::published(const ManagedKey& managed) const {
  const auto found = std::ranges::find_if(
      seen_.keys, [&](const SeenKey& seen) { return !seen.key.is_revoked() && is_same(managed, seen); });
  return found == seen_.keys.end() ? nullptr : &*found;
}

void Stepper::move(ManagedKey& managed, State state, Kind kind) {
  managed.state = state;
  managed.since = now_;
  managed.sightings = 0;
  tell(kind, managed.tag());
}

}  // namespace

dns::KeyTag ManagedKey::tag() const {
  if (const auto* ds = std::get_if<dns::Ds>(&key)) return ds->tag;
  return std::get<dns::Dnskey>(key).tag();
}

bool TrustPoint::is_trusted() const { return std::ranges::any_of(keys, &ManagedKey::is_trusted); }

TrustPoint trust_point(const dns::Name& zone, const std::vector<Anchor>& anchors, dns::Time now) {
  TrustPoint point;
  point.zone = zone;
  for (const Anchor& anchor : anchors) {
    if (anchor.zone == zone && anchor.counts_at(now)) point.keys.push_back({anchor.key, State::valid, now, 0, 0});
  }
  return point;
}

Step step(const TrustPoint& before, const Sighting& seen, dns::Time now) { return Stepper(before, seen, now).take(); }

// Whole keys are compared, never tags: two keys may share one, and REVOKE changes it (RFC 5011 §2.1).
bool is_key_of(const std::variant<dns::Ds, dns::Dnskey>& anchor, const SeenKey& seen) {
  if (const auto* ds = std::get_if<dns::Ds>(&anchor)) return std::ranges::find(seen.ds, *ds) != seen.ds.end();
  return without_revoke(std::get<dns::Dnskey>(anchor)) == without_revoke(seen.key);
}

bool validates(const TrustPoint& point, const Sighting& seen) {
  return std::ranges::any_of(seen.keys, [&](const SeenKey& key) {
    return key.signs && !key.key.is_revoked() && std::ranges::any_of(point.keys, [&](const ManagedKey& managed) {
             return managed.is_trusted() && is_same(managed, key);
           });
  });
}

dns::Seconds query_interval(dns::Ttl original_ttl, dns::Seconds left) {
  return std::max<dns::Seconds>(1h, std::min<dns::Seconds>({15 * 24h, dns::Seconds(original_ttl) / 2, left / 2}));
}

dns::Seconds retry_time(dns::Ttl original_ttl, dns::Seconds left) {
  return std::max<dns::Seconds>(1h, std::min<dns::Seconds>({24h, dns::Seconds(original_ttl) / 10, left / 10}));
}

dns::Time accepted_from(const ManagedKey& pending) {
  return pending.since + std::max(hold_down, dns::Seconds(pending.ttl));
}

std::string_view to_text(Event::Kind kind) {
  switch (kind) {
    case Kind::appeared: return "is new and signed for: it waits out the hold-down";
    case Kind::forgotten: return "went away before its hold-down was over: forgotten";
    case Kind::accepted: return "has waited out its hold-down: it is an anchor now";
    case Kind::resolved: return "is the key of an anchor that was a DS";
    case Kind::missing: return "is not published any more; it stays an anchor";
    case Kind::returned: return "is published again";
    case Kind::revoked: return "has revoked itself: never an anchor again";
    case Kind::removed: return "was revoked 30 days ago: removed, and remembered";
    case Kind::refused: return "is new, but 32 keys are known already: left out";
    case Kind::unvalidated: return "no anchor signs the key set that was heard: nothing is changed";
    case Kind::silent: return "no key set was heard: nothing is changed";
    case Kind::gone: return "EVERY ANCHOR IS REVOKED: this zone is no trust point any more";
  }
  return "";
}

}  // namespace trustanchor
