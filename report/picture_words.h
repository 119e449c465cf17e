// The words of the picture: labels, tooltips, ids, and which tone a thing has.
// It places and draws nothing.
#pragma once

#include <string>
#include <vector>

#include "report/picture.h"

namespace report {

Tone tone_of(validator::Security security);
Tone tone_of(const validator::Chain& chain, const validator::Link& link);
bool is_worse(Tone left, Tone right);

// For an id: octets outside a-z and 0-9 as _xx, letters lowered, so that no two names collide.
std::string id_part(std::string_view text);
std::string ds_id(const validator::DsNode& ds);

std::vector<std::string> key_lines(const validator::KeyNode& key);
std::vector<std::string> ds_lines(const validator::DsNode& ds);
std::vector<std::string> anchor_lines(const validator::AnchorNode& anchor);
std::vector<std::string> rrset_lines(const validator::RRsetNode& rrset);
std::vector<std::string> proof_lines(const validator::DenialNode& denial);

std::string proposal_text(const validator::Finding& finding);  // "CDS asks for another DS"

std::string zone_caption(const validator::Chain& chain, validator::ZoneId zone, const Helpers& helpers);  // two lines
std::string zone_tooltip(const validator::Chain& chain, validator::ZoneId zone, const Helpers& helpers);
std::string node_text(const validator::Chain& chain, validator::NodeId id);  // what it is, in a line or more
std::string node_tooltip(const validator::Chain& chain, validator::NodeId id);
std::string list_tooltip(const validator::Chain& chain, const std::vector<validator::NodeId>& ids);
std::string link_label(const validator::Chain& chain, const validator::Link& link);  // only what is not as it should be
std::string link_tooltip(const validator::Chain& chain, const validator::Link& link);

bool is_about(const validator::Finding& finding, const validator::Chain& chain, validator::NodeId id);
std::vector<Note> callout(const validator::Chain& chain, const Helpers& helpers);
std::string title_text(const validator::Chain& chain, const Helpers& helpers = {});
std::string description_text(const validator::Chain& chain);

}  // namespace report
