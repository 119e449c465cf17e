// Names in people's scripts: U-labels to A-labels and back (IDNA2008, RFC 5890).
// It says nothing on whether such a name exists, and compares no names.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "dns/name.h"

namespace cli {

bool is_ascii(std::string_view text);

// Requires: UTF-8, whatever the locale. Error: a phrase for people.
std::expected<std::string, std::string> to_ascii(std::string_view name);

// Returns: the name with its A-labels as U-labels; "" if it has none, or if one is no right A-label.
std::string to_unicode(const dns::Name& name);

}  // namespace cli
