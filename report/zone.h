// A whole zone's verdict for people and for programs. Names are many: findings are counted, and the first of each
// shown. It judges nothing.
#pragma once

#include <string>

#include "report/report.h"
#include "validator/zone_judgement.h"

namespace report {

std::string zone_text(const validator::ZoneJudgement& zone, const Style& style);
enum class ZoneJson : std::uint8_t { document, line };  // line: the same members in one line, for NDJSON
std::string zone_json(const validator::ZoneJudgement& zone, ZoneJson form = ZoneJson::document);
std::string zone_schema();  // zone-1.schema.json, `trustwalk explain --schema zone`

}  // namespace report
