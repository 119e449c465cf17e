// Zone transfers (RFC 5936) under TSIG (RFC 8945) from servers that lie, stop, drip and never end. The MACs are made
// here, by the RFC's formula and OpenSSL's plain HMAC.
#include "resolver/transfer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/hmac.h>

#include <cctype>

#include "dns/text.h"
#include "tests/resolver/speaker.h"

namespace {

using namespace std::chrono_literals;
using dns::Bytes;
using dns::Message;
using dns::Name;
using dns::Record;
using resolver::TransferFault;
using resolver::TransferPlan;
using testing::HasSubstr;
using tests::Line;
using tests::Speaker;
using Kind = TransferFault::Kind;

Record record(const std::string& text) { return dns::parse_record(text).value(); }

const std::string soa = "example. 300 IN SOA ns.example. mail.example. 7 7200 3600 604800 300";
const std::string other_soa = "example. 300 IN SOA ns.example. mail.example. 8 7200 3600 604800 300";
const std::string ns = "example. 300 IN NS ns.example.";

Message reply_to(const Bytes& query, const std::vector<std::string>& records) {
  Message reply = dns::decode(query).value();
  reply.qr = reply.aa = true;
  reply.additional.clear();  // the query's TSIG
  for (const auto& text : records) reply.answer.push_back(record(text));
  return reply;
}

struct Heard {
  std::vector<Record> records;
  std::expected<resolver::Transferred, TransferFault> outcome;
};

Heard fetch(const Speaker& speaker, const std::function<void(TransferPlan&)>& change = {}) {
  TransferPlan plan;
  plan.server = speaker.address();
  plan.zone = Name::parse("example.").value();
  plan.deadline = resolver::Clock::now() + 20s;
  if (change) change(plan);
  std::vector<Record> records;
  auto outcome = resolver::transfer(plan, [&](const Record& each) {
    records.push_back(each);
    return true;
  });
  return {records, outcome};
}

Heard hear(const std::function<void(const Line&)>& script, const std::function<void(TransferPlan&)>& change = {}) {
  const Speaker speaker(script);
  return fetch(speaker, change);
}

// Says these messages, each a list of records.
using Messages = std::vector<std::vector<std::string>>;
std::function<void(const Line&)> saying(const Messages& messages) {
  return [messages](const Line& line) {
    const auto query = line.hear();
    for (const auto& each : messages) line.say(dns::encode(reply_to(query, each)));
  };
}

TEST(Transfer, TakesAZoneOfOneMessage) {
  const auto heard = hear(saying({{soa, ns, soa}}));
  ASSERT_TRUE(heard.outcome) << heard.outcome.error().why;
  EXPECT_EQ(heard.records, (std::vector{record(soa), record(ns)}));
  EXPECT_EQ(heard.outcome->messages, 1U);
}

TEST(Transfer, AsksAsRfc5936Says) {
  Bytes query;
  hear([&](const Line& line) { query = line.hear(); });
  const auto message = dns::decode(query).value();
  EXPECT_EQ(message.questions.at(0), (dns::Question{Name::parse("example.").value(), dns::RRType::axfr}));
  EXPECT_TRUE(!message.qr && message.opcode == 0 && message.answer.empty() && message.authority.empty());
}

// RFC 5936 §2.2: one message or many, a record each or many; the question only has to be in the first.
TEST(Transfer, TakesAZoneOfManyMessagesAndOfSingleOctets) {
  const auto heard = hear([](const Line& line) {
    const auto query = line.hear();
    for (const auto& text : {soa, ns, std::string("www.example. 300 IN A 192.0.2.1"), soa}) {
      auto reply = reply_to(query, {text});
      if (text != soa) reply.questions.clear();
      const auto octets = dns::encode(reply);
      dns::Writer frame;
      frame.u16(static_cast<std::uint16_t>(octets.size()));
      frame.put(octets);
      for (const std::uint8_t& octet : frame.view()) line.say_octets({&octet, 1});
    }
  });
  ASSERT_TRUE(heard.outcome) << heard.outcome.error().why;
  EXPECT_EQ(heard.records.size(), 3U);
}

TEST(Transfer, GoesByIpv6) {
  std::optional<Speaker> speaker;
  try {
    speaker.emplace(saying({{soa, ns, soa}}), "::1");
  } catch (const std::runtime_error& fault) {
    GTEST_SKIP() << fault.what();  // a machine without IPv6
  }
  const auto heard = fetch(*speaker);
  EXPECT_TRUE(heard.outcome) << heard.outcome.error().why;
}

struct Lie {
  const char* name;
  std::function<void(const Line&)> script;
  const char* why;
};

std::function<void(const Line&)> changed(const std::function<void(Message&)>& change) {
  return [change](const Line& line) {
    auto reply = reply_to(line.hear(), {soa, ns, soa});
    change(reply);
    line.say(dns::encode(reply));
  };
}

const std::vector<Lie> lies{
    {"hangs up at once", [](const Line& line) { line.hear(); }, "hung up before the end (octet 0, 0 records)"},
    {"cut between messages", saying({{soa, ns}}), "hung up before the end"},
    {"cut inside a message",
     [](const Line& line) {
       const auto reply = dns::encode(reply_to(line.hear(), {soa, ns, soa}));
       line.say_octets(Bytes{0, static_cast<std::uint8_t>(reply.size())});
       line.say_octets(dns::View(reply).first(reply.size() - 1));
     },
     "hung up before the end"},
    {"reset",
     [](const Line& line) {
       line.say(dns::encode(reply_to(line.hear(), {soa, ns})));
       line.reset();
     },
     "from 127.0.0.1"},  // "reset by peer", or hung up: the kernel may have dropped what was sent
    {"another id", changed([](Message& m) { m.id ^= 1; }), "another id"},
    {"no reply bit", changed([](Message& m) { m.qr = false; }), "no reply"},
    {"refused", changed([](Message& m) { m.rcode = dns::Rcode::refused; }), "the server says REFUSED"},
    {"not its zone", changed([](Message& m) { m.rcode = dns::Rcode::notauth; }), "the server says NOTAUTH"},
    {"other question", changed([](Message& m) { m.questions[0].name = Name::parse("other.").value(); }),
     "another question"},
    {"other type asked", changed([](Message& m) { m.questions[0].type = dns::RRType::soa; }), "another question"},
    {"no question", changed([](Message& m) { m.questions.clear(); }), "without our question"},
    {"other zone", changed([](Message& m) {
       for (auto& each : m.answer) each.owner = Name::parse("other.").value();
     }),
     "begins with other. SOA"},
    {"no record", changed([](Message& m) { m.answer.clear(); }), "holds no record"},
    {"no SOA first", saying({{ns, soa, soa}}), "begins with example. NS"},
    {"another SOA last", saying({{soa, ns, other_soa}}), "serial 7 and ends with another SOA, serial 8"},
    {"records after the end", saying({{soa, ns, soa, ns}}), "example. NS after the last SOA"},
    {"class CH", changed([](Message& m) { m.answer[1].rrclass = dns::RRClass::ch; }), "of class CH"},
    {"unreadable data", changed([](Message& m) { m.answer[1].rdata = {255}; }), "cannot stand in a zone"},
    {"a message of three octets",
     [](const Line& line) {
       line.hear();
       line.say(Bytes{1, 2, 3});
     },
     "message 1 is unreadable (short)"},
    {"a message of none",
     [](const Line& line) {
       line.hear();
       line.say(Bytes{});
     },
     "unreadable"},
};

TEST(Transfer, RefusesEveryLieInOneLine) {
  for (const auto& lie : lies) {
    const auto heard = hear(lie.script);
    ASSERT_FALSE(heard.outcome) << lie.name;
    EXPECT_THAT(heard.outcome.error().why, HasSubstr(lie.why)) << lie.name;
    EXPECT_EQ(heard.outcome.error().kind, Kind::server) << lie.name;
    EXPECT_THAT(heard.outcome.error().why, Not(HasSubstr("\n"))) << lie.name;
  }
}

// Until the other side hangs up.
void drip(const Line& line) {
  const auto query = line.hear();
  line.say(dns::encode(reply_to(query, {soa})));
  while (!line.is_alone_after(5)) line.say(dns::encode(reply_to(query, {ns})));
}

void flood(const Line& line) {
  const auto query = line.hear();
  line.say(dns::encode(reply_to(query, {soa})));
  const auto more = dns::encode(reply_to(query, std::vector<std::string>(500, ns)));
  while (line.say(more)) {
  }
}

TEST(Transfer, EndsWhatNeverEnds) {
  const auto late = hear(drip, [](TransferPlan& plan) { plan.deadline = resolver::Clock::now() + 200ms; });
  ASSERT_FALSE(late.outcome);
  EXPECT_EQ(late.outcome.error().kind, Kind::late);

  const auto slow = hear(drip, [](TransferPlan& plan) { plan.pace_span = 200ms, plan.pace_octets = 1 << 20; });
  ASSERT_FALSE(slow.outcome);
  EXPECT_THAT(slow.outcome.error().why, HasSubstr("too slow"));

  const auto silent = hear([](const Line& line) { line.hear(), line.is_alone_after(20'000); },
                           [](TransferPlan& plan) { plan.silence = 100ms; });
  ASSERT_FALSE(silent.outcome);
  EXPECT_THAT(silent.outcome.error().why, HasSubstr("nothing came for 100 ms"));

  const auto large = hear(flood, [](TransferPlan& plan) { plan.octets_most = 1 << 20; });
  ASSERT_FALSE(large.outcome);
  EXPECT_THAT(large.outcome.error().why, HasSubstr("more than 1048576 octets"));
}

TEST(Transfer, TellsAServerThatIsNotThere) {
  dns::Address nobody;
  {
    const Speaker speaker([](const Line&) {});
    nobody = speaker.address();
  }
  TransferPlan plan;
  plan.server = nobody;
  plan.deadline = resolver::Clock::now() + 20s;
  const auto outcome = resolver::transfer(plan, [](const Record&) { return true; });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, Kind::unreachable);
}

TEST(Transfer, StopsWhereThereIsNoRoom) {
  const Speaker speaker(saying({{soa, ns, soa}}));
  TransferPlan plan;
  plan.server = speaker.address();
  plan.zone = Name::parse("example.").value();
  plan.deadline = resolver::Clock::now() + 20s;
  const auto outcome = resolver::transfer(plan, [](const Record&) { return false; });
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().why, HasSubstr("too large"));
}

// A server's side of TSIG, by RFC 8945 §4.3 and §5.3.1 and nothing of ours.
class Signer {
 public:
  explicit Signer(const Bytes& query) {
    // The query ends in the data of its TSIG; the MAC stands behind algorithm, time, fudge and its length.
    const std::size_t data = query.size() - tsig_data;
    prior_.assign(query.begin() + static_cast<std::ptrdiff_t>(data + 13 + 6 + 2 + 2),
                  query.begin() + static_cast<std::ptrdiff_t>(data + 13 + 6 + 2 + 2 + 32));
  }

