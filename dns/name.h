// Name: an absolute domain name, compared by label and never as text.
// It does not resolve, and knows nothing of zones.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "dns/bytes.h"

namespace dns {

// Why a text is no domain name.
enum class NameFault : std::uint8_t { empty, empty_label, long_label, long_name, bad_escape };
std::string_view to_text(NameFault fault);  // a phrase for people: "a label has more than 63 octets"

// At most 255 wire octets, held inline; letter case is kept, and ignored by == and <=> (RFC 4343 §3).
class Name {
 public:
  static constexpr std::size_t max_octets = 255;  // RFC 1035 §2.3.4
  static constexpr std::size_t max_label = 63;

  Name() { octets_[0] = 0; }  // the root
  // Only what is used is copied: names are copied more than anything else here.
  Name(const Name& other) : size_(other.size_) { std::memcpy(octets_.data(), other.octets_.data(), size_); }
  Name& operator=(const Name& other) {
    size_ = other.size_;
    std::memmove(octets_.data(), other.octets_.data(), size_);
    return *this;
  }

  // Presentation form, with \. and \DDD escapes (RFC 1035 §5.1); a missing last dot is supplied. "." is the root.
  static std::expected<Name, NameFault> parse(std::string_view text);
  // Uncompressed wire form that fills `octets` exactly.
  static std::optional<Name> from_wire(View octets);
  // Reads a name where `reader` stands, following compression pointers inside reader.whole(); pointers must point back
  // (RFC 1035 §4.1.4), so reading ends. `compressed` is in the result: some rdata forbids it (RFC 4034 §3.1.7).
  struct Read;
  static std::optional<Read> read(Reader& reader);

  View wire() const { return {octets_.data(), size_}; }
  std::string print() const;  // presentation form with the last dot; "." for the root
  std::size_t size() const { return size_; }
  std::size_t labels() const;                      // the root label is not counted: 0 for the root
  View label(std::size_t index) const&;            // leftmost is 0. Requires: index < labels().
  View label(std::size_t index) const&& = delete;  // would outlive the octets it shows
  bool is_root() const { return size_ == 1; }
  bool is_wildcard() const { return size_ > 2 && octets_[0] == 1 && octets_[1] == '*'; }

  Name parent() const;                      // the root's parent is the root
  Name ancestor(std::size_t labels) const;  // the rightmost `labels` labels; itself if it has no more
  bool is_at_or_below(const Name& other) const;
  bool is_below(const Name& other) const { return size_ > other.size_ && is_at_or_below(other); }
  Name common_ancestor(const Name& other) const;
  std::optional<Name> prepend(View label) const;  // nullopt: more than 63 or 255 octets, or empty label
  std::optional<Name> prepend(std::string_view label) const;
  std::optional<Name> under(const Name& prefix) const;           // prefix's labels, then this name; nullopt: too long
  std::optional<Name> wildcard() const { return prepend("*"); }  // "*." below this name
  // This name with its suffix `from` replaced by `to` (RFC 6672 §2.2). Requires: is_at_or_below(from). nullopt: too
  // long.
  std::optional<Name> replace_suffix(const Name& from, const Name& to) const;
  Name lowered() const;

  friend bool operator==(const Name& left, const Name& right);
  // Canonical order (RFC 4034 §6.1): by label from the right, octets unsigned, letters folded.
  friend std::weak_ordering operator<=>(const Name& left, const Name& right);
  bool same_octets(const Name& other) const { return octets_equal(wire(), other.wire()); }  // case counts

 private:
  std::uint8_t size_ = 1;
  std::array<std::uint8_t, max_octets> octets_;  // octets beyond size_ are nobody's
};

struct Name::Read {
  Name name;
  bool compressed = false;
};

// The presentation form of one label, without dots around it.
std::string print_label(View label);

}  // namespace dns

template <>
struct std::hash<dns::Name> {
  std::size_t operator()(const dns::Name& name) const noexcept;
};
