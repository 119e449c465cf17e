#include "validator/crypto_tables.h"

#include <algorithm>
#include <array>
#include <utility>

namespace validator {

namespace {
constexpr std::size_t most_keys = 1024;  // remembered, of some 200 octets each
}

Distrust& distrust_of_this_process() {
  static Distrust distrust{false};
  return distrust;
}

// One key, shared by the threads. Whoever moves `state` from none to making makes the table; the others go on with EVP.
struct KeyTables::Entry {
  enum class State : std::uint8_t { none, making, ready, impossible };

  dns::Bytes key;
  std::atomic<State> state{State::none};
  std::shared_ptr<const P256Table> table;  // written before `ready` is, never after
  std::atomic<std::uint64_t> evp_checks{0}, accepted{0};
  std::uint64_t last_use = 0;  // under the mutex of the tables

  bool has_table() const { return state.load(std::memory_order_acquire) == State::ready; }
};

KeyTables::KeyTables(Use use, Maker maker, Distrust& distrust) : use_(use), maker_(maker), distrust_(distrust) {}

bool KeyTables::in_doubt() const { return distrust_ && by_table_ > 0; }

std::size_t KeyTables::tables_alive() const {
  const std::lock_guard lock(mutex_);
  return alive_;
}

std::shared_ptr<KeyTables::Entry> KeyTables::entry_of(const dns::Dnskey& key) {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<Entry>& entry = entries_[key.key];
  if (!entry) {
    entry = std::make_shared<Entry>();
    entry->key = key.key;
  }
  entry->last_use = ++clock_;
  const std::shared_ptr<Entry> found = entry;
  if (entries_.size() > most_keys) forget(Forgettable::any);
  return found;
}

// The key longest unused, of those that no thread has in hand: forgotten. false: there is none.
bool KeyTables::forget(Forgettable which) {
  auto oldest = entries_.end();
  for (auto at = entries_.begin(); at != entries_.end(); ++at) {
    if (at->second.use_count() > 1 || (which == Forgettable::with_table && !at->second->has_table())) continue;
    if (oldest == entries_.end() || at->second->last_use < oldest->second->last_use) oldest = at;
  }
  if (oldest == entries_.end()) return false;
  if (oldest->second->has_table()) --alive_;
  entries_.erase(oldest);
  return true;
}

bool KeyTables::make_room_for_table() {
  const std::lock_guard lock(mutex_);
  if (alive_ == most_tables && !forget(Forgettable::with_table)) return false;
  ++alive_;
  return true;
}

// nullptr: not yet, or not for this key.
const P256Table* KeyTables::table_of(const std::shared_ptr<Entry>& entry, std::uint64_t expected) {
  using State = Entry::State;
  if (!usable()) return nullptr;
  if (entry->has_table()) return entry->table.get();
  if (std::max(expected, entry->evp_checks.load()) < break_even) return nullptr;
  auto none = State::none;
  if (!entry->state.compare_exchange_strong(none, State::making)) return nullptr;
  if (!make_room_for_table()) {
    entry->state = State::none;
    return nullptr;
  }
  entry->table = maker_(entry->key);
  if (entry->table) {
    entry->state.store(State::ready, std::memory_order_release);
    return entry->table.get();
  }
  entry->state = State::impossible;
  const std::lock_guard lock(mutex_);
  --alive_;
  return nullptr;
}

// false: for this key there are no tables.
bool BulkVerifier::has_entry(const dns::Dnskey& key) {
  const bool has_tables = key.algorithm == dns::Algorithm::ecdsap256sha256 && key.key.size() == P256Table::key_octets &&
                          P256Table::is_available() && tables_.usable();
  if (!has_tables) return false;
  if (!entry_ || entry_->key != key.key) {
    entry_.reset();  // first, so that this thread keeps one key in hand and not two
    entry_ = tables_.entry_of(key);
  }
  return true;
}

std::vector<SignatureCheck> BulkVerifier::verify(const dns::Dnskey& trusted, std::span<const SignedData> all,
                                                 std::uint64_t expected) {
  std::vector<SignatureCheck> checks(all.size(), SignatureCheck::incorrect);
  if (!has_entry(trusted)) {
    by_evp(trusted, all, checks);
    return checks;
  }
  for (std::size_t from = 0; from < all.size(); from += P256Work::at_once) {
    const auto some = all.subspan(from, std::min(P256Work::at_once, all.size() - from));
    const auto their = Checks(checks).subspan(from, some.size());
    const P256Table* table = tables_.table_of(entry_, expected);
    if (!table) {
      by_evp(trusted, some, their);
      entry_->evp_checks += some.size();
    } else if (!by_table(*table, trusted, some, their)) {
      tables_.distrust_ = true;
      by_evp(trusted, all, checks);
      break;
    }
  }
  return checks;
}

void BulkVerifier::by_evp(const dns::Dnskey& key, std::span<const SignedData> all, Checks checks) {
  for (std::size_t i = 0; i < all.size(); ++i) checks[i] = verifier_.verify(key, all[i].data, all[i].signature);
}

// false: the table and EVP disagree. Requires: at most P256Work::at_once of them.
bool BulkVerifier::by_table(const P256Table& table, const dns::Dnskey& key, std::span<const SignedData> some,
                            Checks checks) {
  std::array<P256Table::Signed, P256Work::at_once> asked{};
  std::array<P256Table::Answer, P256Work::at_once> answers{};
  for (std::size_t i = 0; i < some.size(); ++i) {
    const auto digest = verifier_.digest(dns::Digest::sha256, some[i].data);
    if (!digest || digest->size() != asked[i].digest.size()) {
      by_evp(key, some, checks);
      return true;
    }
    std::ranges::copy(*digest, asked[i].digest.begin());
    asked[i].signature = some[i].signature;
  }
  table.check(std::span(asked).first(some.size()), std::span(answers).first(some.size()), work_);
  tables_.by_table_.fetch_add(some.size(), std::memory_order_relaxed);
  bool all_agree = true;
  for (std::size_t i = 0; i < some.size(); ++i) all_agree &= agreed(key, some[i], answers[i], checks[i]);
  return all_agree;
}

bool BulkVerifier::agreed(const dns::Dnskey& key, const SignedData& one, P256Table::Answer answer,
                          SignatureCheck& check) {
  if (answer == P256Table::Answer::good) {
    const std::uint64_t before = entry_->accepted.fetch_add(1, std::memory_order_relaxed);
    if (before >= KeyTables::always_rechecked && before % KeyTables::recheck_every != 0) {
      check = SignatureCheck::good;
      return true;
    }
  }
  check = verifier_.verify(key, one.data, one.signature);
  if (answer == P256Table::Answer::failed) return true;
  return (check == SignatureCheck::good) == (answer == P256Table::Answer::good);
}

}  // namespace validator
