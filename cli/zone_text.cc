#include "cli/zone_text.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace cli {

ZoneText::ZoneText(int descriptor) : descriptor_(descriptor) {
  if (is_open() && fstat(descriptor_, &before_) != 0) before_ = {};
}

ZoneText::~ZoneText() {
  if (descriptor_ > STDERR_FILENO) close(descriptor_);
}

std::expected<std::size_t, std::string> ZoneText::read_into(std::span<char> room) const {
  for (;;) {
    const auto got = ::read(descriptor_, room.data(), room.size());
    if (got == 0 && is_file() && has_changed()) return std::unexpected("it was changed while it was read");
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return std::unexpected(std::string(std::strerror(errno)));
  }
}

bool ZoneText::has_changed() const {
  struct stat after{};
  return fstat(descriptor_, &after) != 0 || after.st_size != before_.st_size ||
         after.st_mtim.tv_sec != before_.st_mtim.tv_sec || after.st_mtim.tv_nsec != before_.st_mtim.tv_nsec;
}

}  // namespace cli
