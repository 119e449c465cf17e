// The detached signature of root-anchors.xml (CMS, RFC 5652; RFC 9718; anchors.md §4): is it over these very octets, by
// the one whom a given authority knows under the given mail address? It opens no file, and whom to believe is told to
// it.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "dns/time.h"

namespace trustanchor {

struct Attester {
  std::string_view authorities;  // certificates of the roots to end at, PEM, one or several
  std::string_view mail;         // the signer's address in its certificate; "" = any
};

// Returns: the signer's name, for people. Error: a phrase that says why the signature does not count at `now`.
std::expected<std::string, std::string> attest(std::string_view content, std::string_view signature,
                                               const Attester& attester, dns::Time now);

}  // namespace trustanchor
