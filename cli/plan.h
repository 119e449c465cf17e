// What `preflight` is to rehearse: the zone as it is today, and the change that the options say.
// It asks nobody and judges nothing.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "resolver/overlay.h"
#include "validator/finding.h"
#include "validator/policy.h"
#include "validator/schedule.h"

namespace cli {

// Today, as heard.
struct Today {
  dns::Name zone;
  std::vector<dns::Address> servers;  // that speak for it
  resolver::ZoneServer::Role role = resolver::ZoneServer::Role::authoritative;
  std::vector<dns::Ds> ds;
  std::vector<dns::Dnskey> keys;
  std::optional<std::vector<dns::Ds>> cds;  // what its CDS records ask for; none: it has none that can be trusted
  validator::Holds kept{};                  // how long caches keep each part
};

struct Change {
  validator::Mix parts;
  resolver::Plan wholly_new;                         // `ds`, `keys`, `data` where they change
  std::optional<dns::RRset> both_ds;                 // old and new together, if the DS set changes from some to others
  std::vector<std::string> words;                    // "DS 12345 (13 ECDSAP256SHA256, 2 SHA-256) comes"
  std::optional<dns::Seconds> longest_ttl_of_new{};  // of the data planned: what today's may have had as well
  std::optional<validator::Finding> fault{};         // of the zone planned, wherever in it: it would be bogus
};

// Error: one line: a file that cannot be read, a DS of no form, a plan that contradicts itself or changes nothing.
std::expected<Change, std::string> change_of(const PreflightOptions& options, const Today& today,
                                             const validator::Policy& policy, dns::Time now);

// The overlay for a cache or moment that has the new copy of `mix`, and today's of all else.
resolver::Plan plan_for(const Change& change, validator::Mix mix);

std::string words_of(const dns::Ds& ds);       // "12345 (13 ECDSAP256SHA256, 2 SHA-256)"
std::string words_of(const dns::Dnskey& key);  // "12345 (13 ECDSAP256SHA256), SEP"

}  // namespace cli
