#include "resolver/dnsviz_referral.h"

#include <algorithm>

#include "dns/rdata.h"

namespace resolver {
namespace {

using dns::Message;
using dns::Record;
using dns::RRType;

Message reply_to(const Message& referral, const dns::Name& child, RRType type) {
  Message message;
  message.qr = true;
  message.rd = referral.rd;
  message.cd = referral.cd;
  message.questions = {{child, type}};
  message.edns = referral.edns;
  return message;
}

// Of that type, or a signature over it.
bool speaks_of(const Record& record, RRType type) {
  if (record.type == type) return true;
  if (record.type != RRType::rrsig || record.form == Record::Form::bad) return false;
  const auto signature = dns::read_rrsig(record.rdata);
  return signature && signature->covered == type;
}

}  // namespace

Message as_ns_reply(const Message& referral, const dns::Name& child) {
  Message message = reply_to(referral, child, RRType::ns);
  message.authority = referral.authority;
  message.additional = referral.additional;
  return message;
}

Message as_ds_reply(const Message& referral, const dns::Name& child, const Message* soa) {
  Message message = reply_to(referral, child, RRType::ds);
  message.aa = true;
  std::ranges::copy_if(referral.authority, std::back_inserter(message.answer),
                       [&](const Record& record) { return record.owner == child && speaks_of(record, RRType::ds); });
  if (!message.answer.empty()) return message;
  if (soa != nullptr) {
    std::ranges::copy_if(soa->answer, std::back_inserter(message.authority),
                         [](const Record& record) { return speaks_of(record, RRType::soa); });
  }
  std::ranges::copy_if(referral.authority, std::back_inserter(message.authority), [](const Record& record) {
    return speaks_of(record, RRType::nsec) || speaks_of(record, RRType::nsec3);
  });
  return message;
}

}  // namespace resolver
