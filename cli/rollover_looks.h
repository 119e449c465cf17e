// All that was seen of a zone, kept from look to look: recordings made earlier, the file of --state, and what is added.
// It asks nobody and judges nothing.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "cli/files.h"
#include "cli/options.h"
#include "validator/rollover_look.h"

namespace cli {

class RolloverLooks {
 public:
  // Takes the lock of --state, if there is one, for as long as it lives. Error: one line for people.
  static std::expected<RolloverLooks, std::string> open(const Options& options);
  // Reads what was seen before; once, when the zone is known. Error: one line for people.
  std::expected<void, std::string> read(const Options& options, const dns::Name& zone);
  // Adds a look and writes the file. A clock that was set back makes no look older than the one before.
  std::expected<void, std::string> add(validator::RolloverLook look);
  const std::vector<validator::RolloverLook>& all() const { return looks_; }

 private:
  std::optional<Lock> lock_;
  std::string file_;
  std::optional<dns::Name> zone_;
  std::vector<validator::RolloverLook> looks_;
};

}  // namespace cli
