"""What the lints share: which files there are, C++ text without its comments
and strings, and findings that name file, line and rule.

A lint is a program: `python3 tests/lint/RULE.py [ROOT]`. It leaves with 1 when
it found something. ROOT is the project's folder, or a copy with planted
mistakes (selftest.py).
"""

import os
import re
import subprocess
import sys
from pathlib import Path

_TOKEN = re.compile(
    r"""
    (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<include>^[ ]*\#[ ]*include[^\n]*)
  | (?P<raw>R"(?P<tag>[^()\\\s]{0,16})\(.*?\)(?P=tag)")
  | (?P<string>"(?:\\.|[^"\\\n])*")
  | (?P<char>(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+')
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


def _blank(text):
    """The same lines, with nothing on them."""
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    """C++ with its comments blanked; lines and columns stay."""
    return _TOKEN.sub(
        lambda m: _blank(m[0]) if m["comment"] else m[0], text)


def code_only(text):
    """C++ with comments, string and character literals blanked."""
    return _TOKEN.sub(
        lambda m: m[0] if m["include"] else _blank(m[0]), text)


class Lint:
    """One run of one rule."""

    def __init__(self, rule):
        self.rule = rule
        default = Path(__file__).resolve().parents[2]
        self.root = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else default
        self.seen = 0
        self.findings = []

    def files(self, *patterns):
        """(path below the root, text) of the files, in a fixed order."""
        paths = {p for pattern in patterns for p in self.root.glob(pattern)}
        for path in sorted(paths):
            if path.is_file():
                self.seen += 1
                yield (path.relative_to(self.root).as_posix(),
                       path.read_text(encoding="utf-8"))

    def tracked_files(self):
        """Paths of all files that belong to the project: git's list, or what
        is there when this is no clone."""
        try:
            listing = subprocess.run(
                ["git", "-C", str(self.root), "ls-files", "-z", "--cached",
                 "--others", "--exclude-standard"],
                capture_output=True, check=True).stdout.decode()
            paths = [self.root / name for name in listing.split("\0") if name]
        except (OSError, subprocess.CalledProcessError):
            paths = list(self._walk())
        for path in sorted(paths):
            if path.is_file() and not path.is_symlink():
                self.seen += 1
                yield path

    def _walk(self):
        for folder, folders, names in os.walk(self.root):
            folders[:] = [f for f in folders
                          if f not in (".git", "node_modules", "__pycache__")
                          and not f.startswith("build")]
            yield from (Path(folder) / name for name in names)

    def report(self, path, line, text):
        self.findings.append(f"{path}:{line}: [{self.rule}] {text}")

    def report_matches(self, path, text, pattern, message):
        """Reports each match; `{0}` in the message is what matched."""
        for match in re.finditer(pattern, text, re.MULTILINE):
            line = text.count("\n", 0, match.start()) + 1
            self.report(path, line, message.format(match[0].strip()))

    def finish(self):
        for finding in self.findings:
            print(finding)
        if self.seen == 0:
            print(f"[{self.rule}] no file to look at below {self.root}")
        print(f"{self.rule}: {self.seen} files, {len(self.findings)} findings")
        sys.exit(1 if self.findings or self.seen == 0 else 0)
