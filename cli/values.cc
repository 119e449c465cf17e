#include "cli/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "cli/idna.h"
#include "cli/nearest.h"
#include "dns/text.h"
#include "validator/catalogue.h"
#include "validator/crypto.h"
#include "validator/finding.h"

namespace cli {
namespace {

std::unexpected<std::string> wrong(std::string_view text, std::string_view what) {
  return std::unexpected(fmt::format("{} is not {}", in_quotes(text), what));
}

std::optional<dns::Seconds> read_distance(std::string_view text);

}  // namespace

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    const auto comma = text.find(',');
    parts.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

Read<std::uint32_t> read_number(std::string_view text, std::uint32_t least, std::uint32_t most) {
  std::uint32_t value = 0;
  const auto end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc{} || stopped != end || value < least || value > most) {
    return wrong(text, fmt::format("a number from {} to {}", least, most));
  }
  return value;
}

Read<std::chrono::milliseconds> read_seconds(std::string_view text) {
  constexpr double day = 86400;
  double value = 0;
  const auto end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  if (text.empty() || error != std::errc{} || stopped != end || !(value >= 0.001) || value > day) {
    return wrong(text, "a number of seconds (0.001 to 86400)");
  }
  return std::chrono::milliseconds(static_cast<std::int64_t>(value * 1000));
}

Read<std::uint16_t> read_port(std::string_view text) {
  const auto port = read_number(text, 1, std::numeric_limits<std::uint16_t>::max());
  if (!port) return wrong(text, "a port (1 to 65535)");
  return static_cast<std::uint16_t>(*port);
}

Read<When> read_when(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) {
    const auto distance = read_distance(text.substr(1));
    if (!distance) return wrong(text, "a distance in time such as +2d or -1h30m (units s m h d w)");
    return text.front() == '+' ? *distance : -*distance;
  }
  const auto time = dns::parse_time(text);
  if (!time) return wrong(text, "a time such as 2026-11-24T12:00:00Z, seconds since 1970, +2d or -1h");
  return *time;
}

Read<ServerWord> read_server(std::string_view text) {
  ServerWord server;
  const auto hash = text.rfind('#');
  server.host = text.substr(0, hash);
  if (hash != std::string_view::npos) {
    const auto port = read_port(text.substr(hash + 1));
    if (!port) return std::unexpected(port.error());
    server.port = *port;
  }
  server.address = dns::parse_address(server.host, server.port.value_or(53));
  if (!server.address) {
    const auto name = read_question(server.host);
    const bool numbers = server.host.find_first_not_of("0123456789.") == std::string::npos || server.host.contains(':');
    if (!name || numbers) return wrong(server.host, "the address or the name of a server");
    server.host = name->name.print();
  }
  return server;
}

Read<dns::Address> read_source_address(std::string_view text) {
  const auto hash = text.rfind('#');
  std::uint16_t port = 0;
  if (hash != std::string_view::npos) {
    const auto number = read_port(text.substr(hash + 1));
    if (!number) return std::unexpected(number.error());
    port = *number;
  }
  const auto address = dns::parse_address(text.substr(0, hash), port);
  if (!address) return wrong(text, "an address of this machine, ADDR or ADDR#PORT");
  return *address;
}

