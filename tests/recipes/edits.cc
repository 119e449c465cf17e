#include "tests/recipes/edits.h"

#include <algorithm>
#include <stdexcept>

namespace recipes {
namespace {

bool covers(const Record& record, RRType type) {
  const auto rrsig = record.type == RRType::rrsig ? dns::read_rrsig(record.rdata) : std::nullopt;
  return rrsig && rrsig->covered == type;
}

}  // namespace

Record& find_in(Records& records, std::string_view owner, RRType type) {
  const auto found = std::ranges::find_if(
      records, [&](const Record& record) { return record.owner == name(owner) && record.type == type; });
  if (found == records.end()) throw std::logic_error("no such record");
  return *found;
}

Record& signature_in(Records& records, std::string_view owner, RRType covered) {
  const auto found = std::ranges::find_if(
      records, [&](const Record& record) { return record.owner == name(owner) && covers(record, covered); });
  if (found == records.end()) throw std::logic_error("no such signature");
  return *found;
}

dns::RRset set_of(const Records& records, std::string_view owner, RRType type) {
  for (const dns::SignedRRset& each : dns::group(records))
    if (each.set.owner == name(owner) && each.set.type == type) return each.set;
  return {name(owner), type, dns::RRClass::in, 0, 0, {}};
}

Tree::Change only_at(std::string_view server, const Tree::Rewrite& how) {
  return [at = address(server), how](dns::Exchange& exchange) {
    if (exchange.ask.server == at) rewrite(exchange, how);
  };
}

void refuse(dns::Message& message, dns::Rcode rcode) {
  message.rcode = rcode;
  message.aa = false;
  for (auto* section : {&message.answer, &message.authority, &message.additional}) section->clear();
}

void sign_by_all(Plot& plot, const std::vector<std::size_t>& for_keys, const std::vector<std::size_t>& for_data) {
  plot.sign_keys_by = for_keys;
  plot.sign_data_by = for_data;
}

}  // namespace recipes
