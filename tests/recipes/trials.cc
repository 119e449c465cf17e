#include <algorithm>

#include "tests/recipes/edits.h"
#include "tests/recipes/recipe.h"

namespace recipes {
namespace {

using dns::EdnsOption;

const EdnsOption* option_of(const dns::Exchange& exchange, std::uint16_t code) {
  const auto& options = exchange.ask.manner.options;
  const auto found = std::ranges::find(options, code, &EdnsOption::code);
  return found == options.end() ? nullptr : &*found;
}

// The servers are tried with options (the trials need chance); what example.'s says to one is changed.
using Answer = std::function<void(dns::Message&, const EdnsOption& sent)>;
std::function<void(Tree&)> tried(std::uint16_t code, const Answer& how) {
  return [code, how](Tree& tree) {
    tree.target.chance = dns::Bytes(16, 7);
    tree.hear([code, how](dns::Exchange& exchange) {
      const EdnsOption* sent = option_of(exchange, code);
      if (sent != nullptr && exchange.ask.server == address("192.0.2.2"))
        rewrite(exchange, [&](dns::Message& message) { how(message, *sent); });
    });
  };
}

// RFC 7873 §4: the client's 8 octets, then 8 to 32 of the server's.
void give_cookie(dns::Message& message, dns::Bytes client_part) {
  client_part.resize(8);
  client_part.resize(16, 9);
  message.edns->options.push_back({EdnsOption::cookie, std::move(client_part)});
}

}  // namespace

std::vector<Recipe> trial_recipes() {
  using enum Security;
  return {
      {"edns-option-fails", "An option that it does not know makes the server return FORMERR (RFC 6891 §6.1.2).",
       secure, "edns-option-fails",
       tried(100, [](dns::Message& message, const EdnsOption&) { refuse(message, dns::Rcode::formerr); })},
      {"cookie-wrong", "Our part of the cookie comes back changed (RFC 7873 §5.3).", secure, "cookie-wrong",
       tried(EdnsOption::cookie,
             [](dns::Message& message, const EdnsOption& sent) {
               dns::Bytes changed = sent.data;
               changed[7] ^= 1;
               give_cookie(message, changed);
             })},
      {"cookie-support-uneven", "The server gives a cookie, and none when that one is given back (RFC 7873 §5.2).",
       secure, "",
       tried(EdnsOption::cookie,
             [](dns::Message& message, const EdnsOption& sent) {
               if (sent.data.size() == 8) give_cookie(message, sent.data);
             })},
      {"large-answer-lost",
       "The DNSKEY set, of RSA keys, is lost by UDP; a buffer of 512 octets and TCP get through (RFC 9715 §3.2).",
       secure, "large-answer-lost",
       [](Tree& tree) {
         for (auto& key : tree.zone().keys)
           key = signed_world::make_key(dns::Algorithm::rsasha256, key.dnskey.flags, 2048);
         tree.hear("example.", RRType::dnskey, [](dns::Exchange& exchange) {
           const auto& manner = exchange.ask.manner;
           const bool large = manner.extension != dns::Manner::Extension::none && manner.udp_size > 512;
           if (manner.transport == dns::Manner::Transport::udp && large) exchange.outcome = dns::Silence::timeout;
         });
       }},
  };
}

}  // namespace recipes
