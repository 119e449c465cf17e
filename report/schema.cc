#include "report/schema.h"

#include <array>
#include <map>
#include <string_view>

#include "report/json.h"
#include "report/zone.h"
#include "validator/catalogue.h"
#include "validator/finding.h"

namespace report {

using namespace validator;

namespace {

std::string_view type_of(std::string_view parameter);

// A list of JSON strings; all words here are plain ASCII.
template <class List, class Text>
std::string words(const List& list, Text text) {
  std::string out;
  for (const auto& each : list) {
    out += out.empty() ? "\"" : ", \"";
    out += text(each);
    out += '"';
  }
  return out;
}

template <class Enum, std::size_t count>
std::string enum_words() {
  std::array<Enum, count> all{};
  for (std::size_t i = 0; i < count; ++i) all[i] = static_cast<Enum>(i);
  return words(all, [](Enum each) { return to_text(each); });
}

std::string params() {
  std::map<std::string_view, std::string_view> types;
  for (const auto& each : rows()) {
    for (const auto& parameter : parameters(each)) {
      if (!parameter.name.empty()) types[parameter.name] = type_of(parameter.name);
    }
  }
  std::string out;
  for (const auto& [name, type] : types) {
    out += out.empty() ? "" : ",\n";
    out += "        \"" + std::string{name} + "\": " + std::string{type};
  }
  return out;
}

// Values of findings' parameters, and whose fault it is.
constexpr std::string_view shared_frame = R"(    "blame": {"type": ["object", "null"], "required": ["zone", "party"],
      "properties": {"zone": {"$ref": "#/$defs/name"}, "party": {"enum": [@parties@]}}},
    "key_ids": {"type": "array", "items": {"type": "object", "required": ["tag", "algorithm", "flags"],
      "properties": {"tag": {"$ref": "#/$defs/tag"}, "algorithm": {"$ref": "#/$defs/octet"}, "flags": {"$ref": "#/$defs/tag"}}}},
    "ds_ids": {"type": "array", "items": {"type": "object", "required": ["tag", "algorithm", "digest"],
      "properties": {"tag": {"$ref": "#/$defs/tag"}, "algorithm": {"$ref": "#/$defs/octet"}, "digest": {"$ref": "#/$defs/octet"}}}},
    "named_addresses": {"type": "array", "items": {"type": "object", "required": ["ns", "address"],
      "properties": {"ns": {"$ref": "#/$defs/name"}, "address": {"type": ["string", "null"]}}}},)";

// What a finding is, wherever one is told.
constexpr std::string_view finding_frame = R"(    "subject": {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": [@subjects@]}}},
    "finding": {"type": "object",
      "required": ["slug", "severity", "breaks", "ede", "rule", "subject", "params", "servers", "consequence_of", "blame", "remedy", "text"],
      "properties": {"slug": {"$ref": "#/$defs/slug"}, "severity": {"enum": [@severities@]}, "breaks": {"enum": [@breaks@]},
        "ede": {"type": ["integer", "null"], "minimum": 0}, "rule": {"type": "string"}, "subject": {"$ref": "#/$defs/subject"},
        "params": {"$ref": "#/$defs/params"}, "servers": {"$ref": "#/$defs/servers"},
        "consequence_of": {"type": ["integer", "null"], "minimum": 0}, "blame": {"$ref": "#/$defs/blame"},
        "remedy": {"enum": [@remedies@]},
        "held_by_caches": {"anyOf": [{"type": "null"}, {"type": "object", "required": ["longest_s", "owner", "type", "denied"],
          "properties": {"longest_s": {"type": "integer", "minimum": 0}, "owner": {"type": ["string", "null"]},
            "type": {"type": ["string", "null"]}, "denied": {"type": "boolean"}}}]},
        "text": {"type": "string", "minLength": 1}}},
    "params": {"type": "object", "properties": {
@params@
    }},)";

