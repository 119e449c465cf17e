// The file in which `rollover --state` keeps what it saw of a zone, look by look: text, a line for each thing seen.
// It opens no file.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "validator/rollover_look.h"

namespace cli {

constexpr std::size_t most_looks = 1000, largest_rollover_file = 16UL << 20;

// The oldest looks are left out beyond `most_looks`.
std::string write_looks(const dns::Name& zone, const std::vector<validator::RolloverLook>& looks);

// Error: one line for people: not of this form, or of another zone.
std::expected<std::vector<validator::RolloverLook>, std::string> read_looks(std::string_view text,
                                                                            const std::string& file,
                                                                            const dns::Name& zone);

}  // namespace cli
