#include "dns/evidence.h"

#include <algorithm>

namespace dns {

std::weak_ordering operator<=>(const Ask& left, const Ask& right) {
  if (const auto order = left.server <=> right.server; order != 0) return order;
  if (const auto order = left.name <=> right.name; order != 0) return order;
  if (const auto order = left.type <=> right.type; order != 0) return order;
  return left.manner <=> right.manner;
}

std::string_view to_text(Silence silence) {
  switch (silence) {
    case Silence::timeout: return "timeout";
    case Silence::refused: return "refused";
    case Silence::host_unreachable: return "host";
    case Silence::net_unreachable: return "net";
    case Silence::reset: return "reset";
    case Silence::family_unreachable: return "family";
    case Silence::not_asked: return "not-asked";
  }
  return "timeout";
}

Reply reply_of(Bytes octets) {
  auto message = decode(octets);
  return {std::move(octets), std::move(message)};
}

const Message* Exchange::message() const {
  const auto* reply = std::get_if<Reply>(&outcome);
  if (reply == nullptr || !reply->message) return nullptr;
  const Message& message = *reply->message;
  if (!message.qr) return nullptr;
  // Some servers leave the question out of a refusal (RFC 2308 shows none); a different question answers something
  // else.
  if (message.questions.empty()) return message.answer.empty() && message.authority.empty() ? &message : nullptr;
  const Question& question = message.questions.front();
  const bool same = message.questions.size() == 1 && question.name == ask.name && question.type == ask.type;
  return same ? &message : nullptr;
}

const Exchange* Evidence::find(const Ask& ask) const {
  const auto found = std::ranges::find(exchanges, ask, &Exchange::ask);
  return found == exchanges.end() ? nullptr : &*found;
}

void Evidence::add(Exchange exchange) {
  if (find(exchange.ask) == nullptr) exchanges.push_back(std::move(exchange));
}

}  // namespace dns
