// RFC 5011 step by step, over years of a clock that is only an argument. The witnesses: the table of §4.2, dates added
// up by hand, and a second account of the rules that looks at the whole history instead of keeping states.
#include "trustanchor/rollover.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/trustanchor/samples.h"

namespace trustanchor {
namespace {

using Kind = Event::Kind;
using Kinds = std::vector<Kind>;

constexpr dns::Seconds day{86400};
constexpr dns::Ttl two_days = 172800;
dns::Time at(std::string_view text) { return dns::parse_time(text).value(); }

dns::Dnskey key(std::uint8_t id) { return {257, 3, dns::Algorithm::ecdsap256sha256, dns::Bytes(64, id)}; }

// A set in a few letters: "a" a key, "A" the same with REVOKE, "+" behind it: it signs.
Sighting set(std::string_view text, dns::Time now, dns::Ttl ttl = two_days, dns::Seconds left = 21 * day) {
  Sighting seen;
  for (const char c : text) {
    if (c == '+') {
      seen.keys.back().signs = true;
      continue;
    }
    const bool revoked = c >= 'A' && c <= 'Z';
    dns::Dnskey one = key(static_cast<std::uint8_t>(revoked ? c - 'A' + 'a' : c));
    if (revoked) one.flags |= dns::Dnskey::revoke_flag;
    seen.keys.push_back({one});
  }
  seen.original_ttl = ttl;
  seen.expires = now + left;
  return seen;
}

TrustPoint point_of(std::string_view ids, dns::Time now) {
  std::vector<Anchor> anchors;
  for (const char id : ids) anchors.push_back({{}, key(static_cast<std::uint8_t>(id)), {}, {}, {}, {}});
  return trust_point({}, anchors, now);
}

std::string state_of(const TrustPoint& point, char id) {
  for (const ManagedKey& managed : point.keys) {
    const auto* found = std::get_if<dns::Dnskey>(&managed.key);
    if (found == nullptr || found->key[0] != static_cast<std::uint8_t>(id)) continue;
    switch (managed.state) {
      case State::start: return "Start";
      case State::add_pend: return "AddPend";
      case State::valid: return "Valid";
      case State::missing: return "Missing";
      case State::revoked: return "Revoked";
      case State::removed: return "Removed";
    }
  }
  return "Start";
}

Kinds kinds(const Step& step) {
  Kinds all;
  for (const Event& event : step.events) all.push_back(event.kind);
  return all;
}

const dns::Time start = at("2024-01-01T00:00:00Z");

// Key "b" beside the anchor "a", brought into each state by sightings alone.
TrustPoint with_b_in(std::string_view state) {
  TrustPoint point = point_of("a", start);
  const auto see = [&](std::string_view text, int days) {
    point = step(point, set(text, start + days * day), start + days * day).after;
  };
  if (state == "Start") return point;
  see("a+b", 0);
  if (state == "AddPend") return point;
  see("a+b", 30);
  if (state == "Valid") return point;
  if (state == "Missing") {
    see("a+", 31);
    return point;
  }
  see("a+B+", 31);
  if (state == "Removed") see("a+B+", 61);
  return point;
}

// RFC 5011 §4.2, every cell: what the table leaves empty changes nothing.
// Proves C-5011-2-4
TEST(Rollover, every_cell_of_the_table) {
  struct Case {
    std::string_view from, set;
    int day;
    std::string_view to;
  };
  const std::vector<Case> cases = {
      {"Start", "a+", 62, "Start"},       {"Start", "a+b", 62, "AddPend"},    {"Start", "a+B", 62, "Start"},
      {"Start", "a+B+", 62, "Start"},     {"AddPend", "a+", 10, "Start"},     {"AddPend", "a+b", 10, "AddPend"},
      {"AddPend", "a+b", 30, "Valid"},    {"AddPend", "a+", 30, "Start"},     {"AddPend", "a+B", 10, "Start"},
      {"AddPend", "a+B+", 10, "Removed"}, {"Valid", "a+", 62, "Missing"},     {"Valid", "a+b", 62, "Valid"},
      {"Valid", "a+B", 62, "Missing"},    {"Valid", "a+B+", 62, "Revoked"},   {"Missing", "a+", 62, "Missing"},
      {"Missing", "a+b", 62, "Valid"},    {"Missing", "a+B", 62, "Missing"},  {"Missing", "a+B+", 62, "Revoked"},
      {"Revoked", "a+", 40, "Revoked"},   {"Revoked", "a+b", 40, "Revoked"},  {"Revoked", "a+B+", 40, "Revoked"},
      {"Revoked", "a+", 61, "Removed"},   {"Revoked", "a+b", 60, "Revoked"},  {"Removed", "a+b+", 4000, "Removed"},
      {"Removed", "a+", 4000, "Removed"}, {"Removed", "a+B+", 70, "Removed"}, {"Valid", "a+bB+", 62, "Revoked"},
      {"Missing", "b+", 62, "Valid"},     {"Revoked", "b+", 40, "Revoked"},   {"AddPend", "b+", 30, "AddPend"},
      {"AddPend", "ab", 30, "AddPend"},   {"Valid", "", 62, "Valid"},         {"AddPend", "", 62, "AddPend"},
      {"Valid", "c+", 62, "Valid"},       {"Missing", "", 62, "Missing"},     {"Start", "b+", 62, "Start"},
  };
  for (const Case& each : cases) {
    const TrustPoint before = with_b_in(each.from);
    ASSERT_EQ(state_of(before, 'b'), each.from);
    const dns::Time now = start + each.day * day;
    EXPECT_EQ(state_of(step(before, set(each.set, now), now).after, 'b'), each.to) << each.from << " " << each.set;
  }
}

// Proves C-5011-2-4
TEST(Rollover, the_hold_down_to_the_second) {
  const dns::Time end = at("2024-01-31T00:00:00Z");  // 1 January and 30 days
  const TrustPoint pending = with_b_in("AddPend");
  EXPECT_EQ(accepted_from(pending.keys[1]), end);
  const dns::Time before = end - dns::Seconds(1);
  EXPECT_EQ(state_of(step(pending, set("a+b", before), before).after, 'b'), "AddPend");
  EXPECT_EQ(state_of(step(pending, set("a+b", end), end).after, 'b'), "Valid");
  // "or the original TTL of the first set that showed it": 40 days end on 10 February, whatever later sets have.
  TrustPoint longer = point_of("a", start);
  longer = step(longer, set("a+b", start, 40 * 86400), start).after;
  longer = step(longer, set("a+b", end), end).after;
  EXPECT_EQ(state_of(longer, 'b'), "AddPend");
  const dns::Time tenth = at("2024-02-10T00:00:00Z");
  EXPECT_EQ(state_of(step(longer, set("a+b", tenth - dns::Seconds(1)), tenth - dns::Seconds(1)).after, 'b'), "AddPend");
  EXPECT_EQ(state_of(step(longer, set("a+b", tenth), tenth).after, 'b'), "Valid");
}

TEST(Rollover, an_intruders_key_goes_on_day_29_and_begins_anew) {
  TrustPoint point = with_b_in("AddPend");
  const Step gone = step(point, set("a+", start + 29 * day), start + 29 * day);
  EXPECT_EQ(kinds(gone), Kinds{Kind::forgotten});
  EXPECT_EQ(gone.after.keys.size(), 1U);
  point = step(gone.after, set("a+b", start + 31 * day), start + 31 * day).after;
  EXPECT_EQ(state_of(point, 'b'), "AddPend");
  point = step(point, set("a+b", start + 60 * day), start + 60 * day).after;
  EXPECT_EQ(state_of(point, 'b'), "AddPend");
  EXPECT_EQ(state_of(step(point, set("a+b", start + 61 * day), start + 61 * day).after, 'b'), "Valid");
}

TEST(Rollover, a_pending_key_vouches_for_nothing) {
  TrustPoint point = with_b_in("AddPend");
  const dns::Time now = start + 40 * day;
  const Step step_ = step(point, set("b+c", now), now);
  EXPECT_EQ(kinds(step_), Kinds{Kind::unvalidated});
  EXPECT_EQ(step_.after.keys, point.keys);
}

TEST(Rollover, clocks_that_jump) {
  // First seen by a clock ten years ahead. Set right, the wait begins at the right time, and lasts 30 days.
  const dns::Time ahead = at("2034-01-01");
  TrustPoint point = step(point_of("a", start), set("a+b", ahead), ahead).after;
  point = step(point, set("a+b", start), start).after;
  EXPECT_EQ(state_of(point, 'b'), "AddPend");
  point = step(point, set("a+b", start + 29 * day), start + 29 * day).after;
  EXPECT_EQ(state_of(point, 'b'), "AddPend");
  EXPECT_EQ(state_of(step(point, set("a+b", start + 30 * day), start + 30 * day).after, 'b'), "Valid");

  // Asleep for a year: a key seen at both ends has waited; one that is gone has not.
  const dns::Time year = start + 366 * day;
  EXPECT_EQ(state_of(step(with_b_in("AddPend"), set("a+b", year), year).after, 'b'), "Valid");
  EXPECT_EQ(state_of(step(with_b_in("AddPend"), set("a+", year), year).after, 'b'), "Start");

  // A revoked key stays so, however far back the clock goes.
  const dns::Time past = at("2001-01-01");
  EXPECT_EQ(state_of(step(with_b_in("Revoked"), set("a+b", past), past).after, 'b'), "Revoked");
  EXPECT_EQ(state_of(step(with_b_in("Removed"), set("a+b+", past), past).after, 'b'), "Removed");
}

TEST(Rollover, two_keys_roll_at_once) {
  TrustPoint point = point_of("a", start);
  const auto see = [&](std::string_view text, int days) {
    const Step taken = step(point, set(text, start + days * day), start + days * day);
    point = taken.after;
    return kinds(taken);
  };
  EXPECT_EQ(see("a+b", 0), Kinds{Kind::appeared});
  EXPECT_EQ(see("a+bc", 10), Kinds{Kind::appeared});
  EXPECT_EQ(see("a+bc", 30), Kinds{Kind::accepted});
  EXPECT_EQ(state_of(point, 'c'), "AddPend");
  EXPECT_EQ(see("A+b+c", 39), Kinds{Kind::revoked});
  EXPECT_EQ(see("b+c", 40), Kinds{Kind::accepted});
  EXPECT_EQ(see("B+c", 41), Kinds({Kind::revoked, Kind::unvalidated}));  // c is trusted, but does not sign
  EXPECT_EQ(see("c+", 42), Kinds{});
  EXPECT_EQ(state_of(point, 'a') + state_of(point, 'b') + state_of(point, 'c'), "RevokedRevokedValid");
  EXPECT_EQ(see("c+", 69), Kinds{Kind::removed});  // a: 39 + 30
  EXPECT_EQ(see("c+", 71), Kinds{Kind::removed});  // b: 41 + 30
}

TEST(Rollover, the_last_anchor_is_revoked) {
  const TrustPoint point = point_of("a", start);
  const Step taken = step(point, set("A+b", start), start);
  EXPECT_EQ(kinds(taken), Kinds({Kind::revoked, Kind::unvalidated, Kind::gone}));
  EXPECT_EQ(state_of(taken.after, 'b'), "Start");  // the set was signed by the key it revokes alone
  EXPECT_FALSE(taken.after.is_trusted());
  const std::string text = write_state(taken.after);
  const auto read = read_state(text, "FILE");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error(), "FILE: line 2: every key of this zone was revoked: no anchor is left (RFC 5011 §2.1)");
}

TEST(Rollover, tags_are_no_names) {
  // Octets added to a tag's sum in two places that count alike (RFC 4034 appendix B).
  dns::Dnskey left = key('a'), right = key('a');
  left.key[0] = 1;
  right.key[2] = 1;
  left.key[2] = right.key[0] = 0;
  ASSERT_EQ(left.tag(), right.tag());
  const TrustPoint point = trust_point({}, {{{}, left, {}, {}, {}, {}}}, start);
  Sighting seen = set("", start);
  seen.keys = {{right, true}};
  EXPECT_FALSE(validates(point, seen));
  seen.keys.push_back({left, true});
  EXPECT_TRUE(validates(point, seen));
  right.flags |= dns::Dnskey::revoke_flag;
  seen.keys[0] = {right, true};
  EXPECT_EQ(step(point, seen, start).after.keys[0].state, State::valid);
}

TEST(Rollover, what_is_no_candidate) {
  const TrustPoint point = point_of("a", start);
  struct Case {
    std::string_view what;
    SeenKey seen;
  };
  std::vector<Case> cases(5, {"", {key('b')}});
  cases[0] = {"no SEP", {key('b')}};
  cases[0].seen.key.flags = 256;
  cases[1].what = "no zone flag";
  cases[1].seen.key.flags = 1;
  cases[2].what = "protocol";
  cases[2].seen.key.protocol = 2;
  cases[3].what = "an algorithm that nobody can check";
  cases[3].seen.usable = false;
  cases[4].what = "empty";
  cases[4].seen.key.key.clear();
  for (const Case& each : cases) {
    Sighting seen = set("a+", start);
    seen.keys.push_back(each.seen);
    EXPECT_EQ(step(point, seen, start).after.keys.size(), 1U) << each.what;
  }
}

TEST(Rollover, no_more_than_32_keys) {
  const TrustPoint point = point_of("a", start);
  Sighting seen = set("a+", start);
  for (std::uint8_t id = 200; id < 240; ++id) seen.keys.push_back({key(id)});
  const Step taken = step(point, seen, start);
  EXPECT_EQ(taken.after.keys.size(), 32U);
  EXPECT_EQ(std::ranges::count(kinds(taken), Kind::refused), 9);  // 40 new ones, 31 places
  EXPECT_TRUE(read_state(write_state(taken.after), "FILE"));
}

// RFC 5011 §2.3, by hand.
// Proves C-5011-2-4
TEST(Rollover, when_to_ask_next) {
  struct Case {
    dns::Ttl ttl;
    dns::Seconds left;
    dns::Seconds query, retry;
  };
  const std::vector<Case> cases = {
      {172800, 21 * day, dns::Seconds(86400), dns::Seconds(17280)},        // the root's: a day; 4 h 48 min
      {172800, 1 * day, dns::Seconds(43200), dns::Seconds(8640)},          // half and a tenth of what is left
      {60, 21 * day, dns::Seconds(3600), dns::Seconds(3600)},              // not more than once in an hour
      {86400 * 60, 365 * day, 15 * day, day},                              // at least every 15 days; every day
      {7201, 21 * day, dns::Seconds(3600), dns::Seconds(3600)},            // 3600.5
      {172800, dns::Seconds(-5), dns::Seconds(3600), dns::Seconds(3600)},  // cannot be, and is not now
  };
  for (const Case& each : cases) {
    EXPECT_EQ(query_interval(each.ttl, each.left), each.query) << each.ttl;
    EXPECT_EQ(retry_time(each.ttl, each.left), each.retry) << each.ttl;
  }
  TrustPoint point = step(point_of("a", start), set("a+", start), start).after;
  EXPECT_EQ(point.next_query, at("2024-01-02T00:00:00Z"));
  const dns::Time now = *point.next_query;
  const TrustPoint silent = step(point, {}, now).after;
  EXPECT_EQ(silent.next_query, at("2024-01-02T04:48:00Z"));
  EXPECT_EQ(silent.failures, 1U);
  EXPECT_EQ(silent.last_success, start);
  EXPECT_EQ(step(silent, set("a+", now), now).after.failures, 0U);
}

TEST(Rollover, a_ds_becomes_its_key) {
  const dns::Ds two{7, key('a').algorithm, dns::Digest::sha256, dns::Bytes(32, 2)};
  const dns::Ds four{7, key('a').algorithm, dns::Digest::sha384, dns::Bytes(48, 4)};
  TrustPoint point = trust_point({}, {{{}, two, {}, {}, {}, {}}, {{}, four, {}, {}, {}, {}}}, start);
  Sighting seen = set("a+", start);
  EXPECT_FALSE(validates(point, seen));
  seen.keys[0].ds = {two, four};
  const Step taken = step(point, seen, start);
  EXPECT_EQ(taken.after.keys.size(), 1U);
  EXPECT_EQ(state_of(taken.after, 'a'), "Valid");
  // One that comes with REVOKE is revoked though its DS never met it in use.
  Sighting revoked = set("A+", start);
  revoked.keys[0].ds = {two, four};
  EXPECT_FALSE(step(point, revoked, start).after.is_trusted());
}

// The root's own history (anchors.md §1): o KSK-2010, n KSK-2017, x KSK-2024. Sets as they were published; one
// question a day.
struct Change {
  std::string_view from, set;
};
void follow(TrustPoint& point, const std::vector<Change>& changes, dns::Time until,
            const std::map<std::string, std::string>& expected, std::string_view ids) {
  std::map<std::string, std::string> seen;
  std::size_t next = 0;
  for (dns::Time now = at(changes[0].from); now <= until; now += day) {
    while (next + 1 < changes.size() && now >= at(changes[next + 1].from)) ++next;
    std::string before, after;
    for (const char id : ids) before += state_of(point, id) + " ";
    point = step(point, set(changes[next].set, now), now).after;
    for (const char id : ids) after += state_of(point, id) + " ";
    if (after != before) seen[dns::print_rfc3339(now).substr(0, 10)] = after;
    const auto again = read_state(write_state(point), "FILE");
    ASSERT_TRUE(again) << again.error();
    ASSERT_EQ(*again, point) << dns::print_rfc3339(now);
  }
  EXPECT_EQ(seen, expected);
}

TEST(Rollover, the_roll_of_2017_to_2019) {
  TrustPoint point = point_of("o", at("2017-01-01"));
  follow(point,
         {{"2017-07-01", "o+"},
          {"2017-07-11", "o+n"},
          {"2018-10-11", "on+"},
          {"2019-01-11", "O+n+"},
          {"2019-03-22", "n+"}},
         at("2019-06-01"),
         {{"2017-07-11", "Valid AddPend "},
          {"2017-08-10", "Valid Valid "},  // 11 July and 30 days
          {"2019-01-11", "Revoked Valid "},
          {"2019-02-10", "Removed Valid "}},  // 11 January and 30 days
         "on");
}

TEST(Rollover, the_roll_of_2024_to_2027) {
  TrustPoint point = point_of("n", at("2025-01-01"));
  follow(point,
         {{"2025-01-01", "n+"},
          {"2025-01-11", "n+x"},
          {"2026-10-11", "nx+"},
          {"2027-01-11", "N+x+"},
          {"2027-03-22", "x+"}},
         at("2027-06-01"),
         {{"2025-01-11", "Valid AddPend "},
          {"2025-02-10", "Valid Valid "},
          {"2027-01-11", "Revoked Valid "},
          {"2027-02-10", "Removed Valid "}},
         "nx");
}

// The second account: no states are kept, everything is asked of the history of sightings, however slowly.
class History {
 public:
  struct Seen {
    dns::Time when;
    dns::Ttl ttl = 0;
    std::string set;
  };
  explicit History(std::string anchors) : anchors_(std::move(anchors)) {}
  void add(Seen seen) { all_.push_back(std::move(seen)); }
  std::string state(char id) { return state_after(id, all_.size()); }

