#include "cli/options.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/config.h"
#include "cli/help.h"
#include "cli/nearest.h"
#include "cli/option_table.h"
#include "cli/questions.h"
#include "cli/schemas.h"
#include "cli/values.h"
#include "cli/words.h"

namespace cli {
namespace {

using Done = std::expected<void, std::string>;

std::expected<std::vector<Met>, std::string> read_options(Verb verb, const std::vector<std::string>& words);
Done apply_options(Options& options, std::span<const Met> met);
Done apply_flags(Options& options, std::span<const std::string> flags);
Done apply_servers(Options& options, std::span<const std::string> servers);
Done apply_bare_words(Options& options, std::span<const std::string> words);
Done check_whole(Options& options);
std::string not_yet(std::string_view what) { return fmt::format("{}: not in this version (docs/not-yet.md)", what); }

constexpr std::array verbs{Verb::check,   Verb::resolve, Verb::probe,     Verb::record,   Verb::replay,
                           Verb::graph,   Verb::ds,      Verb::preflight, Verb::rollover, Verb::watch,
                           Verb::explain, Verb::anchors, Verb::diff,      Verb::zone};

}  // namespace

Parsed parse(std::span<const std::string> arguments) { return parse(arguments, {}); }

Parsed parse(std::span<const std::string> arguments, const Surroundings& around) {
  const Words words = sort_words(arguments);
  if (!words.later.empty())
    return Misuse{not_yet(words.later) + fmt::format("; a name that looks so: {}. or -q {}", words.later, words.later)};
  const auto met = read_options(words.verb, words.options);
  if (!met) return Misuse{met.error()};
  if (is_met(*met, "-V")) return Wish{version_text()};
  if (is_met(*met, "-h")) {
    const bool verb_given = words.verb != Verb::check || std::ranges::find(arguments, "check") != arguments.end();
    return Wish{verb_given ? help_of(words.verb) : overview()};
  }
  const auto all = configured(words.verb, *met, around);
  if (!all) return Unreadable{all.error()};
  Options options;
  options.verb = words.verb;
  if (is_met(*met, "--print-config")) {
    const auto checked = apply_options(options, *all);
    return checked ? Parsed(Wish{print_config(words.verb, *all, around)}) : Misuse{checked.error()};
  }
  for (const auto& step : {apply_servers(options, words.servers), apply_bare_words(options, words.bare),
                           apply_options(options, *all), apply_flags(options, words.flags), check_whole(options)}) {
    if (!step) return Misuse{step.error()};
  }
  return options;
}

std::string_view to_text(Verb verb) {
  switch (verb) {
    case Verb::check: return "check";
    case Verb::resolve: return "resolve";
    case Verb::probe: return "probe";
    case Verb::record: return "record";
    case Verb::replay: return "replay";
    case Verb::graph: return "graph";
    case Verb::ds: return "ds";
    case Verb::preflight: return "preflight";
    case Verb::rollover: return "rollover";
    case Verb::watch: return "watch";
    case Verb::explain: return "explain";
    case Verb::anchors: return "anchors";
    case Verb::diff: return "diff";
    case Verb::zone: return "zone";
  }
  return "";
}

std::optional<Verb> find_verb(std::string_view word) {
  const auto found = std::ranges::find(verbs, word, [](Verb verb) { return to_text(verb); });
  return found == verbs.end() ? std::nullopt : std::optional(*found);
}

dns::Time instant(const When& when, dns::Time origin) {
  const auto* distance = std::get_if<dns::Seconds>(&when);
  return distance != nullptr ? origin + *distance : std::get<dns::Time>(when);
}

std::string version_text() {
  return fmt::format("trustwalk {}\ntables {}\nlibraries: {}, fmt {}.{}.{}, CLI11 {}\n", TRUSTWALK_VERSION,
                     trustanchor::tables_date(), TRUSTWALK_LIBRARIES, FMT_VERSION / 10000, FMT_VERSION / 100 % 100,
                     FMT_VERSION % 100, CLI11_VERSION);
}

namespace {

std::string unknown_option(Verb verb, std::string_view word);

std::expected<std::vector<Met>, std::string> read_options(Verb verb, const std::vector<std::string>& words) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::map<const CLI::Option*, const OptionRow*> row_of;
  for (const auto& row : option_rows(verb)) {
    CLI::Option* option = row.argument.empty() ? app.add_flag(std::string(row.names))
                                               : app.add_option(std::string(row.names),
                                                                CLI::callback_t([](const auto&) { return true; }));
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    row_of[option] = &row;
  }
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ArgumentMismatch& fault) {
    return std::unexpected(fmt::format("{} needs a value", words.back()));
  } catch (const CLI::ParseError& fault) {
    return std::unexpected(std::string(fault.what()));
  }
  if (const auto extra = app.remaining(); !extra.empty()) return std::unexpected(unknown_option(verb, extra.front()));
  // In the order typed, so that of two that exclude each other the last one holds, as with dig.
  std::vector<Met> met;
  std::map<const CLI::Option*, std::size_t> seen;
  for (const CLI::Option* option : app.parse_order()) {
    const auto& row = *row_of.at(option);
    const std::size_t index = seen[option]++;
    met.push_back({.row = &row, .value = row.argument.empty() ? std::string() : option->results().at(index)});
  }
  return met;
}

