// ZoneLedger: the findings of a whole zone, counted, and of each slug the first few kept: a zone of a million names can
// have a million faults. It orders and explains nothing.
#pragma once

#include <map>
#include <vector>

#include "validator/finding.h"

namespace validator {

class ZoneLedger {
 public:
  static constexpr std::size_t kept = 8;  // of each slug

  explicit ZoneLedger(const dns::Name& zone) : zone_(zone) {}

  void add(Code code, Subject subject, std::vector<Detail> details);
  void add(const Finding& finding);
  // Those of names that come after all that were added here.
  void append(const ZoneLedger& later);

  std::uint64_t count(Code code) const;
  std::map<Code, std::uint64_t> counts() const;
  std::vector<Finding> findings() const;

 private:
  struct Tally {
    std::uint64_t count = 0;
    std::vector<Finding> first;
  };
  void add(const Finding& finding, std::uint64_t times);

  dns::Name zone_;
  std::map<Code, Tally> tallies_;
};

}  // namespace validator
