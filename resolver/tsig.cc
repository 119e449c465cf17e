#include "resolver/tsig.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "dns/codes.h"
#include "dns/text.h"
#include "dns/text_words.h"

namespace resolver {
namespace {

using dns::Bytes;
using dns::Name;
using dns::View;
using dns::Writer;

// RFC 8945 §6, without the truncated forms: no server sends them, and half a MAC is half the proof.
struct Hmac {
  std::string_view name, digest;
};
constexpr std::array<Hmac, 6> hmacs{{{"hmac-md5.sig-alg.reg.int.", "MD5"},
                                     {"hmac-sha1.", "SHA1"},
                                     {"hmac-sha224.", "SHA224"},
                                     {"hmac-sha256.", "SHA256"},
                                     {"hmac-sha384.", "SHA384"},
                                     {"hmac-sha512.", "SHA512"}}};

constexpr std::uint16_t our_fudge = 300;  // RFC 8945 §10
constexpr std::size_t arcount_at = 10;

const Hmac* find_hmac(const Name& algorithm) {
  const auto found =
      std::ranges::find_if(hmacs, [&](const Hmac& hmac) { return Name::parse(hmac.name).value() == algorithm; });
  return found == hmacs.end() ? nullptr : &*found;
}

Bytes mac_of(const TsigKey& key, View octets) {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
  std::size_t length = 0;
  const auto* const made =
      EVP_Q_mac(nullptr, "HMAC", nullptr, find_hmac(key.algorithm)->digest.data(), nullptr, key.secret.data(),
                key.secret.size(), octets.data(), octets.size(), mac.data(), mac.size(), &length);
  if (made == nullptr) std::abort();  // no memory: a MAC that is not there must never be compared
  return {mac.begin(), mac.begin() + static_cast<std::ptrdiff_t>(length)};
}

void put_time(Writer& writer, std::uint64_t time) {
  writer.u16(static_cast<std::uint16_t>(time >> 32));
  writer.u32(static_cast<std::uint32_t>(time));
}

void put_with_length(Writer& writer, View octets) {
  writer.u16(static_cast<std::uint16_t>(octets.size()));
  writer.put(octets);
}

// What a TSIG record says (RFC 8945 §4.2), and where it begins.
struct Found {
  std::size_t at = 0;
  Name name, algorithm;
  std::uint64_t time = 0;
  std::uint16_t fudge = 0, original_id = 0, error = 0;
  Bytes mac, other;
};

// RFC 8945 §4.3.3: the variables, names in canonical form.
void put_variables(Writer& writer, const Found& tsig) {
  writer.put(tsig.name.lowered().wire());
  writer.u16(dns::number(dns::RRClass::any));
  writer.u32(0);
  writer.put(tsig.algorithm.lowered().wire());
  put_time(writer, tsig.time);
  writer.u16(tsig.fudge);
  writer.u16(tsig.error);
  put_with_length(writer, tsig.other);
}

std::optional<Found> read_data(View data) {
  dns::Reader reader(data);
  Found found;
  const auto algorithm = Name::read(reader);
  const auto high = reader.u16();
  const auto low = reader.u32();
  const auto fudge = reader.u16();
  const auto length = reader.u16();
  const auto mac = length ? reader.take(*length) : std::nullopt;
  const auto id = reader.u16();
  const auto error = reader.u16();
  const auto other_length = reader.u16();
  const auto other = other_length ? reader.take(*other_length) : std::nullopt;
  if (!algorithm || !high || !low || !fudge || !mac || !id || !error || !other || !reader.done()) return std::nullopt;
  found.algorithm = algorithm->name;
  found.time = std::uint64_t{*high} << 32 | *low;
  found.fudge = *fudge;
  found.original_id = *id;
  found.error = *error;
  found.mac.assign(mac->begin(), mac->end());
  found.other.assign(other->begin(), other->end());
  return found;
}

// RFC 8945 §5.1: the last record of the additional section, and the only one of its type.
std::expected<std::optional<Found>, std::string> find_tsig(View message) {
  const auto broken = std::unexpected(std::string("a message that cannot be followed to its end"));
  dns::Reader reader(message);
  reader.take(4);
  std::array<std::uint16_t, 4> counts{};
  for (auto& count : counts) {
    const auto read = reader.u16();
    if (!read) return broken;
    count = *read;
  }
  for (std::uint16_t i = 0; i < counts[0]; ++i)
    if (!Name::read(reader) || !reader.take(4)) return broken;
  const std::size_t records = std::size_t{counts[1]} + counts[2] + counts[3];
  for (std::size_t i = 0; i < records; ++i) {
    const std::size_t at = reader.at();
    const auto owner = Name::read(reader);
    const auto type = reader.u16();
    const auto rrclass = reader.u16();
    const auto ttl = reader.u32();
    const auto length = reader.u16();
    const auto data = length ? reader.take(*length) : std::nullopt;
    if (!owner || !type || !rrclass || !ttl || !data) return broken;
    if (dns::RRType{*type} != dns::RRType::tsig) continue;
    auto found = read_data(*data);
    const bool is_last = i + 1 == records && counts[3] > 0 && reader.done();
    if (!found || !is_last || dns::RRClass{*rrclass} != dns::RRClass::any || *ttl != 0)
      return std::unexpected(std::string("a TSIG record that is not one, or not at the end"));
    found->at = at;
    found->name = owner->name;
    return found;
  }
  return std::nullopt;
}

// As it was before the record was put to it (RFC 8945 §5.2).
Bytes without(View message, const Found& tsig) {
  Writer writer;
  writer.u16(tsig.original_id);
  writer.put(message.subspan(2, tsig.at - 2));
  const auto arcount = static_cast<std::uint16_t>(message[arcount_at] << 8 | message[arcount_at + 1]);
  writer.put_u16_at(arcount_at, static_cast<std::uint16_t>(arcount - 1));
  return writer.take();
}

std::string name_of_error(std::uint16_t error) {
  constexpr std::uint16_t badsig = 16, badtrunc = 22;  // 16 is BADVERS too (RFC 8945 §10.2)
  if (error == badsig) return "BADSIG";
  return error == badtrunc ? "BADTRUNC" : dns::to_text(dns::Rcode{error});
}

std::uint64_t epoch(dns::Time time) { return static_cast<std::uint64_t>(time.time_since_epoch().count()); }

std::unexpected<std::string> refused(const Found& tsig, dns::Time now) {
  std::string text = fmt::format("the server takes our TSIG for wrong: {}", name_of_error(tsig.error));
  if (dns::Rcode{tsig.error} == dns::Rcode::badtime && tsig.other.size() == 6) {
    std::uint64_t theirs = 0;
    for (const std::uint8_t octet : tsig.other) theirs = theirs << 8 | octet;
    text += fmt::format(" (its clock differs from ours by {} s)",
                        static_cast<std::int64_t>(theirs) - static_cast<std::int64_t>(epoch(now)));
  }
  return std::unexpected(text);
}

}  // namespace

Bytes Tsig::sign(Bytes query, dns::Time now) {
  Found tsig;
  tsig.name = key_.name;
  tsig.algorithm = key_.algorithm;
  tsig.time = epoch(now);
  tsig.fudge = our_fudge;
  tsig.original_id = static_cast<std::uint16_t>(query[0] << 8 | query[1]);
  Writer digested;
  digested.put(query);
  put_variables(digested, tsig);
  prior_ = mac_of(key_, digested.view());

  Writer data;
  data.put(tsig.algorithm.wire());
  put_time(data, tsig.time);
  data.u16(tsig.fudge);
  put_with_length(data, prior_);
  data.u16(tsig.original_id);
  data.u16(0);
  data.u16(0);
  Writer writer;
  writer.put(query);
  writer.put(key_.name.wire());
  writer.u16(dns::number(dns::RRType::tsig));
  writer.u16(dns::number(dns::RRClass::any));
  writer.u32(0);
  put_with_length(writer, data.view());
  writer.put_u16_at(arcount_at, static_cast<std::uint16_t>((query[arcount_at] << 8 | query[arcount_at + 1]) + 1));
  return writer.take();
}

std::expected<void, std::string> Tsig::check(View message, dns::Time now) {
  const auto found = find_tsig(message);
  if (!found) return std::unexpected(found.error());
  if (!*found) {
    if (is_first_) return std::unexpected("the reply bears no TSIG");
    if (++unsigned_messages_ > unsigned_most)
      return std::unexpected(fmt::format("more than {} messages without TSIG", unsigned_most));
    pending_.insert(pending_.end(), message.begin(), message.end());
    return {};
  }
  const Found& tsig = **found;
  // RFC 8945 §5.4: key, then MAC, then time; nothing is said of a time that nobody vouches for.
  if (tsig.name != key_.name || tsig.algorithm != key_.algorithm)
    return std::unexpected(fmt::format("TSIG by key {} ({}), not by ours", tsig.name.print(), tsig.algorithm.print()));
  if (tsig.error != 0 && tsig.mac.empty()) return refused(tsig, now);

  Writer digested;
  put_with_length(digested, prior_);
  digested.put(pending_);
  digested.put(without(message, tsig));
  if (is_first_) {
    put_variables(digested, tsig);
  } else {
    put_time(digested, tsig.time);  // RFC 8945 §5.3.1: timers alone
    digested.u16(tsig.fudge);
  }
  const Bytes due = mac_of(key_, digested.view());
  if (tsig.mac.size() != due.size() || CRYPTO_memcmp(tsig.mac.data(), due.data(), due.size()) != 0)
    return std::unexpected("the TSIG's MAC is wrong: another secret, or the message was changed");
  if (tsig.error != 0) return refused(tsig, now);
  const std::uint64_t here = epoch(now);
  const std::uint64_t apart = here > tsig.time ? here - tsig.time : tsig.time - here;
  if (apart > tsig.fudge)
    return std::unexpected(fmt::format("the TSIG's time is {} s away from ours, {} are allowed", apart, tsig.fudge));
  prior_ = tsig.mac;
  pending_.clear();
  unsigned_messages_ = 0;
  is_first_ = false;
  return {};
}

namespace {

std::expected<TsigKey, std::string> make_key(std::string_view algorithm, std::string_view name,
                                             std::string_view secret) {
  std::string word(algorithm.empty() ? "hmac-sha256" : algorithm);
  if (word == "hmac-md5") word = "hmac-md5.sig-alg.reg.int";
  const auto hmac = Name::parse(word);
  if (!hmac || find_hmac(*hmac) == nullptr)
    return std::unexpected(fmt::format("unknown algorithm {} (hmac-sha256, hmac-sha512 and so on)", dns::show(word)));
  const auto owner = Name::parse(name);
  if (!owner) return std::unexpected(fmt::format("key name: {}", dns::to_text(owner.error())));
  const auto octets = dns::decode_base64(secret);
  if (!octets || octets->empty()) return std::unexpected("the secret is no base64");
  return TsigKey{*owner, *hmac, *octets};
}

// Words of a configuration: brackets, semicolons, quotes and dashes around them are not of the word, nor a colon at
// its end; # and // begin comments.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  const auto end_word = [&] {
    if (words.back().ends_with(':')) words.back().pop_back();
    if (!words.back().empty()) words.emplace_back();
  };
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote == 0 && words.back().empty() && (c == '#' || text.substr(i).starts_with("//"))) {
      i = std::min(text.find('\n', i), text.size() - 1);
    } else if (c == '"' || c == '\'') {
      if (quote != 0 && c != quote) return {};
      quote = quote == 0 ? c : '\0';
      if (quote == 0) end_word();
    } else if (quote == 0 && std::string_view(" \t\r\n{};").contains(c)) {
      end_word();
    } else {
      words.back().push_back(c);
    }
  }
  end_word();
  words.pop_back();
  std::erase(words, "-");
  return words;
}

}  // namespace

