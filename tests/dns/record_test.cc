#include "dns/record.h"

#include "dns/evidence.h"
#include "dns/text.h"
#include "tests/dns/given.h"

namespace dns {
namespace {

std::vector<Record> records_of(std::string_view text) {
  const auto zone = parse_zone(text);
  EXPECT_TRUE(zone) << zone.error().line << ": " << zone.error().why;
  return zone.value_or(std::vector<Record>{});
}

constexpr std::string_view signature_a = "a. 5 RRSIG A 8 1 5 2 1 7 . AQID\n";
constexpr std::string_view signature_b = "a. 5 RRSIG A 8 1 5 2 1 7 . BQID\n";

std::string text(std::initializer_list<std::string_view> parts) {
  std::string result;
  for (const auto part : parts) result += part;
  return result;
}

TEST(Group, sets_come_in_the_order_of_their_first_records) {
  const auto sets =
      group(records_of("b. 5 A 192.0.2.2\na. 5 A 192.0.2.9\nB. 5 A 192.0.2.1\na. 5 CH A 192.0.2.9\na. 5 NS b."));
  ASSERT_EQ(sets.size(), 4U);
  EXPECT_EQ(sets[0].set.owner.print(), "b.");
  EXPECT_EQ(sets[0].set.rdatas, (std::vector<Bytes>{octets("c0000201"), octets("c0000202")}));
  EXPECT_EQ(sets[1].set.rrclass, RRClass::in);
  EXPECT_EQ(sets[2].set.rrclass, RRClass::ch);
  EXPECT_EQ(sets[3].set.type, RRType::ns);
}

// Proves C-2181-5.2
TEST(Group, ttls_of_a_faulty_set) {
  const auto sets = group(records_of("a. 7 A 192.0.2.1\na. 5 A 192.0.2.2\na. 9 A 192.0.2.1"));
  ASSERT_EQ(sets.size(), 1U);
  EXPECT_EQ(sets[0].set.ttl, 5U);  // RFC 2181 §5.2
  EXPECT_EQ(sets[0].set.ttl_max, 9U);
  EXPECT_EQ(sets[0].set.rdatas.size(), 2U);
}

TEST(Group, signatures_go_to_what_they_cover) {
  const auto sets =
      group(records_of(text({signature_b, "a. 5 NS b.\n", "a. 5 A 192.0.2.1\n", signature_a, signature_b})));
  ASSERT_EQ(sets.size(), 2U);
  EXPECT_EQ(sets[0].set.type, RRType::a);
  EXPECT_EQ(sets[0].set.rdatas.size(), 1U);
  ASSERT_EQ(sets[0].signatures.size(), 2U) << "the repeat is dropped";
  EXPECT_EQ(sets[0].signatures[0].rdata.back(), 0x03);
  EXPECT_EQ(sets[0].set.ttl, 5U);
  EXPECT_TRUE(sets[1].signatures.empty());
}

TEST(Group, a_signature_alone_has_an_empty_set) {
  const auto sets = group(records_of(signature_a));
  ASSERT_EQ(sets.size(), 1U);
  EXPECT_EQ(sets[0].set.type, RRType::a);
  EXPECT_TRUE(sets[0].set.rdatas.empty());
  EXPECT_EQ(sets[0].signatures.size(), 1U);
}

TEST(Group, records_of_bad_form_are_left_out) {
  EXPECT_TRUE(group(records_of("a. 5 A \\# 3 c00002\na. 5 RRSIG \\# 1 00")).empty());
}

// RFC 4034 §6.3 orders canonical forms: "B." comes after "a.", and "A." is "a." again.
TEST(Group, letter_case_of_embedded_names) {
  const auto sets = group(records_of("x. 5 NS B.\nx. 5 NS a.\nx. 5 NS A."));
  ASSERT_EQ(sets.size(), 1U);
  EXPECT_EQ(sets[0].set.rdatas, (std::vector<Bytes>{octets("0161 00"), octets("0142 00")}));
  const auto nsecs = group(records_of("x. 5 NSEC a. A\nx. 5 NSEC A. A"));
  EXPECT_EQ(nsecs[0].set.rdatas.size(), 2U) << "an NSEC's next name keeps its case (RFC 6840 §5.1)";
}

// --- Exchange::message ---

Exchange exchange_of(const Message& message) {
  Exchange exchange;
  exchange.ask.name = name("a.example.");
  exchange.ask.type = RRType::a;
  exchange.outcome = reply_of(encode(message));
  return exchange;
}

TEST(Exchange, only_an_answer_to_the_question_counts) {
  Message reply;
  reply.qr = true;
  reply.questions = {{name("A.Example."), RRType::a, RRClass::in}};
  EXPECT_NE(exchange_of(reply).message(), nullptr);

  Message query = reply;
  query.qr = false;
  EXPECT_EQ(exchange_of(query).message(), nullptr);

  Message other = reply;
  other.questions[0].name = name("b.example.");
  EXPECT_EQ(exchange_of(other).message(), nullptr);
  other = reply;
  other.questions[0].type = RRType::ns;
  EXPECT_EQ(exchange_of(other).message(), nullptr);
  other = reply;
  other.questions.push_back(other.questions[0]);
  EXPECT_EQ(exchange_of(other).message(), nullptr);

  Message bare = reply;  // a refusal without its question
  bare.questions.clear();
  bare.rcode = Rcode::refused;
  EXPECT_NE(exchange_of(bare).message(), nullptr);
  bare.answer = {Record{name("a.example."), RRType::a, RRClass::in, 5, octets("c0000201")}};
  EXPECT_EQ(exchange_of(bare).message(), nullptr);

  EXPECT_EQ(Exchange{}.message(), nullptr);
  Exchange broken;
  broken.outcome = reply_of(octets("0001 8000"));
  EXPECT_EQ(broken.message(), nullptr);
}

}  // namespace
}  // namespace dns
