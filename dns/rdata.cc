#include "dns/rdata.h"

#include <algorithm>
#include <array>

namespace dns {
namespace {

Bytes copy(View octets) { return {octets.begin(), octets.end()}; }

// An uncompressed name at the cursor.
std::optional<Name> plain_name(Reader& reader) {
  const auto read = Name::read(reader);
  if (!read || read->compressed) return std::nullopt;
  return read->name;
}

std::optional<Bytes> counted(Reader& reader) {
  const auto length = reader.u8();
  if (!length) return std::nullopt;
  const auto octets = reader.take(*length);
  if (!octets) return std::nullopt;
  return copy(*octets);
}

void put_counted(Writer& writer, View octets) {
  writer.u8(static_cast<std::uint8_t>(octets.size()));
  writer.put(octets);
}

struct Nsec3Head {
  std::uint8_t hash, flags;
  std::uint16_t iterations;
  Bytes salt;
};

std::optional<Nsec3Head> nsec3_head(Reader& reader) {
  const auto hash = reader.u8();
  const auto flags = reader.u8();
  const auto iterations = reader.u16();
  auto salt = counted(reader);
  if (!hash || !flags || !iterations || !salt) return std::nullopt;
  return Nsec3Head{*hash, *flags, *iterations, std::move(*salt)};
}

// RFC 4034 §B: the octets as 16-bit numbers, summed, carries folded once.
KeyTag folded_sum(View octets) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < octets.size(); ++i)
    sum += (i & 1) != 0 ? octets[i] : static_cast<std::uint32_t>(octets[i]) << 8;
  sum += sum >> 16 & 0xffff;
  return static_cast<KeyTag>(sum & 0xffff);
}

void note(TypeBitmap& bitmap, TypeBitmap::Flaw flaw) {
  if (bitmap.flaw == TypeBitmap::Flaw::none) bitmap.flaw = flaw;
}

void read_window(TypeBitmap& bitmap, std::uint8_t window, View octets) {
  for (std::size_t i = 0; i < octets.size() * 8; ++i) {
    if ((octets[i / 8] & (0x80 >> (i % 8))) == 0) continue;
    const auto type = RRType{static_cast<std::uint16_t>(window * 256U + i)};
    // NXNAME is a pseudo-type that lives in bitmaps by design (RFC 9824 §3.1).
    if (is_meta(type) && type != RRType::nxname) note(bitmap, TypeBitmap::Flaw::pseudo);
    bitmap.types.push_back(type);
  }
}

}  // namespace

bool TypeBitmap::has(RRType type) const { return std::ranges::binary_search(types, type); }

TypeBitmap read_bitmap(View octets) {
  TypeBitmap bitmap;
  Reader reader(octets);
  int last = -1;
  while (!reader.done()) {
    const auto window = reader.u8();
    const auto length = reader.u8();
    if (!window || !length || *length < 1 || *length > 32 || reader.left() < *length) {
      note(bitmap, TypeBitmap::Flaw::length);
      break;
    }
    if (*window <= last) note(bitmap, TypeBitmap::Flaw::order);
    last = *window;
    const View block = *reader.take(*length);
    if (block.back() == 0) note(bitmap, TypeBitmap::Flaw::zeros);
    read_window(bitmap, *window, block);
  }
  std::ranges::sort(bitmap.types);
  const auto repeats = std::ranges::unique(bitmap.types);
  bitmap.types.erase(repeats.begin(), repeats.end());
  return bitmap;
}

Bytes write_bitmap(std::span<const RRType> types) {
  std::vector<RRType> sorted(types.begin(), types.end());
  std::ranges::sort(sorted);
  Writer writer;
  for (auto at = sorted.begin(); at != sorted.end();) {
    const auto window = static_cast<std::uint8_t>(number(*at) >> 8);
    std::array<std::uint8_t, 32> block{};
    std::size_t length = 0;
    for (; at != sorted.end() && number(*at) >> 8 == window; ++at) {
      const std::size_t bit = number(*at) & 0xff;
      block[bit / 8] = static_cast<std::uint8_t>(block[bit / 8] | 0x80 >> (bit % 8));
      length = bit / 8 + 1;
    }
    writer.u8(window);
    put_counted(writer, View(block).first(length));
  }
  return writer.take();
}

KeyTag Dnskey::tag() const {
  if (algorithm == Algorithm::rsamd5)  // RFC 4034 §B.1 as corrected by RFC 6840 §5.5
    return key.size() < 3 ? KeyTag{0} : static_cast<KeyTag>(key[key.size() - 3] << 8 | key[key.size() - 2]);
  return folded_sum(write(*this));
}

std::optional<Dnskey> read_dnskey(View rdata) {
  Reader reader(rdata);
  const auto flags = reader.u16();
  const auto protocol = reader.u8();
  const auto algorithm = reader.u8();
  if (!flags || !protocol || !algorithm) return std::nullopt;
  return Dnskey{*flags, *protocol, Algorithm{*algorithm}, copy(reader.rest())};
}

