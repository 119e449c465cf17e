// read_zone: reads a master file as `trustwalk zone` does, and judges nothing: for benchmarks beside readers alone.
//
//   read_zone FILE          into the store, sorted
//   read_zone FILE --text   records of it only, each dropped at once
#include <sys/resource.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <string_view>

#include "cli/zone_files.h"
#include "dns/text_source.h"

namespace {

double seconds_used() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

int read_text(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const dns::TextSource source = [&](std::span<char> room) -> std::expected<std::size_t, std::string> {
    file.read(room.data(), static_cast<std::streamsize>(room.size()));
    return static_cast<std::size_t>(file.gcount());
  };
  std::size_t records = 0;
  const auto done = dns::parse_zone_from(source, {}, [&](const dns::Record&) { ++records; });
  if (!done) std::cerr << path << ':' << done.error().line << ": " << done.error().why << '\n';
  std::printf("%zu records, %.3f s of processor time\n", records, seconds_used());
  return done ? 0 : 1;
}

int read_store(const char* path) {
  const auto store = cli::read_zone_file(path, std::nullopt);
  if (!store) {
    std::cerr << store.error() << '\n';
    return 1;
  }
  std::printf("%zu names, %zu records, %zu octets, %.3f s of processor time\n", store->names(), store->records(),
              store->octets_used(), seconds_used());
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) return 2;
  return count > 2 && std::string_view(words[2]) == "--text" ? read_text(words[1]) : read_store(words[1]);
}
