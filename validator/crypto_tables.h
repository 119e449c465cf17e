// Many signatures by one trusted key: with EVP while they are few, by a table of the key's multiples (crypto_p256) once
// that pays. EVP stays the reference: every rejection, and a share of what a table accepts, is put to it. Whether a key
// is trusted is its caller's to know.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "validator/crypto.h"
#include "validator/crypto_p256.h"

namespace validator {

// Set at the first disagreement between a table and EVP, and never taken back.
using Distrust = std::atomic<bool>;
Distrust& distrust_of_this_process();

// The tables of one run, made for its threads to share.
class KeyTables {
 public:
  static constexpr std::size_t most_tables = 16;         // alive at a time, 156 kB each
  static constexpr std::uint64_t break_even = 800;       // signatures by one key that pay for its table
  static constexpr std::uint64_t always_rechecked = 16;  // of what a table accepts, the first …
  static constexpr std::uint64_t recheck_every = 256;    // … and one in so many after

  enum class Use : std::uint8_t { when_it_pays, never };
  using Maker = std::shared_ptr<const P256Table> (*)(dns::View key);
  explicit KeyTables(Use use = Use::when_it_pays, Maker maker = P256Table::make,
                     Distrust& distrust = distrust_of_this_process());

  // A table's answer was wrong, somewhere in this process. Whoever took answers from tables has to judge anew, and will
  // get EVP's alone.
  bool in_doubt() const;
  std::uint64_t answers_by_table() const { return by_table_; }
  std::size_t tables_alive() const;

 private:
  friend class BulkVerifier;
  struct Entry;
  std::shared_ptr<Entry> entry_of(const dns::Dnskey& key);
  const P256Table* table_of(const std::shared_ptr<Entry>& entry, std::uint64_t expected);
  bool make_room_for_table();
  enum class Forgettable : std::uint8_t { any, with_table };
  bool forget(Forgettable which);  // under the mutex
  bool usable() const { return use_ == Use::when_it_pays && !distrust_; }

  Use use_;
  Maker maker_;
  Distrust& distrust_;
  std::atomic<std::uint64_t> by_table_{0};

  mutable std::mutex mutex_;  // of what follows
  std::map<dns::Bytes, std::shared_ptr<Entry>> entries_;
  std::size_t alive_ = 0;
  std::uint64_t clock_ = 0;
};

struct SignedData {
  dns::View data, signature;
};

// One thread's way to verify with the tables. Not thread-safe.
class BulkVerifier {
 public:
  // Both outlive it.
  BulkVerifier(Verifier& verifier, KeyTables& tables) : verifier_(verifier), tables_(tables) {}

  // Verifier::verify for each. `expected`: how many signatures by this key have passed all checks that cost nothing
  // (signer, labels, time), these among them; 0 where nobody has counted: a table then waits until EVP has made as many
  // checks. Hundreds at a call are better than one at a time: 64 share an inversion.
  // Requires: `trusted` is a key that signatures may count for; a hostile one would have its table paid for by us.
  std::vector<SignatureCheck> verify(const dns::Dnskey& trusted, std::span<const SignedData> all,
                                     std::uint64_t expected = 0);

 private:
  using Checks = std::span<SignatureCheck>;
  void by_evp(const dns::Dnskey& key, std::span<const SignedData> all, Checks checks);
  bool by_table(const P256Table& table, const dns::Dnskey& key, std::span<const SignedData> some, Checks checks);
  bool agreed(const dns::Dnskey& key, const SignedData& one, P256Table::Answer answer, SignatureCheck& check);
  bool has_entry(const dns::Dnskey& key);

  Verifier& verifier_;
  KeyTables& tables_;
  P256Work work_;
  std::shared_ptr<KeyTables::Entry> entry_;  // of the key asked for last: the tables are locked only for another
};

}  // namespace validator
