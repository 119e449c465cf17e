#include <fmt/format.h>

#include "cli/ds_page.h"
#include "cli/files.h"
#include "cli/key_files.h"
#include "cli/living.h"
#include "cli/questions.h"
#include "cli/run.h"
#include "cli/status.h"
#include "cli/trust.h"
#include "cli/writing.h"

namespace cli {
namespace {

std::expected<DsPage, std::string> of_files(const Options& options, const Environment& environment, dns::Time now);
std::expected<DsPage, std::string> of_name(const Options& options, const Environment& environment, dns::Time now);
Status write(const DsPage& page, const Options& options);

}  // namespace

Status run_ds(const Options& options, const Environment& environment) {
  const auto now = options.at ? instant(*options.at, environment.now) : environment.now;
  // A zone's file may be called as the zone is: what lies there is meant, and -q means the name.
  const bool files = !options.words.empty() && (options.words[0] == "-" || is_file(options.words[0]));
  const auto page = files ? of_files(options, environment, now) : of_name(options, environment, now);
  if (!page) return std::unexpected(page.error());
  return write(*page, options);
}

namespace {

std::expected<DsPage, std::string> of_files(const Options& options, const Environment& environment, dns::Time now) {
  const auto origin = options.questions.empty() ? std::nullopt : std::optional(options.questions[0].name);
  const auto keys = read_key_files(options.words, origin);
  if (!keys) return std::unexpected(keys.error());
  validator::Verifier verifier;
  const auto policy = policy_of(options, now);
  auto handover = validator::handover(*keys, policy, now, verifier);
  if (options.ds.parent) {
    const auto now_live = living_handover(handover.zone, options, environment, now);
    if (!now_live) return std::unexpected(now_live.error());
    handover = beside(handover, *now_live);
  }
  auto page = make_page(std::move(handover), options.ds, verifier);
  page.source = options.words.size() == 1 ? options.words[0] : fmt::format("{} files", options.words.size());
  page.asked_live = options.ds.parent;
  return page;
}

std::expected<DsPage, std::string> of_name(const Options& options, const Environment& environment, dns::Time now) {
  auto questions = options.questions;
  if (!options.words.empty()) {
    auto read = read_questions(options.words);
    if (!read) return std::unexpected(fmt::format("{} (and no file of that name)", read.error()));
    questions = std::move(*read);
  }
  if (questions.size() != 1) return std::unexpected("ds: one name at a time, or key files");
  auto handover = living_handover(questions[0].name, options, environment, now);
  if (!handover) return std::unexpected(handover.error());
  validator::Verifier verifier;
  auto page = make_page(std::move(*handover), options.ds, verifier);
  page.asked_live = true;
  return page;
}

Status write(const DsPage& page, const Options& options) {
  std::string text;
  bool told = false;
  for (const auto layout : options.ds.layouts) {
    text += page_text(page, layout);
    told = told || layout == DsLayout::fields || layout == DsLayout::json;
  }
  if (!told) write_stderr(remarks(page));
  const auto written = write_text(text, options);
  if (!written) return std::unexpected(written.error());
  return status_of(page);
}

}  // namespace
}  // namespace cli
