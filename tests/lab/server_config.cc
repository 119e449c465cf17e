#include "tests/lab/server_config.h"

#include <fmt/format.h>

namespace lab {

using std::filesystem::path;

std::string bare(const std::string& zone) { return zone == "." ? zone : zone.substr(0, zone.size() - 1); }

std::string nsd_server(const Endpoint& at, const path& folder) {
  return fmt::format(R"(server:
  ip-address: {0}
  port: {1}
  server-count: 1
  username: ""
  database: ""
  zonesdir: "{2}"
  pidfile: "{2}/nsd.pid"
  xfrdfile: "{2}/xfrd.state"
  zonelistfile: "{2}/zone.list"
  xfrdir: "{2}"
  rrl-ratelimit: 0
)",
                     at.address, at.port, folder.string());
}

std::string bind_options(const Endpoint& at, const path& folder) {
  return fmt::format(R"(  directory "{2}";
  pid-file none;
  session-keyfile none;
  lock-file none;
  managed-keys-directory "{2}";
  listen-on port {1} {{ {0}; }};
  listen-on-v6 {{ none; }};
  notify no;
  empty-zones-enable no;
)",
                     at.address, at.port, folder.string());
}

std::string knot_server(const Endpoint& at, const path& folder) {
  return fmt::format(R"(server:
  rundir: "{2}"
  listen: {0}@{1}
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
control:
  listen: "{2}/knot.sock"
log:
  - target: stderr
    any: info
database:
  storage: "{2}"
)",
                     at.address, at.port, folder.string());
}

std::string powerdns_server(const Endpoint& at, const path& folder) {
  return fmt::format(R"(launch=bind
bind-config={2}/zones.conf
bind-dnssec-db={2}/dnssec.db
local-address={0}
local-port={1}
socket-dir={2}
daemon=no
guardian=no
receiver-threads=1
distributor-threads=1
security-poll-suffix=
)",
                     at.address, at.port, folder.string());
}

}  // namespace lab
