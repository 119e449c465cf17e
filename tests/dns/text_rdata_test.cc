// Data of every type from text to octets and back.
#include <algorithm>

#include "dns/shape.h"
#include "dns/text.h"
#include "tests/dns/given.h"

namespace dns {
namespace {

struct Row {
  std::string_view type, text, wire;
};

// The octets are those that BIND 9.18 gives for the text (named-rrchecker -u). Most texts are the examples of the
// type's RFC.
// clang-format off
constexpr Row rows[] = {
    {"A", "192.0.2.1", "c0000201"},
    {"NS", "Ns1.Example.COM.", "034e7331074578616d706c6503434f4d00"},
    {"SOA", R"(ns.example. host\.master.example. 1 1h 2h30m 1w 5m)", "026e73076578616d706c65000b686f73742e6d6173746572076578616d706c65000000000100000e100000232800093a800000012c"},
    {"MX", "10 mail.example.", "000a046d61696c076578616d706c6500"},
    {"TXT", R"("a b" c "q\"u\\o" "\000\255" "")", "036120620163057122755c6f0200ff00"},
    {"RP", "mbox.example. txt.example.", "046d626f78076578616d706c650003747874076578616d706c6500"},
    {"AFSDB", "1 afs.example.", "000103616673076578616d706c6500"},
    {"X25", R"("311061700956")", "0c333131303631373030393536"},
    {"RT", "10 rt.example.", "000a027274076578616d706c6500"},
    {"AAAA", "2001:db8::1", "20010db8000000000000000000000001"},
    {"LOC", "42 21 54 N 71 06 18 W -24m 30m", "0033161389172dd070be15f000988d20"},
    {"LOC", "60 9 N 24 39 E 10 20 2000 20", "002325238ce82360854a10a000989a68"},
    {"LOC", "52 14 05 N 00 08 50 E 10m", "001216138b3556c88008165000989a68"},
    {"LOC", "32 7 19.123 S 116 2 25 E 10.55m 0.05m 90000000m 0m", "00509900791b7cad98e6486800989a9f"},
    {"GPOS", R"("-32.6882" "116.8652" "10.0")", "082d33322e36383832083131362e383635320431302e30"},
    {"SRV", "1 2 443 srv.example.", "0001000201bb03737276076578616d706c6500"},
    {"NAPTR", R"(100 50 "s" "http+I2L+I2C+I2R" "" _http._tcp.gatech.edu.)", "00640032017310687474702b49324c2b4932432b49325200055f68747470045f746370066761746563680365647500"},
    {"KX", "1 kx.example.", "0001026b78076578616d706c6500"},
    {"CERT", "PKIX 65535 RSASHA256 AQIDBA==", "0001ffff0801020304"},
    {"CERT", "254 1 8 AQIDBA==", "00fe00010801020304"},
    {"DNAME", "t.example.", "0174076578616d706c6500"},
    {"APL", "1:192.168.32.0/21 !1:192.168.38.0/28 2:ff00::/8 1:0.0.0.0/0", "00011503c0a82000011c83c0a82600020801ff00010000"},
    {"DS", "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118", "ec4505012bb183af5f22588179a53b0a98631fad1a292118"},
    {"DS", "60485 RSASHA1 SHA-1 2BB183AF5F22 588179A53B0A 98631FAD1A292118", "ec4505012bb183af5f22588179a53b0a98631fad1a292118"},
    {"SSHFP", "2 1 123456789abcdef67890123456789abcdef67890", "0201123456789abcdef67890123456789abcdef67890"},
    {"IPSECKEY", "10 1 2 192.0.2.38 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==", "0a0102c0000226010351537986ed35533b6064478eeeb27b5bd74dae149b6e81ba3a0521af82ab7801"},
    {"IPSECKEY", "10 0 2 . AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==", "0a0002010351537986ed35533b6064478eeeb27b5bd74dae149b6e81ba3a0521af82ab7801"},
    {"IPSECKEY", "10 3 2 mygateway.example.com. AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==", "0a0302096d7967617465776179076578616d706c6503636f6d00010351537986ed35533b6064478eeeb27b5bd74dae149b6e81ba3a0521af82ab7801"},
    {"IPSECKEY", "10 2 2 2001:0DB8:0:8002::2000:1 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==", "0a020220010db8000080020000000020000001010351537986ed35533b6064478eeeb27b5bd74dae149b6e81ba3a0521af82ab7801"},
    {"RRSIG", "A 5 3 86400 20030322173103 20030220173103 2642 example.com. oJB1W6WNGv+ldvQ3WDG0MQkg5IEhjRip8WTrPYGv07h108dUKGMeDPKijVCHX3DDKdfb+v6oB9wfuh3DTJXUAfI/M0zmO/zz8bW0Rznl8O3tGNazPwQKkRN20XPXV6nwwfoXmJQbsLNrLfkGJ5D6fwFm8nN+6pBzeDQfsS3Ap3o=", "00010503000151803e7c9dd73e5510d70a52076578616d706c6503636f6d00a090755ba58d1affa576f4375831b4310920e481218d18a9f164eb3d81afd3b875d3c75428631e0cf2a28d50875f70c329d7dbfafea807dc1fba1dc34c95d401f23f334ce63bfcf3f1b5b44739e5f0eded18d6b33f040a911376d173d757a9f0c1fa1798941bb0b36b2df9062790fa7f0166f2737eea907378341fb12dc0a77a"},
    {"RRSIG", "TYPE65534 RSASHA256 3 86400 1048354263 1045762263 2642 example.com. oJB1", "fffe0803000151803e7c9dd73e5510d70a52076578616d706c6503636f6d00a09075"},
    {"NSEC", "host.example.com. A MX RRSIG NSEC TYPE1234", "04686f7374076578616d706c6503636f6d000006400100000003041b000000000000000000000000000000000000000000000000000020"},
    {"NSEC", R"(\000.example. CAA TYPE65280)", "0100076578616d706c6500010140ff0180"},
    {"DNSKEY", "256 3 5 AQPSKmynfzW4kyBv015MUG2DeIQ3Cbl+BBZH4b/0PY1kxkmvHjcZc8nokfzj31GajIQKY+5CptLr3buXA10hWqTkF7H6RfoRqXQeogmMHfpftf6zMv1LyBUgia7za6ZEzOJBOztyvhjL742iU/TpPSEDhm2SNKLijfUppn1UaNvv4w==", "010003050103d22a6ca77f35b893206fd35e4c506d8378843709b97e041647e1bff43d8d64c649af1e371973c9e891fce3df519a8c840a63ee42a6d2ebddbb97035d215aa4e417b1fa45fa11a9741ea2098c1dfa5fb5feb332fd4bc8152089aef36ba644cce2413b3b72be18cbef8da253f4e93d2103866d9234a2e28df529a67d5468dbefe3"},
    {"DHCID", "AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=", "000201636fc0b8271c82825bb1ac5c41cf5351aa69b4febd94e8f17cdb95000da48c40"},
    {"NSEC3", "1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr MX DNSKEY NS SOA NSEC3PARAM RRSIG", "0101000c04aabbccdd14174eb2409fe28bcb4887a1836f957f0a8425e27b000722010000000290"},
    {"NSEC3", "1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr", "010000000014174eb2409fe28bcb4887a1836f957f0a8425e27b"},
    {"NSEC3PARAM", "1 0 12 aabbccdd", "0100000c04aabbccdd"},
    {"NSEC3PARAM", "1 0 0 -", "0100000000"},
    {"TLSA", "3 1 1 d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971", "030101d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971"},
    {"SMIMEA", "3 1 1 d2abde24", "030101d2abde24"},
    {"HIP", "2 200100107B1A74DF365639CC39F1D578 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p9+LrV4e19WzK00+CI6zBCQTdtWsuxKbWIy87UOoJTwkUs7lBu+Upr1gsNrut79ryra+bSRGQb1slImA8YVJyuIDsj7kwzG7jnERNqnWxZ48AWkskmdHaVDP4BcelrTI3rMXdXF5D rvs1.example.com. rvs2.example.com.", "10020084200100107b1a74df365639cc39f1d57803010001b771ca136e4aeb5ce44333c53b3d2c13c22243851fc708bcce29f7e2eb5787b5f56ccad34f8223acc10904ddb56b2ec4a6d6232f3b50ea094f0914b3b941bbe529af582c36bbadefdaf2adaf9b4911906f5b2522603c615272b880ec8fb930cc6ee39c444daa75b1678f005a4b2499d1da5433f805c7a5ad3237acc5dd5c5e430472767331076578616d706c6503636f6d000472767332076578616d706c6503636f6d00"},
    {"TALINK", "h0.example. h2.example.", "026830076578616d706c6500026832076578616d706c6500"},
    {"CDS", "0 0 0 00", "0000000000"},
    {"CDNSKEY", "0 3 0 AA==", "0000030000"},
    {"OPENPGPKEY", "AQIDBAUG", "010203040506"},
    {"CSYNC", "66 3 A NS AAAA", "000000420003000460000008"},
    {"ZONEMD", "2018031500 1 1 FEBE3D4CE2EC2FFA4BA99D46CD69D6D29711E55217057BEE7EB1A7B641A47BA7FED2DD5B97AE499FAFA4F22C6BD647DE", "7848b78c0101febe3d4ce2ec2ffa4ba99d46cd69d6d29711e55217057bee7eb1a7b641a47ba7fed2dd5b97ae499fafa4f22c6bd647de"},
    {"SVCB", "16 foo.example.org. alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1", "001003666f6f076578616d706c65036f7267000000000400010004000100090268320568332d313900040004c0000201"},
    {"SVCB", R"(16 foo.example.org. alpn="f\\\\oo\\,bar,h2")", "001003666f6f076578616d706c65036f7267000001000c08665c6f6f2c626172026832"},
    {"SVCB", R"(16 foo.example.org. alpn=f\\\092oo\092,bar,h2)", "001003666f6f076578616d706c65036f7267000001000c08665c6f6f2c626172026832"},
    {"HTTPS", R"(1 . port=53 ech=AQIDBA== ipv6hint="2001:db8::1,2001:db8::53:1" key667="hello\210qoo" no-default-alpn alpn=h2)", "000100000100030268320002000000030002003500050004010203040006002020010db800000000000000000000000120010db8000000000000000000530001029b000968656c6c6fd2716f6f"},
    {"HTTPS", "0 foo.example.com.", "000003666f6f076578616d706c6503636f6d00"},
    {"SPF", R"("v=spf1 -all")", "0b763d73706631202d616c6c"},
    {"NID", "10 0014:4fff:ff20:ee64", "000a00144fffff20ee64"},
    {"L32", "10 10.1.2.0", "000a0a010200"},
    {"L64", "10 2001:0DB8:1140:1000", "000a20010db811401000"},
    {"LP", "10 l64-subnet1.example.com.", "000a0b6c36342d7375626e657431076578616d706c6503636f6d00"},
    {"EUI48", "00-00-5e-00-53-2a", "00005e00532a"},
    {"EUI64", "00-00-5e-ef-10-00-00-2a", "00005eef1000002a"},
    {"URI", R"(10 1 "ftp://ftp1.example.com/public")", "000a00016674703a2f2f667470312e6578616d706c652e636f6d2f7075626c6963"},
    {"CAA", R"(0 issue "ca1.example.net; policy=ev")", "000569737375656361312e6578616d706c652e6e65743b20706f6c6963793d6576"},
    {"CAA", "128 tbs Unknown", "8003746273556e6b6e6f776e"},
    {"AVC", R"("app-name:WOLFGANG|app-class:OAM")", "1f6170702d6e616d653a574f4c4647414e477c6170702d636c6173733a4f414d"},
    {"AMTRELAY", "10 0 1 203.0.113.15", "0a01cb00710f"},
    {"AMTRELAY", "10 1 3 amtrelays.example.com.", "0a8309616d7472656c617973076578616d706c6503636f6d00"},
    {"AMTRELAY", "10 0 2 2001:db8::15", "0a0220010db8000000000000000000000015"},
    {"AMTRELAY", "128 1 0 .", "8080"},
    {"DLV", "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118", "ec4505012bb183af5f22588179a53b0a98631fad1a292118"},
    {"TA", "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118", "ec4505012bb183af5f22588179a53b0a98631fad1a292118"},
    {"KEY", "256 3 5 AQPSKmyn", "010003050103d22a6ca7"},
    {"SIG", "A 5 3 86400 20030322173103 20030220173103 2642 example.com. oJB1", "00010503000151803e7c9dd73e5510d70a52076578616d706c6503636f6d00a09075"},
    {"PX", "10 a.example. b.example.", "000a0161076578616d706c65000162076578616d706c6500"},
    {"HINFO", R"("PC" "NetBSD")", "025043064e6574425344"},
    {"MINFO", "a.example. b.example.", "0161076578616d706c65000162076578616d706c6500"},
    {"RKEY", "0 3 5 AQIDBA==", "0000030501020304"},
    {"NINFO", R"("zone is fine")", "0c7a6f6e652069732066696e65"},
    {"TYPE65400", R"(\# 4 01020304)", "01020304"},
    {"A", R"(\# 4 c0000201)", "c0000201"},
    {"WALLET", R"("ETH" "0x1")", "0345544803307831"},
    {"RESINFO", "qnamemin exterr=15-17 infourl=https://resolver.example.com/guide", "08716e616d656d696e0c6578746572723d31352d31372a696e666f75726c3d68747470733a2f2f7265736f6c7665722e6578616d706c652e636f6d2f6775696465"},
    {"DSYNC", "CDS NOTIFY 5359 rr.example.", "003b0114ef027272076578616d706c6500"},
};
// clang-format on

TEST(TextRdata, text_to_octets_as_bind_has_it) {
  for (const auto& [type_text, text, wire] : rows) {
    const RRType type = parse_rrtype(type_text).value();
    const auto rdata = parse_rdata(type, text, Name{});
    ASSERT_TRUE(rdata) << type_text << ' ' << text << ": " << rdata.error();
    EXPECT_EQ(*rdata, octets(wire)) << type_text << ' ' << text;
    EXPECT_TRUE(fits_shape(type, *rdata)) << type_text << ' ' << text;
  }
}

TEST(TextRdata, what_is_printed_is_read_back) {
  for (const auto& [type_text, text, wire] : rows) {
    const RRType type = parse_rrtype(type_text).value();
    const std::string printed = print_rdata(type, octets(wire));
    EXPECT_EQ(printed.starts_with("\\#"), type_text == "TYPE65400") << type_text << ' ' << printed;
    EXPECT_EQ(parse_rdata(type, printed, Name{}), octets(wire)) << type_text << ' ' << printed;
  }
}

// RFC 3597 §5: the \# form stands for any type.
TEST(TextRdata, every_type_in_the_form_for_unknown_types) {
  for (const auto& [type_text, text, wire] : rows) {
    const Bytes rdata = octets(wire);
    std::string spaced;
    for (const char digit : encode_hex(rdata))
      spaced += spaced.size() % 7 == 6 ? std::string(" ") + digit : std::string{digit};
    const std::string unknown = "\\# " + std::to_string(rdata.size()) + ' ' + spaced;
    EXPECT_EQ(parse_rdata(parse_rrtype(type_text).value(), unknown, Name{}), rdata) << type_text << ' ' << unknown;
  }
}

// Cut anywhere, or longer by one octet: what has a text returns to the same octets all the same.
TEST(TextRdata, damaged_octets_have_a_text_too) {
  for (const auto& [type_text, text, wire] : rows) {
    const RRType type = parse_rrtype(type_text).value();
    Bytes rdata = octets(wire);
    rdata.push_back(0);
    for (;; rdata.pop_back()) {
      const std::string printed = print_rdata(type, rdata);
      const auto again = parse_rdata(type, printed, Name{});
      ASSERT_TRUE(again) << type_text << ' ' << printed << ": " << again.error();
      ASSERT_EQ(*again, rdata) << type_text << ' ' << printed;
      if (rdata.empty()) break;
    }
  }
}

TEST(TextRdata, every_octet_changed_has_a_text_too) {
  for (const auto& [type_text, text, wire] : rows) {
    const RRType type = parse_rrtype(type_text).value();
    const Bytes good = octets(wire);
    for (std::size_t at = 0; at < good.size(); ++at) {
      for (const unsigned flip : {0x01U, 0x20U, 0x80U, 0xffU}) {
        Bytes rdata = good;
        rdata[at] = static_cast<std::uint8_t>(rdata[at] ^ flip);
        const std::string printed = print_rdata(type, rdata);
        const auto again = parse_rdata(type, printed, Name{});
        ASSERT_TRUE(again) << type_text << ' ' << printed << ": " << again.error();
        ASSERT_EQ(*again, rdata) << type_text << ' ' << printed;
      }
    }
  }
}

struct Printed {
  std::string_view type, text;
};

// In the form of RFC 1035 §5.1, RFC 4034, RFC 5155 §3.3 and RFC 9460 §2.1, with our choices: lower hex, quoted strings.
constexpr Printed fixed_points[] = {
    {"A", "192.0.2.1"},
    {"AAAA", "2001:db8::1"},
    {"NS", "ns1.Example.COM."},
    {"NS", R"(a\.b\032c.)"},
    {"TXT", R"("a b" "q\"u\\o" "\000\255" "")"},
    {"DS", "60485 5 1 2bb183af5f22588179a53b0a98631fad1a292118"},
    {"CDS", "0 0 0 00"},
    {"DNSKEY", "257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4="},
    {"RRSIG", "A 5 3 86400 20030322173103 20030220173103 2642 example.com. oJB1"},
    {"RRSIG", "TYPE65534 253 3 86400 20380119031408 19700101000000 2642 . oJB1"},
    {"NSEC", "host.example.com. A MX RRSIG NSEC TYPE1234"},
    {"NSEC", "."},
    {"NSEC3", "1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr NS SOA MX RRSIG DNSKEY NSEC3PARAM"},
    {"NSEC3", "1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr"},
    {"NSEC3PARAM", "1 0 0 -"},
    {"CAA", R"(0 issue "ca1.example.net; policy=ev")"},
    {"DSYNC", "CDS NOTIFY 5359 rr.example."},
    {"DSYNC", "CDS 2 5359 rr.example."},
    {"HTTPS", "1 . alpn=\"h2,h3\" port=53 ipv4hint=192.0.2.1,192.0.2.2 key667=\"a b\""},
    {"LOC", "42 21 54.000 N 71 6 18.000 W -24m 30m 10000m 10m"},
    {"TYPE65400", R"(\# 4 01020304)"},
    {"TYPE65400", R"(\# 0)"},
    {"NULL", R"(\# 1 ff)"},
};

TEST(TextRdata, printed_form) {
  for (const auto& [type_text, text] : fixed_points) {
    const RRType type = parse_rrtype(type_text).value();
    const auto rdata = parse_rdata(type, text, Name{});
    ASSERT_TRUE(rdata) << text << ": " << rdata.error();
    EXPECT_EQ(print_rdata(type, *rdata), text);
  }
}

struct Same {
  std::string_view type, one, other;
};
constexpr Same sames[] = {
    {"DNSKEY", "256 3 RSASHA256 AQIDBA==", "256 3 8 AQ ID BA =="},
    {"DNSKEY", "256 3 nsec3rsasha1 AQIDBA==", "256 3 RSASHA1-NSEC3-SHA1 AQIDBA=="},
    {"DS", "1 ECDSAP256SHA256 SHA-256 AABB", "1 13 2 aabb"},
    {"RRSIG", "DNSKEY 8 0 1d 1440021600 1438207200 1 . AQID",
     "TYPE48 8 0 86400 20150819220000 20150729220000 1 . AQID"},
    {"NS", "www", "www."},
    {"NS", "@", "."},
    {"TXT", "a", R"("a")"},
    {"TXT", R"(\097\b)", R"("ab")"},
    {"TXT", R"("a""b")", R"("a" "b")"},
    {"TXT", "a ; comment", "a"},
    {"TXT", R"("a;b" a\;b)", R"(a\;b "a;b")"},
    {"TXT", "(a\n b)", "a b"},
    {"NSEC", "a. NS A A TYPE1", "a. A NS"},
    {"NSEC3", "1 0 0 - 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR A", "1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr TYPE1"},
    {"SOA", "a. b. 1 1h 1h1s 1D 1w", "a. b. 1 3600 3601 86400 604800"},
    {"SVCB", "1 . port=53 alpn=h2", R"(1 . alpn="h2" port="53")"},
    {"SVCB", "1 . key3=53", "1 . port=53"},
    {"CAA", "0 issue ca", R"(0 issue "ca")"},
    {"LOC", "1 N 2 E 0", "1 0 0.000 N 2 0 0.000 E 0m 1m 10000m 10m"},
};

TEST(TextRdata, two_ways_to_write_the_same) {
  for (const auto& [type_text, one, other] : sames) {
    const RRType type = parse_rrtype(type_text).value();
    const auto left = parse_rdata(type, one, Name{});
    const auto right = parse_rdata(type, other, Name{});
    ASSERT_TRUE(left) << one << ": " << left.error();
    ASSERT_TRUE(right) << other << ": " << right.error();
    EXPECT_EQ(*left, *right) << one << " / " << other;
  }
}

TEST(TextRdata, names_are_relative_to_the_origin) {
  const Name origin = name("example.org.");
  const auto target = [&](std::string_view text) {
    return Name::from_wire(parse_rdata(RRType::cname, text, origin).value_or(Bytes{})).value_or(Name{}).print();
  };
  EXPECT_EQ(target("www"), "www.example.org.");
  EXPECT_EQ(target("www."), "www.");
  EXPECT_EQ(target("@"), "example.org.");
  EXPECT_EQ(target("\\@"), "\\@.example.org.");
  EXPECT_EQ(target("www\\."), "www\\..example.org.");
  EXPECT_EQ(target("www\\\\."), "www\\\\.");
  EXPECT_EQ(target("."), ".");
}

struct Refused {
  std::string_view type, text;
};

// BIND 9.18 refuses these as well, but where a comment says so.
constexpr Refused refused[] = {
    {"A", "1.2.3"},
    {"A", "1.2.3.4 5"},
    {"A", "1.2.3.256"},
    {"A", "01.2.3.4"},
    {"A", ""},
    {"A", R"("1.2.3.4")"},
    {"AAAA", "1.2.3.4"},
    {"AAAA", "::g"},
    {"NS", ""},
    {"NS", "a..b."},
    {"NS", "a. b."},
    {"NS", R"("a.")"},
    {"MX", "a."},
    {"MX", "65536 a."},
    {"MX", "-1 a."},
    {"MX", "+1 a."},
    {"TXT", ""},
    {"SOA", "a. b. 1 2 3 4"},
    {"SOA", "a. b. 4294967296 2 3 4 5"},
    {"SOA", "a. b. 1h 2 3 4 5"},
    {"DS", "60485 5 1 2BB"},
    {"DS", "60485 5 1"},
    {"DS", "60485 256 1 00"},
    {"DS", "60485 5 999 00"},
    {"DNSKEY", "256 3 NOSUCH AQID"},
    {"DNSKEY", "256 3 5 AQI"},
    {"DNSKEY", "256 3 5 AQ=D"},
    {"RRSIG", "A 5 3 86400 2003032217310 20030220173103 2642 example.com. oJB1"},
    {"RRSIG", "A 5 3 86400 20031322173103 20030220173103 2642 example.com. oJB1"},
    {"RRSIG", "NOSUCH 5 3 86400 20030322173103 20030220173103 2642 example.com. oJB1"},
    {"NSEC", "a. NOSUCH"},
    {"NSEC3", "1 0 0 zz 2t7b4g4vsa5smi47k61mv5bv1a22bojr"},
    {"NSEC3", "1 0 0 -"},
    {"NSEC3", "1 0 0 - -"},
    {"NSEC3", "1 0 0 a 2t7b4g4vsa5smi47k61mv5bv1a22bojr"},
    {"SVCB", "1 foo.example.com. key123=abc key123=def"},
    {"SVCB", "1 foo.example.com. mandatory"},
    {"SVCB", "1 foo.example.com. alpn"},
    {"SVCB", "1 foo.example.com. port"},
    {"SVCB", "1 foo.example.com. ipv4hint"},
    {"SVCB", "1 foo.example.com. ipv6hint"},
    {"SVCB", "1 foo.example.com. no-default-alpn=abc"},
    {"SVCB", "1 foo.example.com. mandatory=key123"},
    {"SVCB", "1 foo.example.com. mandatory=mandatory"},
    {"SVCB", "1 foo.example.com. mandatory=key123,key123 key123=abc"},
    {"SVCB", "1 foo.example.com. key0123=abc"},
    {"SVCB", "1 foo.example.com. key65536=abc"},
    {"SVCB", "1 foo.example.com. ipv4hint=::1"},
    {"SVCB", "1 foo.example.com. alpn=h2,"},
    {"APL", "1:192.0.2.1"},
    {"APL", "1:192.0.2.1/33"},
    {"APL", "3:192.0.2.1/3"},
    {"APL", "1:2001::/3"},
    {"LOC", "91 N 0 E 0"},
    {"LOC", "42 60 N 0 E 0"},
    {"LOC", "42 N"},
    {"LOC", "42 N 181 E 0m"},
    {"LOC", "42 N 18 E 0m 1m 1m 1m 1m"},
    {"LOC", "42 21 54 30 N 71 W 0m"},
    {"CAA", R"(0 "is sue" "x")"},
    {"CAA", "0 issue"},
    {"CAA", R"(256 issue "x")"},
    {"URI", "1 1"},
    {"EUI48", "00-00-5e-00-53"},
    {"EUI48", "00:00:5e:00:53:2a"},
    {"EUI48", "00-00-5e-00-53-2g"},  // BIND 9.18 takes it
    {"NID", "10 0014:4fff:ff20"},
    {"L32", "10 10.1.2"},
    {"IPSECKEY", "10 4 2 . AQID"},
    {"IPSECKEY", "10 1 2 . AQID"},
    {"HIP", "2 200100107B1A74DF365639CC39F1D578"},
    {"HIP", "2 xyz AQID"},
    {"TYPE65400", "01020304"},
    {"TYPE65400", R"(\# 3 01020304)"},
    {"TYPE65400", R"(\# 5 01020304)"},
    {"TYPE65400", R"(\# 1 0)"},
    {"TYPE65400", R"(\# x)"},
    {"TYPE65400", R"(\#)"},
    {"DSYNC", "CDS NOTIFY 5359"},
    {"AMTRELAY", "10 2 1 203.0.113.15"},
    {"CERT", "NOSUCH 1 1 AQID"},
    {"TXT", R"("unclosed)"},
    {"TXT", "(unclosed"},
    {"TXT", "closed)"},
    {"TXT", R"(a"b")"},  // BIND 9.18 takes it, as two strings
    {"TXT", R"(a="b")"},
    {"TXT", R"(a\)"},
    {"TXT", R"(\256)"},
    {"TXT", R"(\25)"},
    {"NAPTR", R"(100 50 "s" "x" "y")"},
    {"SSHFP", "1 1"},
    {"TLSA", "3 1 1 gg"},
    {"ZONEMD", "1 1 1"},
    {"CSYNC", "1 1 NOSUCH"},
    {"AAAA", {"::1\0x", 5}},
};

TEST(TextRdata, what_cannot_be_read) {
  for (const auto& [type_text, text] : refused) {
    const auto rdata = parse_rdata(parse_rrtype(type_text).value(), text, Name{});
    EXPECT_FALSE(rdata) << type_text << ' ' << text;
    if (!rdata) {
      EXPECT_FALSE(rdata.error().empty()) << type_text << ' ' << text;
    }
  }
}

TEST(TextRdata, limits) {
  const std::string letters(255, 'a');
  EXPECT_TRUE(parse_rdata(RRType::txt, letters, Name{}));
  EXPECT_FALSE(parse_rdata(RRType::txt, letters + "a", Name{}));
  EXPECT_FALSE(parse_rdata(RRType::nsec3param, "1 0 0 " + std::string(512, 'a'), Name{}));
  EXPECT_TRUE(parse_rdata(RRType::nsec3param, "1 0 0 " + std::string(510, 'a'), Name{}));
  EXPECT_TRUE(parse_rdata(RRType::null, "\\# 65535 " + std::string(65535UL * 2, '0'), Name{}));
  EXPECT_FALSE(parse_rdata(RRType::null, "\\# 65536 " + std::string(65536UL * 2, '0'), Name{}));
  std::string strings;
  for (int i = 0; i < 255; ++i) strings += letters + ' ';
  EXPECT_TRUE(parse_rdata(RRType::txt, strings + std::string(254, 'b'), Name{}));  // 255 * 256 + 255 octets
  EXPECT_FALSE(parse_rdata(RRType::txt, strings + letters, Name{}));
  EXPECT_FALSE(parse_rdata(RRType::openpgpkey, std::string(400'000, 'A'), Name{}));
}

// The longest texts we print are read again: 65535 octets, each as \DDD.
TEST(TextRdata, longest_data_returns) {
  Bytes rdata;
  while (rdata.size() + 256 <= 0xffff) {
    rdata.push_back(255);
    rdata.insert(rdata.end(), 255, 0x01);
  }
  EXPECT_EQ(parse_rdata(RRType::txt, print_rdata(RRType::txt, rdata), Name{}), rdata);
  EXPECT_EQ(parse_rdata(RRType::null, print_rdata(RRType::null, rdata), Name{}), rdata);
}

TEST(TextRdata, faults_say_what_is_wrong) {
  struct Case {
    std::string_view type, text, phrase;
  };
  constexpr Case cases[] = {
      {"A", "1.2.3", "IPv4 address"},   {"DS", "1 2 3 zz", "hexadecimal"},
      {"DNSKEY", "1 2 3 zz", "base64"}, {"MX", "70000 a.", "65535"},
      {"MX", "1", "missing"},           {"MX", "1 a. b.", "more than"},
      {"NS", "a..b.", "label"},         {"NULL", "1", "\\#"},
      {"A", "\x1b[31m", "\\027"},  // no control characters into a terminal
  };
  for (const auto& [type_text, text, phrase] : cases) {
    const auto rdata = parse_rdata(parse_rrtype(type_text).value(), text, Name{});
    ASSERT_FALSE(rdata) << text;
    EXPECT_NE(rdata.error().find(phrase), std::string::npos) << rdata.error();
  }
}

}  // namespace
}  // namespace dns
