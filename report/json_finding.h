// One finding as an object of JSON (findings.md §1): the same in the verdict on a name and in that on a whole zone.
#pragma once

#include <optional>

#include "report/json_writer.h"
#include "validator/chain.h"

namespace report {

void put_finding(JsonWriter& out, const validator::Chain& chain, const validator::Finding& finding);
void put_blame(JsonWriter& out, const std::optional<validator::Blame>& blame);  // the member "blame", or null

}  // namespace report
