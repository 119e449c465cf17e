// A whole zone with any odd sets: judging ends, and comes to the same whether its plain sets are verified together or
// every set by itself. Every few inputs are master-file text instead, which judging must survive.
#include "dns/text_source.h"
#include "tests/fuzz/fuzz.h"
#include "tests/validator/odd_zone.h"

namespace {

using fuzz::require;

void compare(const validator::ZoneStore& store) {
  validator::Distrust distrust{false};
  validator::KeyTables tables(validator::KeyTables::Use::never, validator::P256Table::make, distrust);
  require(odd::is_same(odd::judged(store, &tables), odd::judged(store, nullptr)));
}

void judge_text(std::string_view text) {
  validator::ZoneStore store;
  const auto origin = dns::Name::parse("z.test.").value();
  const auto read =
      dns::parse_zone(text, {.origin = origin, .default_ttl = 300, .max_records = 200}, [&](const dns::Record& record) {
        if (record.rrclass == dns::RRClass::in) store.add(record);
      });
  if (!read && store.octets_used() == 0) return;
  store.settle();
  if (store.records() > 0) compare(store);
}

}  // namespace

// First octet: what the others are.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const p256::Signer signer, second;
  if (size == 0) return 0;
  if (data[0] == '@') {
    judge_text(fuzz::text_of(data, size));
    return 0;
  }
  compare(odd::OddZone(fuzz::Choices(data + 1, size - 1), signer, second).store());
  return 0;
}
