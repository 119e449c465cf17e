#include "trustanchor/cms.h"

#include <fmt/format.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <limits>
#include <memory>

namespace trustanchor {
namespace {

template <auto Free>
struct FreeBy {
  template <typename Thing>
  void operator()(Thing* thing) const {
    Free(thing);
  }
};
using Cms = std::unique_ptr<CMS_ContentInfo, FreeBy<CMS_ContentInfo_free>>;
using Bio = std::unique_ptr<BIO, FreeBy<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, FreeBy<X509_free>>;
using Store = std::unique_ptr<X509_STORE, FreeBy<X509_STORE_free>>;
using Parameters = std::unique_ptr<X509_VERIFY_PARAM, FreeBy<X509_VERIFY_PARAM_free>>;
struct FreeSigners {
  void operator()(STACK_OF(X509) * signers) const { sk_X509_free(signers); }  // the certificates stay the message's
};

constexpr std::size_t most_octets = std::size_t{64} * 1024;

std::expected<Cms, std::string> read_message(std::string_view signature);
std::expected<Store, std::string> store_of(const Attester& attester, dns::Time now);
std::string why_not();
std::expected<std::string, std::string> signer_of(CMS_ContentInfo& message, const Attester& attester);
Bio reader_of(std::string_view text);

}  // namespace

std::expected<std::string, std::string> attest(std::string_view content, std::string_view signature,
                                               const Attester& attester, dns::Time now) {
  ERR_clear_error();
  // CMS finds a digest by its name, and the program starts without OpenSSL's table of all names (validator/crypto.cc).
  for (const EVP_MD* digest : {EVP_sha256(), EVP_sha384(), EVP_sha512()}) EVP_add_digest(digest);
  auto message = read_message(signature);
  if (!message) return std::unexpected(message.error());
  auto store = store_of(attester, now);
  if (!store) return std::unexpected(store.error());
  // Behind a filter that does nothing: of a bare memory BIO OpenSSL 3.0 makes a copy, and loses it when the message
  // names digests that it cannot begin.
  Bio reader = reader_of(content);
  const Bio octets(BIO_new(BIO_f_null()));
  if (!reader || !octets) return std::unexpected("out of memory");
  BIO_push(octets.get(), reader.release());  // freed with the chain
  // CMS_BINARY: the very octets of the file, no line ends made canonical. The store's purpose is that of signed mail.
  const bool good = CMS_verify(message->get(), nullptr, store->get(), octets.get(), nullptr, CMS_BINARY) == 1;
  if (!good) return std::unexpected(why_not());
  return signer_of(**message, attester);
}

namespace {

std::expected<Cms, std::string> read_message(std::string_view signature) {
  if (signature.size() > most_octets) return std::unexpected("more than 64 kB is no signature");
  const auto* at = reinterpret_cast<const unsigned char*>(signature.data());
  const auto* const end = at + signature.size();
  Cms message(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(signature.size())));
  ERR_clear_error();
  if (!message || at != end) return std::unexpected("this is no CMS message (RFC 5652) in DER");
  if (OBJ_obj2nid(CMS_get0_type(message.get())) != NID_pkcs7_signed)
    return std::unexpected("this CMS message holds no signature");
  // With octets of its own the message could be good while the file beside it is another.
  if (CMS_is_detached(message.get()) != 1)
    return std::unexpected("the signature is not detached: it has its own content");
  return message;
}

std::expected<Store, std::string> store_of(const Attester& attester, dns::Time now) {
  Store store(X509_STORE_new());
  const Parameters parameters(X509_VERIFY_PARAM_new());
  const Bio file = reader_of(attester.authorities);
  if (!store || !parameters || !file) return std::unexpected("out of memory");
  int found = 0;
  while (const Certificate certificate{PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr)}) {
    if (X509_STORE_add_cert(store.get(), certificate.get()) != 1) return std::unexpected("out of memory");
    ++found;
  }
  const unsigned long last = ERR_peek_last_error();
  const bool whole = ERR_GET_LIB(last) == ERR_LIB_PEM && ERR_GET_REASON(last) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (found == 0) return std::unexpected("the authority's file holds no certificate in PEM");
  if (!whole) return std::unexpected("the authority's file holds a certificate that cannot be read");
  X509_VERIFY_PARAM_set_time(parameters.get(), static_cast<time_t>(now.time_since_epoch().count()));
  X509_VERIFY_PARAM_set_purpose(parameters.get(), X509_PURPOSE_SMIME_SIGN);
  if (X509_STORE_set1_param(store.get(), parameters.get()) != 1) return std::unexpected("out of memory");
  return store;
}

// Of all that OpenSSL has to say, the part that people can do something about.
std::string why_not() {
  std::string why = "the signature does not hold";
  const char* data = nullptr;
  int flags = 0;
  while (const unsigned long error = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
    if (ERR_GET_LIB(error) != ERR_LIB_CMS) continue;
    const int reason = ERR_GET_REASON(error);
    if (reason == CMS_R_CERTIFICATE_VERIFY_ERROR) {
      std::string_view detail = (flags & ERR_TXT_STRING) != 0 && data != nullptr ? data : "";
      constexpr std::string_view lead = "Verify error:";
      if (detail.starts_with(lead)) detail.remove_prefix(lead.size());
      while (detail.starts_with(' ')) detail.remove_prefix(1);
      return fmt::format("the signer's certificate is not accepted: {}", detail);
    }
    if (reason == CMS_R_VERIFICATION_FAILURE || reason == CMS_R_CONTENT_VERIFY_ERROR)
      why = "the signature is not over these octets: the file was changed, or it belongs to another";
    if (reason == CMS_R_SIGNER_CERTIFICATE_NOT_FOUND) return "the signer's certificate is not in it";
    if (reason == CMS_R_NO_SIGNERS) return "nobody has signed it";
  }
  return why;
}

// Requires: CMS_verify has accepted the message.
std::expected<std::string, std::string> signer_of(CMS_ContentInfo& message, const Attester& attester) {
  const std::unique_ptr<STACK_OF(X509), FreeSigners> signers(CMS_get0_signers(&message));
  if (!signers || sk_X509_num(signers.get()) < 1) return std::unexpected("nobody has signed it");
  std::string names;
  for (int i = 0; i < sk_X509_num(signers.get()); ++i) {
    X509* const signer = sk_X509_value(signers.get(), i);
    // The purpose of signed mail is content with non-repudiation alone; anchors.md §4 is not.
    if ((X509_get_key_usage(signer) & KU_DIGITAL_SIGNATURE) == 0)
      return std::unexpected("the signer's certificate is not accepted: it is not for digital signatures");
    // In the name as well as beside it: unbound-anchor looks at the name alone, OpenSSL's own check at one of the two.
    const bool right = attester.mail.empty() || X509_check_email(signer, attester.mail.data(), attester.mail.size(),
                                                                 X509_CHECK_FLAG_ALWAYS_CHECK_SUBJECT) == 1;
    if (!right)
      return std::unexpected(fmt::format("the signer's certificate is not accepted: it is not of {}", attester.mail));
    char name[256] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(signer), NID_commonName, name, sizeof name);
    for (char* at = name; *at != '\0'; ++at)
      if (*at < ' ' || *at > '~') *at = '?';
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  return names;
}

Bio reader_of(std::string_view text) {
  if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return nullptr;
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

}  // namespace
}  // namespace trustanchor
