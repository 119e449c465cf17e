// Handover: which keys of a zone its parent should point at with DS, which not and why, and what it points at now.
// It makes no trust: that a key is fit says how it is used, not whose it is.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dns/record.h"
#include "validator/chain.h"
#include "validator/crypto.h"
#include "validator/policy.h"

namespace validator {

// Whether a DS may point at the key. Only `entry` is known to make a chain that holds.
enum class KeyFit : std::uint8_t {
  entry,           // has SEP, and made a good signature over the DNSKEY set
  alone,           // has SEP; it came without its zone, so what it does there is not known
  silent,          // has SEP, is published, and does not sign the DNSKEY set: by this DS alone the zone is bogus
  absent,          // not in the DNSKEY set: by this DS alone the zone is bogus
  no_sep,          // a ZSK by its flags: the chain breaks when it rolls (RFC 6781 §3.2.3)
  revoked,         // RFC 5011 §2.1
  not_zone_key,    // RFC 4034 §2.1.1
  wrong_protocol,  // RFC 4034 §2.1.2
  outdated,        // an algorithm that must not sign any more (RFC 9904 §3, RFC 9905 §2): insecure for many
  malformed,       // its octets are no key
};
std::string_view to_text(KeyFit fit);    // "entry", "no-sep"
std::string_view reason_of(KeyFit fit);  // one phrase for people

struct HandoverKey {
  dns::Dnskey key;
  KeyFit fit{};
};

// One DS of the parent, and the published key whose digest it is.
struct ParentDs {
  dns::Ds ds;
  std::optional<dns::Dnskey> key;  // none: of no published key, or by a digest that we do not compute
  bool leads = false;              // that key signs the DNSKEY set: the chain goes on here
};

struct Handover {
  dns::Name zone{};
  std::vector<HandoverKey> keys{};  // those fit first, else in the order published
  // nullopt: the parent was not asked, or gave no answer.
  std::optional<std::vector<ParentDs>> parent{};
  Security parent_security = Security::indeterminate;  // of its DS set, or of the proof that there is none
  Security zone_security = Security::indeterminate;

  bool is_broken() const;  // there are DS, and none leads to a key that signs
};

// A zone as it was heard. Requires: `evidence` answers the question for (zone, DNSKEY), `chain` is its judgement.
// nullopt: no zone begins at that name.
std::optional<Handover> handover(const dns::Evidence& evidence, const Chain& chain, const Policy& policy,
                                 Verifier& verifier);

// Keys out of files. With signatures they are a zone's set; without, each key stands alone.
Handover handover(const dns::SignedRRset& set, const Policy& policy, dns::Time now, Verifier& verifier);

// The files' keys beside the living zone: what is not published there is absent, what signs nothing there silent.
Handover beside(const Handover& files, const Handover& live);

}  // namespace validator
