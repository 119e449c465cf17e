// Any evidence, past the signatures: the input picks a world, changes what was said in it, and says how it is judged. A
// Verifier for this program alone calls every signature good that begins with a certain octet (tests/fuzz/analyze/).
// Whatever comes in, judging and reporting end; without good signatures, without anchors or unchecked nothing is
// secure; and what is secure is so in all of its parts.
#include "validator/analyze.h"

#include <algorithm>

#include "report/nagios.h"
#include "report/report.h"
#include "resolver/gather.h"
#include "resolver/recording.h"
#include "tests/fuzz/analyze/verifier.h"
#include "tests/fuzz/analyze/worlds.h"
#include "tests/fuzz/choices.h"
#include "tests/fuzz/fuzz.h"

namespace {

using dns::Evidence;
using dns::Message;
using dns::Record;
using fuzz::Choices;
using fuzz::require;
using validator::Chain;
using validator::Security;

dns::Reply* reply_at(Evidence& evidence, std::size_t index) {
  return std::get_if<dns::Reply>(&evidence.exchanges[index].outcome);
}

void change_octets(dns::Reply& reply, Choices& choices) {
  dns::Bytes octets = reply.octets;
  const auto at = static_cast<std::ptrdiff_t>(choices.below(octets.size() + 1));
  switch (choices.below(4)) {
    case 0:
      if (at < static_cast<std::ptrdiff_t>(octets.size())) octets[static_cast<std::size_t>(at)] = choices.octet();
      break;
    case 1: octets.erase(octets.begin() + at, octets.end()); break;
    case 2: {
      const auto more = choices.octets(64);
      octets.insert(octets.begin() + at, more.begin(), more.end());
      break;
    }
    default: octets = choices.octets(512); break;
  }
  if (octets.size() <= 0xffff) reply = dns::reply_of(std::move(octets));
}

std::vector<Record>& section_of(Message& message, Choices& choices) {
  switch (choices.below(3)) {
    case 0: return message.answer;
    case 1: return message.authority;
    default: return message.additional;
  }
}

// A record from anywhere else in the evidence.
std::optional<Record> stranger_in(Evidence& evidence, Choices& choices) {
  const dns::Reply* reply = reply_at(evidence, choices.below(evidence.exchanges.size()));
  if (reply == nullptr || !reply->message) return std::nullopt;
  Message other = *reply->message;
  const auto& records = section_of(other, choices);
  if (records.empty()) return std::nullopt;
  return records[choices.below(records.size())];
}

dns::Name other_name(const dns::Name& name, Choices& choices) {
  switch (choices.below(4)) {
    case 0: return name.parent();
    case 1: return name.prepend(choices.octets(5)).value_or(name);
    case 2: return name.wildcard().value_or(name);
    default: return name.parent().prepend(choices.octets(5)).value_or(name);
  }
}

void change_rdata(dns::Bytes& rdata, Choices& choices) {
  const std::size_t at = choices.below(rdata.size() + 1);
  if (choices.below(2) == 0 && at < rdata.size()) {
    rdata[at] = choices.octet();
    return;
  }
  const auto more = choices.octets(32);
  rdata.insert(rdata.begin() + static_cast<std::ptrdiff_t>(at), more.begin(), more.end());
}

void change_records(Message& message, const std::optional<Record>& stranger, Choices& choices) {
  auto& records = section_of(message, choices);
  const auto kind = choices.below(9);
  if (kind == 0 && stranger) records.push_back(*stranger);
  if (kind == 0 || records.empty()) return;
  const std::size_t index = choices.below(records.size());
  Record& record = records[index];
  switch (kind) {
    case 1: records.erase(records.begin() + static_cast<std::ptrdiff_t>(index)); break;
    case 2: records.push_back(Record(record)); break;
    case 3: record.owner = other_name(record.owner, choices); break;
    case 4: record.type = stranger ? stranger->type : dns::RRType{static_cast<std::uint16_t>(choices.word())}; break;
    case 5: record.ttl = static_cast<dns::Ttl>(choices.word() << choices.below(17)); break;
    case 6:
      if (stranger) record.rdata = stranger->rdata;
      break;
    case 7:
      if (stranger) record.owner = stranger->owner;
      break;
    default: change_rdata(record.rdata, choices); break;
  }
}

void change_header(Message& message, Choices& choices) {
  const auto bits = choices.octet();
  message.aa = (bits & 1) != 0;
  message.ad = (bits & 2) != 0;
  message.ra = (bits & 4) != 0;
  message.tc = (bits & 8) != 0;
  message.rcode = dns::Rcode{static_cast<std::uint16_t>(bits >> 4)};
  if (choices.below(4) == 0) message.edns.reset();
  if (choices.below(4) == 0) std::swap(message.answer, message.authority);
}

void change_exchange(Evidence& evidence, std::size_t index, Choices& choices) {
  dns::Exchange& exchange = evidence.exchanges[index];
  const std::size_t other = choices.below(evidence.exchanges.size());
  switch (choices.below(5)) {
    case 0: exchange.outcome = static_cast<dns::Silence>(choices.below(7)); break;
    case 1: std::swap(exchange.outcome, evidence.exchanges[other].outcome); break;
    case 2: {
      dns::Exchange copy = exchange;
      copy.ask.server = evidence.exchanges[other].ask.server;
      evidence.add(std::move(copy));
      break;
    }
    case 3: exchange.ask = evidence.exchanges[other].ask; break;
    default: exchange.ask.manner.attempt = static_cast<std::uint8_t>(choices.below(3)); break;
  }
}

void change(Evidence& evidence, Choices& choices) {
  const std::size_t index = choices.below(evidence.exchanges.size());
  const auto kind = choices.below(8);
  if (kind == 0) return change_exchange(evidence, index, choices);
  dns::Reply* reply = reply_at(evidence, index);
  if (reply == nullptr) return;
  if (kind == 1) return change_octets(*reply, choices);
  if (!reply->message) return;
  Message message = *reply->message;
  if (kind == 2)
    change_header(message, choices);
  else
    change_records(message, stranger_in(evidence, choices), choices);
  if (choices.below(2) == 0) fuzz::bless(message);
  *reply = dns::reply_of(dns::encode(message));
}

validator::Policy any_policy(Choices& choices) {
  validator::Policy policy;
  const auto bits = choices.octet();
  if ((bits & 1) != 0) policy.sha1 = validator::Policy::Sha1::accepted;
  if ((bits & 2) != 0) policy.completeness = validator::Policy::Completeness::every_algorithm;
  if ((bits & 4) != 0) policy.crypto = validator::Policy::Crypto::structure_only;
  if ((bits & 8) != 0) policy.max_iterations = 0;
  if ((bits & 16) != 0) policy.bounds.signature_units = choices.octet();
  if ((bits & 32) != 0) policy.bounds.nsec3_hash_units = choices.octet();
  return policy;
}

void is_whole(const Chain& chain) {
  for (const auto& node : chain.nodes) require(node.zone < chain.zones.size());
  for (const auto& link : chain.links) {
    require(link.from < chain.nodes.size() && link.to < chain.nodes.size());
    require(!link.finding || *link.finding < chain.findings.size());
  }
  for (const auto cause : chain.causes) require(cause < chain.findings.size());
  for (const auto id : chain.answer.rrsets) require(id < chain.nodes.size());
}

// Secure means: every part of the answer is, its zone is, and so is every zone above.
void is_secure_throughout(const Chain& chain) {
  if (chain.verdict != Security::secure) return;
  require(chain.answer.security == Security::secure && !chain.answer.rrsets.empty());
  for (const auto id : chain.answer.rrsets) {
    require(chain.nodes[id].security == Security::secure);
    for (std::optional<validator::ZoneId> zone = chain.nodes[id].zone; zone; zone = chain.zones[*zone].parent)
      require(chain.zones[*zone].security == Security::secure);
  }
}

// Nothing that a terminal obeys.
bool is_plain(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return (octet < 0x20 && c != '\n') || octet == 0x7f;
  });
}

