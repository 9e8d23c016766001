"""Words that say nothing, words in the wrong layer, and facts that have one
home."""

import re

from lint import Lint, code_only, without_comments

# Where → what must not be there → why. The first home that matches a path
# is exempt.
BANNED = [
    ("src/", r"(?i)manager|helper|\butils?\b|_utils?\b",
     '"{0}" says nothing: name the one concept'),
    ("src/server/", r"(?i)\w*(pyroscope|profile|flame)\w*",
     '"{0}": server/ is MCP and knows nothing of profiles'),
    ("src/server/", r"\b\w*(?:[Ll]egacy|[Mm]odern|Era)(?:[A-Z_]\w*)?\b",
     '"{0}": ask a rule of the protocol version (server/core/protocol.h)'),
    ("src/pyroscope/", r"\w*(\b[Mm][Cc][Pp]|[Jj]son_?[Rr]pc|[Tt]ool)\w*",
     '"{0}": pyroscope/ is a source and knows nothing of MCP'),
    ("tests/", r"\bMOCK_METHOD\w*",
     "{0}: write a small fake that records (tests/support)"),
]
# A text that may stand in one file only.
HOMES = [
    ("src/", r'"20\d\d-\d\d-\d\d"', "src/server/core/protocol.h",
     "the protocol version {0} belongs to {home}"),
    ("src/", r'\{\s*"(description|inputSchema|outputSchema)"',
     "src/server/core/protocol.cc",
     "{0}: what is published about a tool is written in schemas/"),
]


def main():
    lint = Lint("names")
    for path, text in lint.files("src/**/*.h", "src/**/*.cc",
                                 "tests/**/*.h", "tests/**/*.cc"):
        if path.startswith("src/") and not re.fullmatch(
                r"src/[a-z]+/([a-z]+/)?[a-z][a-z0-9_]*\.(h|cc)", path):
            lint.report(path, 1, "is not src/folder/snake_case.{h,cc} or "
                                 "src/folder/room/snake_case.{h,cc}")
        if re.search(r"(?i)manager|helper|utils?\b|common|misc",
                     path.rsplit("/", 1)[1]):
            lint.report(path, 1, "the file's name says nothing: name the one "
                                 "concept inside")
        for folder, pattern, message in BANNED:
            if path.startswith(folder):
                lint.report_matches(path, text, pattern, message)
        for folder, pattern, home, message in HOMES:
            if path.startswith(folder) and path != home:
                lint.report_matches(path, without_comments(text), pattern,
                                    message.replace("{home}", home))
    lint.finish()


main()
