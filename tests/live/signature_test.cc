// root-anchors.xml and its signature, as unbound-anchor judges them: it fetches both from a server of ours, by TLS, and
// takes over the anchor or does not. trustwalk is given the same files.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/lab/require.h"
#include "tests/lab/server.h"

namespace lab {
namespace {

// The key of 2024: unbound-anchor falls back to that of 2017 when it does not believe what it fetched.
constexpr std::string_view xml =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TrustAnchor id=\"x\" source=\"y\">\n<Zone>.</Zone>\n"
    "<KeyDigest id=\"Kmyv6jo\" validFrom=\"2024-07-18T00:00:00+00:00\">\n<KeyTag>38696</KeyTag>\n"
    "<Algorithm>8</Algorithm>\n<DigestType>2</DigestType>\n"
    "<Digest>683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16</Digest>\n</KeyDigest>\n</TrustAnchor>\n";

constexpr std::string_view web_server = R"(import http.server, ssl, sys
class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
server = http.server.HTTPServer((sys.argv[1], int(sys.argv[2])), Handler)
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain("web.pem", "web.key")
server.socket = tls.wrap_socket(server.socket, server_side=True)
server.serve_forever()
)";

class Signature : public testing::Test {
 protected:
  void SetUp() override { require({"openssl", "unbound-anchor", "python3"}); }

  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  void openssl(Command words) const {
    words.insert(words.begin(), "openssl");
    must(words, {.folder = folder_.path()});
  }
  void make_authority(const std::string& name) const {
    openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", name + ".key",
             "-subj", "/CN=" + name, "-days", "100", "-out", name + ".pem"});
  }
  void make_certificate(const std::string& name, const std::string& subject, const std::string& extensions) {
    write_file(path(name + ".ext"), extensions);
    openssl({"req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", name + ".key",
             "-subj", subject, "-out", name + ".csr"});
    openssl({"x509", "-req", "-in", name + ".csr", "-CA", authority_ + ".pem", "-CAkey", authority_ + ".key",
             "-set_serial", std::to_string(serial_++), "-days", "10", "-extfile", name + ".ext", "-out",
             name + ".pem"});
  }
  void make_signer(const std::string& name, const std::string& mail, const std::string& usage,
                   const std::string& purpose) {
    make_certificate(name, "/CN=" + name + "/emailAddress=" + mail,
                     "keyUsage=critical," + usage + "\nextendedKeyUsage=" + purpose + "\n");
    openssl({"cms", "-sign", "-binary", "-in", "root-anchors.xml", "-signer", name + ".pem", "-inkey", name + ".key",
             "-outform", "DER", "-out", "root-anchors.p7s"});
  }

  // Whether unbound-anchor takes over what the file says.
  bool unbound_believes() const {
    write_file(path("root.key"), "");
    const auto outcome = run({"unbound-anchor", "-v", "-F", "-4", "-u", "anchors.test", "-P",
                              std::to_string(network_.port()), "-c", path("ca.pem"), "-C", path("unbound.conf"), "-a",
                              path("root.key"), "-x", "root-anchors.xml", "-s", "root-anchors.p7s"},
                             {.limit = std::chrono::seconds{30}});
    EXPECT_EQ(outcome.out.find("could not fetch"), std::string::npos) << outcome.out;
    return read_file(path("root.key")).find("38696") != std::string::npos;
  }
  bool trustwalk_believes() const {
    const auto outcome =
        run({TRUSTWALK_BINARY, "anchors", "-k", path("root-anchors.xml"), "--anchors-ca", path("ca.pem")});
    EXPECT_TRUE(outcome.status == 0 || outcome.status == 3) << outcome.err;
    EXPECT_EQ(outcome.status == 3, outcome.err.find("not accepted") != std::string::npos) << outcome.err;
    return outcome.status == 0 && outcome.out.find("tag 38696") != std::string::npos;
  }

  Folder folder_{"signature"};
  Network network_{1};
  std::string authority_ = "ca";
  int serial_ = 1;
};

TEST_F(Signature, IsBelievedWhereUnboundAnchorBelievesIt) {
  const std::string address = network_.take();
  make_authority("ca");
  make_authority("other");
  make_certificate("web", "/CN=anchors.test", "subjectAltName=DNS:anchors.test\nextendedKeyUsage=serverAuth\n");
  write_file(path("web.py"), web_server);
  write_file(path("root-anchors.xml"), xml);
  write_file(path("unbound.conf"), fmt::format("server:\n  local-zone: \"anchors.test.\" static\n"
                                               "  local-data: \"anchors.test. A {}\"\n  do-not-query-localhost: no\n",
                                               address));
  const Daemon server(
      {"env", "-C", folder_.path().string(), "python3", "web.py", address, std::to_string(network_.port())},
      folder_.path());
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  const auto is_up = [&] {
    return run({"openssl", "s_client", "-connect", fmt::format("{}:{}", address, network_.port())}, {.input = "Q\n"})
               .status == 0;
  };
  while (!is_up() && std::chrono::steady_clock::now() < end) {
  }

  make_signer("good", "dnssec@iana.org", "digitalSignature", "emailProtection");
  EXPECT_TRUE(unbound_believes());
  EXPECT_TRUE(trustwalk_believes());
  std::string changed(xml);
  changed.replace(changed.find("<Zone>"), 6, "<Zone >");
  write_file(path("root-anchors.xml"), changed);
  EXPECT_FALSE(unbound_believes());
  EXPECT_FALSE(trustwalk_believes());
  write_file(path("root-anchors.xml"), xml);

  struct Case {
    std::string_view authority, mail, usage, purpose;
  };
  for (const Case& each : {Case{"other", "dnssec@iana.org", "digitalSignature", "emailProtection"},
                           Case{"ca", "another@iana.org", "digitalSignature", "emailProtection"},
                           Case{"ca", "dnssec@iana.org", "nonRepudiation", "emailProtection"},
                           Case{"ca", "dnssec@iana.org", "keyAgreement", "emailProtection"},
                           Case{"ca", "dnssec@iana.org", "digitalSignature", "serverAuth"}}) {
    authority_ = each.authority;
    make_signer("bad", std::string(each.mail), std::string(each.usage), std::string(each.purpose));
    EXPECT_FALSE(unbound_believes()) << each.mail << each.usage << each.purpose;
    EXPECT_FALSE(trustwalk_believes()) << each.mail << each.usage << each.purpose;
  }
  authority_ = "ca";
  make_signer("again", "dnssec@iana.org", "digitalSignature,nonRepudiation", "emailProtection");
  EXPECT_TRUE(unbound_believes());
  EXPECT_TRUE(trustwalk_believes());
}

}  // namespace
}  // namespace lab