std::optional<Ds> read_ds(View rdata) {
  Reader reader(rdata);
  const auto tag = reader.u16();
  const auto algorithm = reader.u8();
  const auto digest_type = reader.u8();
  if (!tag || !algorithm || !digest_type) return std::nullopt;
  return Ds{*tag, Algorithm{*algorithm}, Digest{*digest_type}, copy(reader.rest())};
}

std::optional<Rrsig> read_rrsig(View rdata) {
  Reader reader(rdata);
  const auto covered = reader.u16();
  const auto algorithm = reader.u8();
  const auto labels = reader.u8();
  const auto original_ttl = reader.u32();
  const auto expiration = reader.u32();
  const auto inception = reader.u32();
  const auto tag = reader.u16();
  if (!covered || !algorithm || !labels || !original_ttl || !expiration || !inception || !tag) return std::nullopt;
  const auto signer = plain_name(reader);
  if (!signer) return std::nullopt;
  return Rrsig{RRType{*covered}, Algorithm{*algorithm}, *labels, *original_ttl, {*expiration}, {*inception}, *tag,
               *signer,          copy(reader.rest())};
}

std::optional<Nsec> read_nsec(View rdata) {
  Reader reader(rdata);
  const auto next = plain_name(reader);
  if (!next) return std::nullopt;
  return Nsec{*next, read_bitmap(reader.rest())};
}

std::optional<Nsec3> read_nsec3(View rdata) {
  Reader reader(rdata);
  auto head = nsec3_head(reader);
  if (!head) return std::nullopt;
  auto next = counted(reader);
  if (!next) return std::nullopt;
  return Nsec3{
      head->hash, head->flags, head->iterations, std::move(head->salt), std::move(*next), read_bitmap(reader.rest())};
}

std::optional<Nsec3param> read_nsec3param(View rdata) {
  Reader reader(rdata);
  auto head = nsec3_head(reader);
  if (!head || !reader.done()) return std::nullopt;
  return Nsec3param{head->hash, head->flags, head->iterations, std::move(head->salt)};
}

std::optional<Soa> read_soa(View rdata) {
  Reader reader(rdata);
  const auto mname = plain_name(reader);
  if (!mname) return std::nullopt;
  const auto rname = plain_name(reader);
  if (!rname || reader.left() != 20) return std::nullopt;
  Soa soa{.mname = *mname, .rname = *rname};
  for (auto* field : {&soa.serial, &soa.refresh, &soa.retry, &soa.expire, &soa.minimum}) *field = *reader.u32();
  return soa;
}

std::optional<Name> read_target(View rdata) { return Name::from_wire(rdata); }

Bytes write(const Dnskey& key) {
  Writer writer;
  writer.u16(key.flags);
  writer.u8(key.protocol);
  writer.u8(number(key.algorithm));
  writer.put(key.key);
  return writer.take();
}

Bytes write(const Ds& ds) {
  Writer writer;
  writer.u16(ds.tag);
  writer.u8(number(ds.algorithm));
  writer.u8(number(ds.digest_type));
  writer.put(ds.digest);
  return writer.take();
}

namespace {

Writer rrsig_head(const Rrsig& rrsig, const Name& signer) {
  Writer writer;
  writer.u16(number(rrsig.covered));
  writer.u8(number(rrsig.algorithm));
  writer.u8(rrsig.labels);
  writer.u32(rrsig.original_ttl);
  writer.u32(rrsig.expiration.value);
  writer.u32(rrsig.inception.value);
  writer.u16(rrsig.tag);
  writer.put(signer.wire());
  return writer;
}

}  // namespace

Bytes write(const Rrsig& rrsig) {
  Writer writer = rrsig_head(rrsig, rrsig.signer);
  writer.put(rrsig.signature);
  return writer.take();
}

Bytes write_unsigned(const Rrsig& rrsig) { return rrsig_head(rrsig, rrsig.signer.lowered()).take(); }

Bytes write(const Nsec& nsec) {
  Writer writer;
  writer.put(nsec.next.wire());
  writer.put(write_bitmap(nsec.types.types));
  return writer.take();
}

Bytes write(const Nsec3param& param) {
  Writer writer;
  writer.u8(param.hash);
  writer.u8(param.flags);
  writer.u16(param.iterations);
  put_counted(writer, param.salt);
  return writer.take();
}

Bytes write(const Nsec3& nsec3) {
  Writer writer;
  writer.put(write(Nsec3param{nsec3.hash, nsec3.flags, nsec3.iterations, nsec3.salt}));
  put_counted(writer, nsec3.next);
  writer.put(write_bitmap(nsec3.types.types));
  return writer.take();
}

Bytes write(const Soa& soa) {
  Writer writer;
  writer.put(soa.mname.wire());
  writer.put(soa.rname.wire());
  for (const auto field : {soa.serial, soa.refresh, soa.retry, soa.expire, soa.minimum}) writer.u32(field);
  return writer.take();
}

}  // namespace dns
