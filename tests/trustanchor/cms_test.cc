// root-anchors.xml with its detached signature: authorities, signers and signatures are made by the openssl command,
// and for every case the same command is asked, too, whether the signature holds.
#include <gtest/gtest.h>
#include <openssl/crypto.h>

#include <chrono>

#include "tests/lab/process.h"
#include "tests/trustanchor/samples.h"
#include "trustanchor/anchors.h"

namespace trustanchor {
namespace {

constexpr dns::Seconds day{86400};

std::string root_anchors(std::string_view digest = samples::digest_2017) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<TrustAnchor id=\"x\" source=\"y\">\n<Zone>.</Zone>\n"
         "<KeyDigest id=\"Klajeyz\" validFrom=\"2017-02-02T00:00:00+00:00\">\n<KeyTag>20326</KeyTag>\n"
         "<Algorithm>8</Algorithm>\n<DigestType>2</DigestType>\n<Digest>" +
         std::string(digest) + "</Digest>\n</KeyDigest>\n</TrustAnchor>\n";
}

// An authority, its signer and what they sign. All certificates begin with the first use, by the clock of this machine.
class SignedAnchors : public testing::Test {
 protected:
  // As the program starts (validator/crypto.cc): without OpenSSL's tables of names.
  static void SetUpTestSuite() {
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS |
                            OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ADD_ALL_DIGESTS | OPENSSL_INIT_NO_ATEXIT,
                        nullptr);
  }
  void SetUp() override {
    if (lab::find_program("openssl").empty()) GTEST_SKIP() << "not installed: openssl";
    make_authority("ca");
    make_signer("signer", "ca", "dnssec@iana.org");
    write("root-anchors.xml", root_anchors());
    sign("signer");
    sources_.files = {path("root-anchors.xml")};
    sources_.authorities = {path("ca.pem")};
    sources_.system_file = path("none");
  }

  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  void write(const std::string& name, std::string_view text) const { lab::write_file(folder_.path() / name, text); }
  void openssl(lab::Command words) const {
    words.insert(words.begin(), "openssl");
    lab::must(words, {.folder = folder_.path()});
  }
  void new_key(const std::string& name) const {
    openssl({"genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", name + ".key"});
  }
  void make_authority(const std::string& name) const {
    new_key(name);
    openssl({"req", "-x509", "-key", name + ".key", "-subj", "/O=Test/CN=" + name, "-days", "1000", "-out",
             name + ".pem", "-addext", "keyUsage=critical,keyCertSign"});
  }
  void make_signer(const std::string& name, const std::string& authority, const std::string& mail,
                   const std::string& usage = "digitalSignature", const std::string& purpose = "emailProtection",
                   const std::string& basic = "CA:FALSE") const {
    new_key(name);
    write(name + ".ext", "basicConstraints=" + basic + "\nkeyUsage=critical," + usage +
                             "\nextendedKeyUsage=" + purpose + "\nsubjectAltName=email:" + mail + "\n");
    openssl({"req", "-new", "-key", name + ".key", "-subj", "/O=Test/CN=" + name, "-out", name + ".csr"});
    openssl({"x509", "-req", "-in", name + ".csr", "-CA", authority + ".pem", "-CAkey", authority + ".key",
             "-set_serial", "7", "-days", "100", "-extfile", name + ".ext", "-out", name + ".pem"});
  }
  void sign(const std::string& signer, const lab::Command& more = {}) const {
    lab::Command words{"cms",     "-sign",         "-binary",         "-in",           "root-anchors.xml",
                       "-signer", signer + ".pem", "-inkey",          signer + ".key", "-outform",
                       "DER",     "-out",          "root-anchors.p7s"};
    words.insert(words.end(), more.begin(), more.end());
    openssl(words);
  }

  // What the command says of the same files, at the same time.
  bool openssl_accepts(dns::Time at) const {
    const auto outcome = lab::run({"openssl",       "cms",
                                   "-verify",       "-binary",
                                   "-inform",       "DER",
                                   "-in",           "root-anchors.p7s",
                                   "-content",      "root-anchors.xml",
                                   "-CAfile",       "ca.pem",
                                   "-purpose",      "smimesign",
                                   "-verify_email", sources_.signer,
                                   "-attime",       std::to_string(at.time_since_epoch().count()),
                                   "-out",          "/dev/null"},
                                  {.folder = folder_.path()});
    return outcome.status == 0;
  }

