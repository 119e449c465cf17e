#!/usr/bin/python3
"""Debian's dnsviz for the tests, with three things that it lacks there made up for:

- pygraphviz 1.7 has no `release`, without which grok refuses trusted keys ("pygraphviz is required");
- dnsviz asks no server at a loopback address;
- grok dies of a KeyError over the SOA in an unsigned zone's denial, which it never gave a status.

    run_dnsviz.py probe ARGS...        as `dnsviz probe`
    run_dnsviz.py assess [-k FILE] FILE...
        what `dnsviz grok` says of each probe file, one line of JSON each, in one process:
        {"file", "status", "codes": [[name, "error" or "warning", code]...], "shown", "seconds"}
        shown: how many errors and warnings grok prints, repeats counted;
        status: of the answer at the first name probed, in grok's words, in lower case; "" if it gives none.
        Trusted are the keys of FILE, or of the root's own keys those that the file's anchors name.
"""
import base64
import contextlib
import importlib
import io
import json
import os
import sys
import tempfile
import time
import types

import dns.dnssec
import dns.message
import dns.name
import dns.rdatatype
import dns.zone
import pygraphviz

pygraphviz.release = types.SimpleNamespace(version=pygraphviz.__version__)

from dnsviz import transport  # noqa: E402  (pygraphviz has to be mended first)
from dnsviz.analysis import offline, status  # noqa: E402


class Statuses(dict):
    def __missing__(self, component):
        return status.STATUS_INDETERMINATE


take_statuses = offline.OfflineDomainNameAnalysis._set_response_component_status
offline.OfflineDomainNameAnalysis._set_response_component_status = (
    lambda self, found, *more, **named: take_statuses(self, Statuses(found), *more, **named))


def dnsviz(command, words):
    importlib.import_module("dnsviz.commands." + command).main([command] + words)


def is_named(key, anchors):
    """Whether a DS or DNSKEY line names the key."""
    for line in anchors:
        fields = line.split()
        if "DNSKEY" in fields:
            found = fields[fields.index("DNSKEY") + 1:]
            if key.to_text() == dns.rdata.from_text("IN", "DNSKEY", " ".join(found)).to_text():
                return True
        elif "DS" in fields:
            found = dns.rdata.from_text("IN", "DS", " ".join(fields[fields.index("DS") + 1:]))
            if dns.dnssec.key_id(key) == found.key_tag and found.digest_type in (2, 4):
                made = dns.dnssec.make_ds(dns.name.root, key, {2: "SHA256", 4: "SHA384"}[found.digest_type])
                if made.digest == found.digest:
                    return True
    return False


def trusted(probe):
    """The root's keys, as master-file lines, that the anchors in the file name."""
    anchors = probe["_meta._dnsviz."].get("trustwalk", {}).get("anchors", [])
    lines = set()
    for query in probe.get(".", {}).get("queries", []):
        if query["qtype"] != "DNSKEY":
            continue
        for server in query["responses"].values():
            for response in server.values():
                if not response["message"]:
                    continue
                message = dns.message.from_wire(base64.b64decode(response["message"]))
                for rrset in message.answer:
                    if rrset.rdtype == dns.rdatatype.DNSKEY:
                        lines.update(". 3600 IN DNSKEY " + key.to_text() for key in rrset if is_named(key, anchors))
    return "\n".join(sorted(lines)) + "\n"


def codes_in(value, name, codes):
    if isinstance(value, list):
        for item in value:
            codes_in(item, name, codes)
    if not isinstance(value, dict):
        return
    for member, kind in (("errors", "error"), ("warnings", "warning"), ("error", "error"), ("warning", "warning")):
        for found in value.get(member, []) if isinstance(value.get(member), list) else []:
            codes.append((name, kind, found["code"]))
    for item in value.values():
        codes_in(item, name, codes)


def answer_status(grok, name, rrtype):
    """The worst of what the servers answered for the type; grok's words."""
    order = ["BOGUS", "INDETERMINATE", "INSECURE", "NON_EXISTENT", "SECURE"]
    query = grok.get(name, {}).get("queries", {}).get("%s/IN/%s" % (name, rrtype), {})
    found = [a["status"] for part in ("answer", "nodata", "nxdomain") for a in query.get(part, []) if "status" in a]
    return min(found, key=order.index).lower() if found else ""


def assess(path, key):
    with open(path, encoding="utf-8") as file:
        probe = json.load(file)
    name = dns.name.from_text(probe["_meta._dnsviz."]["names"][0]).canonicalize().to_text()
    rrtype = probe["_meta._dnsviz."].get("trustwalk", {}).get("type", "A")
    with tempfile.TemporaryDirectory() as folder:
        keys = key or os.path.join(folder, "keys")
        if not key:
            with open(keys, "w", encoding="utf-8") as file:
                file.write(trusted(probe))
        out = os.path.join(folder, "grok")
        began = time.perf_counter()
        dnsviz("grok", ["-P", "-t", keys, "-r", path, "-o", out])
        seconds = time.perf_counter() - began
        with open(out, encoding="utf-8") as file:
            grok = json.load(file)
    codes = []
    for each, value in grok.items():
        codes_in(value, each, codes)
    return {"file": path, "status": answer_status(grok, name, rrtype), "codes": sorted(set(codes)),
            "shown": len(codes), "seconds": seconds}


def assess_all(words):
    key = None
    if words[0] == "-k":
        key, words = words[1], words[2:]
    for path in words:
        said = io.StringIO()
        try:
            with contextlib.redirect_stderr(said):
                found = assess(path, key)
        except SystemExit as end:
            found = {"file": path, "status": "", "codes": [], "failed": "status %s %s" % (end.code, said.getvalue())}
        except Exception as fault:  # grok's own bugs are a result, too
            found = {"file": path, "status": "", "codes": [], "failed": "%s: %s" % (type(fault).__name__, fault)}
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    transport.DNSQueryTransportHandlerDNS.allow_loopback_query = True
    transport.DNSQueryTransportHandlerDNS.allow_private_query = True
    if sys.argv[1] == "assess":
        assess_all(sys.argv[2:])
    else:
        dnsviz(sys.argv[1], sys.argv[2:])
