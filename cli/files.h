// Files read whole and written whole: a file that is written appears complete under its name, or not at all.
// It knows nothing of what is in them.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace cli {

// Whether a word that may also be a name means a file: a slash is in it, or a file of that name lies here.
bool is_file(const std::string& word);

// "-" is stdin. Error: one line for people. Requires: at most `most` octets, more is an error.
std::expected<std::string, std::string> read_whole(const std::string& path, std::size_t most);

// Written aside and renamed; an existing file keeps its mode, a link its target. What is no regular file (a device, a
// pipe) is written to directly. No signal comes between the first octet and the last. Error: one line for people; then
// nothing is left.
std::expected<void, std::string> write_whole(const std::string& path, std::string_view text);

// The same, and on the disk when it returns: what the machine may lose its power after. Requires: no device.
std::expected<void, std::string> write_durably(const std::string& path, std::string_view text);

// Keeps a second run away from `path` as long as it lives, or until the process ends. The lock is a file beside it,
// PATH.lock, which stays. Error: one line for people, also when another run has it.
class Lock {
 public:
  static std::expected<Lock, std::string> take(const std::string& path);
  Lock(Lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Lock& operator=(Lock&&) = delete;
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock();

 private:
  explicit Lock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

// A reader that has gone away ends the process by SIGPIPE, silently. Error: one line for people.
std::expected<void, std::string> write_stdout(std::string_view text);

void write_stderr(std::string_view text);  // there is nobody to tell if it fails

// Descriptors 0 to 2 that are closed would be given to our files and sockets. Opened here so that using them fails.
void claim_standard_streams();

}  // namespace cli
