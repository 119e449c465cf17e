#include <algorithm>

#include "dns/shape.h"
#include "dns/text_fields.h"
#include "dns/text_source.h"

namespace dns {
namespace {

// What stands between owner and data, in any order before the type (RFC 1035 §5.1).
struct Head {
  std::optional<Ttl> ttl;
  RRClass rrclass = RRClass::in;
  RRType type{};
  std::size_t words = 0;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::expected<Head, std::string> read_head(std::span<const Word> words) {
  Head head;
  bool has_class = false;
  for (const Word& word : words) {
    ++head.words;
    if (word.kind != Word::Kind::plain) break;
    if (!head.ttl && is_digit(word.text.front())) {
      head.ttl = ttl_of(word.text);
      if (!head.ttl) return std::unexpected("no TTL, class or type: " + show(word.text));
      continue;
    }
    if (!has_class) {
      if (const auto rrclass = parse_rrclass(word.text)) {
        head.rrclass = *rrclass;
        has_class = true;
        continue;
      }
    }
    const auto type = parse_rrtype(word.text);
    if (!type) return std::unexpected("no TTL, class or type: " + show(word.text));
    head.type = *type;
    return head;
  }
  return std::unexpected("the record type is missing");
}

std::expected<Record, std::string> read_record(const Name& owner, std::span<const Word> words, const Name& origin,
                                               Ttl default_ttl) {
  const auto head = read_head(words);
  if (!head) return std::unexpected(head.error());
  const auto data = words.subspan(head->words);
  auto rdata = rdata_of(head->type, data, origin);
  if (!rdata) return std::unexpected(to_text(head->type) + ": " + rdata.error());
  Record record{owner, head->type, head->rrclass, head->ttl.value_or(default_ttl), std::move(*rdata)};
  // Only the \# form can bring data that is not of its type's shape.
  if (!data.empty() && data[0].text == "\\#" && !fits_shape(record.type, record.rdata)) record.form = Record::Form::bad;
  return record;
}

// What a text and those included in it have in common.
struct Reading {
  const ZoneSourceOptions& options;
  const std::function<void(Record)>& sink;
  std::optional<Ttl> zone_ttl{};  // goes on where an included text ends, as with the servers
  Ttl last_ttl = options.default_ttl;
  std::size_t records = 0, includes = 0, depth = 0;
};

std::expected<void, TextFault> read_pieces(const TextSource& source, const Name& origin, Reading& reading);

class ZoneReader {
 public:
  ZoneReader(std::string_view text, LineScanner::End end, const Name& origin, Reading& reading)
      : scanner_(text, end), reading_(reading), origin_(origin) {}

  LineScanner& scanner() { return scanner_; }

  // To the end of the text, or of its last whole line.
  std::expected<void, TextFault> run() {
    for (;;) {
      const auto line = scanner_.next();
      if (!line) return std::unexpected(line.error());
      if (*line == nullptr) return {};
      if (auto done = take(**line); !done) return std::unexpected(TextFault{(*line)->number, std::move(done.error())});
    }
  }

 private:
  using Step = std::expected<void, std::string>;

  Step take(const Line& line) {
    const Word& first = line.words.front();
    const bool is_directive =
        line.start == Line::Start::word && first.kind == Word::Kind::plain && first.text.starts_with('$');
    return is_directive ? directive(line.words) : record(line);
  }

  Step record(const Line& line) {
    std::span<const Word> words = line.words;
    if (line.start == Line::Start::word) {
      if (auto read = read_owner(words[0]); !read) return read;
      words = words.subspan(1);
    } else if (!has_owner_) {
      return std::unexpected("the first record has no owner");
    }
    auto read = read_record(owner_, words, origin_, reading_.zone_ttl.value_or(reading_.last_ttl));
    if (!read) return std::unexpected(std::move(read.error()));
    if (is_meta(read->type)) return std::unexpected(to_text(read->type) + " never stands in a zone");
    const ZoneSourceOptions& options = reading_.options;
    if (options.only && read->rrclass != *options.only)
      return std::unexpected("class " + to_text(read->rrclass) + " where " + to_text(*options.only) + " is due");
    if (reading_.records++ >= options.max_records)
      return std::unexpected("more than " + std::to_string(options.max_records) + " records");
    reading_.last_ttl = read->ttl;
    reading_.sink(std::move(*read));
    return {};
  }

