#include "dns/name.h"

#include <algorithm>
#include <cassert>

namespace dns {
namespace {

constexpr std::size_t max_labels = 127;
constexpr int max_pointers = 128;  // one a label is all that makes sense; chains of bare pointers only cost time

// Where each label's length octet stands, leftmost first.
struct Offsets {
  std::array<std::uint8_t, max_labels + 1> at;  // `count` of them
  std::size_t count = 0;
};

Offsets offsets_of(View wire) {
  Offsets offsets;
  for (std::size_t at = 0; wire[at] != 0; at += wire[at] + std::size_t{1})
    offsets.at[offsets.count++] = static_cast<std::uint8_t>(at);
  return offsets;
}

bool labels_equal(View left, View right) {
  return std::ranges::equal(left, right, [](auto a, auto b) { return lower(a) == lower(b); });
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// One octet of presentation text, escapes undone; nullopt: a bad escape.
std::optional<std::uint8_t> next_octet(std::string_view text, std::size_t& at) {
  const char c = text[at++];
  if (c != '\\') return static_cast<std::uint8_t>(c);
  if (at >= text.size()) return std::nullopt;
  if (!is_digit(text[at])) return static_cast<std::uint8_t>(text[at++]);
  if (at + 3 > text.size() || !is_digit(text[at + 1]) || !is_digit(text[at + 2])) return std::nullopt;
  const int value = (text[at] - '0') * 100 + (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
  at += 3;
  if (value > 255) return std::nullopt;
  return static_cast<std::uint8_t>(value);
}

}  // namespace

std::expected<Name, NameFault> Name::parse(std::string_view text) {
  if (text.empty()) return std::unexpected(NameFault::empty);
  if (text == ".") return Name{};
  Name name;
  std::size_t start = 0;  // where the length octet of the open label stands
  std::size_t end = 1;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '.') {
      if (end == start + 1) return std::unexpected(NameFault::empty_label);
      name.octets_[start] = static_cast<std::uint8_t>(end - start - 1);
      start = end++;
      ++at;
      if (start >= max_octets) return std::unexpected(NameFault::long_name);
      continue;
    }
    const auto octet = next_octet(text, at);
    if (!octet) return std::unexpected(NameFault::bad_escape);
    if (end - start - 1 == max_label) return std::unexpected(NameFault::long_label);
    if (end >= max_octets) return std::unexpected(NameFault::long_name);
    name.octets_[end++] = *octet;
  }
  if (end > start + 1) {  // no dot at the end
    name.octets_[start] = static_cast<std::uint8_t>(end - start - 1);
    if (end >= max_octets) return std::unexpected(NameFault::long_name);
    start = end++;
  }
  name.octets_[start] = 0;
  name.size_ = static_cast<std::uint8_t>(start + 1);
  return name;
}

std::optional<Name> Name::from_wire(View octets) {
  if (octets.empty() || octets.size() > max_octets) return std::nullopt;
  Reader reader(octets);
  const auto read_name = read(reader);
  if (!read_name || read_name->compressed || !reader.done()) return std::nullopt;
  return read_name->name;
}

std::optional<Name::Read> Name::read(Reader& reader) {
  Read result;
  Name& name = result.name;
  std::size_t size = 0;
  Reader at = reader;
  std::size_t lowest = reader.at();  // every jump goes below all that was read before: no loops
  int pointers = 0;
  for (;;) {
    const auto length = at.u8();
    if (!length) return std::nullopt;
    if (*length >= 0xc0) {
      const auto low = at.u8();
      if (!low) return std::nullopt;
      if (!result.compressed) reader.move_to(at.at());
      result.compressed = true;
      const auto target = static_cast<std::size_t>((*length & 0x3f) << 8 | *low);
      if (target >= lowest || ++pointers > max_pointers) return std::nullopt;
      lowest = target;
      at.move_to(target);
      continue;
    }
    if (*length > max_label) return std::nullopt;  // 0x40 and 0x80: no label types are in use (RFC 6891 §5)
    if (size + *length + 1 > max_octets) return std::nullopt;
    name.octets_[size++] = *length;
    if (*length == 0) break;
    const auto label = at.take(*length);
    if (!label) return std::nullopt;
    std::ranges::copy(*label, name.octets_.begin() + static_cast<std::ptrdiff_t>(size));
    size += *length;
  }
  name.size_ = static_cast<std::uint8_t>(size);
  if (!result.compressed) reader.move_to(at.at());
  return result;
}

std::string Name::print() const {
  if (is_root()) return ".";
  std::string text;
  for (std::size_t at = 0; octets_[at] != 0; at += octets_[at] + std::size_t{1}) {
    text += print_label(wire().subspan(at + 1, octets_[at]));
    text += '.';
  }
  return text;
}

std::size_t Name::labels() const { return offsets_of(wire()).count; }

View Name::label(std::size_t index) const& {
  const Offsets offsets = offsets_of(wire());
  assert(index < offsets.count);
  const std::size_t at = offsets.at[index];
  return wire().subspan(at + 1, octets_[at]);
}

Name Name::parent() const { return is_root() ? *this : ancestor(labels() - 1); }

Name Name::ancestor(std::size_t labels) const {
  const Offsets offsets = offsets_of(wire());
  if (labels >= offsets.count) return *this;
  const std::size_t from = labels == 0 ? size_ - std::size_t{1} : offsets.at[offsets.count - labels];
  Name name;
  name.size_ = static_cast<std::uint8_t>(size_ - from);
  std::ranges::copy(wire().subspan(from), name.octets_.begin());
  return name;
}

bool Name::is_at_or_below(const Name& other) const {
  if (size_ < other.size_) return false;
  const std::size_t start = size_ - std::size_t{other.size_};
  std::size_t at = 0;
  while (at < start) at += octets_[at] + std::size_t{1};
  return at == start && labels_equal(wire().subspan(start), other.wire());  // at a label's edge, not within one
}

Name Name::common_ancestor(const Name& other) const {
  const Offsets mine = offsets_of(wire());
  const Offsets theirs = offsets_of(other.wire());
  std::size_t shared = 0;
  while (shared < mine.count && shared < theirs.count) {
    const std::size_t i = mine.at[mine.count - shared - 1];
    const std::size_t j = theirs.at[theirs.count - shared - 1];
    if (!labels_equal(wire().subspan(i + 1, octets_[i]), other.wire().subspan(j + 1, other.octets_[j]))) break;
    ++shared;
  }
  return ancestor(shared);
}

std::optional<Name> Name::prepend(View label) const {
  if (label.empty() || label.size() > max_label || size_ + label.size() + 1 > max_octets) return std::nullopt;
  Name name;
  name.octets_[0] = static_cast<std::uint8_t>(label.size());
  std::ranges::copy(label, name.octets_.begin() + 1);
  std::ranges::copy(wire(), name.octets_.begin() + 1 + static_cast<std::ptrdiff_t>(label.size()));
  name.size_ = static_cast<std::uint8_t>(size_ + label.size() + 1);
  return name;
}

std::optional<Name> Name::prepend(std::string_view label) const {
  return prepend(View{reinterpret_cast<const std::uint8_t*>(label.data()), label.size()});
}

std::optional<Name> Name::under(const Name& prefix) const {
  const std::size_t front = prefix.size() - std::size_t{1};
  if (front + size_ > max_octets) return std::nullopt;
  Name name;
  std::ranges::copy(prefix.wire().first(front), name.octets_.begin());
  std::ranges::copy(wire(), name.octets_.begin() + static_cast<std::ptrdiff_t>(front));
  name.size_ = static_cast<std::uint8_t>(front + size_);
  return name;
}

std::optional<Name> Name::replace_suffix(const Name& from, const Name& to) const {
  assert(is_at_or_below(from));
  const std::size_t front = size_ - from.size();
  if (front + to.size() > max_octets) return std::nullopt;
  Name name;
  std::ranges::copy(wire().first(front), name.octets_.begin());
  std::ranges::copy(to.wire(), name.octets_.begin() + static_cast<std::ptrdiff_t>(front));
  name.size_ = static_cast<std::uint8_t>(front + to.size());
  return name;
}

Name Name::lowered() const {
  Name name = *this;
  // Length octets are at most 63, so folding 'A'..'Z' (65..90) leaves them alone.
  for (std::size_t i = 0; i < size_; ++i) name.octets_[i] = lower(octets_[i]);
  return name;
}

bool operator==(const Name& left, const Name& right) {
  return left.size_ == right.size_ && labels_equal(left.wire(), right.wire());
}

std::weak_ordering operator<=>(const Name& left, const Name& right) {
  const Offsets mine = offsets_of(left.wire());
  const Offsets theirs = offsets_of(right.wire());
  for (std::size_t i = 1; i <= std::min(mine.count, theirs.count); ++i) {
    const std::size_t l = mine.at[mine.count - i];
    const std::size_t r = theirs.at[theirs.count - i];
    const View a = left.wire().subspan(l + 1, left.octets_[l]);
    const View b = right.wire().subspan(r + 1, right.octets_[r]);
    for (std::size_t k = 0; k < std::min(a.size(), b.size()); ++k)
      if (lower(a[k]) != lower(b[k])) return lower(a[k]) <=> lower(b[k]);
    if (a.size() != b.size()) return a.size() <=> b.size();  // absent octet sorts first (RFC 4034 §6.1)
  }
  return mine.count <=> theirs.count;
}

std::string print_label(View label) {
  std::string text;
  for (const std::uint8_t octet : label) {
    const char c = static_cast<char>(octet);
    if (octet <= 0x20 || octet >= 0x7f) {
      text += '\\';
      text += static_cast<char>('0' + octet / 100);
      text += static_cast<char>('0' + octet / 10 % 10);
      text += static_cast<char>('0' + octet % 10);
    } else {
      if (std::string_view(".\\\"();@$").contains(c)) text += '\\';
      text += c;
    }
  }
  return text;
}

std::string_view to_text(NameFault fault) {
  switch (fault) {
    case NameFault::empty: return "the name is empty";
    case NameFault::empty_label: return "a label is empty (two dots in a row, or a dot at the start)";
    case NameFault::long_label: return "a label has more than 63 octets";
    case NameFault::long_name: return "the name has more than 255 octets";
    case NameFault::bad_escape: return "a backslash escape is not \\DDD (000 to 255) or one character";
  }
  return "the name cannot be read";
}

}  // namespace dns

std::size_t std::hash<dns::Name>::operator()(const dns::Name& name) const noexcept {
  std::uint64_t value = 0xcbf29ce484222325;  // FNV-1a
  for (const std::uint8_t octet : name.wire()) value = (value ^ dns::lower(octet)) * 0x100000001b3;
  return static_cast<std::size_t>(value);
}
