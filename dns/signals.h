// Signals: the names under which child and parent tell each other of changes (RFC 9615, RFC 9859), and the data of
// those records. By their form alone; whether they hold the validator decides.
#pragma once

#include <optional>

#include "dns/rdata.h"

namespace dns {

// "_dsboot.<child>._signal.<ns>" (RFC 9615 §4.1.1); nullopt: too long.
std::optional<Name> signal_name(const Name& child, const Name& ns);
// "<child>._dsync.<parent>", the child's labels above the parent alone, and "_dsync.<parent>" (RFC 9859 §4.1).
// Requires: child is below parent.
std::optional<Name> announcement_name(const Name& child, const Name& parent);
std::optional<Name> common_announcement_name(const Name& parent);

struct Csync {  // RFC 7477 §2.1.1
  static constexpr std::uint16_t immediate_flag = 0x01, soa_minimum_flag = 0x02;
  std::uint32_t serial = 0;
  std::uint16_t flags = 0;
  TypeBitmap types;
  friend bool operator==(const Csync&, const Csync&) = default;
};
std::optional<Csync> read_csync(View rdata);

struct Dsync {  // RFC 9859 §2.1
  static constexpr std::uint8_t notify = 1;
  RRType type{};
  std::uint8_t scheme = 0;
  std::uint16_t port = 0;
  Name target;
  friend bool operator==(const Dsync&, const Dsync&) = default;
};
std::optional<Dsync> read_dsync(View rdata);

}  // namespace dns
