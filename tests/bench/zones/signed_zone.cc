// signed_zone: writes a large signed zone fast, for benchmarks of verifiers. NSEC3 without salt and iterations (RFC
// 9276), every RRset and every NSEC3 signed once by the ZSK, the DNSKEY set by the KSK. ldns-verify-zone and
// dnssec-verify say whether it is right (tests/bench/zones/witnesses.sh).
//
//   signed_zone --names 100000 [--algorithm 8|13] [--mix] [--threads N] [--at SECONDS] -o FILE
//
// Also written: FILE.ds and FILE.key, the KSK as an anchor. Plain zones have one A record at each name: two signatures
// a name. --mix has delegations with and without DS, glue, empty non-terminals, wildcards, aliases and other types too.
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "dns/canonical.h"
#include "dns/text.h"
#include "tests/bench/zones/signer.h"

namespace zones {
namespace {

using dns::Bytes;
using dns::Name;
using dns::RRType;

struct Wish {
  std::size_t names = 1000;
  dns::Algorithm algorithm = dns::Algorithm::ecdsap256sha256;
  enum class Contents { plain, mixed } contents = Contents::plain;
  std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  std::int64_t at =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  std::string file;
};

const Name apex = Name::parse("bench.test.").value();
constexpr dns::Ttl ttl = 3600;

// A name of the zone. `sets`: one in each line, type and data; only delegations have sets that nobody signs.
struct Node {
  Name owner;
  std::vector<std::pair<RRType, std::vector<std::string>>> sets;
  enum class Kind { own, delegation, glue } kind = Kind::own;
};

Name name_of(const std::string& prefix) { return Name::parse(prefix + ".bench.test.").value(); }

std::string address(std::size_t i) {
  return "10." + std::to_string((i >> 16) & 255) + "." + std::to_string((i >> 8) & 255) + "." + std::to_string(i & 255);
}

std::vector<Node> nodes_of(std::size_t i, Wish::Contents contents) {
  std::string digits = std::to_string(i);
  const std::string name = "n" + std::string(8 - std::min<std::size_t>(8, digits.size()), '0') + digits;
  const auto a = std::pair(RRType::a, std::vector<std::string>{address(i)});
  const Node plain{name_of(name), {a}};
  if (contents == Wish::Contents::plain) return {plain};
  switch (i % 16) {
    case 1:
      return {{name_of(name),
               {{RRType::ns, {"ns." + name + ".bench.test."}}, {RRType::ds, {"12345 13 2 " + std::string(64, 'A')}}},
               Node::Kind::delegation},
              {name_of("ns." + name), {a}, Node::Kind::glue}};
    case 3: return {{name_of(name), {{RRType::ns, {"ns.example.net.", "ns2.example.net."}}}, Node::Kind::delegation}};
    case 5:
      return {{name_of(name),
               {a, {RRType::mx, {"10 mail.example.net.", "20 " + name}}, {RRType::txt, {"\"v=spf1 -all\""}}}}};
    case 7: return {{name_of(name), {}}, {name_of("deep." + name), {a}}};
    case 9:
      return {{name_of(name), {}}, {name_of("*." + name), {{RRType::txt, {"\"any name\" \"with \\\"quotes\\\"\""}}}}};
    case 11: return {{name_of(name), {{RRType::cname, {"www.example.net."}}}}};
    case 13: return {{name_of(name), {a, {RRType::aaaa, {"2001:db8::" + std::to_string(i % 10000)}}}}};
    default: return {plain};
  }
}

Node apex_of(std::int64_t at) {
  return {apex,
          {{RRType::soa,
            {"ns1.bench.test. hostmaster.bench.test. " + std::to_string(static_cast<std::uint32_t>(at)) +
             " 3600 900 1209600 3600"}},
           {RRType::ns, {"ns1.bench.test."}},
           {RRType::nsec3param, {"1 0 0 -"}}}};
}

class Writer {
 public:
  Writer(const SecretKey& ksk, const SecretKey& zsk, std::int64_t at)
      : ksk_(ksk), zsk_(zsk), inception_(static_cast<std::uint32_t>(at - 3600)), expiration_(inception_ + 30 * 86400) {}

