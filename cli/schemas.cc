#include "cli/schemas.h"

#include <array>
#include <utility>

#include "cli/anchors_page.h"
#include "report/schema.h"
#include "report/zone.h"
#include "trustanchor/root_roll.h"
#include "validator/handover.h"

namespace cli {
namespace {

// A list of JSON strings: the words of the first `count` enumerators.
template <class Enum, std::size_t count, class Word>
std::string words(Word word) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    out += out.empty() ? "\"" : ", \"";
    out += word(static_cast<Enum>(i));
    out += '"';
  }
  return out;
}

std::string filled(std::string_view frame);

constexpr std::string_view anchors_frame = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "trustwalk anchors 1",
  "description": "Trust anchors: in use, left out, followed, and what the live zones do with them.",
  "$defs": {@common@
    "tag_or_null": {"anyOf": [{"$ref": "#/$defs/tag"}, {"type": "null"}]},
    "milestone": {"type": ["object", "null"], "required": ["stage", "from_at", "planned"],
      "properties": {"stage": {"enum": [@stages@]}, "from_at": {"$ref": "#/$defs/time"}, "planned": {"type": "boolean"}}}
  },
  "type": "object",
  "required": ["schema_version", "now", "source", "tables_date", "anchors", "left_out", "notices", "followed", "root_keys",
    "zones", "events"],
  "properties": {
    "schema_version": {"type": "string", "pattern": "^1\\.[0-9]+$"}, "now": {"$ref": "#/$defs/time"},
    "source": {"type": "string"}, "tables_date": {"type": "string", "format": "date"},
    "anchors": {"type": "array", "items": {"type": "object",
      "required": ["zone", "form", "tag", "algorithm", "digest_type", "id", "source", "valid_from_at", "valid_until_at",
        "counts", "state", "since_at", "accepted_from_at", "sightings"],
      "properties": {"zone": {"$ref": "#/$defs/name"}, "form": {"enum": ["ds", "dnskey"]}, "tag": {"$ref": "#/$defs/tag"},
        "algorithm": {"$ref": "#/$defs/octet"}, "digest_type": {"anyOf": [{"$ref": "#/$defs/octet"}, {"type": "null"}]},
        "id": {"type": "string"}, "source": {"type": "string"}, "valid_from_at": {"$ref": "#/$defs/time_or_null"},
        "valid_until_at": {"$ref": "#/$defs/time_or_null"}, "counts": {"type": "boolean"}, "state": {"enum": [@states@]},
        "since_at": {"$ref": "#/$defs/time_or_null"}, "accepted_from_at": {"$ref": "#/$defs/time_or_null"},
        "sightings": {"type": ["integer", "null"], "minimum": 0}}}},
    "left_out": {"type": "array", "items": {"type": "object", "required": ["file", "text", "zone", "tag"],
      "properties": {"file": {"type": "string"}, "text": {"type": "string"},
        "zone": {"anyOf": [{"$ref": "#/$defs/name"}, {"type": "null"}]}, "tag": {"$ref": "#/$defs/tag_or_null"}}}},
    "notices": {"type": "array", "items": {"type": "string"}},
    "followed": {"type": "array", "items": {"type": "object",
      "required": ["zone", "file", "last_queried_at", "last_success_at", "next_query_at", "failures", "trusted"],
      "properties": {"zone": {"$ref": "#/$defs/name"}, "file": {"type": "string"},
        "last_queried_at": {"$ref": "#/$defs/time_or_null"}, "last_success_at": {"$ref": "#/$defs/time_or_null"},
        "next_query_at": {"$ref": "#/$defs/time_or_null"}, "failures": {"type": "integer", "minimum": 0},
        "trusted": {"type": "boolean"}}}},
    "root_keys": {"type": "array", "items": {"type": "object", "required": ["tag", "stage", "last", "next"],
      "properties": {"tag": {"$ref": "#/$defs/tag"}, "stage": {"enum": [@stages@]}, "last": {"$ref": "#/$defs/milestone"},
        "next": {"$ref": "#/$defs/milestone"}}}},
    "zones": {"type": "array", "items": {"type": "object",
      "required": ["zone", "verdict", "anchors", "unknown_tags", "findings"],
      "properties": {"zone": {"$ref": "#/$defs/name"}, "verdict": {"enum": [@security@]},
        "anchors": {"type": "array", "items": {"type": "object", "required": ["tag", "live"],
          "properties": {"tag": {"$ref": "#/$defs/tag"}, "live": {"enum": [@live@]}}}},
        "unknown_tags": {"type": "array", "items": {"$ref": "#/$defs/tag"}},
        "findings": {"type": "array", "items": {"type": "object", "required": ["slug", "text"],
          "properties": {"slug": {"type": "string"}, "text": {"type": "string"}}}}}}},
    "events": {"type": "array", "items": {"type": "object", "required": ["tag", "event", "text"],
      "properties": {"tag": {"$ref": "#/$defs/tag_or_null"}, "event": {"enum": [@events@]}, "text": {"type": "string"}}}}
  }
}
)";

