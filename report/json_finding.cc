#include "report/json_finding.h"

#include <fmt/format.h>

#include <algorithm>

#include "validator/advice.h"
#include "validator/caches.h"

namespace report {

using namespace validator;

namespace {

class FindingJson {
 public:
  explicit FindingJson(JsonWriter& out) : out_(out) {}
  void finding(const Chain& chain, const Finding& finding);
  void blame(const std::optional<Blame>& blame);

 private:
  void hold(const std::optional<CacheHold>& hold);
  void subject(const Subject& subject);
  void param(const Detail& detail);
  void verdicts(std::string_view text);

  template <class Value>
  void value(const Value& what) {
    out_.value(what);
  }
  void value(const std::vector<KeyId>& keys);
  void value(const std::vector<DsId>& set);
  void value(const NamedAddresses& servers);
  void value(const Serials& serials);
  template <class Value>
  void put(std::string_view name, const Value& what) {
    out_.put(name, what);
  }
  void null(std::string_view name) { out_.null(name); }

  JsonWriter& out_;
};

void FindingJson::finding(const Chain& chain, const Finding& finding) {
  const auto& about = row(finding.code);
  out_.open_object();
  put("slug", about.slug);
  put("severity", to_text(about.severity));
  put("breaks", to_text(about.breaks));
  about.ede == no_ede ? null("ede") : put("ede", about.ede);
  put("rule", about.rule);
  subject(finding.subject);
  out_.key("params");
  out_.open_object();
  for (const auto& detail : finding.details) param(detail);
  out_.close_object();
  out_.key("servers");
  out_.array(finding.servers, [&](ServerId id) { out_.value(fmt::format("s{}", id)); });
  finding.consequence_of ? put("consequence_of", std::uint64_t{*finding.consequence_of}) : null("consequence_of");
  blame(finding.blame);
  put("remedy", to_text(remedy_of(chain, finding)));
  hold(held_after(chain, finding));
  put("text", sentence(finding));
  out_.close_object();
}

void FindingJson::hold(const std::optional<CacheHold>& hold) {
  if (!hold) return null("held_by_caches");
  out_.key("held_by_caches");
  out_.open_object();
  put("longest_s", hold->longest.count());
  hold->owner ? put("owner", *hold->owner) : null("owner");
  hold->owner ? put("type", dns::to_text(hold->type)) : null("type");
  out_.flag("denied", hold->denied);
  out_.close_object();
}

void FindingJson::subject(const Subject& subject) {
  out_.key("subject");
  out_.open_object();
  put("kind", to_text(subject.kind));
  const auto server = [&](std::string_view member) {
    subject.name.is_root() && subject.address ? null(member) : put(member, subject.name);
    put("address", subject.address);
  };
  switch (subject.kind) {
    case SubjectKind::zone: put("name", subject.name); break;
    case SubjectKind::delegation: put("child", subject.name); break;
    case SubjectKind::server: server("name"); break;
    case SubjectKind::transport:
      server("server");
      put("protocol", std::string_view{subject.transport == dns::Manner::Transport::tcp ? "tcp" : "udp"});
      break;
    case SubjectKind::key:
      put("zone", subject.name), put("tag", subject.tag), put("algorithm", subject.algorithm);
      put("flags", subject.flags);
      break;
    case SubjectKind::ds:
      put("zone", subject.name), put("tag", subject.tag), put("algorithm", subject.algorithm);
      put("digest", subject.digest);
      break;
    case SubjectKind::signature:
      put("owner", subject.name), put("type", subject.type), put("signer", subject.signer);
      put("tag", subject.tag), put("algorithm", subject.algorithm);
      break;
    case SubjectKind::rrset: put("owner", subject.name), put("type", subject.type); break;
    case SubjectKind::denial:
      put("name", subject.name), put("type", subject.type), put("wanted", to_text(subject.wanted));
      break;
    case SubjectKind::anchor: put("name", subject.name), put("tag", subject.tag); break;
    case SubjectKind::answer: put("name", subject.name), put("type", subject.type); break;
  }
  out_.close_object();
}

void FindingJson::param(const Detail& detail) {
  out_.key(detail.name);
  const auto* text = std::get_if<std::string>(&detail.value);
  if (text != nullptr && detail.name == "verdicts") return verdicts(*text);
  std::visit([&](const auto& each) { value(each); }, detail.value);
}

// findings.md §1: a map from validator to verdict; the Chain has it as "BIND insecure, unbound secure".
void FindingJson::verdicts(std::string_view text) {
  out_.open_object();
  while (!text.empty()) {
    const auto item = text.substr(0, text.find(", "));
    text.remove_prefix(std::min(item.size() + 2, text.size()));
    const auto space = item.rfind(' ');
    if (space != std::string_view::npos) put(item.substr(0, space), item.substr(space + 1));
  }
  out_.close_object();
}

void FindingJson::blame(const std::optional<Blame>& blame) {
  if (!blame) return null("blame");
  out_.key("blame");
  out_.open_object();
  put("zone", blame->zone);
  put("party", to_text(blame->party));
  out_.close_object();
}

void FindingJson::value(const std::vector<KeyId>& keys) {
  out_.array(keys, [&](const KeyId& key) {
    out_.object([&] { put("tag", key.tag), put("algorithm", key.algorithm), put("flags", key.flags); });
  });
}

void FindingJson::value(const std::vector<DsId>& set) {
  out_.array(set, [&](const DsId& ds) {
    out_.object([&] { put("tag", ds.tag), put("algorithm", ds.algorithm), put("digest", ds.digest); });
  });
}

void FindingJson::value(const NamedAddresses& servers) {
  out_.array(servers,
             [&](const auto& server) { out_.object([&] { put("ns", server.first), put("address", server.second); }); });
}

void FindingJson::value(const Serials& serials) {
  out_.object([&] {
    for (const auto& [address, serial] : serials) put(dns::print(address), serial);
  });
}

}  // namespace

void put_finding(JsonWriter& out, const Chain& chain, const Finding& finding) {
  FindingJson(out).finding(chain, finding);
}

void put_blame(JsonWriter& out, const std::optional<Blame>& blame) { FindingJson(out).blame(blame); }

}  // namespace report
