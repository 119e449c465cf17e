#include "trustanchor/formats.h"

#include <algorithm>
#include <span>

#include "dns/text.h"
#include "dns/text_words.h"

namespace trustanchor {
namespace {

constexpr std::size_t most_octets = std::size_t{1024} * 1024;
constexpr std::size_t most_anchors = 1024;

std::optional<std::string> unfit(std::string_view text);
std::string joined(std::span<const dns::Word> words);

}  // namespace

Read read_anchors(std::string_view text, std::string_view name, dns::Time now, const DigestFunction& digest) {
  Read read = read_any({text, name, now, digest});
  if (read) drop_outside_validity(*read, now);
  return read;
}

Read read_any(const File& file) {
  const auto [text, name] = std::pair(file.text, file.name);
  if (const auto why = unfit(text)) return std::unexpected(std::string(name) + ": " + *why);
  Read read = is_xml(text)             ? read_xml(file)
              : is_autotrust(text)     ? read_autotrust(file)
              : is_bind(text)          ? read_bind(file)
              : is_configuration(text) ? read_configuration(file)
              : is_keydata(text)       ? read_keydata(file)
                                       : read_zone_lines(file);
  if (!read) return read;
  read->source = name;
  if (read->anchors.size() > most_anchors) return std::unexpected(std::string(name) + ": more than 1024 trust anchors");
  if (read->anchors.empty() && read->skipped.empty())
    return std::unexpected(std::string(name) + ": there is no trust anchor in it");
  return read;
}

bool is_xml(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != text.npos && text[first] == '<';
}

void drop_outside_validity(Anchors& all, dns::Time now) {
  // Their complaint stands in `skipped`; what a state file says of a key is no matter of dates.
  std::erase_if(all.anchors, [&](const Anchor& anchor) {
    return (anchor.valid_from && now < *anchor.valid_from) || (anchor.valid_until && *anchor.valid_until <= now);
  });
}

std::expected<Anchor, std::string> parse_anchor(std::string_view text) {
  if (const auto why = unfit(text)) return std::unexpected(*why);
  const auto record = dns::parse_record(text);
  if (!record) return std::unexpected(record.error());
  auto anchor = anchor_of(*record);
  if (anchor) anchor->source = "command line";
  return anchor;
}

Read read_zone_lines(const File& file) {
  Anchors all;
  dns::LineScanner scanner(file.text);
  dns::Name origin;
  std::string owner;
  for (;;) {
    const auto line = scanner.next();
    if (!line) return std::unexpected(complaint(file.name, line.error().line, line.error().why));
    if (*line == nullptr) return all;
    const std::span<const dns::Word> words = (*line)->words;
    const std::size_t number = (*line)->number;
    if (words[0].text == "$TTL") continue;
    if (words[0].text == "$ORIGIN") {
      const auto name = dns::Name::parse(words.back().text);
      if (words.size() != 2 || !name) return std::unexpected(complaint(file.name, number, "$ORIGIN needs one name"));
      origin = *name;
      continue;
    }
    const bool continued = (*line)->start == dns::Line::Start::blank;
    if (!continued && words[0].kind != dns::Word::Kind::plain)
      return std::unexpected(complaint(file.name, number, "the owner is quoted"));
    if (!continued) owner = words[0].text;
    if (owner.empty()) return std::unexpected(complaint(file.name, number, "the first record has no owner"));
    const auto record = dns::parse_record(owner + " " + joined(continued ? words : words.subspan(1)), origin);
    if (!record) return std::unexpected(complaint(file.name, number, record.error()));
    if (record->type == dns::RRType::rrsig) continue;  // dig and drill print them along
    auto anchor = anchor_of(*record);
    if (!anchor) return std::unexpected(complaint(file.name, number, anchor.error()));
    add(all, std::move(*anchor), file, number);
  }
}

std::string complaint(std::string_view file, std::size_t line, std::string_view why) {
  return std::string(file) + ": line " + std::to_string(line) + ": " + std::string(why);
}

std::size_t line_at(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  return 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
}

// anchors.md §2, format 1.
std::optional<std::string> objection(const dns::Dnskey& key) {
  if (!key.is_zone_key()) return "the key has no zone flag";              // RFC 4034 §2.1.1
  if (key.protocol != 3) return "the key's protocol is not 3";            // RFC 4034 §2.1.2
  if (key.is_revoked()) return "the key has been revoked (RFC 5011 §3)";  // never a trust anchor again
  if (key.key.empty()) return "the key is empty";
  return std::nullopt;
}

std::optional<std::string> objection(const dns::Ds& ds) {
  struct Length {
    dns::Digest type;
    std::size_t octets;
  };
  constexpr Length lengths[] = {
      {dns::Digest::sha1, 20}, {dns::Digest::sha256, 32}, {dns::Digest::gost94, 32}, {dns::Digest::sha384, 48}};
  for (const Length& length : lengths) {
    if (ds.digest_type != length.type || ds.digest.size() == length.octets) continue;
    return "a " + dns::to_text(ds.digest_type) + " digest has " + std::to_string(length.octets) + " octets, not " +
           std::to_string(ds.digest.size());
  }
  if (ds.digest_type == dns::Digest::null) return "digest type 0 is no digest (RFC 8078 §4)";
  if (ds.digest.empty()) return "the digest is empty";
  return std::nullopt;
}

std::expected<Anchor, std::string> anchor_of(const dns::Record& record) {
  if (record.rrclass != dns::RRClass::in)
    return std::unexpected("class " + dns::to_text(record.rrclass) + " is not IN");
  if (record.type == dns::RRType::dnskey) {
    auto key = dns::read_dnskey(record.rdata);
    if (!key) return std::unexpected("this is no DNSKEY");
    if (auto why = objection(*key)) return std::unexpected(std::move(*why));
    return Anchor{record.owner, std::move(*key), {}, {}, {}, {}};
  }
  if (record.type == dns::RRType::ds) {
    auto ds = dns::read_ds(record.rdata);
    if (!ds) return std::unexpected("this is no DS");
    if (auto why = objection(*ds)) return std::unexpected(std::move(*why));
    return Anchor{record.owner, std::move(*ds), {}, {}, {}, {}};
  }
  return std::unexpected("a record of type " + dns::to_text(record.type) + " is no trust anchor: DS and DNSKEY are");
}

void add(Anchors& all, Anchor anchor, const File& file, std::size_t line) {
  anchor.source = file.name;
  if (std::ranges::find(all.anchors, anchor) != all.anchors.end()) return;
  const auto* key = std::get_if<dns::Dnskey>(&anchor.key);
  if (key != nullptr && !key->is_sep())
    all.notices.push_back(complaint(file.name, line,
                                    "the key " + std::to_string(key->tag()) + " of " + anchor.zone.print() +
                                        " has no SEP flag; it is an anchor all the same"));
  all.anchors.push_back(std::move(anchor));
}

namespace {

// What no reader should see.
std::optional<std::string> unfit(std::string_view text) {
  if (text.size() > most_octets) return "more than 1 MiB is no file of trust anchors";
  constexpr std::string_view private_key = "Private-key-format:";
  const std::size_t at = text.find(private_key);
  if (at != text.npos && (at == 0 || text[at - 1] == '\n'))
    return "line " + std::to_string(line_at(text, at)) +
           ": this is a private key: whoever reads it can sign the zone. Keep it secret; the anchor is the public key "
           "beside it";
  if (text.starts_with("\x30\x82"))  // DER of anything so long
    return "this is no file of trust anchors; if it is root-anchors.p7s, name root-anchors.xml: its signature is "
           "looked "
           "for beside it";
  const std::size_t zero = text.find('\0');
  if (zero != text.npos) return "line " + std::to_string(line_at(text, zero)) + ": an octet 0: this is not text";
  return std::nullopt;
}

std::string joined(std::span<const dns::Word> words) {
  std::string text;
  for (const dns::Word& word : words) {
    if (!text.empty()) text += ' ';
    // No field of a DS or DNSKEY is quoted; as they stood, the quotes make the record's own reader refuse it.
    text += word.kind == dns::Word::Kind::plain ? std::string(word.text) : '"' + std::string(word.text) + '"';
  }
  return text;
}

}  // namespace
}  // namespace trustanchor
