// A private root that rolls its key for real, on NSD, signed by BIND's tools: `anchors update` follows it through new
// key, hold-down, revocation and removal, and through an attacker's tries, at the times that RFC 5011 names. unbound is
// the second witness: it reads our state file and trusts what we trust.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>

#include "tests/lab/json.h"
#include "tests/lab/require.h"
#include "tests/lab/resolver_verdict.h"
#include "tests/lab/server.h"

namespace lab {
namespace {

constexpr std::int64_t day = 86400;
constexpr std::uint16_t type_a = 1;

// Keys by the letters of the story: a the first anchor, b its successor, x the attacker's, z signs the zone's data; A
// and B the same keys with REVOKE.
class Root {
 public:
  Root() {
    for (const char id : std::string_view("abx")) keys_[id] = make(true);
    keys_['z'] = make(false);
    for (const char id : std::string_view("ab")) keys_[static_cast<char>(id - 'a' + 'A')] = revoked(keys_[id]);
    world_.folder = folder_.path();
    world_.port = network_.port();
    world_.addresses["root"] = network_.take();
    world_.zones = {{".", "root", path("root.signed")}};
    write_file(path("hints"), fmt::format(". 3600 NS ns.\nns. 3600 A {}\n", world_.addresses["root"]));
    write_file(path("anchor"), must({"dnssec-dsfromkey", "-2", keys_['a'] + ".key"}, {.folder = folder_.path()}).out);
  }

  // Publishes the keys `published`, the set signed by those of `signers`, and nothing else from now on.
  void publish(std::string_view published, std::string_view signers) {
    servers_.reset();
    std::string zone = fmt::format(
        ". 172800 SOA ns. h. {} 1800 900 604800 86400\n. 172800 NS ns.\nns. 172800 A {}\nwww. 300 A 192.0.2.1\n",
        ++serial_, world_.addresses["root"]);
    for (const char id : published) zone += ". 172800 " + read_record(id) + "\n";
    write_file(path("root"), zone);
    Command command{"dnssec-signzone", "-P", "-x",           "-o", ".",           "-s",
                    "now-3600",        "-e", "now+12960000", "-f", "root.signed", "root"};
    for (const char id : signers) command.push_back(keys_[id]);
    must(command, {.folder = folder_.path()});
    servers_.emplace(world_, ServerKind::nsd);
  }
  void be_silent() { servers_.reset(); }

  Outcome trustwalk(Command words, double day_of_story) const {
    words.insert(words.begin(), TRUSTWALK_BINARY);
    const auto at = begin_ + static_cast<std::int64_t>(day_of_story * static_cast<double>(day));
    words.insert(words.end(), {"--hints", path("hints"), "-p", std::to_string(world_.port), "--state", path("state"),
                               "--at", std::to_string(at), "--timeout", "1", "--retries", "1"});
    return run(words);
  }
  int update(double day_of_story) {
    last_ = trustwalk({"anchors", "update", "-k", path("anchor")}, day_of_story);
    return last_.status;
  }
  const Outcome& last() const { return last_; }

  // "a valid, b add-pend", in the order of the letters, from the JSON of `anchors list`.
  std::string states(double day_of_story) const {
    return states_listed(trustwalk({"anchors", "list", "--format", "json"}, day_of_story), "abx");
  }
  std::string states_listed(const Outcome& listed, std::string_view ids) const {
    const Json json = read_json(listed.out);
    std::string text;
    for (const char id : ids) {
      for (int i = 0; json.contains(fmt::format("/anchors/{}/tag", i)); ++i) {
        if (text_at(json, fmt::format("/anchors/{}/tag", i)) != std::to_string(tag(id))) continue;
        text +=
            fmt::format("{}{} {}", text.empty() ? "" : ", ", id, text_at(json, fmt::format("/anchors/{}/state", i)));
      }
    }
    return text.empty() ? listed.err : text;
  }
  std::string live(double day_of_story) const {
    const auto tested = trustwalk({"anchors", "test", "--format", "json"}, day_of_story);
    const Json json = read_json(tested.out);
    std::string text = std::to_string(tested.status);
    for (const char id : std::string_view("abx"))
      for (int i = 0; json.contains(fmt::format("/zones/0/anchors/{}/tag", i)); ++i)
        if (text_at(json, fmt::format("/zones/0/anchors/{}/tag", i)) == std::to_string(tag(id)))
          text += fmt::format(" {} {}", id, text_at(json, fmt::format("/zones/0/anchors/{}/live", i)));
    return text;
  }

