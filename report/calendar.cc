#include "report/calendar.h"

namespace report {
namespace {

constexpr std::size_t line_octets = 75;

// RFC 5545 §3.3.5, form 2: UTC.
std::string utc(dns::Time time) {
  const auto text = dns::print_compact(dns::timestamp(time));
  return text.substr(0, 8) + "T" + text.substr(8) + "Z";
}

// RFC 5545 §3.3.11. Controls are in no text.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char octet : text) {
    if (octet == '\n') {
      out += "\\n";
    } else if (octet == '\\' || octet == ';' || octet == ',') {
      out += '\\';
      out += octet;
    } else if (static_cast<unsigned char>(octet) >= 0x20 && octet != 0x7f) {
      out += octet;
    }
  }
  return out;
}

void put(std::string& out, std::string_view line) {
  std::size_t room = line_octets;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 1 && (static_cast<unsigned char>(line[cut]) & 0xc0) == 0x80) --cut;  // inside a character of UTF-8
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = line_octets - 1;  // the blank counts
  }
  out.append(line).append("\r\n");
}

}  // namespace

std::string calendar(const std::vector<CalendarEvent>& events, dns::Time stamp) {
  std::string out;
  for (const auto* line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//trustwalk//EN", "CALSCALE:GREGORIAN"})
    put(out, line);
  for (const auto& event : events) {
    put(out, "BEGIN:VEVENT");
    put(out, "UID:" + escaped(event.uid));
    put(out, "DTSTAMP:" + utc(stamp));
    put(out, "DTSTART:" + utc(event.at));
    put(out, "SUMMARY:" + escaped(event.summary));
    if (!event.description.empty()) put(out, "DESCRIPTION:" + escaped(event.description));
    put(out, "TRANSP:TRANSPARENT");
    put(out, "END:VEVENT");
  }
  put(out, "END:VCALENDAR");
  return out;
}

}  // namespace report
