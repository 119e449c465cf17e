#include "tests/worlds/attacks.h"

#include <random>

namespace signed_world {
namespace {

constexpr std::string_view www = "www.z.test. 300 A 192.0.2.1";

// The zone's keys and `count` more that collide with key 1; the true key 0 signs them all.
Records add_colliding(World& world, std::size_t count, std::size_t octets, std::size_t first_free) {
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
  return set;
}

// `set` with `count` signatures that name the key and that it never made.
Records with_signatures(const World& world, const Records& set, std::size_t count, const Key& named,
                        std::size_t octets) {
  std::mt19937 random(50387);
  Records answer = set;
  Record model = world.sign(set).back();
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
  return answer;
}

void add_signatures(World& world, std::size_t count, const Key& named, std::size_t octets) {
  world.reply("www.z.test.", RRType::a, with_signatures(world, World::plain(www), count, named, octets));
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

World key_trap_at_entry(std::size_t keys, std::size_t signatures) {
  World world = key_trap(keys, 0);
  const Zone& zone = world.zone("z.test.");
  const Records set = add_colliding(world, keys, 68, 4);
  world.reply("z.test.", RRType::dnskey, with_signatures(world, set, signatures, zone.keys[1], 64));
  auto ds = dns::read_ds(zone.ds(dns::Digest::sha256, 1).rdata).value();
  Records named(16, zone.ds());
  for (std::size_t i = 0; i < named.size(); ++i) {
    ds.digest.front() = static_cast<std::uint8_t>(i);
    ds.digest.back() ^= 1;
    named[i].rdata = dns::write(ds);
  }
  world.reply("z.test.", RRType::ds, world.sign(named));
  return world;
}

World malformed_keys(std::size_t keys, std::size_t signatures) {
  World world;
  Zone& zone = world.zone("z.test.");
  const Key key = make_key(dns::Algorithm::ecdsap256sha256, 256);
  zone.keys.push_back(key);
  Records set = add_colliding(world, keys, 64, 0);
  set.erase(set.begin() + 1);  // the true one goes: only points that are none have the tag
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
