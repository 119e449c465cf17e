// Whole rollovers for real, with TTLs of seconds, side by side: `trustwalk rollover` is asked again and again, each
// step is taken when it calls it safe, and an Unbound with the same root is asked all the while. The state has to have
// its right name, the moment has to be the one that RFC 7583 gives for the times and TTLs recorded, and nothing may
// ever fail in Unbound, nor in any cache that could have asked at any of the recorded times.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <set>
#include <thread>

#include "tests/lab/json.h"
#include "tests/lab/require.h"
#include "tests/lab/resolver_verdict.h"
#include "tests/lab/rolling.h"
#include "tests/lab/rolling_signer.h"
#include "tests/lab/server.h"
#include "tests/lab/subject.h"

namespace lab {
namespace {

using Clock = std::chrono::steady_clock;
using Tags = std::set<std::string>;

// ./dev soak takes its time.
const int ttl = std::getenv("TRUSTWALK_SOAK") != nullptr ? 20 : 4;
constexpr std::uint16_t type_a = 1;

// "2026-11-24T03:11:00Z" -> seconds since 1970, by the C library.
std::int64_t seconds(const std::string& text) {
  std::tm parts{};
  if (::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr) return 0;
  return ::timegm(&parts);
}

// What one look says each key does.
struct State {
  Tags ds, published, signs_keys, signs_data;
  friend bool operator==(const State&, const State&) = default;
};
struct Recorded {
  std::int64_t seen = 0;  // the second after the look
  State state;
};

bool meets(const Tags& a, const Tags& b, const Tags& c) {
  return std::ranges::any_of(a, [&](const auto& tag) { return b.contains(tag) && c.contains(tag); });
}

// RFC 4035 §5 in three lines: no DS, or a DS whose key signs the key set, and a signature by one of the keys.
bool validates(const Tags& ds, const State& keys, const Tags& signs_data) {
  if (ds.empty()) return true;
  return meets(ds, keys.published, keys.signs_keys) && meets(signs_data, keys.published, keys.published);
}

// Every cache that could be: it asked for DS, keys and data each at some second, and keeps them for the TTL. States
// begin at the second in which they were seen.
std::size_t failing_caches(const std::vector<Recorded>& states, std::size_t& tried) {
  const auto at = [&](std::int64_t time) -> const State& {
    std::size_t i = 0;
    while (i + 1 < states.size() && states[i + 1].seen <= time) ++i;
    return states[i].state;
  };
  std::size_t failing = 0;
  const auto first = states.front().seen - ttl, last = states.back().seen + ttl;
  for (auto now = first + ttl; now <= last; ++now)
    for (auto ds = now - ttl; ds <= now; ++ds)
      for (auto keys = now - ttl; keys <= now; ++keys)
        for (auto data = now - ttl; data <= now; ++data) {
          ++tried;
          if (!validates(at(ds).ds, at(keys), at(data).signs_data)) ++failing;
        }
  return failing;
}

struct Stage {
  std::string kind;            // what the phase has to be called before the step is taken; "" : none
  std::string direction;       // "coming", "going"
  std::string action;          // the step that has to be named
  std::function<void()> step;  // what the operator does
};

// One rollover, asked about and taken on step by step.
class Rehearsed {
 public:
  Rehearsed(std::string name, const World& world, ResolverVerdict& unbound, std::vector<Stage> stages)
      : zone(std::move(name)), world_(world), unbound_(unbound), stages_(std::move(stages)) {}

  // A signer that takes the steps itself: the stages are the phases it has to pass through, in this order; a step,
  // where one is given, is the operator's part, and is done at every look from when it is safe until the phase is over.
  void follow_only() { follows_ = true; }

  std::string zone;
  std::vector<Recorded> recorded;
  std::size_t looks = 0, asked = 0, steps = 0;

  bool is_over() const { return next_ > stages_.size(); }

