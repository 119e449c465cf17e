#include "validator/finding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "validator/sentence.h"

namespace validator {
namespace {

std::string in_sentence(const Finding& finding, const Detail& detail);
std::vector<Filling> subject_fillings(const Finding& finding);
std::string server_text(const Subject& subject);
std::string numbered(dns::Algorithm algorithm);
std::string numbered(dns::Digest digest);

}  // namespace

int cause_rank(const Finding& finding) {
  const int layer = row(finding.code).layer;
  return layer <= 1 ? layer : 10 * finding.depth + layer;
}

const Value* detail(const Finding& finding, std::string_view name) {
  const auto found = std::ranges::find(finding.details, name, &Detail::name);
  return found == finding.details.end() ? nullptr : &found->value;
}

std::string sentence(const Finding& finding) {
  std::vector<Filling> fillings;
  for (const auto& each : finding.details) fillings.emplace_back(each.name, in_sentence(finding, each));
  std::ranges::move(subject_fillings(finding), std::back_inserter(fillings));
  return render(row(finding.code).sentence, fillings);
}

std::string print(const Subject& subject) {
  const auto name = subject.name.print();
  switch (subject.kind) {
    case SubjectKind::zone: return fmt::format("zone {}", name);
    case SubjectKind::delegation: return fmt::format("delegation of {}", name);
    case SubjectKind::server: return server_text(subject);
    case SubjectKind::transport:
      return fmt::format("{} to {}", subject.transport == dns::Manner::Transport::tcp ? "TCP" : "UDP",
                         server_text(subject));
    case SubjectKind::key: return fmt::format("key {} of {}", subject.tag, name);
    case SubjectKind::ds: return fmt::format("DS {} of {}", subject.tag, name);
    case SubjectKind::signature:
      return fmt::format("signature over {} {} by key {}", name, dns::to_text(subject.type), subject.tag);
    case SubjectKind::rrset: return fmt::format("{} {}", name, dns::to_text(subject.type));
    case SubjectKind::denial: return fmt::format("denial of {} {}", name, dns::to_text(subject.type));
    case SubjectKind::anchor: return fmt::format("trust anchor {} of {}", subject.tag, name);
    case SubjectKind::answer: return fmt::format("answer for {} {}", name, dns::to_text(subject.type));
  }
  return name;
}

std::string_view to_text(Security security) {
  switch (security) {
    case Security::secure: return "secure";
    case Security::insecure: return "insecure";
    case Security::bogus: return "bogus";
    case Security::indeterminate: return "indeterminate";
  }
  return "indeterminate";
}

std::string_view to_text(Wanted wanted) {
  switch (wanted) {
    case Wanted::nxdomain: return "nxdomain";
    case Wanted::nodata: return "nodata";
    case Wanted::wildcard_answer: return "wildcard-answer";
    case Wanted::no_ds: return "no-ds";
  }
  return "nxdomain";
}

namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

template <class List, class Print>
std::string joined(const List& list, Print print_one) {
  std::string out;
  for (const auto& each : list) {
    if (!out.empty()) out += ", ";
    out += print_one(each);
  }
  return out;
}

}  // namespace

std::string print(const Value& value) {
  return std::visit(Overloaded{
                        [](std::uint64_t number) { return fmt::to_string(number); },
                        [](std::int64_t number) { return fmt::to_string(number); },
                        [](const std::string& text) { return printable(text); },
                        [](const dns::Name& name) { return name.print(); },
                        [](dns::RRType type) { return dns::to_text(type); },
                        [](dns::Time time) { return dns::print_rfc3339(time); },
                        [](const dns::Address& address) { return dns::print(address); },
                        [](const std::vector<std::uint16_t>& numbers) {
                          return joined(numbers, [](std::uint16_t number) { return fmt::to_string(number); });
                        },
                        [](const std::vector<dns::RRType>& types) {
                          return joined(types, [](dns::RRType type) { return dns::to_text(type); });
                        },
                        [](const std::vector<KeyId>& keys) {
                          return joined(keys, [](const KeyId& key) {
                            return fmt::format("{} ({})", key.tag, numbered(key.algorithm));
                          });
                        },
                        [](const std::vector<DsId>& set) {
                          return joined(set, [](const DsId& ds) {
                            return fmt::format("{} ({}, {})", ds.tag, numbered(ds.algorithm), numbered(ds.digest));
                          });
                        },
                        [](const NamedAddresses& servers) {
                          return joined(servers, [](const auto& server) {
                            const auto name = server.first.print();
                            return server.second ? fmt::format("{} {}", name, dns::print(*server.second)) : name;
                          });
                        },
                        [](const Serials& serials) {
                          return joined(serials, [](const auto& each) {
                            return fmt::format("{} has {}", dns::print(each.first), each.second);
                          });
                        },
                    },
                    value);
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto taken = safe_utf8(text.substr(at));
    out += taken == 0 ? std::string_view{"?"} : text.substr(at, taken);
    at += std::max<std::size_t>(taken, 1);
  }
  return out;
}