  std::string secret = "secret";
  std::uint64_t time = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count());
  std::string key = "k.";
  std::uint16_t error = 0;
  bool with_mac = true;

  Bytes pass(const Message& message) {
    const auto octets = dns::encode(message);
    pending_.insert(pending_.end(), octets.begin(), octets.end());
    return octets;
  }

  Bytes sign(const Message& message) {
    const Bytes octets = dns::encode(message);
    const auto name = Name::parse(key).value(), algorithm = Name::parse("hmac-sha256.").value();
    dns::Writer digested;
    digested.u16(static_cast<std::uint16_t>(prior_.size()));
    digested.put(prior_);
    digested.put(pending_);
    digested.put(octets);
    if (is_first_) {
      digested.put(name.wire());
      digested.u16(255);
      digested.u32(0);
      digested.put(algorithm.wire());
    }
    put_time(digested);
    if (is_first_) {
      digested.u16(error);
      digested.u16(0);
    }
    Bytes mac(32);
    unsigned length = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), digested.view().data(), digested.size(),
         mac.data(), &length);
    if (!with_mac) mac.clear();
    dns::Writer data;
    data.put(algorithm.wire());
    put_time(data);
    data.u16(static_cast<std::uint16_t>(mac.size()));
    data.put(mac);
    data.u16(message.id);
    data.u16(error);
    data.u16(0);
    Message signed_message = message;
    signed_message.additional.push_back({name, dns::RRType::tsig, dns::RRClass::any, 0, data.take()});
    prior_ = mac;
    pending_.clear();
    is_first_ = false;
    return dns::encode(signed_message);
  }

 private:
  static constexpr std::size_t tsig_data = 13 + 6 + 2 + 2 + 32 + 2 + 2 + 2;
  void put_time(dns::Writer& writer) const {
    writer.u16(static_cast<std::uint16_t>(time >> 32));
    writer.u32(static_cast<std::uint32_t>(time));
    writer.u16(300);
  }

  Bytes prior_, pending_;
  bool is_first_ = true;
};

