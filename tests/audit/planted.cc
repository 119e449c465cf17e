#include "tests/audit/planted.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "resolver/recording.h"

namespace planted {

dns::Name name(std::string_view text) { return dns::Name::parse(text).value(); }

void change(Exchange& exchange, const Recorded::Change& how) {
  auto* reply = std::get_if<dns::Reply>(&exchange.outcome);
  if (reply == nullptr || !reply->message) throw std::logic_error("no reply to change");
  how(*reply->message);
  *reply = dns::reply_of(dns::encode(*reply->message));
}

Recorded::Recorded() {
  std::ifstream file(std::string(TRUSTWALK_SOURCE_DIR) + "/fixtures/guide-secure/evidence.json", std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  auto recording = resolver::read_recording(text.str());
  if (!recording) throw std::runtime_error(recording.error());
  evidence = std::move(recording->evidence);
  for (const std::string& line : recording->anchors)
    anchors_.anchors.push_back(trustanchor::parse_anchor(line).value());
}

namespace {

// The only server of a zone is the one that was asked for the zone's SOA by TCP.
dns::Address server_of(const dns::Evidence& evidence, const dns::Name& zone) {
  for (const Exchange& exchange : evidence.exchanges)
    if (exchange.ask.name == zone && exchange.ask.manner.transport == dns::Manner::Transport::tcp)
      return exchange.ask.server;
  throw std::logic_error("no such zone in the recording");
}

}  // namespace

void Recorded::change(std::string_view zone, std::string_view owner, RRType type, const Change& how) {
  const auto server = server_of(evidence, name(zone));
  bool any = false;
  for (Exchange& exchange : evidence.exchanges) {
    if (!(exchange.ask.server == server) || !(exchange.ask.name == name(owner)) || exchange.ask.type != type) continue;
    planted::change(exchange, how);
    any = true;
  }
  if (!any) throw std::logic_error("no such question in the recording");
}

void Recorded::change_all(std::string_view zone, const Change& how) {
  const auto server = server_of(evidence, name(zone));
  for (Exchange& exchange : evidence.exchanges)
    if (exchange.ask.server == server) planted::change(exchange, how);
}

std::vector<Exchange*> Recorded::second_server(std::string_view zone) {
  const auto server = server_of(evidence, name(zone));
  const std::size_t before = evidence.exchanges.size();
  for (std::size_t i = 0; i < before; ++i) {
    Exchange copy = evidence.exchanges[i];
    if (!(copy.ask.server == server)) continue;
    copy.ask.server.octets[3] = static_cast<std::uint8_t>(copy.ask.server.octets[3] + 100);
    evidence.exchanges.push_back(std::move(copy));
  }
  std::vector<Exchange*> added;
  for (std::size_t i = before; i < evidence.exchanges.size(); ++i) added.push_back(&evidence.exchanges[i]);
  return added;
}

validator::Chain Recorded::judge() const {
  validator::Verifier verifier;
  return validator::analyze(evidence, anchors_, {}, evidence.started + std::chrono::hours{1}, verifier);
}

std::vector<std::string> sentences(const validator::Chain& chain, std::string_view slug) {
  std::vector<std::string> found;
  for (const validator::Finding& finding : chain.findings)
    if (validator::row(finding.code).slug == slug) found.push_back(validator::sentence(finding));
  return found;
}

}  // namespace planted
