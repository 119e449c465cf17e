// TSIG: the messages of one question and its replies under a shared secret, signed and checked (RFC 8945).
// It sends nothing, opens no file and trusts no record: whose zone it is, DNSSEC says.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "dns/name.h"
#include "dns/time.h"

namespace resolver {

struct TsigKey {
  dns::Name name;
  dns::Name algorithm;  // "hmac-sha256."
  dns::Bytes secret;
};

// "[hmac:]name:secret", the secret in base64; hmac-sha256 if none is named. Error: one line, which never has the
// secret.
std::expected<TsigKey, std::string> parse_tsig_key(std::string_view text);
// The one key in a file: as BIND, NSD and Knot have it in their configuration, or in the form of parse_tsig_key.
std::expected<TsigKey, std::string> parse_tsig_file(std::string_view text);

class Tsig {
 public:
  explicit Tsig(TsigKey key) : key_(std::move(key)) {}

  // The query with its TSIG record, the last of its additional section. Requires: it has none.
  dns::Bytes sign(dns::Bytes query, dns::Time now);
  // The next message of the reply (RFC 8945 §5.3.1). Error: one line; then nothing more may be believed.
  std::expected<void, std::string> check(dns::View message, dns::Time now);
  // Messages since the last that was signed: those are not yet vouched for.
  std::size_t unsigned_messages() const { return unsigned_messages_; }

  static constexpr std::size_t unsigned_most = 99;  // RFC 8945 §5.3.1

 private:
  TsigKey key_;
  dns::Bytes prior_;    // MAC of the message before, the query's at first
  dns::Bytes pending_;  // unsigned messages since then
  std::size_t unsigned_messages_ = 0;
  bool is_first_ = true;
};

}  // namespace resolver