  std::expected<Anchors, std::string> find(dns::Seconds from_now = day) const {
    return find_anchors(sources_, today_ + from_now, samples::digest);
  }
  void expect_refused(std::string_view why, dns::Seconds from_now = day) const {
    EXPECT_FALSE(openssl_accepts(today_ + from_now));
    const auto found = find(from_now);
    ASSERT_FALSE(found) << why;
    EXPECT_TRUE(
        found.error().starts_with(path("root-anchors.xml") + ": not accepted: " + path("root-anchors.p7s") + ": "))
        << found.error();
    EXPECT_NE(found.error().find(why), std::string::npos) << found.error();
    EXPECT_EQ(found.error().find('\n'), std::string::npos);
  }

  lab::Folder folder_{"cms"};
  Sources sources_;
  dns::Time today_ = std::chrono::floor<dns::Seconds>(std::chrono::system_clock::now());
};

// Proves C-9718-signature
TEST_F(SignedAnchors, AreTrustedByTheAuthorityGiven) {
  EXPECT_TRUE(openssl_accepts(today_ + day));
  const auto found = find();
  ASSERT_TRUE(found) << found.error();
  ASSERT_EQ(found->anchors.size(), 1U);
  EXPECT_EQ(found->anchors[0].tag(), 20326);
  EXPECT_EQ(found->notices.at(0), path("root-anchors.xml") + ": signed by signer (" + path("root-anchors.p7s") + ")");
}

TEST_F(SignedAnchors, TheAuthorityMayBeOneOfSeveral) {
  make_authority("old");
  sources_.authorities = {path("old.pem"), path("ca.pem")};
  EXPECT_TRUE(find());
  write("bundle.pem", "# both\n" + lab::read_file(path("old.pem")) + "\n" + lab::read_file(path("ca.pem")));
  sources_.authorities = {path("bundle.pem")};
  EXPECT_TRUE(find());
}

TEST_F(SignedAnchors, ACertificateBetweenSignerAndAuthorityComesWithTheSignature) {
  make_signer("between", "ca", "nobody@example.org", "keyCertSign", "emailProtection", "CA:TRUE");
  make_signer("below", "between", "dnssec@iana.org");
  sign("below");
  expect_refused("unable to get local issuer certificate");
  sign("below", {"-certfile", "between.pem"});
  EXPECT_TRUE(openssl_accepts(today_ + day));
  EXPECT_TRUE(find());
}

// Proves C-9718-signature
TEST_F(SignedAnchors, AreRefusedWhenAnyOctetChanged) {
  std::string other = root_anchors();
  other.replace(other.find("E06D"), 4, "E06E");
  write("root-anchors.xml", other);
  expect_refused("the signature is not over these octets");
  std::string line_end = root_anchors();
  line_end.erase(line_end.find('\r'), 1);  // as a transfer in text mode leaves it
  write("root-anchors.xml", line_end);
  expect_refused("the signature is not over these octets");
}

TEST_F(SignedAnchors, AreRefusedByAnotherAuthority) {
  make_authority("other");
  sources_.authorities = {path("other.pem")};
  const auto found = find();
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().find("not accepted: unable to get local issuer certificate"), std::string::npos)
      << found.error();
}

// anchors.md §4: the certificate has to be valid at the time that is judged.
TEST_F(SignedAnchors, AreRefusedOutsideTheCertificatesValidity) {
  EXPECT_TRUE(find(99 * day));
  expect_refused("the signer's certificate is not accepted: certificate has expired", 101 * day);
  expect_refused("the signer's certificate is not accepted: certificate is not yet valid", -day);
  expect_refused("certificate has expired", 2000 * day);  // the authority's own is past as well
}

TEST_F(SignedAnchors, AreRefusedFromAnotherSigner) {
  make_signer("stranger", "ca", "stranger@iana.org");
  sign("stranger");
  expect_refused("the signer's certificate is not accepted: it is not of dnssec@iana.org");
  sources_.signer = "stranger@iana.org";
  EXPECT_TRUE(openssl_accepts(today_ + day));
  EXPECT_TRUE(find());
  sources_.signer = "dnssec@iana.org";
  make_signer("server", "ca", "dnssec@iana.org", "digitalSignature", "serverAuth");
  sign("server");
  expect_refused("the signer's certificate is not accepted: unsuitable certificate purpose");
  make_signer("agreement", "ca", "dnssec@iana.org", "keyAgreement");
  sign("agreement");
  expect_refused("the signer's certificate is not accepted: unsuitable certificate purpose");
  // For mail this one does; not for us (anchors.md §4).
  make_signer("repudiation", "ca", "dnssec@iana.org", "nonRepudiation");
  sign("repudiation");
  const auto found = find();
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().find("it is not for digital signatures"), std::string::npos) << found.error();
}

