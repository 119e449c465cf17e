#include "cli/anchors_page.h"

#include <algorithm>

#include "trustanchor/root_roll.h"

namespace cli {
namespace {

using trustanchor::State;

dns::Dnskey without_revoke(dns::Dnskey key) {
  key.flags = static_cast<std::uint16_t>(key.flags & ~dns::Dnskey::revoke_flag);
  return key;
}

bool is_same(const trustanchor::ManagedKey& managed, const trustanchor::Anchor& anchor) {
  const auto* left = std::get_if<dns::Dnskey>(&managed.key);
  const auto* right = std::get_if<dns::Dnskey>(&anchor.key);
  if (left == nullptr || right == nullptr) return managed.key == anchor.key;
  return without_revoke(*left) == without_revoke(*right);
}

}  // namespace

const trustanchor::ManagedKey* managed_key(const AnchorsPage& page, const trustanchor::Anchor& anchor) {
  for (const FollowedPoint& followed : page.followed) {
    if (followed.file != anchor.source || followed.point.zone != anchor.zone) continue;
    const auto& keys = followed.point.keys;
    const auto found = std::ranges::find_if(keys, [&](const auto& managed) { return is_same(managed, anchor); });
    if (found != keys.end()) return &*found;
  }
  return nullptr;
}

trustanchor::Anchors anchors_of(const FollowedPoint& followed) {
  trustanchor::Anchors anchors;
  anchors.source = followed.file;
  for (const auto& managed : followed.point.keys)
    anchors.anchors.push_back({followed.point.zone, managed.key, followed.file, {}, {}, {}, managed.state});
  return anchors;
}

bool is_about_the_root(const AnchorsPage& page) {
  const auto roots = trustanchor::built_in().anchors;
  return std::ranges::any_of(page.anchors.anchors, [&](const trustanchor::Anchor& anchor) {
    return anchor.zone.is_root() && std::ranges::any_of(roots, [&](const trustanchor::Anchor& root) {
             return root.tag() == anchor.tag() && root.algorithm() == anchor.algorithm();
           });
  });
}

std::string_view to_text(LiveKey live) {
  switch (live) {
    case LiveKey::signs: return "signs";
    case LiveKey::standby: return "standby";
    case LiveKey::revoked: return "revoked";
    case LiveKey::absent: return "absent";
  }
  return "";
}

std::string_view to_text(State state) {
  switch (state) {
    case State::start: return "start";
    case State::add_pend: return "add-pend";
    case State::valid: return "valid";
    case State::missing: return "missing";
    case State::revoked: return "revoked";
    case State::removed: return "removed";
  }
  return "";
}

std::string_view slug_of(trustanchor::Event::Kind kind) {
  using Kind = trustanchor::Event::Kind;
  switch (kind) {
    case Kind::appeared: return "appeared";
    case Kind::forgotten: return "forgotten";
    case Kind::accepted: return "accepted";
    case Kind::resolved: return "resolved";
    case Kind::missing: return "missing";
    case Kind::returned: return "returned";
    case Kind::revoked: return "revoked";
    case Kind::removed: return "removed";
    case Kind::refused: return "refused";
    case Kind::unvalidated: return "unvalidated";
    case Kind::silent: return "silent";
    case Kind::gone: return "gone";
  }
  return "";
}

}  // namespace cli
