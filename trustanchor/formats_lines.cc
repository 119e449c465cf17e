// Trust anchors in the configuration of dnsmasq and of PowerDNS Recursor, Lua or YAML (anchors.md §2, format 7).
#include <algorithm>
#include <array>

#include "dns/text.h"
#include "trustanchor/formats.h"

namespace trustanchor {
namespace {

using Parsed = std::expected<std::vector<Anchor>, std::string>;  // of one line; error: a phrase

enum class Dialect : std::uint8_t { dnsmasq, lua, yaml };

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r";
  const std::size_t first = text.find_first_not_of(white);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(white) - first + 1);
}

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

bool takes(std::string_view& text, std::string_view word) {
  text = trimmed(text);
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  text = trimmed(text);
  return true;
}

bool is_remark(std::string_view line) { return line.empty() || line.starts_with("#") || line.starts_with("--"); }

std::optional<Dialect> dialect_of(std::string_view line) {
  if (takes(line, "trust-anchor") && line.starts_with("=")) return Dialect::dnsmasq;
  if (line.starts_with("addTA") || line.starts_with("addDS")) return Dialect::lua;
  if (line == "---" || line == "dnssec:" || line == "trustanchors:") return Dialect::yaml;
  return std::nullopt;
}

std::expected<Anchor, std::string> ds_anchor(std::string_view zone, std::string_view ds) {
  const auto name = dns::Name::parse(zone);
  if (!name) return std::unexpected("the zone is no name");
  const auto record = dns::parse_record(name->print() + " DS " + std::string(ds));
  if (!record) return std::unexpected(record.error());
  return anchor_of(*record);
}

// 'text' or "text" at the beginning; what lies behind it is left.
std::optional<std::string_view> take_quoted(std::string_view& text) {
  text = trimmed(text);
  if (text.empty() || (text[0] != '\'' && text[0] != '"')) return std::nullopt;
  const std::size_t end = text.find(text[0], 1);
  if (end == text.npos) return std::nullopt;
  const std::string_view inside = text.substr(1, end - 1);
  text = trimmed(text.substr(end + 1));
  return inside;
}

Parsed one(std::expected<Anchor, std::string> anchor) {
  if (!anchor) return std::unexpected(std::move(anchor.error()));
  return std::vector{std::move(*anchor)};
}

// trust-anchor=[IN,]ZONE,TAG,ALGORITHM,TYPE,HEX
Parsed dnsmasq_line(std::string_view line) {
  if (!takes(line, "trust-anchor") || !takes(line, "=")) return std::unexpected("only trust-anchor= is read here");
  line = trimmed(line.substr(0, line.find('#')));
  std::vector<std::string_view> parts;
  for (std::size_t comma = 0; comma != line.npos; line.remove_prefix(std::min(comma + 1, line.size()))) {
    comma = line.find(',');
    parts.push_back(trimmed(line.substr(0, comma)));
  }
  if (parts.size() == 6 && (parts[0] == "IN" || parts[0] == "in")) parts.erase(parts.begin());
  if (parts.size() != 5) return std::unexpected("trust-anchor= has zone, tag, algorithm, digest type and digest");
  std::string ds;
  for (const std::string_view part : std::span(parts).subspan(1)) ds += std::string(part) + " ";
  return one(ds_anchor(parts[0], ds));
}

// addTA('ZONE', "TAG ALGORITHM TYPE HEX"), also under its older name
Parsed lua_line(std::string_view line) {
  if (!takes(line, "addTA") && !takes(line, "addDS")) return std::unexpected("only addTA(...) is read here");
  const bool opened = takes(line, "(");
  const auto zone = take_quoted(line);
  const bool comma = takes(line, ",");
  const auto ds = take_quoted(line);
  if (!opened || !zone || !comma || !ds || !takes(line, ")"))
    return std::unexpected("addTA has two quoted words in parentheses: zone and DS");
  takes(line, ";");
  if (!is_remark(line)) return std::unexpected("more stands behind addTA(...)");
  return one(ds_anchor(*zone, *ds));
}

// dnssec: trustanchors: a list of entries with `name` and `dsrecords`, in block form; the records also as ['…', '…'].
class Yaml {
 public:
  Parsed line(std::string_view line);

 private:
  Parsed records(std::string_view text) const;
  std::optional<std::string> name_;
  bool in_records_ = false;
};

std::string_view plain(std::string_view text) {
  const auto quoted = take_quoted(text);
  return quoted ? *quoted : trimmed(text.substr(0, text.find(" #")));
}

Parsed Yaml::line(std::string_view line) {
  if (line == "---" || line == "dnssec:" || line == "trustanchors:") return std::vector<Anchor>{};
  const bool item = takes(line, "- ");
  if (takes(line, "name:")) {
    in_records_ = false;
    name_ = plain(line);
    return std::vector<Anchor>{};
  }
  if (!name_) return std::unexpected("name: comes before its DS records");
  if (takes(line, "dsrecords:")) {
    in_records_ = true;
    return records(line);
  }
  if (!item || !in_records_) return std::unexpected("only name: and dsrecords: are read here");
  return one(ds_anchor(*name_, plain(line)));
}

Parsed Yaml::records(std::string_view text) const {
  std::vector<Anchor> anchors;
  if (is_remark(text)) return anchors;
  if (!takes(text, "[")) return std::unexpected("dsrecords: is a list");
  while (!takes(text, "]")) {
    const auto ds = take_quoted(text);
    if (!ds) return std::unexpected("the DS records of a list in [ ] are quoted");
    auto anchor = ds_anchor(*name_, *ds);
    if (!anchor) return std::unexpected(std::move(anchor.error()));
    anchors.push_back(std::move(*anchor));
    if (!takes(text, ",") && !text.starts_with("]")) return std::unexpected("',' or ']' is missing");
  }
  return anchors;
}

std::optional<Dialect> first_dialect(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = trimmed(next_line(text));
    if (line == "---" || !is_remark(line)) return dialect_of(line);
  }
  return std::nullopt;
}

}  // namespace

bool is_configuration(std::string_view text) { return first_dialect(text).has_value(); }

Read read_configuration(const File& file) {
  const auto dialect = first_dialect(file.text);
  Anchors all;
  Yaml yaml;
  std::string_view rest = file.text;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = trimmed(next_line(rest));
    if (line != "---" && is_remark(line)) continue;
    Parsed parsed = dialect == Dialect::dnsmasq ? dnsmasq_line(line)
                    : dialect == Dialect::lua   ? lua_line(line)
                                                : yaml.line(line);
    if (!parsed) return std::unexpected(complaint(file.name, number, parsed.error()));
    for (Anchor& anchor : *parsed) add(all, std::move(anchor), file, number);
  }
  return all;
}

}  // namespace trustanchor
