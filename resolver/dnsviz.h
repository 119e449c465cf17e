// Files of `dnsviz probe` (JSON of versions 1.0 to 1.2) as evidence, and evidence as such a file for `dnsviz grok`,
// `print` and `graph`. It asks nobody and judges nothing.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "resolver/recording.h"

namespace resolver {

// What the file holds that evidence can say: who was asked what and how, replies, silence, retries. Not in it, and so
// not in the result: the anchors, the octets sent, and the ports of the servers (53 is taken) unless write_dnsviz wrote
// it. The questions are the names that were probed, with the types that were asked there (Recording::further).
// Error: one line for people. Bounded: 64 MiB, 100,000 exchanges, 1,000 names and questions.
std::expected<Recording, std::string> read_dnsviz(std::string_view text);

// The zones on the way and the names asked for, each with what was heard of it. What dnsviz asks in words of its own,
// and a walk hears in referrals (who serves the child, and its DS), is put together of the records of that server's
// referral. Replies to other questions are left out; so are ports, and of servers at one address all but the first.
// Deterministic.
std::string write_dnsviz(const Recording& recording);

// An evidence file of either form. Error: as that form's reader says.
std::expected<Recording, std::string> read_any_recording(std::string_view text);

}  // namespace resolver
