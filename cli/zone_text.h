// A zone's file as it is read, piece by piece: what it is, and whether it stays so until its end.
// It knows nothing of what is in it.
#pragma once

#include <sys/stat.h>

#include <expected>
#include <span>
#include <string>

namespace cli {

class ZoneText {
 public:
  explicit ZoneText(int descriptor);  // its own from now on, but for standard input; -1: there is none
  ZoneText(const ZoneText&) = delete;
  ZoneText& operator=(const ZoneText&) = delete;
  ~ZoneText();
  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  bool is_file() const { return S_ISREG(before_.st_mode); }
  bool is_same(const ZoneText& other) const {
    return before_.st_dev == other.before_.st_dev && before_.st_ino == other.before_.st_ino;
  }
  // 0: the end. Error: one phrase for people; also at the end of a file that is not what it was when it was opened:
  // half of an old zone and half of a new one is neither.
  std::expected<std::size_t, std::string> read_into(std::span<char> room) const;

 private:
  bool has_changed() const;

  int descriptor_;
  struct stat before_{};
};

}  // namespace cli