// Unicode §3.9 table 3-7: the only sequences that are well-formed.
std::size_t utf8_length(std::string_view text) {
  const auto octet = [&](std::size_t at) { return at < text.size() ? static_cast<std::uint8_t>(text[at]) : 0U; };
  const auto follows = [&](std::size_t at) { return octet(at) >= 0x80 && octet(at) <= 0xBF; };
  const unsigned first = octet(0), second = octet(1);
  if (text.empty()) return 0;
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool good =
        follows(1) && follows(2) && (first != 0xE0 || second >= 0xA0) && (first != 0xED || second <= 0x9F);
    return good ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool good = follows(1) && follows(2) && follows(3) && (first != 0xF0 || second >= 0x90) &&
                      (first != 0xF4 || second <= 0x8F);
    return good ? 4 : 0;
  }
  return 0;
}

std::size_t safe_utf8(std::string_view text) {
  const auto length = utf8_length(text);
  if (length == 1) return text[0] >= 0x20 && text[0] != 0x7F ? 1 : 0;
  if (length == 2) return text[0] == '\xC2' && static_cast<std::uint8_t>(text[1]) < 0xA0 ? 0 : 2;
  if (length != 3) return length;
  // What turns or breaks a line would let a stranger's text rewrite ours: U+200E, 200F, 2028 to 202E, 2066 to 2069,
  // FEFF.
  const auto last = static_cast<std::uint8_t>(text[2]);
  if (text.starts_with("\xE2\x80") && (last == 0x8E || last == 0x8F || (last >= 0xA8 && last <= 0xAE))) return 0;
  if (text.starts_with("\xE2\x81") && last >= 0xA6 && last <= 0xA9) return 0;
  return text.starts_with("\xEF\xBB\xBF") ? 0 : 3;
}

std::string in_words(std::chrono::seconds duration) {
  struct Unit {
    std::int64_t seconds;
    std::string_view name;
  };
  static constexpr std::array units{Unit{86400, "day"}, Unit{3600, "hour"}, Unit{60, "minute"}, Unit{1, "second"}};
  auto left = duration.count() < 0 ? -duration.count() : duration.count();
  std::string out;
  for (const auto& unit : units) {
    const bool is_second = !out.empty();
    const auto count = left / unit.seconds;
    left %= unit.seconds;
    if (count > 0) out += fmt::format("{}{} {}{}", is_second ? " " : "", count, unit.name, count == 1 ? "" : "s");
    if (is_second) break;
  }
  return out.empty() ? "0 seconds" : out;
}

