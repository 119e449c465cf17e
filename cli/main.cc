// trustwalk and check_trustwalk: words to options, options to a run, its status to the shell.
#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "cli/config.h"
#include "cli/files.h"
#include "cli/run.h"
#include "cli/status.h"
#include "report/nagios.h"

namespace {

// A failure of ours. The plugin's callers read stdout and know four statuses (cli.md §5).
int fail(const std::string& text, int status, const std::vector<std::string>& arguments) {
  if (!cli::is_probe(arguments)) {
    cli::write_stderr("trustwalk: " + text + "\n");
    return status;
  }
  return cli::write_stdout("DNSSEC UNKNOWN - " + text + "\n") ? static_cast<int>(report::State::unknown)
                                                              : cli::status::own_failure;
}

int run(const std::vector<std::string>& arguments) {
  const auto parsed = cli::parse(arguments, cli::surroundings());
  if (const auto* wish = std::get_if<cli::Wish>(&parsed)) {
    const auto written = cli::write_stdout(wish->text);
    if (!written) return fail(written.error(), cli::status::own_failure, arguments);
    return cli::is_probe(arguments) ? 3 : cli::status::good;
  }
  if (const auto* misuse = std::get_if<cli::Misuse>(&parsed)) return fail(misuse->text, cli::status::misuse, arguments);
  if (const auto* file = std::get_if<cli::Unreadable>(&parsed))
    return fail(file->text, cli::status::own_failure, arguments);
  const auto status = cli::run(std::get<cli::Options>(parsed), cli::look_around());
  return status ? *status : fail(status.error(), cli::status::own_failure, arguments);
}

}  // namespace

int main(int count, char** words) {
  cli::claim_standard_streams();
  signal(SIGPIPE, SIG_IGN);  // of a TCP peer that hangs up; for stdout see write_stdout
  const std::vector<std::string> arguments(words, words + count);
  try {
    return run(arguments.empty() ? std::vector<std::string>{"trustwalk"} : arguments);
  } catch (const std::bad_alloc&) {
    return fail("out of memory", cli::status::own_failure, arguments);
  } catch (const std::exception& fault) {
    return fail(std::string("internal error: ") + fault.what(), cli::status::own_failure, arguments);
  }
}
