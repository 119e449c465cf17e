// A name server that lies: it hears the questions in place of a real one, which it asks itself, and says something
// else, or nothing, or in such a way that nobody can read it. Where it has no lie to tell it passes the truth on.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/lab/relay.h"

namespace lab {

struct Lie {
  // The messages that are sent for one reply.
  using Say = std::function<std::vector<std::string>(const std::string& query, const std::string& reply)>;
  enum class Stream { says_so, silent, reset, dribble };  // what TCP does; dribble: an octet each second
  Say say{};                                              // empty: the truth
  Stream stream = Stream::says_so;
  std::string from{};  // by UDP the messages come from this address, at the same port
};

class Liar {
 public:
  // `lie_about`: of the name asked for, in lower case with a dot at the end; nullptr is the truth.
  using LieAbout = std::function<const Lie*(const std::string& name)>;
  Liar(const std::vector<Hop>& hops, LieAbout lie_about);
  ~Liar();
  Liar(const Liar&) = delete;
  Liar& operator=(const Liar&) = delete;

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

// Words to say. All are made of octets by hand.
namespace words {

using Words = std::vector<std::string>;

Words nothing(const std::string& query, const std::string& reply);
Words other_id(const std::string& query, const std::string& reply);
Words other_question(const std::string& query, const std::string& reply);
Words three_octets(const std::string& query, const std::string& reply);
Words garbage(const std::string& query, const std::string& reply);       // behind a sound header and question
Words very_long(const std::string& query, const std::string& reply);     // as much as a datagram can hold
Words cut_short(const std::string& query, const std::string& reply);     // TC, and nothing in it
Words up(const std::string& query, const std::string& reply);            // a referral to the root
Words around(const std::string& query, const std::string& reply);        // a referral of the name to ns1 below itself
Words longer_alias(const std::string& query, const std::string& reply);  // asked for A: x.NAME is its alias
Words flood(const std::string& query, const std::string& reply);         // hundreds of answers to other questions
// The reply to the try before, to each try: what is said always comes too late.
Lie::Say when_asked_again();

}  // namespace words

}  // namespace lab
