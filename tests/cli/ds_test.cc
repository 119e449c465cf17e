// The layouts of `ds`, for the key of RFC 4509 §2.3 and its digest as printed there, and what it says to bad files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <filesystem>

#include "cli/ds_page.h"
#include "cli/key_files.h"
#include "cli/status.h"
#include "tests/lab/process.h"

namespace {

using cli::DsLayout;
using testing::HasSubstr;
using validator::KeyFit;

constexpr const char* key_text =
    "AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBa"
    "MbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==";
constexpr const char* digest_text = "d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a";

class DsPage : public testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& text) const {
    lab::write_file(folder_.path() / name, text);
    return (folder_.path() / name).string();
  }
  std::string rfc_file() const {
    return file("K.key", std::string("; a comment, as tools write it\ndskey.example.com. 86400 IN DNSKEY 256 3 5 ") +
                             key_text + "\n");
  }
  cli::DsPage page() const {
    const std::vector<std::string> paths{rfc_file()};
    const auto set = cli::read_key_files(paths, std::nullopt);
    EXPECT_TRUE(set) << set.error();
    cli::DsOptions options;
    options.any_key = true;  // it is a ZSK of an algorithm that is no more
    return cli::make_page(validator::handover(*set, {}, {}, verifier_), options, verifier_);
  }
  std::string fault(const std::vector<std::string>& paths) const {
    const auto set = cli::read_key_files(paths, std::nullopt);
    return set ? "none" : set.error();
  }

  lab::Folder folder_{"ds"};
  mutable validator::Verifier verifier_;
};

TEST_F(DsPage, LineForTheParentsZone) {
  EXPECT_EQ(cli::page_text(page(), DsLayout::rr),
            std::string("dskey.example.com. IN DS 60485 5 2 ") + digest_text + "\n");
}

TEST_F(DsPage, Fields) {
  const auto text = cli::page_text(page(), DsLayout::fields);
  EXPECT_THAT(text, HasSubstr("key tag      60485\n"));
  EXPECT_THAT(text, HasSubstr("algorithm    5 (RSASHA1)\n"));
  EXPECT_THAT(text, HasSubstr("digest type  2 (SHA-256)\n"));
  EXPECT_THAT(text, HasSubstr(std::string("digest       ") + digest_text + "\n"));
  EXPECT_THAT(text, HasSubstr(std::string("public key   ") + key_text + "\n"));
}

// RFC 5910 §4: the names of the elements, and their order.
TEST_F(DsPage, Epp) {
  pugi::xml_document ds, key;
  ASSERT_TRUE(ds.load_string(cli::page_text(page(), DsLayout::epp_ds).c_str()));
  ASSERT_TRUE(key.load_string(cli::page_text(page(), DsLayout::epp_key).c_str()));
  EXPECT_STREQ(ds.document_element().attribute("xmlns:secDNS").value(), "urn:ietf:params:xml:ns:secDNS-1.1");
  std::string told;
  for (const auto& field : ds.document_element().child("secDNS:add").child("secDNS:dsData"))
    told += std::string(field.name()) + "=" + field.child_value() + " ";
  EXPECT_EQ(told,
            std::string("secDNS:keyTag=60485 secDNS:alg=5 secDNS:digestType=2 secDNS:digest=") + digest_text + " ");
  told.clear();
  for (const auto& field : key.document_element().child("secDNS:add").child("secDNS:keyData"))
    told += std::string(field.name()) + "=" + field.child_value() + " ";
  EXPECT_EQ(told, std::string("secDNS:flags=256 secDNS:protocol=3 secDNS:alg=5 secDNS:pubKey=") + key_text + " ");
}

TEST_F(DsPage, CsvAndJson) {
  EXPECT_THAT(cli::page_text(page(), DsLayout::csv), HasSubstr(std::string("\r\ndskey.example.com.,60485,5,2,") +
                                                               digest_text + ",256,3," + key_text + "\r\n"));
  const auto json = cli::page_text(page(), DsLayout::json);
  EXPECT_THAT(json, HasSubstr("\"tag\": 60485"));
  EXPECT_THAT(json, HasSubstr("\"parent\": null"));
}

TEST_F(DsPage, HoldsBackUnlessAsked) {
  const std::vector<std::string> paths{rfc_file()};
  const auto set = cli::read_key_files(paths, std::nullopt);
  const auto page = cli::make_page(validator::handover(*set, {}, {}, verifier_), {}, verifier_);
  EXPECT_TRUE(page.offers.empty());
  EXPECT_EQ(cli::page_text(page, DsLayout::rr), "");
  EXPECT_EQ(cli::page_text(page, DsLayout::epp_ds), "");
  EXPECT_EQ(cli::status_of(page), cli::status::indeterminate);
  EXPECT_THAT(cli::remarks(page), HasSubstr("not for the parent: key 60485"));
}

TEST_F(DsPage, SaysWhatIsWrongWithAFile) {
  EXPECT_THAT(fault({file("K.private", "Private-key-format: v1.3\nAlgorithm: 13\n")}), HasSubstr("is a private key"));
  EXPECT_THAT(fault({file("zone", "example.org. 60 IN SOA a. b. 1 2 3 4 5\nexample.org. 60 IN A 192.0.2.1\n")}),
              HasSubstr("no DNSKEY in it"));
  EXPECT_THAT(fault({file("rubbish", "example.org. 60 IN DNSKEY 257 3 13\n")}), HasSubstr("rubbish:1: "));
  EXPECT_THAT(fault({rfc_file(), file("L.key", std::string("b.example. IN DNSKEY 256 3 5 ") + key_text + "\n")}),
              HasSubstr("one zone at a time"));
  EXPECT_NE(fault({(folder_.path() / "absent.key").string()}), "none");
}

}  // namespace