  std::string state() const { return read_file(path("state")); }
  void save_state(const std::string& name) const { write_file(path(name), state()); }

  // What unbound concludes about www. when it has the state file `name` (a copy: it writes to it).
  Verdict unbound_with(const std::string& name) {
    const Endpoint at{network_.take(), world_.port};
    const auto folder = folder_.path() / ("unbound-" + at.address);
    std::filesystem::create_directory(folder);
    write_file(folder / "keys", read_file(path(name)));
    return unbound_concludes(at, folder, {});
  }

  // unbound follows the same root in a file of its own, by a clock set to the story's day. Returns: its states, in the
  // form of states(); it forgets removed keys.
  std::string unbounds_states(double day_of_story) {
    if (follower_.address.empty()) {
      follower_ = {network_.take(), world_.port};
      std::filesystem::create_directory(path("follower"));
      write_file(path("follower/keys"), read_file(path("anchor")));
    }
    const auto ahead = static_cast<std::int64_t>(day_of_story * static_cast<double>(day));
    unbound_concludes(
        follower_, path("follower"),
        {"env", "LD_PRELOAD=" + faketime(), fmt::format("FAKETIME=+{}", ahead), "FAKETIME_DONT_FAKE_MONOTONIC=1"});
    return states_in(read_file(path("follower/keys")));
  }

  // The states of a file that unbound wrote: its numbers by the keys themselves, since tags change with REVOKE.
  std::string states_in(const std::string& state) const {
    constexpr std::array words{"start", "add-pend", "valid", "missing", "revoked", "removed"};
    std::string text;
    for (const char id : std::string_view("abx")) {
      const auto record = read_record(id);
      std::string key = record.substr(record.find("13 ") + 3);
      std::erase(key, ' ');
      const auto at = state.find(key), number = state.find(";;state=", at);
      if (at == std::string::npos || number == std::string::npos) continue;
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", id,
                          words.at(static_cast<std::size_t>(state[number + 8] - '0')));
    }
    return text;
  }

  bool on_interface() const { return network_.on_interface(); }
  // named is asked to write down what it has. Returns: that file, once the key `until` is in it.
  std::filesystem::path named_writes(char until) const {
    const auto file = folder_.path() / "named/managed-keys.bind";
    const auto record = read_record(until);
    const auto begin = record.substr(record.find("13 ") + 3, 40);  // it breaks lines behind 44
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (std::chrono::steady_clock::now() < end) {
      static_cast<void>(rndc({"managed-keys", "sync"}));
      if (std::filesystem::exists(file) && read_file(file).find(begin) != std::string::npos) return file;
    }
    return {};
  }
  Outcome rndc(Command words) const {
    words.insert(words.begin(),
                 {"rndc", "-k", path("rndc.key"), "-s", named_, "-p", std::to_string(network_.port_behind())});
    return run(words);
  }
  Daemon start_named(std::string_view ids) {
    named_ = network_.take();
    std::filesystem::create_directory(path("named"));
    must({"rndc-confgen", "-a", "-c", path("rndc.key"), "-k", "test"});
    std::string anchors;
    for (const char id : ids) {
      const auto record = read_record(id);
      anchors += fmt::format(". initial-key 257 3 13 \"{}\"; ", record.substr(record.find("13 ") + 3));
    }
    write_file(path("named.conf"), fmt::format(R"(include "{0}";
controls {{ inet {1} port {2} allow {{ any; }} keys {{ test; }}; }};
options {{
  directory "{3}"; pid-file none; session-keyfile none; lock-file none;
  listen-on port {4} {{ {1}; }}; listen-on-v6 {{ none; }};
  recursion yes; dnssec-validation yes; forward only; forwarders {{ {5} port {4}; }};
  empty-zones-enable no; max-cache-size 32m;
}};
trust-anchors {{ {6}}};
)",
                                               path("rndc.key"), named_, network_.port_behind(), path("named"),
                                               world_.port, world_.addresses.at("root"), anchors));
    return Daemon({"named", "-g", "-n", "1", "-c", path("named.conf")}, path("named"));
  }

