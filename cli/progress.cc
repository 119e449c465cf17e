#include "cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace cli {
namespace {

// A zone is known by the question for its keys, which is put to every server of it.
struct Zone {
  dns::Name name;
  std::set<dns::Address> asked, heard;
};

class Counted : public resolver::Source {
 public:
  Counted(std::unique_ptr<resolver::Source> source, ProgressLine line)
      : source_(std::move(source)), line_(std::move(line)) {}

  void send(const dns::Ask& ask) override {
    ++asked_;
    if (ask.type == dns::RRType::dnskey) zone_of(ask.name).asked.insert(ask.server);
    source_->send(ask);
  }

  std::vector<dns::Exchange> wait(resolver::Clock::time_point deadline) override {
    show();
    auto heard = source_->wait(std::min(deadline, std::max(line_.next(), resolver::Clock::now())));
    if (heard.empty() && line_.is_due() && resolver::Clock::now() < deadline) {
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
    if (line_.is_due()) line_.write(text());
  }

  // The zone that the run waits for is the highest whose servers have not all been heard.
  std::string text() const {
    const auto width = line_.width();
    if (zones_.empty()) return fmt::format("{} questions, {} answers", asked_, heard_);
    auto zone = std::ranges::find_if(zones_, [](const Zone& one) { return one.heard.size() < one.asked.size(); });
    if (zone == zones_.end()) zone = std::prev(zone);
    const auto counts = fmt::format(" {}/{} servers", zone->heard.size(), zone->asked.size());
    const auto name = shortened(zone->name.print(), width > counts.size() ? width - counts.size() : 1);
    const auto more = fmt::format(", {} questions", asked_);
    return name.size() + counts.size() + more.size() <= width ? name + counts + more : name + counts;
  }

  std::unique_ptr<resolver::Source> source_;
  ProgressLine line_;
  std::vector<Zone> zones_;  // in the order of the walk
  std::size_t asked_ = 0, heard_ = 0;
};

}  // namespace

std::unique_ptr<resolver::Source> with_progress(std::unique_ptr<resolver::Source> source, ProgressLine line) {
  return std::make_unique<Counted>(std::move(source), std::move(line));
}

}  // namespace cli
