// The rules of design.md §2 about who may include whom, and those about the shape of files, read off the sources
// themselves.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Source {
  std::string folder;
  std::string path;  // from the top, such as "dns/name.h"
  std::vector<std::string> lines;
};

std::vector<Source> product_sources();
std::vector<std::string> includes_of(const Source& source, char open, char close);

// design.md §2: the arrows. An empty `headers` means all of that folder's headers.
struct Arrow {
  std::string_view from;
  std::string_view to;
  std::vector<std::string_view> headers;
};

const std::vector<Arrow> arrows = {
    {"dns", "dns", {}},
    {"trustanchor", "trustanchor", {}},
    {"trustanchor", "dns", {}},
    {"resolver", "resolver", {}},
    {"resolver", "dns", {}},
    {"validator", "validator", {}},
    {"validator", "dns", {}},
    {"validator", "trustanchor", {}},
    {"report", "report", {}},
    {"report", "dns", {}},
    // What was found, not how: a writer that needs the checks themselves would be judging.
    {"report",
     "validator",
     {"chain", "catalogue", "finding", "sentence", "advice", "caches", "events", "zone_judgement", "rollover_phase",
      "rollover_advice"}},
    {"cli", "cli", {}},
    {"cli", "dns", {}},
    {"cli", "trustanchor", {}},
    {"cli", "resolver", {}},
    {"cli", "validator", {}},
    {"cli", "report", {}},
};

TEST(Borders, includes_follow_the_arrows) {
  for (const Source& source : product_sources()) {
    for (const std::string& header : includes_of(source, '"', '"')) {
      const fs::path path = header;
      const bool allowed = std::ranges::any_of(arrows, [&](const Arrow& arrow) {
        return arrow.from == source.folder && path.parent_path() == arrow.to &&
               (arrow.headers.empty() || std::ranges::count(arrow.headers, path.stem().string()) > 0);
      });
      EXPECT_TRUE(allowed) << source.path << " may not include \"" << header << "\"";
    }
  }
}

// Where a third-party header may stand: a folder and the beginnings of file names, and in how many files of that
// folder.
struct Home {
  std::string_view header;  // a prefix of what stands between < and >
  std::string_view folder;
  std::string_view file;  // a prefix of the file's name; empty: any
  std::size_t files;
};

const std::vector<Home> homes = {
    {"arpa/inet.h", "dns", "address.cc", 1},  // inet_pton and inet_ntop: text of addresses, no socket
    {"ares", "resolver", "network", 1},
    {"dlfcn.h", "report", "svg.cc", 1},  // Graphviz is loaded only for a picture
    {"dlfcn.h", "cli", "idna.cc", 1},    // libidn2 only for a name beyond ASCII
    {"gvc.h", "report", "svg.cc", 1},
    {"gvplugin.h", "report", "svg.cc", 1},
    {"cgraph.h", "report", "svg.cc", 1},
    {"graphviz/", "report", "svg.cc", 1},
    {"CLI/", "cli", "options.cc", 1},
    {"toml++/", "cli", "config_file.cc", 1},
    {"idn2.h", "cli", "idna.cc", 1},
    {"openssl/", "validator", "crypto", 9},
    {"openssl/", "trustanchor", "cms.cc", 1},
    {"openssl/", "resolver", "", 1},
    {"pugixml.hpp", "trustanchor", "", 1},
    {"rapidjson/", "trustanchor", "", 1},
    {"rapidjson/", "resolver", "", 1},
    {"rapidjson/", "report", "", 1},
    {"rapidjson/", "cli", "", 1},
    {"fmt/", "trustanchor", "", 99},
    {"fmt/", "resolver", "", 99},
    {"fmt/", "validator", "", 99},
    {"fmt/", "report", "", 99},
    {"fmt/", "cli", "", 99},
};

// Headers of the C library that the folders next to the system may use. dns/ is the standard library only.
bool is_system_header(std::string_view header) {
  static const std::set<std::string_view> posix = {"unistd.h", "fcntl.h",  "poll.h",    "errno.h", "signal.h",
                                                   "time.h",   "netdb.h",  "ifaddrs.h", "pwd.h",   "stdlib.h",
                                                   "stdio.h",  "string.h", "strings.h", "limits.h"};
  return posix.contains(header) || header.starts_with("sys/") || header.starts_with("netinet/") ||
         header.starts_with("arpa/") || header.starts_with("net/");
}