  void put(const Node& node, std::string& out) {
    for (const auto& [type, texts] : node.sets) {
      std::vector<Bytes> datas;
      for (const auto& text : texts) datas.push_back(dns::parse_rdata(type, text, apex).value());
      const bool is_signed = node.kind == Node::Kind::own || type == RRType::ds;
      put_set({node.owner, type, dns::RRClass::in, ttl, ttl, dns::canonical_rdatas(type, datas)},
              is_signed ? &zsk_ : nullptr, out);
    }
  }
  void put_keys(std::string& out) {
    dns::RRset keys{apex, RRType::dnskey, dns::RRClass::in, ttl, ttl, {}};
    for (const auto* key : {&ksk_.dnskey(), &zsk_.dnskey()}) keys.rdatas.push_back(rdata_of(*key));
    keys.rdatas = dns::canonical_rdatas(RRType::dnskey, keys.rdatas);
    put_set(keys, &ksk_, out);
  }
  void put_nsec3(const Name& owner, const std::string& text, std::string& out) {
    put_set({owner, RRType::nsec3, dns::RRClass::in, ttl, ttl, {dns::parse_rdata(RRType::nsec3, text, apex).value()}},
            &zsk_, out);
  }
  static Bytes rdata_of(const dns::Dnskey& key) {
    dns::Writer data;
    data.u16(key.flags);
    data.u8(key.protocol);
    data.u8(dns::number(key.algorithm));
    data.put(key.key);
    return data.take();
  }

 private:
  void put_set(const dns::RRset& set, Signer* signer, std::string& out) {
    for (const auto& data : set.rdatas) line({set.owner, set.type, set.rrclass, set.ttl, data}, out);
    if (!signer) return;
    dns::Rrsig rrsig;
    rrsig.covered = set.type;
    rrsig.algorithm = signer->dnskey().algorithm;
    rrsig.labels = static_cast<std::uint8_t>(dns::rrsig_labels(set.owner));
    rrsig.original_ttl = set.ttl;
    rrsig.inception = dns::Timestamp{inception_};
    rrsig.expiration = dns::Timestamp{expiration_};
    rrsig.tag = signer->dnskey().tag();
    rrsig.signer = apex;
    const Bytes data = dns::signed_data(rrsig, set);
    Bytes rdata(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(18 + apex.size()));  // RFC 4034 §3.1.8.1
    const Bytes signature = signer->sign(data);
    rdata.insert(rdata.end(), signature.begin(), signature.end());
    line({set.owner, RRType::rrsig, set.rrclass, set.ttl, std::move(rdata)}, out);
  }
  static void line(const dns::Record& record, std::string& out) {
    out += dns::print(record);
    out += '\n';
  }
  Signer ksk_, zsk_;
  std::uint32_t inception_, expiration_;
};

// A link of the NSEC3 chain; `types` is an index into the bitmaps seen so far, of which there are a dozen.
struct Link {
  std::array<std::uint8_t, 20> hash;
  std::uint32_t types;
};

class Chain {
 public:
  // RFC 5155 §7.1: every name but glue, with the types that are there and, if any of them is signed, RRSIG.
  void add(const Node& node) {
    if (node.kind == Node::Kind::glue) return;
    std::string types;
    bool has_signature = false;
    for (const auto& [type, texts] : node.sets) {
      types += ' ' + dns::print_types(std::array{type});
      has_signature |= node.kind == Node::Kind::own || type == RRType::ds;
    }
    if (node.owner == apex) types += " DNSKEY";
    if (has_signature) types += " RRSIG";
    auto found = std::ranges::find(bitmaps_, types);
    if (found == bitmaps_.end()) found = bitmaps_.insert(bitmaps_.end(), types);
    Link link{{}, static_cast<std::uint32_t>(found - bitmaps_.begin())};
    const Name lowered = node.owner.lowered();
    SHA1(lowered.wire().data(), lowered.size(), link.hash.data());  // RFC 5155 §5 with no salt and no iterations
    links_.push_back(link);
  }
  void close() {
    std::ranges::sort(links_, {}, &Link::hash);
    require(std::ranges::adjacent_find(links_, {}, &Link::hash) == links_.end(), "two names have one hash");
  }
  std::size_t size() const { return links_.size(); }
  void put(std::size_t i, Writer& writer, std::string& out) const {
    const auto& next = links_[(i + 1) % links_.size()];
    writer.put_nsec3(name_of(dns::encode_base32hex(links_[i].hash)),
                     "1 0 0 - " + dns::encode_base32hex(next.hash) + bitmaps_[links_[i].types], out);
  }