  void turn() {
    ask_unbound();
    const auto outcome = run(
        {TRUSTWALK_BINARY, "rollover", zone, "--format", "json", "--state", (world_.folder / (zone + "state")).string(),
         "--hints", world_.hints.string(), "-p", std::to_string(world_.port), "-k", world_.anchors.string()},
        {.limit = std::chrono::seconds{60}});
    ++looks;
    const Json json = read_json(outcome.out);
    ASSERT_TRUE(json.contains("/now")) << zone << outcome.out << outcome.err;
    const auto known = recorded.size();
    take(json);
    if (recorded.size() != known) keep();
    if (follows_) return follow(json);
    if (next_ == stages_.size()) return end(json);
    const Stage& stage = stages_[next_];
    if (!stage.kind.empty()) {
      ASSERT_NO_FATAL_FAILURE(judge(json, stage));
    }
    const auto now = seconds(text_at(json, "/now"));
    if (!stage.kind.empty() && now < moment_) return;
    stage.step();
    ++steps, ++next_;
  }

  void ask_unbound() {
    const auto verdict = unbound_.ask("www." + zone, type_a);
    ++asked;
    EXPECT_NE(verdict, Verdict::bogus) << zone << " failed in Unbound after " << steps << " steps";
  }

 private:
  // What docs/rollover.md replays was made so: the first look at each state, as it was.
  void keep() const {
    const char* folder = std::getenv("TRUSTWALK_ROLLOVER_RECORDINGS");
    if (folder == nullptr) return;
    const auto name = fmt::format("{}/{}{}.json", folder, zone, recorded.size());
    must({TRUSTWALK_BINARY, "record", zone, "DNSKEY", "-o", name, "--hints", world_.hints.string(), "-p",
          std::to_string(world_.port), "-k", world_.anchors.string()});
  }

  void take(const Json& json) {
    State state;
    for (int i = 0; json.contains(fmt::format("/keys/{}/tag", i)); ++i) {
      const auto tag = text_at(json, fmt::format("/keys/{}/tag", i));
      const auto put = [&](const char* member, Tags& tags) {
        if (text_at(json, fmt::format("/keys/{}/{}", i, member)) == "true") tags.insert(tag);
      };
      put("in_ds", state.ds), put("published", state.published), put("signs_keys", state.signs_keys),
          put("signs_data", state.signs_data);
    }
    if (recorded.empty() || recorded.back().state != state)
      recorded.push_back({seconds(text_at(json, "/now")) + 1, state});
  }

  // RFC 7583 §3: the interval begins when all servers are seen to have the change, and is the TTL of what it replaced;
  // here all TTLs are one.
  void judge(const Json& json, const Stage& stage) {
    EXPECT_EQ(text_at(json, "/phases/0/kind"), stage.kind) << zone << " before step " << next_;
    EXPECT_EQ(text_at(json, "/phases/0/direction"), stage.direction) << zone << " before step " << next_;
    EXPECT_EQ(text_at(json, "/phases/0/steps/0/action"), stage.action) << zone << " before step " << next_;
    EXPECT_FALSE(json.contains("/phases/1")) << zone << " before step " << next_;
    EXPECT_FALSE(json.contains("/early_steps/0")) << zone << " before step " << next_;
    moment_ = recorded.back().seen + ttl;
    ASSERT_EQ(seconds(text_at(json, "/phases/0/steps/0/not_before")), moment_) << zone << " before step " << next_;
  }

  void follow(const Json& json) {
    const bool steady = text_at(json, "/stance") == "steady";
    EXPECT_FALSE(json.contains("/early_steps/0")) << zone << " after " << steps << " steps: " << json_text(json);
    const auto is_at = [&](std::size_t i) {
      if (i >= stages_.size()) return steady;
      return text_at(json, "/phases/0/kind") == stages_[i].kind &&
             text_at(json, "/phases/0/direction") == stages_[i].direction;
    };
    if (!is_at(next_) && (next_ > 0 || !steady) && is_at(next_ + 1)) ++next_, ++steps;
    ASSERT_TRUE(is_at(next_) || (next_ == 0 && steady && steps == 0 && recorded.size() == 1))
        << zone << " at " << next_ << ": " << json_text(json);
    if (next_ == stages_.size()) return end(json);
    if (!is_at(next_)) return;
    moment_ = seconds(text_at(json, "/next_safe_at"));
    EXPECT_EQ(moment_, recorded.back().seen + ttl) << zone << " at " << next_ << ": " << json_text(json);
    if (stages_[next_].step && seconds(text_at(json, "/now")) >= moment_) stages_[next_].step();
  }

  static std::string json_text(const Json& json) {
    return fmt::format("{} {} {}, now {}, next {}", text_at(json, "/stance"), text_at(json, "/phases/0/kind"),
                       text_at(json, "/phases/0/direction"), text_at(json, "/now"), text_at(json, "/next_safe_at"));
  }

