// How far a walk is: "org. 6/14 servers, 87 questions". It changes nothing of what is asked or heard.
#pragma once

#include <memory>

#include "cli/progress_line.h"
#include "resolver/source.h"

namespace cli {

std::unique_ptr<resolver::Source> with_progress(std::unique_ptr<resolver::Source> source, ProgressLine line);

}  // namespace cli
