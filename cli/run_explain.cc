#include "cli/completions.h"
#include "cli/man_pages.h"
#include "cli/run.h"
#include "cli/schemas.h"
#include "cli/status.h"
#include "cli/writing.h"
#include "report/json_writer.h"
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

void put_parameters(report::JsonWriter& writer, const validator::Row& row) {
  writer.key("params");
  writer.array(validator::parameters(row), [&](const auto& parameter) {
    if (parameter.name.empty()) return;
    writer.object([&] {
      writer.put("name", parameter.name);
      writer.put("words", validator::words_of(parameter));
    });
  });
}

void put_commands(report::JsonWriter& writer, const validator::Row& row) {
  writer.key("commands");
  writer.object([&] {
    for (const auto signer : validator::all_signers)
      writer.put(validator::to_text(signer), validator::commands(row.remedy, signer, {}));
  });
}

void put_row(report::JsonWriter& writer, const validator::Row& row) {
  writer.put("slug", row.slug);
  writer.put("severity", validator::to_text(row.severity));
  writer.put("breaks", validator::to_text(row.breaks));
  row.ede == validator::no_ede ? writer.null("ede") : writer.put("ede", row.ede);
  writer.put("rule", row.rule);
  writer.put("meaning", row.meaning);
  writer.put("sentence", row.sentence);
  put_parameters(writer, row);
  writer.put("blame", validator::to_text(row.blame));
  writer.put("remedy", validator::to_text(row.remedy));
  writer.put("do", validator::headline(row.remedy));
  put_commands(writer, row);
}

// One finding is one object, several are an array of them.
std::string json(const std::vector<const validator::Row*>& rows) {
  report::JsonWriter writer(report::JsonWriter::Layout::pretty);
  if (rows.size() != 1) writer.open_array();
  for (const auto* row : rows) writer.object([&] { put_row(writer, *row); });
  if (rows.size() != 1) writer.close_array();
  return writer.take();
}

}  // namespace
}  // namespace cli
