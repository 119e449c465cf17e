#include "cli/zone_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "dns/text_source.h"

namespace cli {
namespace {

class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      : number_(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ > STDERR_FILENO) close(number_);
  }
  bool is_open() const { return number_ >= 0; }

  std::expected<std::size_t, std::string> read_into(std::span<char> room) const {
    for (;;) {
      const auto got = ::read(number_, room.data(), room.size());
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return std::unexpected(std::string(std::strerror(errno)));
    }
  }

 private:
  int number_;
};

}  // namespace

std::expected<validator::ZoneStore, std::string> read_zone_file(const std::string& path,
                                                                const std::optional<dns::Name>& origin) {
  const Descriptor file(path);
  if (!file.is_open()) return std::unexpected(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  validator::ZoneStore store;
  bool has_room = true;
  const dns::TextSource source = [&](std::span<char> room) -> std::expected<std::size_t, std::string> {
    if (!has_room) return std::unexpected("the zone is too large");
    return file.read_into(room);
  };
  const dns::ZoneSourceOptions options{{.origin = origin.value_or(dns::Name())}, dns::RRClass::in};
  const auto read = dns::parse_zone_from(source, options,
                                         [&](const dns::Record& record) { has_room = has_room && store.add(record); });
  const std::string shown = path == "-" ? "standard input" : path;
  if (!read) {
    const auto& fault = read.error();
    return std::unexpected(fault.line == 0 ? fmt::format("{}: {}", shown, fault.why)
                                           : fmt::format("{}:{}: {}", shown, fault.line, fault.why));
  }
  if (!has_room) return std::unexpected(fmt::format("{}: the zone is too large", shown));
  store.settle();
  if (store.records() == 0) return std::unexpected(fmt::format("{}: no record in it", shown));
  return store;
}

}  // namespace cli
