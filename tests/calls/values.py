"""What stands in the place of placeholders, so that a call which is printed
somewhere can be made against examples/profiles."""

import re

SERVICES = ["shop", "storefront"]
# Arguments of prompts, and words in capitals that a text leaves to its reader.
VALUES = {
    "service": "shop",
    "since": "2026-11-23T09:01:00Z",
    "from": "2026-11-23T09:00:30Z",
    "selector": 'version="v2"',
    "source": "local",
    "profile_type": "cpu",
    "NAME": "EqualFold",
}
# What an example of one argument needs beside it to make sense.
COMPANIONS = {"to": {"from": "2026-07-28T10:00:00Z"}}
# The argument of a tool that an argument of a prompt becomes.
TOOL_ARGUMENT = {"since": "from"}
PLACE = re.compile(r"\{\{(\w+)\}\}")


def filled(text):
    """`text` with every {{argument}} in it, for use inside of JSON."""
    return PLACE.sub(lambda place: VALUES[place[1]].replace('"', '\\"'), text)


def named(value):
    """A word in capitals as its value, in whatever JSON it stands."""
    if isinstance(value, dict):
        return {key: named(inner) for key, inner in value.items()}
    return VALUES.get(value, value) if isinstance(value, str) else value
