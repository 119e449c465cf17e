#include "cli/rollover_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "dns/text.h"

namespace cli {
namespace {

using validator::KeyName;
using validator::RolloverLook;

constexpr std::string_view heading = "; trustwalk rollover --state, version 1: what was seen of a zone, look by look\n";

std::string names_text(const std::vector<KeyName>& names) {
  std::string text;
  for (const auto& name : names) text += fmt::format(" {}/{}", name.tag, dns::number(name.algorithm));
  return text;
}

std::string look_text(const RolloverLook& look) {
  std::string text = fmt::format("look {} {}\n", dns::print_rfc3339(look.first), dns::print_rfc3339(look.last));
  for (const auto& [server, one] : look.parent) {
    text += fmt::format("parent {} {}\n", dns::print(server), one.ttl.count());
    for (const auto& ds : one.ds) text += fmt::format("ds {}\n", dns::print_rdata(dns::RRType::ds, dns::write(ds)));
  }
  for (const auto& [server, one] : look.keys) {
    text += fmt::format("keys {} {}{}\n", dns::print(server), one.ttl.count(), names_text(one.signing));
    for (const auto& key : one.published)
      text += fmt::format("key {}\n", dns::print_rdata(dns::RRType::dnskey, dns::write(key)));
  }
  for (const auto& [server, one] : look.data) {
    text += fmt::format("data {} {}\n", dns::print(server), one.ttl.count());
    for (const auto& names : one.signers) text += fmt::format("by{}\n", names_text(names));
  }
  if (look.cds) text += "cds\n";
  if (look.cds)
    for (const auto& ds : *look.cds) text += fmt::format("ask {}\n", dns::print_rdata(dns::RRType::ds, dns::write(ds)));
  for (const auto& server : look.silent) text += fmt::format("silent {}\n", dns::print(server));
  return text;
}

std::string_view take_word(std::string_view& line) {
  const auto end = std::min(line.find(' '), line.size());
  const auto word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

template <class Number>
std::optional<Number> number(std::string_view word, unsigned most) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (word.empty() || error != std::errc() || end != word.data() + word.size() || value > most) return std::nullopt;
  return static_cast<Number>(value);
}

class Reading {
 public:
  explicit Reading(const dns::Name& zone) : zone_(zone) {}

  // False: not a line of this form, or not in its place.
  bool take(std::string_view line) {
    const auto word = take_word(line);
    if (word == "zone") return looks_.empty() && dns::Name::parse(line) == zone_;
    if (word == "look") return look(line);
    if (looks_.empty()) return false;
    if (word == "parent") return server(line, looks_.back().parent, ds_);
    if (word == "keys") return server(line, looks_.back().keys, keys_) && names(line, keys_->signing);
    if (word == "data") return server(line, looks_.back().data, data_);
    if (word == "ds") return ds_ != nullptr && add_ds(line, ds_->ds);
    if (word == "key") return keys_ != nullptr && add_key(line);
    if (word == "by") return data_ != nullptr && names(line, data_->signers.emplace_back());
    if (word == "cds") return line.empty() && (looks_.back().cds.emplace(), true);
    if (word == "ask") return looks_.back().cds && add_ds(line, *looks_.back().cds);
    if (word == "silent") return silent(line);
    return false;
  }
  std::vector<RolloverLook> looks() { return std::move(looks_); }

 private:
  bool look(std::string_view line) {
    const auto first = dns::parse_time(take_word(line)), last = dns::parse_time(line);
    if (!first || !last || *last < *first || looks_.size() >= most_looks) return false;
    if (!looks_.empty() && *first < looks_.back().last) return false;
    looks_.emplace_back().first = *first;
    looks_.back().last = *last;
    ds_ = nullptr, keys_ = nullptr, data_ = nullptr;
    return true;
  }

  template <class Look>
  bool server(std::string_view& line, std::map<dns::Address, Look>& list, Look*& place) {
    const auto address = dns::parse_address(take_word(line), 0);
    const auto ttl = number<std::int64_t>(take_word(line), 0x7fffffff);
    if (!address || !ttl) return false;
    place = &list[*address];
    place->ttl = dns::Seconds{*ttl};
    return true;
  }

  static bool names(std::string_view line, std::vector<KeyName>& list) {
    while (!line.empty()) {
      const auto word = take_word(line);
      const auto slash = word.find('/');
      if (slash == std::string_view::npos) return false;
      const auto tag = number<dns::KeyTag>(word.substr(0, slash), 65535);
      const auto algorithm = number<std::uint8_t>(word.substr(slash + 1), 255);
      if (!tag || !algorithm) return false;
      list.push_back({*tag, dns::Algorithm{*algorithm}});
    }
    return true;
  }

  bool add_ds(std::string_view line, std::vector<dns::Ds>& list) const {
    const auto rdata = dns::parse_rdata(dns::RRType::ds, line, zone_);
    const auto ds = rdata ? dns::read_ds(*rdata) : std::nullopt;
    if (ds) list.push_back(*ds);
    return ds.has_value();
  }
  bool add_key(std::string_view line) {
    const auto rdata = dns::parse_rdata(dns::RRType::dnskey, line, zone_);
    const auto key = rdata ? dns::read_dnskey(*rdata) : std::nullopt;
    if (key) keys_->published.push_back(*key);
    return key.has_value();
  }
  bool silent(std::string_view line) {
    const auto address = dns::parse_address(line, 0);
    if (address) looks_.back().silent.push_back(*address);
    return address.has_value();
  }

  const dns::Name& zone_;
  std::vector<RolloverLook> looks_;
  validator::DsLook* ds_ = nullptr;
  validator::KeysLook* keys_ = nullptr;
  validator::DataLook* data_ = nullptr;
};

}  // namespace

std::string write_looks(const dns::Name& zone, const std::vector<RolloverLook>& looks) {
  std::string text(heading);
  text += fmt::format("zone {}\n", zone.print());
  const std::size_t left_out = looks.size() > most_looks ? looks.size() - most_looks : 0;
  for (std::size_t i = left_out; i < looks.size(); ++i) text += look_text(looks[i]);
  return text;
}

std::expected<std::vector<RolloverLook>, std::string> read_looks(std::string_view text, const std::string& file,
                                                                 const dns::Name& zone) {
  if (text.empty()) return std::vector<RolloverLook>{};
  if (!text.starts_with(heading)) return std::unexpected(fmt::format("{} is no file of rollover --state", file));
  Reading reading(zone);
  std::size_t line_number = 0;
  while (!text.empty()) {
    ++line_number;
    const auto end = text.find('\n');
    if (end == std::string_view::npos)
      return std::unexpected(fmt::format("{} is cut off in line {}", file, line_number));
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line.empty() || line.starts_with(';')) continue;
    if (!reading.take(line))
      return std::unexpected(
          fmt::format("{}, line {}: not what rollover wrote there of {}", file, line_number, zone.print()));
  }
  return reading.looks();
}

}  // namespace cli
