#include "tests/lab/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace lab {
namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  int read = -1;
  int write = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  return {ends[0], ends[1]};
}

void close_end(int& end) {
  if (end >= 0) ::close(end);
  end = -1;
}

struct Ends {
  int in = -1;
  int out = -1;
  int err = -1;
};

// The child leads a process group of its own, so that a signal to the group reaches what it started and nothing else.
pid_t start(const Command& command, const std::filesystem::path& folder, const Ends& ends, std::size_t memory = 0) {
  const std::string program = find_program(command.at(0));
  std::vector<std::string> words = command;
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) throw std::runtime_error("fork failed");
  if (pid > 0) {
    ::setpgid(pid, pid);
    return pid;
  }
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) ::_exit(127);
  ::dup2(ends.in, 0);
  ::dup2(ends.out, 1);
  ::dup2(ends.err, 2);
  const rlimit space{memory, memory};
  if (memory > 0 && ::setrlimit(RLIMIT_AS, &space) != 0) ::_exit(127);
  if (!folder.empty() && ::chdir(folder.c_str()) != 0) ::_exit(127);
  if (!program.empty()) ::execv(program.c_str(), argv.data());
  ::_exit(127);
}

int plain_status(int status) {
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : -1;
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

int left_ms(Clock::time_point until) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
  return left < 0 ? 0 : static_cast<int>(left);
}

void read_some(int& end, std::string& into) {
  std::array<char, 65536> chunk{};
  const auto got = ::read(end, chunk.data(), chunk.size());
  if (got > 0) into.append(chunk.data(), static_cast<std::size_t>(got));
  if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) close_end(end);
}

void write_some(int& end, std::string_view& rest) {
  const auto put = ::write(end, rest.data(), rest.size());
  if (put > 0) rest.remove_prefix(static_cast<std::size_t>(put));
  if (rest.empty() || (put < 0 && errno != EINTR && errno != EAGAIN)) close_end(end);
}

// Moves bytes until both outputs are closed or the time is up. Returns: whether they were closed in time.
bool converse(Ends ends, std::string_view input, Outcome& outcome, Clock::time_point until) {
  if (input.empty()) close_end(ends.in);
  while ((ends.out >= 0 || ends.err >= 0) && Clock::now() < until) {
    std::array<pollfd, 3> watched{{{ends.out, POLLIN, 0}, {ends.err, POLLIN, 0}, {ends.in, POLLOUT, 0}}};
    if (::poll(watched.data(), watched.size(), left_ms(until)) <= 0) continue;
    if (watched[0].revents != 0) read_some(ends.out, outcome.out);
    if (watched[1].revents != 0) read_some(ends.err, outcome.err);
    if (watched[2].revents != 0) write_some(ends.in, input);
  }
  const bool closed = ends.out < 0 && ends.err < 0;
  close_end(ends.in);
  close_end(ends.out);
  close_end(ends.err);
  return closed;
}

// Returns: whether `pid` ended within the time; its status is collected then.
bool ended_within(pid_t pid, std::chrono::milliseconds time) {
  const auto until = Clock::now() + time;
  for (auto nap = std::chrono::microseconds{200}; Clock::now() < until;
       nap = std::min(nap * 2, std::chrono::microseconds{20'000})) {
    int status = 0;
    if (::waitpid(pid, &status, WNOHANG) != 0) return true;
    std::this_thread::sleep_for(nap);
  }
  return false;
}

}  // namespace

Outcome run(const Command& command, const RunOptions& options) {
  ::signal(SIGPIPE, SIG_IGN);
  Pipe in = make_pipe();
  Pipe out = make_pipe();
  Pipe err = make_pipe();
  const auto begin = Clock::now();
  const pid_t pid = start(command, options.folder, {in.read, out.write, err.write}, options.memory);
  close_end(in.read);
  close_end(out.write);
  close_end(err.write);
  Outcome outcome;
  outcome.timed_out = !converse({in.write, out.read, err.read}, options.input, outcome, begin + options.limit);
  if (outcome.timed_out) ::kill(-pid, SIGKILL);
  int status = 0;
  rusage usage{};
  while (::wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  outcome.status = plain_status(status);
  outcome.wall_s = std::chrono::duration<double>(Clock::now() - begin).count();
  outcome.cpu_s = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  return outcome;
}

Outcome must(const Command& command, const RunOptions& options) {
  auto outcome = run(command, options);
  if (outcome.status == 0 && !outcome.timed_out) return outcome;
  std::string words;
  for (const auto& word : command) words += word + ' ';
  throw std::runtime_error(words + "ended with " + std::to_string(outcome.status) + "\n" + outcome.out + outcome.err);
}

std::string find_program(std::string_view program) {
  if (program.find('/') != std::string_view::npos) {
    return ::access(std::string(program).c_str(), X_OK) == 0 ? std::string(program) : std::string();
  }
  const char* path = std::getenv("PATH");
  // Debian keeps servers in sbin, which a plain user's PATH lacks.
  std::istringstream folders(std::string(path != nullptr ? path : "") +
                             ":/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string candidate = folder + "/" + std::string(program);
    if (!folder.empty() && ::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return {};
}

Daemon::Daemon(const Command& command, const std::filesystem::path& folder) : log_(folder / "log") {
  const int log = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const int none = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (log < 0 || none < 0) throw std::runtime_error("cannot write " + log_.string());
  pid_ = start(command, folder, {none, log, log});
  ::close(log);
  ::close(none);
}

Daemon::~Daemon() { stop(); }

Daemon::Daemon(Daemon&& other) noexcept : pid_(std::exchange(other.pid_, -1)), log_(std::move(other.log_)) {}

Daemon& Daemon::operator=(Daemon&& other) noexcept {
  if (this != &other) {
    stop();
    pid_ = std::exchange(other.pid_, -1);
    log_ = std::move(other.log_);
  }
  return *this;
}

bool Daemon::alive() {
  int status = 0;
  if (pid_ > 0 && ::waitpid(pid_, &status, WNOHANG) == pid_) pid_ = -1;
  return pid_ > 0;
}

std::string Daemon::log() const { return read_file(log_); }

void Daemon::stop() {
  ask_to_stop();
  if (!alive()) return;
  if (!ended_within(pid_, std::chrono::seconds{5})) {
    ::kill(-pid_, SIGKILL);
    ended_within(pid_, std::chrono::seconds{5});
  }
  pid_ = -1;
}

void Daemon::ask_to_stop() {
  if (alive()) ::kill(pid_, SIGTERM);
}

Folder::Folder(std::string_view purpose) {
  std::string pattern =
      (std::filesystem::temp_directory_path() / ("trustwalk-" + std::string(purpose) + "-XXXXXX")).string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  if (std::getenv("TRUSTWALK_KEEP_LAB") == nullptr) std::filesystem::remove_all(path_, ignored);
}

void write_file(const std::filesystem::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace lab
