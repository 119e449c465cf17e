#include "trustanchor/root_roll.h"

#include <algorithm>
#include <array>

namespace trustanchor {
namespace {

using namespace std::chrono;
using Word = Milestone::Word;

constexpr dns::Time day_of(int y, unsigned m, unsigned d) { return sys_days{year{y} / month{m} / day{d}}; }

// By key, then by time. Reviewed on tables_date().
constexpr std::array milestones = std::to_array<Milestone>({
    {19036, day_of(2010, 7, 15), Stage::signs, Word::known},
    {19036, day_of(2018, 10, 11), Stage::retired, Word::known},
    {19036, day_of(2019, 1, 11), Stage::revoked, Word::known},
    {19036, day_of(2019, 3, 22), Stage::gone, Word::known},
    {20326, day_of(2017, 7, 11), Stage::standby, Word::known},
    {20326, day_of(2018, 10, 11), Stage::signs, Word::known},
    {20326, day_of(2026, 10, 11), Stage::retired, Word::planned},
    {20326, day_of(2027, 1, 11), Stage::revoked, Word::planned},
    {38696, day_of(2025, 1, 11), Stage::standby, Word::known},
    {38696, day_of(2026, 10, 11), Stage::signs, Word::planned},
});

}  // namespace

std::string_view to_text(Stage stage) {
  switch (stage) {
    case Stage::unpublished: return "unpublished";
    case Stage::standby: return "standby";
    case Stage::signs: return "signs";
    case Stage::retired: return "retired";
    case Stage::revoked: return "revoked";
    case Stage::gone: return "gone";
  }
  return "";
}

std::vector<RootKey> root_keys_at(dns::Time now) {
  std::vector<RootKey> keys;
  for (const Milestone& milestone : milestones) {
    if (keys.empty() || keys.back().tag != milestone.tag) keys.push_back({milestone.tag, {}, {}});
    RootKey& key = keys.back();
    if (milestone.at <= now)
      key.last = milestone;
    else if (!key.next)
      key.next = milestone;
  }
  std::erase_if(keys, [](const RootKey& key) { return key.stage() == Stage::gone; });
  return keys;
}

}  // namespace trustanchor
