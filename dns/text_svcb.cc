#include <algorithm>
#include <array>

#include "dns/text_fields.h"

namespace dns {
namespace {

// Service parameters (RFC 9460 §14.3.2) by the form of their value.
enum class Value : std::uint8_t { keys, list, none, port, ipv4s, base64, ipv6s, text };

struct Key {
  std::uint16_t number;
  std::string_view word;
  Value value;
};

constexpr auto keys = std::to_array<Key>({
    {0, "mandatory", Value::keys},
    {1, "alpn", Value::list},
    {2, "no-default-alpn", Value::none},
    {3, "port", Value::port},
    {4, "ipv4hint", Value::ipv4s},
    {5, "ech", Value::base64},
    {6, "ipv6hint", Value::ipv6s},
    {7, "dohpath", Value::text},  // RFC 9461 §5
    {8, "ohttp", Value::none},    // RFC 9540 §4
});

constexpr std::uint16_t mandatory = 0;

Value value_of(std::uint16_t number) { return number < keys.size() ? keys[number].value : Value::text; }

std::string print_key(std::uint16_t number) {
  return number < keys.size() ? std::string(keys[number].word) : "key" + std::to_string(number);
}

// RFC 9460 §2.1: "key" and a number without leading zeros stands for any key.
std::optional<std::uint16_t> parse_key(std::string_view word) {
  const auto found = std::ranges::find(keys, word, &Key::word);
  if (found != keys.end()) return found->number;
  if (!word.starts_with("key") || (word.size() > 4 && word[3] == '0')) return std::nullopt;
  const auto value = number_of(word.substr(3), 0xffff);
  if (!value) return std::nullopt;
  return static_cast<std::uint16_t>(*value);
}

// RFC 9460 §A.1: items between commas; in an item, a backslash keeps a comma or a backslash.
std::optional<std::vector<Bytes>> split(View text) {
  std::vector<Bytes> items(1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == ',') {
      items.emplace_back();
      continue;
    }
    if (text[at] == '\\') ++at;
    if (at == text.size()) return std::nullopt;
    items.back().push_back(text[at]);
  }
  if (std::ranges::any_of(items, &Bytes::empty)) return std::nullopt;
  return items;
}

std::string text_of(View octets) { return {octets.begin(), octets.end()}; }

bool put_keys(const std::vector<Bytes>& items, Writer& out) {
  std::vector<std::uint16_t> numbers;
  for (const Bytes& item : items) {
    const auto number = parse_key(text_of(item));
    if (!number || *number == mandatory) return false;  // RFC 9460 §8: not itself, none twice
    numbers.push_back(*number);
  }
  std::ranges::sort(numbers);
  if (std::ranges::adjacent_find(numbers) != numbers.end()) return false;
  for (const auto number : numbers) out.u16(number);
  return true;
}

bool put_list(const std::vector<Bytes>& items, Writer& out) {
  for (const Bytes& item : items) {
    if (item.size() > 255) return false;
    out.u8(static_cast<std::uint8_t>(item.size()));
    out.put(item);
  }
  return true;
}

bool put_addresses(const std::vector<Bytes>& items, Address::Family family, Writer& out) {
  for (const Bytes& item : items) {
    const auto address = parse_address(text_of(item));
    if (!address || address->family != family) return false;
    put(out, *address);
  }
  return true;
}

bool put_port(View text, Writer& out) {
  const auto port = number_of(text_of(text), 0xffff);
  if (port) out.u16(static_cast<std::uint16_t>(*port));
  return port.has_value();
}

bool put_base64(View text, Writer& out) {
  const auto octets = decode_base64(text_of(text));
  if (octets) out.put(*octets);
  return octets && !octets->empty();
}

bool put_value(Value form, View text, Writer& out) {
  switch (form) {
    case Value::none: return text.empty();
    case Value::port: return put_port(text, out);
    case Value::base64: return put_base64(text, out);
    case Value::text: out.put(text); return true;
    default: break;
  }
  const auto items = split(text);
  if (!items) return false;
  if (form == Value::keys) return put_keys(*items, out);
  if (form == Value::list) return put_list(*items, out);
  return put_addresses(*items, form == Value::ipv4s ? Address::Family::ipv4 : Address::Family::ipv6, out);
}

struct Param {
  std::uint16_t key;
  Bytes value;
};

// key, key=value or key="value".
std::optional<Param> take_param(FieldReader& words) {
  const Word& word = *words.take_word("a parameter");
  const std::size_t equals = std::min(word.text.find('='), word.text.size());
  const auto key = word.kind == Word::Kind::quoted ? std::nullopt : parse_key(word.text.substr(0, equals));
  if (!key) return words.fail_expected("a service parameter", word.text);
  std::string_view text = equals == word.text.size() ? "" : word.text.substr(equals + 1);
  if (word.kind == Word::Kind::pair) {
    if (!text.starts_with('"')) return words.fail("a quote inside a value is not escaped");
    text = text.substr(1, text.size() - 2);
  }
  const auto octets = unescape(text);
  Writer value;
  if (!octets || !put_value(value_of(*key), *octets, value) || value.size() > 0xffff)
    return words.fail("the value of " + print_key(*key) + " cannot be read");
  return Param{*key, value.take()};
}

bool has_key(const std::vector<Param>& params, std::uint16_t key) {
  return std::ranges::binary_search(params, key, {}, &Param::key);
}

// RFC 9460 §8: what is mandatory is there.
bool has_mandatory(const std::vector<Param>& params) {
  if (params.empty() || params.front().key != mandatory) return true;
  Reader reader(params.front().value);
  while (const auto key = reader.u16())
    if (!has_key(params, *key)) return false;
  return true;
}

std::string print_list(Reader reader) {
  Bytes text;
  while (const auto length = reader.u8()) {
    const auto item = reader.take(*length);
    if (!item) return {};
    if (!text.empty()) text.push_back(',');
    for (const std::uint8_t octet : *item) {
      if (octet == ',' || octet == '\\') text.push_back('\\');
      text.push_back(octet);
    }
  }
  return quote(text);
}

std::string print_addresses(Reader reader, Address::Family family) {
  std::string text;
  while (const auto octets = reader.take(family == Address::Family::ipv4 ? 4 : 16)) {
    Address address{.family = family};
    std::ranges::copy(*octets, address.octets.begin());
    text += (text.empty() ? "" : ",") + print(address);
  }
  return text;
}

std::string print_keys(Reader reader) {
  std::string text;
  while (const auto key = reader.u16()) text += (text.empty() ? "" : ",") + print_key(*key);
  return text;
}

std::string print_value(Value form, View value) {
  switch (form) {
    case Value::none: return {};
    case Value::port: return value.size() == 2 ? std::to_string(value[0] << 8 | value[1]) : std::string{};
    case Value::ipv4s: return print_addresses(Reader(value), Address::Family::ipv4);
    case Value::ipv6s: return print_addresses(Reader(value), Address::Family::ipv6);
    case Value::base64: return encode_base64(value);
    case Value::keys: return print_keys(Reader(value));
    case Value::list: return print_list(Reader(value));
    case Value::text: return value.empty() ? std::string{} : quote(value);
  }
  return {};
}

}  // namespace

