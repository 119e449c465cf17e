#include "cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/files.h"

namespace cli {
namespace {

constexpr std::string_view wipe = "\r\x1b[K";  // the line is gone before anything else is written
constexpr std::chrono::milliseconds patience{500}, pace{100};

// A zone is known by the question for its keys, which is put to every server of it.
struct Zone {
  dns::Name name;
  std::set<dns::Address> asked, heard;
};

// Its middle is left out if it is too long for `width` columns. Names are ASCII here: an octet is a column.
std::string shortened(std::string text, std::size_t width) {
  if (text.size() <= width) return text;
  if (width < 4) return text.substr(0, width);
  const auto kept = width - 3;
  return text.substr(0, kept / 2) + "..." + text.substr(text.size() - (kept - kept / 2));
}

class Counted : public resolver::Source {
 public:
  Counted(std::unique_ptr<resolver::Source> source, const Progress& progress)
      : source_(std::move(source)), width_(progress.width), next_(resolver::Clock::now() + progress.patience) {}
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  ~Counted() override {
    if (written_) write_stderr(wipe);
  }

  void send(const dns::Ask& ask) override {
    ++asked_;
    if (ask.type == dns::RRType::dnskey) zone_of(ask.name).asked.insert(ask.server);
    source_->send(ask);
  }

  std::vector<dns::Exchange> wait(resolver::Clock::time_point deadline) override {
    show();
    auto heard = source_->wait(std::min(deadline, std::max(next_, resolver::Clock::now())));
    if (heard.empty() && resolver::Clock::now() >= next_ && resolver::Clock::now() < deadline) {
      show();
      heard = source_->wait(deadline);
    }
    for (const auto& exchange : heard) {
      if (exchange.ask.type == dns::RRType::dnskey) zone_of(exchange.ask.name).heard.insert(exchange.ask.server);
    }
    heard_ += heard.size();
    return heard;
  }

 private:
  Zone& zone_of(const dns::Name& name) {
    const auto found = std::ranges::find(zones_, name, &Zone::name);
    return found != zones_.end() ? *found : zones_.emplace_back(Zone{name, {}, {}});
  }

  void show() {
    const auto now = resolver::Clock::now();
    if (now < next_) return;
    next_ = now + pace;
    written_ = true;
    write_stderr(fmt::format("{}{}", wipe, line()));
  }

  // The zone that the run waits for is the highest whose servers have not all been heard.
  std::string line() const {
    const auto width = static_cast<std::size_t>(std::max(width_ - 1, 1));  // the last column would turn the line
    if (zones_.empty()) return shortened(fmt::format("{} questions, {} answers", asked_, heard_), width);
    auto zone = std::ranges::find_if(zones_, [](const Zone& one) { return one.heard.size() < one.asked.size(); });
    if (zone == zones_.end()) zone = std::prev(zone);
    const auto counts = fmt::format(" {}/{} servers", zone->heard.size(), zone->asked.size());
    const auto name = shortened(zone->name.print(), width > counts.size() ? width - counts.size() : 1);
    const auto more = fmt::format(", {} questions", asked_);
    const auto text = shortened(name + counts, width);
    return text.size() + more.size() <= width ? text + more : text;
  }

  std::unique_ptr<resolver::Source> source_;
  int width_;
  resolver::Clock::time_point next_;
  std::vector<Zone> zones_;  // in the order of the walk
  std::size_t asked_ = 0, heard_ = 0;
  bool written_ = false;
};

}  // namespace

std::optional<Progress> progress_for(Choice wish, const Environment& environment) {
  if (wish == Choice::always) return Progress{{}, environment.err_width};
  const bool seen = environment.err == Environment::Stream::terminal && environment.term != "dumb";
  if (wish == Choice::never || !seen) return std::nullopt;
  return Progress{patience, environment.err_width};
}

std::unique_ptr<resolver::Source> with_progress(std::unique_ptr<resolver::Source> source, const Progress& progress) {
  return std::make_unique<Counted>(std::move(source), progress);
}

}  // namespace cli
