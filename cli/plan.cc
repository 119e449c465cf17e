#include "cli/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/files.h"
#include "cli/key_files.h"
#include "cli/zone_files.h"
#include "dns/text.h"
#include "report/reading.h"
#include "validator/delegation.h"
#include "validator/zone.h"

namespace cli {
namespace {

using dns::Record;
using dns::RRType;
using validator::Mix;
using validator::Part;
template <typename Value>
using Tried = std::expected<Value, std::string>;

constexpr std::size_t largest_zone = 1UL << 30;

template <typename Value>
bool is_in(const std::vector<Value>& all, const Value& one) {
  return std::ranges::find(all, one) != all.end();
}

// Fields alone ("12345 13 2 ABCD…"), or a record with owner, class and type.
Tried<dns::Ds> read_ds_words(const std::string& text, const dns::Name& zone) {
  const auto bad = [&](std::string_view why) { return std::unexpected(fmt::format("--ds '{}': {}", text, why)); };
  if (const auto fields = dns::parse_rdata(RRType::ds, text, zone))
    if (const auto ds = dns::read_ds(*fields)) return *ds;
  const auto record = dns::parse_record(text);
  if (!record) return bad(record.error());
  if (record->type != RRType::ds) return bad("no DS record");
  if (record->owner != zone) return bad(fmt::format("of {}, not of {}", record->owner.print(), zone.print()));
  const auto ds = dns::read_ds(record->rdata);
  if (!ds) return bad("no DS data");
  return *ds;
}

// DS records as they are; of key files a SHA-256 digest of each key that may be an entry.
Tried<std::vector<dns::Ds>> read_ds_file(const std::string& path, const dns::Name& zone,
                                         validator::Verifier& verifier) {
  const auto text = read_whole(path, largest_zone);
  if (!text) return std::unexpected(text.error());
  std::vector<dns::Ds> all;
  const auto read = dns::parse_zone(*text, {.origin = zone}, [&](const Record& record) {
    if (record.type != RRType::ds || record.owner != zone) return;
    if (const auto ds = dns::read_ds(record.rdata)) all.push_back(*ds);
  });
  if (!read) return std::unexpected(fmt::format("{}:{}: {}", path, read.error().line, read.error().why));
  if (!all.empty()) return all;
  const auto keys = read_key_files(std::span(&path, 1), zone);
  if (!keys) return std::unexpected(fmt::format("{}: neither DS of {} nor keys in it", path, zone.print()));
  if (keys->set.owner != zone)
    return std::unexpected(fmt::format("{}: keys of {}, not of {}", path, keys->set.owner.print(), zone.print()));
  constexpr std::array digests{dns::Digest::sha256};
  for (const auto& key : validator::read_keys(keys->set))
    if (key.is_sep())
      for (auto& ds : validator::ds_of(zone, key, digests, verifier)) all.push_back(std::move(ds));
  if (all.empty()) return std::unexpected(fmt::format("{}: no key with the SEP flag: a ZSK gets no DS", path));
  return all;
}

dns::RRset set_of(const dns::Name& zone, const std::vector<dns::Ds>& all, dns::Ttl ttl) {
  dns::RRset set{zone, RRType::ds, dns::RRClass::in, ttl, 0, {}};
  for (const auto& ds : all) set.rdatas.push_back(dns::write(ds));
  return set;
}

// The change while it is put together, part by part.
class Reading {
 public:
  Reading(const PreflightOptions& options, const Today& today, const validator::Policy& policy, dns::Time now)
      : options_(options), today_(today), policy_(policy), now_(now) {
    change_.wholly_new.zone = today.zone;
    change_.wholly_new.servers = today.servers;
    change_.wholly_new.role = today.role;
  }

  Tried<Change> read() {
    if (auto fault = contradiction()) return std::unexpected(std::move(*fault));
    for (const auto step : {&Reading::zone_file, &Reading::ds, &Reading::keys, &Reading::data}) {
      const auto done = (this->*step)();
      if (!done) return std::unexpected(done.error());
    }
    if (parts_.empty()) return std::unexpected("nothing would change: this is what is published now");
    change_.parts = Mix(parts_);
    return std::move(change_);
  }

