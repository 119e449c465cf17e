// Draft: the Chain while it is being made: zones, nodes, links and findings are added once and joined when met again.
// It decides nothing; the checks in cut, zone_entry and answer do.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

#include "trustanchor/anchors.h"
#include "validator/chain.h"
#include "validator/crypto.h"
#include "validator/facts.h"
#include "validator/policy.h"
#include "validator/signature.h"

namespace validator {

class Draft {
 public:
  Draft(const Facts& facts_heard, const trustanchor::Anchors& trust_anchors, const Policy& chosen, dns::Time at,
        Verifier& checker);

  const Facts& facts;
  const trustanchor::Anchors& anchors;
  const Policy& policy;
  const dns::Time now;
  Verifier& verifier;
  Chain chain;

  Bench bench() const;  // fresh bounds: one for each name on the way

  ZoneId zone(const dns::Name& name, std::optional<ZoneId> parent);  // found, or made
  ServerSet servers(std::optional<ZoneId> zone, const std::vector<dns::Address>& addresses);
  NodeId node(ZoneId zone, NodeBody body, Security security, const ServerSet& servers);
  LinkId link(Link link);

  // Adds a finding, or its servers to an equal one. Blame: the row's party, of `zone`'s name unless `blame` says
  // otherwise.
  std::size_t find(Code code, Subject subject, std::vector<Detail> details, ZoneId zone, const ServerSet& servers,
                   const std::optional<Blame>& blame = std::nullopt);

  // `finding` is there only because of `cause`; one that is explained already keeps its cause.
  void explain(std::size_t finding, std::size_t cause);

  // The findings and links that the judgement of one RRset yields; `to` are the nodes that stand for the set (several
  // for DNSKEY and DS). Returns the finding that explains a failure. The blame is the parent's for a DS set
  // (findings.md §2.7).
  std::optional<std::size_t> signatures(const JudgedSet& judged, const dns::RRset& set, ZoneId zone,
                                        const std::vector<NodeId>& to, const ServerSet& servers);
  void spent(const Work& work, const Subject& subject, ZoneId zone, const ServerSet& servers);

 private:
  dns::Name name_of(const dns::Address& address, std::optional<ZoneId> zone) const;
  NodeId key_node(const JudgedSignature& signature, ZoneId zone, const ServerSet& servers);
  std::map<dns::Address, std::vector<dns::Name>> names_;
  std::map<std::pair<std::int64_t, dns::Address>, ServerId> server_ids_;
  std::map<std::tuple<LinkKind, NodeId, NodeId, dns::Bytes>, std::vector<LinkId>> links_;
};

// Subjects of findings.md §1.
Subject zone_subject(const dns::Name& zone);
Subject delegation_subject(const dns::Name& child);
Subject server_subject(const Server& server);
Subject key_subject(const dns::Name& zone, const dns::Dnskey& key);
Subject ds_subject(const dns::Name& child, const dns::Ds& ds);
Subject signature_subject(const dns::RRset& set, const dns::Rrsig& rrsig);
Subject rrset_subject(const dns::Name& owner, dns::RRType type);
Subject denial_subject(const dns::Name& name, dns::RRType type, Wanted wanted);
Subject answer_subject(const dns::Name& name, dns::RRType type);
Subject anchor_subject(const dns::Name& zone, dns::KeyTag tag);

Code code_of(SignatureState state);
// What there is to say of a key algorithm, most of all; none: nothing. Of one that is not accepted always something.
std::optional<Code> code_of(dns::Algorithm algorithm, const Policy& policy);
std::uint64_t count(std::size_t number);

}  // namespace validator
