"""Reads a Dockerfile: the stages, and the instructions of each in their order.
Knows what ours uses, and says so of all else."""

import json
import re
import shlex
from dataclasses import dataclass, field

KNOWN = {"RUN", "COPY", "WORKDIR", "ENV", "USER", "LABEL", "EXPOSE",
         "HEALTHCHECK", "ENTRYPOINT", "CMD"}


@dataclass
class Stage:
    base: str
    name: str
    steps: list = field(default_factory=list)  # (instruction, arguments)

    def last(self, instruction):
        """The arguments of its last such instruction, which is what counts."""
        found = [text for what, text in self.steps if what == instruction]
        if not found:
            raise SystemExit(f"Dockerfile: no {instruction} in the last stage")
        return found[-1]

    def pairs(self, instruction):
        """All of `NAME=value …` of ENV or LABEL."""
        return dict(word.split("=", 1)
                    for what, text in self.steps if what == instruction
                    for word in shlex.split(text))

    def command(self):
        """What the container runs."""
        return json.loads(self.last("ENTRYPOINT")) + json.loads(self.last("CMD"))

    def healthcheck(self):
        """The shell line that is asked whether the container is well."""
        return self.last("HEALTHCHECK").partition("CMD ")[2]


def instructions(text):
    """Continued lines joined, comments gone."""
    lines = [line for line in text.split("\n") if not re.match(r"\s*#", line)]
    joined = re.sub(r"\\\n", " ", "\n".join(lines))
    for line in joined.split("\n"):
        if line.strip():
            what, _, rest = line.strip().partition(" ")
            yield what, rest.strip()


def stages(text):
    arguments = {}
    found = []
    for what, rest in instructions(text):
        if what == "ARG" and not found:
            name, _, value = rest.partition("=")
            arguments[name] = value
        elif what == "FROM":
            words = re.sub(r"\$\{(\w+)\}", lambda m: arguments[m[1]],
                           rest).split()
            found.append(Stage(words[0], words[2] if len(words) > 2 else ""))
        elif what in KNOWN and found:
            found[-1].steps.append((what, rest))
        else:
            raise SystemExit(f"Dockerfile: {what} is not understood here")
    return found
