#include "dns/text.h"
#include "tests/dns/given.h"

namespace dns {
namespace {

// RFC 4648 §10, letter case as ours, padding of base32hex left out (RFC 5155 §3.3).
struct Vector {
  std::string_view plain, hex, base32hex, base64;
};
constexpr Vector vectors[] = {
    {"", "", "", ""},
    {"f", "66", "co", "Zg=="},
    {"fo", "666f", "cpng", "Zm8="},
    {"foo", "666f6f", "cpnmu", "Zm9v"},
    {"foob", "666f6f62", "cpnmuog", "Zm9vYg=="},
    {"fooba", "666f6f6261", "cpnmuoj1", "Zm9vYmE="},
    {"foobar", "666f6f626172", "cpnmuoj1e8", "Zm9vYmFy"},
};

TEST(Base, vectors_of_rfc_4648) {
  for (const auto& [plain, hex, base32hex, base64] : vectors) {
    const Bytes bytes = octets_of(plain);
    EXPECT_EQ(encode_hex(bytes), hex);
    EXPECT_EQ(encode_base32hex(bytes), base32hex);
    EXPECT_EQ(encode_base64(bytes), base64);
    EXPECT_EQ(decode_hex(hex), bytes);
    EXPECT_EQ(decode_base32hex(base32hex), bytes);
    EXPECT_EQ(decode_base64(base64), bytes);
  }
}

TEST(Base, letter_case) {
  EXPECT_EQ(decode_hex("aBcDeF"), octets("abcdef"));
  EXPECT_EQ(decode_base32hex("CPNMUOJ1E8"), octets_of("foobar"));
  EXPECT_NE(decode_base64("zG9V"), octets_of("foo"));
}

TEST(Base, what_is_not_hex) {
  for (const std::string_view text : {"0", "000", "0g", "0x00", " 00", "00 ", "0 0", "-1"})
    EXPECT_FALSE(decode_hex(text)) << text;
}

// One digit, three and six stand for no whole octets; the last digit's spare bits are zero.
TEST(Base, what_is_not_base32hex) {
  for (const std::string_view text : {"0", "000", "000000", "w0", "c!", "co======", "cp", "cpnh", "c o"})
    EXPECT_FALSE(decode_base32hex(text)) << text;
}

TEST(Base, what_is_not_base64) {
  for (const std::string_view text : {"Z", "Zg", "Zg=", "Zm8", "Zg===", "====", "=", "Zh==", "Zm9=", "Zm 9v", "Zm9v\n",
                                      "Z===", "Zg==Zg==", "Zm9-", "Zm9_"})
    EXPECT_FALSE(decode_base64(text)) << text;
}

TEST(Base, every_pair_of_octets_returns) {
  for (unsigned value = 0; value <= 0xffff; ++value) {
    const Bytes bytes{static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value & 0xff)};
    ASSERT_EQ(decode_hex(encode_hex(bytes)), bytes);
    ASSERT_EQ(decode_base32hex(encode_base32hex(bytes)), bytes);
    ASSERT_EQ(decode_base64(encode_base64(bytes)), bytes);
  }
}

// Every text of four digits either says octets that are written the same way, or is refused.
TEST(Base, no_two_texts_for_the_same_octets) {
  constexpr std::string_view digits = "AQgw/=";
  std::string text(4, 'A');
  for (const char a : digits)
    for (const char b : digits)
      for (const char c : digits)
        for (const char d : digits) {
          text = {a, b, c, d};
          if (const auto bytes = decode_base64(text)) {
            EXPECT_EQ(encode_base64(*bytes), text);
          }
        }
}

TEST(Reader, never_leaves_its_octets) {
  const Bytes bytes = octets("01 0203 04050607 08");
  Reader reader(bytes);
  EXPECT_EQ(reader.u8(), 1);
  EXPECT_EQ(reader.u16(), 0x0203);
  EXPECT_EQ(reader.u32(), 0x04050607U);
  EXPECT_EQ(reader.left(), 1U);
  EXPECT_FALSE(reader.u16());
  EXPECT_FALSE(reader.u32());
  EXPECT_FALSE(reader.take(2));
  EXPECT_EQ(reader.at(), 7U) << "a failed read does not move";
  EXPECT_EQ(reader.rest().size(), 1U);
  EXPECT_TRUE(reader.done());
  EXPECT_FALSE(reader.u8());
  EXPECT_TRUE(reader.take(0));
  reader.move_to(99);
  EXPECT_TRUE(reader.done());
  EXPECT_TRUE(Reader(bytes, 9).done());
  EXPECT_EQ(Reader({}).rest().size(), 0U);
}

TEST(Writer, big_endian) {
  Writer writer;
  writer.u8(0xff);
  writer.u16(0x0102);
  writer.u32(0x03040506);
  writer.put(octets("aabb"));
  writer.put_u16_at(1, 0x1112);
  EXPECT_EQ(writer.size(), 9U);
  EXPECT_EQ(writer.take(), octets("ff 1112 03040506 aabb"));
}

TEST(Octets, an_absent_octet_sorts_first) {
  EXPECT_TRUE(octets_less(octets("00"), octets("0000")));
  EXPECT_TRUE(octets_less({}, octets("00")));
  EXPECT_TRUE(octets_less(octets("7f"), octets("80")));
  EXPECT_FALSE(octets_less(octets("8000"), octets("7fff")));
  EXPECT_FALSE(octets_less(octets("01"), octets("01")));
}

}  // namespace
}  // namespace dns
