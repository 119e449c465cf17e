// One line on stderr that says how far a slow run is, and is gone when the run is over: "org. 6/14 servers, 87
// questions". It changes nothing of what is asked or heard.
#pragma once

#include <memory>
#include <optional>

#include "cli/environment.h"
#include "cli/options.h"
#include "resolver/source.h"

namespace cli {

struct Progress {
  resolver::Clock::duration patience{};  // a run that is over before says nothing
  int width = 80;                        // columns of the terminal
};

// None: nobody wants it, or nobody could see it (no terminal, or one that cannot take a line back).
std::optional<Progress> progress_for(Choice wish, const Environment& environment);

std::unique_ptr<resolver::Source> with_progress(std::unique_ptr<resolver::Source> source, const Progress& progress);

}  // namespace cli
