// The program as its callers meet it: exit status, stdout and stderr for bad input, full disks, closed pipes and
// signals.
#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "tests/cli/spoken.h"
#include "tests/lab/process.h"

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

lab::Outcome trustwalk(std::string_view line, const fs::path& folder = {}) {
  return lab::run(spoken::words(line, TRUSTWALK_BINARY), {.limit = std::chrono::seconds(60), .folder = folder});
}

lab::Outcome shell(const std::string& script, const fs::path& folder = {}) {
  return lab::run({"/bin/sh", "-c", script}, {.limit = std::chrono::seconds(60), .folder = folder});
}

// A UDP port at loopback where questions arrive and nothing is ever answered.
class SilentServer {
 public:
  SilentServer() : socket_(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    socklen_t size = sizeof address;
    getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;
  ~SilentServer() { close(socket_); }

  std::string at() const { return "@127.0.0.1#" + std::to_string(port_); }
  bool has_been_asked(int milliseconds) const {
    pollfd waiting{socket_, POLLIN, 0};
    return poll(&waiting, 1, milliseconds) == 1;
  }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

class Binary : public testing::Test {
 protected:
  lab::Folder folder_{"binary"};
  fs::path file(const std::string& name, std::string_view text) const {
    lab::write_file(folder_.path() / name, text);
    return folder_.path() / name;
  }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()));
  }
};

struct Case {
  const char* line;
  int status;
  const char* says;  // on stderr
};

const Case misuses[] = {
    {"", 2, "trustwalk: which name?"},
    {"example.org --anchor-s x", 2, "did you mean --anchors?"},
    {"example.org +shrot", 2, "did you mean +short?"},
    {"''", 2, "is not a domain name"},
    {"a..b", 2, "is not a domain name"},
    {"explain nonsense-slug", 2, "there is no finding"},
    {"serve example.org", 2, "not in this version"},
};
TEST_F(Binary, WrongUsageIsOneLineAndStatusTwo) {
  for (const auto& [line, status, says] : misuses) {
    const auto outcome = trustwalk(line);
    EXPECT_EQ(outcome.status, status) << line;
    EXPECT_EQ(outcome.out, "") << line;
    EXPECT_THAT(outcome.err, HasSubstr(says)) << line;
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
  }
}

TEST_F(Binary, BadFilesAreOneLineAndStatusThree) {
  file("key", ". IN DS 20326 8 2 XYZ\n");
  file("empty", "");
  file("hints", ". 3600 IN NS a.root.\n");
  file("garbage", "{\"trustwalk\": [1, 2");
  file("names", "good.example\nbad..example\n");
  const Case cases[] = {
      {"example.org -k key", 3, "key: line 1"},
      {"example.org -k empty", 3, "empty"},
      {"example.org -k none", 3, "none"},
      {"example.org --anchor nonsense", 3, "nonsense"},
      {"example.org --hints hints", 3, "hints"},
      {"example.org --hints none", 3, "cannot read none: No such file or directory"},
      {"replay garbage", 3, "garbage: "},
      {"replay none.json", 3, "cannot read none.json"},
      {"replay .", 3, "Is a directory"},
      {"-f names", 3, "names:2: "},
      {"-f none", 3, "cannot read none"},
      {"explain list -o none/file", 3, "cannot write none/file: No such file or directory"},
      {"explain list -o /dev/full", 3, "No space left on device"},
  };
  for (const auto& [line, status, says] : cases) {
    const auto before = entries();
    const auto outcome = trustwalk(line, folder_.path());
    EXPECT_EQ(outcome.status, status) << line << outcome.err;
    EXPECT_EQ(outcome.out, "") << line;
    EXPECT_THAT(outcome.err, HasSubstr(says)) << line;
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
    EXPECT_EQ(entries(), before) << line;
  }
}

TEST_F(Binary, HelpAndVersionGoToStdoutWithStatusZero) {
  for (const std::string line : {"-h", "--help", "-V", "check -h", "resolve -h", "record -h", "replay -h", "graph -h",
                                 "explain -h", "anchors -h"}) {
    const auto outcome = trustwalk(line);
    EXPECT_EQ(outcome.status, 0) << line;
    EXPECT_GT(outcome.out.size(), 40U) << line;
    EXPECT_EQ(outcome.err, "") << line;
  }
  EXPECT_THAT(trustwalk("-V").out,
              testing::AllOf(HasSubstr("OpenSSL 3."), HasSubstr("c-ares 1."), HasSubstr("tables 2026-")));
}

