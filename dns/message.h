// Message: a DNS message as heard (every section, whatever the sender made of it) and the queries we send.
// It does not judge: oddities that leave the message readable are listed, not refused.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "dns/bytes.h"
#include "dns/codes.h"
#include "dns/name.h"
#include "dns/record.h"

namespace dns {

struct Question {
  Name name;
  RRType type{};
  RRClass rrclass = RRClass::in;
  friend bool operator==(const Question&, const Question&) = default;
};

struct EdnsOption {
  static constexpr std::uint16_t nsid = 3, cookie = 10, ede = 15, report_channel = 18;
  std::uint16_t code = 0;
  Bytes data;
  friend auto operator<=>(const EdnsOption&, const EdnsOption&) = default;
};

// RFC 6891 §6.1.
struct Edns {
  std::uint16_t udp_size = 0;
  std::uint8_t version = 0;
  std::uint16_t flags = 0;  // DO is 0x8000
  std::vector<EdnsOption> options;

  static constexpr std::uint16_t do_flag = 0x8000;
  bool dnssec_ok() const { return (flags & do_flag) != 0; }
  friend bool operator==(const Edns&, const Edns&) = default;
};

// RFC 8914 §2: one extended error; text made safe for terminals elsewhere.
struct ExtendedError {
  std::uint16_t code = 0;
  std::string text;
  friend bool operator==(const ExtendedError&, const ExtendedError&) = default;
};

struct Message {
  std::uint16_t id = 0;
  std::uint8_t opcode = 0;
  bool qr = false, aa = false, tc = false, rd = false, ra = false, ad = false, cd = false;
  Rcode rcode{};  // with the OPT record's upper bits
  std::vector<Question> questions;
  std::vector<Record> answer, authority, additional;  // without OPT
  std::optional<Edns> edns;
  std::vector<Fault>
      flaws;  // readable all the same: trailing octets, forbidden compression, rdata not of its type's shape

  std::vector<ExtendedError> extended_errors() const;
};

// All sections, names decompressed. Error: the octets cannot be followed to the end of the counted records.
// Records whose own data is bad are kept with Form::bad (their length says where the next one starts).
std::expected<Message, Fault> decode(View octets);

// One question. EDNS is left out if `edns` is empty.
struct Query {
  std::uint16_t id = 0;
  Question question;
  bool rd = false, cd = false, ad = false;
  std::optional<Edns> edns;
};
Bytes encode(const Query& query);

// The whole message, names uncompressed, for servers in tests, zone file Sources and fixtures. Sections as given; OPT
// last.
Bytes encode(const Message& message);

}  // namespace dns
