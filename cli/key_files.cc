#include "cli/key_files.h"

#include <fmt/format.h>

#include <vector>

#include "cli/files.h"
#include "dns/rdata.h"
#include "dns/text.h"

namespace cli {
namespace {

using dns::Record;
using dns::RRType;

constexpr std::size_t largest_file = 1UL << 30;

// What of a file bears on its keys.
struct Found {
  std::vector<Record> records;    // DNSKEY, and RRSIG over them
  std::optional<dns::Name> apex;  // the SOA's owner
};

std::expected<Found, std::string> read_one(const std::string& path, const std::optional<dns::Name>& origin) {
  const auto text = read_whole(path, largest_file);
  if (!text) return std::unexpected(text.error());
  if (text->starts_with("Private-key-format:"))
    return std::unexpected(fmt::format("{} is a private key: the public one is in the file that ends in .key", path));
  Found found;
  const auto read = dns::parse_zone(*text, {.origin = origin.value_or(dns::Name())}, [&](Record record) {
    if (record.type == RRType::soa && !found.apex) found.apex = record.owner;
    const auto rrsig = record.type == RRType::rrsig ? dns::read_rrsig(record.rdata) : std::nullopt;
    if (record.type == RRType::dnskey || (rrsig && rrsig->covered == RRType::dnskey))
      found.records.push_back(std::move(record));
  });
  if (!read) return std::unexpected(fmt::format("{}:{}: {}", path, read.error().line, read.error().why));
  if (found.apex) std::erase_if(found.records, [&](const Record& record) { return record.owner != *found.apex; });
  if (found.records.empty()) return std::unexpected(fmt::format("{}: no DNSKEY in it", path));
  return found;
}

}  // namespace

std::expected<dns::SignedRRset, std::string> read_key_files(std::span<const std::string> paths,
                                                            const std::optional<dns::Name>& origin) {
  std::vector<Record> records;
  for (const auto& path : paths) {
    auto found = read_one(path, origin);
    if (!found) return std::unexpected(found.error());
    for (Record& record : found->records) {
      if (!records.empty() && records.front().owner != record.owner)
        return std::unexpected(fmt::format("{}: keys of {} beside those of {}: one zone at a time", path,
                                           record.owner.print(), records.front().owner.print()));
      records.push_back(std::move(record));
    }
  }
  for (auto& set : dns::group(records))
    if (set.set.type == RRType::dnskey && !set.set.rdatas.empty()) return std::move(set);
  return std::unexpected(fmt::format("{}: signatures over a DNSKEY set, and no DNSKEY", paths.front()));
}

}  // namespace cli
