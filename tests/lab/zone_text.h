// A signed zone as lines of text, and the small changes by which a test breaks it.
// It reads only what signers write (one record a line, owner and TTL always there) and judges nothing.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

struct Line {
  std::string owner;  // absolute, in lower case
  std::string ttl;
  std::string type;
  std::string data;
};

class ZoneText {
 public:
  [[nodiscard]] static ZoneText read(const std::filesystem::path& path);
  void write(const std::filesystem::path& path) const;

  [[nodiscard]] std::vector<Line> find(std::string_view owner, std::string_view type) const;
  [[nodiscard]] std::vector<Line> find_type(std::string_view type) const;
  [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }

  // All of these throw std::runtime_error if there is nothing to change: a break that breaks nothing is a bug of the
  // test.
  void erase(std::string_view owner, std::string_view type);          // with its signatures
  void erase_records(std::string_view owner, std::string_view type);  // and leave its signatures
  void erase_type(std::string_view type);
  void erase_signatures(std::string_view owner, std::string_view covered);
  void erase_all_signatures();  // and every NSEC, NSEC3, NSEC3PARAM: DNSKEY stays
  void change(std::string_view owner, std::string_view type, std::string_view data);
  void corrupt_signatures(std::string_view owner, std::string_view covered);
  void corrupt_all_signatures();
  void add(Line line) { lines_.push_back(std::move(line)); }

 private:
  std::vector<Line> lines_;
};

}  // namespace lab
