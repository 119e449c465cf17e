#include <algorithm>

#include "tests/recipes/edits.h"
#include "tests/recipes/recipe.h"

namespace recipes {
namespace {

using dns::Manner;
using dns::Silence;

constexpr const char *www = "www.example.", *second = "192.0.2.12";

// example. has a second server, which says what the first one does.
void add_second(Tree& tree) { tree.zone().hosts.push_back({name("ns2.example."), address(second)}); }

// … but that its replies are changed.
std::function<void(Tree&)> second_says(const Tree::Rewrite& how) {
  return [how](Tree& tree) {
    add_second(tree);
    tree.hear(only_at(second, how));
  };
}

// … but that its copy of the zone is another.
std::function<void(Tree&)> second_has(const std::function<void(Tree&, Plot&)>& how) {
  return [how](Tree& tree) {
    add_second(tree);
    Plot copy = tree.zone();
    how(tree, copy);
    tree.zone().hosts.back().copy = tree.signed_zone(copy);
  };
}

void fail(dns::Exchange& exchange, Silence silence) { exchange.outcome = silence; }

bool by_tcp(const dns::Exchange& exchange) { return exchange.ask.manner.transport == Manner::Transport::tcp; }
bool to_example(const dns::Exchange& exchange) { return exchange.ask.server == address("192.0.2.2"); }

std::function<void(Tree&)> answered(const Tree::Rewrite& how) {
  return [how](Tree& tree) {
    tree.reply(www, RRType::a, [how](dns::Message& message) {
      if (message.aa) how(message);
    });
  };
}

Record text(std::string_view owner, dns::RRClass rrclass, std::size_t octets) {
  dns::Bytes rdata;
  for (; octets > 256; octets -= 256) {
    rdata.push_back(255);
    rdata.insert(rdata.end(), 255, 'x');
  }
  rdata.insert(rdata.end(), {1, 'x'});
  return {name(owner), RRType::txt, rrclass, 60, rdata, {}};
}

// The second server is another provider's, with a KSK and a ZSK of its own.
enum class Zsks : std::uint8_t { apart, shared };
std::function<void(Tree&)> two_providers(Zsks zsks) {
  return [zsks](Tree& tree) {
    Plot &here = tree.zone(), there = here;
    constexpr auto algorithm = dns::Algorithm::ecdsap256sha256;
    there.keys = {signed_world::make_key(algorithm, 257), signed_world::make_key(algorithm, 256)};
    here.ds_set = Records{here.ds(), there.ds()};
    if (zsks == Zsks::shared) {
      there.keys.push_back(here.keys[1]);
      here.keys.push_back(there.keys[1]);
    }
    add_second(tree);
    there.hosts = here.hosts;
    here.hosts.back().copy = tree.signed_zone(there);
  };
}

std::vector<Recipe> transport() {
  using enum Security;
  return {
      {"server-silent", "The second server of example. does not answer (RFC 8906 §3).", secure, "server-silent",
       [](Tree& tree) {
         add_second(tree);
         tree.hear([](dns::Exchange& exchange) {
           if (exchange.ask.server == address(second)) fail(exchange, Silence::timeout);
         });
       }},
      {"server-tcp-refused", "The server of example. answers by UDP and refuses TCP (RFC 7766 §5).", secure,
       "server-tcp-refused",
       [](Tree& tree) {
         tree.hear([](dns::Exchange& exchange) {
           if (to_example(exchange) && by_tcp(exchange)) fail(exchange, Silence::refused);
         });
       }},
      {"truncated-without-tcp", "The DNSKEY set is cut short by UDP, and there is no TCP (RFC 7766 §5).", indeterminate,
       "truncated-without-tcp",
       [](Tree& tree) {
         tree.hear([](dns::Exchange& exchange) {
           if (!to_example(exchange)) return;
           if (by_tcp(exchange)) return fail(exchange, Silence::refused);
           if (exchange.ask.type == RRType::dnskey)
             rewrite(exchange, [](dns::Message& message) {
               message.tc = true;
               message.answer.clear();
             });
         });
       }},
      {"reply-unreadable", "What the second server sends by UDP is too short to be a DNS message (RFC 1035 §4.1).",
       secure, "reply-unreadable",
       [](Tree& tree) {
         add_second(tree);
         tree.hear([](dns::Exchange& exchange) {
           if (exchange.ask.server == address(second) && !by_tcp(exchange))
             exchange.outcome = dns::reply_of({0x12, 0x34, 0x80});
         });
       }},
      {"rcode-unexpected", "Asked for the NS set, the server of example. returns SERVFAIL (RFC 1035 §4.1.1).", secure,
       "rcode-unexpected",
       [](Tree& tree) {
         tree.reply("example.", RRType::ns, [](dns::Message& message) { refuse(message, dns::Rcode::servfail); });
       }},
      {"server-lame", "The second server of example. refuses all questions for it (RFC 1912 §2.8).", secure,
       "server-lame", second_says([](dns::Message& message) { refuse(message, dns::Rcode::refused); })},
      {"aa-flag-wrong", "AA is clear on the answer of an authoritative server (RFC 1035 §4.1.1).", secure,
       "aa-flag-wrong", answered([](dns::Message& message) { message.aa = false; })},
      {"server-loses-dnssec", "The second server returns FORMERR to all questions with EDNS (RFC 4035 §3).", secure,
       "server-loses-dnssec",
       [](Tree& tree) {
         add_second(tree);
         tree.hear([](dns::Exchange& exchange) {
           if (exchange.ask.server != address(second) || exchange.ask.manner.extension == Manner::Extension::none)
             return;
           rewrite(exchange, [](dns::Message& message) {
             refuse(message, dns::Rcode::formerr);
             message.edns.reset();
           });
         });
       }},
      {"edns-irregular", "Signatures come without an OPT record (RFC 6891 §6.1).", secure, "",
       answered([](dns::Message& message) { message.edns.reset(); })},
      {"udp-answer-large", "A UDP answer has more than 1232 octets (RFC 9715 §3.1).", secure, "udp-answer-large",
       answered(
           [](dns::Message& message) { message.additional.push_back(text("more.example.", dns::RRClass::in, 1300)); })},
      {"answer-needs-tcp", "The DNSKEY set is cut short by UDP and comes by TCP (RFC 7766 §5).", secure, "",
       [](Tree& tree) {
         tree.hear([](dns::Exchange& exchange) {
           if (!to_example(exchange) || by_tcp(exchange) || exchange.ask.type != RRType::dnskey) return;
           rewrite(exchange, [](dns::Message& message) {
             message.tc = true;
             message.answer.clear();
           });
         });
       }},
      {"query-case-not-echoed", "The question comes back in capitals (RFC 1035 §2.3.3).", secure,
       "query-case-not-echoed",
       answered([](dns::Message& message) { message.questions[0].name = name("WWW.EXAMPLE."); })},
      {"foreign-class-data", "A record of class CH stands in the additional section (RFC 1035 §5.2).", secure, "",
       answered(
           [](dns::Message& message) { message.additional.push_back(text("version.bind.", dns::RRClass::ch, 1)); })},
  };
}

std::vector<Recipe> agreement() {
  using enum Security;
  return {
      {"serials-differ", "The second server has the next serial already (RFC 1034 §4.3.5).", secure, "",
       second_has([](Tree&, Plot& copy) { copy.soa = "300 SOA ns. mail. 8 7200 3600 604800 300"; })},
      {"server-stale", "The second server has an older serial, and signatures that are over (RFC 1034 §4.3.5).", secure,
       "server-stale", second_has([](Tree& tree, Plot& copy) {
         copy.soa = "300 SOA ns. mail. 6 7200 3600 604800 300";
         copy.usual = {.inception = tree.day(-15), .expiration = tree.day(-1)};
       })},
      {"server-unsigned", "The second server has the zone without DNSSEC (RFC 4035 §3.1.1).", secure, "server-unsigned",
       second_has([](Tree&, Plot& copy) { copy.keys.clear(); })},
      {"server-copy-bogus", "One signature of the second server's copy is damaged (RFC 4035 §5.5).", secure,
       "server-copy-bogus", second_has([](Tree&, Plot& copy) {
         copy.edit = [](Records& records) { signature_in(records, www, RRType::a).rdata.back() ^= 1; };
       })},
      {"data-differs-at-same-serial",
       "The second server gives another address, well signed, at one serial (RFC 1034 §4.3.5).", secure,
       "data-differs-at-same-serial",
       second_has([](Tree&, Plot& copy) { copy.lines = "www.example. 300 A 192.0.2.81\n"; })},
      {"key-missing-on-servers", "The second server's DNSKEY set lacks the ZSK that signs the data (RFC 4035 §2.1).",
       secure, "key-missing-on-servers", second_has([](Tree&, Plot& copy) {
         copy.unsigned_edit = [zsk = dns::write(copy.keys[1].dnskey)](Records& records) {
           std::erase_if(records, [&](const Record& record) { return record.rdata == zsk; });
         };
       })},
      {"multi-signer-keys-not-shared",
       "Two providers sign with keys of their own, and neither publishes the other's (RFC 8901 §2.1.2).", secure,
       "multi-signer-keys-not-shared", two_providers(Zsks::apart)},
      {"multi-signer-present",
       "Two providers sign with keys of their own, and publish each other's ZSK (RFC 8901 §2.1.2).",
       secure,
       "",
       two_providers(Zsks::shared),
       {},
       {},
       {"ds-without-key", "key-missing-on-servers"}},
  };
}

}  // namespace

std::vector<Recipe> server_recipes() {
  auto recipes = transport();
  for (const Recipe& more : agreement()) recipes.push_back(more);
  return recipes;
}

}  // namespace recipes