constexpr std::string_view ds_frame = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "trustwalk ds 1",
  "description": "The DS to hand to the parent, the keys held back, and what the parent has now.",
  "$defs": {@common@
    "key": {"type": "object", "required": ["tag", "flags", "protocol", "algorithm", "public_key", "fit", "reason"],
      "properties": {"tag": {"$ref": "#/$defs/tag"}, "flags": {"$ref": "#/$defs/tag"}, "protocol": {"$ref": "#/$defs/octet"},
        "algorithm": {"$ref": "#/$defs/octet"}, "public_key": {"type": "string", "pattern": "^[A-Za-z0-9+/]*=*$"},
        "fit": {"enum": [@fits@]}, "reason": {"type": "string"}}},
    "ds": {"type": "object", "required": ["tag", "algorithm", "digest_type", "digest"],
      "properties": {"tag": {"$ref": "#/$defs/tag"}, "algorithm": {"$ref": "#/$defs/octet"},
        "digest_type": {"$ref": "#/$defs/octet"}, "digest": {"type": "string", "pattern": "^([0-9A-Fa-f]{2})*$"}}}
  },
  "type": "object", "required": ["schema_version", "zone", "source", "security", "offered", "held_back", "parent"],
  "properties": {
    "schema_version": {"type": "string", "pattern": "^1\\.[0-9]+$"}, "zone": {"$ref": "#/$defs/name"},
    "source": {"type": "string"}, "security": {"enum": [@security@]},
    "offered": {"type": "array", "items": {"allOf": [{"$ref": "#/$defs/key"}, {"required": ["ds"],
      "properties": {"ds": {"type": "array", "items": {"$ref": "#/$defs/ds"}}}}]}},
    "held_back": {"type": "array", "items": {"$ref": "#/$defs/key"}},
    "parent": {"type": ["object", "null"], "required": ["security", "broken", "ds"],
      "properties": {"security": {"enum": [@security@]}, "broken": {"type": "boolean"},
        "ds": {"type": "array", "items": {"allOf": [{"$ref": "#/$defs/ds"}, {"required": ["key_tag", "leads"],
          "properties": {"key_tag": {"anyOf": [{"$ref": "#/$defs/tag"}, {"type": "null"}]}, "leads": {"type": "boolean"}}}]}}}}
  }
}
)";

constexpr std::string_view common = R"(
    "name": {"type": "string", "pattern": "\\.$"},
    "time": {"type": "string", "pattern": "^[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},
    "time_or_null": {"anyOf": [{"$ref": "#/$defs/time"}, {"type": "null"}]},
    "octet": {"type": "integer", "minimum": 0, "maximum": 255},
    "tag": {"type": "integer", "minimum": 0, "maximum": 65535},)";

}  // namespace

std::string schema_of(std::string_view word) {
  if (word == "verdict") return report::json_schema();
  if (word == "line") return report::line_schema();
  if (word == "zone") return report::zone_schema();
  if (word == "anchors") return filled(anchors_frame);
  if (word == "ds") return filled(ds_frame);
  return "";
}

namespace {

std::string filled(std::string_view frame) {
  const auto word = [](auto each) { return to_text(each); };
  const std::array<std::pair<std::string_view, std::string>, 7> holes{{
      {"@common@", std::string(common)},
      {"@security@", words<validator::Security, 4>(word)},
      {"@stages@", words<trustanchor::Stage, 6>(word)},
      {"@states@", words<trustanchor::State, 6>([](auto state) { return to_text(state); })},
      {"@live@", words<LiveKey, 4>(word)},
      {"@events@", words<trustanchor::Event::Kind, 12>([](auto kind) { return slug_of(kind); })},
      {"@fits@", words<validator::KeyFit, 10>(word)},
  }};
  std::string out{frame};
  for (const auto& [hole, text] : holes) {
    for (auto at = out.find(hole); at != std::string::npos; at = out.find(hole, at + text.size())) {
      out.replace(at, hole.size(), text);
    }
  }
  return out;
}

}  // namespace
}  // namespace cli
