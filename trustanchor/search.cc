// Where anchors are looked for (anchors.md §3).
#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <ranges>

#include "trustanchor/anchors.h"
#include "trustanchor/cms.h"
#include "trustanchor/formats.h"

namespace trustanchor {
namespace {

using Found = std::expected<Anchors, std::string>;

constexpr std::size_t most_octets = std::size_t{1024} * 1024;

Found read_file(const std::string& path, const Sources& sources, dns::Time now, const DigestFunction& digest);
Found explicit_anchors(const Sources& sources, dns::Time now, const DigestFunction& digest);
std::vector<std::string> split(std::string_view paths);
void unite(Anchors& all, Anchors more);
void compare(Anchors& chosen, const Anchors& other, dns::Time now);

}  // namespace

Found find_anchors(const Sources& sources, dns::Time now, const DigestFunction& digest) {
  const bool given = !sources.files.empty() || !sources.records.empty() || !sources.environment.empty();
  Found chosen = given ? explicit_anchors(sources, now, digest) : read_file(sources.system_file, sources, now, digest);
  if (given && !chosen) return chosen;

  Found system = given ? read_file(sources.system_file, sources, now, digest) : chosen;
  for (Found* found : {&chosen, &system}) {
    if (*found) drop_outside_validity(**found, now);
  }
  if (!chosen) {
    chosen = built_in();
    // Only a file that is there and cannot be used is worth a word; most systems have none.
    if (std::ifstream(sources.system_file).good())
      chosen->skipped.push_back({sources.system_file, Skipped::Reason::syntax, system.error(), {}, 0});
  }
  if (system && given) compare(*chosen, *system, now);
  if (chosen->source != built_in().source) compare(*chosen, built_in(), now);
  return chosen;
}

namespace {

// What was asked for by hand is one source, however many files it has; $TRUSTWALK_ANCHORS counts only without it.
Found explicit_anchors(const Sources& sources, dns::Time now, const DigestFunction& digest) {
  const bool by_options = !sources.files.empty() || !sources.records.empty();
  const std::vector<std::string> files = by_options ? sources.files : split(sources.environment);
  Anchors all;
  for (const std::string& path : files) {
    Found read = read_file(path, sources, now, digest);
    if (!read) return read;
    unite(all, std::move(*read));
  }
  if (!by_options) {
    if (files.empty()) return std::unexpected("TRUSTWALK_ANCHORS names no file");
    return all;
  }
  for (const std::string& text : sources.records) {
    auto anchor = parse_anchor(text);
    if (!anchor) return std::unexpected("--anchor '" + text + "': " + anchor.error());
    Anchors one;
    one.source = anchor->source;
    one.anchors.push_back(std::move(*anchor));
    unite(all, std::move(one));
  }
  return all;
}

using Text = std::expected<std::string, std::string>;

Text text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::unexpected(path + ": cannot be opened");
  std::string text;
  std::array<char, 4096> piece{};  // a file of anchors is small, and the start of every run reads one
  while (file && text.size() <= most_octets) {
    file.read(piece.data(), piece.size());
    text.append(piece.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad() || (!file.eof() && text.size() <= most_octets)) return std::unexpected(path + ": cannot be read");
  return text;
}

// "root-anchors.xml" → "root-anchors.p7s", as IANA publishes the two.
std::string signature_beside(const std::string& path) {
  constexpr std::string_view ending = ".xml";
  return (path.ends_with(ending) ? path.substr(0, path.size() - ending.size()) : path) + ".p7s";
}

// Who signed the XML file, "" if nobody was asked for. A signature that is there must hold; an authority that is given
// wants one to be there (anchors.md §4).
Text attestation_of(const std::string& xml, const std::string& path, const Sources& sources, dns::Time now) {
  const std::string beside = signature_beside(path);
  const bool is_there = std::ifstream(beside).good();
  if (!is_there && sources.authorities.empty()) return "";
  if (!is_there) return std::unexpected(path + ": not signed: " + beside + " is not there");
  if (sources.authorities.empty())
    return std::unexpected(path + ": " + beside +
                           " lies beside it, and no authority is given to check it by (--anchors-ca)");
  std::string authorities;
  for (const std::string& file : sources.authorities) {
    const Text read = text_of(file);
    if (!read) return read;
    authorities += *read + "\n";
  }
  const Text signature = text_of(beside);
  if (!signature) return signature;
  auto signer = attest(xml, *signature, {authorities, sources.signer}, now);
  if (!signer) return std::unexpected(path + ": not accepted: " + beside + ": " + signer.error());
  return *signer + " (" + beside + ")";
}

Found read_file(const std::string& path, const Sources& sources, dns::Time now, const DigestFunction& digest) {
  const Text text = text_of(path);
  if (!text) return std::unexpected(text.error());
  const Text attestation = is_xml(*text) ? attestation_of(*text, path, sources, now) : "";
  if (!attestation) return std::unexpected(attestation.error());
  return read_any({*text, path, now, digest, *attestation});
}

// The id names a KeyDigest in every file, whether it has the public key along or not (RFC 9718 §2.2).
bool same_key(const Anchor& left, const Anchor& right) {
  const bool same_id = !left.id.empty() && left.id == right.id && left.tag() == right.tag();
  return left.zone == right.zone && (left.key == right.key || same_id);
}

// "A later file may add validUntil to the same digest: that wins" (anchors.md §4).
void unite(Anchors& all, Anchors more) {
  const bool named = !all.source.empty() && all.source != more.source;
  all.source = named ? all.source + ", " + more.source : more.source;
  for (Anchor& anchor : more.anchors) {
    const auto known = std::ranges::find_if(all.anchors, [&](const Anchor& other) { return same_key(anchor, other); });
    if (known == all.anchors.end()) {
      all.anchors.push_back(std::move(anchor));
    } else if (anchor.valid_until && (!known->valid_until || *anchor.valid_until < *known->valid_until)) {
      known->valid_until = anchor.valid_until;
    }
  }
  std::ranges::move(more.skipped, std::back_inserter(all.skipped));
  std::ranges::move(more.notices, std::back_inserter(all.notices));
}

bool names_same_key(const Anchor& left, const Anchor& right) {
  return left.zone == right.zone && left.tag() == right.tag() && left.algorithm() == right.algorithm();
}

void note_lacking(Anchors& chosen, const Anchors& has, const Anchors& lacks, dns::Time now) {
  std::vector<std::string> notices;
  for (const Anchor& anchor : has.anchors) {
    const auto same = [&](const Anchor& other) { return other.counts_at(now) && names_same_key(anchor, other); };
    if (!anchor.counts_at(now) || std::ranges::any_of(lacks.anchors, same)) continue;
    notices.push_back(has.source + " has the key " + std::to_string(anchor.tag()) + " of " + anchor.zone.print() +
                      ", " + lacks.source + " has not");
  }
  std::ranges::move(notices, std::back_inserter(chosen.notices));
}

void compare(Anchors& chosen, const Anchors& other, dns::Time now) {
  const Anchors decided = chosen;
  note_lacking(chosen, other, decided, now);
  note_lacking(chosen, decided, other, now);
}

std::vector<std::string> split(std::string_view paths) {
  std::vector<std::string> parts;
  for (const auto part : paths | std::views::split(':')) {
    const std::string_view path(part.begin(), part.end());
    if (!path.empty()) parts.emplace_back(path);
  }
  return parts;
}

}  // namespace
}  // namespace trustanchor
