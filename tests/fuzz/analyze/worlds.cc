#include "tests/fuzz/analyze/worlds.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "dns/canonical.h"
#include "resolver/recording.h"
#include "tests/fuzz/analyze/verifier.h"
#include "tests/worlds/signed_world.h"
#include "validator/crypto.h"

namespace fuzz {
namespace {

using dns::Message;
using dns::RRType;

template <class Change>
void each_message(dns::Evidence& evidence, Change change) {
  for (dns::Exchange& exchange : evidence.exchanges) {
    auto* reply = std::get_if<dns::Reply>(&exchange.outcome);
    if (reply == nullptr || !reply->message) continue;
    Message message = *reply->message;
    change(message);
    *reply = dns::reply_of(dns::encode(message));
  }
}

template <class Change>
void each_record(Message& message, RRType type, Change change) {
  for (auto* section : {&message.answer, &message.authority, &message.additional})
    for (dns::Record& record : *section)
      if (record.type == type) change(record);
}

struct Published {
  dns::Name owner;
  dns::Dnskey key;
};

std::vector<Published> published_in(dns::Evidence& evidence) {
  std::vector<Published> keys;
  each_message(evidence, [&](Message& message) {
    each_record(message, RRType::dnskey, [&](dns::Record& record) {
      if (auto key = dns::read_dnskey(record.rdata)) keys.push_back({record.owner, std::move(*key)});
    });
  });
  return keys;
}

void vouch_for(dns::Record& record, const std::vector<Published>& keys) {
  auto ds = dns::read_ds(record.rdata);
  if (!ds) return;
  const auto is_named = [&](const Published& one) {
    return one.owner == record.owner && one.key.tag() == ds->tag && one.key.algorithm == ds->algorithm;
  };
  auto found = std::ranges::find_if(keys, is_named);
  if (found == keys.end()) found = std::ranges::find(keys, record.owner, &Published::owner);
  if (found == keys.end()) return;
  const dns::Name owner = record.owner.lowered();
  dns::Bytes data(owner.wire().begin(), owner.wire().end());
  const dns::Bytes rdata = dns::write(found->key);
  data.insert(data.end(), rdata.begin(), rdata.end());
  validator::Verifier verifier;
  const auto digest = verifier.digest(ds->digest_type, data);
  if (!digest) return;
  ds->tag = found->key.tag();
  ds->algorithm = found->key.algorithm;
  ds->digest = *digest;
  record.rdata = dns::write(*ds);
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void add_recordings(std::vector<World>& all) {
  std::vector<std::filesystem::path> paths;
  const auto fixtures = std::filesystem::path(TRUSTWALK_SOURCE_DIR) / "fixtures";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(fixtures))
    if (entry.path().extension() == ".json" && entry.path().filename().string().starts_with("evidence"))
      paths.push_back(entry.path());
  std::ranges::sort(paths);  // an input means the same world everywhere
  for (const auto& path : paths) {
    auto recording = resolver::read_recording(read_file(path));
    if (!recording) continue;
    World world{std::move(recording->evidence), {}};
    for (const std::string& line : recording->anchors)
      if (auto anchor = trustanchor::parse_anchor(line)) world.anchors.anchors.push_back(std::move(*anchor));
    all.push_back(std::move(world));
  }
}

// Answers of every kind from z.test., as a resolver gives them to a stub.
void add_signed(std::vector<World>& all) {
  using signed_world::operator+;
  signed_world::World world;
  const auto add = [&](std::string_view owner, RRType type = RRType::a) {
    all.push_back({world.evidence(owner, type), world.anchors});
  };
  const auto soa = world.soa("z.test.");
  const auto apex = world.sign("z.test. 300 NSEC b.z.test. NS SOA RRSIG NSEC DNSKEY");
  const auto over_w = world.sign("b.z.test. 300 NSEC x.z.test. TXT RRSIG NSEC");
  world.reply("a.z.test.", RRType::a, world.sign("a.z.test. 300 A 192.0.2.1"));
  add("a.z.test.");
  world.reply("w.z.test.", RRType::a, world.sign("w.z.test. 300 A 192.0.2.1", {.labels = 2}), over_w);
  add("w.z.test.");
  world.reply("v.z.test.", RRType::a, {}, soa + apex + over_w, dns::Rcode::nxdomain);
  add("v.z.test.");
  world.reply("b.z.test.", RRType::a, {}, soa + over_w);
  add("b.z.test.");
  world.reply("c.z.test.", RRType::a, world.sign("c.z.test. 300 CNAME a.z.test."));
  add("c.z.test.");
  world.reply(
      "x.d.z.test.", RRType::a,
      world.sign("d.z.test. 300 DNAME z.test.") + signed_world::World::plain("x.d.z.test. 300 CNAME x.z.test."));
  world.reply("x.z.test.", RRType::a, world.sign("x.z.test. 300 A 192.0.2.1"));
  add("x.d.z.test.");
  for (const std::string head : {"1 0 0 -", "1 1 5 aabb"}) {
    world.reply("n.z.test.", RRType::a, {},
                soa + world.nsec3_at("z.test.", "z.test.", head, "NS SOA RRSIG DNSKEY") +
                    world.nsec3_over("z.test.", "n.z.test.", head) + world.nsec3_over("z.test.", "*.z.test.", head),
                dns::Rcode::nxdomain);
    add("n.z.test.");
    world.reply("m.z.test.", RRType::mx, {}, soa + world.nsec3_at("z.test.", "m.z.test.", head, "A RRSIG"));
    add("m.z.test.", RRType::mx);
  }
  world.reply("any.z.test.", RRType::any,
              world.sign("any.z.test. 300 A 192.0.2.1") + world.sign("any.z.test. 300 TXT \"t\""));
  add("any.z.test.", RRType::any);
  add("z.test.", RRType::ds);
  add("z.test.", RRType::dnskey);
}

}  // namespace

void bless(Message& message) {
  each_record(message, RRType::rrsig, [](dns::Record& record) {
    auto rrsig = dns::read_rrsig(record.rdata);
    if (!rrsig || rrsig->signature.empty()) return;
    rrsig->signature.front() = good_signature;
    record.rdata = dns::write(*rrsig);
  });
}

void vouch(dns::Evidence& evidence) {
  const auto keys = published_in(evidence);
  each_message(evidence, [&](Message& message) {
    each_record(message, RRType::ds, [&](dns::Record& record) { vouch_for(record, keys); });
  });
}

const std::vector<World>& worlds() {
  static const std::vector<World> all = [] {
    std::vector<World> made;
    add_recordings(made);
    add_signed(made);
    for (World& world : made) each_message(world.evidence, bless);
    return made;
  }();
  return all;
}

}  // namespace fuzz
