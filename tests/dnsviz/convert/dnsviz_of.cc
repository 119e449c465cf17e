// dnsviz_of RECORDING: the recording as a file of dnsviz probe, on stdout. For tests/documents/versus_dnsviz.py.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "resolver/dnsviz.h"

int main(int argc, char** argv) {
  std::ifstream file(argc == 2 ? argv[1] : "");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto recording = resolver::read_any_recording(text);
  if (!recording) {
    std::fprintf(stderr, "dnsviz_of: %s\n", recording.error().c_str());
    return 3;
  }
  const auto written = resolver::write_dnsviz(*recording);
  return std::fwrite(written.data(), 1, written.size(), stdout) == written.size() ? 0 : 3;
}
