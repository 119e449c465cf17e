#include "validator/audit.h"

namespace validator {

void agreement_findings(Draft&) {}

}  // namespace validator
