"""The example values of an argument: those in its description after "e.g." and
"such as", and all values of an enumeration and of a boolean."""

import json
import re
from dataclasses import dataclass

# An example ends where the sentence does: before a full stop that a capital
# letter or the end follows, or at a semicolon.
EXAMPLES = re.compile(
    r"\b(?:e\.g\.|such as) (?P<examples>.+?)"
    r"(?=(?<!\\)\.(?: [A-Z]|$)|; |$|, or a short name)")
MATCHERS = re.compile(r'[\w.]+(?:=~|!~|!=|=)"[^"]*"(?:, [\w.]+(?:=~|!~|!=|=)"[^"]*")*')
QUOTED = re.compile(r'"([^"]*)"')
LIST = re.compile(r"\[[^\]]*\]")


@dataclass
class Example:
    text: str
    value: object = None
    why_not: str = ""


def convert(text, kind):
    """The words of an example as the value that a client would send."""
    if kind == "integer":
        return Example(text, int(text))
    return Example(text, text)


def in_words(text, kind):
    for part in re.split(r", or |, | or ", text):
        if re.fullmatch(r"\d+" if kind == "integer" else r"\S+", part):
            yield convert(part, kind)
        else:
            yield Example(part, why_not="words, not a value")


def in_text(name, text, kind):
    if kind == "array":
        for found in LIST.findall(text):
            yield Example(found, json.loads(found))
    elif name == "selector":
        for found in MATCHERS.findall(text):
            yield Example(found, found)
    elif QUOTED.search(text):
        for found in QUOTED.findall(text):
            yield Example(found, found)
    else:
        yield from in_words(text, kind)


def example_values(name, declared):
    """Of an argument `declared` as JSON Schema does it."""
    kind = declared["type"]
    every = [False, True] if kind == "boolean" else declared.get("enum", [])
    for value in every:
        yield Example(json.dumps(value), value)
    for found in EXAMPLES.finditer(declared["description"]):
        text = found["examples"]
        if every:
            yield Example(text, why_not="words; every value of it is tried")
            continue
        yield from in_text(name, text, kind)
