// Pages of chains as no fixture has them, for tests/pages/pages.py to open: names that try to break out, names in other
// scripts, names of 255 octets, three hundred of everything. usage: hostile_pages FOLDER
#include <algorithm>
#include <fstream>
#include <iostream>

#include "cli/idna.h"
#include "report/report.h"
#include "tests/report/sample_chain.h"

namespace {

using validator::Chain;

// Names of one octet each, all that are not letters; quotes, brackets, ampersands, controls, octets above 127.
Chain every_octet() {
  auto chain = report_test::healthy();
  for (int octet = 0; octet < 256; ++octet) {
    auto node = chain.nodes[8];
    auto& set = std::get<validator::RRsetNode>(node.body).set;
    const dns::Bytes label{static_cast<std::uint8_t>(octet), '<', '"', '\'', '&', static_cast<std::uint8_t>(octet)};
    set.owner = set.owner.prepend(label).value();
    chain.answer.rrsets.push_back(static_cast<validator::NodeId>(chain.nodes.size()));
    chain.nodes.push_back(node);
  }
  return chain;
}

Chain other_scripts() {
  auto chain = report_test::bogus_parent();
  const std::string_view names[] = {"xn--bcher-kva.example.", "xn--fiqs8s.", "xn--mgbh0fb.xn--kgbechtv.",
                                    "xn--zckzah.xn--fiqs8s.", "xn--a.example."};  // the last one is no A-label
  chain.name = report_test::name(names[0]);
  for (std::size_t i = 1; i < chain.zones.size(); ++i)
    chain.zones[i].name = report_test::name(names[i % std::size(names)]);
  for (auto& finding : chain.findings) finding.zone = finding.blame.zone = chain.zones.back().name;
  return chain;
}

// A name of 255 octets, as long as its text can be: \ddd for each of them.
dns::Name longest(int number) {
  std::string text = std::to_string(number);
  for (int label = 0; label < 3; ++label) {
    text += ".";
    for (int octet = 0; octet < 60; ++octet) text += "\\001";
  }
  return report_test::name(text + ".example.org.");
}

template <typename Body>
validator::Node first_of(const Chain& chain) {
  return *std::ranges::find_if(chain.nodes, [](const auto& node) { return std::holds_alternative<Body>(node.body); });
}

Chain crowd() {
  auto chain = report_test::rich();
  const auto key = first_of<validator::KeyNode>(chain), set = first_of<validator::RRsetNode>(chain);
  const auto ds = first_of<validator::DsNode>(chain);
  const auto server = chain.servers.front();
  const auto finding = chain.findings.front();
  const auto link = *std::ranges::find(chain.links, validator::LinkKind::signs, &validator::Link::kind);
  for (int i = 0; i < 300; ++i) {
    auto made = key;
    auto& body = std::get<validator::KeyNode>(made.body);
    body.tag = static_cast<dns::KeyTag>(i);
    body.published = body.signs = true;
    auto signs = link;
    signs.from = static_cast<validator::NodeId>(chain.nodes.size());
    signs.to = signs.from + 1;
    signs.ok = i % 2 == 0;
    chain.nodes.push_back(made);
    made = set;
    std::get<validator::RRsetNode>(made.body).set.owner = longest(i);
    std::get<validator::RRsetNode>(made.body).set.rdatas = {dns::Bytes(60'000, 0x01)};
    chain.nodes.push_back(made);
    made = ds;
    std::get<validator::DsNode>(made.body).tag = static_cast<dns::KeyTag>(i);
    chain.nodes.push_back(made);
    chain.links.push_back(signs);
    chain.zones.back().servers.push_back(static_cast<validator::ServerId>(chain.servers.size()));
    chain.servers.push_back(server);
    chain.servers.back().name = longest(i);
    chain.findings.push_back(finding);
    chain.findings.back().subject.name = longest(i);
    chain.findings.back().details.push_back({"text", std::string(5000, '<')});
  }
  return chain;
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) return 2;
  const std::pair<std::string_view, Chain> chains[] = {{"injections", report_test::hostile()},
                                                       {"every-octet", every_octet()},
                                                       {"other-scripts", other_scripts()},
                                                       {"crowd", crowd()}};
  const std::pair<std::string_view, report::Format> formats[] = {{"svg.svg", report::Format::svg},
                                                                 {"timeline.svg", report::Format::timeline},
                                                                 {"html", report::Format::html},
                                                                 {"txt", report::Format::text}};
  report::Style style;
  style.helpers.unicode = cli::to_unicode;
  for (const auto& [name, chain] : chains) {
    for (const auto& [ending, format] : formats) {
      const auto text = report::write({chain}, format, style);
      if (!text) return std::cerr << text.error() << '\n', 1;
      std::ofstream(std::string(words[1]) + "/hostile-" + std::string(name) + "." + std::string(ending)) << *text;
    }
  }
  return 0;
}