 private:
  bool shows(std::size_t i, char c) const { return all_[i].set.find(c) != std::string::npos; }
  bool signs(std::size_t i, char c) const { return all_[i].set.find(std::string{c, '+'}) != std::string::npos; }
  static char upper(char id) { return static_cast<char>(id - 'a' + 'A'); }

  // The sighting in which the key's own word ended it, if it was known by then.
  std::optional<std::size_t> revoked(char id, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      if (!signs(i, upper(id))) continue;
      if (accepted(id, i) || waits_since(id, i)) return i;
    }
    return std::nullopt;
  }
  bool trusted(char id, std::size_t n) { return accepted(id, n) && !revoked(id, n); }
  bool validated(std::size_t i) {
    const auto found = memo_.find(i);
    if (found != memo_.end()) return found->second;
    bool any = false;
    for (char id = 'a'; id <= 'e'; ++id) any = any || (signs(i, id) && !signs(i, upper(id)) && trusted(id, i));
    return memo_[i] = any;
  }
  // The first sighting of the unbroken run of validated ones with the key that reaches up to n.
  std::optional<std::size_t> waits_since(char id, std::size_t n) {
    std::optional<std::size_t> first;
    for (std::size_t i = n; i-- > 0;) {
      if (!validated(i)) continue;
      if (!shows(i, id) || signs(i, upper(id))) break;
      first = i;
    }
    return first;
  }
  bool accepted(char id, std::size_t n) {
    if (anchors_.find(id) != std::string::npos) return true;
    for (std::size_t i = 0; i < n; ++i) {
      if (!validated(i) || !shows(i, id) || signs(i, upper(id))) continue;
      const auto first = waits_since(id, i);
      if (!first) continue;
      const dns::Seconds wait = std::max(30 * day, dns::Seconds(all_[*first].ttl));
      if (all_[i].when - all_[*first].when >= wait && !revoked(id, i)) return true;
    }
    return false;
  }
  std::string state_after(char id, std::size_t n) {
    if (const auto i = revoked(id, n)) {
      if (!accepted(id, *i)) return "Removed";
      return all_[n - 1].when - all_[*i].when >= 30 * day ? "Removed" : "Revoked";
    }
    if (!accepted(id, n)) return waits_since(id, n) ? "AddPend" : "Start";
    for (std::size_t i = n; i-- > 0;) {
      if (validated(i)) return shows(i, id) ? "Valid" : "Missing";
    }
    return "Valid";
  }

