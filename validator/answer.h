// Answer: the last step: is what was said about (name, type) authentic: data, alias or denial? (RFC 4035 §5.3, §5.4)
// The way to the zone that holds the name is analyze's.
#pragma once

#include <optional>

#include "validator/draft.h"
#include "validator/position.h"

namespace validator {

struct AnswerJudgement {
  Security security = Security::indeterminate;
  dns::Rcode rcode{};
  std::optional<dns::Name> next;          // an alias leads on to this name
  std::optional<NodeId> alias;            // its node
  std::vector<NodeId> nodes;              // RRsets or denial of this step
  std::vector<dns::SignedRRset> records;  // to print
  std::optional<dns::Ttl> ttl;            // RFC 4035 §5.3.3
  std::optional<std::size_t> finding;     // what explains a failure
};

// All distinct replies to (name, type) that are not referrals are judged; the best counts. The audit's made-up
// questions are judged by the same function; then nothing goes into Chain::answer.
AnswerJudgement judge_answer(Draft& draft, const Position& position, const dns::Name& name, dns::RRType type);

}  // namespace validator
