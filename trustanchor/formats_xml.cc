// root-anchors.xml (RFC 9718 §2.1; anchors.md §4).
#include <pugixml.hpp>

#include <algorithm>
#include <charconv>

#include "dns/canonical.h"
#include "dns/text.h"
#include "trustanchor/formats.h"

namespace trustanchor {
namespace {

constexpr std::size_t most_octets = std::size_t{64} * 1024;
constexpr std::size_t most_keys = 32;

// What one KeyDigest says, not yet judged.
struct Entry {
  std::size_t line = 0;
  std::string id;
  std::optional<dns::Time> from, until;
  dns::Ds ds;
  std::optional<dns::Dnskey> key;
};

// Reads one document; the first thing that is wrong ends it.
class Document {
 public:
  explicit Document(const File& file) : file_(file) {}
  Read read();

 private:
  std::expected<Entry, std::string> entry(const pugi::xml_node& node) const;
  std::expected<std::optional<dns::Dnskey>, std::string> public_key(const pugi::xml_node& node) const;
  std::expected<std::optional<dns::Time>, std::string> time(const pugi::xml_node& node, const char* attribute) const;
  std::expected<std::uint16_t, std::string> number(const pugi::xml_node& node, const char* child, unsigned most) const;
  std::unexpected<std::string> refuse(const pugi::xml_node& node, std::string_view why) const;
  void judge(Anchors& all, const dns::Name& zone, Entry entry) const;

  const File& file_;
  pugi::xml_document document_;
};

std::string dense_text(const pugi::xml_node& node);
std::optional<dns::Time> date_time(std::string_view text);
bool is_known(dns::Algorithm algorithm);

}  // namespace

Read read_xml(const File& file) { return Document(file).read(); }

namespace {

Read Document::read() {
  if (file_.text.size() > most_octets) return std::unexpected(std::string(file_.name) + ": more than 64 kB");
  // Entities stay as they are written, and so fit no field; document types are kept, to be seen and refused.
  constexpr unsigned int how = pugi::parse_cdata | pugi::parse_doctype | pugi::parse_eol;
  const auto parsed = document_.load_buffer(file_.text.data(), file_.text.size(), how, pugi::encoding_utf8);
  if (!parsed)
    return std::unexpected(complaint(file_.name, line_at(file_.text, static_cast<std::size_t>(parsed.offset)),
                                     std::string("not XML: ") + parsed.description()));
  for (const pugi::xml_node& node : document_) {
    if (node.type() == pugi::node_doctype) return refuse(node, "a document type declaration is not read");
  }
  const pugi::xml_node root = document_.document_element();
  if (std::string_view(root.name()) != "TrustAnchor") return refuse(root, "the root element is not TrustAnchor");
  const auto zone = dns::Name::parse(dense_text(root.child("Zone")));
  if (!zone) return refuse(root, "Zone holds no domain name");
  Anchors all;
  std::size_t keys = 0;
  for (const pugi::xml_node& node : root.children("KeyDigest")) {
    if (++keys > most_keys) return refuse(node, "more than 32 keys");
    auto read = entry(node);
    if (!read) return std::unexpected(read.error());
    judge(all, *zone, std::move(*read));
  }
  // The detached signature is another step's (search.cc); a reader of this file alone has not seen one.
  all.notices.push_back(std::string(file_.name) + (file_.attestation.empty()
                                                       ? ": unsigned: no root-anchors.p7s was checked with it"
                                                       : ": signed by " + std::string(file_.attestation)));
  return all;
}

std::expected<Entry, std::string> Document::entry(const pugi::xml_node& node) const {
  Entry entry{
      line_at(file_.text, static_cast<std::size_t>(node.offset_debug())), node.attribute("id").value(), {}, {}, {}, {}};
  const auto from = time(node, "validFrom"), until = time(node, "validUntil");
  if (!from || !until) return std::unexpected(from ? until.error() : from.error());
  if (!*from) return refuse(node, "validFrom is missing");
  entry.from = *from;
  entry.until = *until;
  const auto tag = number(node, "KeyTag", 65535), algorithm = number(node, "Algorithm", 255),
             type = number(node, "DigestType", 255);
  for (const auto* field : {&tag, &algorithm, &type}) {
    if (!*field) return std::unexpected(field->error());
  }
  auto digest = dns::decode_hex(dense_text(node.child("Digest")));
  if (!digest) return refuse(node.child("Digest"), "Digest is not hexadecimal");
  entry.ds = {*tag, dns::Algorithm{static_cast<std::uint8_t>(*algorithm)},
              dns::Digest{static_cast<std::uint8_t>(*type)}, std::move(*digest)};
  if (auto why = objection(entry.ds)) return refuse(node, *why);
  auto key = public_key(node);
  if (!key) return std::unexpected(key.error());
  entry.key = std::move(*key);
  if (entry.key) entry.key->algorithm = entry.ds.algorithm;
  return entry;
}

std::expected<std::optional<dns::Dnskey>, std::string> Document::public_key(const pugi::xml_node& node) const {
  const pugi::xml_node key = node.child("PublicKey"), flags = node.child("Flags");
  if (!key && !flags) return std::nullopt;
  if (!key || !flags) return refuse(node, "PublicKey and Flags come together or not at all");
  const auto bits = number(node, "Flags", 65535);
  if (!bits) return std::unexpected(bits.error());
  auto octets = dns::decode_base64(dense_text(key));
  if (!octets) return refuse(key, "PublicKey is not base64");
  dns::Dnskey read{*bits, 3, {}, std::move(*octets)};
  if (auto why = objection(read)) return refuse(key, *why);
  return read;
}

// RFC 9718 §2.2. What is left out is named, and the rest of the file still counts.
void Document::judge(Anchors& all, const dns::Name& zone, Entry entry) const {
  const auto skip = [&](Skipped::Reason reason, std::string_view why) {
    all.skipped.push_back(
        {std::string(file_.name), reason, complaint(file_.name, entry.line, why), zone, entry.ds.tag});
  };
  if (!is_known(entry.ds.algorithm)) return skip(Skipped::Reason::unsupported, "an algorithm unknown here");
  if (!file_.digest(entry.ds.digest_type, {})) return skip(Skipped::Reason::unsupported, "a digest type unknown here");
  if (entry.key && (entry.key->tag() != entry.ds.tag ||
                    file_.digest(entry.ds.digest_type, dns::ds_input(zone, *entry.key)) != entry.ds.digest))
    return skip(Skipped::Reason::digest, "KeyTag or Digest does not fit PublicKey");
  Anchor anchor{zone, entry.ds, {}, entry.id, entry.from, entry.until};
  if (entry.key) anchor.key = *entry.key;
  // read_any hands it on all the same: another file may hold this key as open, and the end that stands here wins.
  if (!anchor.counts_at(file_.now)) skip(Skipped::Reason::validity, "outside validFrom and validUntil");
  add(all, std::move(anchor), file_, entry.line);
}

std::expected<std::optional<dns::Time>, std::string> Document::time(const pugi::xml_node& node,
                                                                    const char* attribute) const {
  const pugi::xml_attribute written = node.attribute(attribute);
  if (!written) return std::nullopt;
  const auto read = date_time(written.value());
  if (!read) return refuse(node, std::string(attribute) + " is no date and time");
  return read;
}

std::expected<std::uint16_t, std::string> Document::number(const pugi::xml_node& node, const char* child,
                                                           unsigned most) const {
  const std::string text = dense_text(node.child(child));
  std::uint16_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || fault != std::errc{} || end != text.data() + text.size() || value > most)
    return refuse(node, std::string(child) + " is no number from 0 to " + std::to_string(most));
  return value;
}

std::unexpected<std::string> Document::refuse(const pugi::xml_node& node, std::string_view why) const {
  return std::unexpected(
      complaint(file_.name,
                line_at(file_.text, static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0))), why));
}