bool is_standard_header(std::string_view header) { return header.find_first_of("./") == std::string_view::npos; }

TEST(Borders, each_third_party_header_stands_in_one_file) {
  std::map<std::pair<std::size_t, std::string>, std::set<std::string>> files_of;
  for (const Source& source : product_sources()) {
    for (const std::string& header : includes_of(source, '<', '>')) {
      if (is_standard_header(header)) continue;
      if (source.folder != "dns" && is_system_header(header)) continue;
      const auto home = std::ranges::find_if(homes, [&](const Home& candidate) {
        return header.starts_with(candidate.header) && source.folder == candidate.folder &&
               fs::path(source.path).filename().string().starts_with(candidate.file);
      });
      if (home == homes.end()) {
        ADD_FAILURE() << source.path << " may not include <" << header << ">";
        continue;
      }
      std::set<std::string>& files = files_of[{static_cast<std::size_t>(home - homes.begin()), source.folder}];
      files.insert(source.path);
      EXPECT_LE(files.size(), home->files) << "<" << header << "> stands in too many files of " << source.folder
                                           << "/, the last of them " << source.path;
      if (!header.starts_with("fmt/")) {
        EXPECT_TRUE(source.path.ends_with(".cc")) << source.path << " hands <" << header << "> on to its readers";
      }
    }
  }
}

// Files that may be longer, and why. A reason is a sentence, not a wish for time.
const std::map<std::string, std::string_view> long_files = {};

TEST(Borders, files_are_short_enough_to_be_read) {
  constexpr std::size_t most_lines = 450;
  for (const Source& source : product_sources()) {
    if (long_files.contains(source.path)) continue;
    EXPECT_LE(source.lines.size(), most_lines) << source.path << " has " << source.lines.size() << " lines";
  }
}

TEST(Borders, long_files_are_still_long) {
  for (const auto& [path, reason] : long_files) {
    const auto sources = product_sources();
    const auto source = std::ranges::find(sources, path, &Source::path);
    ASSERT_NE(source, sources.end()) << path << " is gone: take it off the list";
    EXPECT_GT(source->lines.size(), 450U) << path << " is short now: take it off the list";
    EXPECT_FALSE(reason.empty());
  }
}

// The first comment of a header: one sentence on what it is for, one on what it does not do.
TEST(Borders, every_header_says_what_it_is_for_and_what_not) {
  for (const Source& source : product_sources()) {
    if (!source.path.ends_with(".h")) continue;
    auto line = source.lines.begin();
    while (line != source.lines.end() && (line->empty() || *line == "#pragma once")) ++line;
    std::string comment;
    for (; line != source.lines.end() && line->starts_with("//"); ++line) comment += line->substr(2) + " ";
    const auto ends =
        std::ranges::count_if(comment, [](char c) { return c == '.' || c == '!' || c == ':' || c == ';'; });
    EXPECT_FALSE(comment.empty()) << source.path << " does not open with a comment";
    EXPECT_GE(ends, 2) << source.path << " says less than two sentences about itself";
    EXPECT_TRUE(std::ranges::find(source.lines, "#pragma once") != source.lines.end()) << source.path;
  }
}

TEST(Borders, the_product_was_read) { EXPECT_GT(product_sources().size(), 10U); }

std::vector<Source> product_sources() {
  std::vector<Source> sources;
  for (const char* folder : {"dns", "trustanchor", "resolver", "validator", "report", "cli"}) {
    const fs::path directory = fs::path(TRUSTWALK_SOURCE_DIR) / folder;
    if (!fs::exists(directory)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(directory)) {
      const std::string extension = entry.path().extension();
      if (extension != ".cc" && extension != ".h") continue;
      Source source{folder, fs::relative(entry.path(), TRUSTWALK_SOURCE_DIR), {}};
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) source.lines.push_back(line);
      sources.push_back(std::move(source));
    }
  }
  std::ranges::sort(sources, {}, &Source::path);
  return sources;
}

std::vector<std::string> includes_of(const Source& source, char open, char close) {
  std::vector<std::string> headers;
  for (const std::string& line : source.lines) {
    const auto hash = line.find_first_not_of(' ');
    if (hash == std::string::npos || line[hash] != '#' || line.find("include") == std::string::npos) continue;
    const auto from = line.find(open);
    const auto to = line.find(close, from == std::string::npos ? from : from + 1);
    if (to != std::string::npos) headers.push_back(line.substr(from + 1, to - from - 1));
  }
  return headers;
}

}  // namespace