  std::string anchors_;
  std::vector<Seen> all_;
  std::map<std::size_t, bool> memo_;
};

// Proves C-5011-2-4
TEST(Rollover, agrees_with_a_second_account_of_the_rules) {
  std::mt19937 random(5011);
  std::map<std::string, int> met;
  for (int world = 0; world < 300; ++world) {
    TrustPoint point = point_of("ab", start);
    History history("ab");
    dns::Time now = start;
    std::string shown = "ab";  // the zone's own idea, which changes now and then
    for (int i = 0; i < 40 && point.is_trusted(); ++i) {
      now +=
          dns::Seconds(static_cast<std::int64_t>(random() % 12 + 1) * 86400 + static_cast<std::int64_t>(random() % 7));
      if (random() % 4 == 0) {
        const char id = static_cast<char>('a' + random() % 5);
        const auto there = shown.find(id);
        there == std::string::npos ? static_cast<void>(shown += id) : static_cast<void>(shown.erase(there, 1));
      }
      std::string text;
      for (const char id : shown) {
        const bool revoked = random() % 40 == 0;
        text += revoked ? static_cast<char>(id - 'a' + 'A') : id;
        if (random() % 2 == 0) text += '+';
      }
      const dns::Ttl ttl = random() % 5 == 0 ? 45 * 86400 : two_days;
      history.add({now, ttl, text});
      point = step(point, set(text, now, ttl), now).after;
      for (char id = 'a'; id <= 'e'; ++id) {
        const std::string state = state_of(point, id);
        ++met[state];
        ASSERT_EQ(state, history.state(id)) << "world " << world << ", sighting " << i << " " << text << ", key " << id;
      }
      if (!point.is_trusted()) break;
      const auto again = read_state(write_state(point), "FILE");  // a restart at any moment
      ASSERT_TRUE(again) << again.error();
      ASSERT_EQ(*again, point);
      point = *again;
    }
  }
  for (const char* state : {"Start", "AddPend", "Valid", "Missing", "Revoked", "Removed"})
    EXPECT_GT(met[state], 100) << state;
}

