#include <fmt/format.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include "cli/completions.h"
#include "cli/man_pages.h"
#include "cli/run.h"
#include "cli/schemas.h"
#include "cli/status.h"
#include "cli/writing.h"
#include "validator/advice.h"
#include "validator/catalogue_text.h"

namespace cli {
namespace {

std::string pages(const std::vector<const validator::Row*>& rows);
std::string json(const std::vector<const validator::Row*>& rows);
Status write(const std::string& text, const Options& options);

}  // namespace

Status run_explain(const Options& options) {
  if (options.page == Page::completion) return write(completion_of(options.words[0]), options);
  if (options.page == Page::man) return write(man_page(options.words[0]), options);
  if (options.page == Page::schema)
    return write(schema_of(options.words.empty() ? "verdict" : options.words[0]), options);
  if (options.words == std::vector<std::string>{"list"}) {
    if (options.page == Page::markdown) return write(validator::catalogue_markdown(), options);
    if (options.page == Page::text) return write(validator::catalogue_list(), options);
    std::vector<const validator::Row*> all;
    all.reserve(validator::rows().size());
    for (const auto& row : validator::rows()) all.push_back(&row);
    return write(json(all), options);
  }
  std::vector<const validator::Row*> rows;
  rows.reserve(options.words.size());
  for (const auto& slug : options.words) rows.push_back(validator::find_row(slug));
  return write(options.page == Page::json ? json(rows) : pages(rows), options);
}

namespace {

using Writer = rapidjson::PrettyWriter<rapidjson::StringBuffer>;

Status write(const std::string& text, const Options& options) {
  const auto written = write_text(text, options);
  if (!written) return std::unexpected(written.error());
  return status::good;
}

std::string pages(const std::vector<const validator::Row*>& rows) {
  std::string text;
  for (const auto* row : rows) {
    if (!text.empty()) text += '\n';
    text += validator::explain_text(row->code);
  }
  return text;
}

void put(Writer& writer, std::string_view text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void put(Writer& writer, std::string_view member, std::string_view text) {
  put(writer, member);
  put(writer, text);
}

void put_parameters(Writer& writer, const validator::Row& row) {
  put(writer, "params");
  writer.StartArray();
  for (const auto& parameter : validator::parameters(row)) {
    if (parameter.name.empty()) continue;
    writer.StartObject();
    put(writer, "name", parameter.name);
    put(writer, "words");
    writer.StartArray();
    for (const auto word : validator::words_of(parameter)) put(writer, word);
    writer.EndArray();
    writer.EndObject();
  }
  writer.EndArray();
}

void put_commands(Writer& writer, const validator::Row& row) {
  put(writer, "commands");
  writer.StartObject();
  for (const auto signer : validator::all_signers) {
    put(writer, validator::to_text(signer));
    writer.StartArray();
    for (const auto& line : validator::commands(row.remedy, signer, {})) put(writer, line);
    writer.EndArray();
  }
  writer.EndObject();
}

void put_row(Writer& writer, const validator::Row& row) {
  writer.StartObject();
  put(writer, "slug", row.slug);
  put(writer, "severity", validator::to_text(row.severity));
  put(writer, "breaks", validator::to_text(row.breaks));
  put(writer, "ede");
  if (row.ede == validator::no_ede)
    writer.Null();
  else
    writer.Int(row.ede);
  put(writer, "rule", row.rule);
  put(writer, "meaning", row.meaning);
  put(writer, "sentence", row.sentence);
  put_parameters(writer, row);
  put(writer, "blame", validator::to_text(row.blame));
  put(writer, "remedy", validator::to_text(row.remedy));
  put(writer, "do", validator::headline(row.remedy));
  put_commands(writer, row);
  writer.EndObject();
}

// One finding is one object, several are an array of them.
std::string json(const std::vector<const validator::Row*>& rows) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.SetIndent(' ', 2);
  if (rows.size() != 1) writer.StartArray();
  for (const auto* row : rows) put_row(writer, *row);
  if (rows.size() != 1) writer.EndArray();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

}  // namespace
}  // namespace cli
