"""Nothing in the project tells of the machine that it was made on: no home
folders, no workplaces, no private mirrors of package registries.

Profiles are looked into as well: runtimes record the paths of source files.
"""

import gzip
import re
import zlib

from lint import Lint

# `(?<![\w.])` keeps "network/work" and "../root" out.
PATHS = re.compile(r"(?<![\w.$}/-])/(?:work|root|home/[a-z]\w*|Users/[a-z]\w*)"
                   r"(?:/[\w.-]|\b(?![\w/-]))")
REGISTRIES = re.compile(
    r"https?://[^\s\"'<>)]*(?:registry|artifact|nexus|mirror|proxy)"
    r"[^\s\"'<>)]*|\"resolved\": *\"https?:[^\"]*\"", re.IGNORECASE)


def text_of(path):
    """A file's text, inflated when it is compressed, readable or not."""
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            return ""  # a broken file that a test wants
    return data.decode("utf-8", errors="replace")


def main():
    lint = Lint("private_words")
    for path in lint.tracked_files():
        name = path.relative_to(lint.root).as_posix()
        if name == "tests/lint/private_words.py":
            continue
        for number, line in enumerate(text_of(path).split("\n"), 1):
            for pattern, what in ((PATHS, "a path of one machine"),
                                  (REGISTRIES, "a package registry's host")):
                match = pattern.search(line)
                if match:
                    lint.report(name, number, f"{match[0]}: {what}")
    lint.finish()


main()
