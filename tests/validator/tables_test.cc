// BulkVerifier and KeyTables: when a table is made, for how many keys, shared by how many threads; and that a table
// which is wrong is found out, reported, and never relied on again.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "tests/validator/p256_signer.h"
#include "validator/crypto_tables.h"

struct ec_group_st;
struct bignum_ctx;

namespace {

// OpenSSL's table for this curve: 37 windows of 64 points of 64 octets, and 64 octets to align it.
constexpr std::size_t table_octets = 37 * 64 * 64;
unsigned char* youngest_table = nullptr;
long spoil_octet = -1;  // of the next table, before anybody has compared it

void* allocate(std::size_t size, const char*, int) {
  void* made = std::malloc(size);
  if (size == table_octets + 64) youngest_table = static_cast<unsigned char*>(made);
  return made;
}
void* reallocate(void* old, std::size_t size, const char*, int) { return std::realloc(old, size); }
void release(void* old, const char*, int) { std::free(old); }
const int watching = CRYPTO_set_mem_functions(allocate, reallocate, release);

unsigned char* aligned(unsigned char* block) { return block + (64 - reinterpret_cast<std::uintptr_t>(block) % 64); }

}  // namespace

// Stands before OpenSSL's function of that name.
extern "C" int EC_GROUP_precompute_mult(ec_group_st* group, bignum_ctx* scratch);
extern "C" int EC_GROUP_precompute_mult(ec_group_st* group, bignum_ctx* scratch) {
  using Function = int (*)(ec_group_st*, bignum_ctx*);
  static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "EC_GROUP_precompute_mult"));
  const int made = real(group, scratch);
  if (spoil_octet >= 0) aligned(youngest_table)[spoil_octet] ^= 1;
  return made;
}

