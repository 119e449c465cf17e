#include "validator/zone_store.h"

#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <numeric>

#include "dns/shape.h"

namespace validator {
namespace {

using dns::Bytes;
using dns::View;

// Zero ends a label; zeros and ones in it are written as two octets that sort as they do.
constexpr std::uint8_t end_of_label = 0, escape = 1;

int compare(View left, View right) {
  const int order = std::memcmp(left.data(), right.data(), std::min(left.size(), right.size()));
  if (order != 0) return order;
  return left.size() < right.size() ? -1 : static_cast<int>(left.size() > right.size());
}

bool begins_with(View key, View beginning) {
  return key.size() >= beginning.size() && std::memcmp(key.data(), beginning.data(), beginning.size()) == 0;
}

std::size_t shared(View left, View right, std::size_t most) {
  most = std::min({most, left.size(), right.size()});
  std::size_t at = 0;
  while (at < most && left[at] == right[at]) ++at;
  return at;
}

// Eight octets of a key as a number that sorts as they do: most comparisons end here, in the cache.
std::uint64_t beginning_of(View key, std::size_t from) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = value << 8 | (from + i < key.size() ? key[from + i] : 0U);
  return value;
}

// Files are sorted for the most part: a few ascending runs are merged, which is less than to sort them.
template <class Value, class Before>
void sort_runs(std::vector<Value>& values, Before before) {
  constexpr std::size_t few = 64;
  std::vector<std::size_t> edges{0};
  for (std::size_t i = 1; i < values.size(); ++i)
    if (before(values[i], values[i - 1])) edges.push_back(i);
  if (edges.size() > few) {
    std::ranges::sort(values, before);
    return;
  }
  edges.push_back(values.size());
  const auto at = [&](std::size_t edge) { return values.begin() + static_cast<std::ptrdiff_t>(edges[edge]); };
  while (edges.size() > 2) {
    std::vector<std::size_t> left{0};
    for (std::size_t i = 0; i + 1 < edges.size(); i += 2) {
      const std::size_t end = std::min(i + 2, edges.size() - 1);
      std::inplace_merge(at(i), at(i + 1), at(end), before);
      left.push_back(edges[end]);
    }
    edges = std::move(left);
  }
}

constexpr std::size_t entries_at_once = std::size_t{1} << 16;
constexpr std::size_t most_key = 2 * dns::Name::max_octets;
using KeyRoom = std::array<std::uint8_t, most_key>;

std::size_t write_key(const dns::Name& name, KeyRoom& key) {
  std::size_t size = 0;
  for (std::size_t i = name.labels(); i-- > 0;) {
    for (const std::uint8_t octet : name.label(i)) {
      const std::uint8_t folded = dns::lower(octet);
      if (folded <= escape) key[size++] = escape;
      key[size++] = folded <= escape ? static_cast<std::uint8_t>(folded + 1) : folded;
    }
    key[size++] = end_of_label;
  }
  return size;
}

}  // namespace

void ZoneStore::Release::operator()(std::uint8_t* block) const { std::free(block); }

