// The readers of anchors files, one for each form a file can have; read_anchors picks by content.
// They open nothing and trust nothing: text in, anchors or one line of complaint out.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "dns/record.h"
#include "trustanchor/anchors.h"

namespace trustanchor {

using Read = std::expected<Anchors, std::string>;

struct File {
  std::string_view text, name;
  dns::Time now{};
  const DigestFunction& digest;
  std::string_view attestation{};  // of an XML file: who signed it; "" = nobody was asked
};

Read read_zone_lines(const File& file);  // anchors.md §2 format 1
Read read_autotrust(const File& file);   // 2: unbound's state
Read read_bind(const File& file);        // 3
Read read_xml(const File& file);         // 5

Read read_keydata(const File& file);        // 4: BIND's state
Read read_configuration(const File& file);  // 7: lines of dnsmasq and PowerDNS

bool is_autotrust(std::string_view text);
bool is_bind(std::string_view text);
bool is_keydata(std::string_view text);
bool is_configuration(std::string_view text);

// The record with its state in one line of unbound's file. Error: a phrase; of comments and empty lines "".
std::expected<Anchor, std::string> anchor_in_autotrust(std::string_view line);
// As read_anchors, entries outside their validity included: another file may say that they ended sooner.
Read read_any(const File& file);
bool is_xml(std::string_view text);
// Takes away what is named in `skipped` for its validity at `now`.
void drop_outside_validity(Anchors& all, dns::Time now);

// "FILE: line 7: WHY"
std::string complaint(std::string_view file, std::size_t line, std::string_view why);
std::size_t line_at(std::string_view text, std::size_t offset);  // of the octet at `offset`, from 1

// Why this cannot be where validation begins; nullopt: nothing speaks against it.
std::optional<std::string> objection(const dns::Dnskey& key);
std::optional<std::string> objection(const dns::Ds& ds);

// The anchor that a DS or DNSKEY record is; error: a phrase.
std::expected<Anchor, std::string> anchor_of(const dns::Record& record);

// Adds `anchor` as one of `file`, unless it is there already; an unusual one (no SEP flag) brings a notice.
void add(Anchors& all, Anchor anchor, const File& file, std::size_t line);

}  // namespace trustanchor
