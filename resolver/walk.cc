#include <algorithm>
#include <map>
#include <set>

#include "dns/reply.h"
#include "dns/signals.h"
#include "resolver/asking.h"
#include "resolver/gather.h"
#include "resolver/ladder.h"
#include "resolver/trial.h"

namespace resolver {
namespace {

// NXNS and loop protection (standards.md §8b 5).
constexpr std::size_t most_cuts = 32, most_aliases = 12, most_ns_names = 16, most_addresses_per_name = 6;
constexpr int most_depth = 6;  // name servers whose names need name servers whose names …
constexpr int most_side_walks = 64;
constexpr std::size_t most_ancestors = 8;          // of the target's name, asked whether they exist
constexpr auto made_up_type = dns::RRType{65280};  // private use (RFC 6895 §3.1): no zone has it

using Servers = std::vector<dns::Address>;

// Where one walk has come to, and by which delegation.
struct Place {
  dns::Name zone;
  Servers servers;
  dns::Name parent{};  // the zone that delegates it, and its servers; none for where a walk begins
  Servers parent_servers{};
  std::vector<dns::Name> names{};  // of its name servers, as the parent has them
  bool has_ds = false;
};

enum class Reach : std::uint8_t { one, every };  // ask until one server has answered, or ask them all

class Walker {
 public:
  Walker(const dns::Target& target, const dns::Evidence& evidence, const Limits& limits)
      : target_(target),
        seen_(evidence, limits),
        private_tree_(
            std::ranges::any_of(target.servers, [](const auto& server) { return dns::is_special(server.address); })) {
    Servers hints;
    for (const dns::NamedServer& server : target.servers) add(hints, server.address);
    known_[dns::Name{}] = hints;
  }

  std::vector<dns::Ask> run() {
    const Reach reach = target_.effort == dns::Effort::full ? Reach::every : Reach::one;
    std::set<dns::Name> chased;
    dns::Name name = target_.name;
    while (chased.size() < most_aliases && chased.insert(name).second) {
      const auto message = walk(name, target_.type, reach, 0);
      if (message == nullptr) break;
      const auto next = dns::alias_target(*message, name, target_.type);
      if (!next) break;
      name = *next;
    }
    return std::move(asks_);
  }

 private:
  // From the deepest known zone above the name down to the servers that answer for it. Returns: their reply, once there
  // is one.
  const dns::Message* walk(const dns::Name& name, dns::RRType type, Reach reach, int depth) {
    Place place = start(name, type, depth);
    for (std::size_t cuts = 0; cuts < most_cuts; ++cuts) {
      if (depth == 0) {
        validated_.insert(place.zone);
        zone_questions(place, reach);
      }
      const auto replies = put(place, name, type, reach);
      auto child = next_place(place, name, type, replies, depth);
      if (child) {
        known_[child->zone] = child->servers;
        if (child->servers.empty()) return nullptr;
        place = std::move(*child);
        continue;
      }
      const dns::Message* answer = first_answer(replies);
      if (answer != nullptr && depth == 0) answer_questions(place, name, type, *answer, reach);
      return answer;
    }
    return nullptr;
  }

  // A zone that only a side walk has seen is no place to begin: its keys, and those above it, were not asked for.
  Place start(const dns::Name& name, dns::RRType type, int depth) const {
    Place place;
    for (const auto& [zone, servers] : known_) {
      if (depth == 0 && !zone.is_root() && !validated_.contains(zone)) continue;
      const bool above = type == dns::RRType::ds && !name.is_root() ? name.is_below(zone) : name.is_at_or_below(zone);
      if (above && !servers.empty() && zone.labels() >= place.zone.labels()) place = {zone, servers};
    }
    return place;
  }