TEST_F(SignedAnchors, TheSignersAddressMayStandInItsName) {
  for (const std::string_view beside : {"", "subjectAltName=email:another@iana.org\n"}) {
    new_key("named");
    write("named.ext", "keyUsage=critical,digitalSignature\nextendedKeyUsage=emailProtection\n" + std::string(beside));
    openssl(
        {"req", "-new", "-key", "named.key", "-subj", "/CN=named/emailAddress=dnssec@iana.org", "-out", "named.csr"});
    openssl({"x509", "-req", "-in", "named.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "8", "-days",
             "100", "-extfile", "named.ext", "-out", "named.pem"});
    sign("named");
    const auto found = find();
    EXPECT_TRUE(found) << found.error();
  }
}

TEST_F(SignedAnchors, ASignatureWithContentOfItsOwnIsNone) {
  sign("signer", {"-nodetach"});
  const auto found = find();
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().find("the signature is not detached"), std::string::npos) << found.error();
}

TEST_F(SignedAnchors, ASignatureThatIsMissing) {
  std::filesystem::remove(path("root-anchors.p7s"));
  const auto wanted = find();
  ASSERT_FALSE(wanted);
  EXPECT_EQ(wanted.error(), path("root-anchors.xml") + ": not signed: " + path("root-anchors.p7s") + " is not there");
  sources_.authorities.clear();  // named by hand, and nobody asks for a signature: accepted and said (anchors.md §4)
  const auto found = find();
  ASSERT_TRUE(found) << found.error();
  EXPECT_NE(found->notices.at(0).find("unsigned"), std::string::npos);
}

// "A p7s that is there must verify": without an authority it cannot.
TEST_F(SignedAnchors, ASignatureWithoutAnAuthority) {
  sources_.authorities.clear();
  const auto found = find();
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().find("no authority is given to check it by (--anchors-ca)"), std::string::npos);
}

TEST_F(SignedAnchors, BytesThatAreNoSignature) {
  const std::string good = lab::read_file(path("root-anchors.p7s"));
  const auto refused = [&](std::string_view bytes) {
    write("root-anchors.p7s", bytes);
    const auto found = find();
    return found ? "accepted" : found.error();
  };
  EXPECT_NE(refused("").find("this is no CMS message"), std::string::npos);
  EXPECT_NE(refused("no\n").find("this is no CMS message"), std::string::npos);
  EXPECT_NE(refused(good + "x").find("this is no CMS message"), std::string::npos);
  EXPECT_NE(refused(good + std::string(65536, 'x')).find("more than 64 kB"), std::string::npos);
  for (std::size_t length = 0; length < good.size(); ++length)
    ASSERT_NE(refused(std::string_view(good).substr(0, length)).find("not accepted"), std::string::npos) << length;
  openssl({"cms", "-data_create", "-in", "root-anchors.xml", "-outform", "DER", "-out", "root-anchors.p7s"});
  EXPECT_NE(refused(lab::read_file(path("root-anchors.p7s"))).find("holds no signature"), std::string::npos);
}

TEST_F(SignedAnchors, AnAuthorityWithoutCertificates) {
  for (const auto& [text, why] : std::vector<std::pair<std::string, std::string_view>>{
           {"", "holds no certificate in PEM"},
           {"hello\n", "holds no certificate in PEM"},
           {lab::read_file(path("ca.key")), "holds no certificate in PEM"},
           {lab::read_file(path("ca.pem")) + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "holds a certificate that cannot be read"},
       }) {
    write("ca.pem", text);
    const auto found = find();
    ASSERT_FALSE(found) << why;
    EXPECT_NE(found.error().find(why), std::string::npos) << found.error();
  }
  std::filesystem::remove(path("ca.pem"));
  EXPECT_EQ(find().error(), path("ca.pem") + ": cannot be opened");
}

TEST_F(SignedAnchors, TheSignatureItselfIsNoFileOfAnchors) {
  sources_.files = {path("root-anchors.p7s")};
  const auto found = find();
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().find("name root-anchors.xml"), std::string::npos) << found.error();
}

}  // namespace
}  // namespace trustanchor
