#include "tests/lab/zone_text.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/lab/process.h"

namespace lab {
namespace {

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// Comments start at a semicolon outside quotes.
std::string without_comment(const std::string& line) {
  bool quoted = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '\\')
      ++at;
    else if (line[at] == '"')
      quoted = !quoted;
    else if (line[at] == ';' && !quoted)
      return line.substr(0, at);
  }
  return line;
}

bool covers(const Line& line, std::string_view covered) {
  return line.type == "RRSIG" && line.data.substr(0, line.data.find(' ')) == covered;
}

// Changes one base64 digit in the middle of the signature, which is the last word (or the last run of words, as BIND
// splits it).
void corrupt(Line& line) {
  std::istringstream words(line.data);
  std::vector<std::string> all;
  for (std::string word; words >> word;) all.push_back(word);
  if (all.size() < 9) throw std::runtime_error("no RRSIG: " + line.data);
  auto& digit = all[8][all[8].size() / 2];
  digit = digit == 'A' ? 'B' : 'A';
  line.data.clear();
  for (const auto& word : all) line.data += (line.data.empty() ? "" : " ") + word;
}

void require(bool changed, std::string_view what) {
  if (!changed) throw std::runtime_error("nothing to change: " + std::string(what));
}

}  // namespace

ZoneText ZoneText::read(const std::filesystem::path& path) {
  ZoneText zone;
  std::istringstream text(read_file(path));
  for (std::string raw; std::getline(text, raw);) {
    std::istringstream words(without_comment(raw));
    Line line;
    std::string klass;
    if (!(words >> line.owner)) continue;
    if (!(words >> line.ttl >> klass >> line.type) || klass != "IN")
      throw std::runtime_error("not one record a line: " + raw);
    std::getline(words >> std::ws, line.data);
    std::ranges::replace(line.data, '\t', ' ');
    line.owner = lower(line.owner);
    zone.lines_.push_back(std::move(line));
  }
  return zone;
}

void ZoneText::write(const std::filesystem::path& path) const {
  std::string text;
  for (const auto& line : lines_) text += line.owner + "\t" + line.ttl + "\tIN\t" + line.type + "\t" + line.data + "\n";
  write_file(path, text);
}

std::vector<Line> ZoneText::find(std::string_view owner, std::string_view type) const {
  std::vector<Line> found;
  for (const auto& line : lines_) {
    if (line.owner == owner && line.type == type) found.push_back(line);
  }
  return found;
}

std::vector<Line> ZoneText::find_type(std::string_view type) const {
  std::vector<Line> found;
  for (const auto& line : lines_) {
    if (line.type == type) found.push_back(line);
  }
  return found;
}

void ZoneText::erase(std::string_view owner, std::string_view type) {
  require(std::erase_if(
              lines_,
              [&](const Line& line) { return line.owner == owner && (line.type == type || covers(line, type)); }) > 0,
          owner);
}

void ZoneText::erase_records(std::string_view owner, std::string_view type) {
  require(std::erase_if(lines_, [&](const Line& line) { return line.owner == owner && line.type == type; }) > 0, owner);
}

void ZoneText::erase_type(std::string_view type) {
  require(std::erase_if(lines_, [&](const Line& line) { return line.type == type || covers(line, type); }) > 0, type);
}

void ZoneText::erase_signatures(std::string_view owner, std::string_view covered) {
  require(std::erase_if(lines_, [&](const Line& line) { return line.owner == owner && covers(line, covered); }) > 0,
          owner);
}

void ZoneText::erase_all_signatures() {
  require(std::erase_if(lines_,
                        [](const Line& line) {
                          return line.type == "RRSIG" || line.type == "NSEC" || line.type == "NSEC3" ||
                                 line.type == "NSEC3PARAM";
                        }) > 0,
          "signatures");
}

void ZoneText::change(std::string_view owner, std::string_view type, std::string_view data) {
  bool changed = false;
  for (auto& line : lines_) {
    if (line.owner != owner || line.type != type) continue;
    line.data = data;
    changed = true;
  }
  require(changed, owner);
}

void ZoneText::corrupt_signatures(std::string_view owner, std::string_view covered) {
  bool changed = false;
  for (auto& line : lines_) {
    if (line.owner != owner || !covers(line, covered)) continue;
    corrupt(line);
    changed = true;
  }
  require(changed, owner);
}

void ZoneText::corrupt_all_signatures() {
  for (auto& line : lines_) {
    if (line.type == "RRSIG") corrupt(line);
  }
}

}  // namespace lab