bool parse_svcb(FieldReader& words, Writer& out) {
  const auto priority = words.take_u16();
  const auto target = words.take_name();
  if (!priority || !target) return false;
  std::vector<Param> params;
  while (!words.done()) {
    auto param = take_param(words);
    if (!param) return false;
    params.push_back(std::move(*param));
  }
  std::ranges::sort(params, {}, &Param::key);
  const auto fail = [&](std::string_view why) { return words.fail(why), false; };
  if (std::ranges::adjacent_find(params, {}, &Param::key) != params.end())
    return fail("a service parameter stands twice");
  if (!has_mandatory(params)) return fail("a parameter that is called mandatory is missing");
  out.u16(*priority);
  out.put(target->wire());
  for (const Param& param : params) {
    out.u16(param.key);
    out.u16(static_cast<std::uint16_t>(param.value.size()));
    out.put(param.value);
  }
  return true;
}

std::optional<std::string> print_svcb(View rdata) {
  Reader reader(rdata);
  const auto priority = *reader.u16();
  std::string text = std::to_string(priority) + ' ' + Name::read(reader)->name.print();
  while (!reader.done()) {
    const auto key = reader.u16();
    const auto length = reader.u16();
    const auto value = length ? reader.take(*length) : std::nullopt;
    if (!value) return std::nullopt;
    text += ' ' + print_key(*key);
    const std::string printed = print_value(value_of(*key), *value);
    if (!printed.empty()) text += '=' + printed;
  }
  // Keys out of order, cut values and the like have no text of their own: what does not read back is printed as octets.
  const auto again = parse_rdata(RRType::svcb, text, Name{});
  if (!again || !octets_equal(*again, rdata)) return std::nullopt;
  return text;
}

}  // namespace dns