void with_key(TransferPlan& plan) { plan.key = resolver::parse_tsig_key("k:c2VjcmV0").value(); }

// All messages of a zone, SOA at both ends, handed to `say` with the number of each.
Heard signed_zone(std::size_t messages, const std::function<Bytes(Signer&, const Message&, std::size_t number)>& say) {
  return hear(
      [=](const Line& line) {
        const auto query = line.hear();
        Signer signer(query);
        for (std::size_t i = 0; i < messages; ++i) {
          const bool is_end = i == 0 || i + 1 == messages;
          line.say(say(signer, reply_to(query, {is_end ? soa : ns}), i));
        }
      },
      with_key);
}

TEST(TransferUnderTsig, IsTakenWhereEveryMessageIsSigned) {
  const auto heard = signed_zone(5, [](Signer& signer, const Message& m, std::size_t) { return signer.sign(m); });
  ASSERT_TRUE(heard.outcome) << heard.outcome.error().why;
  EXPECT_EQ(heard.records.size(), 4U);
}

// RFC 8945 §5.3.1: 99 messages without TSIG between two with it are taken, one more is not.
TEST(TransferUnderTsig, TakesNinetyNineUnsignedMessagesBetweenAndNoMore) {
  const auto sparse = [](std::size_t between) {
    return signed_zone(between + 2, [between](Signer& signer, const Message& m, std::size_t number) {
      return number == 0 || number == between + 1 ? signer.sign(m) : signer.pass(m);
    });
  };
  const auto enough = sparse(99);
  ASSERT_TRUE(enough.outcome) << enough.outcome.error().why;
  const auto many = sparse(100);
  ASSERT_FALSE(many.outcome);
  EXPECT_THAT(many.outcome.error().why, HasSubstr("more than 99 messages without TSIG"));
}

