// A planned change, rehearsed: today, the state wanted, every mix of both that a cache may hold, and the order in which
// no cache meets one that fails. As one value; its text and JSON.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/plan.h"
#include "report/report.h"
#include "validator/chain.h"
#include "validator/schedule.h"

namespace cli {

enum class DsCopy : std::uint8_t { old_or_new, both };  // both: the parent has the old DS set and the new one together

// One state of a cache, and what a validator makes of it.
struct JudgedMix {
  validator::Mix mix;
  validator::Security verdict{};
  std::optional<validator::Finding> cause{};  // of a verdict that is not secure
};

struct RehearsedStep {
  validator::Mix parts;
  DsCopy ds = DsCopy::old_or_new;  // both: the DS set of this step is old and new together
  dns::Seconds wait{0};            // before it, from when every server has the step before
  std::string held{};              // what may be held so long: "the old DNSKEY set"; empty: nothing is waited for
};

struct Rehearsal {
  Today today{};
  std::vector<std::string> words{};  // what changes
  validator::Mix changed{};
  std::vector<JudgedMix> tried{};  // the wholly old first, the wholly new last
  validator::Schedule schedule{};
  // in_steps: these; never: these if old and new DS together for a while help, else none.
  std::vector<RehearsedStep> steps{};
  dns::Seconds settled{0};
  std::vector<validator::Code> comes{}, goes{};  // findings, errors and warnings
  bool is_sampled = true;  // a few sets were asked for; else the whole zone planned was verified too
  dns::Time now{};

  bool by_both_ds() const;
  validator::Security worst() const;  // of all that is not as today, if everything is changed together
};

// What a validator says of one mix, and everything found: asked once for each.
using Rehearse = std::function<std::vector<validator::Chain>(const resolver::Plan&)>;
Rehearsal rehearse(const Today& today, const Change& change, dns::Time now, const Rehearse& validate);

std::string rehearsal_text(const Rehearsal& rehearsal, const report::Style& style);  // rehearsal_text.cc
std::string rehearsal_json(const Rehearsal& rehearsal);                              // rehearsal_json.cc
std::string rehearsal_picture(const Rehearsal& rehearsal);                           // rehearsal_picture.cc: SVG
std::string rehearsal_calendar(const Rehearsal& rehearsal);                          // rehearsal_picture.cc: RFC 5545
std::string words_of(validator::Mix mix, validator::Mix changed);

}  // namespace cli
