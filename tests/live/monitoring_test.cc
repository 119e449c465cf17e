// A real Nagios with the command that we ship watches a zone on loopback through OK, WARNING, CRITICAL and OK again, as
// the zone is served with fresh signatures, with ones that end soon, with expired ones, and signed anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <thread>

#include "tests/lab/require.h"
#include "tests/lab/server.h"

namespace lab {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::HasSubstr;

const std::vector<std::string> needed{"nsd", "ldns-keygen", "ldns-signzone", "ldns-key2ds", "nagios4"};

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

// One set of keys, three signings of the zone.
HandMade signed_three_ways(const fs::path& folder, const std::string& file) {
  Signing signing;
  const auto keys = make_keys(signing, "watched.test.", folder);
  const std::vector<std::string> both{keys.ksk, keys.zsk};
  const auto write = [&](const char* name, std::chrono::seconds begins, std::chrono::seconds ends) {
    signing.begins = begins;
    signing.ends = ends;
    sign(signing, "watched.test.", file, both, folder).write(folder / name);
  };
  write("fresh", -1h, 20 * 24h);
  write("late", -18 * 24h, 48h);
  write("expired", -20 * 24h, -1h);
  return {folder / "fresh", ds_of(signing, keys.ksk, {2}, folder)};
}

// Nagios with our shipped file and one service; a check every second.
class Nagios {
 public:
  Nagios(const World& world, const fs::path& folder) : folder_(folder) {
    fs::create_directories(folder / "spool");
    fs::create_symlink(TRUSTWALK_BINARY, folder / "check_trustwalk");
    const auto shipped = text_of(TRUSTWALK_SOURCE_DIR "/docs/monitoring/nagios/trustwalk.cfg");
    write("trustwalk.cfg", replaced(shipped, "/usr/bin/check_trustwalk", (folder / "check_trustwalk").string()));
    write("nagios.cfg", replaced(main_file, "@", folder.string()));
    write("objects.cfg", replaced(replaced(objects, "@options",
                                           "-p " + std::to_string(world.port) + " --hints " + world.hints.string() +
                                               " -k " + world.anchors.string()),
                                  "@", folder.string()));
    must({"nagios4", "-v", (folder / "nagios.cfg").string()});
    daemon_.emplace(Command{find_program("nagios4"), (folder / "nagios.cfg").string()}, folder);
  }

  // What Nagios shows of the service once it is in `state` and says `words`, or what it showed last.
  std::string shown(int state, std::string_view words) {
    const auto end = std::chrono::steady_clock::now() + 30s;
    const auto wanted = "\tcurrent_state=" + std::to_string(state) + "\n";
    std::string service;
    while (std::chrono::steady_clock::now() < end && daemon_->alive()) {
      const auto status = text_of(folder_ / "status.dat");
      const auto at = status.find("servicestatus {");
      service = at == std::string::npos ? status : status.substr(at, status.find("\n\t}", at) - at);
      if (service.contains(wanted) && service.contains(words)) return service;
      std::this_thread::sleep_for(50ms);
    }
    return "not reached, last: " + service + daemon_->log();
  }

 private:
  void write(const char* name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

  static constexpr const char* main_file =
      "cfg_file=@/trustwalk.cfg\ncfg_file=@/objects.cfg\nlog_file=@/nagios.log\nobject_cache_file=@/objects.cache\n"
      "status_file=@/status.dat\nstatus_update_interval=1\nnagios_user=root\nnagios_group=root\n"
      "check_external_commands=0\ncommand_file=@/command\nlock_file=@/pid\ntemp_file=@/temporary\ntemp_path=@\n"
      "check_result_path=@/spool\nstate_retention_file=@/retention\nretain_state_information=0\nquery_socket=@/socket\n"
      "interval_length=1\nservice_check_timeout=30\nexecute_host_checks=0\nenable_notifications=0\n"
      "check_for_updates=0\n";
  static constexpr const char* objects =
      "define timeperiod {\n timeperiod_name 24x7\n alias always\n sunday 00:00-24:00\n monday 00:00-24:00\n"
      " tuesday 00:00-24:00\n wednesday 00:00-24:00\n thursday 00:00-24:00\n friday 00:00-24:00\n"
      " saturday 00:00-24:00\n}\n"
      "define command {\n command_name nothing\n command_line /bin/true\n}\n"
      "define contact {\n contact_name nobody\n host_notification_period 24x7\n service_notification_period 24x7\n"
      " host_notification_commands nothing\n service_notification_commands nothing\n}\n"
      "define host {\n host_name dns\n address 127.0.0.1\n max_check_attempts 1\n check_period 24x7\n contacts nobody\n"
      " active_checks_enabled 0\n}\n"
      "define service {\n use dnssec\n host_name dns\n service_description DNSSEC watched.test\n"
      " check_command check_dnssec!www.watched.test!3d:!1d:!@options\n check_interval 1\n retry_interval 1\n"
      " max_check_attempts 1\n contacts nobody\n}\n";

  fs::path folder_;
  std::optional<Daemon> daemon_;
};

TEST(Monitoring, NagiosSeesTheZoneAgeBreakAndRecover) {
  const auto lacking = missing(needed);
  if (!lacking.empty() && everything_is_required()) FAIL() << lacking;
  if (!lacking.empty()) GTEST_SKIP() << lacking;
  const Folder folder("nagios");
  Network network{8};
  ZoneRecipe zone{.name = "watched.test.", .body = "www A 192.0.2.1\n", .by_hand = signed_three_ways};
  fs::create_directories(folder.path() / "world");
  fs::create_directories(folder.path() / "nagios");
  const auto world = build({{.name = "."}, {.name = "test."}, zone}, network, folder.path() / "world");
  std::optional<Servers> servers(std::in_place, world, ServerKind::nsd);
  const auto serve = [&](const char* signing) {
    servers.reset();
    fs::copy_file(world.folder / signing, world.zones.back().file, fs::copy_options::overwrite_existing);
    servers.emplace(world, ServerKind::nsd);
  };
  Nagios nagios(world, folder.path() / "nagios");
  ASSERT_THAT(nagios.shown(0, "OK - www.watched.test secure"), HasSubstr("secure on 1 of 1 servers, holds 19d"));
  serve("late");
  ASSERT_THAT(nagios.shown(1, "breaks in"), HasSubstr("DNSSEC WARNING - www.watched.test breaks in 1d 23h"));
  serve("expired");
  ASSERT_THAT(nagios.shown(2, " bogus: "), HasSubstr("fault in watched.test"));
  serve("fresh");
  const auto healed = nagios.shown(0, "OK - www.watched.test secure");
  EXPECT_THAT(healed, HasSubstr("performance_data='expiry'="));
  EXPECT_THAT(healed, HasSubstr(";259200:;86400:;; "));
}

}  // namespace
}  // namespace lab
