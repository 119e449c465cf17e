// One tree in which a signer has a zone for every algorithm and kind of denial that it can do, all of the same
// content, and every name of such a zone, existing or not, with what has to be concluded about it. The verdicts are
// reasoned from the RFCs, not taken from any program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/lab/live_signer.h"
#include "tests/lab/many_questions.h"

namespace lab {

// insecure_or_secure: the server has a choice (what an opt-out span may cover, RFC 5155 §6, §7.1; the NSEC at a cut).
enum class Due { secure, insecure, insecure_or_secure };

// What a server itself gets wrong, so that a validator has to refuse it.
struct Fault {
  ZoneSigner signer;
  ZoneDenial denial;
  std::string_view name;  // without the zone
  std::string_view type;  // empty: every type
  std::string_view reason;
};

struct DueQuestion {
  Asked asked;
  Due due = Due::secure;
  const Fault* fault = nullptr;
};

[[nodiscard]] std::vector<SignedZone> zones_of(ZoneSigner kind);

// Root, the zones' parent and their children are made with ldns; the zones are at the place "signer", and a live signer
// adopts them. Requires: `server` if the signer is live.
[[nodiscard]] World build_signer_world(ZoneSigner kind, SigningServer* server, Network& network,
                                       const std::filesystem::path& folder);

// Every name with every type (with TRUSTWALK_SOAK set; else most types for one algorithm only).
[[nodiscard]] std::vector<DueQuestion> due_questions(ZoneSigner kind, const SignedZone& zone);

// The faults that are known of this server; each has to be seen, or its line has to go.
[[nodiscard]] std::vector<const Fault*> known_faults(ZoneSigner kind);

}  // namespace lab