// On huge pages where the system has them: a zone of a million names has a hundred thousand plain ones to be touched.
ZoneStore::Block ZoneStore::make_block() {
  constexpr std::size_t octets = block_units * unit;
  void* block = std::aligned_alloc(octets, octets);
  if (block == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  madvise(block, octets, MADV_HUGEPAGE);  // advice: without it all is as it was, and slower
#endif
  return Block(static_cast<std::uint8_t*>(block));
}

bool ZoneStore::put(View octets, Place& place) {
  const std::size_t units = (octets.size() + unit - 1) / unit;
  if (used_ + units > block_units) {
    if ((blocks_.size() + 1) * block_units > std::numeric_limits<std::uint32_t>::max()) return false;
    blocks_.push_back(make_block());
    used_ = 0;
  }
  if (!octets.empty()) std::memcpy(blocks_.back().get() + used_ * unit, octets.data(), octets.size());
  place.at = static_cast<std::uint32_t>((blocks_.size() - 1) * block_units + used_);
  place.length = static_cast<std::uint16_t>(octets.size());
  used_ += units;
  return true;
}

bool ZoneStore::put_name(const dns::Name& name) {
  KeyRoom key;
  Place place;
  if (!put(View(key).first(write_key(name, key)), place)) return false;
  names_.push_back(place);
  last_ = name;
  return true;
}

bool ZoneStore::add(const dns::Record& record) {
  const bool is_as_before = !names_.empty() && (record.owner.same_octets(last_) || record.owner == last_);
  if (!is_as_before && !put_name(record.owner)) return false;
  Place place;
  const bool as_it_is = dns::shape(record.type).names == dns::Shape::Case::kept;
  const bool is_kept =
      as_it_is ? put(record.rdata, place) : put(dns::canonical_rdata(record.type, record.rdata), place);
  if (!is_kept) return false;
  if (added_.empty() || added_.back().size() == entries_at_once) added_.emplace_back().reserve(entries_at_once);
  added_.back().push_back({static_cast<NameId>(names_.size() - 1), record.ttl, place.at, record.type, place.length});
  return true;
}

void ZoneStore::settle() { sort_records(sort_names()); }

// Returns: for each name as it was added, which it is now.
std::vector<std::uint32_t> ZoneStore::sort_names() {
  std::size_t common = names_.empty() ? 0 : names_.front().length;
  for (NameId id = 1; id < names_.size(); ++id) common = shared(key(0), key(id), common);
  struct Sorted {
    std::uint64_t beginning;
    std::uint32_t id;
  };
  std::vector<Sorted> order;
  order.reserve(names_.size());
  for (NameId id = 0; id < names_.size(); ++id) order.push_back({beginning_of(key(id), common), id});
  const auto before = [&](const Sorted& left, const Sorted& right) {
    if (left.beginning != right.beginning) return left.beginning < right.beginning;
    return compare(key(left.id), key(right.id)) < 0;
  };
  sort_runs(order, before);

  std::vector<Place> names;
  std::vector<std::uint32_t> rank(names_.size());
  for (const Sorted& sorted : order) {
    const Place& place = names_[sorted.id];
    const bool is_new =
        names.empty() || compare(octets(names.back().at, names.back().length), octets(place.at, place.length)) != 0;
    if (is_new) names.push_back(place);
    rank[sorted.id] = static_cast<std::uint32_t>(names.size() - 1);
  }
  names.shrink_to_fit();
  names_ = std::move(names);
  return rank;
}

// To their names by counting; the few of one name are sorted among themselves.
void ZoneStore::sort_records(const std::vector<std::uint32_t>& rank) {
  first_.assign(names_.size() + 1, 0);
  std::size_t count = 0;
  for (auto& some : added_) {
    count += some.size();
    for (Entry& entry : some) {
      entry.name = rank[entry.name];
      ++first_[entry.name + std::size_t{1}];
    }
  }
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  entries_.resize(count);
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (auto& some : added_) {
    for (const Entry& entry : some) entries_[next[entry.name]++] = entry;
    some = {};
  }
  added_.clear();
  const auto before = [&](const Entry& left, const Entry& right) {
    if (left.type != right.type) return left.type < right.type;
    return compare(data(left), data(right)) < 0;
  };
  for (NameId id = 0; id < names_.size(); ++id) {
    const auto own = std::span(entries_).subspan(first_[id], first_[id + std::size_t{1}] - first_[id]);
    if (!std::ranges::is_sorted(own, before)) std::ranges::sort(own, before);
  }
}

std::span<const ZoneStore::Entry> ZoneStore::at(NameId id, dns::RRType type) const {
  const auto [first, last] = std::ranges::equal_range(at(id), type, {}, &Entry::type);
  return {first, last};
}

bool ZoneStore::is_repeat(const Entry& left, const Entry& right) const {
  return left.name == right.name && left.type == right.type && dns::octets_equal(data(left), data(right));
}

dns::Name ZoneStore::name(NameId id) const { return name_of(key(id)); }

ZoneStore::NameId ZoneStore::not_before(const dns::Name& name) const {
  const Bytes wanted = key_of(name);
  const auto place = std::ranges::partition_point(
      names_, [&](const Place& each) { return compare(octets(each.at, each.length), wanted) < 0; });
  return static_cast<NameId>(place - names_.begin());
}

ZoneStore::NameId ZoneStore::find(const dns::Name& name) const {
  const NameId id = not_before(name);
  return id < names() && compare(key(id), key_of(name)) == 0 ? id : static_cast<NameId>(names());
}

bool ZoneStore::is_at_or_below(NameId id, NameId other) const { return begins_with(key(id), key(other)); }

std::size_t ZoneStore::labels(NameId id) const {
  return static_cast<std::size_t>(std::ranges::count(key(id), end_of_label));
}

Bytes ZoneStore::key_of(const dns::Name& name) {
  KeyRoom key;
  return {key.begin(), key.begin() + static_cast<std::ptrdiff_t>(write_key(name, key))};
}

dns::Name ZoneStore::name_of(View key) {
  // Labels stand the wrong way round: each is put before those that were read.
  std::array<std::uint8_t, dns::Name::max_octets> wire{};
  std::size_t front = wire.size() - 1;  // the root's zero is there
  std::array<std::uint8_t, dns::Name::max_label> label{};
  std::size_t length = 0;
  for (std::size_t at = 0; at < key.size(); ++at) {
    if (key[at] == end_of_label) {
      front -= length;
      std::copy_n(label.begin(), length, wire.begin() + static_cast<std::ptrdiff_t>(front));
      wire[--front] = static_cast<std::uint8_t>(length);
      length = 0;
    } else {
      label[length++] = key[at] == escape ? static_cast<std::uint8_t>(key[++at] - 1) : key[at];
    }
  }
  return dns::Name::from_wire(View(wire).subspan(front)).value_or(dns::Name());
}

std::size_t ZoneStore::octets_used() const {
  return blocks_.size() * block_units * unit + names_.capacity() * sizeof(Place) + entries_.capacity() * sizeof(Entry) +
         first_.capacity() * sizeof(std::uint32_t);
}

}  // namespace validator
