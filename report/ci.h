// Results in the forms that CI systems read: JUnit's XML and SARIF 2.1.0.
// What counts as a failure is said here; the exit status is cli/'s.
#pragma once

#include <string>
#include <vector>

#include "validator/chain.h"

namespace report {

// A test case for each question: bogus is a failure, indeterminate an error, insecure is skipped, with the cause as the
// message; the findings of a secure one are its output.
std::string junit(const std::vector<validator::Chain>& chains);

// A rule for each slug found, a result for each finding that is no consequence of another. The place is a dns: URI
// (RFC 4501) and the subject's name.
std::string sarif(const std::vector<validator::Chain>& chains);

}  // namespace report
