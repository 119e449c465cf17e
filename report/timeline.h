// Timeline: every signature of the chains as a bar over time, grouped by zone, with the instants that matter: now, the
// first break, announced steps of the root's keys. What is drawn, not where: that is timeline_drawing's.
#pragma once

#include <string>
#include <vector>

#include "report/picture.h"

namespace report {

// One signature, or several alike.
struct Bar {
  dns::Time from{}, to{};
  dns::Time tail{};   // caches may still hold it until then: the end and the set's TTL
  dns::Time renew{};  // re-signed after this, caches outlive the signature (RFC 6781 §4.4.1): the end less the TTL
  Tone tone = Tone::secure;
  std::string word{};  // "in 12d 4h", "expired 2d 3h ago", "1 of 2 servers"
  std::string tooltip{};
  bool partial = false;  // some servers only: half a bar
  bool breaks = false;   // the one that ends first and turns the verdict
};

// Signatures of one key over one set; more than one where servers or times differ.
struct TimelineRow {
  std::string label{};
  std::vector<Bar> bars{};
};

struct TimelineZone {
  std::string name{};
  std::string rhythm{};  // "signed 3 times, every 2d 4h, last 5h 3m ago, for 14d"
  Tone tone = Tone::secure;
  std::vector<dns::Time> signed_at{};  // distinct moments, ascending; hours apart
  std::vector<TimelineRow> rows{};     // what ends first on top
  std::size_t folded = 0;              // further rows
};

struct Moment {
  enum class Kind : std::uint8_t { now, breaks, root } kind{};
  dns::Time at{};
  std::string text{};
  Tone tone = Tone::absent;
};

struct Timeline {
  enum class Head : std::uint8_t { shown, hidden } head = Head::shown;  // hidden: the page around it has said it
  std::string title{}, description{};
  std::string what = "signatures over time";
  dns::Seconds reach{1800};  // drawn at the least on both sides of now
  enum class Legend : std::uint8_t { signatures, copies } legend = Legend::signatures;
  dns::Time now{};
  std::vector<Moment> moments{};
  std::vector<TimelineZone> zones{};
};

Timeline timeline(const std::vector<validator::Chain>& chains);
std::string draw(const Timeline& timeline);

}  // namespace report
