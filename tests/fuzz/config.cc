// Any text as a configuration file: reading ends, faults are one line, and every setting is either taken or refused.
#include "cli/config.h"

#include <algorithm>

#include "cli/config_file.h"
#include "tests/fuzz/fuzz.h"

namespace {

bool is_one_line(std::string_view text) { return !text.empty() && !text.contains('\n') && !text.contains('\0'); }

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::text_of(data, size));
  if (const auto settings = cli::read_settings(text); !settings) fuzz::require(is_one_line(settings.error()));
  cli::Surroundings around;
  around.files = {"fuzz"};
  around.read = [&](const std::string&) { return std::optional(text); };
  for (const auto verb : {cli::Verb::check, cli::Verb::replay, cli::Verb::zone}) {
    const auto all = cli::configured(verb, {}, around);
    fuzz::require(all || is_one_line(all.error()));
    if (all) fuzz::require(!cli::print_config(verb, *all, around).empty());
  }
  return 0;
}