// cli.md §5: the plugin's callers read stdout and know 0 to 3.
TEST_F(Binary, TheProbeSpeaksOnStdoutAlone) {
  file("key", "nonsense\n");
  for (const std::string line :
       {"probe", "probe -H a..b", "probe -H example.org --nonsense", "probe -H example.org -w 3d", "probe -h",
        "probe -V", "probe -H example.org -k key", "probe -H example.org -k none"}) {
    const auto outcome = trustwalk(line, folder_.path());
    EXPECT_EQ(outcome.status, 3) << line;
    EXPECT_EQ(outcome.err, "") << line;
    const bool asked_for_text = line.ends_with("-h") || line.ends_with("-V");
    EXPECT_THAT(outcome.out, testing::StartsWith(asked_for_text ? "" : "DNSSEC UNKNOWN - ")) << line;
  }
}

TEST_F(Binary, AFullDiskUnderStdoutIsStatusThree) {
  const auto outcome = shell(TRUSTWALK_BINARY " explain list > /dev/full");
  EXPECT_EQ(outcome.status, 3);
  EXPECT_THAT(outcome.err, HasSubstr("No space left on device"));
}

TEST_F(Binary, AClosedStdoutIsAnErrorAndNotASilentSuccess) {
  const auto outcome = shell(TRUSTWALK_BINARY " explain list >&-");
  EXPECT_EQ(outcome.status, 3);
  EXPECT_THAT(outcome.err, HasSubstr("standard output"));
}

TEST_F(Binary, APipeWhoseReaderHasGoneIsSilent) {
  // The reader is gone before the writer starts: it waits for the end of the other process.
  const auto outcome =
      shell("mkfifo p; (exec 3<p; exec 3<&-) & exec 4>p; wait; { " TRUSTWALK_BINARY " explain list >&4; } ; echo $?",
            folder_.path());
  EXPECT_EQ(outcome.out, "141\n");  // 128 + SIGPIPE, as of any filter
  EXPECT_EQ(outcome.err, "");
}

TEST_F(Binary, ASignalLeavesNoFileAndKillsAsSignalsDo) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const SilentServer server;
    const auto words = spoken::words(
        "check " + server.at() + " example.org A --deadline 50 --timeout 50 -o " + (folder_.path() / "file").string(),
        TRUSTWALK_BINARY);
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) {
      execv(arguments[0], arguments.data());
      _exit(127);
    }
    ASSERT_TRUE(server.has_been_asked(30'000));
    kill(child, signal);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(WTERMSIG(status), signal);
    EXPECT_EQ(entries(), 0U);
  }
}

TEST_F(Binary, ADeadlineThatPassesIsAVerdictAndNoError) {
  const SilentServer server;
  const auto outcome = trustwalk("resolve " + server.at() + " example.org A --deadline 0.3 --timeout 0.2 --retries 0");
  EXPECT_EQ(outcome.status, 12) << outcome.err;
  EXPECT_THAT(outcome.out, testing::StartsWith("; example.org. A: indeterminate\n"));
  EXPECT_EQ(outcome.err, "");
}

TEST_F(Binary, WhatWasRecordedIsJudgedAgain) {
  const SilentServer server;
  const auto recorded = trustwalk(
      "record " + server.at() + " example.org A --deadline 0.3 --timeout 0.2 --retries 0 -o e.json", folder_.path());
  EXPECT_EQ(recorded.status, 0) << recorded.err;
  EXPECT_EQ(recorded.out + recorded.err, "");
  ASSERT_EQ(entries(), 1U);
  const auto replayed = trustwalk("replay e.json", folder_.path());
  EXPECT_EQ(replayed.status, 12);
  EXPECT_THAT(replayed.out, testing::StartsWith("example.org A: indeterminate\n"));
  EXPECT_THAT(replayed.err, HasSubstr("when it was recorded, with its own anchors"));
  const auto later = trustwalk("replay e.json --at +1d --format json", folder_.path());
  EXPECT_EQ(later.status, 12);
  EXPECT_EQ(later.err, "");
  EXPECT_EQ(trustwalk("replay e.json --expect indeterminate +short", folder_.path()).status, 0);
  EXPECT_EQ(trustwalk("replay e.json --expect secure +short", folder_.path()).status, 1);
  const auto drawn = trustwalk("graph e.json --format svg,json -o './%n.%f'", folder_.path());
  EXPECT_EQ(drawn.status, 12) << drawn.err;
  EXPECT_EQ(drawn.out, "");
  EXPECT_THAT(lab::read_file(folder_.path() / "example.org.svg"), HasSubstr("</svg>"));
  EXPECT_THAT(lab::read_file(folder_.path() / "example.org.json"), testing::StartsWith("{"));
}

TEST_F(Binary, ColourIsOnlyForTerminals) {
  const SilentServer server;
  const std::string line = "check " + server.at() + " example.org A --deadline 0.2 --timeout 0.2 --retries 0";
  EXPECT_EQ(trustwalk(line).out.find('\x1b'), std::string::npos);
  EXPECT_NE(trustwalk(line + " --color always").out.find('\x1b'), std::string::npos);
}

}  // namespace
