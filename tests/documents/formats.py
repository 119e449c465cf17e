#!/usr/bin/env python3
"""Does every output of every fixture keep the contract of its format, as others read it?

usage: formats.py TRUSTWALK

JSON, NDJSON, and what `anchors` and `ds` say: python3-jsonschema with `explain --schema`; docs/schema/ holds the same schemas.
Prometheus and OpenMetrics: the parsers of python3-prometheus-client, and promtool. SARIF: the object model of
python3-sarif-python-om, which is made from the published schema. JUnit: ElementTree, and its own sums.
77 where one of these is missing.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FORMATS = "json,ndjson,prom,openmetrics,junit,sarif"
KNOWN = {"secure": 0, "insecure": 10, "bogus": 11, "indeterminate": 12}

try:
    import jsonschema
    import sarif_om
    from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_families
    from prometheus_client.parser import text_string_to_metric_families as families
    PROMTOOL = subprocess.run(["promtool", "--version"], capture_output=True).returncode == 0
except (ImportError, FileNotFoundError) as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

faults = []


def expect(is_so, what):
    if not is_so:
        faults.append(what)


def main(trustwalk):
    schemas = {word: schema(trustwalk, word) for word in ("verdict", "line", "zone", "anchors", "ds")}
    broken_documents_are_refused(schemas)
    evidence = sorted(glob.glob(os.path.join(TOP, "fixtures", "*", "evidence*.json")))
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(evidence):
            check(trustwalk, path, folder, schemas, with_promtool=number % 20 == 0)
        several(trustwalk, evidence[:3], folder, schemas)
    of_anchors_and_keys(trustwalk, schemas)
    of_whole_zones(trustwalk, schemas)
    for fault in faults[:50]:
        print(fault)
    print(f"{len(evidence)} recordings, {len(faults)} faults")
    return 1 if faults else 0


def schema(trustwalk, word):
    text = subprocess.run([trustwalk, "explain", "--schema", word], capture_output=True, check=True, text=True).stdout
    with open(os.path.join(TOP, "docs", "schema", f"{word}-1.schema.json")) as kept:
        expect(kept.read() == text, f"docs/schema/{word}-1.schema.json is outdated: trustwalk explain --schema {word} "
                                    f"-o docs/schema/{word}-1.schema.json")
    document = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(document)
    return jsonschema.Draft202012Validator(document)


def broken_documents_are_refused(schemas):
    for word, validator in schemas.items():
        expect(not validator.is_valid({"schema_version": "1.0"}), f"{word}: an empty document passes")


def keeps(validator, document, where):
    for error in validator.iter_errors(document):
        faults.append(f"{where}: {error.message[:300]}")


def check(trustwalk, path, folder, schemas, with_promtool):
    where = os.path.relpath(path, TOP)
    run = subprocess.run([trustwalk, "replay", path, "--format", FORMATS, "-o", os.path.join(folder, "x.%f")],
                         capture_output=True, text=True)
    expect(run.returncode in KNOWN.values(), f"{where}: status {run.returncode} {run.stderr}")
    text = {form: open(os.path.join(folder, "x." + form)).read() for form in FORMATS.split(",")}
    verdict = json.loads(text["json"])
    keeps(schemas["verdict"], verdict, where + " json")
    line = json.loads(text["ndjson"])
    keeps(schemas["line"], line, where + " ndjson")
    expect(line["verdict"] == verdict["verdict"] and KNOWN[line["verdict"]] == run.returncode, where + ": verdicts differ")
    metrics(families(text["prom"]), verdict, where + " prom")
    metrics(open_families(text["openmetrics"]), verdict, where + " openmetrics")
    junit(text["junit"], [verdict], where + " junit")
    sarif(json.loads(text["sarif"]), [verdict], where + " sarif")
    if with_promtool:
        lint = subprocess.run(["promtool", "check", "metrics"], input=text["prom"], capture_output=True, text=True)
        expect(lint.returncode == 0 and lint.stdout + lint.stderr == "", f"{where}: promtool: {lint.stdout}{lint.stderr}")


def metrics(parsed, verdict, where):
    samples = [sample for family in parsed for sample in family.samples]
    status = {s.labels["dnssec_chain_status"]: s.value for s in samples if s.name == "dnssec_chain_status"}
    expect(status == {word: float(word == verdict["verdict"]) for word in KNOWN}, f"{where}: status {status}")
    breaks = [s.value for s in samples if s.name == "dnssec_chain_break_timestamp_seconds"]
    expect(len(breaks) == 1 and (breaks[0] == float("inf")) == (verdict["forecast"]["breaks_at"] is None), where + ": break")
    cause = [s.labels["slug"] for s in samples if s.name == "dnssec_fault_info"]
    expect(cause == [verdict["findings"][i]["slug"] for i in verdict["causes"][:1]], f"{where}: fault {cause}")
    leading = [f["severity"] for f in verdict["findings"] if f["consequence_of"] is None]
    counts = {s.labels["severity"]: s.value for s in samples if s.name == "dnssec_findings"}
    expect(counts == {word: float(leading.count(word)) for word in ("error", "warning", "notice")}, where + ": findings")


def junit(text, verdicts, where):
    suites = ET.fromstring(text)
    cases = suites.findall("./testsuite/testcase")
    expect(suites.tag == "testsuites" and len(cases) == len(verdicts) == int(suites.get("tests")), where + ": cases")
    for word, tag, total in (("bogus", "failure", "failures"), ("indeterminate", "error", "errors"),
                             ("insecure", "skipped", "skipped")):
        wanted = sum(v["verdict"] == word for v in verdicts)
        expect(len(suites.findall(f"./testsuite/testcase/{tag}")) == wanted == int(suites.get(total)), f"{where}: {tag}")


# Each class of the object model knows the members of its object in the schema, and which must be there.
def sarif(log, verdicts, where):
    fits(log, sarif_om.SarifLog, where)
    for run in log["runs"]:
        fits(run, sarif_om.Run, where)
        rules = run["tool"]["driver"]["rules"]
        fits(run["tool"]["driver"], sarif_om.ToolComponent, where)
        for rule in rules:
            fits(rule, sarif_om.ReportingDescriptor, where)
        for result in run["results"]:
            fits(result, sarif_om.Result, where)
            fits(result["message"], sarif_om.Message, where)
            expect(rules[result["ruleIndex"]]["id"] == result["ruleId"], where + ": the rule is another")
            expect(result["level"] in ("error", "warning", "note"), where + ": level")
            for place in result["locations"]:
                fits(place, sarif_om.Location, where)
                fits(place["physicalLocation"], sarif_om.PhysicalLocation, where)
                for logical in place["logicalLocations"]:
                    fits(logical, sarif_om.LogicalLocation, where)
    wanted = sum(f["consequence_of"] is None for v in verdicts for f in v["findings"])
    expect(sum(len(run["results"]) for run in log["runs"]) == wanted, where + ": results")


def fits(thing, model, where):
    fields = model.__attrs_attrs__
    known = {f.metadata["schema_property_name"] for f in fields}
    needed = {f.metadata["schema_property_name"] for f in fields if f.default is not None and "NOTHING" in repr(f.default)}
    expect(set(thing) <= known, f"{where}: {model.__name__} has no {set(thing) - known}")
    expect(needed <= set(thing), f"{where}: {model.__name__} lacks {needed - set(thing)}")


def several(trustwalk, paths, folder, schemas):
    run = subprocess.run([trustwalk, "replay", *paths, "--format", FORMATS, "-o", os.path.join(folder, "all.%f")],
                         capture_output=True, text=True)
    expect(run.returncode in KNOWN.values(), f"several: status {run.returncode} {run.stderr}")
    text = {form: open(os.path.join(folder, "all." + form)).read() for form in FORMATS.split(",")}
    verdicts = json.loads(text["json"])
    expect(isinstance(verdicts, list) and len(verdicts) == len(paths), "several: not an array")
    keeps(schemas["verdict"], verdicts, "several")
    lines = [json.loads(line) for line in text["ndjson"].splitlines()]
    expect([x["verdict"] for x in lines] == [x["verdict"] for x in verdicts], "several: a line for each")
    for line in lines:
        keeps(schemas["line"], line, "several")
    junit(text["junit"], verdicts, "several junit")
    sarif(json.loads(text["sarif"]), verdicts, "several sarif")
    list(families(text["prom"]))
    list(open_families(text["openmetrics"]))


def of_whole_zones(trustwalk, schemas):
    with tempfile.TemporaryDirectory() as folder:
        zone = os.path.join(folder, "zone")
        maker = os.path.join(os.path.dirname(os.path.abspath(trustwalk)), "signed_zone")
        subprocess.run([maker, "--names", "60", "--mix", "-o", zone], check=True, capture_output=True)
        whole = open(zone).read()
        signed = "".join(line + "\n" for line in whole.splitlines() if "RRSIG" not in line or "DNSKEY" in line)
        for text, status in ((whole, 0), (signed, 11)):
            with open(zone, "w") as file:
                file.write(text)
            run = subprocess.run([trustwalk, "zone", zone, "--format", FORMATS, "-o", os.path.join(folder, "x.%f")],
                                 capture_output=True, text=True)
            where = f"zone {status}"
            expect(run.returncode == status, f"{where}: status {run.returncode} {run.stderr}")
            said = {form: open(os.path.join(folder, "x." + form)).read() for form in FORMATS.split(",")}
            document = json.loads(said["json"])
            keeps(schemas["zone"], document, where)
            expect(json.loads(said["ndjson"]) == document and said["ndjson"].count("\n") == 1, where + ": ndjson")
            expect(sum(b["sets"] for b in document["freshness"]["ends"]["bins"]) == document["totals"]["sets"] or status,
                   where + ": every set ends in some bin")
            samples = [s for family in families(said["prom"]) for s in family.samples]
            now = [s.labels["dnssec_chain_status"] for s in samples if s.name == "dnssec_chain_status" and s.value == 1]
            expect(now == [document["verdict"]], f"{where}: {now}")
            list(open_families(said["openmetrics"]))
            junit(said["junit"], [document], where + " junit")
            sarif(json.loads(said["sarif"]), [document], where + " sarif")


def of_anchors_and_keys(trustwalk, schemas):
    for words in (["anchors", "--format", "json"], ["anchors", "--format", "json", "--at", "2027-02-01T00:00:00Z"]):
        said = subprocess.run([trustwalk, *words], capture_output=True, text=True, check=True).stdout
        keeps(schemas["anchors"], json.loads(said), " ".join(words))
    key = "example. 3600 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=\n"  # RFC 8080 §6.1
    with tempfile.NamedTemporaryFile("w", suffix=".key") as file:
        file.write(key)
        file.flush()
        run = subprocess.run([trustwalk, "ds", file.name, "--layout", "json"], capture_output=True, text=True)
    document = json.loads(run.stdout)
    keeps(schemas["ds"], document, "ds")
    expect(document["offered"] and document["offered"][0]["tag"] == 3613, "ds: RFC 8080 §6.1 has the tag 3613")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