  static std::string faketime() {
    std::error_code error;
    for (const auto& folder : std::filesystem::directory_iterator("/usr/lib", error)) {
      const auto library = folder.path() / "faketime/libfaketime.so.1";
      if (std::filesystem::exists(library, error)) return library.string();
    }
    return "";
  }

 private:
  Verdict unbound_concludes(const Endpoint& at, const std::filesystem::path& folder, Command command) const {
    write_file(folder / "conf", fmt::format(R"(server:
  interface: {0}
  port: {1}
  username: ""
  chroot: ""
  directory: "{2}"
  pidfile: ""
  use-syslog: no
  num-threads: 1
  do-not-query-localhost: no
  do-ip6: no
  access-control: 127.0.0.0/8 allow
  module-config: "validator iterator"
  auto-trust-anchor-file: "{2}/keys"
  trust-anchor-signaling: no
remote-control:
  control-enable: no
stub-zone:
  name: "."
  stub-addr: {3}@{1}
)",
                                            at.address, at.port, folder.string(), world_.addresses.at("root")));
    command.insert(command.end(), {find_program("unbound"), "-d", "-c", (folder / "conf").string()});
    const Daemon daemon(command, folder);
    if (!answers(at, ".", Wanted::any_reply, std::chrono::seconds{20})) return Verdict::none;
    return ResolverVerdict(at).ask("www.", type_a);
  }
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string make(bool entry) const {
    Command command{"dnssec-keygen", "-q", "-a", "ECDSAP256SHA256"};
    if (entry) command.insert(command.end(), {"-f", "KSK"});
    command.emplace_back(".");
    return name_in(must(command, {.folder = folder_.path()}).out);
  }
  std::string revoked(const std::string& key) const {
    return name_in(must({"dnssec-revoke", key}, {.folder = folder_.path()}).out);
  }
  static std::string name_in(std::string text) {
    text.erase(text.find_last_not_of(" \n") + 1);
    return std::filesystem::path(text).filename().string();
  }
  // "DNSKEY 257 3 13 …" out of the tool's file.
  std::string read_record(char id) const {
    const auto text = read_file(folder_.path() / (keys_.at(id) + ".key"));
    const auto at = text.find("DNSKEY", text.find("\n. "));
    return text.substr(at, text.find('\n', at) - at);
  }
  int tag(char id) const { return std::stoi(keys_.at(id).substr(keys_.at(id).rfind('+') + 1)); }

  Folder folder_{"rollover"};
  Network network_{6};
  World world_;
  std::map<char, std::string> keys_;  // base names of the files
  std::optional<Servers> servers_;
  Endpoint follower_;
  std::string named_;  // its address
  unsigned serial_ = 0;
  std::int64_t begin_ =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  Outcome last_;
};

std::string lacking() { return missing({"nsd", "unbound", "dnssec-keygen", "dnssec-signzone", "dnssec-revoke"}); }

// A state file without its times of asking: what may change when nothing was learned.
std::string keys_in(const std::string& state) {
  std::string keys;
  for (std::size_t from = 0, to = 0; from < state.size(); from = to + 1) {
    to = std::min(state.find('\n', from), state.size());
    if (state[from] != ';') keys += state.substr(from, to - from) + "\n";
  }
  return keys;
}

