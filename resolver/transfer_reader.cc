#include "resolver/transfer_reader.h"

#include <fmt/format.h>

#include "dns/rdata.h"
#include "dns/shape.h"

namespace resolver {
namespace {

using dns::RRType;

std::uint32_t serial_of(const dns::Record& soa) {
  const auto read = dns::read_soa(soa.rdata);
  return read ? read->serial : 0;
}

}  // namespace

std::expected<TransferReader::State, std::string> TransferReader::take(dns::View octets, dns::Time now,
                                                                       const Sink& sink) {
  const auto message = dns::decode(octets);
  if (!message)
    return std::unexpected(fmt::format("message {} is unreadable ({})", messages_ + 1, to_text(message.error())));
  ++messages_;
  const bool is_refusal = message->rcode != dns::Rcode::noerror;
  if (tsig_) {
    // A refusal may come without TSIG, for want of a common key (RFC 8945 §5.3.2): it is told, and never believed more.
    const auto checked = tsig_->check(octets, now);
    if (!checked && is_refusal)
      return std::unexpected(fmt::format("the server says {} ({})", to_text(message->rcode), checked.error()));
    if (!checked) return std::unexpected(checked.error());
  }
  if (const auto sound = look_at(*message); !sound) return std::unexpected(sound.error());
  for (const dns::Record& record : message->answer)
    if (const auto taken = take_record(record, sink); !taken) return std::unexpected(taken.error());
  if (!is_done_) return State::more;
  if (tsig_ && tsig_->unsigned_messages() > 0) return std::unexpected("the last message bears no TSIG");
  return State::done;
}

// RFC 5936 §2.2.1, §2.2.2.
TransferReader::Step TransferReader::look_at(const dns::Message& message) const {
  if (message.id != id_) return std::unexpected("a message with another id");
  if (!message.qr || message.opcode != 0) return std::unexpected("a message that is no reply");
  if (message.rcode != dns::Rcode::noerror)
    return std::unexpected(fmt::format("the server says {}", to_text(message.rcode)));
  const bool is_first = messages_ == 1;
  if (message.questions.size() > 1 || (is_first && message.questions.empty()))
    return std::unexpected("a reply without our question");
  if (!message.questions.empty() && message.questions[0] != dns::Question{zone_, RRType::axfr, dns::RRClass::in})
    return std::unexpected("a reply to another question");
  if (message.answer.empty())
    return std::unexpected(is_first ? "the reply holds no record" : "a message without records");
  return {};
}

TransferReader::Step TransferReader::take_record(const dns::Record& record, const Sink& sink) {
  const auto shown = [&] { return fmt::format("{} {}", record.owner.print(), to_text(record.type)); };
  if (is_done_) return std::unexpected(fmt::format("{} after the last SOA", shown()));
  if (record.rrclass != dns::RRClass::in)
    return std::unexpected(fmt::format("{} of class {}", shown(), to_text(record.rrclass)));
  if (record.form == dns::Record::Form::bad || dns::is_meta(record.type))
    return std::unexpected(fmt::format("{} that cannot stand in a zone", shown()));
  const bool is_apex_soa = record.type == RRType::soa && record.owner == zone_;
  if (!soa_) {
    if (!is_apex_soa) return std::unexpected(fmt::format("it begins with {}, not with {} SOA", shown(), zone_.print()));
    soa_ = record;
  } else if (is_apex_soa) {
    // RFC 5936 §3: the first once more ends it.
    if (dns::canonical_rdata(RRType::soa, soa_->rdata) != dns::canonical_rdata(RRType::soa, record.rdata))
      return std::unexpected(fmt::format("it begins with serial {} and ends with another SOA, serial {}",
                                         serial_of(*soa_), serial_of(record)));
    is_done_ = true;
    return {};
  }
  ++records_;
  if (!sink(record)) return std::unexpected("the zone is too large");
  return {};
}

}  // namespace resolver
