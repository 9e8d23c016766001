"""Configurations of clients in the documents start the program with options
that it has.

Usage: client_configs.py PROGRAM [ROOT]
"""
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = (Path(sys.argv[2]) if len(sys.argv) > 2
        else Path(__file__).resolve().parents[2])
DOCUMENTS = ["README.md", "docs/clients.md"]
FENCE = re.compile(r"^```(json|toml|sh)\n(.*?)^```$", re.M | re.S)


def options(program):
    text = subprocess.run([program, "--help"], capture_output=True, text=True,
                          check=True).stdout
    flags = set(re.findall(r"^ +(?:-h,)?(--[a-z-]+)", text, re.M))
    environment = set(re.findall(r"\(([A-Z][A-Z_]+)\)$", text, re.M))
    if "--profiles-dir" not in flags or "PROFILES_DIR" not in environment:
        sys.exit("client_configs: --help is not understood")
    return flags, environment


def servers(value):
    """Every object that starts a program."""
    if isinstance(value, dict):
        if "command" in value:
            yield value
        for inner in value.values():
            yield from servers(inner)


def wrong_in(server, flags, environment):
    if not server["command"].endswith("pyroscope-mcp"):
        yield f'starts {server["command"]}'
    for argument in server.get("args", []):
        if argument.startswith("-") and argument not in flags:
            yield f"{argument}: no such flag"
    for name in server.get("env", {}):
        if name not in environment:
            yield f"{name}: no such environment variable"


def check_shell(text, environment):
    for name in re.findall(r"--env ([A-Z_]+)=", text):
        if name not in environment:
            yield f"{name}: no such environment variable"


def check(language, text, flags, environment):
    """The number of servers, and what is wrong with them."""
    if language == "sh":
        return text.count("mcp add"), list(check_shell(text, environment))
    try:
        value = json.loads(text) if language == "json" else tomllib.loads(text)
    except ValueError as error:
        return 0, [f"does not parse: {error}"]
    found = list(servers(value))
    return len(found), [wrong for server in found
                        for wrong in wrong_in(server, flags, environment)]


def main():
    flags, environment = options(sys.argv[1])
    findings = 0
    configurations = 0
    for document in DOCUMENTS:
        text = (ROOT / document).read_text()
        for block in FENCE.finditer(text):
            line = text[:block.start()].count("\n") + 1
            count, wrongs = check(block[1], block[2], flags, environment)
            configurations += count
            for wrong in wrongs:
                print(f"{document}:{line}: [client_configs] {wrong}")
                findings += 1
    if configurations < 7:
        print(f"only {configurations} configurations were found")
        findings += 1
    print(f"client_configs: {configurations} configurations, "
          f"{findings} findings")
    sys.exit(1 if findings else 0)


main()
