#include "report/json_writer.h"

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <variant>

#include "validator/finding.h"

namespace report {

struct JsonWriter::Impl {
  using Plain = rapidjson::Writer<rapidjson::StringBuffer>;
  using Pretty = rapidjson::PrettyWriter<rapidjson::StringBuffer>;
  rapidjson::StringBuffer buffer;
  std::variant<std::monostate, Plain, Pretty> writer;

  template <class Call>
  void with(Call call) {
    if (auto* plain = std::get_if<Plain>(&writer)) call(*plain);
    if (auto* pretty = std::get_if<Pretty>(&writer)) call(*pretty);
  }
};

namespace {

rapidjson::SizeType count_of(std::string_view text) { return static_cast<rapidjson::SizeType>(text.size()); }

// A plain text passes without a copy; what is no UTF-8 becomes U+FFFD.
std::string mended(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto taken = validator::utf8_length(text.substr(at));
    out += taken == 0 ? std::string_view{"\xEF\xBF\xBD"} : text.substr(at, taken);
    at += std::max<std::size_t>(taken, 1);
  }
  return out;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char octet) { return static_cast<unsigned char>(octet) < 0x80; });
}

}  // namespace

JsonWriter::JsonWriter(Layout layout) : impl_(std::make_unique<Impl>()) {
  if (layout == Layout::one_line) {
    impl_->writer.emplace<Impl::Plain>(impl_->buffer);
    return;
  }
  auto& pretty = impl_->writer.emplace<Impl::Pretty>(impl_->buffer);
  pretty.SetIndent(' ', 2);
}

JsonWriter::~JsonWriter() = default;

void JsonWriter::open_object() {
  impl_->with([](auto& writer) { writer.StartObject(); });
}
void JsonWriter::close_object() {
  impl_->with([](auto& writer) { writer.EndObject(); });
}
void JsonWriter::open_array() {
  impl_->with([](auto& writer) { writer.StartArray(); });
}
void JsonWriter::close_array() {
  impl_->with([](auto& writer) { writer.EndArray(); });
}
void JsonWriter::key(std::string_view name) {
  impl_->with([&](auto& writer) { writer.Key(name.data(), count_of(name)); });
}
void JsonWriter::value(std::string_view text) {
  if (!is_ascii(text)) {
    const auto good = mended(text);
    return impl_->with([&](auto& writer) { writer.String(good.data(), count_of(good)); });
  }
  impl_->with([&](auto& writer) { writer.String(text.data(), count_of(text)); });
}
void JsonWriter::value(std::uint64_t number) {
  impl_->with([&](auto& writer) { writer.Uint64(number); });
}
void JsonWriter::value(std::int64_t number) {
  impl_->with([&](auto& writer) { writer.Int64(number); });
}
void JsonWriter::null(std::string_view name) {
  key(name);
  impl_->with([](auto& writer) { writer.Null(); });
}
void JsonWriter::flag(std::string_view name, bool is_set) {
  key(name);
  impl_->with([&](auto& writer) { writer.Bool(is_set); });
}

std::string JsonWriter::take() { return std::string{impl_->buffer.GetString(), impl_->buffer.GetSize()} + "\n"; }

}  // namespace report
