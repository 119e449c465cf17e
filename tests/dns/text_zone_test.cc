// Master files: what the rules of RFC 1035 §5.1, RFC 2308 §4 and RFC 3597 §5 make of them.
#include <cstdlib>
#include <map>
#include <sstream>

#include "dns/text_source.h"
#include "tests/dns/given.h"

namespace dns {
namespace {

struct Case {
  std::string_view about, text;
  std::vector<std::string_view> records;
};

const Case cases[] = {
    {"nothing", "", {}},
    {"comments and empty lines", "; a\n\n  \t ; b\n\r\n", {}},
    {"one record", "a. 5 IN A 192.0.2.1\n", {"a. 5 IN A 192.0.2.1"}},
    {"no newline at the end", "a. 5 IN A 192.0.2.1", {"a. 5 IN A 192.0.2.1"}},
    {"CR LF", "a. 5 IN A 192.0.2.1\r\nb. 5 IN A 192.0.2.2\r\n", {"a. 5 IN A 192.0.2.1", "b. 5 IN A 192.0.2.2"}},
    {"a CR at the very end", "a. 5 IN A 192.0.2.1\r", {"a. 5 IN A 192.0.2.1"}},
    {"byte order mark",
     "\xef\xbb\xbf"
     "a. 5 IN A 192.0.2.1",
     {"a. 5 IN A 192.0.2.1"}},
    {"TTL before class", "a. 5 IN A 192.0.2.1", {"a. 5 IN A 192.0.2.1"}},
    {"class before TTL", "a. IN 5 A 192.0.2.1", {"a. 5 IN A 192.0.2.1"}},
    {"no class", "a. 5 A 192.0.2.1", {"a. 5 IN A 192.0.2.1"}},
    {"neither, hence the default", "a. A 192.0.2.1", {"a. 3600 IN A 192.0.2.1"}},
    {"letter case of words", "a. in tYpE1 192.0.2.1", {"a. 3600 IN A 192.0.2.1"}},
    {"a class by number", "a. 5 CLASS3 TXT x", {"a. 5 CH TXT \"x\""}},
    {"an unknown class", "a. 5 CLASS4660 TXT x", {"a. 5 CLASS4660 TXT \"x\""}},
    {"the TTL of the record before",
     "a. 5 A 192.0.2.1\nb. A 192.0.2.2",
     {"a. 5 IN A 192.0.2.1", "b. 5 IN A 192.0.2.2"}},
    {"$TTL",
     "$TTL 7\na. A 192.0.2.1\na. 5 A 192.0.2.2\na. A 192.0.2.3",
     {"a. 7 IN A 192.0.2.1", "a. 5 IN A 192.0.2.2", "a. 7 IN A 192.0.2.3"}},
    {"units",
     "$TTL 1h30m\na. A 192.0.2.1\na. 1W2d3H4m5s A 192.0.2.1",
     {"a. 5400 IN A 192.0.2.1", "a. 788645 IN A 192.0.2.1"}},
    {"blank owner",
     "a. 5 A 192.0.2.1\n 5 A 192.0.2.2\n\tA 192.0.2.3",
     {"a. 5 IN A 192.0.2.1", "a. 5 IN A 192.0.2.2", "a. 5 IN A 192.0.2.3"}},
    {"blank owner after a comment and $TTL",
     "a. 5 A 192.0.2.1\n;x\n\n$TTL 9\n A 192.0.2.2",
     {"a. 5 IN A 192.0.2.1", "a. 9 IN A 192.0.2.2"}},
    {"@ without $ORIGIN is the root", "@ 5 NS @", {". 5 IN NS ."}},
    {"$ORIGIN",
     "$ORIGIN example.\n@ 5 NS ns\nwww 5 A 192.0.2.1\nb. 5 NS c.",
     {"example. 5 IN NS ns.example.", "www.example. 5 IN A 192.0.2.1", "b. 5 IN NS c."}},
    {"$ORIGIN relative to $ORIGIN",
     "$ORIGIN example.\n$ORIGIN sub\nwww 5 CNAME x\n$origin .\nwww 5 CNAME x",
     {"www.sub.example. 5 IN CNAME x.sub.example.", "www. 5 IN CNAME x."}},
    {"blank owner keeps its origin",
     "$ORIGIN a.\nx 5 A 192.0.2.1\n$ORIGIN b.\n 5 A 192.0.2.2\nx 5 A 192.0.2.3",
     {"x.a. 5 IN A 192.0.2.1", "x.a. 5 IN A 192.0.2.2", "x.b. 5 IN A 192.0.2.3"}},
    {"parentheses",
     "a. 5 SOA b. c. ( 1 ; serial ) not the end\n 2\n\n3\t4 5)\n 5 NS d.",
     {"a. 5 IN SOA b. c. 1 2 3 4 5", "a. 5 IN NS d."}},
    {"parentheses without blanks", "a. 5 MX(1(b.))", {"a. 5 IN MX 1 b."}},
    {"parentheses do not make a blank owner", "(\n a. 5 A 192.0.2.1)", {"a. 5 IN A 192.0.2.1"}},
    {"a comment right after a word", "a. 5 A 192.0.2.1;x", {"a. 5 IN A 192.0.2.1"}},
    {"signs inside quotes", "a. 5 TXT \"a;b(c)d\" e", {"a. 5 IN TXT \"a;b(c)d\" \"e\""}},
    {"escaped signs", R"(a\.b\;c\(. 5 TXT \"a\")", {R"(a\.b\;c\(. 5 IN TXT "\"a\"")"}},
    {"an owner that looks like a type",
     "A 5 A 192.0.2.1\nIN IN A 192.0.2.2\n5 5 A 192.0.2.3",
     {"A. 5 IN A 192.0.2.1", "IN. 5 IN A 192.0.2.2", "5. 5 IN A 192.0.2.3"}},
    {"an owner that begins with $", R"(\$TTL 5 A 192.0.2.1)", {R"(\$TTL. 5 IN A 192.0.2.1)"}},
    {"unknown type", "a. 5 TYPE65400 \\# 2 ( ab\n cd )", {"a. 5 IN TYPE65400 \\# 2 abcd"}},
    {"known type, unknown form", "a. 5 A \\# 4 c0000201", {"a. 5 IN A 192.0.2.1"}},
    {"known type, octets of another shape", "a. 5 A \\# 3 c00002", {"a. 5 IN A \\# 3 c00002"}},
    {"the longest TTL", "a. 2147483647 A 192.0.2.1", {"a. 2147483647 IN A 192.0.2.1"}},
};

std::vector<std::string> printed(const std::vector<Record>& records) {
  std::vector<std::string> lines;
  for (const Record& record : records) lines.push_back(print(record));
  return lines;
}

TEST(TextZone, rules) {
  for (const auto& [about, text, records] : cases) {
    const auto zone = parse_zone(text);
    ASSERT_TRUE(zone) << about << ": line " << zone.error().line << ": " << zone.error().why;
    EXPECT_EQ(printed(*zone), std::vector<std::string>(records.begin(), records.end())) << about;
  }
}

TEST(TextZone, origin_and_ttl_from_outside) {
  const auto zone = parse_zone("@ A 192.0.2.1\nwww A 192.0.2.2", {.origin = name("example."), .default_ttl = 9});
  ASSERT_TRUE(zone);
  EXPECT_EQ(printed(*zone), (std::vector<std::string>{"example. 9 IN A 192.0.2.1", "www.example. 9 IN A 192.0.2.2"}));
}

TEST(TextZone, form_tells_of_another_shape) {
  const auto zone = parse_zone("a. A \\# 3 c00002\na. A \\# 4 c0000201\na. NS \\# 2 c000");
  ASSERT_TRUE(zone);
  EXPECT_EQ((*zone)[0].form, Record::Form::bad);
  EXPECT_EQ((*zone)[1].form, Record::Form::good);
  EXPECT_EQ((*zone)[2].form, Record::Form::bad) << "a compression pointer has nothing to point at";
}

struct Fault {
  std::string_view about, text;
  std::size_t line;
  std::string_view phrase;
};

const Fault faults[] = {
    {"no type", "a. 5 IN\n", 1, "type is missing"},
    {"no type, no TTL", "a.\n", 1, "type is missing"},
    {"an unknown word", "a. 5 A 192.0.2.1\n\na. 5 NOSUCH x\n", 3, "NOSUCH"},
    {"two classes", "a. IN CH TXT x", 1, "CH"},
    {"two TTLs", "a. 5 6 TXT x", 1, "6"},
    {"TTL too large", "a. 2147483648 TXT x", 1, "2147483648"},
    {"a bad TTL unit", "a. 1y TXT x", 1, "1y"},
    {"a TTL that ends in a number", "a. 1h30 TXT x", 1, "1h30"},
    {"no data", "a. 5 A\n", 1, "missing"},
    {"the record's first line is told", "\na. 5 SOA b. c. (\n1\n2\n3\nx\n4 )\n", 2, "SOA"},
    {"a record too short", "a. 5 SOA b. c. ( 1 ; serial\n 2\n3\t4 )\n 5 NS d.", 1, "missing"},
    {"blank owner first", "\n 5 A 192.0.2.1", 2, "no owner"},
    {"open parenthesis", "a. 5 A 192.0.2.1\na. 5 A ( 192.0.2.1\n\n", 2, "not closed"},
    {"closed parenthesis", "a. 5 A 192.0.2.1 )", 1, "not opened"},
    {"open quote", "a. 5 TXT \"x\nb. 5 TXT \"y\"", 1, "quote"},
    {"a quote that ends in a backslash", "a. 5 TXT \"x\\", 1, "quote"},
    {"a backslash at the end", "a. 5 TXT x\\\n", 1, "backslash"},
    {"a backslash at the very end", "a. 5 TXT x\\", 1, "backslash"},
    {"$INCLUDE", "$INCLUDE other.zone\n", 1, "$INCLUDE"},
    {"$GENERATE", "$GENERATE 1-3 a$ A 192.0.2.$\n", 1, "$GENERATE"},
    {"$TTL without a value", "$TTL\n", 1, "one word"},
    {"$TTL with two", "$TTL 1 2\n", 1, "one word"},
    {"$TTL with a wrong value", "$TTL x\n", 1, "$TTL"},
    {"$ORIGIN with a wrong value", "$ORIGIN a..b\n", 1, "$ORIGIN"},
    {"a quoted owner", "\"a.\" 5 A 192.0.2.1", 1, "quoted"},
    {"an owner with an empty label", "a..b 5 A 192.0.2.1", 1, "owner"},
    {"a type that is a question only", "a. 5 AXFR \\# 0", 1, "AXFR"},
    {"OPT", "a. 5 OPT \\# 0", 1, "OPT"},
    {"a quoted type", "a. 5 \"A\" 192.0.2.1", 1, "type is missing"},
    {"control characters are not passed on", "a. 5 \x1b[2J x", 1, "\\027"},
};

TEST(TextZone, faults_tell_line_and_reason) {
  for (const auto& [about, text, line, phrase] : faults) {
    const auto zone = parse_zone(text);
    ASSERT_FALSE(zone) << about;
    EXPECT_EQ(zone.error().line, line) << about << ": " << zone.error().why;
    EXPECT_NE(zone.error().why.find(phrase), std::string::npos) << about << ": " << zone.error().why;
  }
}

TEST(TextZone, limits) {
  const std::string long_comment = "; " + std::string(1'000'000, 'x') + "\na. 5 A 192.0.2.1\n";
  EXPECT_TRUE(parse_zone(long_comment));
  EXPECT_FALSE(parse_zone("a. 5 TXT " + std::string(1'000'000, 'x')));
  EXPECT_FALSE(parse_zone("a. 5 TXT ( " + std::string(1'000'000, '\n') + ")"));
  EXPECT_TRUE(parse_zone(std::string(1'000'000, '\n')));
  EXPECT_FALSE(parse_zone(std::string(1'000'000, '(')));
  EXPECT_FALSE(parse_zone("a. 5 A 192.0.2.1\n 5 A 192.0.2.2\n", {.max_records = 1}));
  EXPECT_TRUE(parse_zone("a. 5 A 192.0.2.1\n", {.max_records = 1}));
}

TEST(TextZone, records_go_to_the_sink_until_the_fault) {
  std::vector<std::string> seen;
  const auto done = parse_zone("a. 5 A 192.0.2.1\nb. 5 A x\nc. 5 A 192.0.2.3", {},
                               [&](const Record& record) { seen.push_back(print(record)); });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().line, 2U);
  EXPECT_EQ(seen, std::vector<std::string>{"a. 5 IN A 192.0.2.1"});
}

TEST(TextRecord, one_line) {
  const auto record = parse_record(" . DS 20326 8 2 E06D44B8");
  ASSERT_TRUE(record) << record.error();
  EXPECT_EQ(print(*record), ". 3600 IN DS 20326 8 2 e06d44b8");
  EXPECT_EQ(print(parse_record("www 5 CNAME @", name("example.")).value()), "www.example. 5 IN CNAME example.");
  EXPECT_EQ(print(parse_record("a. 5 IN ANY \\# 0").value()), "a. 5 IN ANY \\# 0");
  for (const std::string_view text :
       {"", "  ", "; x", ".", ". DS", "a. A 192.0.2.1\nb. A 192.0.2.1", "a. A 192.0.2.1\n)", "\"\" A 192.0.2.1"})
    EXPECT_FALSE(parse_record(text)) << text;
}

// Reads `text` by as many octets at a time as a pipe may give.
std::expected<std::vector<Record>, TextFault> in_pieces(std::string_view text, std::size_t piece) {
  std::vector<Record> records;
  const TextSource source = [&](std::span<char> room) -> std::expected<std::size_t, std::string> {
    const std::size_t size = std::min({piece, room.size(), text.size()});
    std::copy_n(text.begin(), size, room.begin());
    text.remove_prefix(size);
    return size;
  };
  auto read = parse_zone_from(source, {}, [&](Record record) { records.push_back(std::move(record)); });
  if (!read) return std::unexpected(std::move(read.error()));
  return records;
}

TEST(ZoneSource, reads_what_the_whole_text_says) {
  for (const Case& one : cases) {
    SCOPED_TRACE(one.about);
    const auto whole = parse_zone(one.text);
    ASSERT_TRUE(whole);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{100000}}) {
      const auto read = in_pieces(one.text, piece);
      ASSERT_TRUE(read) << read.error().why;
      EXPECT_EQ(*read, *whole);
    }
  }
}

