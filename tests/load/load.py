"""Asks `pyroscope-mcp http` as fast as wrk can, and then for a long time at
half that pace.

    load.py PROGRAM PROFILES_DIR SECONDS

Prints rates and latencies beside figures of another server, which judge
nothing: machines differ. What is judged: every answer has status 200, and over
the long run neither memory nor descriptors grow. Leaves with 1 otherwise.
"""

import http.client
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

REQUESTS = Path(__file__).with_name("requests.lua")
SHORT_SECONDS = 5
CONNECTIONS = 64
# A little more than half: what else the machine does takes some.
LONG_PACE = 0.55

# mcp-grafana 0.17.2 over HTTP on two cores, 16 connections.
PEER = {"ping": 16_000, "list": 7_800, "memory": 58}  # a second, MiB

# Freed memory is kept up to a bound, and sessions up to their limit: both are
# reached in the first part of the long run, so that what comes on top of it
# is a leak. It would have to be smaller than this for an hour to go unseen.
ALLOWED_GROWTH_KIB = 2048
# Standard streams, the listener and what wakes its threads.
OWN_DESCRIPTORS = 8
CLOSING_SECONDS = 20
INITIALIZE = json.dumps(
    {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": {"name": "load", "version": "1"},
        },
    }
)


class Server:
    """`pyroscope-mcp http` on a free port, until stop()."""

    def __init__(self, program, profiles):
        self.process = subprocess.Popen(
            [program, "http", "--listen", "127.0.0.1:0", "--rate-limit", "0"]
            + ["--profiles-dir", profiles, "--log-level", "info"],
            stderr=subprocess.PIPE,
            text=True,
        )
        for line in self.process.stderr:
            if found := re.search(r"listening on (\S+)", line):
                self.url = found.group(1)
                break
        else:
            sys.exit("the server did not start")
        # The log is part of the work, but nobody reads it here.
        self.drain = subprocess.Popen(
            ["cat"], stdin=self.process.stderr, stdout=subprocess.DEVNULL
        )
        self.session = self.open_session()

    def open_session(self):
        url = urlsplit(self.url)
        connection = http.client.HTTPConnection(url.hostname, url.port)
        connection.request(
            "POST", url.path, INITIALIZE, {"Content-Type": "application/json"}
        )
        return connection.getresponse().getheader("Mcp-Session-Id")

    def memory_kib(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1))

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def figures(self):
        """Memory and descriptors, once the server has closed the connections
        that wrk has left, which takes a while on a busy machine."""
        end = time.monotonic() + CLOSING_SECONDS
        most = OWN_DESCRIPTORS + CONNECTIONS // 8
        while self.descriptors() > most and time.monotonic() < end:
            time.sleep(0.1)
        return self.memory_kib(), self.descriptors()

    def stop(self):
        self.process.terminate()
        code = self.process.wait(timeout=30)
        self.drain.wait(timeout=30)
        return code


def wrk(server, kinds, connections, seconds, pause=0):
    output = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "-s", REQUESTS]
        + ["--timeout", "30s"]  # a busy machine is slow, which is not wrong
        + [server.url, "--", server.session, str(pause)]
        + kinds,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    result = json.loads(re.search(r"RESULT (.*)", output).group(1))
    result["rate"] = result["requests"] / result["seconds"]
    return result


def at_full_pace(server):
    """What the server can do; the number of answers that were none."""
    failed = 0
    for kind, name in [("ping", "ping"), ("list", "tools/list")]:
        for connections in [16, CONNECTIONS]:
            result = wrk(server, [kind], connections, SHORT_SECONDS)
            failed += result["failed"]
            print(
                f"{name:<12}{connections:>4} connections"
                f"{result['rate']:>10,.0f} a second"
                f"{result['p50_ms']:>8.2f} ms median"
                f"{result['p99_ms']:>8.2f} ms p99"
                f"{server.memory_kib() / 1024:>7.1f} MiB"
                f"{result['rate'] / PEER[kind]:>6.1f} times mcp-grafana, with"
                f" {server.memory_kib() / 1024 / PEER['memory']:.2f} of its"
                f" memory"
            )
    return failed


def pause_for(server, kinds, rate):
    """Between two requests of one connection, in milliseconds, for `rate`.

    What an answer takes is part of the time between two requests; it is
    learnt from a short run with nearly that pause.
    """
    turn = 1000 * CONNECTIONS / rate
    guess = max(round(turn), 1)
    tried = wrk(server, kinds, CONNECTIONS, SHORT_SECONDS, guess)
    answer = 1000 * CONNECTIONS / tried["rate"] - guess
    return max(round(turn - answer), 1)


def for_a_long_time(server, seconds):
    """At half the pace, all kinds; the number of things that are wrong."""
    kinds = ["ping", "list", "ping", "initialize", "ping", "call"]
    full = wrk(server, kinds, CONNECTIONS, SHORT_SECONDS)
    pause = pause_for(server, kinds, full["rate"] * LONG_PACE)
    settle = wrk(server, kinds, CONNECTIONS, max(seconds // 3, 5), pause)
    before = server.figures()
    rest = wrk(server, kinds, CONNECTIONS, max(seconds * 2 // 3, 5), pause)
    after = server.figures()
    print(
        f"mixed       {CONNECTIONS:>4} connections"
        f"{rest['rate']:>10,.0f} a second, {rest['rate'] / full['rate']:.0%}"
        f" of what it can, {rest['seconds']:.0f} s after"
        f" {settle['seconds']:.0f} s: memory {before[0] / 1024:.1f} to"
        f" {after[0] / 1024:.1f} MiB, descriptors {before[1]} to {after[1]}"
    )
    failed = full["failed"] + settle["failed"] + rest["failed"]
    grew = after[0] > before[0] + ALLOWED_GROWTH_KIB or (
        after[1] > before[1] + CONNECTIONS // 8
    )
    return failed + grew


def main():
    program, profiles, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    server = Server(program, profiles)
    try:
        wrong = {
            "full pace": at_full_pace(server),
            "long run": for_a_long_time(server, seconds),
        }
    finally:
        code = server.stop()
    wrong["end"] = code
    for name, count in wrong.items():
        if count != 0:
            print(f"{name}: {count} answers or figures are wrong")
    bad = sum(count != 0 for count in wrong.values())
    print(f"{len(wrong) - bad} passed, {bad} failed")
    sys.exit(bad != 0)


main()
