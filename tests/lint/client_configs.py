"""Configurations of clients in the documents start the program with options
that it has, or ask it over HTTP with a token.

Usage: client_configs.py PROGRAM [ROOT]
"""
import json
import re
import sys
import tomllib
from pathlib import Path

from options import Options

ROOT = (Path(sys.argv[2]) if len(sys.argv) > 2
        else Path(__file__).resolve().parents[2])
DOCUMENTS = ["README.md", "docs/clients.md", "docs/configuration.md",
             "docs/deploy.md"]
FENCE = re.compile(r"^```(json|toml|sh)\n(.*?)^```$", re.M | re.S)


def servers(value):
    """Every object that starts a program or names an address."""
    if isinstance(value, dict):
        if {"command", "url", "httpUrl"} & value.keys():
            yield value
        for inner in value.values():
            yield from servers(inner)


def wrong_in_remote(url, has_token):
    if not re.fullmatch(r"http://127\.0\.0\.1:8085/mcp", url):
        yield f"{url}: not the address of the other examples"
    if not has_token:
        yield "sends no token"


def wrong_in(server, known):
    command = server.get("command")
    if command is None:
        headers = server.get("headers", {}).get("Authorization", "")
        yield from wrong_in_remote(
            server.get("url", server.get("httpUrl")),
            headers.startswith("Bearer ") or "bearer_token_env_var" in server)
        return
    arguments = server.get("args", [])
    if "mcp-remote" in arguments:
        yield from wrong_in_remote(
            arguments[arguments.index("mcp-remote") + 1],
            "Authorization:${AUTHORIZATION}" in arguments
            and server["env"]["AUTHORIZATION"].startswith("Bearer "))
        return
    if command == "docker":
        image = next((index for index, word in enumerate(arguments)
                      if word.startswith("pyroscope-mcp:")), None)
        if image is None or arguments[:2] != ["run", "-i"]:
            yield "docker does not run the image with standard input"
            return
        arguments = arguments[image + 1:]
    elif not command.endswith("pyroscope-mcp"):
        yield f"starts {command}"
    yield from known.wrong_flags(arguments)
    for name in server.get("env", {}):
        if not known.knows(name):
            yield f"{name}: no such environment variable"


def check_shell(text, known):
    """Lines that add a server to a client, and lines that start one."""
    for line in text.replace("\\\n", " ").split("\n"):
        for name in re.findall(r"(?:--env|-e) ([A-Z_]+)=", line):
            if not known.knows(name):
                yield f"{name}: no such environment variable"
        url = re.search(r"--transport http \S+ (\S+)", line)
        if url:
            yield from wrong_in_remote(url[1], "Authorization: Bearer" in line)
        started = re.search(r"(?:^|[/ ])pyroscope-mcp(?::\S+)?( .*)", line)
        if started:
            yield from known.wrong_flags(started[1].split())


def check(language, text, known):
    """The number of servers, and what is wrong with them."""
    if language == "sh":
        return text.count("mcp add"), list(check_shell(text, known))
    try:
        value = json.loads(text) if language == "json" else tomllib.loads(text)
    except ValueError as error:
        return 0, [f"does not parse: {error}"]
    found = list(servers(value))
    return len(found), [wrong for server in found
                        for wrong in wrong_in(server, known)]


def main():
    known = Options(sys.argv[1])
    findings = 0
    configurations = 0
    for document in DOCUMENTS:
        text = (ROOT / document).read_text()
        for block in FENCE.finditer(text):
            line = text[:block.start()].count("\n") + 1
            count, wrongs = check(block[1], block[2], known)
            configurations += count
            for wrong in wrongs:
                print(f"{document}:{line}: [client_configs] {wrong}")
                findings += 1
    if configurations < 19:
        print(f"only {configurations} configurations were found")
        findings += 1
    print(f"client_configs: {configurations} configurations, "
          f"{findings} findings")
    sys.exit(1 if findings else 0)


main()
