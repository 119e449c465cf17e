#include "dns/shape.h"

#include <algorithm>
#include <array>
#include <optional>

#include "dns/name.h"

namespace dns {
namespace {

constexpr auto lowered = Shape::Case::lowered;
constexpr auto kept = Shape::Case::kept;
constexpr auto allowed = Shape::Compression::allowed;
constexpr auto forbidden = Shape::Compression::forbidden;

// clang-format off: a table, one type a line
constexpr auto shapes = std::to_array<Shape>({
    {RRType::a, "4", kept, forbidden},
    {RRType::ns, "n", lowered, allowed},
    {RRType::md, "n", lowered, allowed},
    {RRType::mf, "n", lowered, allowed},
    {RRType::cname, "n", lowered, allowed},
    {RRType::soa, "nnddddd", lowered, allowed},
    {RRType::mb, "n", lowered, allowed},
    {RRType::mg, "n", lowered, allowed},
    {RRType::mr, "n", lowered, allowed},
    {RRType::ptr, "n", lowered, allowed},
    {RRType::hinfo, "ss", kept, forbidden},
    {RRType::minfo, "nn", lowered, allowed},
    {RRType::mx, "wn", lowered, allowed},
    {RRType::txt, "S", kept, forbidden},
    {RRType::rp, "nn", lowered, allowed},  // the second group: decompressed if met (RFC 3597 §4)
    {RRType::afsdb, "wn", lowered, allowed},
    {RRType::x25, "s", kept, forbidden},
    {RRType::rt, "wn", lowered, allowed},
    {RRType::sig, "tabliiwnB", lowered, allowed},
    {RRType::key, "wbaB", kept, forbidden},
    {RRType::px, "wnn", lowered, allowed},
    {RRType::gpos, "sss", kept, forbidden},
    {RRType::aaaa, "6", kept, forbidden},
    {RRType::nxt, "nr", lowered, allowed},
    {RRType::srv, "wwwn", lowered, allowed},
    {RRType::naptr, "wwsssn", lowered, allowed},
    {RRType::kx, "wn", lowered, forbidden},
    {RRType::cert, "wwaB", kept, forbidden},
    {RRType::a6, "P", lowered, forbidden},
    {RRType::dname, "n", lowered, forbidden},
    {RRType::ds, "wagX", kept, forbidden},
    {RRType::sshfp, "bbX", kept, forbidden},
    {RRType::rrsig, "tabliiwnB", lowered, forbidden},
    {RRType::nsec, "nT", kept, forbidden},  // the next name keeps its case (RFC 6840 §5.1)
    {RRType::dnskey, "wbaB", kept, forbidden},
    {RRType::dhcid, "B", kept, forbidden},
    {RRType::nsec3, "bbwhHT", kept, forbidden},
    {RRType::nsec3param, "bbwh", kept, forbidden},
    {RRType::tlsa, "bbbX", kept, forbidden},
    {RRType::smimea, "bbbX", kept, forbidden},
    {RRType::ninfo, "S", kept, forbidden},
    {RRType::rkey, "wbaB", kept, forbidden},
    {RRType::talink, "nn", kept, forbidden},
    {RRType::cds, "wagX", kept, forbidden},
    {RRType::cdnskey, "wbaB", kept, forbidden},
    {RRType::openpgpkey, "B", kept, forbidden},
    {RRType::csync, "dwT", kept, forbidden},
    {RRType::zonemd, "dbbX", kept, forbidden},
    {RRType::svcb, "wnr", kept, forbidden},
    {RRType::https, "wnr", kept, forbidden},
    {RRType::dsync, "tbwn", kept, forbidden},
    {RRType::spf, "S", kept, forbidden},
    {RRType::l32, "w4", kept, forbidden},
    {RRType::lp, "wn", kept, forbidden},
    {RRType::uri, "wwr", kept, forbidden},
    {RRType::caa, "bsr", kept, forbidden},
    {RRType::avc, "S", kept, forbidden},
    {RRType::resinfo, "S", kept, forbidden},
    {RRType::wallet, "S", kept, forbidden},
    {RRType::ta, "wagX", kept, forbidden},
    {RRType::dlv, "wagX", kept, forbidden},
});
// clang-format on
static_assert(std::ranges::is_sorted(shapes, {}, &Shape::type));

constexpr Shape opaque{RRType::null, "r", kept, forbidden};

// A pass over one record's data: names go to `on_name`, everything else to `on_octets`. False: not of this shape.
template <class OnName, class OnOctets>
class Pass {
 public:
  Pass(Reader& reader, std::size_t end, OnName on_name, OnOctets on_octets)
      : reader_(reader), end_(end), on_name_(on_name), on_octets_(on_octets) {}

