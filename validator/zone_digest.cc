#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "dns/rdata.h"
#include "validator/crypto_digest.h"
#include "validator/draft.h"
#include "validator/zone_map.h"

namespace validator {
namespace {

using dns::RRType;

constexpr std::uint8_t simple_scheme = 1, sha384 = 1, sha512 = 2;  // RFC 8976 §5.2, §5.3
constexpr std::size_t least_digest = 12;                           // RFC 8976 §2.2.4

struct Zonemd {
  std::uint32_t serial = 0;
  std::uint8_t scheme = 0, hash = 0;
  dns::Bytes digest;
};

std::optional<Zonemd> read_zonemd(dns::View rdata) {
  dns::Reader reader(rdata);
  const auto serial = reader.u32();
  const auto scheme = reader.u8(), hash = reader.u8();
  if (!serial || !scheme || !hash || reader.left() < least_digest) return std::nullopt;
  const dns::View digest = reader.rest();
  return Zonemd{*serial, *scheme, *hash, {digest.begin(), digest.end()}};
}

std::string scheme_text(const Zonemd& zonemd) {
  const std::string scheme = zonemd.scheme == simple_scheme ? "SIMPLE" : fmt::format("scheme {}", zonemd.scheme);
  const std::string hash = zonemd.hash == sha384   ? "SHA-384"
                           : zonemd.hash == sha512 ? "SHA-512"
                                                   : fmt::format("hash {}", zonemd.hash);
  return scheme + " " + hash;
}

class ZoneDigests {
 public:
  ZoneDigests(const ZoneCheck& check, ZoneLedger& ledger) : map_(check.map), store_(check.store()), ledger_(ledger) {}

  void run() {
    if (map_.apex_id() >= store_.names()) return;
    std::map<std::pair<std::uint8_t, std::uint8_t>, int> times;
    std::vector<Zonemd> all;
    const auto entries = store_.at(map_.apex_id(), RRType::zonemd);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i > 0 && store_.is_repeat(entries[i - 1], entries[i])) continue;
      const auto zonemd = read_zonemd(store_.data(entries[i]));
      if (!zonemd) {
        ledger_.add(Code::zonemd_unusable, zone_subject(map_.apex()),
                    {{"serial", std::uint64_t{0}}, {"scheme", std::string("?")}, {"reason", std::string("hash")}});
        continue;
      }
      ++times[{zonemd->scheme, zonemd->hash}];
      all.push_back(*zonemd);
    }
    const auto serial = serial_of_zone();
    // RFC 8976 §4: one that verifies is enough; several of one kind count for nothing.
    bool verified = false;
    std::vector<Zonemd> wrong;
    for (const Zonemd& zonemd : all) {
      if (const char* reason = why_unusable(zonemd, serial, times[{zonemd.scheme, zonemd.hash}])) {
        note(Code::zonemd_unusable, zonemd, reason);
        continue;
      }
      const auto value = digest(zonemd.hash == sha384 ? RunningDigest::Hash::sha384 : RunningDigest::Hash::sha512);
      value == zonemd.digest ? void(verified = true) : wrong.push_back(zonemd);
    }
    for (const Zonemd& zonemd : wrong)
      if (!verified) note(Code::zonemd_mismatch, zonemd, nullptr);
  }

 private:
  std::optional<std::uint32_t> serial_of_zone() const {
    const auto soa = store_.at(map_.apex_id(), RRType::soa);
    const auto read = soa.empty() ? std::nullopt : dns::read_soa(store_.data(soa.front()));
    return read ? std::optional(read->serial) : std::nullopt;
  }

  static const char* why_unusable(const Zonemd& zonemd, const std::optional<std::uint32_t>& serial, int times) {
    if (zonemd.serial != serial) return "serial";
    if (zonemd.scheme != simple_scheme) return "scheme";
    if (zonemd.hash != sha384 && zonemd.hash != sha512) return "hash";
    return times > 1 ? "duplicate" : nullptr;
  }

  void note(Code code, const Zonemd& zonemd, const char* reason) {
    std::vector<Detail> details{{"serial", std::uint64_t{zonemd.serial}}, {"scheme", scheme_text(zonemd)}};
    if (reason != nullptr) details.push_back({"reason", std::string(reason)});
    ledger_.add(code, zone_subject(map_.apex()), std::move(details));
  }

  // RFC 8976 §3.3.2: not the ZONEMD set itself and its signatures, nothing outside, nothing twice.
  bool is_left_out(const ZoneStore::Entry& entry, const ZoneStore::Entry* before) const {
    if (map_.role(entry.name) == Role::outside) return true;
    if (before != nullptr && store_.is_repeat(*before, entry)) return true;
    if (entry.name != map_.apex_id()) return false;
    const dns::View data = store_.data(entry);
    const bool covers_zonemd =
        data.size() > 1 && (data[0] << 8 | data[1]) == static_cast<int>(dns::number(RRType::zonemd));
    return entry.type == RRType::zonemd || (entry.type == RRType::rrsig && covers_zonemd);
  }

  dns::Bytes digest(RunningDigest::Hash hash) const {
    RunningDigest running(hash);
    dns::Writer piece;
    const ZoneStore::Entry* before = nullptr;
    dns::Name owner;
    for (const auto& entry : store_.entries()) {
      if (before == nullptr || before->name != entry.name) owner = store_.name(entry.name);
      const bool left_out = is_left_out(entry, before);
      before = &entry;
      if (left_out) continue;
      piece.put(owner.wire());
      piece.u16(dns::number(entry.type));
      piece.u16(dns::number(dns::RRClass::in));
      piece.u32(entry.ttl);
      piece.u16(entry.length);
      piece.put(store_.data(entry));
      if (piece.size() < 65536) continue;
      running.add(piece.view());
      piece = {};
    }
    running.add(piece.view());
    return running.finish();
  }

  const ZoneMap& map_;
  const ZoneStore& store_;
  ZoneLedger& ledger_;
};

}  // namespace

void digest_checks(const ZoneCheck& check, ZoneLedger& ledger) { ZoneDigests(check, ledger).run(); }

}  // namespace validator
