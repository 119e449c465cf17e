// What a referral says, put as the replies to the questions that dnsviz asks of the parent's servers: who serves the
// child (NS), and its DS. Only records of that server's own replies are used, unchanged.
#pragma once

#include "dns/evidence.h"

namespace resolver {

// The referral itself, as the reply to (child, NS).
dns::Message as_ns_reply(const dns::Message& referral, const dns::Name& child);
// Its DS records as the answer to (child, DS); or the proof that there are none, with the SOA records of `soa`, the
// server's word on its own zone, without which no denial is whole (RFC 2308 §2.2).
dns::Message as_ds_reply(const dns::Message& referral, const dns::Name& child, const dns::Message* soa);

}  // namespace resolver
