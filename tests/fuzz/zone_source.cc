// Any master file as a zone, and any question to it: the Source that answers from zone files ends, answers the question
// that was put, and sends what can be read again.
#include <algorithm>

#include "dns/text.h"
#include "resolver/zonefile.h"
#include "tests/fuzz/fuzz.h"

namespace {

using fuzz::require;

// Any hash will do: the zone's own NSEC3 names are no true ones either.
dns::Bytes hash(const dns::Name& name, std::uint16_t iterations, dns::View salt) {
  dns::Bytes octets(20, static_cast<std::uint8_t>(iterations + salt.size()));
  std::size_t at = 0;
  for (const auto octet : name.lowered().wire()) {
    octets[at % 20] = static_cast<std::uint8_t>(octets[at % 20] * 31 + octet);
    ++at;
  }
  return octets;
}

}  // namespace

// First line: "NAME TYPE"; then the zone, whose apex is z.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const std::string_view line = text.substr(0, text.find('\n'));
  const auto name = dns::Name::parse(line.substr(0, line.find(' ')));
  const auto type = dns::parse_rrtype(line.substr(std::min(line.find(' ') + 1, line.size())));
  const auto apex = dns::Name::parse("z.").value();
  if (!name || !type || line.size() == text.size()) return 0;
  std::vector<dns::Record> records;
  const auto read =
      dns::parse_zone(text.substr(line.size() + 1), {.origin = apex, .default_ttl = 5, .max_records = 200},
                      [&](const dns::Record& record) {
                        if (record.owner.is_at_or_below(apex)) records.push_back(record);
                      });
  if (!read && records.empty()) return 0;
  dns::Message query;
  query.questions.push_back({*name, *type, dns::RRClass::in});
  query.edns = dns::Edns{1232, 0, dns::Edns::do_flag, {}};
  const auto zone = resolver::make_zone(apex, records);
  for (const auto role : {resolver::ZoneServer::Role::authoritative, resolver::ZoneServer::Role::recursive}) {
    const auto reply = resolver::answer({role, {zone}}, query, hash);
    require(reply.qr && reply.questions == query.questions);
    const auto octets = dns::encode(reply);
    if (octets.size() <= 0xffff) require(dns::decode(octets).has_value());
  }
  return 0;
}
