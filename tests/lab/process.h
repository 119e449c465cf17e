// Runs other programs for the live tests: short ones to their end, servers for as long as an object lives.
// It knows nothing of DNS, and it never signals a process that it did not start.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

using Command = std::vector<std::string>;

struct RunOptions {
  std::chrono::milliseconds limit{10'000};
  std::filesystem::path folder{};  // where it runs; empty = here
  std::string input{};             // its stdin
  std::size_t memory = 0;          // octets of address space; 0: as many as this process may have
};

struct Outcome {
  int status = -1;  // exit status, 128 + signal, or 127 if it could not be started
  bool timed_out = false;
  std::string out;
  std::string err;
  double wall_s = 0;
  double cpu_s = 0;  // user + system, of the program and the children it waited for
};

// Runs `command` to its end or for options.limit, then kills it.
[[nodiscard]] Outcome run(const Command& command, const RunOptions& options = {});

// As run, for steps that have to work. Throws std::runtime_error with the output if the status is not 0.
Outcome must(const Command& command, const RunOptions& options = {});

// Returns: the absolute path of `program` in PATH or a folder for servers; empty if it is not installed.
[[nodiscard]] std::string find_program(std::string_view program);

// A server in the foreground; both outputs go to folder/log. It is stopped when the object goes, and dies with the
// test.
class Daemon {
 public:
  Daemon(const Command& command, const std::filesystem::path& folder);
  ~Daemon();
  Daemon(Daemon&& other) noexcept;
  Daemon& operator=(Daemon&& other) noexcept;
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  [[nodiscard]] bool alive();
  [[nodiscard]] std::string log() const;
  void stop();
  void ask_to_stop();  // without waiting: several end together

 private:
  pid_t pid_ = -1;
  std::filesystem::path log_;
};

// A folder of its own under the temporary folder, removed with the object unless TRUSTWALK_KEEP_LAB is set.
class Folder {
 public:
  explicit Folder(std::string_view purpose);
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void write_file(const std::filesystem::path& path, std::string_view text);
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

}  // namespace lab
