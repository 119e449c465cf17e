// TransferReader: the messages of a zone transfer, one after the other, made into records (RFC 5936 §2.2, §3).
// It opens no connection and judges no record: what belongs into the zone, and what is signed, is the validator's.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>

#include "dns/message.h"
#include "resolver/tsig.h"

namespace resolver {

class TransferReader {
 public:
  // False: there is no room for more.
  using Sink = std::function<bool(const dns::Record&)>;
  enum class State : std::uint8_t { more, done };

  TransferReader(dns::Name zone, std::uint16_t id, std::optional<Tsig> tsig)
      : zone_(std::move(zone)), id_(id), tsig_(std::move(tsig)) {}

  // Error: one phrase for people; then the whole zone is worth nothing. Requires: not done.
  std::expected<State, std::string> take(dns::View octets, dns::Time now, const Sink& sink);
  std::uint64_t records() const { return records_; }
  std::uint64_t messages() const { return messages_; }

 private:
  using Step = std::expected<void, std::string>;
  Step look_at(const dns::Message& message) const;
  Step take_record(const dns::Record& record, const Sink& sink);

  dns::Name zone_;
  std::uint16_t id_;
  std::optional<Tsig> tsig_;
  std::optional<dns::Record> soa_;  // the first record
  std::uint64_t records_ = 0, messages_ = 0;
  bool is_done_ = false;
};

}  // namespace resolver
