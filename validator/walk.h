// Walk: from the anchor down to the zone that holds a name, one label at a time, and along its aliases (standards.md
// §8a 5-7). Each step is judged elsewhere: cut, zone_entry, answer.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "validator/answer.h"
#include "validator/cut.h"
#include "validator/draft.h"
#include "validator/position.h"

namespace validator {

class Walk {
 public:
  explicit Walk(Draft& draft) : draft_(draft) {}

  // Where a question about (name, type) is answered. DS is answered by the parent (RFC 4035 §3.1.4.1).
  Position descend(const dns::Name& name, dns::RRType type);
  // The whole question, aliases followed: fills chain.answer and the verdict.
  void follow(const dns::Name& name, dns::RRType type);

 private:
  std::optional<Position> start(const dns::Name& name, dns::RRType type);
  std::optional<Position> step(const Position& position, const dns::Name& name);
  Position below_broken(const Position& position, const dns::Name& name);
  void undelegated(ZoneId above, const dns::Name& name, std::string_view reason);
  std::optional<Position> locally_insecure(const dns::Name& name, std::optional<ZoneId> parent);

  Draft& draft_;
  // What was found out once: zones entered, and names without a cut.
  std::map<dns::Name, Position> entered_;
};

}  // namespace validator