  // The referral that leads on, or the child that the same server answers for (co-hosted: no referral is ever seen).
  std::optional<Place> next_place(const Place& place, const dns::Name& name, dns::RRType type,
                                  const std::vector<const dns::Message*>& replies, int depth) {
    for (const dns::Message* message : replies) {
      const auto child = dns::referral_child(*message, place.zone, name);
      if (!child || (type == dns::RRType::ds && *child == name)) continue;
      bool has_ds = std::ranges::any_of(replies, [&](const dns::Message* each) { return shows_ds(*each, *child); });
      if (depth == 0 && !speaks_of_ds(replies, place.zone, *child, name))
        for (const dns::Message* reply : put(place, *child, dns::RRType::ds, Reach::one))
          has_ds = has_ds || shows_ds(*reply, *child);
      return Place{*child,
                   addresses(replies, place.zone, *child, name, depth),
                   place.zone,
                   place.servers,
                   names(replies, place.zone, *child, name),
                   has_ds};
    }
    if (const auto apex = co_hosted(place, name, type, replies)) {
      bool has_ds = false;
      for (std::size_t labels = place.zone.labels() + 1; labels <= apex->labels(); ++labels)
        if (depth == 0)
          for (const dns::Message* reply : put(place, name.ancestor(labels), dns::RRType::ds, Reach::one))
            has_ds = has_ds || shows_ds(*reply, *apex);
      return Place{*apex, place.servers, place.zone, place.servers, {}, has_ds};
    }
    return std::nullopt;
  }

  static bool speaks_of_ds(const std::vector<const dns::Message*>& replies, const dns::Name& zone,
                           const dns::Name& child, const dns::Name& name) {
    return std::ranges::any_of(replies, [&](const dns::Message* message) {
      return dns::referral_child(*message, zone, name) == child && dns::speaks_of_ds(*message);
    });
  }

  static bool shows_ds(const dns::Message& message, const dns::Name& child) {
    const auto is_ds = [&](const dns::Record& record) {
      return record.type == dns::RRType::ds && record.owner == child;
    };
    return std::ranges::any_of(message.answer, is_ds) || std::ranges::any_of(message.authority, is_ds);
  }

  // An answer with authority by an apex below the zone we asked.
  static std::optional<dns::Name> co_hosted(const Place& place, const dns::Name& name, dns::RRType type,
                                            const std::vector<const dns::Message*>& replies) {
    std::optional<dns::Name> deepest;
    for (const dns::Message* message : replies) {
      if (!message->aa || !dns::is_clear(*message)) continue;
      for (const dns::Name& apex : dns::claimed_apexes(*message)) {
        const bool fits =
            apex.is_below(place.zone) && name.is_at_or_below(apex) && !(type == dns::RRType::ds && apex == name);
        if (fits && (!deepest || apex.labels() > deepest->labels())) deepest = apex;
      }
    }
    return deepest;
  }

  static const dns::Message* first_answer(const std::vector<const dns::Message*>& replies) {
    for (const dns::Message* message : replies)
      if (dns::is_clear(*message)) return message;
    return nullptr;
  }

  void zone_questions(const Place& place, Reach reach) {
    put(place, place.zone, dns::RRType::dnskey, reach);
    if (reach == Reach::one) return;
    put(place, place.zone, dns::RRType::soa, reach);
    put(place, place.zone, dns::RRType::ns, reach);
    for (const dns::Name& ns : place.names) {  // to compare with the glue (RFC 1034 §4.2.2)
      if (!ns.is_at_or_below(place.zone)) continue;
      put(place, ns, dns::RRType::a, Reach::one);
      put(place, ns, dns::RRType::aaaa, Reach::one);
    }
    for (const dns::Address& server : place.servers) {
      tcp_soa(server, place.zone);
      const auto trials = option_trials(target_, server, place.zone, seen_);
      asks_.insert(asks_.end(), trials.begin(), trials.end());
    }
  }

  // TCP must work on every server (RFC 7766 §5).
  void tcp_soa(const dns::Address& server, const dns::Name& zone) {
    dns::Ask ask = ask_to(target_, server, zone, dns::RRType::soa);
    ask.manner.transport = dns::Manner::Transport::tcp;
    if (!seen_.is_dead(server)) asks_.push_back(ask);
  }

