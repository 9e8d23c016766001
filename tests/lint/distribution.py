"""What the project is handed out with (the registry's server.json, the bundle's
manifest, the image, the examples of deployments) has the shape that its readers
want, the project's version, and options that the program has.

Usage: distribution.py PROGRAM [ROOT]
"""

import json
import re
import sys

from lint import Lint
from options import Options

MAX_DESCRIPTION = 100  # characters, the registry's limit
SYSTEM = {"libc6-dev"}  # comes with the compiler
FORMATS = {"string", "number", "boolean", "filepath"}
PLACEHOLDER = re.compile(r"\$\{user_config\.(\w+)\}")


class Distribution(Lint):
    def __init__(self, known):
        super().__init__("distribution")
        self.known = known
        self.texts = dict(self.files(
            "CMakeLists.txt", "Dockerfile", "server.json",
            "mcpb/manifest.json", "examples/deploy/*",
            "cmake/Dependencies.cmake"))
        self.version = re.search(r"project\(\S+ VERSION (\S+)",
                                 self.texts["CMakeLists.txt"])[1]

    def say(self, path, near, text):
        """A finding at the first line that has `near`."""
        found = self.texts[path].find(near)
        line = self.texts[path].count("\n", 0, max(found, 0)) + 1
        self.report(path, line, text)

    def want(self, holds, path, near, text):
        if not holds:
            self.say(path, near, text)

    def check_variable(self, path, name):
        self.want(self.known.knows(name), path, name,
                  f"{name}: no such environment variable")

    def check_command(self, path, words):
        for wrong in self.known.wrong_flags(words):
            self.say(path, words[0], wrong)

    def check_versions(self, path, pattern):
        """Each match of the pattern is the project's version."""
        found = re.findall(pattern, self.texts[path])
        self.want(found, path, "", f"says no version ({pattern})")
        for version in found:
            self.want(version == self.version, path, version,
                      f"version {version}, the project's is {self.version}")

    def check_server(self):
        path = "server.json"
        server = json.loads(self.texts[path])
        self.want(re.fullmatch(r"[A-Za-z0-9.-]+/[A-Za-z0-9._-]+",
                               server["name"]), path, '"name"',
                  f'{server["name"]}: not a reverse domain, one slash, a name')
        self.want(f'server.name="{server["name"]}"' in self.texts["Dockerfile"],
                  "Dockerfile", "server.name",
                  f'the label is not {server["name"]}, which proves the image')
        self.want(0 < len(server["description"]) <= MAX_DESCRIPTION, path,
                  '"description"', f"description over {MAX_DESCRIPTION}")
        self.check_versions(path, r'"version": "([^"]*)"')
        self.check_versions(path, r'"identifier": "[^":]*:([^"]*)"')
        for package in server["packages"]:
            for key in ("registryType", "identifier", "transport"):
                self.want(key in package, path, '"packages"', f"no {key}")
            for variable in package["environmentVariables"]:
                self.check_input(path, variable)

    def check_input(self, path, variable):
        name = variable["name"]
        self.check_variable(path, name)
        secret = name in self.known.secrets
        self.want(variable.get("isSecret", False) == secret, path, name,
                  f"{name}: isSecret must be {secret}".lower())
        self.want(variable.get("format") in FORMATS, path, name,
                  f'{name}: format {variable.get("format")}')
        self.want(variable.get("description"), path, name,
                  f"{name}: no description")

    def check_manifest(self):
        path = "mcpb/manifest.json"
        manifest = json.loads(self.texts[path])
        self.check_versions(path, r'"version": "([^"]*)"')
        start = manifest["server"]["mcp_config"]
        self.want(start["command"]
                  == "${__dirname}/" + manifest["server"]["entry_point"],
                  path, '"command"', "starts another file than entry_point")
        self.check_command(path, ["pyroscope-mcp", *start["args"]])
        fields = manifest["user_config"]
        used = set()
        for name, value in start["env"].items():
            self.check_variable(path, name)
            field = PLACEHOLDER.fullmatch(value)
            if not field or field[1] not in fields:
                self.say(path, f'"{name}"', f"{name}: {value} is no field")
                continue
            used.add(field[1])
            secret = name in self.known.secrets
            self.want(fields[field[1]].get("sensitive", False) == secret, path,
                      f'"{field[1]}"',
                      f"{field[1]}: sensitive must be {secret}".lower())
        for name in fields.keys() - used:
            self.say(path, f'"{name}"', f"{name}: a field that nothing uses")

    def check_image(self):
        """What CMake looks for without tests is what the image installs."""
        wanted = self.texts["cmake/Dependencies.cmake"].partition(
            "if(PMCP_TESTS)")[0]
        for package in re.findall(r" ([\w+-]+-dev|pkg-config)\b", wanted):
            self.want(package in SYSTEM
                      or re.search(rf"\s{re.escape(package)}\s",
                                   self.texts["Dockerfile"]),
                      "Dockerfile", "apt-get", f"does not install {package}")

    def check_deployments(self):
        for path, pattern in (
                ("Dockerfile", r"^ENV (\w+)="),
                ("examples/deploy/pyroscope-mcp.service",
                 r"^Environment=(\w+)="),
                ("examples/deploy/kubernetes-sidecar.yaml",
                 r"\{name: ([A-Z]\w+), value:")):
            names = re.findall(pattern, self.texts[path], re.M)
            self.want(names, path, "", "sets no environment variable")
            for name in names:
                self.check_variable(path, name)
            for words in re.findall(r"^ExecStart=(.*)|args: \[(.*)\]",
                                    self.texts[path], re.M):
                self.check_command(
                    path, re.findall(r"[^\s,\"]+", words[0] or words[1]))
        self.check_versions("Dockerfile", r'image\.version="([^"]*)"')
        self.check_versions("examples/deploy/kubernetes-sidecar.yaml",
                            r"image: pyroscope-mcp:(\S+)")


def main():
    program = sys.argv.pop(1)
    lint = Distribution(Options(program))
    lint.check_server()
    lint.check_manifest()
    lint.check_image()
    lint.check_deployments()
    lint.finish()


main()