constexpr std::string_view frame = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "trustwalk verdict @version@",
  "description": "One question judged, or an array of them. Readers ignore members and enum values they do not know.",
  "anyOf": [{"$ref": "#/$defs/verdict"}, {"type": "array", "items": {"$ref": "#/$defs/verdict"}}],
  "$defs": {
    "name": {"type": "string", "pattern": "\\.$"},
    "time": {"type": "string", "pattern": "^[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},
    "count": {"type": "integer", "minimum": 0},
    "octet": {"type": "integer", "minimum": 0, "maximum": 255},
    "tag": {"type": "integer", "minimum": 0, "maximum": 65535},
    "security": {"enum": [@security@]},
    "zone_id": {"type": "string", "pattern": "^z[0-9]+$"},
    "server_id": {"type": "string", "pattern": "^s[0-9]+$"},
    "node_id": {"type": "string", "pattern": "^n[0-9]+$"},
    "servers": {"type": "array", "items": {"$ref": "#/$defs/server_id"}, "uniqueItems": true},
    "slug": {"enum": [@slugs@]},
@shared@
    "zone": {"type": "object", "required": ["id", "name", "security", "parent", "denial", "servers", "nsec3", "reached"],
      "properties": {
        "id": {"$ref": "#/$defs/zone_id"}, "name": {"$ref": "#/$defs/name"}, "security": {"$ref": "#/$defs/security"},
        "parent": {"anyOf": [{"$ref": "#/$defs/zone_id"}, {"type": "null"}]}, "denial": {"enum": ["nsec", "nsec3", "both", null]},
        "servers": {"$ref": "#/$defs/servers"}, "reached": {"type": "boolean"},
        "nsec3": {"type": ["object", "null"], "required": ["hash", "iterations", "salt", "opt_out"],
          "properties": {"hash": {"$ref": "#/$defs/octet"}, "iterations": {"$ref": "#/$defs/tag"},
            "salt": {"type": "string", "pattern": "^([0-9a-f]{2})*$"}, "opt_out": {"type": "boolean"}}}}},
    "server": {"type": "object", "required": ["id", "zone", "name", "address", "rtt_ms", "answered"],
      "properties": {"id": {"$ref": "#/$defs/server_id"}, "zone": {"anyOf": [{"$ref": "#/$defs/zone_id"}, {"type": "null"}]},
        "name": {"anyOf": [{"$ref": "#/$defs/name"}, {"type": "null"}]}, "address": {"type": "string"},
        "rtt_ms": {"type": ["integer", "null"]}, "answered": {"type": "boolean"}, "nsid": {"type": ["string", "null"]}}},
    "node": {"type": "object", "required": ["id", "kind", "zone", "security", "servers"],
      "properties": {"id": {"$ref": "#/$defs/node_id"}, "kind": {"enum": ["anchor", "key", "ds", "rrset", "denial"]},
        "zone": {"$ref": "#/$defs/zone_id"}, "security": {"$ref": "#/$defs/security"}, "servers": {"$ref": "#/$defs/servers"},
        "tag": {"$ref": "#/$defs/tag"}, "algorithm": {"$ref": "#/$defs/octet"}, "flags": {"$ref": "#/$defs/tag"},
        "bits": {"$ref": "#/$defs/count"}, "published": {"type": "boolean"}, "signs": {"type": "boolean"},
        "digest_type": {"anyOf": [{"$ref": "#/$defs/octet"}, {"type": "null"}]}, "source": {"type": "string"}, "used": {"type": "boolean"},
        "owner": {"$ref": "#/$defs/name"}, "digest_types": {"type": "array", "items": {"$ref": "#/$defs/octet"}},
        "assumed": {"type": "boolean"}, "type": {"type": "string"}, "ttl_s": {"$ref": "#/$defs/count"},
        "records": {"$ref": "#/$defs/count"}, "wildcard": {"anyOf": [{"$ref": "#/$defs/name"}, {"type": "null"}]},
        "synthesized": {"type": "boolean"}, "wanted": {"enum": ["nxdomain", "nodata", "wildcard-answer", "no-ds"]},
        "opt_out": {"type": "boolean"}, "proof": {"type": "array"}},
      "allOf": [
        {"if": {"properties": {"kind": {"const": "anchor"}}}, "then": {"required": ["tag", "algorithm", "digest_type", "source", "used"]}},
        {"if": {"properties": {"kind": {"const": "key"}}}, "then": {"required": ["tag", "algorithm", "flags", "bits", "published", "signs"]}},
        {"if": {"properties": {"kind": {"const": "ds"}}}, "then": {"required": ["owner", "tag", "algorithm", "digest_types", "ttl_s", "assumed"]}},
        {"if": {"properties": {"kind": {"const": "rrset"}}}, "then": {"required": ["owner", "type", "ttl_s", "records", "wildcard", "synthesized"]}},
        {"if": {"properties": {"kind": {"const": "denial"}}}, "then": {"required": ["owner", "type", "wanted", "opt_out", "proof"]}}]},
    "link": {"type": "object", "required": ["kind", "from", "to", "ok"],
      "properties": {"kind": {"enum": ["signs", "vouches", "denies", "aliases"]}, "from": {"$ref": "#/$defs/node_id"},
        "to": {"$ref": "#/$defs/node_id"}, "ok": {"type": "boolean"}, "finding": {"type": ["integer", "null"], "minimum": 0},
        "covers": {"type": "string"}, "inception": {"$ref": "#/$defs/time"}, "expires": {"$ref": "#/$defs/time"},
        "servers": {"$ref": "#/$defs/servers"}},
      "allOf": [
        {"if": {"properties": {"ok": {"const": false}}}, "then": {"required": ["finding"]}},
        {"if": {"properties": {"kind": {"const": "signs"}}}, "then": {"required": ["covers", "inception", "expires", "servers"]}}]},
@finding@
    "forecast": {"type": "object", "required": ["verdict_next", "breaks_at", "remaining_s", "first_code", "node", "zone", "per_zone"],
      "properties": {"verdict_next": {"anyOf": [{"$ref": "#/$defs/security"}, {"type": "null"}]},
        "breaks_at": {"anyOf": [{"$ref": "#/$defs/time"}, {"type": "null"}]}, "remaining_s": {"type": ["integer", "null"]},
        "first_code": {"anyOf": [{"$ref": "#/$defs/slug"}, {"type": "null"}]},
        "node": {"anyOf": [{"$ref": "#/$defs/node_id"}, {"type": "null"}]}, "zone": {"anyOf": [{"$ref": "#/$defs/zone_id"}, {"type": "null"}]},
        "per_zone": {"type": "array", "items": {"type": "object", "required": ["zone", "breaks_at"],
          "properties": {"zone": {"$ref": "#/$defs/zone_id"}, "breaks_at": {"$ref": "#/$defs/time"}}}},
        "events": {"type": "array", "maxItems": 10, "items": {"type": "object",
          "required": ["happens_at", "kind", "zone", "types", "sets", "turns", "tag", "stage"],
          "properties": {"happens_at": {"$ref": "#/$defs/time"}, "kind": {"enum": ["signature-ends", "caches-outlive", "root-key"]},
            "zone": {"$ref": "#/$defs/zone_id"}, "types": {"type": "array", "items": {"type": "string"}},
            "sets": {"type": "integer", "minimum": 0}, "turns": {"type": "boolean"}, "tag": {"type": ["integer", "null"]},
            "stage": {"type": ["string", "null"]}}}}}},
    "verdict": {"type": "object",
      "required": ["schema_version", "tool", "target", "now", "verdict", "causes", "blame", "answer", "forecast", "zones", "servers", "nodes", "links", "findings", "stats"],
      "properties": {
        "schema_version": {"type": "string", "pattern": "^1\\.[0-9]+$"},
        "tool": {"type": "object", "required": ["name", "version", "tables"]},
        "target": {"type": "object", "required": ["name", "type", "mode"],
          "properties": {"name": {"$ref": "#/$defs/name"}, "type": {"type": "string"}, "mode": {"enum": ["walk", "stub"]}}},
        "now": {"$ref": "#/$defs/time"}, "verdict": {"$ref": "#/$defs/security"},
        "ede": {"type": ["integer", "null"], "minimum": 0}, "causes": {"type": "array", "items": {"$ref": "#/$defs/count"}}, "blame": {"$ref": "#/$defs/blame"},
        "answer": {"type": "object", "required": ["rcode", "security", "ttl_s", "rrsets"],
          "properties": {"rcode": {"type": "string"}, "security": {"$ref": "#/$defs/security"}, "ttl_s": {"type": ["integer", "null"], "minimum": 0},
            "rrsets": {"type": "array", "items": {"$ref": "#/$defs/node_id"}}}},
        "forecast": {"$ref": "#/$defs/forecast"},
        "zones": {"type": "array", "items": {"$ref": "#/$defs/zone"}}, "servers": {"type": "array", "items": {"$ref": "#/$defs/server"}},
        "nodes": {"type": "array", "items": {"$ref": "#/$defs/node"}}, "links": {"type": "array", "items": {"$ref": "#/$defs/link"}},
        "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
        "stats": {"type": "object", "required": ["queries", "rounds", "elapsed_ms", "signatures_checked", "budget_spent"],
          "properties": {"queries": {"$ref": "#/$defs/count"}, "rounds": {"$ref": "#/$defs/count"}, "elapsed_ms": {"$ref": "#/$defs/count"},
            "signatures_checked": {"$ref": "#/$defs/count"}, "budget_spent": {"type": "array", "items": {"type": "string"}}}}}}
  }
}
)";