namespace validator {
namespace {

using dns::Bytes;

constexpr std::uint64_t many = KeyTables::break_even;

struct Batch {
  std::vector<Bytes> data, signatures;
  std::vector<SignedData> all() const {
    std::vector<SignedData> views;
    for (std::size_t i = 0; i < data.size(); ++i) views.push_back({data[i], signatures[i]});
    return views;
  }
};

Batch signed_by(const p256::Signer& signer, std::size_t count) {
  Batch batch;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string text = "record number " + std::to_string(i);
    batch.data.emplace_back(text.begin(), text.end());
    batch.signatures.push_back(signer.sign(batch.data.back()));
  }
  return batch;
}

std::vector<SignatureCheck> by_evp(const dns::Dnskey& key, const Batch& batch) {
  Verifier verifier(Verifier::Memo::none);
  std::vector<SignatureCheck> checks;
  for (const auto& one : batch.all()) checks.push_back(verifier.verify(key, one.data, one.signature));
  return checks;
}

std::size_t count_good(const std::vector<SignatureCheck>& checks) {
  return static_cast<std::size_t>(std::ranges::count(checks, SignatureCheck::good));
}

class Tables : public testing::Test {
 protected:
  void SetUp() override {
    if (!P256Table::is_available()) GTEST_SKIP() << "this OpenSSL makes no tables";
  }
};
using TablesFaults = Tables;

struct Bulk {
  explicit Bulk(KeyTables::Use use = KeyTables::Use::when_it_pays, KeyTables::Maker maker = P256Table::make)
      : tables(use, maker, distrust) {}
  Distrust distrust{false};
  KeyTables tables;
  Verifier verifier{Verifier::Memo::none};
  BulkVerifier bulk{verifier, tables};
};

TEST_F(Tables, answers_are_those_of_evp_to_the_word) {
  const p256::Signer signer, other;
  Batch batch = signed_by(signer, 700);
  const Batch foreign = signed_by(other, 1);
  batch.signatures[3] = foreign.signatures[0];
  batch.signatures[100].pop_back();
  batch.signatures[200].clear();
  batch.signatures[300][40] ^= 1;
  batch.data[400].push_back(0);
  batch.signatures[500].assign(64, 0);
  Bulk one;
  const auto checks = one.bulk.verify(signer.key(), batch.all(), many);
  EXPECT_EQ(checks, by_evp(signer.key(), batch));
  EXPECT_EQ(count_good(checks), 694U);
  EXPECT_EQ(one.tables.answers_by_table(), 700U);
  EXPECT_FALSE(one.tables.in_doubt());
}

TEST_F(Tables, the_first_acceptances_and_one_in_256_go_to_evp_too) {
  const p256::Signer signer;
  const Batch batch = signed_by(signer, 1024);
  Bulk one;
  EXPECT_EQ(count_good(one.bulk.verify(signer.key(), batch.all(), many)), 1024U);
  EXPECT_EQ(one.verifier.checks_made(), 16U + 3U);  // numbers 256, 512 and 768, counted from 0
}

TEST_F(Tables, uncounted_signatures_wait_until_evp_has_made_as_many_checks) {
  const p256::Signer signer;
  const Batch batch = signed_by(signer, 32);
  Bulk one;
  for (std::uint64_t done = 0; done < many; done += 32) {
    EXPECT_EQ(one.tables.answers_by_table(), 0U);
    EXPECT_EQ(count_good(one.bulk.verify(signer.key(), batch.all())), 32U);
  }
  EXPECT_EQ(one.tables.tables_alive(), 0U);
  EXPECT_EQ(one.verifier.checks_made(), many);
  EXPECT_EQ(count_good(one.bulk.verify(signer.key(), batch.all())), 32U);
  EXPECT_EQ(one.tables.answers_by_table(), 32U);
  EXPECT_EQ(one.tables.tables_alive(), 1U);
}

TEST_F(Tables, fewer_than_pay_never_have_one) {
  const p256::Signer signer;
  const Batch batch = signed_by(signer, 100);
  Bulk one;
  EXPECT_EQ(count_good(one.bulk.verify(signer.key(), batch.all(), many - 1)), 100U);
  EXPECT_EQ(one.tables.tables_alive(), 0U);
}

TEST_F(Tables, can_be_turned_off) {
  const p256::Signer signer;
  const Batch batch = signed_by(signer, 64);
  Bulk one(KeyTables::Use::never);
  EXPECT_EQ(count_good(one.bulk.verify(signer.key(), batch.all(), 100000)), 64U);
  EXPECT_EQ(one.tables.answers_by_table(), 0U);
}

TEST_F(Tables, other_algorithms_and_impossible_keys_go_to_evp) {
  const p256::Signer signer;
  const Batch batch = signed_by(signer, 70);
  for (unsigned number = 0; number < 256; ++number) {
    dns::Dnskey key = signer.key();
    key.algorithm = dns::Algorithm{static_cast<std::uint8_t>(number)};
    if (key.algorithm == dns::Algorithm::ecdsap256sha256) key.key[5] ^= 1;
    Bulk one;
    EXPECT_EQ(one.bulk.verify(key, batch.all(), many), by_evp(key, batch)) << number;
    EXPECT_EQ(one.tables.answers_by_table(), 0U);
    EXPECT_EQ(one.tables.tables_alive(), 0U);
  }
}

TEST_F(Tables, at_most_sixteen_are_alive) {
  std::vector<p256::Signer> signers(20);
  Bulk one;
  const auto use = [&](const p256::Signer& signer) {
    const auto before = one.tables.answers_by_table();
    EXPECT_EQ(count_good(one.bulk.verify(signer.key(), signed_by(signer, 2).all(), many)), 2U);
    EXPECT_EQ(one.tables.answers_by_table(), before + 2);
  };
  for (const auto& signer : signers) {
    use(signer);
    use(signers[0]);  // used again and again: it stays
    EXPECT_LE(one.tables.tables_alive(), KeyTables::most_tables);
  }
  EXPECT_EQ(one.tables.tables_alive(), KeyTables::most_tables);
}

TEST_F(Tables, a_table_in_another_threads_hands_is_not_taken_away) {
  std::vector<p256::Signer> signers(KeyTables::most_tables + 1);
  Bulk one;
  std::vector<std::unique_ptr<BulkVerifier>> threads;
  for (std::size_t i = 0; i < KeyTables::most_tables; ++i) {
    threads.push_back(std::make_unique<BulkVerifier>(one.verifier, one.tables));
    threads.back()->verify(signers[i].key(), signed_by(signers[i], 1).all(), many);
  }
  const Batch batch = signed_by(signers.back(), 3);
  EXPECT_EQ(count_good(one.bulk.verify(signers.back().key(), batch.all(), many)), 3U);
  EXPECT_EQ(one.tables.answers_by_table(), KeyTables::most_tables);  // none of these three
  threads.front().reset();
  EXPECT_EQ(count_good(one.bulk.verify(signers.back().key(), batch.all(), many)), 3U);
  EXPECT_EQ(one.tables.answers_by_table(), KeyTables::most_tables + 3);
  EXPECT_EQ(one.tables.tables_alive(), KeyTables::most_tables);
}

std::atomic<int> made{0};
std::shared_ptr<const P256Table> counted(dns::View key) {
  ++made;
  return P256Table::make(key);
}

TEST_F(Tables, threads_share_one_table) {
  const p256::Signer signer;
  Batch batch = signed_by(signer, 1500);
  for (std::size_t i = 0; i < batch.data.size(); i += 7) batch.signatures[i][10] ^= 4;
  const auto expected = by_evp(signer.key(), batch);
  made = 0;
  Bulk shared(KeyTables::Use::when_it_pays, counted);
  std::vector<std::vector<SignatureCheck>> checks(4);
  {
    std::vector<std::jthread> threads;
    for (auto& its : checks) {
      threads.emplace_back([&] {
        Verifier verifier(Verifier::Memo::none);
        BulkVerifier bulk(verifier, shared.tables);
        its = bulk.verify(signer.key(), batch.all(), many);
      });
    }
  }
  for (const auto& its : checks) EXPECT_EQ(its, expected);
  EXPECT_EQ(made, 1);
  EXPECT_EQ(shared.tables.tables_alive(), 1U);
}

// --- Tables that are wrong ---

TEST_F(TablesFaults, octets_that_change_in_memory_are_found_out) {
  ASSERT_EQ(watching, 1);
  const p256::Signer signer;
  const Batch batch = signed_by(signer, 2 * many);
  Bulk one;
  EXPECT_EQ(count_good(one.bulk.verify(signer.key(), batch.all(), many)), 2 * many);
  ASSERT_TRUE(youngest_table);
  aligned(youngest_table)[20000] ^= 0x10;
  // Among so many signatures some use that entry: each one was and is good.
  EXPECT_EQ(count_good(one.bulk.verify(signer.key(), batch.all(), many)), 2 * many);
  EXPECT_TRUE(one.tables.in_doubt());
  EXPECT_TRUE(one.distrust);
  const auto before = one.tables.answers_by_table();
  EXPECT_EQ(count_good(one.bulk.verify(signer.key(), batch.all(), many)), 2 * many);
  EXPECT_EQ(one.tables.answers_by_table(), before);
}

// A new table is compared before it is used: no octet of it can be wrong unseen. (Of the last window, which has four
// bits and a carry, OpenSSL uses the first sixteen points. A table whose first point is not the generator it does not
// use at all: then answers are right, and slow.)
TEST_F(TablesFaults, no_octet_of_a_new_table_is_wrong_unseen) {
  const p256::Signer signer;
  constexpr long used = 36 * 64 * 64 + 16 * 64;
  for (long octet = 64; octet < used; octet += 1987) {  // a prime: every place of a point, and most of a window
    spoil_octet = octet;
    EXPECT_FALSE(P256Table::make(signer.key().key)) << octet;
  }
  spoil_octet = used - 1;
  EXPECT_FALSE(P256Table::make(signer.key().key));
  spoil_octet = -1;
  EXPECT_TRUE(P256Table::make(signer.key().key));
}

const p256::Signer& stranger() {
  static const p256::Signer signer;
  return signer;
}
std::shared_ptr<const P256Table> of_the_stranger(dns::View) { return P256Table::make(stranger().key().key); }

TEST_F(TablesFaults, a_table_that_accepts_too_much_is_found_out) {
  const p256::Signer signer;
  Bulk one(KeyTables::Use::when_it_pays, of_the_stranger);
  const Batch batch = signed_by(stranger(), 200);
  EXPECT_EQ(count_good(one.bulk.verify(signer.key(), batch.all(), many)), 0U);
  EXPECT_TRUE(one.tables.in_doubt());
}

TEST_F(TablesFaults, a_table_that_rejects_too_much_is_found_out) {
  const p256::Signer signer;
  Bulk one(KeyTables::Use::when_it_pays, of_the_stranger);
  EXPECT_EQ(count_good(one.bulk.verify(signer.key(), signed_by(signer, 200).all(), many)), 200U);
  EXPECT_TRUE(one.tables.in_doubt());
}

TEST_F(TablesFaults, doubt_reaches_all_tables_of_the_process) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  const auto whole_process = [] {
    const p256::Signer signer;
    Verifier verifier;
    KeyTables right, wrong(KeyTables::Use::when_it_pays, of_the_stranger), later;
    BulkVerifier first(verifier, right), second(verifier, wrong), third(verifier, later);
    const Batch batch = signed_by(signer, 200);
    bool as_it_should = count_good(first.verify(signer.key(), batch.all(), many)) == 200 && !right.in_doubt();
    second.verify(signer.key(), batch.all(), many);
    as_it_should &= wrong.in_doubt() && right.in_doubt() && !later.in_doubt();
    third.verify(signer.key(), batch.all(), many);
    as_it_should &= later.answers_by_table() == 0 && !later.in_doubt();
    std::_Exit(as_it_should ? 0 : 1);
  };
  EXPECT_EXIT(whole_process(), testing::ExitedWithCode(0), "");  // not in this process, which it would spoil
}

}  // namespace
}  // namespace validator
