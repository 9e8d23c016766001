"""Builds the image that the Dockerfile describes, and installs the Debian
package, each in a folder; runs both as a user of theirs would.

    run.py PROJECT FOLDER PACKAGE.deb [--ccache FOLDER]

Prints a line for each thing that was seen, and how many.
"""

import argparse
import json
import shutil
import socket
import subprocess
import sys
import time
import traceback
import urllib.request
from pathlib import Path

import dockerfile
import image
from root_folder import RootFolder, make_base
from session import INITIALIZE, Session

SUITE = "bookworm"
PROGRAM = "/usr/bin/pyroscope-mcp"
PROFILES = "/profiles"


class Place:
    """The program where it is now, and how to start it as its users do."""

    def __init__(self, root, project, user, environment):
        self.root = root
        self.options = {
            "user": user,
            "environment": {**environment, "PROFILES_DIR": PROFILES},
            "binds": ((project / "examples/profiles", PROFILES),),
            "read_only": True}

    def start(self, words):
        return Session(self.root.command(words, **self.options))

    def run(self, *words):
        return self.root.run(words, check=False, **self.options)


def answers_on_stdio(place, words):
    session = place.start(words)
    server = session.shake_hands()["serverInfo"]
    tools = session.ask("tools/list", {})["tools"]
    answer = session.ask("tools/call", {"name": "overview", "arguments": {}})
    text = answer["content"][0]["text"]
    assert not answer.get("isError") and "shop" in text, text
    assert session.close() == 0, "did not end well"
    return f'{server["name"]} {server["version"]}, {len(tools)} tools'


def is_confined(place, user):
    who = place.run("/usr/bin/id", "-u").stdout.strip()
    assert who == user.split(":")[0], f"runs as {who}"
    for name in ("/tmp/x", "/usr/bin/x", f"{PROFILES}/x"):
        wrote = place.run("/usr/bin/touch", name)
        assert "Read-only file system" in wrote.stderr, f"{name}: {wrote}"
    return f"user {who}, nothing can be written"


def asks_servers(place):
    """libcurl and what it needs are there: a refused connection proves it."""
    said = place.run(PROGRAM, "healthcheck", "http://127.0.0.1:1/").stderr
    assert "refused" in said or "connect" in said, said
    certificates = place.root.inside("/etc/ssl/certs/ca-certificates.crt")
    assert certificates.stat().st_size > 100_000
    return "libcurl is loaded, certificates are there"