std::string unknown_option(Verb verb, std::string_view word) {
  const std::string_view name = word.substr(0, word.find('='));
  std::vector<std::string_view> names;
  for (const auto& row : option_rows(verb)) {
    for (std::string_view rest = row.names; !rest.empty();) {
      const auto comma = rest.find(',');
      if (rest.starts_with("--") && !row.help.empty()) names.push_back(rest.substr(0, comma));
      rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
  }
  if (name == "-c") return "-c: only class IN has chains of trust, there is no option for it";
  return fmt::format("unknown option {}{}", validator::printable(name),
                     name.starts_with("--") ? did_you_mean(name, names) : "");
}

std::string first_name(const OptionRow& row) {
  const auto comma = row.names.rfind(',');
  return std::string(comma == std::string_view::npos ? row.names : row.names.substr(comma + 1));
}

Done apply_options(Options& options, std::span<const Met> met) {
  for (const auto& [row, value, origin] : met) {
    if ((row->verbs & only(options.verb)) == 0)
      return std::unexpected(fmt::format("{} has no option {}", to_text(options.verb), first_name(*row)));
    if (row->set == nullptr) return std::unexpected(not_yet(first_name(*row)));
    const auto done = row->set(options, value);
    const auto place = origin == Met{}.origin ? "" : origin + ": ";
    if (!done) return std::unexpected(fmt::format("{}{}: {}", place, first_name(*row), done.error()));
  }
  return {};
}

const FlagRow* find_flag(std::string_view name) {
  const auto rows = flag_rows();
  const auto found = std::ranges::find(rows, name, &FlagRow::name);
  return found == rows.end() ? nullptr : &*found;
}

Done apply_flag(Options& options, std::string_view flag) {
  const auto equals = flag.find('=');
  const auto name = flag.substr(0, equals);
  const auto* row = find_flag(name);
  const bool negated = row == nullptr && name.starts_with("no");
  if (negated) row = find_flag(name.substr(2));
  if (row == nullptr) {
    if (std::ranges::find(ignored_flags(), negated ? name.substr(2) : name) != ignored_flags().end()) {
      options.ignored.push_back(fmt::format("+{}", name));
      return {};
    }
    std::vector<std::string_view> known;
    for (const auto& flag_row : flag_rows()) known.push_back(flag_row.name);
    return std::unexpected(
        fmt::format("unknown flag +{}{}", validator::printable(name), did_you_mean(name, known, "+")));
  }
  if ((row->verbs & only(options.verb)) == 0)
    return std::unexpected(fmt::format("{} has no flag +{}", to_text(options.verb), name));
  const auto set = negated ? row->unset : row->set;
  if (set == nullptr) return std::unexpected(not_yet(fmt::format("+{}", name)));
  if (!negated && row->argument.empty() == (equals != std::string_view::npos)) {
    return std::unexpected(row->argument.empty() ? fmt::format("+{} takes no value", name)
                                                 : fmt::format("write +{}={}", name, row->argument));
  }
  const auto done = set(options, equals == std::string_view::npos ? std::string_view() : flag.substr(equals + 1));
  if (!done) return std::unexpected(fmt::format("+{}: {}", name, done.error()));
  return {};
}

Done apply_flags(Options& options, std::span<const std::string> flags) {
  for (const auto& flag : flags) {
    if (const auto done = apply_flag(options, flag); !done) return done;
  }
  return {};
}

Done apply_servers(Options& options, std::span<const std::string> servers) {
  for (const auto& word : servers) {
    const auto server = read_server(word);
    if (!server) return std::unexpected(fmt::format("@{}: {}", validator::printable(word), server.error()));
    options.servers.push_back(*server);
  }
  return {};
}

bool names_a_file(std::string_view word) { return word.contains('/') || word.ends_with(".json"); }

Done apply_bare_words(Options& options, std::span<const std::string> words) {
  std::vector<std::string> questions;
  for (const auto& word : words) {
    const bool asking = options.verb == Verb::check || options.verb == Verb::resolve || options.verb == Verb::record ||
                        options.verb == Verb::preflight || options.verb == Verb::watch ||
                        ((options.verb == Verb::graph || options.verb == Verb::rollover) && !names_a_file(word)) ||
                        (options.verb == Verb::zone && !options.servers.empty());
    (asking ? questions : options.words).push_back(word);
  }
  auto read = read_questions(questions);
  if (!read) return std::unexpected(read.error());
  options.questions = std::move(*read);
  return {};
}

Done check_questions(Options& options);
Done check_words(const Options& options);
Done check_servers(const Options& options);
Done check_output(const Options& options);

Done check_whole(Options& options) {
  for (const auto& step :
       {check_questions(options), check_words(options), check_servers(options), check_output(options)}) {
    if (!step) return step;
  }
  return {};
}

Done check_plan(const Options& options) {
  if (options.questions.size() != 1) return std::unexpected(fmt::format("which zone? {}", usage_of(options.verb)));
  const auto& plan = options.preflight;
  if (plan.ds.empty() && plan.remove_ds.empty() && plan.keys.empty() && plan.zone.empty() && !plan.unsigned_zone &&
      !plan.cds)
    return std::unexpected("what would change? --ds, --remove-ds, --keys, --zone, --unsigned or --cds");
  return {};
}

// A resolver shows what it has in its cache; what matters is what every server shows.
Done check_rolled(const Options& options) {
  if (!options.words.empty()) {
    const bool alone = options.questions.empty() && options.state.empty() && options.rollover.since.empty();
    return alone ? Done() : std::unexpected("recordings, or a name (with --since and --state)");
  }
  if (options.questions.size() != 1) return std::unexpected(fmt::format("which zone? {}", usage_of(options.verb)));
  if (!options.servers.empty())
    return std::unexpected(fmt::format("{} asks the zone's own servers and its parent's: leave @{} away",
                                       to_text(options.verb), options.servers[0].host));
  return {};
}

Done check_probe(const Options& options) {
  const auto& probe = options.probe;
  if (options.questions.size() != 1) return std::unexpected("-H NAME is needed, once");
  if (probe.axfr && !probe.zone.empty()) return std::unexpected("--axfr or --zone FILE, not both");
  if (probe.axfr && options.servers.empty()) return std::unexpected("--axfr: from which server? -s ADDR");
  if (!probe.axfr && (options.zone.tsig || !options.zone.tsig_file.empty()))
    return std::unexpected("--tsig is for --axfr");
  return {};
}

Done check_questions(Options& options) {
  for (auto& question : options.questions) {
    if (question.types.empty()) question.types = options.types;
  }
  for (const auto& question : options.questions) {
    for (const auto type : question.types) {
      // RFC 6895 §3.1: questions of these types have no RRset as their answer; ANY has several, or one at random (RFC
      // 8482).
      if (dns::is_meta(type))
        return std::unexpected(fmt::format("{} is no type whose answer could be validated", dns::to_text(type)));
    }
  }
  const bool named = !options.questions.empty() || !options.batch.empty();
  switch (options.verb) {
    case Verb::probe: return check_probe(options);
    case Verb::graph:
      if (!options.words.empty()) return named ? std::unexpected("names or recordings, not both") : Done();
      [[fallthrough]];
    case Verb::check:
    case Verb::resolve:
    case Verb::record: return named ? Done() : std::unexpected(fmt::format("which name? {}", usage_of(options.verb)));
    case Verb::preflight: return check_plan(options);
    case Verb::rollover:
    case Verb::watch: return check_rolled(options);
    default: return {};
  }
}

Done check_slugs(const Options& options) {
  if (options.words == std::vector<std::string>{"list"}) return {};
  if (options.page == Page::markdown)
    return std::unexpected("Markdown is the form of the whole catalogue: explain list --format markdown");
  for (const auto& word : options.words) {
    if (const auto code = read_slug(word); !code) return std::unexpected(code.error() + " (all: explain list)");
  }
  return {};
}

Done check_transfer(const Options& options) {
  const auto& zone = options.zone;
  if (options.servers.empty())
    return zone.tsig || !zone.tsig_file.empty() ? std::unexpected("zone: a key is for a transfer: from which @server?")
                                                : Done();
  if (options.servers.size() > 1) return std::unexpected("zone: one server at a time");
  if (options.questions.empty()) return std::unexpected("which zone? trustwalk zone @server NAME");
  if (!options.questions[0].types.empty()) return std::unexpected("zone: a whole zone has no type");
  return zone.tsig && !zone.tsig_file.empty() ? std::unexpected("zone: -y or --tsig-file, not both") : Done();
}

Done check_zone(const Options& options) {
  if (options.words.size() > 1) return std::unexpected("zone: one file at a time");
  if (options.questions.size() > 1) return std::unexpected("zone: one name at a time");
  if (!options.zone.ds.empty() && !(options.anchors.files.empty() && options.anchors.records.empty()))
    return std::unexpected("zone: --ds or anchors, not both");
  if (const auto transfer = check_transfer(options); !transfer) return transfer;
  if (options.zone.parent && !options.zone.ds.empty()) return std::unexpected("zone: --ds or --parent, not both");
  using Format = report::Format;
  constexpr std::array written{Format::text,       Format::brief,       Format::blame, Format::json, Format::ndjson,
                               Format::prometheus, Format::openmetrics, Format::junit, Format::sarif};
  for (const auto format : options.formats)
    if (std::ranges::find(written, format) == written.end())
      return std::unexpected("zone: --format text, short, blame, json, ndjson, prom, openmetrics, junit or sarif");
  return {};
}

Done check_schema(const Options& options) {
  if (options.words.empty() || (options.words.size() == 1 && !schema_of(options.words[0]).empty())) return {};
  return std::unexpected(fmt::format("explain --schema {}: one of {}", in_quotes(options.words[0]), schema_words));
}

Done check_words(const Options& options) {
  switch (options.verb) {
    case Verb::probe:
      return options.words.empty() ? Done()
                                   : std::unexpected(fmt::format("probe takes no word {}: the name comes after -H",
                                                                 in_quotes(options.words[0])));
    case Verb::replay:
      return options.words.empty() ? std::unexpected(fmt::format("which recording? {}", usage_of(options.verb)))
                                   : Done();
    case Verb::diff:
      return options.words.size() == 2
                 ? Done()
                 : std::unexpected(fmt::format("diff compares two files. {}", usage_of(options.verb)));
    case Verb::zone: return check_zone(options);
    case Verb::explain:
      if (options.page == Page::schema) return check_schema(options);
      if (options.page == Page::completion || options.page == Page::man) return {};
      if (options.words.empty()) return std::unexpected(fmt::format("which finding? {}", usage_of(options.verb)));
      return check_slugs(options);
    case Verb::ds:
      return options.words.empty() && options.questions.size() != 1
                 ? std::unexpected(fmt::format("which zone? {}", usage_of(options.verb)))
                 : Done();
    case Verb::anchors: {
      if (options.words.empty()) return {};
      const auto& word = options.words[0];
      if (word == "resolver") return std::unexpected(not_yet("anchors " + word));
      if (options.words.size() > 1 || (word != "list" && word != "test" && word != "update"))
        return std::unexpected(fmt::format("anchors {}: list, test or update", in_quotes(options.words.back())));
      if (word == "update" && options.state.empty())
        return std::unexpected("anchors update: in which file? --state FILE");
      return {};
    }
    default: return {};
  }
}

Done check_servers(const Options& options) {
  if (options.servers.empty()) return {};
  if ((only(options.verb) & (only(Verb::replay) | only(Verb::explain) | only(Verb::diff))) != 0) {
    return std::unexpected(
        fmt::format("{} asks nobody: leave @{} away", to_text(options.verb), options.servers[0].host));
  }
  if (options.mode == dns::Mode::walk) {
    return std::unexpected(
        "a walk asks the authoritative servers: leave @server away, or name the root's own with --hints FILE");
  }
  for (const auto& server : options.servers) {
    if (server.address && std::ranges::find(options.families, server.address->family) == options.families.end()) {
      return std::unexpected(fmt::format("@{} is not of the address family chosen", server.host));
    }
  }
  return {};
}

Done check_output(const Options& options) {
  if (options.verb == Verb::record && options.output.empty()) return std::unexpected("record needs -o FILE");
  if (options.formats.size() > 1 && !options.output.contains("%f"))
    return std::unexpected("several formats need a file each: -o 'dir/%n.%f'");
  return {};
}

}  // namespace
}  // namespace cli