TEST(RolloverState, what_is_no_state) {
  const std::string good = write_state(with_b_in("AddPend"));
  ASSERT_TRUE(read_state(good, "FILE"));
  const auto replaced = [&](std::string_view what, std::string_view by) {
    std::string text = good;
    const std::size_t at = text.find(what);
    EXPECT_NE(at, text.npos) << what;
    return text.replace(at, what.size(), by);
  };
  struct Case {
    std::string text;
    std::string_view complaint;
  };
  const std::vector<Case> cases = {
      {"", "FILE: this is no state file"},
      {samples::ds_2017(), "FILE: this is no state file"},
      {good + good.substr(good.find("\n. ") + 1), "FILE: line 11: a key that stands here twice"},
      {replaced(";;query_failed: 0", ";;query_failed: x"), "FILE: line 6: no number"},
      {replaced(";;count=0", ";;count=-1"), "FILE: line 9: no ';;count='"},
      {replaced(";;lastchange=", ";;lastchange=99999999999999999999"), "FILE: line 9: no ';;count='"},
      {replaced(";;state=1", ";;state=9"), "FILE: line 10: no ';;state='"},
      {good.substr(0, good.size() - 60), "FILE: line 10: "},  // half written
  };
  for (const Case& each : cases) {
    const auto read = read_state(each.text, "FILE");
    ASSERT_FALSE(read) << each.text;
    EXPECT_TRUE(read.error().starts_with(each.complaint)) << read.error();
    EXPECT_EQ(read.error().find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace trustanchor
