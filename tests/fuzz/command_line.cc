// Any words as a command line (one a line), and any text as a batch file: parsing ends in options, a wish, or one line
// of complaint; what is complained about is never left half obeyed.
#include <algorithm>
#include <string>
#include <vector>

#include "cli/idna.h"
#include "cli/options.h"
#include "cli/questions.h"
#include "cli/values.h"
#include "report/nagios.h"
#include "tests/fuzz/fuzz.h"

namespace {

using fuzz::require;

bool is_one_line(std::string_view text) { return !text.empty() && text.find('\n') == std::string_view::npos; }

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words{"trustwalk"};
  while (!text.empty() && words.size() < 40) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string word(text.substr(0, end));
    std::erase(word, '\0');  // a command line has none
    words.push_back(std::move(word));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

void read_every_way(std::string_view text) {
  static_cast<void>(cli::split_list(text));
  static_cast<void>(cli::read_seconds(text));
  static_cast<void>(cli::read_port(text));
  static_cast<void>(cli::read_when(text));
  static_cast<void>(cli::read_server(text));
  static_cast<void>(cli::read_source_address(text));
  static_cast<void>(cli::read_negative_anchor(text));
  static_cast<void>(cli::read_reverse(text));
  static_cast<void>(report::parse_ranges(text));
  if (const auto question = cli::read_question(text)) static_cast<void>(cli::to_unicode(question->name));
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const auto words = words_of(text);
  static_cast<void>(cli::is_probe(words));
  const auto parsed = cli::parse(words);
  if (const auto* misuse = std::get_if<cli::Misuse>(&parsed)) require(is_one_line(misuse->text));
  if (const auto* file = std::get_if<cli::Unreadable>(&parsed)) require(is_one_line(file->text));
  if (const auto* wish = std::get_if<cli::Wish>(&parsed)) require(!wish->text.empty());
  const auto batch = cli::read_batch(text, "fuzz");
  require(batch || is_one_line(batch.error()));
  for (const auto& word : words) read_every_way(word);
  return 0;
}
