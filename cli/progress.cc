#include "cli/progress.h"

#include <fmt/format.h>

#include "cli/files.h"

namespace cli {
namespace {

constexpr std::string_view wipe = "\r\x1b[K";  // the line is gone before anything else is written

class Counted : public resolver::Source {
 public:
  explicit Counted(std::unique_ptr<resolver::Source> source) : source_(std::move(source)) {}
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  ~Counted() override {
    if (asked_ > 0) write_stderr(wipe);
  }

  void send(const dns::Ask& ask) override {
    ++asked_;
    source_->send(ask);
  }

  std::vector<dns::Exchange> wait(resolver::Clock::time_point deadline) override {
    write_stderr(fmt::format("{}{} questions, {} answers", wipe, asked_, heard_));
    auto heard = source_->wait(deadline);
    heard_ += heard.size();
    return heard;
  }

 private:
  std::unique_ptr<resolver::Source> source_;
  std::size_t asked_ = 0, heard_ = 0;
};

}  // namespace

std::unique_ptr<resolver::Source> with_progress(std::unique_ptr<resolver::Source> source) {
  return std::make_unique<Counted>(std::move(source));
}

}  // namespace cli
