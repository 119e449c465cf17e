#include "dns/rdata.h"

#include <algorithm>

#include "dns/canonical.h"
#include "dns/shape.h"
#include "dns/text.h"
#include "tests/dns/given.h"

namespace dns {
namespace {

using Flaw = TypeBitmap::Flaw;

struct Bitmap {
  std::string_view about, octets;
  std::string_view types;
  Flaw flaw;
};
constexpr Bitmap bitmaps[] = {
    {"none", "", "", Flaw::none},
    {"RFC 4034 §4.3", "0006400100000003 041b 000000000000000000000000000000000000000000000000000020",
     "A MX RRSIG NSEC TYPE1234", Flaw::none},
    {"window 1", "0101 40", "CAA", Flaw::none},
    {"last type", "ff20 0000000000000000000000000000000000000000000000000000000000000001", "TYPE65535", Flaw::none},
    {"type 0", "0001 80", "TYPE0", Flaw::none},
    {"windows reversed", "0101 40 0001 40", "A CAA", Flaw::order},
    {"a window twice", "0001 40 0001 20", "A NS", Flaw::order},
    {"a length of 0", "0000", "", Flaw::length},
    {"a length of 0, then more", "0001 40 0100 0201 80", "A", Flaw::length},
    {"a length of 33", "0021 400000000000000000000000000000000000000000000000000000000000000000", "", Flaw::length},
    {"cut octets", "0002 40", "", Flaw::length},
    {"cut head", "00", "", Flaw::length},
    {"zeros at the end", "0002 4000", "A", Flaw::zeros},
    {"zeros alone", "0001 00", "", Flaw::zeros},
    {"OPT (41)", "0006 000000000040", "OPT", Flaw::pseudo},
    {"ANY (255)", "0020 0000000000000000000000000000000000000000000000000000000000000001", "ANY", Flaw::pseudo},
    {"NXNAME (128) is no flaw (RFC 9824 §3.1)", "0011 0000000000000000000000000000000080", "NXNAME", Flaw::none},
    {"the first flaw counts", "0002 4000 0000", "A", Flaw::zeros},
};

// Proves C-4034-4.1.2
TEST(TypeBitmap, types_and_flaws) {
  for (const auto& [about, bytes, types, flaw] : bitmaps) {
    const TypeBitmap bitmap = read_bitmap(octets(bytes));
    EXPECT_EQ(print_types(bitmap.types), types) << about;
    EXPECT_EQ(bitmap.flaw, flaw) << about;
    EXPECT_TRUE(std::ranges::is_sorted(bitmap.types)) << about;
    if (flaw == Flaw::none) {
      EXPECT_EQ(write_bitmap(bitmap.types), octets(bytes)) << about;
    }
  }
}

TEST(TypeBitmap, every_type_alone) {
  for (unsigned value = 0; value <= 0xffff; ++value) {
    const std::vector<RRType> types{RRType{static_cast<std::uint16_t>(value)}};
    const TypeBitmap bitmap = read_bitmap(write_bitmap(types));
    ASSERT_EQ(bitmap.types, types);
    ASSERT_TRUE(bitmap.has(types[0]));
    ASSERT_FALSE(bitmap.has(RRType{static_cast<std::uint16_t>(value ^ 1)}));
  }
}

TEST(TypeBitmap, any_order_and_repeats_are_written_once) {
  const std::vector<RRType> types{RRType::caa, RRType::a, RRType::nsec, RRType::a, RRType::caa};
  EXPECT_EQ(write_bitmap(types), octets("0006 400000000001 0101 40"));
}

Dnskey key_of(std::string_view text) { return read_dnskey(parse_rdata(RRType::dnskey, text, Name{}).value()).value(); }

// Proves C-4034-B, C-6840-5.5
TEST(Dnskey, key_tags) {
  // RFC 4034 §5.4.
  EXPECT_EQ(key_of("256 3 5 AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMm"
                   "mAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==")
                .tag(),
            60485);
  // RFC 8080 §6.1.
  EXPECT_EQ(key_of("257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=").tag(), 3613);
  EXPECT_EQ(key_of("257 3 15 zPnZ/QwEe7S8C5SPz2OfS5RR40ATk2/rYnE9xHIEijs=").tag(), 35217);
  // RFC 4035 §A: the key that signs the example zone.
  EXPECT_EQ(key_of("256 3 5 AQOy1bZVvpPqhg4j7EJoM9rI3ZmyEx2OzDBVrZy/lvI5CQePxXHZS4i8dANH4DX3tbHol61ek8EFMcsGXxKciJFH"
                   "yhl94C+NwILQdzsUlSFovBZsyl/NX6yEbtw/xN9ZNcrbYvgjjZ/UVPZIySFNsgEYvh0z2542lzMKR4Dh8uZffQ==")
                .tag(),
            38519);
}

// RFC 4034 §B.1: algorithm 1 takes the modulus's third- and second-last octets, whatever the flags.
// Proves C-alg-1, C-4034-B, C-6840-5.5
TEST(Dnskey, key_tag_of_rsamd5) {
  EXPECT_EQ((Dnskey{256, 3, Algorithm::rsamd5, octets("01 03 a1a2a3a4a5")}.tag()), 0xa3a4);
  EXPECT_EQ((Dnskey{0x0180, 3, Algorithm::rsamd5, octets("01 03 a1a2a3a4a5")}.tag()), 0xa3a4);
  EXPECT_EQ((Dnskey{256, 3, Algorithm::rsamd5, octets("a1a2a3")}.tag()), 0xa1a2);
  EXPECT_EQ((Dnskey{256, 3, Algorithm::rsamd5, octets("a1a2")}.tag()), 0);
  EXPECT_EQ((Dnskey{256, 3, Algorithm::rsamd5, {}}.tag()), 0);
}

// RFC 4034 §B by hand: 0x0101 + 0x0308 = 0x0409; an odd octet counts as the high one; a carry is added once.
// Proves C-4034-B
TEST(Dnskey, key_tag_by_hand) {
  EXPECT_EQ((Dnskey{0x0101, 3, Algorithm::rsasha256, {}}.tag()), 0x0409);
  EXPECT_EQ((Dnskey{0x0101, 3, Algorithm::rsasha256, octets("10")}.tag()), 0x1409);
  EXPECT_EQ((Dnskey{0x0101, 3, Algorithm::rsasha256, octets("ffff")}.tag()), 0x0409);  // 0x10408 → 0x0408 + 1
}

// The root's keys: their tags are in IANA's list of trust anchors (anchors.md §1).
TEST(Dnskey, tags_of_the_root_keys) {
  const std::string file = file_text("/usr/share/dns/root.key");
  if (file.empty()) GTEST_SKIP() << "no /usr/share/dns/root.key (package dns-root-data)";
  const auto zone = parse_zone(file);
  ASSERT_TRUE(zone) << zone.error().why;
  std::vector<KeyTag> tags;
  for (const Record& record : *zone) {
    Dnskey key = read_dnskey(record.rdata).value();
    EXPECT_TRUE(key.is_zone_key() && key.is_sep() && !key.is_revoked());
    tags.push_back(key.tag());
    key.flags |= Dnskey::revoke_flag;
    tags.push_back(key.tag());
  }
  for (const KeyTag tag : tags) EXPECT_TRUE(tag == 20326 || tag == 38696 || tag == 20454 || tag == 38824) << tag;
}

Dnskey with_flags(std::uint16_t flags) { return {flags, 3, Algorithm::rsasha256, {}}; }

TEST(Dnskey, flags) {
  EXPECT_TRUE(with_flags(0x0100).is_zone_key());
  EXPECT_FALSE(with_flags(0xfeff).is_zone_key());
  EXPECT_TRUE(with_flags(0x0001).is_sep());
  EXPECT_FALSE(with_flags(0xfffe).is_sep());
  EXPECT_TRUE(with_flags(0x0080).is_revoked());  // RFC 5011 §7: bit 8
  EXPECT_FALSE(with_flags(0xff7f).is_revoked());
}

struct Layout {
  std::string_view type, octets;
  bool readable;
};
constexpr Layout layouts[] = {
    {"DNSKEY", "0101 03 08 aabb", true},
    {"DNSKEY", "0101 03 08", true},  // a key of no octets is still a key here
    {"DNSKEY", "0101 03", false},
    {"DS", "4f66 08 02 aabb", true},
    {"DS", "4f66 08 02", true},
    {"DS", "4f66 08", false},
    {"RRSIG", "0001 08 02 00000e10 00000001 00000002 4f66 0161 00 aabb", true},
    {"RRSIG", "0001 08 02 00000e10 00000001 00000002 4f66 00", true},
    {"RRSIG", "0001 08 02 00000e10 00000001 00000002 4f66", false},
    {"RRSIG", "0001 08 02 00000e10 00000001 00000002 4f66 0161", false},
    {"RRSIG", "0001 08 02 00000e10 00000001 00000002 4f66 c000 aabb", false},
    {"NSEC", "0161 00 0001 40", true},
    {"NSEC", "0161 00", true},
    {"NSEC", "0161", false},
    {"NSEC", "", false},
    {"NSEC3", "01 01 000c 04 aabbccdd 02 1122 0001 40", true},
    {"NSEC3", "01 00 0000 00 02 1122", true},
    {"NSEC3", "01 00 0000 00 02 11", false},
    {"NSEC3", "01 00 0000 00", false},
    {"NSEC3", "01 00 0000 04 aabbcc", false},
    {"NSEC3PARAM", "01 00 0000 00", true},
    {"NSEC3PARAM", "01 00 000a 02 aabb", true},
    {"NSEC3PARAM", "01 00 0000 00 00", false},
    {"NSEC3PARAM", "01 00 0000", false},
    {"SOA", "0161 00 00 00000001 00000002 00000003 00000004 00000005", true},
    {"SOA", "0161 00 00 00000001 00000002 00000003 00000004 0000", false},
    {"SOA", "0161 00 00 00000001 00000002 00000003 00000004 00000005 00", false},
};

// The octets written from what was read; nullopt: unreadable.
std::optional<Bytes> rewritten(RRType type, View rdata) {
  const auto again = [](const auto& read) { return read ? std::optional<Bytes>(write(*read)) : std::nullopt; };
  switch (type) {
    case RRType::dnskey: return again(read_dnskey(rdata));
    case RRType::ds: return again(read_ds(rdata));
    case RRType::rrsig: return again(read_rrsig(rdata));
    case RRType::nsec: return again(read_nsec(rdata));
    case RRType::nsec3: return again(read_nsec3(rdata));
    case RRType::nsec3param: return again(read_nsec3param(rdata));
    default: return again(read_soa(rdata));
  }
}

TEST(Rdata, read_and_written_again) {
  for (const auto& [type_text, bytes, readable] : layouts) {
    const RRType type = parse_rrtype(type_text).value();
    const auto again = rewritten(type, octets(bytes));
    ASSERT_EQ(again.has_value(), readable) << type_text << ' ' << bytes;
    EXPECT_EQ(fits_shape(type, octets(bytes)), readable) << type_text << ' ' << bytes;
    if (again) {
      EXPECT_EQ(*again, octets(bytes)) << type_text << ' ' << bytes;
    }
  }
}

TEST(Rdata, fields_are_where_the_rfc_has_them) {
  const auto rrsig = read_rrsig(octets("0006 0d 02 00000e10 00000001 00000002 4f66 0141 00 aabb")).value();
  EXPECT_EQ(rrsig,
            (Rrsig{RRType::soa, Algorithm::ecdsap256sha256, 2, 3600, {1}, {2}, 20326, name("a"), octets("aabb")}));
  EXPECT_EQ(write_unsigned(rrsig), octets("0006 0d 02 00000e10 00000001 00000002 4f66 0161 00"))
      << "the signer is lowered";
  const auto nsec3 = read_nsec3(octets("01 01 000c 02 aabb 02 1122 0001 40")).value();
  EXPECT_EQ(nsec3, (Nsec3{1, 1, 12, octets("aabb"), octets("1122"), {{RRType::a}, Flaw::none}}));
  EXPECT_TRUE(nsec3.opt_out());
  EXPECT_EQ(read_soa(octets("0161 00 0162 00 00000001 00000002 00000003 00000004 00000005")),
            (Soa{name("a"), name("b"), 1, 2, 3, 4, 5}));
  EXPECT_EQ(read_ds(octets("4f66 08 02 aabb")), (Ds{20326, Algorithm::rsasha256, Digest::sha256, octets("aabb")}));
  EXPECT_EQ(read_target(octets("0161 00")), name("a"));
  EXPECT_FALSE(read_target(octets("0161 00 00")));
}

// --- canonical form ---

struct Signed {
  std::string_view about, rrsig, owner, type;
  std::vector<std::string_view> data;
  std::string_view octets;
};
// The signatures of these verify over these octets (RFC 8080 §6.1 with openssl, RFC 4035 §B.6 with plain modular
// arithmetic).
const Signed signeds[] = {
    {"RFC 8080 §6.1",
     "MX 15 2 3600 1440021600 1438207200 3613 example.com. "
     "oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==",
     "example.com.",
     "MX",
     {"10 mail.example.com."},
     "000f 0f 02 00000e10 55d4fc60 55b94ce0 0e1d 07 6578616d706c65 03 636f6d 00"
     "07 6578616d706c65 03 636f6d 00 000f 0001 00000e10 0014 000a 04 6d61696c 07 6578616d706c65 03 636f6d 00"},
    {"RFC 4035 §B.6: a wildcard's signature for the name that was asked",
     "MX 5 2 3600 20040509183619 20040409183619 38519 example. "
     "OMK8rAZlepfzLWW75Dxd63jy2wswESzxDKG2f9AMN1CytCd10cYISAxfAdvXSZ7xujKAtPbctvOQ2ofO7AZJ+d01EeeQTVBPq4/"
     "6KCWhqe2XTjnkVLNvvhnc0u28aoSsG0+4InvkkOHknKxw4kX18MMR34i8lC36SR5xBni8vHI=",
     "a.z.w.example.",
     "MX",
     {"1 ai.example."},
     "000f 05 02 00000e10 409e7a23 4076ed23 9677 07 6578616d706c65 00"
     "01 2a 01 77 07 6578616d706c65 00 000f 0001 00000e10 000e 0001 02 6169 07 6578616d706c65 00"},
};

RRset set_of(const Signed& test) {
  std::vector<Record> records;
  const RRType type = parse_rrtype(test.type).value();
  for (const auto data : test.data)
    records.push_back({name(test.owner), type, RRClass::in, 77, parse_rdata(type, data, Name{}).value()});
  return group(records).front().set;
}

// Proves C-4034-3.1.4, C-4034-3.1.8.1
TEST(Canonical, signed_data_of_rfc_examples) {
  for (const Signed& test : signeds) {
    const auto rrsig = read_rrsig(parse_rdata(RRType::rrsig, test.rrsig, Name{}).value()).value();
    RRset set = set_of(test);
    EXPECT_EQ(signed_data(rrsig, set), octets(test.octets)) << test.about;
    // Letter case of owner, signer and embedded names, TTL and repeats do not change what is signed.
    set.owner = name(test.owner == "example.com." ? "EXAMPLE.com." : "A.z.W.exaMPle.");
    set.ttl = 0;
    Bytes shouted = set.rdatas.front();
    for (std::uint8_t& octet : shouted)
      if (octet >= 'a' && octet <= 'z') octet = static_cast<std::uint8_t>(octet - 32);
    set.rdatas.push_back(shouted);
    EXPECT_EQ(signed_data(rrsig, set), octets(test.octets)) << test.about;
  }
}

// Proves C-4034-6.3
TEST(Canonical, data_is_ordered_as_octets) {
  const std::vector<Bytes> rdatas{octets("80"), octets("00 00"), octets("7f ff"),
                                  octets("00"), octets("80"),    octets("")};
  const std::vector<Bytes> wanted{octets(""), octets("00"), octets("00 00"), octets("7f ff"), octets("80")};
  EXPECT_EQ(canonical_rdatas(RRType{65400}, rdatas), wanted);
}

// RFC 4034 §5.4: the SHA-1 over these octets is the digest there (checked with sha1sum).
// Proves C-4034-5.1.4
TEST(Canonical, what_a_ds_is_made_over) {
  const Dnskey key{0x0100, 3, Algorithm::rsasha1, octets("aabb")};
  EXPECT_EQ(ds_input(name("DSKEY.example.Com."), key),
            octets("05 64736b6579 07 6578616d706c65 03 636f6d 00 0100 03 05 aabb"));
}

TEST(Canonical, signed_owner) {
  struct Case {
    std::string_view owner;
    int labels;
    std::string_view wanted;
    std::size_t counted;
  };
  for (const auto& [owner, labels, wanted, counted] : {Case{"a.b.c.", 3, "a.b.c.", 3},
                                                       {"a.b.c.", 2, "*.b.c.", 3},
                                                       {"a.b.c.", 1, "*.c.", 3},
                                                       {"a.b.c.", 0, "*.", 3},
                                                       {"*.b.c.", 2, "*.b.c.", 2},
                                                       {"*.b.c.", 1, "*.c.", 2},
                                                       {".", 0, ".", 0},
                                                       {"*.", 0, "*.", 0},
                                                       {"a.*.c.", 3, "a.*.c.", 3},
                                                       {"a.", 9, "a.", 1}}) {
    EXPECT_EQ(signed_owner(name(owner), static_cast<std::uint8_t>(labels)), name(wanted)) << owner << ' ' << labels;
    EXPECT_EQ(rrsig_labels(name(owner)), counted) << owner;
  }
}

// RFC 4034 §6.2 as amended by RFC 6840 §5.1: in the data of these types names are lowered, and in no other's.
constexpr std::string_view lowered_types[] = {"NS",  "MD",    "MF", "CNAME", "SOA",   "MB", "MG",   "MR",
                                              "PTR", "MINFO", "MX", "RP",    "AFSDB", "RT", "SIG",  "PX",
                                              "NXT", "NAPTR", "KX", "SRV",   "DNAME", "A6", "RRSIG"};

// For any type: data as its shape wants it, each name "A.", every other letter-like octet 'B'.
Bytes shouted(std::string_view fields) {
  Bytes rdata;
  const auto add = [&](std::string_view text) { rdata.insert(rdata.end(), text.begin(), text.end()); };
  for (const char field : fields) {
    switch (field) {
      case 'n': add({"\1A\0", 3}); break;
      case 'b':
      case 'a':
      case 'g': add("B"); break;
      case 'w':
      case 't': add("BB"); break;
      case 'd':
      case 'i':
      case 'l':
      case '4': add("BBBB"); break;
      case '6': add("BBBBBBBBBBBBBBBB"); break;
      case 's':
      case 'S':
      case 'h':
      case 'H': add("\2BB"); break;
      case 'T': add({"\0\1B", 3}); break;
      case 'P':
        add(
            {"\x78"
             "B"
             "\1A\0",
             5});
        break;  // RFC 2874 §3.1: 120 bits of prefix, one octet, a name
      default: add("BBB");
    }
  }
  return rdata;
}

// Proves C-4034-4.1.1, C-4034-6.2
TEST(Canonical, names_are_lowered_in_the_types_of_rfc_6840_only) {
  for (unsigned value = 0; value <= 0xffff; ++value) {
    const auto type = RRType{static_cast<std::uint16_t>(value)};
    const Bytes rdata = shouted(shape(type).fields);
    ASSERT_TRUE(fits_shape(type, rdata)) << to_text(type);
    Bytes wanted = rdata;
    if (std::ranges::find(lowered_types, to_text(type)) != std::end(lowered_types))
      std::ranges::replace(wanted, std::uint8_t{'A'}, std::uint8_t{'a'});
    ASSERT_EQ(canonical_rdata(type, rdata), wanted) << to_text(type);
  }
}

TEST(Canonical, all_types_of_that_list_have_names) {
  for (const auto type : lowered_types)
    EXPECT_NE(shape(parse_rrtype(type).value()).fields.find_first_of("nP"), std::string_view::npos) << type;
}

// CVE-2026-56416 and kin: an embedded name that runs over its data is left alone.
// Proves C-4034-6.2, CVE-2026-56416
TEST(Canonical, what_has_not_the_shape_is_left_alone) {
  for (const std::string_view wire : {"0541", "0141", "", "c000", "0141 00 00", "ff"})
    EXPECT_EQ(canonical_rdata(RRType::ns, octets(wire)), octets(wire)) << wire;
}

}  // namespace
}  // namespace dns
