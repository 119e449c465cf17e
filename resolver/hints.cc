#include "resolver/hints.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "dns/rdata.h"
#include "dns/text.h"

namespace resolver {
namespace {

struct Root {
  std::string_view name, ipv4, ipv6;
};

// https://www.internic.net/domain/named.root as of 2024-04-18 (Debian's dns-root-data 2024071801). Priming corrects it
// (RFC 9609 §3).
constexpr std::array<Root, 13> roots{{
    {"a.root-servers.net.", "198.41.0.4", "2001:503:ba3e::2:30"},
    {"b.root-servers.net.", "170.247.170.2", "2801:1b8:10::b"},
    {"c.root-servers.net.", "192.33.4.12", "2001:500:2::c"},
    {"d.root-servers.net.", "199.7.91.13", "2001:500:2d::d"},
    {"e.root-servers.net.", "192.203.230.10", "2001:500:a8::e"},
    {"f.root-servers.net.", "192.5.5.241", "2001:500:2f::f"},
    {"g.root-servers.net.", "192.112.36.4", "2001:500:12::d0d"},
    {"h.root-servers.net.", "198.97.190.53", "2001:500:1::53"},
    {"i.root-servers.net.", "192.36.148.17", "2001:7fe::53"},
    {"j.root-servers.net.", "192.58.128.30", "2001:503:c27::2:30"},
    {"k.root-servers.net.", "193.0.14.129", "2001:7fd::1"},
    {"l.root-servers.net.", "199.7.83.42", "2001:500:9f::42"},
    {"m.root-servers.net.", "202.12.27.33", "2001:dc3::35"},
}};

constexpr std::size_t resolvers_most = 3;  // MAXNS of resolv.conf(5)

dns::NamedServer server(std::string_view name, std::string_view address, std::uint16_t port) {
  return {dns::Name::parse(name).value(), dns::parse_address(address, port).value()};
}

std::optional<dns::Address> address_in(const dns::Record& record, std::uint16_t port) {
  dns::Address address;
  address.port = port;
  address.family = record.type == dns::RRType::a ? dns::Address::Family::ipv4 : dns::Address::Family::ipv6;
  const std::size_t size = record.type == dns::RRType::a ? 4 : 16;
  if ((record.type != dns::RRType::a && record.type != dns::RRType::aaaa) || record.rdata.size() != size)
    return std::nullopt;
  std::ranges::copy(record.rdata, address.octets.begin());
  return address;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  constexpr std::string_view blanks = " \t\r";
  for (auto from = line.find_first_not_of(blanks); from != std::string_view::npos;) {
    const auto to = std::min(line.find_first_of(blanks, from), line.size());
    words.push_back(line.substr(from, to - from));
    from = line.find_first_not_of(blanks, to);
  }
  return words;
}

// An unspecified address in resolv.conf means this machine, as it does to the C library.
dns::Address local_if_unspecified(dns::Address address) {
  const auto any = dns::parse_address(address.family == dns::Address::Family::ipv4 ? "0.0.0.0" : "::", address.port);
  if (address == any)
    return *dns::parse_address(address.family == dns::Address::Family::ipv4 ? "127.0.0.1" : "::1", address.port);
  return address;
}

}  // namespace

std::vector<dns::NamedServer> built_in_hints(std::uint16_t port) {
  std::vector<dns::NamedServer> servers;
  for (const Root& root : roots) {
    servers.push_back(server(root.name, root.ipv4, port));
    servers.push_back(server(root.name, root.ipv6, port));
  }
  return servers;
}

std::expected<std::vector<dns::NamedServer>, std::string> read_hints(std::string_view text, std::string_view file,
                                                                     std::uint16_t port) {
  dns::ZoneTextOptions options;
  options.max_records = 10'000;
  const auto records = dns::parse_zone(text, options);
  if (!records) return std::unexpected(fmt::format("{}:{}: {}", file, records.error().line, records.error().why));
  std::vector<dns::NamedServer> servers;
  for (const dns::Record& record : *records) {
    const auto named =
        record.type == dns::RRType::ns && record.owner.is_root() ? dns::read_target(record.rdata) : std::nullopt;
    if (!named) continue;
    for (const dns::Record& glue : *records) {
      const auto address = glue.owner == *named ? address_in(glue, port) : std::nullopt;
      if (address) servers.push_back({*named, *address});
    }
  }
  if (servers.empty()) return std::unexpected(fmt::format("{}: no name server of the root with an address", file));
  return servers;
}

std::vector<dns::NamedServer> read_resolv_conf(std::string_view text, std::uint16_t port) {
  std::vector<dns::NamedServer> servers;
  while (!text.empty() && servers.size() < resolvers_most) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto words = words_of(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto address =
        words.size() >= 2 && words[0] == "nameserver" ? dns::parse_address(words[1], port) : std::nullopt;
    if (!address) continue;
    const dns::NamedServer found{{}, local_if_unspecified(*address)};
    if (std::ranges::find(servers, found) == servers.end()) servers.push_back(found);
  }
  if (servers.empty()) servers.push_back({{}, *dns::parse_address("127.0.0.1", port)});
  return servers;
}

}  // namespace resolver
