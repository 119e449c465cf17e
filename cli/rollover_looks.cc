#include "cli/rollover_looks.h"

#include <algorithm>
#include <filesystem>

#include "cli/rollover_file.h"
#include "cli/rollover_seeing.h"

namespace cli {
namespace {

// A file that cannot be looked at is no file that is not there: it would be written over.
bool is_there(const std::string& path) {
  std::error_code error;
  return std::filesystem::status(path, error).type() != std::filesystem::file_type::not_found;
}

}  // namespace

std::expected<RolloverLooks, std::string> RolloverLooks::open(const Options& options) {
  RolloverLooks looks;
  looks.file_ = options.state;
  if (looks.file_.empty()) return looks;
  // Held to the end: what a second run read in between would overwrite what this one has seen.
  auto taken = Lock::take(looks.file_);
  if (!taken) return std::unexpected(taken.error());
  looks.lock_.emplace(std::move(*taken));
  return looks;
}

std::expected<void, std::string> RolloverLooks::read(const Options& options, const dns::Name& zone) {
  zone_ = zone;
  auto recorded = looks_of_recordings(options, options.rollover.since, zone);
  if (!recorded) return std::unexpected(recorded.error());
  looks_ = std::move(*recorded);
  if (file_.empty() || !is_there(file_)) return {};
  const auto text = read_whole(file_, largest_rollover_file);
  if (!text) return std::unexpected(text.error());
  const auto kept = read_looks(*text, file_, zone);
  if (!kept) return std::unexpected(kept.error());
  looks_.insert(looks_.end(), kept->begin(), kept->end());
  std::ranges::stable_sort(looks_, {}, &validator::RolloverLook::first);
  return {};
}

std::expected<void, std::string> RolloverLooks::add(validator::RolloverLook look) {
  if (!looks_.empty()) look.first = look.last = std::max(look.first, looks_.back().last);
  validator::add_look(looks_, std::move(look));
  if (looks_.size() > most_looks) looks_.erase(looks_.begin());
  return file_.empty() ? std::expected<void, std::string>() : write_whole(file_, write_looks(*zone_, looks_));
}

}  // namespace cli
