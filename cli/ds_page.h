// What `ds` has to tell, as one value, and its layouts: fields to type or paste at a registrar, lines for a parent's
// zone, EPP for a registry, CSV and JSON for programs. It asks nobody and judges nothing: validator/handover does.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"
#include "validator/handover.h"

namespace cli {

struct DsPage {
  validator::Handover handover;
  struct Offer {
    dns::Dnskey key;
    validator::KeyFit fit{};
    std::vector<dns::Ds> ds;  // one for each digest type asked for
  };
  std::vector<Offer> offers;                      // what is to be handed up
  std::vector<validator::HandoverKey> held_back;  // and what not
  std::string source;                             // "the name servers", "example.org.signed"
  bool asked_live = false;
};

DsPage make_page(validator::Handover handover, const DsOptions& options, validator::Verifier& verifier);
std::string page_text(const DsPage& page, DsLayout layout);
// What stands in the page beside the lines that are pasted: for stderr, where the layout has no room for it.
std::string remarks(const DsPage& page);
int status_of(const DsPage& page);

std::string ds_json(const DsPage& page);  // ds_json.cc

}  // namespace cli
