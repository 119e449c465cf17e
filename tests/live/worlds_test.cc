// Many small zones on NSD, each with its own algorithm, kind of denial or break: trustwalk, through a resolver and on
// its own walk, says what the RFCs say; so do delv, drill -S and unbound-host, but for the differences that
// differences.txt explains.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>

#include "tests/lab/differences.h"
#include "tests/lab/many_zones.h"
#include "tests/lab/require.h"
#include "tests/lab/server.h"
#include "tests/lab/subject.h"

namespace lab {
namespace {

std::vector<Question> all_questions() {
  auto all = sound_questions();
  for (auto& question : odd_questions()) all.push_back(std::move(question));
  return all;
}

// The servers are started once for all questions.
class Worlds : public testing::TestWithParam<Question> {
 protected:
  struct Stage {
    Folder folder{"worlds"};
    Network network{12};
    World world = build(many_zones(), network, folder.path());
    Servers servers{world, ServerKind::nsd};
    Resolver resolver{world, ResolverKind::unbound, network.take()};
    Differences differences =
        Differences::read(std::filesystem::path(TRUSTWALK_SOURCE_DIR) / "tests/live/differences.txt");
    std::size_t asked = 0;
  };

  static std::string lacking() {
    return missing({"nsd", "unbound", "delv", "drill", "unbound-host", "ldns-keygen", "ldns-signzone", "dnssec-keygen",
                    "dnssec-signzone"});
  }

  static void SetUpTestSuite() {
    if (lacking().empty()) stage_ = std::make_unique<Stage>();
  }

  // A line of differences.txt that explains nothing any more has to go; said only if everything was asked.
  static void TearDownTestSuite() {
    if (stage_ && stage_->asked == all_questions().size()) {
      for (const auto& line : stage_->differences.stale()) {
        ADD_FAILURE() << "differences.txt: nothing differs at " << line.name << " " << line.type << " " << line.peer;
      }
    }
    stage_.reset();
  }

  void SetUp() override {
    if (stage_) return;
    if (everything_is_required()) FAIL() << lacking();
    GTEST_SKIP() << lacking();
  }

  static inline std::unique_ptr<Stage> stage_{};
};

int exit_status(Verdict verdict) {
  switch (verdict) {
    case Verdict::secure: return 0;
    case Verdict::insecure: return 10;
    case Verdict::bogus: return 11;
    default: return 12;
  }
}

void expect_peer(Differences& differences, const Question& question, std::string_view peer, const Opinion& opinion) {
  if (agree(question.verdict, opinion.verdict)) return;
  EXPECT_TRUE(differences.explain(question.name, question.type, question.verdict, peer, opinion.verdict))
      << peer << " says " << word(opinion.verdict) << "\n"
      << opinion.outcome.out << opinion.outcome.err;
}

void expect_ours(const Question& question, const Judgement& judgement, std::string_view how) {
  const auto heard = judgement.outcome.out + judgement.outcome.err;
  EXPECT_EQ(judgement.verdict, word(question.verdict)) << how << ", " << question.rule << "\n" << heard;
  EXPECT_EQ(judgement.status, exit_status(question.verdict)) << how << "\n" << heard;
}

TEST_P(Worlds, AreJudgedRight) {
  const auto& question = GetParam();
  const auto& world = stage_->world;
  const auto& at = stage_->resolver.at();
  ++stage_->asked;
  auto delv = std::async(std::launch::async, [&] { return ask_delv(world, at, question.name, question.type); });
  auto others = std::async(std::launch::async, [&] {
    return std::pair(ask_drill(world, at, question.name, question.type),
                     ask_unbound_host(world, at, question.name, question.type));
  });
  Command asked{question.name, question.type, "-k", world.anchors};
  asked.insert(asked.end(), question.options.begin(), question.options.end());
  Command through{"resolve", fmt::format("@{}#{}", at.address, at.port)};
  through.insert(through.end(), asked.begin(), asked.end());
  Command walk{"resolve", "+walk", "--hints", world.hints, "-p", std::to_string(world.port)};
  walk.insert(walk.end(), asked.begin(), asked.end());
  expect_ours(question, judge(through), "through a resolver");
  expect_ours(question, judge(walk), "on a walk");
  if (!question.cause.empty()) {
    walk.erase(walk.begin() + 1);
    walk.front() = "check";
    const auto judgement = judge(walk);
    expect_ours(question, judgement, "checked");
    EXPECT_EQ(judgement.cause, question.cause) << testing::PrintToString(judgement.causes) << "\n"
                                               << judgement.outcome.out;
  }
  const auto [drill, host] = others.get();
  expect_peer(stage_->differences, question, "delv", delv.get());
  expect_peer(stage_->differences, question, "drill", drill);
  expect_peer(stage_->differences, question, "unbound-host", host);
}

std::string test_name(const Question& question) {
  std::string name = question.name + question.type;
  for (const auto& option : question.options) name += option;
  std::string plain;
  for (const char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      plain += c;
    else if (c == '*')
      plain += "star_";
    else if (c == '.' || c == '_')
      plain += '_';
  }
  return plain;
}

INSTANTIATE_TEST_SUITE_P(Many, Worlds, testing::ValuesIn(all_questions()),
                         [](const auto& test) { return test_name(test.param); });

}  // namespace
}  // namespace lab