// All text of an element, comments left out, without white space: no field here has any of its own.
std::string dense_text(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node& piece : node) {
    if (piece.type() != pugi::node_pcdata && piece.type() != pugi::node_cdata) continue;
    std::ranges::copy_if(std::string_view(piece.value()), std::back_inserter(text),
                         [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n'; });
  }
  return text;
}

// xsd:dateTime: "2017-02-02T00:00:00+00:00"; without an offset it is taken as UTC.
std::optional<dns::Time> date_time(std::string_view text) {
  constexpr std::size_t offset_size = 6;  // "+01:30"
  std::chrono::minutes ahead{0};
  if (text.size() > offset_size && text.find('T') != text.npos) {
    const std::string_view offset = text.substr(text.size() - offset_size);
    if ((offset[0] == '+' || offset[0] == '-') && offset[3] == ':') {
      unsigned hours = 0, minutes = 0;
      const auto h = std::from_chars(&offset[1], &offset[3], hours);
      const auto m = std::from_chars(&offset[4], offset.data() + offset_size, minutes);
      if (h.ptr != &offset[3] || m.ptr != offset.data() + offset_size || hours > 14 || minutes > 59)
        return std::nullopt;
      ahead = std::chrono::hours(hours) + std::chrono::minutes(minutes);
      if (offset[0] == '-') ahead = -ahead;
      text.remove_suffix(offset_size);
      if (text.back() == 'Z' || text.back() == 'z') return std::nullopt;
    }
  }
  const auto local = text.size() >= 10 && text[4] == '-' ? dns::parse_time(text) : std::nullopt;
  if (!local) return std::nullopt;
  return *local - ahead;
}

// The registry's names; numbers without one are printed as digits.
bool is_known(dns::Algorithm algorithm) {
  const std::string text = dns::to_text(algorithm);
  return text.front() < '0' || text.front() > '9';
}

}  // namespace
}  // namespace trustanchor
