// Speaker: a server of one TCP connection at a time on loopback that says whatever a test has written for it.
// It knows no DNS.
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "dns/address.h"
#include "dns/bytes.h"

namespace tests {

// The server's end of a connection.
class Line {
 public:
  explicit Line(int descriptor) : descriptor_(descriptor) {}
  dns::Bytes hear() const;                      // one message; empty: they hung up
  bool say(dns::View message) const;            // with its two octets of length; false: they hung up
  bool say_octets(dns::View octets) const;      // as they are
  bool is_alone_after(int milliseconds) const;  // whether they hung up meanwhile
  void reset() const;                           // the connection ends with RST

 private:
  int descriptor_;
};

class Speaker {
 public:
  explicit Speaker(std::function<void(const Line&)> script, const std::string& address = "127.0.0.1");
  ~Speaker();
  Speaker(const Speaker&) = delete;
  Speaker& operator=(const Speaker&) = delete;
  dns::Address address() const { return address_; }

 private:
  void run();

  std::function<void(const Line&)> script_;
  dns::Address address_;
  int listening_ = -1, wake_ = -1;
  std::thread thread_;
};

}  // namespace tests
