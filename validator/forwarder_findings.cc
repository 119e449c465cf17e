#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "trustanchor/root_roll.h"
#include "validator/audit.h"
#include "validator/forwarder.h"

namespace validator {
namespace {

using dns::Exchange;
using dns::Message;
using dns::RRType;

constexpr std::uint16_t cached_error = 13;                                  // EDE (RFC 8914 §4.14)
constexpr std::array<std::uint16_t, 7> altering{3, 4, 15, 16, 17, 18, 19};  // EDE: the answer is not the zone's

// What one resolver concludes for itself, asked with CD clear.
class Forwarder {
 public:
  Forwarder(Draft& draft, const dns::Address& address)
      : draft_(draft), evidence_(draft.facts.evidence()), address_(address) {}

  void run() {
    if (const Message* own = concluded(evidence_.target.name, evidence_.target.type)) verdict(*own);
    alterations();
    anchors();
  }

 private:
  // The whole reply with CD clear, if one came; a short one else.
  const Message* concluded(const dns::Name& name, RRType type) const {
    const Message* best = nullptr;
    for (const Exchange& exchange : evidence_.exchanges) {
      if (!(exchange.ask.server == address_) || exchange.ask.manner.checking_disabled) continue;
      if (exchange.ask.type != type || !(exchange.ask.name == name)) continue;
      const Message* message = exchange.message();
      if (message != nullptr && (best == nullptr || best->tc)) best = message;
    }
    return best;
  }

  void verdict(const Message& own) {
    std::vector<Detail> details{{"their_verdict", std::string(to_text(conclusion(own)))}};
    const auto errors = own.extended_errors();
    if (!errors.empty()) {
      details.push_back({"ede", std::uint64_t{errors.front().code}});
      if (!errors.front().text.empty()) details.push_back({"text", errors.front().text});
    }
    find(Code::forwarder_verdict, std::move(details));
    const bool cached = std::ranges::any_of(errors, [](const auto& error) { return error.code == cached_error; });
    if (cached && own.rcode == dns::Rcode::servfail && draft_.chain.verdict == Security::secure)
      find(Code::forwarder_bad_cache, {{"reason", std::string("bogus")}, {"type", evidence_.target.type}});
  }

  Security conclusion(const Message& own) const {
    if (own.rcode == dns::Rcode::servfail) return has_data() ? Security::bogus : Security::indeterminate;
    if (own.rcode != dns::Rcode::noerror && own.rcode != dns::Rcode::nxdomain) return Security::indeterminate;
    if (own.ad) return Security::secure;
    return validates() ? Security::insecure : Security::indeterminate;
  }

  // It fails, and without checking it has an answer: it holds that answer for bogus (RFC 4035 §3.2.2).
  bool has_data() const {
    return std::ranges::any_of(evidence_.exchanges, [&](const Exchange& exchange) {
      const Message* message = exchange.message();
      return exchange.ask.server == address_ && exchange.ask.manner.checking_disabled && message != nullptr &&
             exchange.ask.name == evidence_.target.name && exchange.ask.type == evidence_.target.type &&
             (message->rcode == dns::Rcode::noerror || message->rcode == dns::Rcode::nxdomain);
    });
  }

  // No AD says nothing where AD is never said: the keys of the anchor's zone are secure, if anything is.
  bool validates() const {
    return std::ranges::any_of(evidence_.exchanges, [&](const Exchange& exchange) {
      const Message* message = exchange.message();
      return exchange.ask.server == address_ && !exchange.ask.manner.checking_disabled && message != nullptr &&
             exchange.ask.type == RRType::dnskey && message->ad;
    });
  }

  void alterations() {
    for (const Exchange& exchange : evidence_.exchanges) {
      const Message* message = exchange.message();
      if (!(exchange.ask.server == address_) || message == nullptr) continue;
      if (!(exchange.ask.name == evidence_.target.name) || exchange.ask.type != evidence_.target.type) continue;
      for (const dns::ExtendedError& error : message->extended_errors()) {
        if (std::ranges::find(altering, error.code) == altering.end()) continue;
        std::vector<Detail> details{{"ede", std::uint64_t{error.code}}};
        if (!error.text.empty()) details.push_back({"text", error.text});
        find(Code::forwarder_alters_answer, std::move(details));
      }
    }
  }

  // RFC 8509 §3: "is" fails and "not" does not: it validates, knows the sentinels, and lacks this key.
  void anchors() {
    for (const Exchange& exchange : evidence_.exchanges) {
      const auto tag = sentinel_tag(exchange.ask, "root-key-sentinel-is-ta-");
      if (!tag || !(exchange.ask.server == address_) || is_on_its_way_out(*tag)) continue;
      const auto opposite = dns::Name{}.prepend(fmt::format("root-key-sentinel-not-ta-{:05}", *tag));
      const Message* is = concluded(exchange.ask.name, exchange.ask.type);
      const Message* is_not = opposite ? concluded(*opposite, exchange.ask.type) : nullptr;
      if (is == nullptr || is_not == nullptr || is->rcode != dns::Rcode::servfail) continue;
      if (is_not->rcode != dns::Rcode::noerror && is_not->rcode != dns::Rcode::nxdomain) continue;
      find(Code::forwarder_lacks_anchor, {{"tag", std::uint64_t{*tag}}});
    }
  }

  bool is_on_its_way_out(dns::KeyTag tag) const {
    return std::ranges::any_of(trustanchor::root_keys_at(draft_.now), [&](const trustanchor::RootKey& key) {
      return key.tag == tag &&
             (key.stage() == trustanchor::Stage::retired || key.stage() == trustanchor::Stage::revoked);
    });
  }

  void find(Code code, std::vector<Detail> details) {
    const ServerSet servers = draft_.servers(std::nullopt, {address_});
    draft_.find(code, server_subject(draft_.chain.servers[servers.front()]), std::move(details), 0, servers,
                Blame{{}, Party::here});
  }

  Draft& draft_;
  const dns::Evidence& evidence_;
  const dns::Address& address_;
};

}  // namespace

std::optional<dns::KeyTag> sentinel_tag(const dns::Ask& ask, std::string_view prefix) {
  if (ask.name.is_root() || ask.manner.checking_disabled) return std::nullopt;
  const std::string label = dns::print_label(ask.name.label(0));
  if (!label.starts_with(prefix)) return std::nullopt;
  const std::string_view digits = std::string_view(label).substr(prefix.size());
  unsigned tag = 0;
  for (const char digit : digits)
    tag = digit >= '0' && digit <= '9' ? tag * 10 + static_cast<unsigned>(digit - '0') : 65536;
  return digits.size() == 5 && tag < 65536 ? std::optional(static_cast<dns::KeyTag>(tag)) : std::nullopt;
}

void forwarder_findings(Draft& draft) {
  if (draft.chain.mode != dns::Mode::stub || draft.chain.zones.empty()) return;
  for (const dns::NamedServer& server : draft.facts.evidence().target.servers) Forwarder(draft, server.address).run();
}

}  // namespace validator