// Longer than what is in memory at a time: records lie across every edge, and lines are counted through.
TEST(ZoneSource, reads_across_the_edges_of_its_window) {
  std::string text;
  std::size_t records = 0;
  for (; text.size() < 5'000'000; ++records)
    text += std::string(records % 97, ' ') + "; a comment\na" + std::to_string(records) +
            ". 5 TXT ( \"one\" ; first\n \"two\" )\n";
  const auto whole = parse_zone(text);
  const auto read = in_pieces(text, 4096);
  ASSERT_TRUE(read) << read.error().line << ": " << read.error().why;
  EXPECT_EQ(read->size(), records);
  EXPECT_EQ(*read, *whole);
  const auto broken = in_pieces(text + "a. 5 A nonsense\n", 4096);
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().line, 3 * records + 1);
}

TEST(ZoneSource, bounds_a_line) {
  for (const std::string begin : {"; ", "a. 5 TXT ( ", "a. 5 TXT "}) {
    const auto read = in_pieces(begin + std::string(10'000'000, 'x'), 1 << 16);
    ASSERT_FALSE(read) << begin;
    EXPECT_EQ(read.error().line, 1U);
  }
}

TEST(ZoneSource, refuses_another_class) {
  const TextSource source = [done = false](std::span<char> room) mutable -> std::expected<std::size_t, std::string> {
    constexpr std::string_view text = "a. 5 IN A 192.0.2.1\na. 5 CH TXT x\n";
    std::copy(text.begin(), text.end(), room.begin());
    return std::exchange(done, true) ? 0 : text.size();
  };
  ZoneSourceOptions options;
  options.only = RRClass::in;
  const auto read = parse_zone_from(source, options, [](const Record&) {});
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().line, 2U);
}

