// What NSEC and NSEC3 records have in common: their type lists and what follows from them.
#include "validator/denial_views.h"

namespace validator {
namespace {

using dns::RRType;
using Flaw = dns::TypeBitmap::Flaw;

std::string_view word(Flaw flaw) {
  switch (flaw) {
    case Flaw::none: break;
    case Flaw::order: return "order";
    case Flaw::length: return "length";
    case Flaw::zeros: return "zeros";
    case Flaw::pseudo: return "pseudo";
  }
  return "length";
}

}  // namespace

bool DenialRecord::has(RRType type) const { return std::ranges::binary_search(types, type); }

bool DenialRecord::is_nxname() const {
  // With anything else in the list the record contradicts itself, and no absence follows from it.
  return has(RRType::nxname) && std::ranges::all_of(types, [](RRType type) {
           return type == RRType::nxname || type == RRType::nsec || type == RRType::rrsig;
         });
}

void share_types(DenialRecord& left, DenialRecord& right) {
  if (left.types != right.types) {
    std::vector<RRType> all;
    std::ranges::set_union(left.types, right.types, std::back_inserter(all));
    left.types = right.types = std::move(all);
  }
  left.delegation = right.delegation = left.delegation || right.delegation;
  left.dname = right.dname = left.dname || right.dname;
}

Problem beyond_authority(const DenialRecord& record, const dns::Name& owner) {
  return {Code::denial_beyond_authority,
          {{"which", std::string(record.delegation ? "delegation" : "dname")}, {"name", owner}}};
}

void take_types(DenialRecord& record, const dns::TypeBitmap& types) {
  record.types = types.types;
  record.delegation = types.has(RRType::ns) && !types.has(RRType::soa);
  record.dname = types.has(RRType::dname);
}

std::optional<Problem> bitmap_problem(const dns::TypeBitmap& types) {
  if (types.flaw == Flaw::none) return std::nullopt;
  return Problem{Code::nsec_bitmap_malformed, {{"reason", std::string(word(types.flaw))}}};
}

bool is_readable(const dns::TypeBitmap& types) { return types.flaw != Flaw::order && types.flaw != Flaw::length; }

}  // namespace validator