Read<dns::RRType> read_type(std::string_view text) {
  if (const auto type = dns::parse_rrtype(text)) return *type;
  static constexpr std::array<std::string_view, 22> common{
      "A",      "AAAA", "NS",      "SOA",  "MX",         "TXT",   "CNAME", "DNAME", "PTR",   "SRV",  "DS",
      "DNSKEY", "CDS",  "CDNSKEY", "NSEC", "NSEC3PARAM", "RRSIG", "TLSA",  "CAA",   "HTTPS", "SVCB", "SSHFP"};
  std::string upper(text);
  std::ranges::transform(upper, upper.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return std::unexpected(fmt::format("{} is not a record type{}", in_quotes(text), did_you_mean(upper, common)));
}

Read<dns::Algorithm> read_algorithm(std::string_view text) {
  if (const auto algorithm = dns::parse_algorithm(text)) return *algorithm;
  return wrong(text, "a DNSSEC algorithm (number or mnemonic: 13, ECDSAP256SHA256)");
}

Read<dns::Digest> read_digest(std::string_view text) {
  if (const auto digest = dns::parse_digest(text)) return *digest;
  return wrong(text, "a DS digest type (number or mnemonic: 2, SHA-256)");
}

Read<dns::Digest> read_made_digest(std::string_view text) {
  const auto digest = read_digest(text);
  if (!digest) return digest;
  if (*digest == dns::Digest::sha1) return std::unexpected("SHA-1 must not be published any more (RFC 9904): 2 or 4");
  if (!validator::has_code_for(*digest)) return std::unexpected(fmt::format("{} is not 2 or 4", in_quotes(text)));
  return digest;
}

Read<DsLayout> read_layout(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, DsLayout>, 6> layouts{{{"fields", DsLayout::fields},
                                                                                 {"rr", DsLayout::rr},
                                                                                 {"epp-ds", DsLayout::epp_ds},
                                                                                 {"epp-key", DsLayout::epp_key},
                                                                                 {"csv", DsLayout::csv},
                                                                                 {"json", DsLayout::json}}};
  const auto* found = std::ranges::find(layouts, text, &std::pair<std::string_view, DsLayout>::first);
  if (found != layouts.end()) return found->second;
  return std::unexpected(fmt::format("{} is not fields, rr, epp-ds, epp-key, csv or json", in_quotes(text)));
}

Read<validator::Security> read_verdict(std::string_view text) {
  using enum validator::Security;
  static constexpr std::array<std::string_view, 4> words{"secure", "insecure", "bogus", "indeterminate"};
  for (const auto security : {secure, insecure, bogus, indeterminate}) {
    if (validator::to_text(security) == text) return security;
  }
  return std::unexpected(
      fmt::format("{} is not secure, insecure, bogus or indeterminate{}", in_quotes(text), did_you_mean(text, words)));
}

Read<validator::Code> read_slug(std::string_view text) {
  if (const auto* row = validator::find_row(text)) return row->code;
  return std::unexpected(
      fmt::format("there is no finding {}; did you mean {}?", in_quotes(text), validator::nearest(text).slug));
}

Read<report::State> read_state(std::string_view text) {
  if (const auto state = report::parse_state(text)) return *state;
  return wrong(text, "ok, warning, critical, unknown or 0 to 3");
}

Read<NegativeAnchorWord> read_negative_anchor(std::string_view text) {
  const auto equals = text.find('=');
  const auto comma = text.rfind(',');
  if (equals == std::string_view::npos || comma == std::string_view::npos || comma < equals) {
    // RFC 7646 §2: such an anchor is for a limited time, and somebody should know why it is there.
    return wrong(text, "NAME=REASON,UNTIL (the reason and the end are required)");
  }
  const auto name = read_question(text.substr(0, equals));
  if (!name) return std::unexpected(name.error());
  const auto until = read_when(text.substr(comma + 1));
  if (!until) return std::unexpected(until.error());
  return NegativeAnchorWord{name->name, std::string(text.substr(equals + 1, comma - equals - 1)), *until};
}

Read<dns::Name> read_reverse(std::string_view text) {
  const auto address = dns::parse_address(text);
  if (!address) return wrong(text, "an IPv4 or IPv6 address");
  std::string name;
  if (address->family == dns::Address::Family::ipv4) {  // RFC 1035 §3.5
    for (std::size_t i = 4; i-- > 0;) name += fmt::format("{}.", address->octets[i]);
    name += "in-addr.arpa.";
  } else {  // RFC 3596 §2.5
    for (std::size_t i = 16; i-- > 0;)
      name += fmt::format("{:x}.{:x}.", address->octets[i] & 15, address->octets[i] >> 4);
    name += "ip6.arpa.";
  }
  return *dns::Name::parse(name);
}

Read<Question> read_question(std::string_view text) {
  Question question;
  std::string ascii(text);
  if (!is_ascii(text)) {
    const auto converted = to_ascii(text);
    if (!converted)
      return std::unexpected(fmt::format("{} is not a domain name: {}", in_quotes(text), converted.error()));
    ascii = *converted;
  }
  const auto name = dns::Name::parse(ascii);
  if (!name)
    return std::unexpected(fmt::format("{} is not a domain name: {}", in_quotes(text), dns::to_text(name.error())));
  question.name = *name;
  question.unicode = to_unicode(*name);
  return question;
}

std::string in_quotes(std::string_view text) { return fmt::format("\"{}\"", validator::printable(text)); }

namespace {

// "2d", "1h30m", "90" (seconds): numbers with units, largest first or not.
std::optional<dns::Seconds> read_distance(std::string_view text) {
  constexpr std::int64_t most = 1'000'000'000'000;
  std::int64_t total = 0;
  if (text.empty()) return {};
  while (!text.empty()) {
    std::int64_t value = 0;
    const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value < 0 || value > most) return {};
    text.remove_prefix(static_cast<std::size_t>(stopped - text.data()));
    std::int64_t unit = 1;
    if (!text.empty()) {
      const std::string_view units = "smhdw";
      constexpr std::array<std::int64_t, 5> lengths{1, 60, 3600, 86400, 604800};
      const auto at = units.find(text.front());
      if (at == std::string_view::npos) return {};
      unit = lengths[at];
      text.remove_prefix(1);
    }
    total += value * unit;
    if (total > most) return {};
  }
  return dns::Seconds(total);
}

}  // namespace
}  // namespace cli