// $INCLUDE (RFC 1035 §5.1): `files` by name; the first line of an error names the place in both.
std::expected<std::vector<Record>, TextFault> with_files(const std::string& text,
                                                         const std::map<std::string, std::string>& files) {
  const auto source_of = [](std::string rest) -> TextSource {
    return [rest](std::span<char> room) mutable -> std::expected<std::size_t, std::string> {
      const std::size_t size = std::min({std::size_t{7}, room.size(), rest.size()});
      std::copy_n(rest.begin(), size, room.begin());
      rest.erase(0, size);
      return size;
    };
  };
  ZoneSourceOptions options;
  options.origin = *Name::parse("example.");
  options.include = [&](const std::string& name) -> std::expected<TextSource, std::string> {
    const auto found = files.find(name);
    if (found == files.end()) return std::unexpected("there is none");
    return source_of(found->second);
  };
  std::vector<Record> records;
  const auto read = parse_zone_from(source_of(text), options, [&](Record record) { records.push_back(record); });
  if (!read) return std::unexpected(read.error());
  return records;
}

TEST(ZoneInclude, puts_the_other_records_in_its_place_and_goes_on_as_before) {
  const auto read = with_files(
      "$TTL 5\na A 192.0.2.1\n$INCLUDE sub ; a comment\n A 192.0.2.2\n$INCLUDE \"sub\" other\nb A 192.0.2.3\n",
      {{"sub", "$ORIGIN deep\nx TXT y\n"}});
  ASSERT_TRUE(read) << read.error().line << read.error().why;
  const auto whole = parse_zone(
      "a.example. 5 A 192.0.2.1\nx.deep.example. 5 TXT y\na.example. 5 A 192.0.2.2\n"
      "x.deep.other.example. 5 TXT y\nb.example. 5 A 192.0.2.3\n");
  EXPECT_EQ(*read, *whole);
}

