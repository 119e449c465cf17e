// All servers and all changes together; one state's phases are rollover_phase.cc's.
#include <algorithm>

#include "validator/rollover_phase.h"

namespace validator {
namespace {

constexpr bool any(KeySet left, KeySet right) { return (left & right) != 0; }

// Keys that sign at one server and not at another, though both publish them, and neither server has ever signed with
// the other's: else it is one change on its way from server to server.
KeySet apart(const RolloverHistory& history) {
  const auto& now = history.signers.back();
  const auto has_had = [&](const dns::Address& server, KeySet keys) {
    return std::ranges::any_of(history.signers, [&](const auto& look) {
      const auto found = look.find(server);
      return found != look.end() && any(found->second, keys);
    });
  };
  KeySet found = 0;
  for (const auto& [left, by_left] : now)
    for (const auto& [right, by_right] : now) {
      const auto &a = history.servers.at(left).keys, &b = history.servers.at(right).keys;
      if (!a || !b || any(by_left, by_right) || by_left == 0 || by_right == 0) continue;
      if (any(by_left, ~b->published) || any(by_right, ~a->published)) continue;
      // In one look alone a slow secondary looks the same, but for the keys that sign the DNSKEY set.
      const bool own_ksk = !any(a->signing, b->signing);
      const bool seen = history.states.size() > 1 && !has_had(left, by_right) && !has_had(right, by_left);
      if (own_ksk || seen) found |= by_left | by_right;
    }
  return found;
}

template <class Copy>
std::size_t live(const std::vector<Kept<Copy>>& list) {
  return static_cast<std::size_t>(std::ranges::count_if(list, [](const auto& kept) { return !kept.gone; }));
}

void judge_living(const RolloverHistory& history, RolloverVerdict& verdict) {
  bool some_hold = false;
  for (const auto& ds : history.memory.ds)
    for (const auto& keys : history.memory.keys)
      for (const auto& data : history.memory.data) {
        if (ds.gone || keys.gone || data.gone) continue;
        const bool good = holds({ds.copy, keys.copy, data.copy}, history.memory.algorithms, MixRule::working);
        (good ? some_hold : verdict.fails_somewhere) = true;
      }
  if (!some_hold && verdict.fails_somewhere) verdict.stance = RolloverStance::broken;
}

void tell_servers(const RolloverHistory& history, RolloverVerdict& verdict) {
  std::optional<std::pair<std::optional<KeysCopy>, std::optional<KeySet>>> first;
  for (const auto& [server, one] : history.servers) {
    if (!first) first.emplace(one.keys, one.data);
    if (*first != std::pair(one.keys, one.data)) verdict.servers_agree = false;
  }
  if (live(history.memory.ds) > 1) verdict.servers_agree = false;
  if (verdict.servers_agree) return;
  for (const auto& [server, one] : history.servers) {
    auto state = history.states.back();
    if (one.keys) state.keys = *one.keys;
    if (one.data) state.data = *one.data;
    std::vector<RolloverKind> kinds;
    for (const auto& phase : rollover_phases(history, state)) kinds.push_back(phase.kind);
    verdict.by_server.emplace_back(server, std::move(kinds));
  }
}

}  // namespace

RolloverVerdict rollover_verdict(const RolloverHistory& history) {
  RolloverVerdict verdict;
  const auto& state = history.states.back();
  const bool is_bare = state.ds == 0 && state.keys.published == 0 && state.data == 0;
  verdict.stance = is_bare ? RolloverStance::unsigned_zone : RolloverStance::steady;
  verdict.multi_signers = apart(history);
  if (verdict.multi_signers == 0) verdict.phases = rollover_phases(history, state);
  if (!verdict.phases.empty()) verdict.stance = RolloverStance::rolling;
  if (verdict.multi_signers != 0) verdict.stance = RolloverStance::multi_signer;
  judge_living(history, verdict);
  verdict.early = early_steps(history.memory);
  tell_servers(history, verdict);
  return verdict;
}

std::string_view to_text(RolloverKind kind) {
  switch (kind) {
    case RolloverKind::zsk_prepublish: return "zsk-prepublish";
    case RolloverKind::zsk_double_signature: return "zsk-double-signature";
    case RolloverKind::double_ksk: return "double-ksk";
    case RolloverKind::double_ds: return "double-ds";
    case RolloverKind::csk: return "csk";
    case RolloverKind::algorithm: return "algorithm";
    case RolloverKind::going_secure: return "going-secure";
    case RolloverKind::going_insecure: return "going-insecure";
    case RolloverKind::multi_signer_joining: return "multi-signer-joining";
    case RolloverKind::multi_signer_leaving: return "multi-signer-leaving";
  }
  return "";
}

std::string_view to_text(RolloverStance stance) {
  switch (stance) {
    case RolloverStance::unsigned_zone: return "unsigned";
    case RolloverStance::steady: return "steady";
    case RolloverStance::multi_signer: return "multi-signer";
    case RolloverStance::rolling: return "rolling";
    case RolloverStance::broken: return "broken";
  }
  return "";
}

std::string_view to_text(Direction direction) {
  switch (direction) {
    case Direction::coming: return "coming";
    case Direction::going: return "going";
    case Direction::unknown: return "unknown";
  }
  return "";
}

std::string_view to_text(RolloverAction action) {
  switch (action) {
    case RolloverAction::sign_data: return "sign-data";
    case RolloverAction::sign_keys: return "sign-keys";
    case RolloverAction::publish_keys: return "publish-keys";
    case RolloverAction::exchange_keys: return "exchange-keys";
    case RolloverAction::exchange_ds: return "exchange-ds";
    case RolloverAction::remove_ds: return "remove-ds";
    case RolloverAction::remove_keys: return "remove-keys";
    case RolloverAction::drop_signatures: return "drop-signatures";
    case RolloverAction::add_servers: return "add-servers";
    case RolloverAction::unsign: return "unsign";
  }
  return "";
}

}  // namespace validator