namespace {

// findings.md §1: a parameter has its type wherever it appears, so its name says what a bare number counts.
bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

bool is_ttl(std::string_view name) { return is_one_of(name, {"ttl", "original_ttl", "expected_ttl"}); }

bool is_duration(std::string_view name) {
  return is_ttl(name) || is_one_of(name, {"remaining", "period", "age", "usual", "offset", "waited", "soa_expire"});
}

// Two TTLs that differ by a second must not read alike.
std::string ttl_text(std::int64_t seconds) {
  const bool whole = seconds % 86400 == 0 || (seconds < 86400 && seconds % 60 == 0);
  return whole ? in_words(std::chrono::seconds{seconds}) : fmt::format("{} seconds", seconds);
}

std::string number_in_sentence(const Finding& finding, std::string_view name, std::int64_t number) {
  // `limit` counts nearly everywhere, but is a duration where a TTL is measured by it.
  const bool time_limit = name == "limit" && finding.code == Code::ds_ttl_long;
  if (is_ttl(name) || time_limit) return ttl_text(number);
  if (is_duration(name)) return in_words(std::chrono::seconds{number});
  if (name == "rcode") return dns::to_text(static_cast<dns::Rcode>(number));
  if (name == "algorithm") return numbered(static_cast<dns::Algorithm>(number));
  if (name == "ede") {
    const auto known = dns::ede_name(static_cast<int>(number));
    return known.empty() ? fmt::to_string(number) : fmt::format("{} {}", number, known);
  }
  return fmt::to_string(number);
}

std::string in_sentence(const Finding& finding, const Detail& detail) {
  const auto name = detail.name;
  if (const auto* number = std::get_if<std::uint64_t>(&detail.value)) {
    return number_in_sentence(finding, name, static_cast<std::int64_t>(*number));
  }
  if (const auto* number = std::get_if<std::int64_t>(&detail.value)) return number_in_sentence(finding, name, *number);
  if (const auto* numbers = std::get_if<std::vector<std::uint16_t>>(&detail.value)) {
    if (name == "algorithms") {
      return joined(*numbers, [](auto number) { return numbered(static_cast<dns::Algorithm>(number)); });
    }
    if (name == "digests" || name == "stronger") {
      return joined(*numbers, [](auto number) { return numbered(static_cast<dns::Digest>(number)); });
    }
  }
  if (const auto* word = std::get_if<std::string>(&detail.value)) {
    return printable(in_words(finding.code, name, *word));
  }
  return print(detail.value);
}

// The fields that the kind of subject has; a missing one is left out, so that a bracketed piece of the sentence goes.
std::vector<Filling> subject_fillings(const Finding& finding) {
  const auto& subject = finding.subject;
  const auto kind = subject.kind;
  const bool is_server = kind == SubjectKind::server || kind == SubjectKind::transport;
  const bool names_zone = kind == SubjectKind::zone || kind == SubjectKind::delegation || kind == SubjectKind::key ||
                          kind == SubjectKind::ds || kind == SubjectKind::anchor;
  std::vector<Filling> out{{"zone", names_zone ? subject.name.print() : finding.zone.print()}};
  if (!is_server) out.emplace_back("name", subject.name.print());
  if (is_server || subject.address) out.emplace_back("server", server_text(subject));
  if (subject.type != dns::RRType{}) out.emplace_back("type", dns::to_text(subject.type));
  if (kind == SubjectKind::key || kind == SubjectKind::ds || kind == SubjectKind::signature) {
    out.emplace_back("tag", fmt::to_string(subject.tag));
    out.emplace_back("algorithm", numbered(subject.algorithm));
  }
  if (kind == SubjectKind::anchor) out.emplace_back("tag", fmt::to_string(subject.tag));
  if (kind == SubjectKind::ds) out.emplace_back("digest", numbered(subject.digest));
  if (kind == SubjectKind::signature) out.emplace_back("signer", subject.signer.print());
  return out;
}

std::string server_text(const Subject& subject) {
  if (!subject.address) return subject.name.print();
  const auto address = dns::print(*subject.address);
  return subject.name.is_root() ? address : fmt::format("{} ({})", subject.name.print(), address);
}

std::string with_number(std::uint8_t number, const std::string& name) {
  return name == fmt::to_string(number) ? name : fmt::format("{} {}", number, name);
}

std::string numbered(dns::Algorithm algorithm) { return with_number(dns::number(algorithm), dns::to_text(algorithm)); }
std::string numbered(dns::Digest digest) { return with_number(dns::number(digest), dns::to_text(digest)); }

}  // namespace
ServerSet merged(const ServerSet& left, const ServerSet& right) {
  ServerSet both;
  std::ranges::set_union(left, right, std::back_inserter(both));
  return both;
}

}  // namespace validator