  // Neighbours mostly have the same owner, written the same way.
  Step read_owner(const Word& word) {
    if (has_owner_ && word.text == owner_text_ && word.kind == Word::Kind::plain) return {};
    if (word.kind != Word::Kind::plain) return std::unexpected("the owner is quoted");
    const auto owner = name_of(word.text, origin_);
    if (!owner) return std::unexpected("owner: " + owner.error());
    owner_ = *owner;
    owner_text_ = word.text;
    has_owner_ = true;
    return {};
  }

  Step directive(std::span<const Word> words) {
    std::string name(words[0].text);
    for (char& c : name) c = static_cast<char>(lower(static_cast<std::uint8_t>(c)));
    if (name == "$include") return include(words.subspan(1));
    if (name == "$generate") return std::unexpected("$GENERATE is not followed: write its records out");
    if (name != "$origin" && name != "$ttl") return std::unexpected("unknown directive " + show(words[0].text));
    if (words.size() != 2 || words[1].kind != Word::Kind::plain) return std::unexpected(name + " takes one word");
    return name == "$ttl" ? set_ttl(words[1].text) : set_origin(words[1].text);
  }

  // Origin and owner are afterwards what they were before (RFC 1035 §5.1).
  Step include(std::span<const Word> words) {
    const ZoneSourceOptions& options = reading_.options;
    if (!options.include) return std::unexpected("$INCLUDE is not followed: put the files together first");
    if (words.empty() || words.size() > 2) return std::unexpected("$INCLUDE takes a file, and an origin if need be");
    const auto octets = unescape(words[0].text);
    if (!octets || octets->empty()) return std::unexpected("$INCLUDE: no file's name: " + show(words[0].text));
    const std::string file(octets->begin(), octets->end());
    auto origin = std::expected<Name, std::string>(origin_);
    if (words.size() == 2) origin = name_of(words[1].text, origin_);
    if (!origin) return std::unexpected("$INCLUDE: " + origin.error());
    if (reading_.depth == options.max_depth)
      return std::unexpected("$INCLUDE in more than " + std::to_string(options.max_depth) + " files, one in the other");
    if (reading_.includes++ == options.max_includes)
      return std::unexpected("more than " + std::to_string(options.max_includes) + " times $INCLUDE");
    const auto source = options.include(file);
    if (!source) return std::unexpected("$INCLUDE " + show(file) + ": " + source.error());
    ++reading_.depth;
    const auto read = read_pieces(*source, *origin, reading_);
    --reading_.depth;
    if (read) return {};
    const auto& [line, why] = read.error();
    return std::unexpected(show(file) + (line == 0 ? "" : ":" + std::to_string(line)) + ": " + why);
  }

  Step set_ttl(std::string_view text) {
    reading_.zone_ttl = ttl_of(text);  // RFC 2308 §4
    if (!reading_.zone_ttl) return std::unexpected("$TTL: no time span: " + show(text));
    return {};
  }

  Step set_origin(std::string_view text) {
    const auto origin = name_of(text, origin_);
    if (!origin) return std::unexpected("$ORIGIN: " + origin.error());
    origin_ = *origin;
    owner_text_ = {};  // the same word now means another name
    return {};
  }

  LineScanner scanner_;
  Reading& reading_;
  Name origin_;
  Name owner_;
  std::string owner_text_;
  bool has_owner_ = false;
};

// The part of a text that is in memory: what is left of a line, and what was read behind it.
class Window {
 public:
  explicit Window(const TextSource& source) : source_(source), room_(capacity) {}