class Container:
    """The program as it runs in the image: process 1, read-only files."""

    def __init__(self, place, stage, words, by_flag=False):
        self.place = place
        self.line = stage.healthcheck()
        self.user = stage.last("USER")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        options = {**place.options}
        self.environment = options["environment"] = {**options["environment"]}
        if by_flag:
            words = [*words, "--listen", self.address]
        else:
            self.environment["PMCP_LISTEN"] = self.address
        self.process = subprocess.Popen(
            place.root.command(words, **options), stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()  # and with it, by --kill-child, process 1
        self.process.wait()
        self.process.stdin.close()

    def health(self):
        """The exit code of the image's check: 0, or what it stays at."""
        deadline = time.monotonic() + 10
        while True:
            code = self.place.root.run_beside(
                self.process, self.line, self.user, self.environment)
            if code == 0 or time.monotonic() > deadline:
                return code
            time.sleep(0.2)


def health_is_told(place, stage):
    words = stage.command()
    with Container(place, stage, words) as container:
        assert container.health() == 0, "unwell on stdio"
    with Container(place, stage,
                   ["/bin/sh", "-c", "sleep 60", "http"]) as container:
        assert container.health() == 1, "nobody serves, yet well"
    return "well on stdio, unwell when nobody serves"


def answers_over_http(place, stage):
    words = [*stage.command()[:1], "http"]
    with Container(place, stage, words, by_flag=True) as container:
        assert container.health() == 0, "unwell where --listen says"
    with Container(place, stage, words) as container:
        assert container.health() == 0, "unwell"
        request = urllib.request.Request(
            f"http://{container.address}/mcp",
            data=json.dumps(INITIALIZE).encode(),
            headers={"Content-Type": "application/json",
                     "Accept": "application/json, text/event-stream"})
        with urllib.request.urlopen(request, timeout=30) as response:
            said = response.read().decode()
        assert "pyroscope-mcp" in said, said
    return "initialize is answered, the health check says well"


def package_is_whole(root, package):
    root.inside("/tmp").mkdir(exist_ok=True)
    shutil.copy2(package, root.inside("/tmp/new.deb"))
    root.run(["/bin/sh", "-c", "apt-get -qq update && apt-get -qq install "
              "--yes --no-install-recommends /tmp/new.deb"],
             environment={"DEBIAN_FRONTEND": "noninteractive"})
    for name in (PROGRAM, "/usr/lib/systemd/system/pyroscope-mcp.service",
                 "/usr/share/doc/pyroscope-mcp/docs/clients.md"):
        assert root.inside(name).is_file(), f"{name} is missing"
    fields = root.run(["dpkg-query", "-W", "-f",
                       "${Version}, ${Installed-Size} KiB", "pyroscope-mcp"])
    return fields.stdout


def unit_is_sound(root):
    """systemd itself says so, where it is: it resolves the program's path."""
    if shutil.which("systemd-analyze") is None:
        return "not looked at: no systemd-analyze here"
    unit = root.inside("/usr/lib/systemd/system/pyroscope-mcp.service")
    root.run(["/bin/sh", "-c", "apt-get -qq install --yes "
              "--no-install-recommends systemd"],
             environment={"DEBIAN_FRONTEND": "noninteractive"})
    done = root.run(["systemd-analyze", "verify", "--man=no",
                     "/" + str(unit.relative_to(root.path))], check=False)
    assert done.returncode == 0 and "pyroscope" not in done.stderr, done.stderr
    safe = root.run(["systemd-analyze", "security", "--offline=true",
                     "--threshold=20", "--no-pager", "pyroscope-mcp.service"],
                    check=False)
    assert safe.returncode == 0, safe.stdout[-300:]
    return safe.stdout.strip().split("\n")[-1].strip("→ ")


def package_leaves(root):
    root.run(["apt-get", "-qq", "purge", "--yes", "pyroscope-mcp"])
    left = [name for name in root.path.rglob("*pyroscope-mcp*")
            if "var/log" not in str(name)]
    assert not left, left
    return "nothing is left behind"


class Report:
    def __init__(self):
        self.passed = self.failed = 0

    def see(self, name, look, *arguments):
        try:
            told = look(*arguments)
            self.passed += 1
            print(f"ok      {name:<36} {told}", flush=True)
        except Exception as error:  # one failed look must not hide the others
            self.failed += 1
            where = traceback.extract_tb(error.__traceback__)[-1]
            print(f"FAILED  {name:<36} {error} ({Path(where.filename).name}:"
                  f"{where.lineno})", flush=True)

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("project", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("package", type=Path)
    parser.add_argument("--ccache", type=Path)
    options = parser.parse_args()
    base = options.project / "build/roots" / SUITE
    make_base(base, SUITE)
    report = Report()

    print("== the image of the Dockerfile, built in folders")
    stages = dockerfile.stages((options.project / "Dockerfile").read_text())
    root = image.build(stages, options.folder, base, options.project,
                       options.ccache)
    stage = stages[-1]
    user = stage.last("USER")
    place = Place(root, options.project, user, stage.pairs("ENV"))
    report.see("image: MCP on stdio", answers_on_stdio, place, stage.command())
    report.see("image: user and files", is_confined, place, user)
    report.see("image: asks servers", asks_servers, place)
    report.see("image: health check", health_is_told, place, stage)
    report.see("image: MCP over HTTP", answers_over_http, place, stage)

    print("== the Debian package, installed by apt")
    root = RootFolder(options.folder / "package", base)
    report.see("package: installs", package_is_whole, root, options.package)
    place = Place(root, options.project, "65534:65534", {})
    report.see("package: MCP on stdio", answers_on_stdio, place, [PROGRAM])
    report.see("package: systemd unit", unit_is_sound, root)
    report.see("package: is removed", package_leaves, root)
    report.finish()


main()
