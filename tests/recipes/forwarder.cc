#include <algorithm>

#include "tests/recipes/edits.h"
#include "tests/recipes/recipe.h"

namespace recipes {
namespace {

constexpr const char *own_word = "forwarder-verdict",  // always told through a resolver, and no echo of what it does
    *www = "www.example.", *first = "192.0.2.53", *second = "192.0.2.54";

// Asked through a resolver that validates: with CD clear it says AD where nothing is changed (RFC 4035 §3.2.3).
void forward(Tree& tree) {
  tree.target.mode = dns::Mode::stub;
  tree.hear([](dns::Exchange& exchange) {
    if (exchange.ask.manner.checking_disabled) return;
    rewrite(exchange, [](dns::Message& message) { message.ad = true; });
  });
}

// … and what it concludes itself, CD clear, is changed.
std::function<void(Tree&)> concludes(const Tree::Rewrite& how) {
  return [how](Tree& tree) {
    forward(tree);
    tree.hear([how](dns::Exchange& exchange) {
      if (!exchange.ask.manner.checking_disabled && exchange.ask.name == name(www)) rewrite(exchange, how);
    });
  };
}

// … and held against a second resolver, which has the set as it should be.
std::function<void(Tree&)> first_of_two_has(std::string_view owner, RRType type,
                                            const std::function<Records(Tree&, const Records&)>& how) {
  return [owner, type, how](Tree& tree) {
    forward(tree);
    tree.target.elsewhere.push_back({{}, address(second)});
    tree.hear(owner, type,
              only_at(first, [how, &tree](dns::Message& message) { message.answer = how(tree, message.answer); }));
  };
}

void fail(dns::Message& message) { refuse(message, dns::Rcode::servfail), message.ad = false; }

// RFC 8914 §2: the code in two octets, then text.
void add_error(dns::Message& message, std::uint16_t code, std::string_view text) {
  dns::Bytes data{static_cast<std::uint8_t>(code >> 8U), static_cast<std::uint8_t>(code & 0xffU)};
  data.insert(data.end(), text.begin(), text.end());
  message.edns->options.push_back({dns::EdnsOption::ede, data});
}

Records keys_of(const Records& zone) {
  Records keys;
  for (const Record& record : zone) {
    const auto rrsig = record.type == RRType::rrsig ? dns::read_rrsig(record.rdata) : std::nullopt;
    if (record.type == RRType::dnskey || (rrsig && rrsig->covered == RRType::dnskey)) keys.push_back(record);
  }
  return keys;
}

// The root has one more entry key, which is an anchor here.
const dns::Dnskey& new_root_key(Tree& tree) {
  Plot& root = tree.root();
  root.keys.push_back(signed_world::make_key(dns::Algorithm::ecdsap256sha256, 257));
  const auto ds = dns::read_ds(root.ds(dns::Digest::sha256, 2).rdata).value();
  tree.anchors.anchors.push_back({name("."), ds, "the recipe", "", {}, {}});
  return root.keys[2].dnskey;
}

std::string sentinel(dns::KeyTag tag) {  // RFC 8509 §2: five digits
  const std::string digits = std::to_string(tag);
  return "root-key-sentinel-is-ta-" + std::string(5 - digits.size(), '0') + digits + ".";
}

}  // namespace

std::vector<Recipe> forwarder_recipes() {
  using enum Security;
  return {
      {"forwarder-verdict",
       "The resolver fails, with EDE 7, where the records that it gives with CD set are secure: its clock is wrong, "
       "not they (RFC 4035 §5.5).",
       secure, "", concludes([](dns::Message& message) {
         fail(message);
         add_error(message, 7, "signature expired");
       })},
      {"forwarder-bad-cache",
       "The resolver holds a damaged copy of the answer; another one has it sound (RFC 4035 §4.7).",
       bogus,
       "forwarder-bad-cache",
       first_of_two_has(www, RRType::a,
                        [](Tree&, Records answer) {
                          signature_in(answer, www, RRType::a).rdata.back() ^= 1;
                          return answer;
                        }),
       {own_word}},
      {"forwarder-bad-cache",
       "The resolver still has the keys from before a rollover and the DS from after it; another one has both of one "
       "moment (RFC 4035 §4.7).",
       bogus,
       "forwarder-bad-cache",
       first_of_two_has("example.", RRType::dnskey,
                        [](Tree& tree, const Records&) {
                          Plot before = tree.zone();
                          for (auto& key : before.keys)
                            key = signed_world::make_key(key.dnskey.algorithm, key.dnskey.flags);
                          return keys_of(tree.signed_zone(before));
                        }),
       {own_word},
       "forwarder-cache-skewed"},
      {"forwarder-bad-cache",
       "The resolver says that it fails for what it remembers (EDE 13, RFC 8914 §4.14); the records are good by now.",
       secure,
       "forwarder-bad-cache",
       concludes([](dns::Message& message) {
         fail(message);
         add_error(message, 13, "");
       }),
       {own_word},
       "forwarder-cached-error"},
      {"forwarder-lacks-anchor",
       "The sentinel of the root's new key fails at the resolver (RFC 8509 §3).",
       secure,
       "forwarder-lacks-anchor",
       [](Tree& tree) {
         forward(tree);
         tree.reply(sentinel(new_root_key(tree).tag()), RRType::a, fail);
       },
       {own_word}},
      {"forwarder-alters-answer",
       "The resolver admits that its answer is a stale one (EDE 3, RFC 8914 §4.4).",
       secure,
       "",
       concludes([](dns::Message& message) { add_error(message, 3, "upstream silent"); }),
       {own_word}},
  };
}

}  // namespace recipes