struct Forgery {
  const char* name;
  std::function<Bytes(Signer&, const Message&, std::size_t)> say;  // of three messages
  const char* why;
};

const std::vector<Forgery> forgeries{
    {"nothing is signed", [](Signer&, const Message& m, std::size_t) { return dns::encode(m); }, "bears no TSIG"},
    {"the first is not", [](Signer& s, const Message& m, std::size_t n) { return n == 0 ? s.pass(m) : s.sign(m); },
     "bears no TSIG"},
    {"the last is not", [](Signer& s, const Message& m, std::size_t n) { return n == 2 ? s.pass(m) : s.sign(m); },
     "the last message bears no TSIG"},
    {"another secret",
     [](Signer& s, const Message& m, std::size_t) {
       s.secret = "SECRET";
       return s.sign(m);
     },
     "MAC is wrong"},
    {"another secret later",
     [](Signer& s, const Message& m, std::size_t n) {
       if (n == 1) s.secret = "SECRET";
       return s.sign(m);
     },
     "MAC is wrong"},
    {"another key",
     [](Signer& s, const Message& m, std::size_t) {
       s.key = "q.";
       return s.sign(m);
     },
     "by key q."},
    {"too old",
     [](Signer& s, const Message& m, std::size_t) {
       s.time -= 400;
       return s.sign(m);
     },
     "s away from ours, 300 are allowed"},
    {"too new",
     [](Signer& s, const Message& m, std::size_t n) {
       if (n == 2) s.time += 400;
       return s.sign(m);
     },
     "s away from ours"},
    {"a signed message changed",
     [](Signer& s, const Message& m, std::size_t n) {
       auto octets = s.sign(m);
       if (n == 1) octets[2] ^= 4;  // AA
       return octets;
     },
     "MAC is wrong"},
    {"an unsigned message changed",
     [](Signer& s, const Message& m, std::size_t n) {
       if (n == 1) {
         auto other = m;
         other.answer[0].ttl = 1;
         s.pass(other);  // digested, and never sent
       }
       return n == 1 ? dns::encode(m) : s.sign(m);
     },
     "MAC is wrong"},
    {"BADKEY, which nobody signs",
     [](Signer& s, const Message& m, std::size_t) {
       s.error = 17, s.with_mac = false;
       auto refusal = m;
       refusal.rcode = dns::Rcode::notauth;
       return s.sign(refusal);
     },
     "NOTAUTH (the server takes our TSIG for wrong: BADKEY)"},
    {"REFUSED without TSIG",
     [](Signer&, const Message& m, std::size_t) {
       auto refusal = m;
       refusal.rcode = dns::Rcode::refused;
       return dns::encode(refusal);
     },
     "the server says REFUSED"},
    {"no MAC",
     [](Signer& s, const Message& m, std::size_t) {
       s.with_mac = false;
       return s.sign(m);
     },
     "MAC is wrong"},
};

TEST(TransferUnderTsig, RefusesWhatIsNotVouchedFor) {
  for (const auto& forgery : forgeries) {
    const auto heard = signed_zone(3, forgery.say);
    ASSERT_FALSE(heard.outcome) << forgery.name;
    EXPECT_THAT(heard.outcome.error().why, HasSubstr(forgery.why)) << forgery.name;
  }
}