  void end(const Json& json) {
    EXPECT_EQ(text_at(json, "/stance"), "steady") << zone;
    EXPECT_EQ(text_at(json, "/verdict"), "secure") << zone;
    if (seconds(text_at(json, "/now")) >= seconds(text_at(json, "/settled_at"))) ++next_;
  }

  const World& world_;
  ResolverVerdict& unbound_;
  std::vector<Stage> stages_;
  bool follows_ = false;
  std::size_t next_ = 0;
  std::int64_t moment_ = 0;
};

void run_all(std::vector<Rehearsed>& all) {
  const auto until = Clock::now() + std::chrono::minutes{10};
  const auto busy = [&] { return std::ranges::any_of(all, [](const Rehearsed& one) { return !one.is_over(); }); };
  while (busy()) {
    if (testing::Test::HasFatalFailure()) return;
    for (const auto& one : all)
      ASSERT_LT(Clock::now(), until) << one.zone << " is not over after " << one.steps << " steps";
    const auto began = Clock::now();
    for (auto& one : all) one.is_over() ? one.ask_unbound() : one.turn();
    std::this_thread::sleep_until(began + std::chrono::seconds{1});
  }
  std::size_t looks = 0, steps = 0, asked = 0, tried = 0, failing = 0;
  for (const auto& one : all) {
    looks += one.looks, steps += one.steps, asked += one.asked;
    failing += failing_caches(one.recorded, tried);
  }
  EXPECT_EQ(failing, 0U);
  fmt::print("{} zones, {} steps, {} looks, {} questions to Unbound, {} caches simulated: none failed\n", all.size(),
             steps, looks, asked, tried);
}

// If any step had been taken a second before the moment named, some cache would have failed: the moment is not late.
void expect_sharp(const Rehearsed& one) {
  for (std::size_t i = 2; i < one.recorded.size(); ++i) {
    auto earlier = one.recorded;
    earlier[i].seen = earlier[i - 1].seen + ttl - 1;
    earlier.resize(i + 1);
    std::size_t tried = 0;
    EXPECT_GT(failing_caches(earlier, tried), 0U) << one.zone << " step " << i;
  }
}

class Rehearsal : public testing::Test {
 protected:
  void SetUp() override {
    require({"nsd", "nsd-control", "ldns-keygen", "ldns-signzone", "ldns-key2ds", "unbound", "dig"});
  }
};

constexpr const char* p256 = "ECDSAP256SHA256";
constexpr const char* ed25519 = "ED25519";

// The keys of one zone by the letters of its story.
class Story {
 public:
  Story(RollingServer& server, RollingRoot& root, Network& network, std::string name)
      : root_(&root), zone_(server, std::move(name), network.take(), ttl) {
    server.add(zone_.name(), zone_.address());
  }
  void key(char letter, const char* algorithm, bool ksk) { keys_[letter] = zone_.make_key(algorithm, ksk); }
  RollingKeys keys(std::string_view published, std::string_view signing) const {
    return {names(published), names(signing)};
  }
  void begin(std::string_view published, std::string_view signing, std::string_view ds) {
    zone_.write(keys(published, signing));
    root_->delegate(zone_.name(), zone_.address(), ds_of(ds));
  }
  // A step: what the zone publishes and is signed with from now on, or what the parent has.
  std::function<void()> zone(std::string_view published, std::string_view signing) {
    return [this, now = keys(published, signing)] { zone_.publish(now); };
  }
  std::function<void()> ds(std::string_view letters) {
    return [this, letters] { root_->set_ds(zone_.name(), ds_of(letters)); };
  }
  const std::string& name() const { return zone_.name(); }

 private:
  std::vector<std::string> names(std::string_view letters) const {
    std::vector<std::string> all;
    for (const char letter : letters) all.push_back(keys_.at(letter));
    return all;
  }
  std::vector<std::string> ds_of(std::string_view letters) const {
    std::vector<std::string> all;
    for (const auto& key : names(letters)) all.push_back(zone_.ds_of(key));
    return all;
  }