struct BadInclude {
  const char *about, *text, *sub;
  std::size_t line;
  const char* why;
};
const BadInclude bad_includes[] = {
    {"no such file", "a A 192.0.2.1\n$INCLUDE other\n", "", 2, "$INCLUDE \"other\": there is none"},
    {"no name", "$INCLUDE\n", "", 1, "takes a file"},
    {"too many words", "$INCLUDE sub a b\n", "", 1, "takes a file"},
    {"an empty name", "$INCLUDE \"\"\n", "", 1, "no file's name"},
    {"a bad origin", "$INCLUDE sub a..b\n", "", 1, "empty"},
    {"a fault inside", "\n\n$INCLUDE sub\n", "\na A 192.0.2.1\nb A nonsense\n", 3, "\"sub\":3: A"},
    {"an open parenthesis inside", "$INCLUDE sub\n)\n", "a A (\n", 1, "\"sub\":1: "},
    {"a file that includes itself", "$INCLUDE sub\n", "$INCLUDE sub\n", 1, "more than 10 files"},
    {"one that doubles itself", "$INCLUDE sub\n", "$INCLUDE sub\n$INCLUDE sub\n", 1, "more than 10 files"},
    {"a blank owner first", "a A 192.0.2.1\n$INCLUDE sub\n", " A 192.0.2.1\n", 2, "no owner"},
};