// A whole transfer of three messages as the reader gets it; the middle one bears no TSIG.
struct Signed {
  resolver::TransferReader reader;
  std::vector<Bytes> messages;
};
Signed signed_messages() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto zone = Name::parse("example.").value();
  resolver::Tsig tsig(resolver::parse_tsig_key("k:c2VjcmV0").value());
  dns::Query question;
  question.id = 4711;
  question.question = {zone, dns::RRType::axfr};
  const auto query = tsig.sign(dns::encode(question), now);
  Signer signer(query);
  std::vector<Bytes> messages;
  messages.push_back(signer.sign(reply_to(query, {soa, ns})));
  messages.push_back(signer.pass(reply_to(query, {"www.example. 300 IN A 192.0.2.1"})));
  messages.push_back(signer.sign(reply_to(query, {"x.example. 300 IN TXT \"y\"", soa})));
  return {resolver::TransferReader(zone, question.id, tsig), messages};
}

bool is_taken(Signed all) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  for (const auto& message : all.messages) {
    const auto state = all.reader.take(message, now, [](const Record&) { return true; });
    if (!state) return false;
    if (*state == resolver::TransferReader::State::done) return &message == &all.messages.back();
  }
  return false;
}

// Only the case of letters in the TSIG's own names is nobody's concern (RFC 8945 §4.2: canonical form).
bool is_case_of_tsig_name(const Bytes& message, std::size_t at, std::uint8_t bit) {
  const std::string_view algorithm = "hmac-sha256";
  const std::string text(message.begin(), message.end());
  const auto name = text.rfind(algorithm);
  const bool is_letter = std::isalpha(message[at]) != 0;
  const auto key = name == std::string::npos ? name : name - 1 - 10 - 2;  // "k", its end, type, class, TTL, length
  return bit == 0x20 && is_letter && name != std::string::npos &&
         (at == key || (at >= name && at < name + algorithm.size()));
}

TEST(TransferUnderTsig, IsRefusedWithAnyOneBitChangedOrOctetMissing) {
  const auto whole = signed_messages();
  ASSERT_TRUE(is_taken(whole));
  std::size_t tried = 0;
  for (std::size_t m = 0; m < whole.messages.size(); ++m) {
    for (std::size_t at = 0; at < whole.messages[m].size(); ++at) {
      for (std::uint8_t bit = 1; bit != 0; bit = static_cast<std::uint8_t>(bit << 1)) {
        if (is_case_of_tsig_name(whole.messages[m], at, bit)) continue;
        auto changed = whole;
        changed.messages[m][at] ^= bit;
        EXPECT_FALSE(is_taken(std::move(changed))) << "message " << m << " octet " << at << " bit " << int{bit};
        ++tried;
      }
      auto cut = whole;
      cut.messages[m].resize(at);
      EXPECT_FALSE(is_taken(std::move(cut))) << "message " << m << " cut at " << at;
    }
  }
  EXPECT_GT(tried, 2000U);
}

TEST(TsigKey, IsReadInTheFormsOfDigBindNsdAndKnot) {
  const char* const texts[] = {
      "hmac-sha512:k.example:c2VjcmV0\n",
      "key \"k.example\" {\n\talgorithm hmac-sha512;\n\tsecret \"c2VjcmV0\";\n};\n",
      "key:\n  name: \"k.example\"\n  algorithm: hmac-sha512\n  secret: \"c2VjcmV0\"  # not c2Vj\n",
      "# hmac-sha512:k.example:c2VjcmV0\nkey:\n  - id: k.example.\n    algorithm: hmac-sha512\n    secret: c2VjcmV0\n",
  };
  for (const char* const text : texts) {
    const auto key = resolver::parse_tsig_file(text);
    ASSERT_TRUE(key) << text << key.error();
    EXPECT_EQ(key->name.print(), "k.example.") << text;
    EXPECT_EQ(key->algorithm.print(), "hmac-sha512.") << text;
    EXPECT_EQ(key->secret, (Bytes{'s', 'e', 'c', 'r', 'e', 't'})) << text;
  }
  EXPECT_EQ(resolver::parse_tsig_key("k:c2VjcmV0")->algorithm.print(), "hmac-sha256.");
  for (const char* const text : {"", "key", "a:b:c:d", "k:", "key k { secret c2Vj; }; key l { secret c2Vj; };", "\""})
    EXPECT_FALSE(resolver::parse_tsig_file(text)) << text;
}

}  // namespace
