#include "cli/gathering.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/files.h"
#include "cli/progress.h"
#include "cli/questions.h"
#include "cli/server_names.h"
#include "resolver/gather.h"
#include "resolver/hints.h"
#include "resolver/network.h"

namespace cli {
namespace {

using Servers = std::vector<dns::NamedServer>;
template <typename Value>
using Tried = std::expected<Value, std::string>;

constexpr std::size_t largest_text = 16UL << 20;
constexpr std::chrono::milliseconds usual_deadline{10'000};

dns::Mode mode_of(const Options& options);
Tried<std::vector<Servers>> resolvers(const Options& options);
Tried<Servers> hints(const Options& options);
void compare(std::vector<dns::Target>& targets);
Tried<std::unique_ptr<resolver::Source>> open_source(const Options& options, const std::vector<Servers>& beginnings);
std::vector<dns::RRType> usual_types(Verb verb);
bool is_apex(const validator::Chain& chain);

// One question's share of the run.
class Asker {
 public:
  Asker(const Options& options, const Environment& environment, Beginning& beginning, const Judge& judge)
      : options_(options), environment_(environment), beginning_(beginning), judge_(judge) {
    if (options.max_queries) limits_.exchanges = *options.max_queries;
    limits_.retries = options.retries;
    start_clock();
  }

  void start_clock() { end_ = resolver::Clock::now() + options_.deadline.value_or(usual_deadline); }
  void ask(const Question& question, Outcome& outcome);

 private:
  const validator::Chain& ask_one(const dns::Target& target, Outcome& outcome);

  const Options& options_;
  const Environment& environment_;
  Beginning& beginning_;
  const Judge& judge_;
  resolver::Limits limits_;
  resolver::Clock::time_point end_;
};

}  // namespace

Tried<Beginning> begin(const Options& options, const Environment& environment, const trustanchor::Anchors& anchors) {
  Beginning beginning;
  dns::Target target;
  target.mode = mode_of(options);
  const bool quick = options.verb == Verb::resolve || options.verb == Verb::preflight;
  target.effort = options.effort.value_or(quick ? dns::Effort::quick : dns::Effort::full);
  target.port = options.port.value_or(53);
  target.families = options.families;
  target.anchors = anchors.zones();
  target.habit = options.habit;
  if (target.effort == dns::Effort::full) target.made_up = draw_label();
  if (target.effort == dns::Effort::full || target.habit.cookie) target.chance = draw_chance();
  auto found = resolvers(options);
  if (!found) return std::unexpected(found.error());
  for (auto& servers : *found) {
    std::erase_if(servers, [&](const auto& server) {
      return std::ranges::find(options.families, server.address.family) == options.families.end();
    });
    if (servers.empty()) return std::unexpected("no server to begin with has an address of the family chosen");
    target.servers = servers;
    beginning.targets.push_back(target);
  }
  compare(beginning.targets);
  auto source = open_source(options, *found);
  if (!source) return std::unexpected(source.error());
  auto line = ProgressLine::open(options.progress, environment);
  beginning.source = line ? with_progress(std::move(*source), std::move(*line)) : std::move(*source);
  return beginning;
}

Tried<std::vector<Question>> all_questions(const Options& options) {
  auto questions = options.questions;
  if (options.batch.empty()) return questions;
  const auto text = read_whole(options.batch, largest_text);
  if (!text) return std::unexpected(text.error());
  auto more = read_batch(*text, options.batch);
  if (!more) return std::unexpected(more.error());
  for (auto& question : *more) {
    if (question.types.empty()) question.types = options.types;
    questions.push_back(std::move(question));
  }
  if (questions.empty()) return std::unexpected(fmt::format("{} holds no question", options.batch));
  return questions;
}

Outcome ask_all(const Options& options, const Environment& environment, const std::vector<Question>& questions,
                Beginning& beginning, const Judge& judge) {
  Outcome outcome;
  Asker asker(options, environment, beginning, judge);
  for (const auto& question : questions) {
    // A deadline that was given is one for the whole run; the usual one is for a name, or a long batch could not end.
    if (!options.deadline) asker.start_clock();
    asker.ask(question, outcome);
  }
  return outcome;
}

namespace {

void Asker::ask(const Question& question, Outcome& outcome) {
  for (const auto& base : beginning_.targets) {
    dns::Target target = base;
    target.name = question.name;
    const auto types = question.types.empty() ? usual_types(options_.verb) : question.types;
    bool apex = false;
    for (const auto type : types) {
      target.type = type;
      apex = is_apex(ask_one(target, outcome)) || apex;
    }
    if (!question.types.empty() || types.size() < 2 || !apex) continue;
    target.type = dns::RRType::soa;
    ask_one(target, outcome);
  }
}

const validator::Chain& Asker::ask_one(const dns::Target& target, Outcome& outcome) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end_ - resolver::Clock::now());
  limits_.deadline = std::max(left, std::chrono::milliseconds(0));
  outcome.evidence.push_back(resolver::gather(target, *beginning_.source, limits_, environment_.now));
  outcome.chains.push_back(judge_(outcome.evidence.back()));
  return outcome.chains.back();
}

dns::Mode mode_of(const Options& options) {
  if (options.mode) return *options.mode;
  if (!options.servers.empty()) return dns::Mode::stub;
  return options.verb == Verb::resolve ? dns::Mode::stub : dns::Mode::walk;
}

// A list for each beginning: every @server alone, the resolvers of the system together, or the hints.
Tried<std::vector<Servers>> resolvers(const Options& options) {
  std::vector<Servers> lists;
  if (mode_of(options) == dns::Mode::walk) {
    auto found = hints(options);
    if (!found) return std::unexpected(found.error());
    lists.push_back(std::move(*found));
    return lists;
  }
  const auto port = options.port.value_or(53);
  for (const auto& server : options.servers) {
    auto found = addresses_of(server, port, options, [] { return system_resolvers(53); });
    if (!found) return std::unexpected(found.error());
    lists.push_back(std::move(*found));
  }
  if (lists.empty()) lists.push_back(system_resolvers(port));
  return lists;
}

Tried<Servers> hints(const Options& options) {
  const auto port = options.port.value_or(53);
  if (options.hints.empty()) return resolver::built_in_hints(port);
  const auto text = read_whole(options.hints, largest_text);
  if (!text) return std::unexpected(text.error());
  return resolver::read_hints(*text, options.hints, port);
}

// Several resolvers at full effort: each is held against the others. Their questions are the same, so the one Source
// asks them once.
void compare(std::vector<dns::Target>& targets) {
  for (auto& target : targets) {
    if (target.mode != dns::Mode::stub || target.effort != dns::Effort::full) continue;
    for (const auto& other : targets)
      if (other.servers != target.servers) target.elsewhere.push_back(other.servers.front());
  }
}

Tried<std::unique_ptr<resolver::Source>> open_source(const Options& options, const std::vector<Servers>& beginnings) {
  resolver::NetworkOptions network;
  network.timeout = options.timeout;
  network.attempts = options.retries + 1;
  network.bind = options.bind;
  for (const auto& servers : beginnings) {
    // Hints or a resolver at private addresses: the tree is private, and its other addresses may be so too
    // (standards.md §8b.5).
    network.private_destinations |=
        std::ranges::any_of(servers, [](const auto& server) { return dns::is_special(server.address); });
  }
  return resolver::open_network(network);
}

std::vector<dns::RRType> usual_types(Verb verb) {
  if (verb == Verb::resolve || verb == Verb::record) return {dns::RRType::a};
  return {dns::RRType::a, dns::RRType::aaaa};
}

bool is_apex(const validator::Chain& chain) {
  return !chain.zones.empty() && chain.zones.back().reached && chain.zones.back().name == chain.name;
}

}  // namespace
}  // namespace cli
