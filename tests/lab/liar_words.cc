#include <map>

#include "tests/lab/liar.h"

namespace lab::words {
namespace {

constexpr std::size_t header = 12;

std::string number(unsigned value) { return {static_cast<char>(value >> 8U), static_cast<char>(value & 0xffU)}; }

// The octets of the question: name, type, class.
std::string question_of(const std::string& query) {
  std::size_t at = header;
  while (at < query.size() && query[at] != 0) at += static_cast<unsigned char>(query[at]) + 1U;
  return query.substr(header, at + 5 - header);
}

unsigned type_of(const std::string& query) {
  const auto question = question_of(query);
  return static_cast<unsigned char>(question[question.size() - 3]);
}

// OPT, 1232 octets, DO (RFC 6891 §6.1.2).
const std::string opt("\0\0\x29\x04\xd0\0\0\x80\0\0\0", 11);

// A reply to `query` with these flags and numbers of records in answer and authority, which are `records`.
std::string made(const std::string& query, unsigned flags, unsigned answers, unsigned authorities,
                 const std::string& records) {
  const bool extended = query.size() > header - 1 && query[header - 1] != 0;
  return query.substr(0, 2) + number(flags) + number(1) + number(answers) + number(authorities) +
         number(extended ? 1 : 0) + question_of(query) + records + (extended ? opt : "");
}

// `owner` in octets; class IN, a TTL of a minute.
std::string record(const std::string& owner, unsigned type, const std::string& data) {
  return owner + number(type) + number(1) + number(0) + number(60) + number(static_cast<unsigned>(data.size())) + data;
}

constexpr unsigned reply_flag = 0x8000, authoritative = 0x0400, truncated = 0x0200, ns = 2, cname = 5, address = 1;
const std::string the_name = "\xc0\x0c";  // points at the name of the question (RFC 1035 §4.1.4)

std::string noise(std::size_t octets) {
  std::string text;
  unsigned state = 12345;
  while (text.size() < octets) {
    state = state * 1103515245U + 12345U;
    text += static_cast<char>(state >> 16U);
  }
  return text;
}

}  // namespace

Words nothing(const std::string&, const std::string&) { return {}; }

Words other_id(const std::string&, const std::string& reply) {
  std::string other = reply;
  other[0] = static_cast<char>(other[0] ^ 0x55);
  return {other};
}

Words other_question(const std::string&, const std::string& reply) {
  std::string other = reply;
  if (other.size() > header + 1) other[header + 1] = (other[header + 1] | 0x20) == 'q' ? 'z' : 'q';
  return {other};
}

Words three_octets(const std::string&, const std::string& reply) { return {reply.substr(0, 3)}; }

Words garbage(const std::string& query, const std::string&) {
  return {made(query, reply_flag | authoritative, 7, 9, noise(300))};
}

Words very_long(const std::string& query, const std::string&) {
  return {made(query, reply_flag | authoritative, 65535, 65535, noise(65'000))};
}

Words cut_short(const std::string& query, const std::string&) {
  return {made(query, reply_flag | authoritative | truncated, 0, 0, "")};
}

Words up(const std::string& query, const std::string&) {
  return {made(query, reply_flag, 0, 1, record(std::string(1, '\0'), ns, std::string("\3ns1\0", 5)))};
}

Words around(const std::string& query, const std::string&) {
  return {made(query, reply_flag, 0, 1, record(the_name, ns, "\3ns1" + the_name))};
}

Words longer_alias(const std::string& query, const std::string& reply) {
  const bool is_server = query.compare(header + 1, 2, "ns") == 0;
  if (type_of(query) != address || is_server) return {reply};
  return {made(query, reply_flag | authoritative, 1, 0, record(the_name, cname, "\1x" + the_name))};
}

Words flood(const std::string& query, const std::string& reply) {
  const auto other = other_question(query, reply).front();  // no id is to hit the mark by chance
  Words all;
  for (unsigned id = 0; id < 500; ++id) all.push_back(number(id) + other.substr(2));
  return all;
}

Lie::Say when_asked_again() {
  auto before = std::make_shared<std::map<std::string, std::string>>();
  return [before](const std::string& query, const std::string& reply) {
    auto& last = (*before)[query.substr(header)];
    Words words = last.empty() ? Words{} : Words{last};
    last = reply;
    return words;
  };
}

}  // namespace lab::words