  RollingRoot* root_;
  RollingZone zone_;
  std::map<char, std::string> keys_;
};

// The rollovers of RFC 6781 §4.1 and RFC 7583 §3, by the tools of the guide: k and z the old keys, K and Z the new
// ones, c and C keys for everything.
TEST_F(Rehearsal, OfTheGuidesSigner) {
  const Folder folder("rehearsal");
  Network network(12);
  RollingRoot root(network, folder.path(), ttl);
  std::filesystem::create_directories(folder.path() / "zones");
  RollingServer server(folder.path() / "zones", network.port());
  const auto story = [&](const char* name) { return Story(server, root, network, name); };
  auto zsk = story("zsk."), ksk = story("ksk."), ds = story("ds."), csk = story("csk."),
       algorithm = story("algorithm."), edge = story("edge.");
  for (auto* one : {&zsk, &ksk, &ds, &algorithm, &edge}) one->key('k', p256, true), one->key('z', p256, false);
  zsk.key('Z', p256, false);
  ksk.key('K', p256, true), ds.key('K', p256, true);
  csk.key('c', p256, true), csk.key('C', p256, true);
  algorithm.key('K', ed25519, true), algorithm.key('Z', ed25519, false);
  for (auto* one : {&zsk, &ksk, &ds, &algorithm, &edge}) one->begin("kz", "kz", "k");
  csk.begin("c", "c", "c");
  server.start();
  root.start();
  const World world = root.world();
  const Resolver resolver(world, ResolverKind::unbound, network.take());
  ResolverVerdict unbound(resolver.at());
  std::vector<Rehearsed> all;
  const auto rehearse = [&](const Story& one, std::vector<Stage> stages) {
    all.emplace_back(one.name(), world, unbound, std::move(stages));
  };
  rehearse(zsk, {{"", "", "", zsk.zone("kzZ", "kz")},
                 {"zsk-prepublish", "coming", "sign-data", zsk.zone("kzZ", "kZ")},
                 {"zsk-prepublish", "going", "remove-keys", zsk.zone("kZ", "kZ")}});
  rehearse(ksk, {{"", "", "", ksk.zone("kKz", "kKz")},
                 {"double-ksk", "coming", "exchange-ds", ksk.ds("K")},
                 {"double-ksk", "going", "remove-keys", ksk.zone("Kz", "Kz")}});
  rehearse(ds, {{"", "", "", ds.ds("kK")},
                {"double-ds", "coming", "exchange-keys", ds.zone("Kz", "Kz")},
                {"double-ds", "going", "remove-ds", ds.ds("K")}});
  rehearse(csk, {{"", "", "", csk.zone("cC", "cC")},
                 {"csk", "coming", "exchange-ds", csk.ds("C")},
                 {"csk", "going", "remove-keys", csk.zone("C", "C")}});
  rehearse(algorithm, {{"", "", "", algorithm.zone("kz", "kzKZ")},
                       {"algorithm", "coming", "publish-keys", algorithm.zone("kzKZ", "kzKZ")},
                       {"algorithm", "coming", "exchange-ds", algorithm.ds("K")},
                       {"algorithm", "going", "remove-keys", algorithm.zone("KZ", "kzKZ")},
                       {"algorithm", "going", "drop-signatures", algorithm.zone("KZ", "KZ")}});
  rehearse(edge, {{"", "", "", edge.ds("")},
                  {"going-insecure", "going", "unsign", edge.zone("", "")},
                  {"", "", "", edge.zone("kz", "kz")},
                  {"going-secure", "coming", "exchange-ds", edge.ds("k")}});
  run_all(all);
  for (const auto& one : all)
    if (one.zone != "edge." && one.zone != "algorithm.") expect_sharp(one);
}

// BIND by its dnssec-policy, Knot by its automatic rollovers, PowerDNS step by step.
TEST_F(Rehearsal, OfSignersThatSignWhatTheyServe) {
  require({"named", "rndc", "dnssec-dsfromkey", "knotd", "knotc", "keymgr", "pdns_server", "pdnsutil"});
  if (IsSkipped() || HasFatalFailure()) return;
  const Folder folder("signers");
  Network network(12);
  if (!network.on_interface()) GTEST_SKIP() << "BIND listens on addresses of interfaces only";
  RollingRoot root(network, folder.path(), ttl);
  const auto signer = [&](ZoneSigner kind, const char* zone) {
    return RollingSigner(kind, folder.path(), zone, {network.take(), network.port()}, ttl);
  };
  auto bind = signer(ZoneSigner::bind, "bind."), knot = signer(ZoneSigner::knot, "knot."),
       knot_zsk = signer(ZoneSigner::knot, "knotzsk."), powerdns = signer(ZoneSigner::powerdns, "powerdns.");
  for (auto* one : {&bind, &knot, &knot_zsk, &powerdns}) {
    one->start();
    root.delegate(one->zone(), one->address(), {one->ds_of(one->ksks().at(0))});
  }
  root.start();
  const World world = root.world();
  const Resolver resolver(world, ResolverKind::unbound, network.take());
  ResolverVerdict unbound(resolver.at());
  // The DS of the key that came last, told to the signer as soon as the root has it.
  const auto newest = [](const RollingSigner& one, const std::string& old) {
    for (const auto& key : one.ksks())
      if (key != old) return key;
    throw std::runtime_error(one.zone() + " has no new key\n" + one.log());
  };
  const auto is_known = [](const RollingSigner& one, const std::string& tag) {
    const auto status = one.ask({"dnssec", "-status", "bind"});
    const auto at = status.find("key: " + tag + " ");
    return at != std::string::npos &&
           status.substr(at, status.find("\n\nkey:", at) - at).find("dnskey:         omnipresent") != std::string::npos;
  };
  const auto bind_old = bind.ksks().at(0), knot_old = knot.ksks().at(0), powerdns_old = powerdns.ksks().at(0);
  // BIND rolls with care only what it takes for known everywhere; of a key still "rumoured" it drops the old one at
  // once.
  bind.tell({"dnssec", "-checkds", "-key", tag_of(bind_old), "published", "bind"});
  const auto until = Clock::now() + std::chrono::minutes{3};
  while (bind.ask({"dnssec", "-status", "bind"}).find("rumoured") != std::string::npos)
    ASSERT_LT(Clock::now(), until) << bind.ask({"dnssec", "-status", "bind"});
  for (auto* one : {&knot, &knot_zsk}) one->tell({"zone-ksk-submitted", one->zone()});
  std::vector<Rehearsed> all;
  const auto old_id = std::string("2");  // of PowerDNS's first ZSK; its KSK is 1
  all.emplace_back(
      "powerdns.", world, unbound,
      std::vector<Stage>{
          {"", "", "", [&] { powerdns.tell({"add-zone-key", "powerdns.", "zsk", "inactive", "ecdsa256"}); }},
          {"zsk-prepublish", "coming", "sign-data",
           [&] {
             powerdns.tell({"activate-zone-key", "powerdns.", "3"});
             powerdns.tell({"deactivate-zone-key", "powerdns.", old_id});
           }},
          {"zsk-prepublish", "going", "remove-keys", [&] { powerdns.tell({"remove-zone-key", "powerdns.", old_id}); }},
          {"", "", "", [&] { powerdns.tell({"add-zone-key", "powerdns.", "ksk", "active", "ecdsa256"}); }},
          {"double-ksk", "coming", "exchange-ds",
           [&] { root.set_ds("powerdns.", {powerdns.ds_of(newest(powerdns, powerdns_old))}); }},
          {"double-ksk", "going", "remove-keys", [&] { powerdns.tell({"remove-zone-key", "powerdns.", "1"}); }},
      });
  all.emplace_back(
      "knot.", world, unbound,
      std::vector<Stage>{
          {"double-ksk", "coming", "", [&] { root.set_ds("knot.", {knot.ds_of(newest(knot, knot_old))}); }},
          {"double-ksk", "going", "", [&] { knot.try_to({"zone-ksk-submitted", "knot."}); }}});
  all.emplace_back("knotzsk.", world, unbound,
                   std::vector<Stage>{{"zsk-prepublish", "coming", "", {}}, {"zsk-prepublish", "going", "", {}}});
  all.emplace_back(
      "bind.", world, unbound,
      std::vector<Stage>{{"double-ksk", "coming", "",
                          [&] {
                            // Told of a DS before its own timers have the new key everywhere, BIND drops the old one at
                            // once.
                            const auto fresh = newest(bind, bind_old);
                            if (!is_known(bind, tag_of(fresh))) return;
                            root.set_ds("bind.", {bind.ds_of(fresh)});
                            bind.tell({"dnssec", "-checkds", "-key", tag_of(fresh), "published", "bind"});
                            bind.tell({"dnssec", "-checkds", "-key", tag_of(bind_old), "withdrawn", "bind"});
                          }},
                         {"double-ksk", "going", "", {}}});
  for (std::size_t i = 1; i < all.size(); ++i) all[i].follow_only();
  for (auto& one : all) ASSERT_NO_FATAL_FAILURE(one.turn());  // what there was before is seen once
  bind.tell({"dnssec", "-rollover", "-key", tag_of(bind_old), "bind"});
  knot.tell({"zone-key-rollover", "knot.", "ksk"});
  knot_zsk.tell({"zone-key-rollover", "knotzsk.", "zsk"});
  run_all(all);
}

// The guide's "wait for the TTL": `watch` ends when all servers and all caches are so far, and not before.
class Watched {
 public:
  Watched()
      : network_(6),
        root_(network_, folder_.path(), ttl),
        server_(made(folder_.path() / "zones"), network_.port()),
        story_(server_, root_, network_, "watched.") {
    story_.key('k', p256, true), story_.key('z', p256, false), story_.key('Z', p256, false);
    story_.begin("kz", "kz", "k");
    server_.start();
    root_.start();
  }
  Outcome watch(Command words, std::chrono::milliseconds limit = std::chrono::seconds{60}) const {
    const World world = root_.world();
    for (const auto& word : {std::string("--hints"), world.hints.string(), std::string("-p"),
                             std::to_string(world.port), std::string("-k"), world.anchors.string()})
      words.push_back(word);
    words.insert(words.begin(), {TRUSTWALK_BINARY, "watch", "watched."});
    return run(words, {.limit = limit});
  }
  std::string state() const { return (folder_.path() / "state").string(); }
  Story& story() { return story_; }
  World root() const { return root_.world(); }