  // Beside the answer: unsigned data below a co-hosted cut needs the cut's own proof; the audit asks for what does not
  // exist.
  void answer_questions(const Place& place, const dns::Name& name, dns::RRType type, const dns::Message& answer,
                        Reach reach) {
    const auto apexes = dns::claimed_apexes(answer);
    if (std::ranges::find(apexes, place.zone) == apexes.end()) {
      const std::size_t last = type == dns::RRType::ds ? name.parent().labels() : name.labels();
      for (std::size_t labels = place.zone.labels() + 1; labels <= last; ++labels)
        put(place, name.ancestor(labels), dns::RRType::ds, Reach::one);
    }
    if (reach == Reach::one || target_.made_up.empty()) return;
    if (const auto missing = place.zone.prepend(target_.made_up)) put(place, *missing, dns::RRType::a, reach);
    put(place, place.zone, made_up_type, reach);
    for (const auto each : {dns::RRType::nsec3param, dns::RRType::csync}) put(place, place.zone, each, reach);
    bool asks_for_ds = false;
    for (const auto each : {dns::RRType::cds, dns::RRType::cdnskey})
      for (const dns::Message* reply : put(place, place.zone, each, reach))
        asks_for_ds = asks_for_ds || has(*reply, each);
    ancestors(place, name, reach);
    announcements(place);
    if (asks_for_ds && !place.has_ds) signals(place);
  }

  static bool has(const dns::Message& message, dns::RRType type) {
    return std::ranges::any_of(message.answer, [&](const dns::Record& record) { return record.type == type; });
  }

  // A name with names below it exists (RFC 8020 §2).
  void ancestors(const Place& place, const dns::Name& name, Reach reach) {
    for (std::size_t labels = place.zone.labels() + 1, asked = 0; labels < name.labels() && asked < most_ancestors;
         ++labels, ++asked)
      put(place, name.ancestor(labels), dns::RRType::a, reach);
  }

  // Where the parent wants to be told of changes: of this child, or of any (RFC 9859 §4.1).
  void announcements(const Place& place) {
    if (place.parent_servers.empty()) return;
    const Place parent{place.parent, place.parent_servers};
    for (const auto& name :
         {dns::announcement_name(place.zone, place.parent), dns::common_announcement_name(place.parent)})
      if (name) put(parent, *name, dns::RRType::dsync, Reach::one);
  }

  // What the zone's name servers outside it say of its keys, with all that proves it (RFC 9615 §4.2).
  void signals(const Place& place) {
    for (const dns::Name& ns : place.names) {
      const auto name = ns.is_at_or_below(place.zone) ? std::nullopt : dns::signal_name(place.zone, ns);
      if (!name || side_walks_ >= most_side_walks) continue;
      ++side_walks_;
      for (const auto type : {dns::RRType::cds, dns::RRType::cdnskey}) walk(*name, type, Reach::one, 0);
    }
  }

  // Puts a question to the place's servers. Returns: replies that settle it, as far as they have come.
  std::vector<const dns::Message*> put(const Place& place, const dns::Name& name, dns::RRType type, Reach reach) {
    std::vector<const dns::Message*> replies;
    for (const dns::Address& server : place.servers) {
      const dns::Ask ask = ask_to(target_, server, name, type);
      const Rungs rungs = climb(ask, seen_);
      asks_.insert(asks_.end(), rungs.open.begin(), rungs.open.end());
      if (reach == Reach::every)
        for (dns::Ask& each : size_trials(ask, seen_)) asks_.push_back(std::move(each));
      const bool useful = rungs.message != nullptr && is_useful(*rungs.message, place.zone, name);
      if (useful) replies.push_back(rungs.message);
      const bool wait_for_it = rungs.message == nullptr && !rungs.given_up && !rungs.slow;
      const bool settles_it = useful && !leads_nowhere(*rungs.message, place.zone, name);
      if (reach == Reach::one && (settles_it || wait_for_it)) break;
    }
    const auto is_dead_end = [&](const dns::Message* message) { return leads_nowhere(*message, place.zone, name); };
    if (!std::ranges::all_of(replies, is_dead_end)) std::erase_if(replies, is_dead_end);
    return replies;
  }