TEST(Rollover, OfAPrivateRootIsFollowedFromKeyToKey) {
  if (!lacking().empty()) {
    if (everything_is_required()) FAIL() << lacking();
    GTEST_SKIP() << lacking();
  }
  Root root;
  const auto heard = [&] { return root.last().out + root.last().err; };

  // Nothing is begun with an anchor that was not seen to sign.
  root.publish("xz", "xz");
  EXPECT_EQ(root.update(0), 11) << heard();
  EXPECT_NE(root.last().err.find("is not begun"), std::string::npos) << heard();
  EXPECT_EQ(root.state(), "");
  root.be_silent();
  EXPECT_EQ(root.update(0), 12) << heard();
  EXPECT_EQ(root.state(), "");

  root.publish("az", "az");
  EXPECT_EQ(root.update(0), 0) << heard();
  EXPECT_EQ(root.states(0), "a valid");
  EXPECT_EQ(root.live(0), "0 a signs");
  // RFC 5011 §2.3: no more often than once an hour.
  const auto first = root.state();
  EXPECT_EQ(root.update(0.04), 0) << heard();
  EXPECT_EQ(root.state(), first);
  EXPECT_NE(root.last().err.find("not again within an hour"), std::string::npos) << heard();

  // An attacker who has no key of ours, and one who makes the root silent: nothing is learned, nothing is lost.
  root.publish("xz", "xz");
  EXPECT_EQ(root.update(1), 11) << heard();
  EXPECT_EQ(keys_in(root.state()), keys_in(first));
  EXPECT_EQ(root.live(1), "11 a absent");
  root.publish("axz", "xz");
  EXPECT_EQ(root.update(1.5), 11) << heard();
  EXPECT_EQ(keys_in(root.state()), keys_in(first));
  root.be_silent();
  EXPECT_EQ(root.update(2), 12) << heard();
  EXPECT_EQ(keys_in(root.state()), keys_in(first));
  root.publish("az", "az");
  EXPECT_EQ(root.update(2.01), 12) << "too soon to know better\n" << heard();

  // The successor comes on day 3. An attacker has stolen a, and puts a key of his own beside it.
  root.publish("abxz", "az");
  EXPECT_EQ(root.update(3), 0) << heard();
  EXPECT_EQ(root.states(3), "a valid, b add-pend, x add-pend");
  root.publish("abz", "az");  // the owner's own set again
  EXPECT_EQ(root.update(20), 0) << heard();
  EXPECT_EQ(root.states(20), "a valid, b add-pend");
  root.publish("abxz", "az");
  EXPECT_EQ(root.update(32.9), 0) << heard();
  EXPECT_EQ(root.states(32.9), "a valid, b add-pend, x add-pend");
  root.save_state("before");
  // A set signed by a key that still waits convinces nobody, on whatever day.
  root.publish("abz", "bz");
  EXPECT_EQ(root.update(32.95), 11) << heard();
  EXPECT_EQ(root.unbound_with("before"), Verdict::bogus);

  root.publish("abxz", "az");  // 30 days after day 3
  EXPECT_EQ(root.update(33), 0) << heard();
  EXPECT_EQ(root.states(33), "a valid, b valid, x add-pend");
  root.publish("abz", "bz");  // the successor signs alone
  EXPECT_EQ(root.update(40), 0) << heard();
  EXPECT_EQ(root.states(40), "a valid, b valid");
  EXPECT_EQ(root.live(40), "0 a standby b signs");
  root.save_state("after");
  EXPECT_EQ(root.unbound_with("after"), Verdict::secure);

  root.publish("bz", "bz");
  EXPECT_EQ(root.update(45), 0) << heard();
  EXPECT_EQ(root.states(45), "a missing, b valid");
  EXPECT_EQ(root.live(45), "0 a absent b signs");
  root.publish("Abz", "Abz");
  EXPECT_EQ(root.live(50), "0 a revoked b signs");
  EXPECT_EQ(root.update(50), 0) << heard();
  EXPECT_EQ(root.states(50), "a revoked, b valid");
  // The thief has waited long, and has only a revoked key now.
  root.publish("axz", "az");
  EXPECT_EQ(root.update(60), 11) << heard();
  EXPECT_EQ(root.states(60), "a revoked, b valid");
  root.save_state("revoked");
  EXPECT_EQ(root.unbound_with("revoked"), Verdict::bogus);
  root.publish("bz", "bz");
  EXPECT_EQ(root.update(79.9), 0) << heard();
  EXPECT_EQ(root.states(79.9), "a revoked, b valid");
  EXPECT_EQ(root.update(80.1), 0) << heard();  // 30 days after day 50
  EXPECT_EQ(root.states(80.1), "a removed, b valid");
  EXPECT_EQ(root.unbound_with("state"), Verdict::secure);
  root.publish("abz", "abz");  // a removed key does not come back
  EXPECT_EQ(root.update(82), 0) << heard();
  EXPECT_EQ(root.states(82), "a removed, b valid");

  // The last key revokes itself: nothing is trusted any more, and the file says so to whoever reads it.
  root.publish("Bz", "Bz");
  EXPECT_EQ(root.update(90), 11) << heard();
  EXPECT_NE(root.last().out.find("EVERY ANCHOR IS REVOKED"), std::string::npos) << heard();
  const auto end = root.state();
  EXPECT_EQ(root.update(91), 3) << heard();
  EXPECT_NE(root.last().err.find("every key of this zone was revoked"), std::string::npos) << heard();
  EXPECT_EQ(root.state(), end);
}