// A line of NDJSON (cli.md §7): fixed columns.
constexpr std::string_view line_frame = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "trustwalk line @version@",
  "description": "One question judged, a line of NDJSON. Every column is always there; further ones may come.",
  "$defs": {
    "name": {"type": "string", "pattern": "\\.$"},
    "time": {"type": "string", "pattern": "^[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},
    "count": {"type": "integer", "minimum": 0},
    "octets": {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 255}, "uniqueItems": true}
  },
  "type": "object",
  "required": ["schema_version", "name", "type", "epoch", "now", "verdict", "blame_zone", "blame_party", "cause", "slugs",
    "breaks_at", "remaining_s", "zone", "zones", "key_algorithms", "digest_types", "denial", "nsec3_iterations", "servers",
    "servers_bad", "errors", "warnings", "notices", "queries", "elapsed_ms", "shard"],
  "properties": {
    "schema_version": {"type": "string", "pattern": "^1\\.[0-9]+$"},
    "name": {"$ref": "#/$defs/name"}, "type": {"type": "string"}, "epoch": {"type": "string", "format": "date"},
    "now": {"$ref": "#/$defs/time"}, "verdict": {"enum": [@security@]},
    "blame_zone": {"anyOf": [{"$ref": "#/$defs/name"}, {"type": "null"}]}, "blame_party": {"enum": [@parties@, null]},
    "cause": {"enum": [@slugs@, null]}, "slugs": {"type": "array", "items": {"enum": [@slugs@]}, "uniqueItems": true},
    "breaks_at": {"anyOf": [{"$ref": "#/$defs/time"}, {"type": "null"}]}, "remaining_s": {"type": ["integer", "null"]},
    "zone": {"anyOf": [{"$ref": "#/$defs/name"}, {"type": "null"}]}, "zones": {"$ref": "#/$defs/count"},
    "key_algorithms": {"$ref": "#/$defs/octets"}, "digest_types": {"$ref": "#/$defs/octets"},
    "denial": {"enum": ["nsec", "nsec3", "both", null]}, "nsec3_iterations": {"type": ["integer", "null"], "minimum": 0},
    "servers": {"$ref": "#/$defs/count"}, "servers_bad": {"$ref": "#/$defs/count"}, "errors": {"$ref": "#/$defs/count"},
    "warnings": {"$ref": "#/$defs/count"}, "notices": {"$ref": "#/$defs/count"}, "queries": {"$ref": "#/$defs/count"},
    "elapsed_ms": {"$ref": "#/$defs/count"}, "shard": {"$ref": "#/$defs/count"}
  }
}
)";

