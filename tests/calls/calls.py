"""Every call that the project prints anywhere is answered.

Usage: calls.py PROGRAM [ROOT]

Makes each call of prompts/, schemas/, the server's instructions, README.md
and docs/ against examples/profiles. An answer that is an error is a finding.
What cannot be called is listed with the reason.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from calls_in import (Document, LeftOut, ShellCall, in_declared_arguments,
                      in_document, in_instructions, in_prompt, in_schema)
from session import Session

PROGRAM = Path(sys.argv[1]).resolve()
ROOT = (Path(sys.argv[2]) if len(sys.argv) > 2
        else Path(__file__).resolve().parents[2])
PROFILES = ROOT / "examples/profiles"
SHELL_SECONDS = 120  # generous: sanitizer builds on a busy machine
SERVER_VARIABLES = re.compile(r"^(?:[A-Z_]+=\S* )+")


def read(path):
    return Document(str(path.relative_to(ROOT)), path.read_text("utf-8"))


def gather(instructions, tools):
    """(where from, what) of all texts."""
    for path in sorted(ROOT.glob("prompts/*.md")):
        declared = read(path.with_suffix(".json"))
        declaration = json.loads(declared.text)
        yield path.name, [*in_prompt(read(path), declaration),
                          *in_declared_arguments(declared, declaration)]
    for path in sorted(ROOT.glob("schemas/*.json")):
        document = read(path)
        yield path.name, list(in_schema(document, json.loads(document.text)))
    yield "instructions", list(in_instructions(
        Document("instructions", instructions), tools))
    yield "documents", [
        call for path in [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
        for call in in_document(read(path))]


class Runner:
    """Makes calls: over MCP in one session, lines of a shell each on its own."""

    def __init__(self, session, folder):
        self.session = session
        self.folder = folder
        (folder / "bin").mkdir()
        (folder / "bin/pyroscope-mcp").symlink_to(PROGRAM)

    def refusal(self, call):
        """Why the call was refused; "" when it was answered."""
        if isinstance(call, ShellCall):
            return self.shell_refusal(call.text)
        refusals = []
        for arguments in call.variants:
            refusals.append(self.session.refusal(call.tool, arguments))
            if not refusals[-1]:
                return ""
        return refusals[0] if refusals else "the arguments are no JSON"

    def shell_refusal(self, line):
        """A line that names a server asks the folder in place of it."""
        line = SERVER_VARIABLES.sub("", line)
        line = line.replace("/path/to/profiles", str(PROFILES))
        environment = {"PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
                       "HOME": str(self.folder), "PROFILES_DIR": str(PROFILES)}
        done = subprocess.run(
            ["bash", "-c", line], cwd=ROOT, env=environment, text=True,
            capture_output=True, timeout=SHELL_SECONDS, check=False,
            stdin=subprocess.DEVNULL)
        return "" if done.returncode == 0 else done.stderr.strip() or "failed"


def report(origin, calls, runner, counts):
    """Prints what was refused and what was left out."""
    made = 0
    for call in calls:
        if isinstance(call, ShellCall) and SERVER_VARIABLES.match(call.text):
            print(f"{call.place}: asks the folder, not a server: {call.text}")
        if isinstance(call, LeftOut):
            print(f"{call.place}: left out: {call.text} ({call.why})")
            counts["left out"] += 1
            continue
        made += 1
        refusal = runner.refusal(call)
        if refusal:
            counts["findings"] += 1
            first, *_ = refusal.split("\n")
            print(f"{call.place}: [calls] {call.text}: {first}")
    counts["made"] += made
    if made == 0:
        counts["findings"] += 1
        print(f"{origin}:1: [calls] no call was found")


def main():
    counts = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        session = Session([
            PROGRAM, "stdio", "--profiles-dir", PROFILES,
            "--export-dir", folder / "exports"])
        instructions = session.initialize()
        runner = Runner(session, folder)
        for origin, calls in gather(instructions, session.tools()):
            report(origin, calls, runner, counts)
        session.close()
    print(f"calls: {counts['made']} made, {counts['left out']} left out, "
          f"{counts['findings']} findings")
    sys.exit(1 if counts["findings"] else 0)


main()