std::expected<TsigKey, std::string> parse_tsig_key(std::string_view text) {
  const auto last = text.rfind(':');
  if (last == std::string_view::npos) return std::unexpected("write [hmac:]name:secret");
  const auto secret = text.substr(last + 1);
  const auto head = text.substr(0, last);
  const auto colon = head.find(':');
  return colon == std::string_view::npos ? make_key("", head, secret)
                                         : make_key(head.substr(0, colon), head.substr(colon + 1), secret);
}

std::expected<TsigKey, std::string> parse_tsig_file(std::string_view text) {
  const auto words = words_of(text);
  if (words.size() == 1) return parse_tsig_key(words[0]);
  std::vector<std::string> names, algorithms, secrets;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string& next = words[i + 1];
    if (words[i] == "key" && next != "name" && next != "id") names.push_back(next);  // key "x" { … };
    if (words[i] == "name" || words[i] == "id") names.push_back(next);
    if (words[i] == "algorithm") algorithms.push_back(next);
    if (words[i] == "secret") secrets.push_back(next);
  }
  if (names.size() != 1 || secrets.size() != 1 || algorithms.size() > 1)
    return std::unexpected("not one key: name, algorithm and secret, each once");
  return make_key(algorithms.empty() ? "" : algorithms[0], names[0], secrets[0]);
}

}  // namespace resolver
