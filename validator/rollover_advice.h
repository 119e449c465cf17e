// What to type for a step of a rollover, signer by signer (RFC 7583's steps in the words of each program).
// It runs no command and knows no moment.
#pragma once

#include <string>
#include <vector>

#include "validator/advice.h"
#include "validator/rollover_phase.h"

namespace validator {

// Lines as validator::commands gives them. Placeholders beside those of advice.h: in and out, the tags of the keys that
// come and go.
std::vector<std::string> commands(RolloverAction action, Signer signer, Values values);

// One sentence without full stop: "give the parent the DS of 12345 in place of that of 54321".
std::string headline(const RolloverStep& step, const std::vector<RolledKey>& keys);
// What is under way: "a new key waits; it is published and signs nothing yet".
std::string_view in_words(RolloverKind kind, Direction direction);
std::string_view rule_of(RolloverKind kind);                       // "RFC 7583 §3.2.1"
std::string tags(KeySet set, const std::vector<RolledKey>& keys);  // "12345, 54321"

}  // namespace validator
