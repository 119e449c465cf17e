// Explanation: the findings of a Chain while causes are told from consequences (findings.md §3): what every rule of
// that list works with, and the rules. For cause.cc, cause_zone.cc and explanation.cc alone.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <set>

#include "validator/chain.h"

namespace validator {

using Test = std::function<bool(const Finding&)>;

bool in(Code code, std::initializer_list<Code> codes);
int layer(const Finding& finding);
Breaks breaks(const Finding& finding);
bool is_time(Code code);
bool is_signature(Code code);
bool is_ds(const Finding& finding);
bool is_no_ds(const Finding& finding);

class Explanation {
 public:
  explicit Explanation(Chain& chain) : chain_(chain) {}
  void run();

 private:
  // The tools. explanation.cc
  std::vector<Finding>& findings() { return chain_.findings; }
  std::optional<std::size_t> first(const Test& test) const;
  std::optional<std::size_t> first_untaken(Code code, ZoneId zone) const;
  std::optional<std::size_t> first_in(ZoneId zone, const Test& test) const;
  // X is a cause; what the test names is its consequence unless already explained.
  void take(std::size_t cause, const Test& consequence);
  std::size_t raise(Code code, Subject subject, std::vector<Detail> details, ZoneId zone, ServerSet servers,
                    Blame blame);
  void order();
  void lead();

  // Rules 1 to 6 and 8 to 10. cause.cc
  void local();
  void revoked_anchor();
  void clock();
  std::uint64_t zones_off() const;
  void server_groups(ZoneId zone);
  void aliases();
  void budgets();
  void insecure();
  static bool is_proof(const Finding& finding);
  void ahead();

  // Rule 7. cause_zone.cc
  void whole_zone(ZoneId zone);
  void key_set(ZoneId zone);
  void unreachable(ZoneId zone);
  void not_delegated(ZoneId zone);
  void parents_word(ZoneId zone);
  std::optional<dns::Name> denies_ds_of(const Finding& finding) const;
  bool ds_against_keys(ZoneId zone);
  bool zone_wide(ZoneId zone);
  void denial(ZoneId zone);

  Chain& chain_;
  std::set<std::size_t> taken_;
  bool clock_ = false;
  std::set<ZoneId> looked_at_;  // zones whose signatures were summed up
};

}  // namespace validator