  // Lets go of `done` octets and reads on. Error: no text, or one line fills all the room.
  std::expected<void, std::string> slide(std::size_t done) {
    std::copy(room_.begin() + static_cast<std::ptrdiff_t>(done), room_.begin() + static_cast<std::ptrdiff_t>(size_),
              room_.begin());
    size_ -= done;
    if (size_ == room_.size()) return std::unexpected("the line is too long");
    while (!is_at_end_ && size_ < room_.size()) {
      const auto got = source_(std::span(room_).subspan(size_));
      if (!got) return std::unexpected(got.error());
      size_ += *got;
      is_at_end_ = *got == 0;
    }
    return {};
  }

  std::string_view text() const { return {room_.data(), size_}; }
  LineScanner::End end() const { return is_at_end_ ? LineScanner::End::final : LineScanner::End::open; }

 private:
  static constexpr std::size_t capacity = std::size_t{1} << 20;

  const TextSource& source_;
  std::vector<char> room_;
  std::size_t size_ = 0;
  bool is_at_end_ = false;
};

std::expected<void, TextFault> read_pieces(const TextSource& source, const Name& origin, Reading& reading) {
  Window window(source);
  if (auto begun = window.slide(0); !begun) return std::unexpected(TextFault{0, std::move(begun.error())});
  ZoneReader reader(window.text(), window.end(), origin, reading);
  for (;;) {
    if (auto done = reader.run(); !done) return done;
    if (window.end() == LineScanner::End::final) return {};
    if (auto more = window.slide(reader.scanner().at()); !more)
      return std::unexpected(TextFault{reader.scanner().number(), std::move(more.error())});
    reader.scanner().go_on(window.text(), window.end());
  }
}

}  // namespace

std::expected<void, TextFault> parse_zone(std::string_view text, const ZoneTextOptions& options,
                                          const std::function<void(Record)>& sink) {
  const ZoneSourceOptions all{options, std::nullopt};
  Reading reading{all, sink};
  return ZoneReader(text, LineScanner::End::final, all.origin, reading).run();
}

std::expected<void, TextFault> parse_zone_from(const TextSource& source, const ZoneSourceOptions& options,
                                               const std::function<void(Record)>& sink) {
  Reading reading{options, sink};
  return read_pieces(source, options.origin, reading);
}

std::expected<std::vector<Record>, TextFault> parse_zone(std::string_view text, const ZoneTextOptions& options) {
  std::vector<Record> records;
  auto done = parse_zone(text, options, [&](Record record) { records.push_back(std::move(record)); });
  if (!done) return std::unexpected(std::move(done.error()));
  return records;
}

std::expected<Record, std::string> parse_record(std::string_view text, const Name& origin) {
  LineScanner scanner(text.substr(std::min(text.find_first_not_of(" \t"), text.size())));
  const auto line = scanner.next();
  if (!line) return std::unexpected(line.error().why);
  if (*line == nullptr) return std::unexpected("there is no record");
  const std::span<const Word> words = (*line)->words;
  if (words[0].kind != Word::Kind::plain) return std::unexpected("the owner is quoted");
  const auto owner = name_of(words[0].text, origin);
  if (!owner) return std::unexpected("owner: " + owner.error());
  auto record = read_record(*owner, words.subspan(1), origin, ZoneTextOptions{}.default_ttl);
  if (!record) return record;
  const auto more = scanner.next();
  if (!more || *more != nullptr) return std::unexpected("there is more than one record");
  return record;
}

std::string print(const Record& record) {
  return record.owner.print() + ' ' + std::to_string(record.ttl) + ' ' + to_text(record.rrclass) + ' ' +
         to_text(record.type) + ' ' + print_rdata(record.type, record.rdata);
}

}  // namespace dns
