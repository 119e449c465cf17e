// What several writers ask of a Chain: whose zone it is, where the fault lies, who is counted, what to do, in one
// wording for all. It formats for no output: no line is folded and nothing is escaped here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"
#include "validator/advice.h"
#include "validator/chain.h"
#include "validator/events.h"

namespace report {

// The deepest zone of the walk that holds the name asked for; none if nothing was walked.
std::optional<validator::ZoneId> own_zone(const validator::Chain& chain);
std::optional<validator::ZoneId> find_zone(const validator::Chain& chain, const dns::Name& name);
// The zone that the numbers about servers speak of: that of the first cause which breaks something, else the name's
// own.
std::optional<validator::ZoneId> zone_in_question(const validator::Chain& chain);

// Servers of that zone that gave no answer, or that a cause of severity error with breaks names.
std::size_t bad_servers(const validator::Chain& chain, validator::ZoneId zone);

struct Counts {
  std::size_t errors = 0, warnings = 0, notices = 0;  // consequences are not in them
  std::size_t consequences = 0;
};
Counts count(const validator::Chain& chain);

const validator::Finding* first_cause(const validator::Chain& chain);
// The code of RFC 8914 that a resolver would send with this verdict: that of the first cause, else what a bogus or an
// indeterminate verdict says by itself. none: a secure answer, and a delegation proven insecure, for which there is no
// code.
std::optional<std::uint16_t> ede_of(const validator::Chain& chain);
// Where the blamed zone stands to the name's own zone.
enum class Place : std::uint8_t { here, own, parent, elsewhere };
Place place(const validator::Chain& chain, const validator::Blame& blame);
// "de. (a parent of example.de., not your zone)", "example.org. (the registrar's DS)", "this machine".
std::string fault_text(const validator::Chain& chain, const validator::Blame& blame);
// "all 6 servers", "1 of 2 servers"; empty if the finding names none.
std::string servers_text(const validator::Chain& chain, const validator::Finding& finding);
// A server's name for itself (RFC 5001): the text that it mostly is, else "0x" and its octets.
std::string nsid_text(const dns::Bytes& nsid);
// "zone-signed-by-wrong-key, RFC 4035 §5.3.3, EDE 6"
std::string reference_text(const validator::Finding& finding);
// When it began, where the finding's particulars say so.
std::optional<dns::Time> broken_since(const validator::Finding& finding);

// Whose records a signature covers: the owner of what the link leads to.
dns::Name owner_of(const validator::Chain& chain, const validator::Link& link);
// "RRSIG DNSKEY example.org.": what a signature is over.
std::string signature_text(const validator::Chain& chain, const validator::Link& link);
// The same of the signature whose end turns the verdict.
std::string ending_text(const validator::Chain& chain);

std::string print_minutes(dns::Time time);                            // enough for people: "2026-11-24T09:14Z"
std::string milestone_text(const trustanchor::Milestone& milestone);  // "the root's key 38696: signs (planned)"

// What to do about a finding: one sentence, and the lines to paste (validator/advice.h) of `signer`, or the first
// command of each.
struct Steps {
  std::string headline;
  struct Line {
    std::string_view signer;  // whose command it is; empty: anybody's
    std::string text;
  };
  std::vector<Line> lines;
  std::string after;  // when the last cache will have it, once every server has; empty: nothing to wait for
};
Steps steps(const validator::Chain& chain, const validator::Finding& finding, std::optional<validator::Signer> signer);

// "www.example.org" as people type it: without the last dot; "." for the root.
std::string typed(const dns::Name& name);
std::string question_text(const validator::Chain& chain);  // "www.example.org A"
// The same with U-labels beside the name, where it has some and somebody knows them: "xn--bcher-kva.example
// (bücher.example) A".
std::string question_text(const validator::Chain& chain, const Helpers& helpers);
std::string unicode_text(const dns::Name& name,
                         const Helpers& helpers);              // "bücher.example", made safe; "" if it has none
std::string plural(std::size_t count, std::string_view noun);  // "1 server", "2 servers"
std::string numbered(dns::Algorithm algorithm);                // "13 ECDSAP256SHA256"
std::string numbered(dns::Digest digest);                      // "2 SHA-256"
std::string denial_text(
    const validator::DenialNode& denial);  // "nosuch.example.org. does not exist", "example.org. has no MX"
std::string_view denial_kind(validator::DenialKind kind);  // "nsec" "nsec3" "both" ""

}  // namespace report
