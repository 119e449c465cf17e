#include "dns/message.h"

#include <algorithm>

#include "dns/shape.h"

namespace dns {
namespace {

constexpr std::uint16_t qr_bit = 0x8000, aa_bit = 0x0400, tc_bit = 0x0200, rd_bit = 0x0100, ra_bit = 0x0080,
                        ad_bit = 0x0020, cd_bit = 0x0010;

void note(Message& message, Fault flaw) {
  if (std::ranges::find(message.flaws, flaw) == message.flaws.end()) message.flaws.push_back(flaw);
}

void set_flags(Message& message, std::uint16_t flags) {
  message.qr = (flags & qr_bit) != 0;
  message.opcode = static_cast<std::uint8_t>(flags >> 11 & 0xf);
  message.aa = (flags & aa_bit) != 0;
  message.tc = (flags & tc_bit) != 0;
  message.rd = (flags & rd_bit) != 0;
  message.ra = (flags & ra_bit) != 0;
  message.ad = (flags & ad_bit) != 0;
  message.cd = (flags & cd_bit) != 0;
  message.rcode = Rcode{static_cast<std::uint16_t>(flags & 0xf)};
}

std::uint16_t flags_of(const Message& message) {
  std::uint16_t flags = static_cast<std::uint16_t>(message.opcode << 11 | (number(message.rcode) & 0xf));
  const auto set = [&](bool on, std::uint16_t bit) { flags = static_cast<std::uint16_t>(on ? flags | bit : flags); };
  set(message.qr, qr_bit);
  set(message.aa, aa_bit);
  set(message.tc, tc_bit);
  set(message.rd, rd_bit);
  set(message.ra, ra_bit);
  set(message.ad, ad_bit);
  set(message.cd, cd_bit);
  return flags;
}

std::expected<Question, Fault> read_question(Reader& reader) {
  const auto name = Name::read(reader);
  if (!name) return std::unexpected(Fault::bad_name);
  const auto type = reader.u16();
  const auto rrclass = reader.u16();
  if (!type || !rrclass) return std::unexpected(Fault::too_short);
  return Question{name->name, RRType{*type}, RRClass{*rrclass}};
}

// RFC 2181 §8: a TTL with the top bit set counts as 0.
Ttl sane_ttl(std::uint32_t ttl) { return ttl > 0x7fffffff ? 0 : ttl; }

struct RecordRead {
  Record record;
  std::optional<Fault> flaw;
};

std::expected<RecordRead, Fault> read_record(Reader& reader) {
  const auto owner = Name::read(reader);
  if (!owner) return std::unexpected(Fault::bad_name);
  const auto type = reader.u16();
  const auto rrclass = reader.u16();
  const auto ttl = reader.u32();
  const auto length = reader.u16();
  if (!type || !rrclass || !ttl || !length || reader.left() < *length) return std::unexpected(Fault::too_short);
  RecordRead read{{owner->name, RRType{*type}, RRClass{*rrclass}, *ttl, {}}, std::nullopt};
  if (read.record.type != RRType::opt) read.record.ttl = sane_ttl(*ttl);
  const std::size_t start = reader.at();
  auto data = read_rdata(reader, read.record.type, *length);
  if (data) {
    read.record.rdata = std::move(data->rdata);
    if (data->forbidden_compression == RdataRead::Compressed::yes) read.flaw = Fault::compressed;
  } else {
    const View raw = reader.whole().subspan(start, *length);
    read.record.rdata.assign(raw.begin(), raw.end());
    read.record.form = Record::Form::bad;
    read.flaw = data.error();
  }
  reader.move_to(start + *length);
  return read;
}

// RFC 6891 §6.1.2: options to the end.
Edns read_edns(Message& message, const Record& record) {
  Edns edns;
  edns.udp_size = number(record.rrclass);
  edns.version = static_cast<std::uint8_t>(record.ttl >> 16 & 0xff);
  edns.flags = static_cast<std::uint16_t>(record.ttl & 0xffff);
  Reader reader(record.rdata);
  while (!reader.done()) {
    const auto code = reader.u16();
    const auto length = reader.u16();
    const auto data = length ? reader.take(*length) : std::nullopt;
    if (!data) {
      note(message, Fault::bad_rdata);  // an option that runs over ends the list
      break;
    }
    edns.options.push_back({*code, {data->begin(), data->end()}});
  }
  return edns;
}

void take_opt(Message& message, const Record& record) {
  if (message.edns) {
    note(message, Fault::bad_count);  // more than one OPT (RFC 6891 §6.1.1)
    return;
  }
  message.edns = read_edns(message, record);
  message.rcode = Rcode{static_cast<std::uint16_t>(record.ttl >> 24 << 4 | number(message.rcode))};
}

std::optional<Fault> read_section(Reader& reader, std::uint16_t count, Message& message, std::vector<Record>& section) {
  for (std::uint16_t i = 0; i < count; ++i) {
    auto read = read_record(reader);
    if (!read) return read.error();
    if (read->flaw) note(message, *read->flaw);
    if (read->record.type == RRType::opt)
      take_opt(message, read->record);
    else
      section.push_back(std::move(read->record));
  }
  return std::nullopt;
}

void write_opt(Writer& writer, const Edns& edns, Rcode rcode) {
  writer.u8(0);
  writer.u16(number(RRType::opt));
  writer.u16(edns.udp_size);
  writer.u8(static_cast<std::uint8_t>(number(rcode) >> 4));
  writer.u8(edns.version);
  writer.u16(edns.flags);
  Writer options;
  for (const EdnsOption& option : edns.options) {
    options.u16(option.code);
    options.u16(static_cast<std::uint16_t>(option.data.size()));
    options.put(option.data);
  }
  writer.u16(static_cast<std::uint16_t>(options.size()));
  writer.put(options.view());
}

void write_record(Writer& writer, const Record& record) {
  writer.put(record.owner.wire());
  writer.u16(number(record.type));
  writer.u16(number(record.rrclass));
  writer.u32(record.ttl);
  writer.u16(static_cast<std::uint16_t>(record.rdata.size()));
  writer.put(record.rdata);
}

}  // namespace

std::vector<ExtendedError> Message::extended_errors() const {
  std::vector<ExtendedError> errors;
  if (!edns) return errors;
  for (const EdnsOption& option : edns->options) {
    if (option.code != EdnsOption::ede || option.data.size() < 2) continue;
    const auto code = static_cast<std::uint16_t>(option.data[0] << 8 | option.data[1]);
    errors.push_back({code, {option.data.begin() + 2, option.data.end()}});
  }
  return errors;
}

std::expected<Message, Fault> decode(View octets) {
  Reader reader(octets);
  Message message;
  const auto id = reader.u16();
  const auto flags = reader.u16();
  std::array<std::uint16_t, 4> counts{};
  for (auto& count : counts) {
    const auto read = reader.u16();
    if (!read) return std::unexpected(Fault::too_short);
    count = *read;
  }
  message.id = *id;
  set_flags(message, *flags);
  for (std::uint16_t i = 0; i < counts[0]; ++i) {
    const auto question = read_question(reader);
    if (!question) return std::unexpected(question.error());
    message.questions.push_back(*question);
  }
  for (auto [count, section] : {std::pair{counts[1], &message.answer}, std::pair{counts[2], &message.authority},
                                std::pair{counts[3], &message.additional}})
    if (const auto fault = read_section(reader, count, message, *section)) return std::unexpected(*fault);
  if (!reader.done()) note(message, Fault::trailing);
  return message;
}

Bytes encode(const Query& query) {
  Message message;
  message.id = query.id;
  message.rd = query.rd;
  message.cd = query.cd;
  message.ad = query.ad;
  message.questions = {query.question};
  message.edns = query.edns;
  return encode(message);
}

Bytes encode(const Message& message) {
  Writer writer;
  writer.u16(message.id);
  writer.u16(flags_of(message));
  writer.u16(static_cast<std::uint16_t>(message.questions.size()));
  writer.u16(static_cast<std::uint16_t>(message.answer.size()));
  writer.u16(static_cast<std::uint16_t>(message.authority.size()));
  writer.u16(static_cast<std::uint16_t>(message.additional.size() + (message.edns ? 1 : 0)));
  for (const Question& question : message.questions) {
    writer.put(question.name.wire());
    writer.u16(number(question.type));
    writer.u16(number(question.rrclass));
  }
  for (const auto* section : {&message.answer, &message.authority, &message.additional})
    for (const Record& record : *section) write_record(writer, record);
  if (message.edns) write_opt(writer, *message.edns, message.rcode);
  return writer.take();
}

}  // namespace dns
