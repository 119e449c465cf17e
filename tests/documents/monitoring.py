#!/usr/bin/env python3
"""Do the programs that they are for accept the files of docs/monitoring?

usage: monitoring.py TRUSTWALK

promtool (rules, and their tests), nagios4 -v, icinga2 daemon -C, systemd-analyze verify, shellcheck. Zabbix is not in Debian's
main suite as a checker: its template is read as YAML, and every JSONPath of it has to be a column of our NDJSON.
77 where a program is missing.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import uuid

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHIPPED = os.path.join(TOP, "docs", "monitoring")
os.environ["PATH"] += ":/usr/sbin:/sbin"
NEEDED = ("promtool", "nagios4", "icinga2", "systemd-analyze")

missing = [program for program in NEEDED if shutil.which(program) is None]
try:
    import yaml
except ImportError:
    missing.append("python3-yaml")
if missing:
    print("skipped: not installed:", *missing)
    sys.exit(77)

faults = []


def passes(command, **options):
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, **options)
    if run.returncode != 0:
        faults.append(f"{' '.join(command)}\n{run.stdout}{run.stderr}")
    return run


def text_of(path):
    with open(path) as file:
        return file.read()


def write(path, text):
    with open(path, "w") as file:
        file.write(text)
    return path


def prometheus():
    folder = os.path.join(SHIPPED, "prometheus")
    passes(["promtool", "check", "rules", "trustwalk.rules.yml"], cwd=folder)
    passes(["promtool", "test", "rules", "trustwalk.rules-test.yml"], cwd=folder)


NAGIOS = """
define timeperiod {
  timeperiod_name 24x7
  alias always
}
define contact {
  contact_name nobody
  host_notification_period 24x7
  service_notification_period 24x7
  host_notification_commands check_dnssec
  service_notification_commands check_dnssec
}
define host {
  host_name dns
  address 127.0.0.1
  max_check_attempts 1
  contacts nobody
}
define service {
  use dnssec
  host_name dns
  service_description DNSSEC example.org
  check_command check_dnssec!example.org!3d:!1d:
  contacts nobody
}
define service {
  use dnssec
  host_name dns
  service_description DNSSEC example.org through a resolver
  check_command check_dnssec_resolver!example.org!192.0.2.53!3d:!1d:
  contacts nobody
}
"""


def nagios(folder):
    objects = write(os.path.join(folder, "objects.cfg"), NAGIOS)
    main = write(os.path.join(folder, "nagios.cfg"), f"cfg_file={SHIPPED}/nagios/trustwalk.cfg\ncfg_file={objects}\n"
                 f"log_file={folder}/log\ncheck_result_path={folder}\ntemp_path={folder}\nnagios_user=root\nnagios_group=root\n"
                 f"lock_file={folder}/pid\ntemp_file={folder}/temp\nobject_cache_file={folder}/cache\n"
                 f"status_file={folder}/status\ncommand_file={folder}/command\nstate_retention_file={folder}/retention\n")
    passes(["nagios4", "-v", main])


ICINGA = """
include "%s/icinga2/trustwalk.conf"
object Host "dns" {
  check_command = "trustwalk"
  vars.trustwalk_name = "example.org"
  vars.dnssec_names = [ "example.org", "example.net" ]
}
apply Service "dnssec " for (name in host.vars.dnssec_names) {
  import "dnssec"
  vars.trustwalk_name = name
}
"""


def icinga(folder, trustwalk):
    main = write(os.path.join(folder, "icinga2.conf"), ICINGA % SHIPPED)
    defines = [word for name in ("DataDir", "LogDir", "CacheDir", "InitRunDir") for word in ("-D", f"{name}={folder}")]
    run = passes(["icinga2", "daemon", "-C", "-c", main, "-D", "RunAsUser=root", "-D", "RunAsGroup=root", *defines])
    if "Instantiated 2 Services" not in run.stdout + run.stderr:
        faults.append("icinga2 makes not the two services of the comment's example\n" + run.stdout)
    # Every option that the command gives is one of the plugin.
    known = subprocess.run([trustwalk, "probe", "--help"], capture_output=True, text=True).stdout
    for option in re.findall(r'^    "(--?[a-z0-9A-Z-]+)"', text_of(os.path.join(SHIPPED, "icinga2", "trustwalk.conf")), re.M):
        if not re.search(rf"(^|[ ,]){re.escape(option)}\b", known, re.M) and not option.endswith("-critical"):
            faults.append(f"icinga2: the plugin has no option {option}")


def systemd(folder, trustwalk):
    for name in os.listdir(os.path.join(SHIPPED, "systemd")):
        unit = text_of(os.path.join(SHIPPED, "systemd", name)).replace("/usr/bin/trustwalk", trustwalk)
        write(os.path.join(folder, name), re.sub(r"^Documentation=man:.*\n", "", unit, flags=re.M))  # not installed here
    run = passes(["systemd-analyze", "verify", "--man=no", os.path.join(folder, "trustwalk-metrics.timer"),
                  os.path.join(folder, "trustwalk-metrics.service")])
    about_us = [line for line in run.stderr.splitlines() if "trustwalk" in line]
    faults.extend(about_us)


def zabbix():
    document = yaml.safe_load(text_of(os.path.join(SHIPPED, "zabbix", "trustwalk.yaml")))["zabbix_export"]
    columns = json.loads(text_of(os.path.join(TOP, "docs", "schema", "line-1.schema.json")))["required"]
    template = document["templates"][0]
    items = {item["key"]: item for item in template["items"]}
    master = next(key for key in items if key.startswith("trustwalk.check["))
    for key, item in items.items():
        identifier = uuid.UUID(item["uuid"])
        if identifier.version != 4:
            faults.append(f"zabbix: {key}: the uuid is of version {identifier.version}")
        for trigger in item.get("triggers", []):
            for used in re.findall(r"/DNSSEC by trustwalk/(trustwalk\.[a-z_]+)[),]", trigger["expression"]):
                if used not in items:
                    faults.append(f"zabbix: a trigger of {key} reads {used}")
        if key == master:
            continue
        if item["master_item"]["key"] != master:
            faults.append(f"zabbix: {key}: its master is another")
        path = item["preprocessing"][0]["parameters"][0]
        if not path.startswith("$.") or path[2:] not in columns:
            faults.append(f"zabbix: {key}: {path} is no column of our NDJSON")
    parameter = text_of(os.path.join(SHIPPED, "zabbix", "trustwalk.conf"))
    if "UserParameter=trustwalk.check[*],/usr/bin/trustwalk " not in parameter:
        faults.append("zabbix: no UserParameter for the master item")


# The local check prints a line for each name, whatever the world is like: here there is nobody to ask.
def checkmk(folder, trustwalk):
    os.symlink(trustwalk, os.path.join(folder, "check_trustwalk"))
    hints = write(os.path.join(folder, "hints"), ". 60 NS a.\na. 60 A 127.0.0.1\n")
    names = write(os.path.join(folder, "names"), f"# ours\na.example -p 1 --hints {hints} -t 1\n\nb.example --nonsense\n")
    environment = {**os.environ, "PATH": folder + ":" + os.environ["PATH"], "TRUSTWALK_NAMES": names}
    lines = passes([os.path.join(SHIPPED, "checkmk", "trustwalk")], env=environment).stdout.splitlines()
    if not lines or not re.fullmatch(r'[0-3] "DNSSEC a\.example" \S+ .+', lines[0]):
        faults.append(f"checkmk: {lines}")


def main(trustwalk):
    trustwalk = os.path.abspath(trustwalk)
    prometheus()
    zabbix()
    with tempfile.TemporaryDirectory() as folder:
        nagios(folder)
        icinga(folder, trustwalk)
        systemd(folder, trustwalk)
        checkmk(folder, trustwalk)
    print("\n".join(faults) or "all accepted")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
