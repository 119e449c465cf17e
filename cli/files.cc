#include "cli/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>

namespace cli {
namespace {

std::unexpected<std::string> failed(std::string_view what, std::string_view path, int error) {
  return std::unexpected(fmt::format("cannot {} {}: {}", what, path, std::strerror(error)));
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  int number() const { return number_; }
  int close() {  // Returns: 0, or the error: a full disk over NFS shows itself here
    const int result = number_ > STDERR_FILENO ? ::close(number_) : 0;
    number_ = -1;
    return result == 0 ? 0 : errno;
  }

 private:
  int number_;
};

// Signals that people and shells send wait while this object lives, and act afterwards as they always do.
class SignalsWait {
 public:
  SignalsWait() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&signals, signal);
    sigprocmask(SIG_BLOCK, &signals, &before_);
  }
  SignalsWait(const SignalsWait&) = delete;
  SignalsWait& operator=(const SignalsWait&) = delete;
  ~SignalsWait() { sigprocmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

int write_all(int descriptor, std::string_view text);  // Returns: 0 or the error
std::string real_path(const std::string& path);
// Whether the octets have to be on the disk, under their name, before we say that they are.
enum class Lasting : std::uint8_t { no, yes };
std::expected<void, std::string> write_aside(const std::string& path, mode_t mode, std::string_view text,
                                             Lasting lasting);
std::expected<void, std::string> write_named(const std::string& path, std::string_view text, Lasting lasting);
int sync_folder(const std::string& folder);  // Returns: 0 or the error

}  // namespace

bool is_file(const std::string& word) {
  std::error_code none;
  return word.contains('/') || std::filesystem::is_regular_file(word, none);
}

std::expected<std::string, std::string> read_whole(const std::string& path, std::size_t most) {
  Descriptor file(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) return failed("read", path, errno);
  std::string text;
  std::array<char, 8192> piece{};
  for (;;) {
    const auto count = read(file.number(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed("read", path, errno);
    if (count == 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(count));
    if (text.size() > most) return std::unexpected(fmt::format("cannot read {}: more than {} octets", path, most));
  }
}

std::expected<void, std::string> write_whole(const std::string& path, std::string_view text) {
  return write_named(path, text, Lasting::no);
}

std::expected<void, std::string> write_durably(const std::string& path, std::string_view text) {
  return write_named(path, text, Lasting::yes);
}

std::expected<Lock, std::string> Lock::take(const std::string& path) {
  // Two names of one file are one lock. Nobody else may open it: to hold a lock it is enough to read the file.
  const std::string beside = real_path(path) + ".lock";
  Lock lock(open(beside.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.descriptor_ < 0) return failed("lock", path, errno);
  if (flock(lock.descriptor_, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno == EWOULDBLOCK) return std::unexpected(fmt::format("{} is in use by another run ({})", path, beside));
  return failed("lock", path, errno);
}

Lock::~Lock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

namespace {

std::expected<void, std::string> write_named(const std::string& path, std::string_view text, Lasting lasting) {
  const SignalsWait wait;
  struct stat there{};
  const bool exists = stat(path.c_str(), &there) == 0;
  if (exists && S_ISDIR(there.st_mode)) return failed("write", path, EISDIR);
  if (exists && !S_ISREG(there.st_mode)) {
    Descriptor device(open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (device.number() < 0) return failed("write", path, errno);
    int error = write_all(device.number(), text);
    if (const int at_close = device.close(); error == 0) error = at_close;
    return error == 0 ? std::expected<void, std::string>() : failed("write", path, error);
  }
  const mode_t mask = umask(0);
  umask(mask);
  return write_aside(real_path(path), exists ? there.st_mode & 07777U : 0666U & ~mask, text, lasting);
}

}  // namespace

std::expected<void, std::string> write_stdout(std::string_view text) {
  const int error = write_all(STDOUT_FILENO, text);
  if (error == 0) return {};
  if (error == EPIPE) {
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
  }
  return failed("write to", "standard output", error);
}

void write_stderr(std::string_view text) { write_all(STDERR_FILENO, text); }

void claim_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(descriptor, F_GETFD) != -1) continue;
    // The lowest free number is this one; read-only, so that writing is an error (EBADF) and not a silent success.
    static_cast<void>(open("/dev/null", O_RDONLY));
  }
}

namespace {

int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto count = write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

// Renaming over a link would replace the link.
std::string real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> resolved(realpath(path.c_str(), nullptr), &std::free);
  return resolved ? std::string(resolved.get()) : path;
}

std::expected<void, std::string> write_aside(const std::string& path, mode_t mode, std::string_view text,
                                             Lasting lasting) {
  const auto slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
  std::string aside = folder + ".trustwalk-XXXXXX";
  Descriptor file(mkostemp(aside.data(), O_CLOEXEC));
  if (file.number() < 0) return failed("write", path, errno);
  int error = write_all(file.number(), text);
  if (error == 0 && fchmod(file.number(), mode) != 0) error = errno;
  if (error == 0 && lasting == Lasting::yes && fsync(file.number()) != 0) error = errno;
  if (const int at_close = file.close(); error == 0) error = at_close;
  if (error == 0 && rename(aside.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) {
    // The new name is there by now, whatever the disk says: the old text is gone, and nothing may be taken away.
    const int at_sync = lasting == Lasting::yes ? sync_folder(folder) : 0;
    return at_sync == 0 ? std::expected<void, std::string>() : failed("write", path, at_sync);
  }
  unlink(aside.c_str());
  return failed("write", path, error);
}

// After a rename only the folder's own octets can still be lost.
int sync_folder(const std::string& folder) {
  const Descriptor opened(open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number() < 0) return errno;
  return fsync(opened.number()) == 0 || errno == EINVAL ? 0 : errno;  // EINVAL: a file system that cannot
}

}  // namespace
}  // namespace cli