TEST(ZoneInclude, tells_a_fault_by_both_files_and_lines) {
  for (const auto& [about, text, sub, line, why] : bad_includes) {
    const auto read = with_files(text, {{"sub", sub}});
    ASSERT_FALSE(read) << about;
    EXPECT_EQ(read.error().line, line) << about;
    EXPECT_NE(read.error().why.find(why), std::string::npos) << about << ": " << read.error().why;
  }
}

TEST(ZoneInclude, is_bounded_in_number) {
  std::string text;
  for (int i = 0; i < 1001; ++i) text += "$INCLUDE sub\n";
  const auto read = with_files(text, {{"sub", ""}});
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().line, 1001U);
}

std::string root_zone() {
  const char* const shared = std::getenv("TRUSTWALK_SHARED");
  const std::string folder = shared != nullptr ? shared : TRUSTWALK_SOURCE_DIR "/../shared";
  return file_text(folder + "/data/root-2020101902.zone");
}

// The fields of a line as the file's own layout separates them: one or more tabs or blanks.
std::vector<std::string> fields_of(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> fields;
  for (std::string field; stream >> field;) fields.push_back(field);
  return fields;
}

TEST(RootZone, every_record_is_read_and_printed_and_read_again) {
  const std::string text = root_zone();
  if (text.empty()) GTEST_SKIP() << "the root zone of the project's data is not on this machine";
  const auto zone = parse_zone(text);
  ASSERT_TRUE(zone) << "line " << zone.error().line << ": " << zone.error().why;
  std::istringstream lines(text);
  std::string line;
  std::string again;
  for (const Record& record : *zone) {
    ASSERT_TRUE(std::getline(lines, line));
    const auto fields = fields_of(line);
    ASSERT_EQ(record.owner.print(), fields[0]);
    ASSERT_EQ(std::to_string(record.ttl), fields[1]);
    ASSERT_EQ(to_text(record.type), fields[3]);
    if (record.type != RRType::aaaa && record.type != RRType::ds) {  // the file writes these two otherwise
      std::string data;
      for (std::size_t i = 4; i < fields.size(); ++i) data += (i == 4 ? "" : " ") + fields[i];
      ASSERT_EQ(print_rdata(record.type, record.rdata), data);
    }
    again += print(record) + '\n';
  }
  EXPECT_FALSE(std::getline(lines, line)) << "a line was lost";
  const auto reread = parse_zone(again);
  ASSERT_TRUE(reread) << "line " << reread.error().line << ": " << reread.error().why;
  EXPECT_TRUE(*zone == *reread);
}

}  // namespace
}  // namespace dns
