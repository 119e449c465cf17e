#include "dns/message.h"

#include "dns/shape.h"
#include "dns/text.h"
#include "tests/dns/given.h"

namespace dns {
namespace {

// A header with these counts, then `body`.
Bytes packet(std::array<std::uint16_t, 4> counts, std::string_view body, std::uint16_t flags = 0x8000) {
  Writer writer;
  writer.u16(0x1234);
  writer.u16(flags);
  for (const auto count : counts) writer.u16(count);
  writer.put(octets(body));
  return writer.take();
}

Record record_of(std::string_view text) {
  const auto record = parse_record(text);
  EXPECT_TRUE(record) << text << ": " << record.error();
  return record.value_or(Record{});
}

// Something of everything.
Message full_message() {
  Message message;
  message.id = 0xbeef;
  message.opcode = 5;
  message.qr = message.aa = message.ra = message.ad = true;
  message.rcode = Rcode::badcookie;  // 23: needs the OPT record's bits
  message.questions = {{name("Www.Example."), RRType::a, RRClass::in}};
  message.answer = {record_of("www.example. 5 A 192.0.2.1"),
                    record_of("www.example. 5 RRSIG A 8 2 5 2 1 7 example. AQID"),
                    record_of("x.example. 5 DNAME y.example."), record_of("t.example. 5 TXT a b")};
  message.authority = {
      record_of("example. 5 SOA ns.example. host.example. 1 2 3 4 5"), record_of("example. 5 NSEC a.example. A NS"),
      record_of(
          "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. 5 NSEC3 1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr A")};
  message.additional = {record_of("ns.example. 5 AAAA 2001:db8::1"), record_of("a. 5 TYPE65400 \\# 3 010203")};
  message.edns = Edns{1232, 0, Edns::do_flag, {{EdnsOption::ede, octets("0006 626164")}, {EdnsOption::nsid, {}}}};
  return message;
}

void expect_same(const Message& left, const Message& right) {
  EXPECT_EQ(left.id, right.id);
  EXPECT_EQ(left.opcode, right.opcode);
  EXPECT_EQ(left.rcode, right.rcode);
  const auto flags = [](const Message& m) { return std::array{m.qr, m.aa, m.tc, m.rd, m.ra, m.ad, m.cd}; };
  EXPECT_EQ(flags(left), flags(right));
  EXPECT_EQ(left.questions, right.questions);
  EXPECT_EQ(left.answer, right.answer);
  EXPECT_EQ(left.authority, right.authority);
  EXPECT_EQ(left.additional, right.additional);
  EXPECT_EQ(left.edns, right.edns);
}

TEST(Message, what_is_encoded_is_decoded) {
  const Message message = full_message();
  const Bytes wire = encode(message);
  const auto again = decode(wire);
  ASSERT_TRUE(again) << to_text(again.error());
  expect_same(*again, message);
  EXPECT_TRUE(again->flaws.empty());
  EXPECT_EQ(encode(*again), wire);
}

// RFC 1035 §4.1.1, RFC 4035 §3.1.6: each bit has its own place.
TEST(Message, header_bits) {
  struct Case {
    std::uint16_t flags;
    bool Message::* member;
  };
  for (const auto& [flags, member] : {Case{0x8000, &Message::qr},
                                      {0x0400, &Message::aa},
                                      {0x0200, &Message::tc},
                                      {0x0100, &Message::rd},
                                      {0x0080, &Message::ra},
                                      {0x0020, &Message::ad},
                                      {0x0010, &Message::cd}}) {
    const auto message = decode(packet({}, "", flags));
    ASSERT_TRUE(message);
    EXPECT_TRUE((*message).*member) << flags;
    EXPECT_EQ(encode(*message), packet({}, "", flags)) << flags;
    Message alone;
    alone.id = 0x1234;
    alone.*member = true;
    EXPECT_EQ(encode(alone), packet({}, "", flags));
  }
  EXPECT_EQ(decode(packet({}, "", 0x7800))->opcode, 15);
  EXPECT_EQ(number(decode(packet({}, "", 0x000f))->rcode), 15);
}

TEST(Message, queries) {
  Query query{.id = 7,
              .question = {name("a."), RRType::dnskey, RRClass::in},
              .rd = true,
              .cd = true,
              .ad = false,
              .edns = std::nullopt};
  EXPECT_EQ(encode(query), octets("0007 0110 0001 0000 0000 0000 0161 00 0030 0001"));
  query.edns = Edns{1232, 0, Edns::do_flag, {}};
  // RFC 6891 §6.1.2, RFC 3225 §3: root, 41, size, extended rcode, version, DO, no options.
  EXPECT_EQ(encode(query), octets("0007 0110 0001 0000 0000 0001 0161 00 0030 0001 00 0029 04d0 00 00 8000 0000"));
}

// Cut anywhere, a message is refused and never read past its end (the sanitizers watch).
// Proves CVE-2026-42959
TEST(Message, cut_at_every_octet) {
  const Bytes wire = encode(full_message());
  for (std::size_t size = 0; size < wire.size(); ++size) {
    const Bytes cut(wire.begin(), wire.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_FALSE(decode(cut)) << size;
  }
}

struct Broken {
  std::string_view about;
  Bytes octets;
  Fault fault;
};

// Proves C-1035, CVE-2026-42959
TEST(Message, what_cannot_be_followed) {
  const Broken brokens[] = {
      {"nothing", {}, Fault::too_short},
      {"half a header", octets("1234 8000 0000"), Fault::too_short},
      {"a question that is not there", packet({1, 0, 0, 0}, ""), Fault::bad_name},
      {"a question without its type", packet({1, 0, 0, 0}, "0161 00 0001"), Fault::too_short},
      {"two questions, one there", packet({2, 0, 0, 0}, "0161 00 0001 0001"), Fault::bad_name},
      {"65535 records, none there", packet({0, 65535, 0, 0}, ""), Fault::bad_name},
      {"65535 in every section", packet({65535, 65535, 65535, 65535}, ""), Fault::bad_name},
      {"a record without its length", packet({0, 1, 0, 0}, "00 0001 0001 00000005 00"), Fault::too_short},
      {"a length beyond the end", packet({0, 1, 0, 0}, "00 0001 0001 00000005 0004 c00002"), Fault::too_short},
      {"an owner that points at itself", packet({0, 1, 0, 0}, "c00c 0001 0001 00000005 0000"), Fault::bad_name},
      {"an owner that points forward", packet({0, 1, 0, 0}, "c010 0001 0001 00000005 0000"), Fault::bad_name},
      {"an owner with an unknown label type", packet({0, 1, 0, 0}, "4161 00 0001 0001 00000005 0000"), Fault::bad_name},
  };
  for (const auto& [about, bytes, fault] : brokens) {
    const auto message = decode(bytes);
    ASSERT_FALSE(message) << about;
    EXPECT_EQ(message.error(), fault) << about << ": " << to_text(message.error());
  }
}

struct Flawed {
  std::string_view about;
  Bytes octets;
  std::vector<Fault> flaws;
  std::vector<std::string_view> answer;  // as printed; of good form only where it does not begin with "bad "
};

// Proves C-1035, C-4034-3.1.7, C-4034-4.1.1, CVE-2026-10822
TEST(Message, flaws_that_leave_it_readable) {
  const Flawed flaweds[] = {
      {"none", packet({0, 1, 0, 0}, "0161 00 0001 0001 00000005 0004 c0000201"), {}, {"a. 5 IN A 192.0.2.1"}},
      {"trailing octets",
       packet({0, 1, 0, 0}, "0161 00 0001 0001 00000005 0004 c0000201 00"),
       {Fault::trailing},
       {"a. 5 IN A 192.0.2.1"}},
      {"an A of three octets",
       packet({0, 2, 0, 0}, "00 0001 0001 00000005 0003 c00002 00 0001 0001 00000005 0004 c0000201"),
       {Fault::bad_rdata},
       {"bad . 5 IN A \\# 3 c00002", ". 5 IN A 192.0.2.1"}},
      {"an MX whose name runs over into the next record (CVE-2026-10822)",
       packet({0, 2, 0, 0}, "00 000f 0001 00000005 0004 0001 0361 00 0001 0001 00000005 0004 c0000201"),
       {Fault::bad_rdata},
       {"bad . 5 IN MX \\# 4 00010361", ". 5 IN A 192.0.2.1"}},
      {"a name and more",
       packet({0, 1, 0, 0}, "00 0002 0001 00000005 0002 0000"),
       {Fault::bad_rdata},
       {"bad . 5 IN NS \\# 2 0000"}},
      {"a pointer at itself in the data",
       packet({0, 1, 0, 0}, "00 0002 0001 00000005 0002 c017"),
       {Fault::bad_rdata},
       {"bad . 5 IN NS \\# 2 c017"}},
      {"compression where RFC 3597 §4 allows it",
       packet({0, 1, 0, 0}, "0161 00 0002 0001 00000005 0002 c00c"),
       {},
       {"a. 5 IN NS a."}},
      {"a compressed signer (RFC 4034 §3.1.7)",
       packet({0, 1, 0, 0}, "0161 00 002e 0001 00000005 0017 0001 08 01 00000005 00000002 00000001 0007 c00c 010203"),
       {Fault::compressed},
       {"a. 5 IN RRSIG A 8 1 5 19700101000002 19700101000001 7 a. AQID"}},
      {"a compressed next name (RFC 4034 §4.1.1)",
       packet({0, 1, 0, 0}, "0161 00 002f 0001 00000005 0005 c00c 0001 40"),
       {Fault::compressed},
       {"a. 5 IN NSEC a. A"}},
      {"a compressed DNAME target",
       packet({0, 1, 0, 0}, "0161 00 0027 0001 00000005 0002 c00c"),
       {Fault::compressed},
       {"a. 5 IN DNAME a."}},
      {"no data at all",
       packet({0, 1, 0, 0}, "00 0001 0001 00000005 0000"),
       {Fault::bad_rdata},
       {"bad . 5 IN A \\# 0"}},
      {"a TTL above 2^31 - 1 counts as 0 (RFC 2181 §8)",
       packet({0, 1, 0, 0}, "00 0001 0001 80000000 0004 c0000201"),
       {},
       {". 0 IN A 192.0.2.1"}},
      {"two OPT records (RFC 6891 §6.1.1)",
       packet({0, 0, 0, 2}, "00 0029 04d0 00000000 0000 00 0029 04d0 00000000 0000"),
       {Fault::bad_count},
       {}},
      {"an option that runs over",
       packet({0, 0, 0, 1}, "00 0029 04d0 00000000 0005 000f 0002 00"),
       {Fault::bad_rdata},
       {}},
      {"an option cut in its head", packet({0, 0, 0, 1}, "00 0029 04d0 00000000 0003 000f00"), {Fault::bad_rdata}, {}},
      {"each flaw once",
       packet({0, 2, 0, 0}, "00 0001 0001 00000005 0000 00 0001 0001 00000005 0000 ff"),
       {Fault::bad_rdata, Fault::trailing},
       {"bad . 5 IN A \\# 0", "bad . 5 IN A \\# 0"}},
  };
  for (const auto& [about, bytes, flaws, answer] : flaweds) {
    const auto message = decode(bytes);
    ASSERT_TRUE(message) << about << ": " << to_text(message.error());
    EXPECT_EQ(message->flaws, flaws) << about;
    std::vector<std::string> printed;
    for (const Record& record : message->answer)
      printed.push_back((record.form == Record::Form::bad ? "bad " : "") + print(record));
    EXPECT_EQ(printed, std::vector<std::string>(answer.begin(), answer.end())) << about;
  }
}

TEST(Message, edns) {
  const auto message = decode(packet({0, 0, 0, 1}, "00 0029 1000 01 02 8001 0009 0003 0001 61 000a 0000", 0x8007));
  ASSERT_TRUE(message);
  EXPECT_EQ(number(message->rcode), 0x17);  // 01 above, 7 below
  ASSERT_TRUE(message->edns);
  EXPECT_EQ(*message->edns, (Edns{4096, 2, 0x8001, {{3, octets("61")}, {10, {}}}}));
  EXPECT_TRUE(message->edns->dnssec_ok());
  EXPECT_TRUE(message->additional.empty());
  EXPECT_FALSE(decode(packet({0, 0, 0, 0}, ""))->edns);
}

// RFC 8914 §2: any number of them; one too short to have a code is none.
// Proves C-8914
TEST(Message, extended_errors) {
  const auto message = decode(
      packet({0, 0, 0, 1}, "00 0029 04d0 00000000 0018 000f 0002 0006 000f 0005 0009 6f6821 000f 0001 00 0003 0000"));
  ASSERT_TRUE(message);
  EXPECT_EQ(message->extended_errors(), (std::vector<ExtendedError>{{6, ""}, {9, "oh!"}}));
  EXPECT_TRUE(Message{}.extended_errors().empty());
}

// Every name of 64 kB at the end of a chain of pointers: refused after few steps, not followed for minutes.
TEST(Message, a_packet_of_pointers) {
  Writer writer;
  writer.put(packet({0, 0xffff, 0, 0}, ""));
  writer.put(octets("00 fde8 0001 00000005 3000"));  // a record of unknown type; its data is the chain
  const std::size_t start = writer.size();
  for (std::size_t at = 0; at < 0x3000; at += 2)
    writer.u16(static_cast<std::uint16_t>(0xc000 | (at == 0 ? 12 : start + at - 2)));
  while (writer.size() + 12 < 0xffff) {
    writer.u16(static_cast<std::uint16_t>(0xc000 | (start + 0x2ffe)));
    writer.put(octets("fde8 0001 00000005 0000"));
  }
  const auto message = decode(writer.view());
  ASSERT_FALSE(message);
  EXPECT_EQ(message.error(), Fault::bad_name);
}

// A SIG record may be compressed; with its signer written out, this one's data would not fit its length field.
TEST(Message, data_that_grows_too_long) {
  const auto message_with = [](std::size_t length) {
    Writer writer;
    writer.put(packet({0, 1, 0, 0}, "07 6578616d706c65 00 0018 0001 00000005"));
    writer.u16(static_cast<std::uint16_t>(length));
    writer.put(octets("0001 08 01 00000005 00000002 00000001 0007 c00c"));
    writer.put(Bytes(length - 20));
    return decode(writer.view());
  };
  ASSERT_TRUE(message_with(65528));
  EXPECT_EQ(message_with(65528)->answer[0].rdata.size(), 65535U);  // 7 more than the pointer
  EXPECT_EQ(message_with(65528)->answer[0].form, Record::Form::good);
  ASSERT_TRUE(message_with(65529));
  EXPECT_EQ(message_with(65529)->answer[0].form, Record::Form::bad);
}

// --- properties, with a fixed seed ---

Bytes compressed_message() {
  // www.example. A with its signature, a CNAME, an SOA, an OPT; names compressed as servers do.
  return octets(
      "1234 8580 0001 0003 0001 0001"
      "03 777777 07 6578616d706c65 00 0001 0001"
      "c00c 0005 0001 00000e10 0004 01 61 c010"
      "c029 0001 0001 00000e10 0004 c0000201"
      "c029 002e 0001 00000e10 001e 0001 0d 02 00000e10 55d4fc60 55b94ce0 0e1d 07 6578616d706c65 00 aabbcc"
      "c010 0006 0001 00000e10 0020 02 6e73 c010 04 686f7374 c010 00000001 00000002 00000003 00000004 00000005"
      "00 0029 04d0 0000 8000 000b 000f 0007 0006 776f726473");
}

TEST(Message, compressed_as_servers_do) {
  const auto message = decode(compressed_message());
  ASSERT_TRUE(message) << to_text(message.error());
  EXPECT_TRUE(message->flaws.empty()) << to_text(message->flaws.front());
  ASSERT_EQ(message->answer.size(), 3U);
  EXPECT_EQ(print(message->answer[0]), "www.example. 3600 IN CNAME a.example.");
  EXPECT_EQ(print(message->answer[1]), "a.example. 3600 IN A 192.0.2.1");
  EXPECT_EQ(print(message->authority[0]), "example. 3600 IN SOA ns.example. host.example. 1 2 3 4 5");
  const auto again = decode(encode(*message));
  ASSERT_TRUE(again);
  expect_same(*again, *message);
}

Bytes mutated(Bytes wire, Dice& dice) {
  for (std::size_t changes = 1 + dice.below(4); changes > 0; --changes) {
    const std::size_t at = dice.below(wire.size());
    switch (dice.below(4)) {
      case 0: wire[at] = static_cast<std::uint8_t>(dice.next()); break;
      case 1: wire[at] = static_cast<std::uint8_t>(wire[at] ^ 1U << dice.below(8)); break;
      case 2: wire[at] = static_cast<std::uint8_t>(0xc0 | dice.below(2)); break;
      default:
        if (wire.size() > 20 && dice.below(4) == 0)
          wire.resize(wire.size() - 1);
        else
          wire[at] = static_cast<std::uint8_t>(dice.below(2) == 0 ? 0 : 0xff);
    }
  }
  return wire;
}

// Whatever is readable is readable again from what we would write of it, and says the same.
// Proves CVE-2026-42959
TEST(Message, mutations) {
  Dice dice(20261124);
  const Bytes seeds[] = {compressed_message(), encode(full_message())};
  std::size_t readable = 0;
  for (int round = 0; round < 20'000; ++round) {
    const auto message = decode(mutated(seeds[dice.below(2)], dice));
    if (!message) continue;
    ++readable;
    if (!message->flaws.empty()) continue;
    const auto again = decode(encode(*message));
    ASSERT_TRUE(again);
    expect_same(*again, *message);
    if (HasFailure()) return;
  }
  EXPECT_GT(readable, 4'000U) << "the mutations are too coarse to test much";
}

TEST(MessageSlow, a_million_mutations_and_the_text_of_every_record) {
  Dice dice(4034);
  const Bytes seed = compressed_message();
  for (int round = 0; round < 1'000'000; ++round) {
    const auto message = decode(mutated(seed, dice));
    if (!message || dice.below(100) != 0) continue;
    for (const auto* section : {&message->answer, &message->authority, &message->additional}) {
      for (const Record& record : *section) {
        const auto again = parse_record(print(record));
        ASSERT_TRUE(again) << print(record) << ": " << again.error();
        ASSERT_TRUE(again->owner.same_octets(record.owner)) << print(record);
        ASSERT_EQ(again->rdata, record.rdata) << print(record);
        ASSERT_EQ(again->type, record.type);
        ASSERT_EQ(again->rrclass, record.rrclass);
      }
    }
  }
}

}  // namespace
}  // namespace dns
