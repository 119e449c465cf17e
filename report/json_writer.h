// JsonWriter: the few words in which JSON is written here; names, times and codes in the spelling of cli.md §6.
// It knows no document: which members there are, and in which order, is the caller's.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dns/address.h"
#include "dns/codes.h"
#include "dns/name.h"
#include "dns/time.h"

namespace report {

class JsonWriter {
 public:
  enum class Layout : std::uint8_t { pretty, one_line };
  explicit JsonWriter(Layout layout);
  ~JsonWriter();
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void open_object();
  void close_object();
  void open_array();
  void close_array();
  void key(std::string_view name);

  void value(std::string_view text);  // made well-formed UTF-8 (RFC 8259 §8.1): it may be a stranger's
  void value(const std::string& text) { value(std::string_view{text}); }
  void value(std::uint64_t number);
  void value(std::int64_t number);
  void value(int number) { value(std::int64_t{number}); }
  void value(std::uint16_t number) { value(std::uint64_t{number}); }
  void value(std::uint32_t number) { value(std::uint64_t{number}); }
  void value(const dns::Name& name) { value(name.print()); }
  void value(dns::RRType type) { value(dns::to_text(type)); }
  void value(dns::Algorithm algorithm) { value(std::uint64_t{dns::number(algorithm)}); }
  void value(dns::Digest digest) { value(std::uint64_t{dns::number(digest)}); }
  void value(dns::Time time) { value(dns::print_rfc3339(time)); }
  void value(const dns::Address& address) { value(dns::print(address)); }
  template <class List>
  void value(const List& list) {
    array(list, [this](const auto& each) { this->value(each); });
  }

  void null(std::string_view name);
  void flag(std::string_view name, bool is_set);
  template <class Value>
  void put(std::string_view name, const Value& what) {
    key(name);
    value(what);
  }
  template <class Value>
  void put(std::string_view name, const std::optional<Value>& what) {
    what ? put(name, *what) : null(name);
  }
  template <class List, class Write>
  void array(const List& list, Write write) {
    open_array();
    for (const auto& each : list) write(each);
    close_array();
  }
  template <class Write>
  void object(Write write) {
    open_object();
    write();
    close_object();
  }

  std::string take();  // the text so far, with a final newline

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace report
