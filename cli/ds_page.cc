#include "cli/ds_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/status.h"
#include "dns/text.h"
#include "validator/delegation.h"

namespace cli {
namespace {

using validator::Handover;
using validator::HandoverKey;
using validator::KeyFit;
using validator::Security;

std::string field(std::string_view name, std::string_view value) { return fmt::format("  {:<13}{}\n", name, value); }

std::string algorithm_words(dns::Algorithm algorithm) {
  return fmt::format("{} ({})", dns::number(algorithm), dns::to_text(algorithm));
}
std::string digest_words(dns::Digest digest) {
  return fmt::format("{} ({})", dns::number(digest), dns::to_text(digest));
}

std::string fields_of(const DsPage::Offer& offer) {
  std::string text = fmt::format("\nkey {}: {}\n", offer.key.tag(), validator::reason_of(offer.fit));
  for (const dns::Ds& ds : offer.ds) {
    text += field("key tag", std::to_string(ds.tag)) + field("algorithm", algorithm_words(ds.algorithm)) +
            field("digest type", digest_words(ds.digest_type)) + field("digest", dns::encode_hex(ds.digest));
  }
  text += "  where the form asks for the key instead:\n";
  text += field("flags", fmt::format("{} ({})", offer.key.flags, offer.key.is_sep() ? "KSK" : "ZSK"));
  text += field("protocol", std::to_string(offer.key.protocol));
  text += field("algorithm", algorithm_words(offer.key.algorithm));
  return text + field("public key", dns::encode_base64(offer.key.key));
}

std::string ds_words(const dns::Ds& ds) {
  return fmt::format("{} {} {} {}", ds.tag, dns::number(ds.algorithm), dns::number(ds.digest_type),
                     dns::encode_hex(ds.digest));
}

bool is_offered(const DsPage& page, const dns::Ds& ds) {
  return std::ranges::any_of(
      page.offers, [&](const DsPage::Offer& offer) { return std::ranges::find(offer.ds, ds) != offer.ds.end(); });
}

std::string_view parent_words(const DsPage& page, const validator::ParentDs& one) {
  if (is_offered(page, one.ds)) return one.leads ? "this one: nothing to do" : "this one";
  if (one.leads) return "works";
  return one.key ? "of a key that does not sign the DNSKEY set" : "of no key that the zone publishes";
}

// Whether what the parent has is proved by its own chain; a DS set that nobody vouches for may be anybody's.
std::string proof_words(Security security) {
  switch (security) {
    case Security::secure: return "";
    case Security::insecure: return " (the parent is not signed: without proof)";
    case Security::bogus: return " (without proof: the parent's own signatures fail)";
    case Security::indeterminate: return " (without proof)";
  }
  return "";
}

std::string parent_lines(const DsPage& page) {
  const Handover& handover = page.handover;
  if (!handover.parent)
    return page.asked_live ? "the parent gave no answer about its DS\n"
                           : "the parent was not asked: --parent compares with what it has\n";
  const auto proof = proof_words(handover.parent_security);
  if (handover.parent->empty()) return fmt::format("the parent has no DS now{}\n", proof);
  std::string text = fmt::format("the parent has now{}\n", proof);
  for (const auto& one : *handover.parent) text += fmt::format("  {}: {}\n", ds_words(one.ds), parent_words(page, one));
  if (handover.is_broken())
    text += "  none of these leads to a key that signs: validators refuse the zone until one does\n";
  return text;
}

// Keys that came over the network without a chain above them are anybody's word.
std::string caution(const DsPage& page) {
  if (!page.source.empty() || page.offers.empty()) return {};  // the files are the signer's own
  if (page.handover.zone_security == Security::secure) return {};
  return "nobody vouches for these keys yet: compare them with the key files on the signer before they go up\n";
}

std::string head(const DsPage& page) {
  const auto from =
      page.source.empty() ? std::string("as its name servers have it") : fmt::format("from {}", page.source);
  if (page.offers.empty())
    return fmt::format("{}: no key of it is for the parent ({})\n", page.handover.zone.print(), from);
  return fmt::format("{}: {} for the parent ({})\n", page.handover.zone.print(),
                     page.offers.size() == 1 ? "one key" : fmt::format("{} keys", page.offers.size()), from);
}

std::string held_back_lines(const DsPage& page) {
  std::string text;
  for (const HandoverKey& one : page.held_back)
    text += fmt::format("not for the parent: key {} ({}): {}\n", one.key.tag(), one.key.flags, reason_of(one.fit));
  return text;
}

std::string lines(const DsPage& page) {
  std::string text;
  for (const auto& offer : page.offers)
    for (const auto& ds : offer.ds) text += fmt::format("{} IN DS {}\n", page.handover.zone.print(), ds_words(ds));
  return text;
}

// RFC 5910 §5.2.5: the update of a domain that is there; `data` inside one <secDNS:add>.
std::string epp(const std::string& data) {
  return fmt::format(
      "<secDNS:update xmlns:secDNS=\"urn:ietf:params:xml:ns:secDNS-1.1\">\n"
      "  <secDNS:add>\n{}  </secDNS:add>\n</secDNS:update>\n",
      data);
}

std::string epp_ds(const DsPage& page) {
  std::string data;
  for (const auto& offer : page.offers)
    for (const auto& ds : offer.ds)
      data += fmt::format(
          "    <secDNS:dsData>\n      <secDNS:keyTag>{}</secDNS:keyTag>\n      <secDNS:alg>{}</secDNS:alg>\n"
          "      <secDNS:digestType>{}</secDNS:digestType>\n      <secDNS:digest>{}</secDNS:digest>\n"
          "    </secDNS:dsData>\n",
          ds.tag, dns::number(ds.algorithm), dns::number(ds.digest_type), dns::encode_hex(ds.digest));
  return data.empty() ? "" : epp(data);
}

std::string epp_key(const DsPage& page) {
  std::string data;
  for (const auto& offer : page.offers)
    data += fmt::format(
        "    <secDNS:keyData>\n      <secDNS:flags>{}</secDNS:flags>\n      <secDNS:protocol>{}</secDNS:protocol>\n"
        "      <secDNS:alg>{}</secDNS:alg>\n      <secDNS:pubKey>{}</secDNS:pubKey>\n    </secDNS:keyData>\n",
        offer.key.flags, offer.key.protocol, dns::number(offer.key.algorithm), dns::encode_base64(offer.key.key));
  return data.empty() ? "" : epp(data);
}

// RFC 4180: no field here holds a comma, a quote or a line's end, but a name may.
std::string csv_field(std::string text) {
  if (text.find_first_of("\",\r\n") == std::string::npos) return text;
  for (std::size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 2) text.insert(at, 1, '"');
  return '"' + text + '"';
}

std::string csv(const DsPage& page) {
  std::string text = "zone,key_tag,algorithm,digest_type,digest,flags,protocol,public_key\r\n";
  for (const auto& offer : page.offers)
    for (const auto& ds : offer.ds)
      text += fmt::format("{},{},{},{},{},{},{},{}\r\n", csv_field(page.handover.zone.print()), ds.tag,
                          dns::number(ds.algorithm), dns::number(ds.digest_type), dns::encode_hex(ds.digest),
                          offer.key.flags, offer.key.protocol, dns::encode_base64(offer.key.key));
  return text;
}

}  // namespace

DsPage make_page(Handover handover, const DsOptions& options, validator::Verifier& verifier) {
  DsPage page;
  for (const HandoverKey& one : handover.keys) {
    // A key that is no zone key, or revoked, can never carry a chain: no wish changes that.
    const bool possible = one.fit == KeyFit::silent || one.fit == KeyFit::absent || one.fit == KeyFit::no_sep ||
                          one.fit == KeyFit::outdated;
    const bool fit = one.fit == KeyFit::entry || one.fit == KeyFit::alone;
    if (fit || (options.any_key && possible))
      page.offers.push_back({one.key, one.fit, ds_of(handover.zone, one.key, options.digests, verifier)});
    else
      page.held_back.push_back(one);
  }
  page.handover = std::move(handover);
  return page;
}

std::string page_text(const DsPage& page, DsLayout layout) {
  switch (layout) {
    case DsLayout::fields: {
      std::string text = head(page);
      for (const auto& offer : page.offers) text += fields_of(offer);
      return text + "\n" + held_back_lines(page) + caution(page) + parent_lines(page);
    }
    case DsLayout::rr: return lines(page);
    case DsLayout::epp_ds: return epp_ds(page);
    case DsLayout::epp_key: return epp_key(page);
    case DsLayout::csv: return csv(page);
    case DsLayout::json: return ds_json(page);
  }
  return "";
}

std::string remarks(const DsPage& page) {
  std::string text = held_back_lines(page) + caution(page);
  for (const auto& offer : page.offers)
    if (offer.fit != KeyFit::entry && offer.fit != KeyFit::alone)
      text += fmt::format("beware of key {}: {}\n", offer.key.tag(), reason_of(offer.fit));
  return text + (page.handover.is_broken() ? parent_lines(page) : "");
}

// cli.md §3: 11 the parent's DS match no key, 12 nothing to hand up, or nobody who could say.
int status_of(const DsPage& page) {
  if (page.handover.is_broken()) return status::bogus;
  if (page.offers.empty() || (page.asked_live && !page.handover.parent)) return status::indeterminate;
  return status::good;
}

}  // namespace cli