 private:
  std::vector<Link> links_;
  std::vector<std::string> bitmaps_;
};

// Runs put(i, writer, text) for each i below `count` in all threads, and writes the texts in order.
template <typename Put>
void in_parallel(std::size_t count, std::vector<Writer>& writers, std::ostream& out, const Put& put) {
  constexpr std::size_t at_once = 4096;
  for (std::size_t from = 0; from < count; from += at_once * writers.size()) {
    std::vector<std::string> texts(writers.size());
    {
      std::vector<std::jthread> threads;
      for (std::size_t t = 0; t < writers.size(); ++t) {
        threads.emplace_back([&, t] {
          const std::size_t begin = from + t * at_once, end = std::min(count, begin + at_once);
          for (std::size_t i = begin; i < end; ++i) put(i, writers[t], texts[t]);
        });
      }
    }
    for (const auto& text : texts) out << text;
  }
}

void write_anchor(const SecretKey& ksk, const std::string& file) {
  const Bytes rdata = Writer::rdata_of(ksk.dnskey);
  std::ofstream(file + ".key") << dns::print({apex, RRType::dnskey, dns::RRClass::in, ttl, rdata}) << '\n';
  Bytes input(apex.wire().begin(), apex.wire().end());
  input.insert(input.end(), rdata.begin(), rdata.end());
  dns::Writer ds;
  ds.u16(ksk.dnskey.tag());
  ds.u8(dns::number(ksk.dnskey.algorithm));
  ds.u8(2);
  Bytes digest(32);
  SHA256(input.data(), input.size(), digest.data());
  ds.put(digest);
  std::ofstream(file + ".ds") << dns::print({apex, RRType::ds, dns::RRClass::in, ttl, ds.take()}) << '\n';
}

void write(const Wish& wish) {
  const SecretKey ksk = make_key(wish.algorithm, 257), zsk = make_key(wish.algorithm, 256);
  std::vector<Writer> writers;
  for (std::size_t t = 0; t < wish.threads; ++t) writers.emplace_back(ksk, zsk, wish.at);
  std::ofstream out(wish.file);
  std::string head = "; " + std::to_string(wish.names) + " names, by signed_zone\n";
  Chain chain;
  const Node top = apex_of(wish.at), server{name_of("ns1"), {{RRType::a, {"192.0.2.53"}}}};
  writers[0].put(top, head);
  writers[0].put_keys(head);
  writers[0].put(server, head);
  chain.add(top);
  chain.add(server);
  out << head;
  for (std::size_t i = 0; i < wish.names; ++i) {
    for (const Node& node : nodes_of(i, wish.contents)) chain.add(node);
  }
  chain.close();
  in_parallel(wish.names, writers, out, [&](std::size_t i, Writer& writer, std::string& text) {
    for (const Node& node : nodes_of(i, wish.contents)) writer.put(node, text);
  });
  in_parallel(chain.size(), writers, out,
              [&](std::size_t i, Writer& writer, std::string& text) { chain.put(i, writer, text); });
  require(out.flush().good(), "the zone could not be written");
  write_anchor(ksk, wish.file);
}

template <typename Number>
Number number(std::string_view text) {
  Number value{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  require(read.ec == std::errc{} && read.ptr == text.data() + text.size(), "a number was expected");
  return value;
}

Wish read(std::span<char*> words) {
  Wish wish;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == "--mix") {
      wish.contents = Wish::Contents::mixed;
      continue;
    }
    require(i + 1 < words.size(), "an option lacks its value");
    const std::string_view value = words[++i];
    if (word == "--names") {
      wish.names = number<std::size_t>(value);
    } else if (word == "--algorithm") {
      wish.algorithm = dns::Algorithm{number<std::uint8_t>(value)};
    } else if (word == "--threads") {
      wish.threads = std::max<std::size_t>(1, number<std::size_t>(value));
    } else if (word == "--at") {
      wish.at = number<std::int64_t>(value);
    } else {
      require(word == "-o",
              "usage: signed_zone --names N [--algorithm 8|13] [--mix] [--threads N] [--at SECONDS] -o FILE");
      wish.file = value;
    }
  }
  require(!wish.file.empty(), "-o FILE is missing");
  return wish;
}

}  // namespace
}  // namespace zones

int main(int argc, char** argv) {
  try {
    zones::write(zones::read({argv, static_cast<std::size_t>(argc)}));
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "signed_zone: " << error.what() << '\n';
    return 1;
  }
}
