#include "cli/rehearsal.h"
#include "report/json_writer.h"

namespace cli {
namespace {

using Writer = report::JsonWriter;
using validator::Part;

void put_parts(Writer& out, validator::Mix parts) {
  out.key("parts");
  out.open_array();
  for (const Part part : validator::all_parts)
    if (parts.has(part)) out.value(to_text(part));
  out.close_array();
}

void put_mix(Writer& out, const JudgedMix& one, validator::Mix changed) {
  for (const Part part : validator::all_parts) {
    if (!changed.has(part)) continue;
    out.put(to_text(part), std::string_view(one.mix.has(part) ? "new" : "old"));
  }
  out.put("verdict", validator::to_text(one.verdict));
  out.put("cause", one.cause ? std::optional(validator::row(one.cause->code).slug) : std::nullopt);
  out.put("text", one.cause ? std::optional(validator::sentence(*one.cause)) : std::nullopt);
}

void put_step(Writer& out, const RehearsedStep& step) {
  put_parts(out, step.parts);
  out.flag("both_ds", step.ds == DsCopy::both);
  out.put("wait_s", std::int64_t{step.wait.count()});
  step.held.empty() ? out.null("held") : out.put("held", step.held);
}

void put_slugs(Writer& out, std::string_view name, const std::vector<validator::Code>& codes) {
  out.key(name);
  out.array(codes, [&](validator::Code code) { out.value(validator::row(code).slug); });
}

}  // namespace

std::string rehearsal_json(const Rehearsal& rehearsal) {
  Writer out(Writer::Layout::pretty);
  out.object([&] {
    out.put("schema_version", std::string_view("1.0"));
    out.put("zone", rehearsal.today.zone);
    out.put("now", rehearsal.now);
    out.put("outcome", to_text(rehearsal.schedule.kind));
    out.put("verdict_now", validator::to_text(rehearsal.tried.front().verdict));
    out.put("verdict_then", validator::to_text(rehearsal.tried.back().verdict));
    out.put("worst", validator::to_text(rehearsal.worst()));
    out.put("change", rehearsal.words);
    put_parts(out, rehearsal.changed);
    out.key("kept_s");
    out.object([&] {
      for (const Part part : validator::all_parts)
        out.put(to_text(part), std::int64_t{rehearsal.today.kept[static_cast<std::size_t>(part)].count()});
    });
    out.key("mixes");
    out.array(rehearsal.tried,
              [&](const JudgedMix& one) { out.object([&] { put_mix(out, one, rehearsal.changed); }); });
    out.key("steps");
    out.array(rehearsal.steps, [&](const RehearsedStep& step) { out.object([&] { put_step(out, step); }); });
    out.flag("sampled", rehearsal.is_sampled);
    out.put("settled_s", std::int64_t{rehearsal.settled.count()});
    put_slugs(out, "new", rehearsal.comes);
    put_slugs(out, "gone", rehearsal.goes);
  });
  return out.take();
}

}  // namespace cli
