// The time axis: linear for 30 days on both sides of now, logarithmic beyond; and its marks, in UTC.
// It draws nothing.
#pragma once

#include <string>
#include <vector>

#include "dns/time.h"

namespace report {

class TimeAxis {
 public:
  // `from` to `to` on `width` points; now need not lie between them.
  TimeAxis(dns::Time from, dns::Time to, dns::Time now, double width);
  double at(dns::Time time) const;  // 0 to width for what lies between from and to
  bool is_logarithmic() const;      // somewhere in it

  struct Mark {
    double x = 0;
    std::string text;  // "2027", "Dec 2026", "24 Nov", "06:00"
  };
  // Round instants, the roundest first served, whose texts (of at most `room` points) do not overlap; ascending.
  std::vector<Mark> marks(double room) const;

 private:
  double stretched(dns::Time time) const;
  dns::Time from_, to_, now_;
  double left_ = 0, scale_ = 1;
};

inline constexpr dns::Seconds linear_reach{30 * 86'400};

}  // namespace report
