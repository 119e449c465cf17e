// Master-file text both ways (RFC 1035 §5, RFC 3597 §5): records and their data as people write them; base16,
// base32hex, base64. It reads text it is given; opening files and $INCLUDE are the caller's.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dns/record.h"

namespace dns {

std::string encode_hex(View octets);  // lower case
std::optional<Bytes> decode_hex(std::string_view text);
std::string encode_base32hex(View octets);  // lower case, no padding (RFC 4648 §7, RFC 5155 §3.3)
std::optional<Bytes> decode_base32hex(std::string_view text);
std::string encode_base64(View octets);
std::optional<Bytes> decode_base64(std::string_view text);  // strict: padding right, unused bits zero

// The data in presentation form, one line; the \# form of RFC 3597 §5 where the type is unknown or the data is not of
// its shape.
std::string print_rdata(RRType type, View rdata);
std::string print(const Record& record);                 // "owner TTL CLASS TYPE data"
std::string print_types(std::span<const RRType> types);  // "A NS RRSIG"

// Where and why a text could not be read.
struct TextFault {
  std::size_t line = 0;
  std::string why;  // one phrase for people
};

// The data of one record from its fields ("12345 8 2 AB CD…"), names made absolute by `origin`.
std::expected<Bytes, std::string> parse_rdata(RRType type, std::string_view text, const Name& origin);
// One record in one line: "owner [TTL] [CLASS] TYPE data", TTL and class in either order or absent. Names without a
// last dot are under `origin`.
std::expected<Record, std::string> parse_record(std::string_view text, const Name& origin = {});

struct ZoneTextOptions {
  Name origin{};
  Ttl default_ttl = 3600;  // where neither $TTL nor an earlier record gives one
  std::size_t max_records = 50'000'000;
};
// A whole master file: $ORIGIN, $TTL, parentheses, comments, quoted strings, escapes, blank owners. $INCLUDE is a
// fault. Every record goes to `sink` in order, so that memory is the caller's choice.
std::expected<void, TextFault> parse_zone(std::string_view text, const ZoneTextOptions& options,
                                          const std::function<void(Record)>& sink);
std::expected<std::vector<Record>, TextFault> parse_zone(std::string_view text, const ZoneTextOptions& options = {});

}  // namespace dns
