#include "validator/sentence.h"

#include <algorithm>
#include <optional>

namespace validator {
namespace {

bool part_of_name(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
}

// Returns: the name of the placeholder that begins at `at`, or nothing: "${x}" of a shell or "{}" is plain text.
std::optional<std::string_view> placeholder_at(std::string_view text, std::size_t at) {
  if (text[at] != '{') return std::nullopt;
  const auto close = text.find('}', at);
  if (close == std::string_view::npos || close == at + 1) return std::nullopt;
  const auto name = text.substr(at + 1, close - at - 1);
  if (!std::all_of(name.begin(), name.end(), part_of_name)) return std::nullopt;
  return name;
}

// An empty text is no value: an empty list has nothing to say in a sentence.
const std::string* find(Values values, std::string_view name) {
  for (const auto& [known, text] : values) {
    if (known == name) return text.empty() ? nullptr : &text;
  }
  return nullptr;
}

bool all_known(std::string_view piece, Values values) {
  const auto names = placeholders(piece);
  return std::all_of(names.begin(), names.end(), [&](std::string_view name) { return find(values, name) != nullptr; });
}

std::string flat(std::string_view text, Values values) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (const auto name = placeholder_at(text, at)) {
      const auto* value = find(values, *name);
      out += value != nullptr ? std::string_view{*value} : std::string_view{"?"};
      at += name->size() + 2;
    } else {
      out += text[at++];
    }
  }
  return out;
}

}  // namespace

std::string render(std::string_view sentence, Values values) {
  std::string out;
  while (!sentence.empty()) {
    const auto open = std::min(sentence.find('['), sentence.size());
    out += flat(sentence.substr(0, open), values);
    sentence.remove_prefix(open);
    if (sentence.empty()) break;
    const auto close = std::min(sentence.find(']'), sentence.size());
    const auto piece = sentence.substr(1, close - 1);
    if (all_known(piece, values)) out += flat(piece, values);
    sentence.remove_prefix(std::min(close + 1, sentence.size()));
  }
  return out;
}

std::string fill(std::string_view text, Values values) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto name = placeholder_at(text, at);
    const auto* value = name ? find(values, *name) : nullptr;
    if (value == nullptr) {
      out += text[at++];
      continue;
    }
    out += *value;
    at += name->size() + 2;
  }
  return out;
}

std::vector<std::string_view> placeholders(std::string_view text) {
  std::vector<std::string_view> names;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (const auto name = placeholder_at(text, at)) names.push_back(*name);
  }
  return names;
}

}  // namespace validator