// A whole zone (`zone`): findings are those of a verdict, names are counted.
constexpr std::string_view zone_frame = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "trustwalk zone @version@",
  "description": "A whole zone judged. Readers ignore members and enum values they do not know.",
  "$defs": {
    "name": {"type": "string", "pattern": "\\.$"},
    "time": {"type": "string", "pattern": "^[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},
    "time_or_null": {"anyOf": [{"$ref": "#/$defs/time"}, {"type": "null"}]},
    "count": {"type": "integer", "minimum": 0},
    "count_or_null": {"type": ["integer", "null"], "minimum": 0},
    "octet": {"type": "integer", "minimum": 0, "maximum": 255},
    "tag": {"type": "integer", "minimum": 0, "maximum": 65535},
    "security": {"enum": [@security@]},
    "server_id": {"type": "string", "pattern": "^s[0-9]+$"},
    "servers": {"type": "array", "items": {"$ref": "#/$defs/server_id"}, "uniqueItems": true},
    "slug": {"enum": [@slugs@]},
@shared@
@finding@
    "key": {"type": "object", "required": ["tag", "algorithm", "flags"],
      "properties": {"tag": {"$ref": "#/$defs/tag"}, "algorithm": {"$ref": "#/$defs/octet"}, "flags": {"$ref": "#/$defs/tag"}}}
  },
  "type": "object",
  "required": ["schema_version", "zone", "now", "verdict", "causes", "blame", "totals", "freshness", "counts", "findings"],
  "properties": {
    "schema_version": {"type": "string", "pattern": "^1\\.[0-9]+$"},
    "zone": {"type": "object", "required": ["name", "serial", "trusted_by", "denial", "keys"],
      "properties": {"name": {"$ref": "#/$defs/name"}, "serial": {"$ref": "#/$defs/count_or_null"}, "trusted_by": {"type": "string"},
        "denial": {"enum": ["nsec", "nsec3", "both", null]}, "keys": {"type": "array", "items": {"$ref": "#/$defs/key"}}}},
    "now": {"$ref": "#/$defs/time"}, "verdict": {"$ref": "#/$defs/security"},
    "causes": {"type": "array", "items": {"$ref": "#/$defs/count"}}, "blame": {"$ref": "#/$defs/blame"},
    "totals": {"type": "object", "required": ["names", "empty_names", "records", "sets", "signatures", "denials", "delegations",
        "secure_delegations"], "additionalProperties": {"$ref": "#/$defs/count"}},
    "freshness": {"type": "object",
      "required": ["first_expires_at", "median_expires_at", "last_expires_at", "newest_inception_at", "oldest_inception_at",
        "lifetime_s", "batches", "rhythm_s", "ends", "next"],
      "properties": {"first_expires_at": {"$ref": "#/$defs/time_or_null"}, "median_expires_at": {"$ref": "#/$defs/time_or_null"},
        "last_expires_at": {"$ref": "#/$defs/time_or_null"}, "newest_inception_at": {"$ref": "#/$defs/time_or_null"},
        "oldest_inception_at": {"$ref": "#/$defs/time_or_null"}, "lifetime_s": {"$ref": "#/$defs/count_or_null"},
        "batches": {"$ref": "#/$defs/count"}, "rhythm_s": {"$ref": "#/$defs/count_or_null"},
        "ends": {"type": "object", "required": ["width_s", "bins"],
          "properties": {"width_s": {"$ref": "#/$defs/count_or_null"}, "bins": {"type": "array", "items": {"type": "object",
            "required": ["from_at", "sets"],
            "properties": {"from_at": {"$ref": "#/$defs/time"}, "sets": {"$ref": "#/$defs/count"}}}}}},
        "next": {"type": "array", "maxItems": 10, "items": {"type": "object", "required": ["owner", "type", "tag", "expires"],
          "properties": {"owner": {"$ref": "#/$defs/name"}, "type": {"type": "string"}, "tag": {"$ref": "#/$defs/tag"},
            "expires": {"$ref": "#/$defs/time"}}}}}},
    "counts": {"type": "object", "propertyNames": {"$ref": "#/$defs/slug"}, "additionalProperties": {"$ref": "#/$defs/count"}},
    "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}}
  }
}
)";

