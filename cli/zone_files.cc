#include "cli/zone_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <vector>

#include "cli/zone_text.h"
#include "dns/text_source.h"

namespace cli {
namespace {

std::string real_path(const std::string& path) {
  std::error_code none;
  return std::filesystem::canonical(path, none).string();
}

// What a descriptor really is, whatever links led to it.
std::string place_of(int descriptor) {
  std::error_code none;
  return std::filesystem::read_symlink(fmt::format("/proc/self/fd/{}", descriptor), none).string();
}

// Files for $INCLUDE, from the folder of the zone's file or below it: who writes a zone shall not read what we may.
class Includes {
 public:
  Includes(const std::string& path, const ZoneText& zone) {
    root_ = std::filesystem::path(real_path(path)).parent_path().string();
    open_.push_back(&zone);
  }

  std::expected<dns::TextSource, std::string> open(const std::string& name) {
    const auto path = name.starts_with('/') ? name : root_ + "/" + name;
    const auto within = root_.ends_with('/') ? root_ : root_ + "/";
    const auto outside = std::unexpected(fmt::format("not in {} or below", root_));
    if (root_.empty() || !std::filesystem::path(path).lexically_normal().string().starts_with(within)) return outside;
    // O_NONBLOCK: a pipe without a writer must not hold us up.
    auto text = std::make_shared<Held>(*this, ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!text->text.is_open()) return std::unexpected(std::string(std::strerror(errno)));
    // Looked at once it is open: no link can be exchanged any more.
    if (!place_of(text->text.descriptor()).starts_with(within)) return outside;
    if (!text->text.is_file()) return std::unexpected("no file");
    for (const ZoneText* each : open_)
      if (each->is_same(text->text)) return std::unexpected("it includes itself");
    open_.push_back(&text->text);
    text->is_listed = true;
    return [text](std::span<char> room) { return text->text.read_into(room); };
  }

 private:
  // On the list of those that are open as long as it lives; they end in the order opposite to that of their beginning.
  struct Held {
    Held(Includes& all, int descriptor) : of(all), text(descriptor) {}
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    ~Held() {
      if (is_listed) of.open_.pop_back();
    }
    Includes& of;
    ZoneText text;
    bool is_listed = false;
  };

  std::string root_;
  std::vector<const ZoneText*> open_;
};

}  // namespace

std::expected<validator::ZoneStore, std::string> read_zone_file(const std::string& path,
                                                                const std::optional<dns::Name>& origin,
                                                                const std::function<void(std::uint64_t)>& progress) {
  const ZoneText file(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return std::unexpected(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  validator::ZoneStore store;
  bool has_room = true;
  std::uint64_t records = 0;
  const dns::TextSource source = [&](std::span<char> room) -> std::expected<std::size_t, std::string> {
    if (!has_room) return std::unexpected("the zone is too large");
    if (progress) progress(records);
    return file.read_into(room);
  };
  dns::ZoneSourceOptions options{{.origin = origin.value_or(dns::Name())}, dns::RRClass::in};
  Includes includes(path, file);
  if (path != "-") options.include = [&](const std::string& name) { return includes.open(name); };
  const auto read = dns::parse_zone_from(
      source, options, [&](const dns::Record& record) { has_room = has_room && store.add(record), ++records; });
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
