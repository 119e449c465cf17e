// A whole zone's verdict for people and for programs. Names are many: findings are counted, and the first of each
// shown. It judges nothing.
#pragma once

#include <string>

#include "report/report.h"
#include "validator/zone_judgement.h"

namespace report {

std::string zone_text(const validator::ZoneJudgement& zone, const Style& style);
std::string zone_json(const validator::ZoneJudgement& zone);  // its "schema_version" is that of the other JSON

}  // namespace report
