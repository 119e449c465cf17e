// What recipes do to records: find one, take its set, sign everything by several keys.
// It knows no servers.
#pragma once

#include "tests/recipes/tree.h"

namespace recipes {

// The first one; throws where there is none.
Record& find_in(Records& records, std::string_view owner, RRType type);
Record& signature_in(Records& records, std::string_view owner, RRType covered);
dns::RRset set_of(const Records& records, std::string_view owner, RRType type);

// Of the replies of one server alone.
Tree::Change only_at(std::string_view server, const Tree::Rewrite& how);
// An error and nothing else.
void refuse(dns::Message& message, dns::Rcode rcode);

// The DNSKEY set is signed by each of `for_keys`, all other sets by each of `for_data`.
void sign_by_all(Plot& plot, const std::vector<std::size_t>& for_keys, const std::vector<std::size_t>& for_data);

// The rdata of the first one, read, changed and written back.
template <class Read, class Change>
void edit_rdata(Record& record, Read read, Change change) {
  auto data = read(record.rdata).value();
  change(data);
  record.rdata = dns::write(data);
}

}  // namespace recipes
