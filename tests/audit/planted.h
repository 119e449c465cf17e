// Planted: the recorded chain of guide-secure with one thing changed on the wire, judged again. What is changed is all
// that can have brought a new finding. It knows nothing of how findings are made.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "validator/analyze.h"

namespace planted {

using dns::Exchange;
using dns::Message;
using dns::RRType;

dns::Name name(std::string_view text);

class Recorded {
 public:
  Recorded();  // throws if fixtures/guide-secure cannot be read

  // Changes every reply of the servers of `zone` to (owner, type), or to all their questions; the octets follow.
  using Change = std::function<void(Message&)>;
  void change(std::string_view zone, std::string_view owner, RRType type, const Change& how);
  void change_all(std::string_view zone, const Change& how);
  // One more server of `zone`, which says what its only one says. Returns: its exchanges, to be changed.
  std::vector<Exchange*> second_server(std::string_view zone);

  validator::Chain judge() const;
  dns::Evidence evidence;

 private:
  trustanchor::Anchors anchors_;
};

void change(Exchange& exchange, const Recorded::Change& how);
// All findings of that row, as sentences.
std::vector<std::string> sentences(const validator::Chain& chain, std::string_view slug);

}  // namespace planted
