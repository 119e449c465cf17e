// One line on stderr that counts questions and answers while a run goes on.
// It changes nothing of what is asked or heard.
#pragma once

#include <memory>

#include "resolver/source.h"

namespace cli {

std::unique_ptr<resolver::Source> with_progress(std::unique_ptr<resolver::Source> source);

}  // namespace cli