  // A referral to servers that can be found only where it refers to, and without their addresses: another server's
  // word counts for more, where there is one.
  bool leads_nowhere(const dns::Message& message, const dns::Name& zone, const dns::Name& name) const {
    const auto child = dns::referral_child(message, zone, name);
    return child && std::ranges::all_of(dns::name_servers(message, *child), [&](const dns::Name& ns) {
             return ns.is_at_or_below(*child) && dns::addresses_of(message, ns, target_.port).empty();
           });
  }

  // A lame server's word leads nowhere: errors, and referrals upward or to itself (RFC 1912 §2.8).
  static bool is_useful(const dns::Message& message, const dns::Name& zone, const dns::Name& name) {
    if (!dns::is_clear(message)) return false;
    return message.aa || !message.answer.empty() || dns::referral_child(message, zone, name);
  }

  void add(Servers& servers, const dns::Address& address) const {
    if (std::ranges::find(target_.families, address.family) == target_.families.end()) return;
    if (dns::is_unusable(address) || (dns::is_special(address) && !private_tree_)) return;  // CVE-2026-50251
    if (std::ranges::find(servers, address) == servers.end()) servers.push_back(address);
  }

  // The child's name servers, each once.
  static std::vector<dns::Name> names(const std::vector<const dns::Message*>& replies, const dns::Name& zone,
                                      const dns::Name& child, const dns::Name& name) {
    std::vector<dns::Name> names;
    for (const dns::Message* message : replies) {
      if (dns::referral_child(*message, zone, name) != child) continue;
      for (const dns::Name& ns : dns::name_servers(*message, child))
        if (names.size() < most_ns_names && std::ranges::find(names, ns) == names.end()) names.push_back(ns);
    }
    return names;
  }

  // Addresses of the child's name servers: glue, and a side walk for names that come without.
  Servers addresses(const std::vector<const dns::Message*>& replies, const dns::Name& zone, const dns::Name& child,
                    const dns::Name& name, int depth) {
    Servers servers;
    for (const dns::Message* message : replies) {
      if (dns::referral_child(*message, zone, name) != child) continue;
      for (const dns::Name& ns : dns::name_servers(*message, child))
        for (const dns::Address& address : dns::addresses_of(*message, ns, target_.port)) add(servers, address);
    }
    const bool every = target_.effort == dns::Effort::full && depth == 0;
    if (!servers.empty() && !every) return servers;
    for (const dns::Name& ns : names(replies, zone, child, name))
      if (!has_glue(replies, ns) && !ns.is_at_or_below(child)) side_walk(servers, ns, depth);
    return servers;
  }

  bool has_glue(const std::vector<const dns::Message*>& replies, const dns::Name& ns) const {
    return std::ranges::any_of(
        replies, [&](const dns::Message* message) { return !dns::addresses_of(*message, ns, target_.port).empty(); });
  }

  // A name server outside the child: its address is a question of its own, quick and unvalidated; names under way end
  // loops.
  void side_walk(Servers& servers, const dns::Name& ns, int depth) {
    if (depth >= most_depth || side_walks_ >= most_side_walks || !under_way_.insert(ns).second) return;
    ++side_walks_;
    for (const auto family : target_.families) {
      const auto type = family == dns::Address::Family::ipv4 ? dns::RRType::a : dns::RRType::aaaa;
      const dns::Message* message = walk(ns, type, Reach::one, depth + 1);
      if (message == nullptr) continue;
      std::size_t taken = 0;
      for (const dns::Address& address : dns::addresses_of(*message, ns, target_.port))
        if (taken++ < most_addresses_per_name) add(servers, address);
    }
    under_way_.erase(ns);
  }

  const dns::Target& target_;
  Seen seen_;
  bool private_tree_;
  std::map<dns::Name, Servers> known_;
  std::set<dns::Name> validated_;  // zones whose keys were asked for, and of all zones above them
  std::set<dns::Name> under_way_;
  int side_walks_ = 0;
  std::vector<dns::Ask> asks_;
};

}  // namespace

std::vector<dns::Ask> missing_walk(const dns::Target& target, const dns::Evidence& seen, const Limits& limits) {
  return Walker(target, seen, limits).run();
}

}  // namespace resolver