// The same years with unbound beside us, its clock moved by libfaketime: after every change it has our states.
TEST(Rollover, IsWhatUnboundMakesOfItToo) {
  if (const auto none = lacking() + (Root::faketime().empty() ? " faketime" : ""); !none.empty()) {
    if (everything_is_required()) FAIL() << none;
    GTEST_SKIP() << none;
  }
  Root root;
  struct Day {
    double day;
    std::string_view published, signers, states;
  };
  for (const Day& each : {
           Day{0, "az", "az", "a valid"},
           Day{1, "xz", "xz", "a valid"},
           Day{3, "abxz", "az", "a valid, b add-pend, x add-pend"},
           Day{20, "abz", "az", "a valid, b add-pend"},
           Day{25, "abxz", "bxz", "a valid, b add-pend"},  // nothing by keys that wait
           Day{32.9, "abxz", "az", "a valid, b add-pend, x add-pend"},
           Day{33, "abxz", "az", "a valid, b valid, x add-pend"},
           Day{40, "abz", "bz", "a valid, b valid"},
           Day{45, "bz", "bz", "a missing, b valid"},
           Day{47, "abz", "bz", "a valid, b valid"},
           Day{50, "Abz", "bz", "a missing, b valid"},  // the flag without a signature by the key itself
           Day{51, "Abz", "Abz", "a revoked, b valid"},
           Day{60, "axz", "az", "a revoked, b valid"},
       }) {
    root.publish(each.published, each.signers);
    root.update(each.day);
    EXPECT_EQ(root.states(each.day), each.states) << each.day << root.last().out << root.last().err;
    EXPECT_EQ(root.unbounds_states(each.day), each.states) << each.day;
  }
}

// BIND's own file of the same events (format 4 of trust anchors), written while named runs by the clock of now.
TEST(Rollover, NamedsStateIsReadAsNamedMeansIt) {
  if (const auto none = lacking() + missing({"named", "rndc", "rndc-confgen"}); !none.empty()) {
    if (everything_is_required()) FAIL() << none;
    GTEST_SKIP() << none;
  }
  Root root;
  if (!root.on_interface()) GTEST_SKIP() << "BIND listens on addresses of interfaces only";
  root.publish("abz", "az");
  const Daemon named = root.start_named("ab");
  const auto first = root.named_writes('b');
  ASSERT_NE(first, "") << "named has not written its keys";
  const auto list = [&](const std::filesystem::path& file) {
    return run({TRUSTWALK_BINARY, "anchors", "list", "-k", file.string(), "--format", "json"});
  };
  EXPECT_EQ(root.states_listed(list(first), "ab"), "a valid, b valid");
  root.publish("Abxz", "Abz");
  static_cast<void>(root.rndc({"flush"}));
  static_cast<void>(root.rndc({"managed-keys", "refresh"}));
  const auto second = root.named_writes('x');
  ASSERT_NE(second, "") << "named has not heard of the new key";
  EXPECT_EQ(root.states_listed(list(second), "Abx"), "A revoked, b valid, x add-pend") << read_file(second);
  const auto status = root.rndc({"managed-keys", "status"}).out;
  EXPECT_NE(status.find("trust revoked"), std::string::npos) << status;
  EXPECT_NE(status.find("trust pending"), std::string::npos) << status;
}

}  // namespace
}  // namespace lab
