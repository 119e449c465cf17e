// The JSON Schema (2020-12) of report/json, with slugs, severities, remedies and parameters taken from the catalogue.
// It validates nothing itself.
#pragma once

#include <string>

namespace report {

std::string json_schema();  // installed as verdict-1.schema.json, printed by `trustwalk explain --schema`
std::string line_schema();  // of a line of NDJSON: line-1.schema.json, `trustwalk explain --schema line`

}  // namespace report
