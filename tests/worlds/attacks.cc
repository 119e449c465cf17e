#include "tests/worlds/attacks.h"

#include <random>

namespace signed_world {
namespace {

constexpr std::string_view www = "www.z.test. 300 A 192.0.2.1";

// The zone's keys and `count` more that collide with key 1; the true key 0 signs them all.
void add_colliding(World& world, std::size_t count, std::size_t octets, std::size_t first_free) {
  Zone& zone = world.zone("z.test.");
  const dns::Dnskey model = zone.keys[1].dnskey;
  std::mt19937 random(50387);
  Records set = zone.key_set();
  for (std::size_t i = 0; i < count; ++i) {
    dns::Dnskey key = model;
    key.key.resize(octets);
    for (std::size_t at = first_free; at < octets; ++at) key.key[at] = static_cast<std::uint8_t>(random());
    key.key[first_free] = 0x80;  // before the model in the order of the set, and of full length
    key.key.back() |= 1;
    set.push_back(set.front());
    set.back().rdata = dns::write(with_tag(key, model.tag(), first_free + 2));
  }
  world.reply("z.test.", RRType::dnskey, world.sign(set));
}

void add_signatures(World& world, std::size_t count, const Key& named, std::size_t octets) {
  std::mt19937 random(50387);
  Records answer = World::plain(www);
  Record model = world.sign(www).back();
  auto rrsig = dns::read_rrsig(model.rdata).value();
  rrsig.algorithm = named.dnskey.algorithm;
  rrsig.tag = named.dnskey.tag();
  for (std::size_t i = 0; i < count; ++i) {
    rrsig.signature.resize(octets);
    for (auto& octet : rrsig.signature) octet = static_cast<std::uint8_t>(random());
    rrsig.signature.front() = 1;  // less than any modulus or order
    model.rdata = dns::write(rrsig);
    answer.push_back(model);
  }
  world.reply("www.z.test.", RRType::a, answer);
}

}  // namespace

World key_trap(std::size_t keys, std::size_t signatures) {
  World world;
  Zone& zone = world.zone("z.test.");
  Key key = make_key(dns::Algorithm::rsasha256, 256);
  while (key.dnskey.key[4] <= 0x80 || key.dnskey.tag() == zone.keys[0].dnskey.tag())
    key = make_key(dns::Algorithm::rsasha256, 256);
  zone.keys.push_back(key);
  // 1 octet of length, 3 of exponent, 64 of modulus: the least that RFC 5702 §2.1 allows, so that 500 fit into one
  // message.
  add_colliding(world, keys, 68, 4);
  add_signatures(world, signatures, key, 64);
  return world;
}

World malformed_keys(std::size_t keys, std::size_t signatures) {
  World world;
  Zone& zone = world.zone("z.test.");
  Key key = make_key(dns::Algorithm::ecdsap256sha256, 256);
  zone.keys.push_back(key);
  add_colliding(world, keys, 64, 0);
  // The true one goes: only points that are none have the tag.
  Records set = zone.key_set();
  set.erase(set.begin() + 1);
  const auto evidence = world.evidence("z.test.", RRType::dnskey);
  for (const dns::Exchange& exchange : evidence.exchanges)
    if (exchange.ask.name == zone.name && exchange.ask.type == RRType::dnskey)
      for (const Record& record : exchange.message()->answer)
        if (record.type == RRType::dnskey && record.rdata != dns::write(key.dnskey) && record.rdata != set[0].rdata)
          set.push_back(record);
  world.reply("z.test.", RRType::dnskey, world.sign(set));
  add_signatures(world, signatures, key, 64);
  return world;
}

World many_iterations(std::uint16_t iterations, const Stamp& stamp) {
  World world;
  const std::string head = "1 0 " + std::to_string(iterations) + " -";
  world.reply("w.z.test.", RRType::a, {},
              world.soa("z.test.") + world.nsec3_at("z.test.", "z.test.", head, "NS SOA RRSIG", stamp) +
                  world.nsec3_over("z.test.", "w.z.test.", head, stamp) +
                  world.nsec3_over("z.test.", "*.z.test.", head, stamp),
              dns::Rcode::nxdomain);
  return world;
}

}  // namespace signed_world
