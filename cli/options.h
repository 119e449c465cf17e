// What a command line asks for, as one plain value: verb, questions, where to ask, what to trust, how to say it.
// It runs nothing, opens no file and asks no network.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dns/evidence.h"
#include "report/nagios.h"
#include "report/report.h"
#include "resolver/tsig.h"
#include "trustanchor/anchors.h"
#include "validator/policy.h"

namespace cli {

enum class Verb : std::uint8_t {
  check,
  resolve,
  probe,
  record,
  replay,
  graph,
  ds,
  preflight,
  rollover,
  watch,
  explain,
  anchors,
  diff,
  zone
};
std::string_view to_text(Verb verb);
std::optional<Verb> find_verb(std::string_view word);

// A point in time as typed: absolute, or a distance from now (from the recording's time in a replay).
using When = std::variant<dns::Time, dns::Seconds>;
dns::Time instant(const When& when, dns::Time origin);

// "@server[#port]". A host that is no address is still to be looked up.
struct ServerWord {
  std::string host;
  std::optional<dns::Address> address;  // its port is meaningful only if `port` is set
  std::optional<std::uint16_t> port;
};

struct Question {
  dns::Name name;
  std::vector<dns::RRType> types;  // empty: the verb's own choice
  std::string unicode;             // the name with its U-labels; "" if it has none
  friend bool operator==(const Question&, const Question&) = default;
};

// RFC 7646, its end still as typed.
struct NegativeAnchorWord {
  dns::Name name;
  std::string reason;
  When until;
};

enum class Choice : std::uint8_t { automatic, always, never };  // --color, --progress
enum class Page : std::uint8_t {
  text,
  json,
  markdown,
  schema,
  completion,
  man,
  timeline,
  calendar
};  // what `explain`, `anchors` and `diff` print
enum class FileForm : std::uint8_t { evidence, dnsviz };  // what `record` writes
enum class DsLayout : std::uint8_t { fields, rr, epp_ds, epp_key, csv, json };

struct DsOptions {
  std::vector<dns::Digest> digests{dns::Digest::sha256};
  std::vector<DsLayout> layouts{DsLayout::fields};
  bool any_key = false;  // also keys that `ds` holds back
  bool parent = false;   // files: compared with the living zone
};

struct ZoneOptions {
  std::vector<std::string> ds;            // --ds: records that the parent has, or will have
  bool parent = false;                    // --parent: the DS set that the living parent has
  unsigned jobs = 0;                      // 0: as many as there are cores
  std::optional<resolver::TsigKey> tsig;  // -y, of a transfer
  std::string tsig_file;
};

// The change that `preflight` rehearses.
struct PreflightOptions {
  std::vector<std::string> ds;  // a record, its fields, or a file: added to what the parent has
  std::vector<dns::KeyTag> remove_ds;
  std::string keys;  // file with the DNSKEY set to be, signed
  std::string zone;  // file with the zone to be
  bool unsigned_zone = false;
  bool cds = false;  // the DS set that the zone's CDS records ask for
};

// What `rollover` and `watch` know beside what they see.
struct RolloverOptions {
  std::vector<std::string> since;           // recordings made earlier
  std::optional<dns::Seconds> longest_ttl;  // of any record of the zone
  // --until: the zone is secure; the next step is safe; this moment.
  enum class Goal : std::uint8_t { secure, step, moment } goal = Goal::secure;
  std::optional<When> until;                   // of Goal::moment
  std::chrono::milliseconds interval{60'000};  // between looks, at most
};

struct ProbeOptions {
  report::ProbePolicy policy;  // empty ranges: the defaults of cli.md §5
  report::ProbeForm form = report::ProbeForm::plugin;
  report::State late = report::State::unknown;  // -t SECS:STATE
  bool exit_ok = false;
  std::string zone;   // --zone: a file
  bool axfr = false;  // the zone from the server given
  std::string state;  // --state: the file that remembers since when; "" = none
};

struct Options {
  Verb verb = Verb::check;

  std::vector<Question> questions;
  std::vector<dns::RRType> types;  // -t: for every question without types of its own; taken up by parse
  std::string batch;               // -f: further questions, one a line; "-" is stdin
  std::vector<std::string> words;  // replay, graph, zone: files; ds: files or a name; explain: slugs; anchors: what

  std::vector<ServerWord> servers;
  std::optional<dns::Mode> mode;  // none: the verb's own choice
  std::optional<std::uint16_t> port;
  std::vector<dns::Address::Family> families{dns::Address::Family::ipv4, dns::Address::Family::ipv6};
  std::optional<dns::Address> bind;
  std::string hints;  // file; "" = built in
  dns::Habit habit;   // +tcp, +bufsize=, +nsid, +cookie

  trustanchor::Sources anchors;
  std::string state;  // --state: the file in which `anchors update` follows keys; "" = none
  validator::Policy policy;
  std::vector<NegativeAnchorWord> negative_anchors;

  std::optional<dns::Effort> effort;  // none: the verb's own choice
  std::optional<When> at;
  std::optional<std::chrono::milliseconds> deadline;  // whole run; none: 10 s for each question
  std::chrono::milliseconds timeout{2000};
  int retries = 2;
  std::optional<std::size_t> max_queries;

  std::vector<report::Format> formats;  // empty: the verb's own choice
  Page page = Page::text;
  FileForm recorded = FileForm::evidence;
  std::string output;  // -o; "" = stdout
  Choice color = Choice::automatic;
  Choice progress = Choice::automatic;
  report::Style style;          // colour and width are filled in when it runs
  bool records_anyway = false;  // +cd: resolve prints bogus records too

  std::vector<validator::Security> expect;
  std::vector<validator::Code> expect_slugs;
  int verbosity = 0;
  std::vector<std::string> ignored;  // dig's flags without meaning here, to be named under -v

  ProbeOptions probe;
  DsOptions ds;
  ZoneOptions zone;
  PreflightOptions preflight;
  RolloverOptions rollover;
};

// -h and -V: the text that was asked for.
struct Wish {
  std::string text;
};
// Wrong usage: one line without the program's name.
struct Misuse {
  std::string text;
};
// A configuration file that cannot be read, or says what it cannot say: one line.
struct Unreadable {
  std::string text;
};
using Parsed = std::variant<Options, Wish, Misuse, Unreadable>;

struct Surroundings;  // cli/config.h

// Whether the words call for the monitoring plugin, whose rules for errors and statuses are its own (cli.md §5).
bool is_probe(std::span<const std::string> arguments);

// Requires: arguments[0] is the program's name. Cannot fail otherwise.
// Reads no configuration file in the first form.
Parsed parse(std::span<const std::string> arguments);
Parsed parse(std::span<const std::string> arguments, const Surroundings& around);

std::string version_text();  // -V: our version, the tables' date, the libraries

}  // namespace cli
