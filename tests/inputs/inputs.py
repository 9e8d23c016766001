"""Files as people have them, and what has to be in the answers about them.

    inputs.py PROGRAM FOLDER

FOLDER has `profiles/`, a README that says what is right and why, and
`expected.json`: commands with the texts that the answer contains (all of
`contains`, one of `any_of`) and lacks. `{dir}` stands for the profiles, `{out}`
for an empty folder, `{export}` for the file that the command before exported.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

TIMEOUT_SECONDS = 60
INITIALIZE = {"method": "initialize",
              "params": {"protocolVersion": "2025-06-18", "capabilities": {},
                         "clientInfo": {"name": "inputs", "version": "1"}}}


def run(words):
    done = subprocess.run(words, capture_output=True, text=True, check=False,
                          timeout=TIMEOUT_SECONDS, stdin=subprocess.DEVNULL)
    return done.stdout, done.stdout + done.stderr


def ask_over_stdio(program, profiles, messages):
    """The replies, and the texts in them."""
    numbered = [{"jsonrpc": "2.0", "id": i, **message}
                for i, message in enumerate([INITIALIZE, *messages])]
    numbered.insert(1, {"jsonrpc": "2.0",
                        "method": "notifications/initialized"})
    lines = "".join(json.dumps(message) + "\n" for message in numbered)
    done = subprocess.run([program, "--profiles-dir", profiles], input=lines,
                          capture_output=True, text=True, check=False,
                          timeout=TIMEOUT_SECONDS)
    text = done.stdout
    for line in done.stdout.splitlines():
        for content in json.loads(line).get("result", {}).get("content", []):
            text += content.get("text", "")
    return text


def answer(program, folder, check, out):
    profiles = str(folder / "profiles")
    if "stdio" in check:
        return ask_over_stdio(program, profiles, check["stdio"])
    words = [program if word == "pyroscope-mcp" else
             word.replace("{dir}", profiles).replace("{out}", out)
             for word in check["command"]]
    output, text = run(words)
    if "then" in check:
        export = json.loads(output)["path"]
        _, text = run([word.replace("{export}", export)
                       for word in check["then"]])
    return text.replace(profiles, "")


def problems_of(check, text):
    problems = [f"missing: {part}" for part in check["contains"]
                if part not in text]
    problems += [f"has: {part}" for part in check["lacks"] if part in text]
    wanted = check.get("any_of") or []
    if wanted and not any(part in text for part in wanted):
        problems.append(f"none of: {' | '.join(wanted)}")
    return problems


def main():
    program, folder = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2])
    checks = json.loads((folder / "expected.json").read_text())
    failed = 0
    for check in checks:
        with tempfile.TemporaryDirectory() as out:
            text = answer(program, folder, check, out)
        for problem in problems_of(check, text):
            failed += 1
            print(f"{problem}\n  because: {check.get('why', '')}\n{text}")
    print(f"{folder.name}: {len(checks)} checks, {failed} problems")
    sys.exit(1 if failed or not checks else 0)


main()