 private:
  using Done = Tried<void>;

  std::optional<std::string> contradiction() const {
    if (options_.cds && (!options_.ds.empty() || !options_.remove_ds.empty()))
      return "--cds is what the zone asks of its parent: it goes with neither --ds nor --remove-ds";
    if (options_.unsigned_zone && (!options_.keys.empty() || !options_.zone.empty()))
      return "--unsigned takes the zone as it is and leaves its signatures out: it goes with neither --keys nor --zone";
    return std::nullopt;
  }

  Done zone_file() {
    if (options_.zone.empty()) return {};
    auto records = read_records(options_.zone);
    if (!records) return std::unexpected(records.error());
    zone_records_ = std::move(*records);
    return {};
  }

  Done ds() {
    auto planned = today_.ds;
    if (options_.cds) {
      if (!today_.cds)
        return std::unexpected(fmt::format("--cds: {} has no CDS records that validate", today_.zone.print()));
      planned = *today_.cds;
    }
    for (const auto tag : options_.remove_ds) {
      const auto gone = std::erase_if(planned, [&](const dns::Ds& ds) { return ds.tag == tag; });
      if (gone == 0) return std::unexpected(fmt::format("--remove-ds {}: the parent has no such DS", tag));
    }
    for (const auto& word : options_.ds) {
      const auto more = read_ds(word);
      if (!more) return std::unexpected(more.error());
      for (const auto& ds : *more)
        if (!is_in(planned, ds)) planned.push_back(ds);
    }
    return take_ds(planned);
  }

  Tried<std::vector<dns::Ds>> read_ds(const std::string& word) {
    if (is_file(word)) return read_ds_file(word, today_.zone, verifier_);
    auto one = read_ds_words(word, today_.zone);
    if (!one) return std::unexpected(one.error());
    return std::vector{std::move(*one)};
  }

  Done take_ds(const std::vector<dns::Ds>& planned) {
    auto both = today_.ds;
    bool comes = false, goes = false;
    for (const auto& ds : planned) {
      if (is_in(today_.ds, ds)) continue;
      comes = true;
      both.push_back(ds);
      change_.words.push_back(fmt::format("DS {} comes", words_of(ds)));
    }
    for (const auto& ds : today_.ds) {
      if (is_in(planned, ds)) continue;
      goes = true;
      change_.words.push_back(fmt::format("DS {} goes", words_of(ds)));
    }
    if (!comes && !goes) return {};
    const auto ttl = static_cast<dns::Ttl>(today_.kept[static_cast<std::size_t>(Part::ds)].count());
    parts_.push_back(Part::ds);
    change_.wholly_new.ds = set_of(today_.zone, planned, ttl);
    if (comes && goes) change_.both_ds = set_of(today_.zone, both, ttl);
    return {};
  }

  Done keys() {
    if (options_.unsigned_zone) {
      if (today_.keys.empty()) return {};
      change_.wholly_new.keys_gone = true;
      return take_keys({});
    }
    if (options_.keys.empty()) return options_.zone.empty() ? Done() : keys_from(options_.zone, zone_records_);
    const auto records = read_records(options_.keys);
    if (!records) return std::unexpected(records.error());
    return keys_from(options_.keys, *records);
  }

  Done keys_from(const std::string& path, const std::vector<Record>& records) {
    std::vector<Record> kept;
    std::vector<dns::Dnskey> planned;
    bool is_signed = false;
    for (const auto& record : records) {
      const auto rrsig = record.type == RRType::rrsig ? dns::read_rrsig(record.rdata) : std::nullopt;
      const bool is_of_keys = record.type == RRType::dnskey || (rrsig && rrsig->covered == RRType::dnskey);
      if (record.owner != today_.zone || !is_of_keys) continue;
      kept.push_back(record);
      is_signed = is_signed || rrsig.has_value();
      if (const auto key = record.type == RRType::dnskey ? dns::read_dnskey(record.rdata) : std::nullopt)
        planned.push_back(*key);
    }
    if (planned.empty() && !options_.keys.empty())
      return std::unexpected(fmt::format("{}: no DNSKEY of {} in it", path, today_.zone.print()));
    if (!planned.empty() && !is_signed)
      return std::unexpected(fmt::format(
          "{}: a DNSKEY set without signature: give the signed zone's file, as the servers would have it", path));
    change_.wholly_new.keys = resolver::make_zone(today_.zone, kept);
    return take_keys(planned);
  }

