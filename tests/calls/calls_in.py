"""The calls of tools that stand in the project's texts: in prompts, schemas,
the server's instructions and documents.

A gatherer yields Call, ShellCall and LeftOut.
"""

import json
import re
from dataclasses import dataclass

from examples_in import example_values
from values import (COMPANIONS, SERVICES, TOOL_ARGUMENT, VALUES, filled,
                    named)

CALL = re.compile(r"`(?P<tool>[a-z_]+) (?P<arguments>\{.*?\})`")
SHOWN_CALL = re.compile(r"^-> (?P<tool>[a-z_]+) (?P<arguments>\{.*\})$", re.M)
COMMON = re.compile(r"^- (\w+): \{\{(\w+)\}\}(.*)$", re.M)
ALL_BUT = re.compile(r"^Arguments of every call but `(\w+)`", re.M)
NOT_OF = re.compile(r"`(\w+)` has no such argument")
TYPES = re.compile(r"\b(?:for|at) ((?:\w+, )*\w+ and \w+) types\b")
INLINE_VALUE = re.compile(r"`?\b([a-z_]+)=(\w+)\b`?")


@dataclass
class Call:
    """A call over MCP; one of `variants` must be answered."""
    place: str
    tool: str
    variants: list
    text: str


@dataclass
class ShellCall:
    """A line for a shell."""
    place: str
    text: str


@dataclass
class LeftOut:
    place: str
    text: str
    why: str


@dataclass
class Document:
    """One file, by its name below the project."""
    name: str
    text: str

    def place(self, index):
        line = self.text.count("\n", 0, index) + 1
        return f"{self.name}:{line}"


def arguments_of(text):
    """The JSON of a call; None when it is none."""
    try:
        return named(json.loads(filled(text)))
    except ValueError:
        return None


def for_some_service(arguments):
    return [{"service": service, **arguments} for service in SERVICES]


def types_named(document):
    """The types of "ask for wall, block and mutex types": some service of the
    examples has each of them."""
    for found in TYPES.finditer(document.text):
        for name in re.split(r", | and ", found[1]):
            yield Call(document.place(found.start()), "query_flamegraph",
                       for_some_service({"profile_type": name}), name)


class CommonArguments:
    """The list that a prompt begins with: arguments of every call."""

    def __init__(self, text):
        self.none_for = set(ALL_BUT.findall(text))
        self.rows = [(name, place, set(NOT_OF.findall(rest)))
                     for name, place, rest in COMMON.findall(text)]

    def of(self, tool, given):
        """Those whose place is filled when the arguments `given` are."""
        if tool in self.none_for:
            return {}
        return {name: VALUES[place] for name, place, but in self.rows
                if place in given and tool not in but}


def in_prompt(document, declaration):
    """Each call twice: with the arguments that the prompt wants, with all."""
    common = CommonArguments(document.text)
    declared = declaration["arguments"]
    every = {argument["name"] for argument in declared}
    wanted = {argument["name"] for argument in declared
              if argument.get("required")}
    for found in CALL.finditer(document.text):
        place, text = document.place(found.start()), found[0]
        arguments = arguments_of(found["arguments"])
        if arguments is None:
            yield Call(place, found["tool"], [], text)
            continue
        for given in (wanted, every):
            merged = {**common.of(found["tool"], given), **arguments}
            yield Call(place, found["tool"], [merged], text)
    yield from types_named(document)


def line_of(text, description):
    return text.count("\n", 0, text.index(json.dumps(
        description, ensure_ascii=False))) + 1


def in_declared_arguments(document, declaration):
    """The examples in the descriptions of a prompt's own arguments."""
    for argument in declaration["arguments"]:
        name = TOOL_ARGUMENT.get(argument["name"], argument["name"])
        line = line_of(document.text, argument["description"])
        for value in example_values(name, argument | {"type": "string"}):
            yield from one_value(f"{document.name}:{line}",
                                 "query_flamegraph", name, value)


def one_value(place, tool, name, value):
    if value.why_not:
        yield LeftOut(place, f"{tool} {name}: {value.text}", value.why_not)
        return
    arguments = {**COMPANIONS.get(name, {}), name: value.value}
    variants = (for_some_service(arguments) if name == "profile_type"
                else [arguments])
    yield Call(place, tool, variants, f"{name}={value.text}")


def in_schema(document, declaration):
    """The examples in the descriptions of a tool and of its arguments, and
    every value of an enumeration."""
    tool = declaration["name"]
    schema = declaration["inputSchema"]
    for name, property_ in schema["properties"].items():
        line = line_of(document.text, property_["description"])
        for value in example_values(name, property_):
            yield from one_value(f"{document.name}:{line}", tool, name, value)
    description = declaration["description"]
    for found in re.finditer(r"`([a-z_]+)=(\w+)`", description):
        yield Call(f"{document.name}:{line_of(document.text, description)}",
                   tool, [{found[1]: json_value(found[2])}], found[0])


def json_value(word):
    return {"true": True, "false": False}.get(word, word)


def in_instructions(document, tools):
    """Values such as sort=self, of the tool named before them; and types."""
    for line in document.text.split("\n"):
        names = [tool for tool in tools if tool in line]
        for found in INLINE_VALUE.finditer(line):
            before = [name for name in names if line.index(name) < found.start()]
            if before:
                tool = max(before, key=line.index)
                yield Call(document.place(document.text.index(line)), tool,
                           [{found[1]: json_value(found[2])}], found[0])
    yield from types_named(document)


FENCE = re.compile(r"^ *```.*?^ *```$", re.M | re.S)
INLINE_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
COMMAND = re.compile(
    r"^(?:\$ )?((?:\w+=\S+ )*(?:\S*/)?pyroscope-mcp (?:call|tools)\b.*)$")


def shell_calls(document, index, text):
    for line in text.replace("\\\n", " ").split("\n"):
        found = COMMAND.match(line.strip())
        if found is None:
            continue
        place = document.place(index + text.find(line))
        if re.fullmatch(r".*\bcall", found[1]):
            continue  # the name of the subcommand alone
        yield ShellCall(place, found[1])


def in_document(document):
    for pattern in (CALL, SHOWN_CALL):
        for found in pattern.finditer(document.text):
            arguments = arguments_of(found["arguments"])
            yield Call(document.place(found.start()), found["tool"],
                       [] if arguments is None else [arguments], found[0])
    for block in FENCE.finditer(document.text):
        yield from shell_calls(document, block.start(), block[0])
    # Blank out what was looked at, so that places stay.
    rest = FENCE.sub(lambda block: re.sub(r"[^\n]", " ", block[0]),
                     document.text)
    for code in INLINE_CODE.finditer(rest):
        yield from shell_calls(document, code.start(1),
                               " ".join(code[1].split()))
