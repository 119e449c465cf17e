#include "dns/reply.h"

#include <algorithm>

#include "dns/rdata.h"

namespace dns {
namespace {

bool good(const Record& record, RRType type) {
  return record.type == type && record.rrclass == RRClass::in && record.form == Record::Form::good;
}

void add_unique(std::vector<Name>& names, const Name& name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

bool has(const std::vector<Record>& section, RRType type) {
  return std::ranges::any_of(section, [&](const Record& record) { return good(record, type); });
}

}  // namespace

std::optional<Name> alias_target(const Message& message, const Name& name, RRType type) {
  std::optional<Name> cname;
  const bool answered =
      message.rcode == Rcode::noerror && std::ranges::any_of(message.answer, [&](const Record& record) {
        return record.owner == name && good(record, type);
      });
  if (answered) return std::nullopt;  // RFC 6672 §3.2: also a CNAME asked for, beside the DNAME that it is made from
  for (const Record& record : message.answer) {
    if (record.owner == name && good(record, type)) return std::nullopt;
    if (good(record, RRType::dname) && name.is_below(record.owner)) {
      const auto target = read_target(record.rdata);
      return target ? name.replace_suffix(record.owner, *target) : std::nullopt;
    }
    if (record.owner == name && good(record, RRType::cname) && !cname) cname = read_target(record.rdata);
  }
  return type == RRType::cname || type == RRType::any ? std::nullopt : cname;
}

std::optional<Name> referral_child(const Message& message, const Name& zone, const Name& name) {
  if (message.aa || !message.answer.empty() || has(message.authority, RRType::soa)) return std::nullopt;
  if (message.rcode != Rcode::noerror) return std::nullopt;
  for (const Record& record : message.authority)
    if (good(record, RRType::ns) && record.owner.is_below(zone) && name.is_at_or_below(record.owner))
      return record.owner;
  return std::nullopt;
}

std::vector<Name> claimed_apexes(const Message& message) {
  std::vector<Name> names;
  for (const auto* section : {&message.answer, &message.authority})
    for (const Record& record : *section) {
      if (good(record, RRType::soa)) add_unique(names, record.owner);
      if (!good(record, RRType::rrsig)) continue;
      if (const auto rrsig = read_rrsig(record.rdata)) add_unique(names, rrsig->signer);
    }
  return names;
}

bool speaks_of_ds(const Message& message) {
  return has(message.authority, RRType::ds) || has(message.authority, RRType::nsec) ||
         has(message.authority, RRType::nsec3);
}

bool is_clear(const Message& message) {
  return message.rcode == Rcode::noerror || message.rcode == Rcode::nxdomain || message.rcode == Rcode::yxdomain;
}

std::vector<Address> addresses_of(const Message& message, const Name& name, std::uint16_t port) {
  std::vector<Address> addresses;
  for (const auto* section : {&message.answer, &message.additional})
    for (const Record& record : *section) {
      if (!(record.owner == name) || (!good(record, RRType::a) && !good(record, RRType::aaaa))) continue;
      Address address;
      address.family = record.type == RRType::a ? Address::Family::ipv4 : Address::Family::ipv6;
      std::ranges::copy(record.rdata, address.octets.begin());
      address.port = port;
      if (std::ranges::find(addresses, address) == addresses.end()) addresses.push_back(address);
    }
  return addresses;
}

std::vector<Name> name_servers(const Message& message, const Name& zone) {
  std::vector<Name> names;
  for (const auto* section : {&message.answer, &message.authority})
    for (const Record& record : *section) {
      if (!(record.owner == zone) || !good(record, RRType::ns)) continue;
      if (const auto target = read_target(record.rdata)) add_unique(names, *target);
    }
  return names;
}

}  // namespace dns