  bool run(std::string_view fields) {
    return std::ranges::all_of(fields, [&](char field) { return step(field); }) && reader_.at() == end_;
  }

 private:
  std::size_t left() const { return end_ - reader_.at(); }

  bool octets(std::size_t count) {
    if (left() < count) return false;
    on_octets_(*reader_.take(count));
    return true;
  }

  bool name() {
    const auto read = Name::read(reader_);
    if (!read || reader_.at() > end_) return false;  // never past the record's own end (CVE-2026-10822)
    on_name_(*read);
    return true;
  }

  bool counted() {
    if (left() < 1) return false;
    const std::size_t length = reader_.whole()[reader_.at()];
    return octets(length + 1);
  }

  bool strings() {
    do {
      if (!counted()) return false;
    } while (left() > 0);
    return true;
  }

  bool bitmap() {
    // Only the frame: block number, length, octets. Order and zeros are judged in its use (RFC 4034 §4.1.2).
    while (left() > 0) {
      if (left() < 2) return false;
      const std::size_t length = reader_.whole()[reader_.at() + 1];
      if (!octets(length + 2)) return false;
    }
    return true;
  }

  bool a6() {
    if (left() < 1) return false;
    const std::size_t prefix = reader_.whole()[reader_.at()];
    if (prefix > 128 || !octets(1 + (128 - prefix + 7) / 8)) return false;
    return prefix == 0 || name();
  }

  bool step(char field) {
    switch (field) {
        // clang-format off: one meaning a line
      case 'b': case 'a': case 'g': return octets(1);
      case 'w': case 't': return octets(2);
      case 'd': case 'i': case 'l': case '4': return octets(4);
      case '6': return octets(16);
      case 'n': return name();
      case 's': case 'h': case 'H': return counted();
      case 'S': return strings();
      case 'T': return bitmap();
      case 'P': return a6();
      default: return octets(left());  // X B r
        // clang-format on
    }
  }

  Reader& reader_;
  std::size_t end_;
  OnName on_name_;
  OnOctets on_octets_;
};

template <class OnName, class OnOctets>
bool pass(Reader& reader, std::size_t end, const Shape& shape, OnName on_name, OnOctets on_octets) {
  return Pass<OnName, OnOctets>(reader, end, on_name, on_octets).run(shape.fields);
}

}  // namespace

const Shape& shape(RRType type) {
  const auto found = std::ranges::lower_bound(shapes, type, {}, &Shape::type);
  return found != shapes.end() && found->type == type ? *found : opaque;
}

std::expected<RdataRead, Fault> read_rdata(Reader& reader, RRType type, std::size_t length) {
  if (reader.left() < length) return std::unexpected(Fault::too_short);
  const std::size_t end = reader.at() + length;
  const Shape& row = shape(type);
  RdataRead result;
  const auto on_octets = [&](View octets) { result.rdata.insert(result.rdata.end(), octets.begin(), octets.end()); };
  const auto on_name = [&](const Name::Read& read) {
    on_octets(read.name.wire());
    if (read.compressed && row.compression == forbidden) result.forbidden_compression = RdataRead::Compressed::yes;
  };
  if (!pass(reader, end, row, on_name, on_octets)) return std::unexpected(Fault::bad_rdata);
  if (result.rdata.size() > 0xffff) return std::unexpected(Fault::bad_rdata);  // too long for its own length field
  return result;
}

bool fits_shape(RRType type, View rdata) {
  Reader reader(rdata);
  bool plain = true;
  const auto on_name = [&](const Name::Read& read) { plain = plain && !read.compressed; };
  return pass(reader, rdata.size(), shape(type), on_name, [](View) {}) && plain;
}

Bytes canonical_rdata(RRType type, View rdata) {
  const Shape& row = shape(type);
  const auto as_it_is = [&] { return Bytes(rdata.begin(), rdata.end()); };
  if (row.names == kept) return as_it_is();
  Reader reader(rdata);
  Bytes result;
  result.reserve(rdata.size());
  bool plain = true;
  const auto on_octets = [&](View octets) { result.insert(result.end(), octets.begin(), octets.end()); };
  const auto on_name = [&](const Name::Read& read) {
    plain = plain && !read.compressed;
    on_octets(read.name.lowered().wire());
  };
  return pass(reader, rdata.size(), row, on_name, on_octets) && plain ? result : as_it_is();
}

}  // namespace dns