 private:
  static std::filesystem::path made(const std::filesystem::path& path) {
    std::filesystem::create_directories(path);
    return path;
  }
  Folder folder_{"watch"};
  Network network_;
  RollingRoot root_;
  RollingServer server_;
  Story story_;
};

TEST_F(Rehearsal, IsWatchedUntilTheStepIsSafe) {
  Watched world;
  EXPECT_EQ(world.watch({"--until", "secure", "--state", world.state()}).status, 0);
  world.story().zone("kzZ", "kz")();
  const auto outcome = world.watch({"--until", "step", "--state", world.state(), "--format", "json"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const Json json = read_json(outcome.out);
  EXPECT_EQ(text_at(json, "/phases/0/kind"), "zsk-prepublish");
  EXPECT_EQ(text_at(json, "/phases/0/steps/0/safe"), "true");
  EXPECT_GE(seconds(text_at(json, "/now")), seconds(text_at(json, "/phases/0/since_at")) + ttl);
  EXPECT_EQ(seconds(text_at(json, "/phases/0/steps/0/not_before")), seconds(text_at(json, "/phases/0/since_at")) + ttl);
  EXPECT_THAT(outcome.err, testing::HasSubstr("zsk-prepublish"));
}

TEST_F(Rehearsal, IsWatchedAcrossAChangeThatRepairsIt) {
  Watched world;
  world.story().zone("Z", "Z")();  // the key that the DS names is gone
  const auto given_up = world.watch({"--until", "secure", "--deadline", "2"});
  EXPECT_EQ(given_up.status, 12);
  EXPECT_THAT(given_up.out, testing::HasSubstr("BROKEN"));
  Outcome outcome;
  std::thread watching([&] { outcome = world.watch({"--until", "secure", "--interval", "1"}); });
  world.story().zone("kz", "kz")();
  watching.join();
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, testing::HasSubstr("STEADY"));
}

// A killed run dies by the signal (cli.md §3); the file of --state is whole whenever it happens.
TEST_F(Rehearsal, IsWatchedByWhoMayBeKilled) {
  Watched world;
  for (const auto& [signal, status] : {std::pair("TERM", 128 + 15), std::pair("INT", 128 + 2)}) {
    const World root = world.root();
    const auto outcome = run({"timeout", "--foreground", "--preserve-status", "-s", signal, "3", TRUSTWALK_BINARY,
                              "watch", "watched.", "--until", "+1d", "--state", world.state(), "--hints",
                              root.hints.string(), "-p", std::to_string(root.port), "-k", root.anchors.string()});
    EXPECT_EQ(outcome.status, status) << signal << outcome.err;
    EXPECT_EQ(outcome.out, "");
  }
  EXPECT_EQ(world.watch({"--until", "-1s", "--state", world.state()}).status, 0);
}

}  // namespace
}  // namespace lab
