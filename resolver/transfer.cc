#include "resolver/transfer.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "resolver/network_socket.h"

namespace resolver {
namespace {

using Kind = TransferFault::Kind;

class Transfer {
 public:
  Transfer(const TransferPlan& plan, const TransferReader::Sink& sink,
           const std::function<void(const Transferred&)>& progress)
      : plan_(plan), sink_(sink), progress_(progress) {}
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer() {
    if (socket_ >= 0) ::close(socket_);
  }

  std::expected<Transferred, TransferFault> run() {
    if (auto called = call(); !called) return std::unexpected(called.error());
    if (auto asked = ask(); !asked) return std::unexpected(asked.error());
    span_end_ = Clock::now() + plan_.pace_span;
    for (;;) {
      const auto piece = receive();
      if (!piece) return std::unexpected(piece.error());
      if (*piece == TransferReader::State::done) return counts();
    }
  }

 private:
  using Step = std::expected<void, TransferFault>;

  std::unexpected<TransferFault> fault(Kind kind, std::string_view why) const {
    return std::unexpected(TransferFault{
        kind, fmt::format("AXFR {} from {}: {}", plan_.zone.print(), dns::print_with_port(plan_.server), why)});
  }
  // Where in the stream it was, as FILE:LINE says it of a file.
  std::unexpected<TransferFault> fault_here(std::string_view why) const {
    return fault(Kind::server,
                 fmt::format("{} (octet {}, {} records)", why, octets_, reader_ ? reader_->records() : 0));
  }

  Transferred counts() const { return {reader_ ? reader_->records() : 0, reader_ ? reader_->messages() : 0, octets_}; }

  Step wait_for(short events) const {
    const auto end = std::min(plan_.deadline, Clock::now() + plan_.silence);
    for (;;) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
      if (left <= 0) break;
      pollfd waiting{socket_, events, 0};
      const int ready = ::poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
      if (ready > 0) return {};
      if (ready < 0 && errno != EINTR) return fault(Kind::here, std::strerror(errno));
    }
    if (Clock::now() >= plan_.deadline) return late();
    return fault_here(fmt::format("nothing came for {} ms", plan_.silence.count()));
  }

  std::unexpected<TransferFault> late() const {
    return fault(Kind::late, fmt::format("not at its end by the deadline (octet {}, {} records)", octets_,
                                         reader_ ? reader_->records() : 0));
  }

  Step call() {
    const SocketAddress to = socket_address(plan_.server);
    socket_ = open_socket(to.storage.ss_family, SOCK_STREAM, plan_.bind);
    if (socket_ < 0) return fault(Kind::here, std::strerror(errno));
    if (::connect(socket_, to.get(), to.size) == 0) return {};
    if (errno != EINPROGRESS) return fault(Kind::unreachable, std::strerror(errno));
    if (const auto waited = wait_for(POLLOUT); !waited) {
      if (waited.error().kind == Kind::server) return fault(Kind::unreachable, "no connection in time");
      return waited;
    }
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
    if (error != 0) return fault(Kind::unreachable, std::strerror(error));
    return {};
  }

  Step ask() {
    Ids ids;
    if (ids.fill() == Ids::State::no_randomness) return fault(Kind::here, "no random numbers");
    const std::uint16_t id = ids.next();
    dns::Query query;
    query.id = id;
    query.question = {plan_.zone, dns::RRType::axfr, dns::RRClass::in};
    dns::Bytes octets = dns::encode(query);
    std::optional<Tsig> tsig;
    if (plan_.key) {
      tsig.emplace(*plan_.key);
      octets = tsig->sign(std::move(octets), now());
    }
    reader_.emplace(plan_.zone, id, std::move(tsig));
    dns::Writer frame;
    frame.u16(static_cast<std::uint16_t>(octets.size()));
    frame.put(octets);
    return send(frame.view());
  }

  Step send(dns::View left) const {
    while (!left.empty()) {
      const auto sent = ::send(socket_, left.data(), left.size(), MSG_NOSIGNAL);
      if (sent >= 0) {
        left = left.subspan(static_cast<std::size_t>(sent));
      } else if (errno == EAGAIN) {
        if (const auto waited = wait_for(POLLOUT); !waited) return waited;
      } else if (errno != EINTR) {
        return fault(Kind::server, std::strerror(errno));
      }
    }
    return {};
  }

  // One piece of the stream, and the messages that it completes.
  std::expected<TransferReader::State, TransferFault> receive() {
    if (const auto waited = wait_for(POLLIN); !waited) return std::unexpected(waited.error());
    const auto got = ::recv(socket_, room_.data(), room_.size(), 0);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return TransferReader::State::more;
    if (got < 0) return fault_here(std::strerror(errno));
    if (got == 0) return fault_here("the server hung up before the end");
    octets_ += static_cast<std::uint64_t>(got);
    if (octets_ > plan_.octets_most) return fault_here(fmt::format("more than {} octets", plan_.octets_most));
    frames_.add(dns::View(room_).first(static_cast<std::size_t>(got)));
    while (const auto message = frames_.next()) {
      const auto state = reader_->take(*message, now(), sink_);
      if (!state) return fault_here(state.error());
      if (*state == TransferReader::State::done) return state.value();
    }
    if (progress_) progress_(counts());
    if (const auto paced = keep_pace(); !paced) return std::unexpected(paced.error());
    return TransferReader::State::more;
  }

  Step keep_pace() {
    const auto at = Clock::now();
    if (at >= plan_.deadline) return late();
    if (at < span_end_) return {};
    if (octets_ - span_octets_ < plan_.pace_octets)
      return fault_here(fmt::format("too slow: {} octets in {} ms", octets_ - span_octets_, plan_.pace_span.count()));
    span_octets_ = octets_;
    span_end_ = at + plan_.pace_span;
    return {};
  }

  // The machine's own clock: the server's TSIG is of now, whatever instant the zone is judged at.
  static dns::Time now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

  const TransferPlan& plan_;
  const TransferReader::Sink& sink_;
  const std::function<void(const Transferred&)>& progress_;
  int socket_ = -1;
  std::optional<TransferReader> reader_;
  Frames frames_;
  dns::Bytes room_ = dns::Bytes(std::size_t{64} << 10);
  std::uint64_t octets_ = 0, span_octets_ = 0;
  Clock::time_point span_end_;
};

}  // namespace

std::expected<Transferred, TransferFault> transfer(const TransferPlan& plan, const TransferReader::Sink& sink,
                                                   const std::function<void(const Transferred&)>& progress) {
  return Transfer(plan, sink, progress).run();
}

}  // namespace resolver