  Done take_keys(const std::vector<dns::Dnskey>& planned) {
    for (const auto& key : planned)
      if (!is_in(today_.keys, key)) change_.words.push_back(fmt::format("key {} comes", words_of(key)));
    for (const auto& key : today_.keys)
      if (!is_in(planned, key)) change_.words.push_back(fmt::format("key {} goes", words_of(key)));
    parts_.push_back(Part::keys);  // also where only its signatures are new
    return {};
  }

  Done data() {
    if (options_.unsigned_zone) {
      change_.wholly_new.data_unsigned = true;
      change_.words.emplace_back("all signatures and denial records go");
      parts_.push_back(Part::data);
      return {};
    }
    if (options_.zone.empty()) return {};
    dns::Ttl longest = 0;
    bool has_soa = false;
    for (const auto& record : zone_records_) {
      longest = std::max(longest, record.ttl);
      has_soa = has_soa || (record.type == RRType::soa && record.owner == today_.zone);
    }
    if (!has_soa) return std::unexpected(fmt::format("{}: no SOA of {} in it", options_.zone, today_.zone.print()));
    change_.longest_ttl_of_new = dns::Seconds{longest};
    change_.wholly_new.data = resolver::make_zone(today_.zone, zone_records_);
    change_.words.push_back(fmt::format("its data and signatures are those of {}", options_.zone));
    parts_.push_back(Part::data);
    return whole_zone();
  }

  // Two or three questions see a few sets of a zone: the file is there, so all of it is verified.
  Done whole_zone() {
    const auto store = read_zone_file(options_.zone, today_.zone);
    if (!store) return std::unexpected(store.error());
    validator::ZonePlan plan;
    plan.name = today_.zone;
    plan.policy = policy_;
    plan.now = now_;
    const auto judged = validator::judge_zone(*store, plan).chain;
    if (judged.verdict == validator::Security::bogus && !judged.causes.empty())
      change_.fault = judged.findings[judged.causes.front()];
    return {};
  }

  Tried<std::vector<Record>> read_records(const std::string& path) const {
    const auto text = read_whole(path, largest_zone);
    if (!text) return std::unexpected(text.error());
    auto records = dns::parse_zone(*text, {.origin = today_.zone});
    if (!records) return std::unexpected(fmt::format("{}:{}: {}", path, records.error().line, records.error().why));
    return std::move(*records);
  }

  const PreflightOptions& options_;
  const Today& today_;
  const validator::Policy& policy_;
  dns::Time now_;
  validator::Verifier verifier_;
  std::vector<Record> zone_records_;  // of --zone
  Change change_;
  std::vector<Part> parts_;
};

}  // namespace

Tried<Change> change_of(const PreflightOptions& options, const Today& today, const validator::Policy& policy,
                        dns::Time now) {
  return Reading(options, today, policy, now).read();
}

resolver::Plan plan_for(const Change& change, Mix mix) {
  auto plan = change.wholly_new;
  if (!mix.has(Part::ds)) plan.ds.reset();
  if (!mix.has(Part::keys)) plan.keys.reset(), plan.keys_gone = false;
  if (!mix.has(Part::data)) plan.data.reset(), plan.data_unsigned = false;
  return plan;
}

std::string words_of(const dns::Ds& ds) {
  return fmt::format("{} ({}, {})", ds.tag, report::numbered(ds.algorithm), report::numbered(ds.digest_type));
}

std::string words_of(const dns::Dnskey& key) {
  return fmt::format("{} ({}{})", key.tag(), report::numbered(key.algorithm), key.is_sep() ? ", SEP" : "");
}

}  // namespace cli
