#include "resolver/zone_tree.h"

#include <algorithm>

#include "dns/text.h"

namespace resolver {
namespace {

using dns::Name;
using dns::RRType;
using dns::SignedRRset;

std::optional<dns::Bytes> hash_in(const Name& owner) {
  if (owner.is_root()) return std::nullopt;
  const dns::View label = owner.label(0);
  return dns::decode_base32hex({reinterpret_cast<const char*>(label.data()), label.size()});
}

// The last one before `key`, or the last of all if there is none: both chains are circles.
template <typename Chain, typename Key>
auto before(const Chain& chain, const Key& key) {
  const auto at = chain.lower_bound(key);
  return std::prev(at == chain.begin() ? chain.end() : at);
}

}  // namespace

const SignedRRset* ZoneTree::Node::find(RRType type) const {
  const auto found = std::ranges::find(sets, type, [](const SignedRRset& each) { return each.set.type; });
  return found == sets.end() ? nullptr : &*found;
}

ZoneTree::ZoneTree(const Name& apex, std::span<const dns::Record> records) : apex_(apex) {
  nodes_[apex];
  for (SignedRRset& set : dns::group(records))
    if (set.set.owner.is_at_or_below(apex) && !set.set.rdatas.empty()) add(std::move(set));
  for (const auto& [name, node] : nodes_)
    if (const SignedRRset* nsec = node.find(RRType::nsec)) nsecs_.emplace(name, nsec);
  choose_parameters();
}

// NSEC3 owners are not names of the zone (RFC 5155 §7.2.8).
void ZoneTree::add(SignedRRset set) {
  const Name owner = set.set.owner;
  if (set.set.type == RRType::nsec3) {
    if (auto hash = hash_in(owner)) nsec3s_.emplace(*std::move(hash), std::move(set));
    return;
  }
  nodes_[owner].sets.push_back(std::move(set));
  for (std::size_t labels = owner.labels(); labels > apex_.labels(); --labels) nodes_[owner.ancestor(labels - 1)];
}

// One chain is served: that of NSEC3PARAM, or of the first NSEC3 where that is missing (RFC 5155 §7.3).
void ZoneTree::choose_parameters() {
  if (const SignedRRset* param = find(apex_, RRType::nsec3param))
    nsec3_param_ = dns::read_nsec3param(param->set.rdatas.front());
  std::erase_if(nsec3s_, [&](const auto& entry) {
    const auto nsec3 = dns::read_nsec3(entry.second.set.rdatas.front());
    if (!nsec3) return true;
    if (!nsec3_param_) nsec3_param_ = dns::Nsec3param{nsec3->hash, 0, nsec3->iterations, nsec3->salt};
    return nsec3->hash != nsec3_param_->hash || nsec3->iterations != nsec3_param_->iterations ||
           nsec3->salt != nsec3_param_->salt;
  });
}

const ZoneTree::Node* ZoneTree::node(const Name& name) const {
  const auto found = nodes_.find(name);
  return found == nodes_.end() ? nullptr : &found->second;
}

const SignedRRset* ZoneTree::find(const Name& name, RRType type) const {
  const Node* found = node(name);
  return found == nullptr ? nullptr : found->find(type);
}

ZoneTree::Chain ZoneTree::chain() const {
  if (!nsec3s_.empty()) return Chain::nsec3;
  return nsecs_.empty() ? Chain::none : Chain::nsec;
}

const SignedRRset* ZoneTree::nsec_at(const Name& name) const { return find(name, RRType::nsec); }
const SignedRRset* ZoneTree::nsec_before(const Name& name) const {
  return nsecs_.empty() ? nullptr : before(nsecs_, name)->second;
}

const SignedRRset* ZoneTree::nsec3_at(const dns::Bytes& hash) const {
  const auto found = nsec3s_.find(hash);
  return found == nsec3s_.end() ? nullptr : &found->second;
}

const SignedRRset* ZoneTree::nsec3_before(const dns::Bytes& hash) const {
  return nsec3s_.empty() ? nullptr : &before(nsec3s_, hash)->second;
}

}  // namespace resolver