std::string filled(std::string_view form) {
  const std::array<std::pair<std::string_view, std::string>, 11> holes{{
      {"@shared@", std::string{shared_frame}},
      {"@finding@", std::string{finding_frame}},
      {"@version@", std::string{schema_version}},
      {"@security@", enum_words<Security, 4>()},
      {"@slugs@", words(rows(), [](const Row& each) { return each.slug; })},
      {"@parties@", enum_words<Party, 5>()},
      {"@subjects@", enum_words<SubjectKind, 11>()},
      {"@severities@", enum_words<Severity, 3>()},
      {"@breaks@", enum_words<Breaks, 3>()},
      {"@remedies@", enum_words<Remedy, remedy_count>()},
      {"@params@", params()},
  }};
  std::string out{form};
  for (const auto& [hole, text] : holes) {
    for (auto at = out.find(hole); at != std::string::npos; at = out.find(hole, at + text.size())) {
      out.replace(at, hole.size(), text);
    }
  }
  return out;
}

}  // namespace

std::string json_schema() { return filled(frame); }

std::string line_schema() { return filled(line_frame); }

std::string zone_schema() { return filled(zone_frame); }

namespace {

struct Type {
  std::string_view json;
  std::string_view names;  // space-separated, with a space at both ends
};

// findings.md §1: a parameter has one type wherever it appears.
constexpr Type types[] = {
    {R"({"$ref": "#/$defs/name"})",
     " name next encloser next_closer wildcard target expected_target ns soa_owner signer "},
    {R"({"type": "array", "items": {"type": "string"}})", " types "},
    {R"({"$ref": "#/$defs/time"})", " expires inception breaks_at since until first last next_step_at "},
    {R"({"type": "integer"})",
     " ttl original_ttl expected_ttl remaining period age usual offset waited soa_expire count total expired limit "
     "tries labels "
     "expected_labels iterations spent octets expected_octets works_octets bits minimum_bits serial newest_serial "
     "rcode ede flags "
     "hash option "},
    {R"({"$ref": "#/$defs/tag"})", " tag "},
    {R"({"$ref": "#/$defs/octet"})", " algorithm "},
    {R"({"type": "array", "items": {"$ref": "#/$defs/tag"}})",
     " tags published signing revoked algorithms digests stronger "},
    {R"({"$ref": "#/$defs/key_ids"})", " keys "},
    {R"({"$ref": "#/$defs/ds_ids"})", " ds add remove "},
    {R"({"type": "object", "additionalProperties": {"type": "integer"}})", " serials "},
    {R"({"$ref": "#/$defs/named_addresses"})", " missing extra "},
    {R"({"$ref": "#/$defs/slug"})", " first_code "},
    {R"({"$ref": "#/$defs/security"})", " verdict_after "},
    {R"({"type": "object", "additionalProperties": {"type": "string"}})", " verdicts "},
};

std::string_view type_of(std::string_view parameter) {
  const auto word = " " + std::string{parameter} + " ";
  for (const auto& type : types) {
    if (type.names.contains(word)) return type.json;
  }
  return R"({"type": "string"})";  // a type, an address, a word of a closed list, free text
}

}  // namespace
}  // namespace report