void reports_end(const Chain& chain) {
  const std::vector<Chain> chains{chain};
  for (const auto format : {report::Format::text, report::Format::brief, report::Format::json, report::Format::dot}) {
    const auto written = report::write(chains, format, {});
    require(written && !written->empty() && is_plain(*written));
  }
  require(is_plain(report::probe(chains, {}).text));
}

void judge(const Evidence& evidence, const trustanchor::Anchors& anchors, dns::Time now, Choices& how) {
  const auto policy = any_policy(how);
  const auto bits = how.octet();
  fuzz::believes = (bits & 1) == 0;
  const bool has_anchors = (bits & 2) == 0;
  const bool wholly = (bits & 4) != 0;
  const auto& trusted = has_anchors ? anchors : trustanchor::Anchors{};
  validator::Verifier verifier;
  const Chain chain = wholly ? validator::analyze(evidence, trusted, policy, now, verifier)
                             : validator::judge(evidence, trusted, policy, now, verifier);
  is_whole(chain);
  is_secure_throughout(chain);
  const bool may_be_secure = fuzz::believes && has_anchors && policy.crypto == validator::Policy::Crypto::checked;
  require(may_be_secure || chain.verdict != Security::secure);
  if (wholly) reports_end(chain);
  require(resolver::missing(evidence.target, evidence, {}).size() <= 4000);
}

// A recording as it is in fixtures/: its own signatures, that here are all wrong but for one in 256.
bool is_recording(const std::uint8_t* data, std::size_t size) { return size > 0 && data[0] == '{'; }

void judge_recording(std::string_view text) {
  const auto recording = resolver::read_recording(text);
  if (!recording) return;
  trustanchor::Anchors anchors;
  for (const std::string& line : recording->anchors)
    if (auto anchor = trustanchor::parse_anchor(line)) anchors.anchors.push_back(std::move(*anchor));
  const std::array<std::uint8_t, 2> how{0, 4};
  Choices choices(how.data(), how.size());
  judge(recording->evidence, anchors, recording->evidence.started, choices);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (is_recording(data, size)) {
    judge_recording(fuzz::text_of(data, size));
    return 0;
  }
  Choices choices(data, size);
  const fuzz::World& world = fuzz::worlds()[choices.below(fuzz::worlds().size())];
  const auto how = choices.octets(6);
  const auto later = choices.octet();  // most worlds are over long before 2^24 s
  Evidence evidence = world.evidence;
  for (int steps = 0; steps < 24 && !choices.used_up() && !evidence.exchanges.empty(); ++steps)
    change(evidence, choices);
  if (!how.empty() && (how.front() & 128) != 0) fuzz::vouch(evidence);
  Choices judging(how.data(), how.size());
  judge(evidence, world.anchors, evidence.started + dns::Seconds{std::int64_t{later} * later * later}, judging);
  return 0;
}
