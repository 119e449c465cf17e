#include "report/json_writer.h"
#include "report/rollover.h"
#include "validator/rollover_advice.h"

namespace report {
namespace {

using namespace validator;
using Writer = JsonWriter;

void put_tags(Writer& out, std::string_view name, KeySet set, const std::vector<RolledKey>& keys) {
  out.key(name);
  out.open_array();
  for (std::size_t i = 0; i < keys.size(); ++i)
    if ((set >> i & 1) != 0) out.value(keys[i].name.tag);
  out.close_array();
}

void put_key(Writer& out, const RolledKey& key, const RolloverState& state, KeySet bit) {
  out.put("tag", key.name.tag);
  out.put("algorithm", key.name.algorithm);
  out.put("flags", key.key ? std::optional(key.key->flags) : std::nullopt);
  out.flag("in_ds", (state.ds & bit) != 0);
  out.flag("published", (state.keys.published & bit) != 0);
  out.flag("signs_keys", (state.keys.signing & bit) != 0);
  out.flag("signs_data", (state.data & bit) != 0);
}

void put_moment(Writer& out, const std::optional<NotBefore>& at) {
  out.put("not_before", at ? std::optional(at->at) : std::nullopt);
  out.key("because");
  if (!at || !at->held) {
    out.open_array();
    out.close_array();
    return;
  }
  out.open_array();
  out.object([&] {
    out.put("part", to_text(*at->held));
    out.put("gone_at", at->gone);
    out.put("ttl_s", std::int64_t{at->ttl.count()});
    out.put("more_s", std::int64_t{at->more.count()});
    out.flag("assumed", at->assumed);
  });
  out.close_array();
}

void put_step(Writer& out, const RolloverStep& step, const RolloverPage& page) {
  const auto& keys = page.history.keys;
  out.put("action", to_text(step.action));
  put_tags(out, "in", step.in, keys);
  put_tags(out, "out", step.out, keys);
  out.put("if", to_text(step.when));
  out.put("text", headline(step, keys));
  put_moment(out, step.earliest);
  out.flag("safe", step.earliest && step.earliest->at <= page.now);
  out.key("commands");
  out.object([&] {
    const std::vector<Filling> values{
        {"zone", page.zone.print()}, {"in", tags(step.in, keys)}, {"out", tags(step.out, keys)}};
    for (const auto signer : all_signers) out.put(to_text(signer), commands(step.action, signer, values));
  });
}

void put_phase(Writer& out, const RolloverPhase& phase, const RolloverPage& page) {
  out.put("kind", to_text(phase.kind));
  out.put("rule", rule_of(phase.kind));
  put_tags(out, "keys", phase.keys, page.history.keys);
  out.put("direction", to_text(phase.direction));
  out.put("since_at", phase.since);
  out.put("text", in_words(phase.kind, phase.direction));
  out.key("steps");
  out.array(phase.steps, [&](const RolloverStep& step) { out.object([&] { put_step(out, step, page); }); });
}

void put_early(Writer& out, const EarlyStep& step) {
  out.put("part", to_text(step.part));
  out.put("held", to_text(step.held));
  out.put("seen_at", step.at);
  out.put("until_at", step.until);
}

}  // namespace

std::string rollover_json(const RolloverPage& page) {
  Writer out(Writer::Layout::pretty);
  const auto& keys = page.history.keys;
  out.object([&] {
    out.put("schema_version", std::string_view("1.0"));
    out.put("zone", page.zone);
    out.put("now", page.now);
    out.put("verdict", to_text(page.verdict));
    out.put("cause", page.cause ? std::optional(row(page.cause->code).slug) : std::nullopt);
    out.put("stance", to_text(page.found.stance));
    out.flag("servers_agree", page.found.servers_agree);
    out.put("next_safe_at", next_safe(page));
    out.put("settled_at", settled(page));
    out.put("looks", std::uint64_t{page.history.times.size()});
    out.put("first_look_at", page.history.times.front());
    out.key("keys");
    out.open_array();
    for (std::size_t i = 0; i < keys.size(); ++i)
      out.object([&] { put_key(out, keys[i], page.history.states.back(), KeySet{1} << i); });
    out.close_array();
    out.key("phases");
    out.array(page.found.phases, [&](const RolloverPhase& phase) { out.object([&] { put_phase(out, phase, page); }); });
    out.key("early_steps");
    out.array(page.found.early, [&](const EarlyStep& step) { out.object([&] { put_early(out, step); }); });
    out.key("findings");
    out.array(page.findings, [&](const Finding& finding) {
      out.object([&] {
        out.put("slug", row(finding.code).slug);
        out.put("severity", to_text(row(finding.code).severity));
        out.put("text", sentence(finding));
      });
    });
    out.key("servers");
    out.array(page.found.by_server, [&](const auto& server) {
      out.object([&] {
        out.put("address", server.first);
        out.key("phases");
        out.array(server.second, [&](RolloverKind kind) { out.value(to_text(kind)); });
      });
    });
  });
  return out.take();
}

}  // namespace report
