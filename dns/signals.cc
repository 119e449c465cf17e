#include "dns/signals.h"

namespace dns {

std::optional<Name> signal_name(const Name& child, const Name& ns) {
  const auto name = child.prepend("_dsboot");
  const auto domain = ns.prepend("_signal");
  return name && domain ? domain->under(*name) : std::nullopt;
}

std::optional<Name> common_announcement_name(const Name& parent) { return parent.prepend("_dsync"); }

std::optional<Name> announcement_name(const Name& child, const Name& parent) {
  const auto common = common_announcement_name(parent);
  return common ? child.replace_suffix(parent, *common) : std::nullopt;
}

std::optional<Csync> read_csync(View rdata) {
  Reader reader(rdata);
  const auto serial = reader.u32();
  const auto flags = reader.u16();
  if (!serial || !flags) return std::nullopt;
  return Csync{*serial, *flags, read_bitmap(reader.rest())};
}

std::optional<Dsync> read_dsync(View rdata) {
  Reader reader(rdata);
  const auto type = reader.u16();
  const auto scheme = reader.u8();
  const auto port = reader.u16();
  const auto target = port ? Name::from_wire(reader.rest()) : std::nullopt;
  if (!type || !scheme || !target) return std::nullopt;
  return Dsync{RRType{*type}, *scheme, *port, *target};
}

}  // namespace dns
