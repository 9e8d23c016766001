"""Every library that CMake finds is in THIRD_PARTY.md with its licence and is
installed by script/setup."""

import re

from lint import Lint

CALL = re.compile(
    r"pmcp_find_package\((?P<name>\w+)[^)]*?(?P<a>lib[\w+-]+-dev|[\w+-]+-dev|"
    r"pkg-config)\b"
    r"|pmcp_find_pkgconfig\(\w+ (?P<module>[\w+-]+) (?P<b>[\w+-]+)\)"
    r"|pmcp_missing\((?P<other>\w+) (?P<c>[\w+-]+)\)")
# Part of every system, no library of a third party.
SYSTEM = {"libc6-dev", "pkg-config"}


def main():
    lint = Lint("licences")
    ours = dict(lint.files("THIRD_PARTY.md", "script/setup",
                           "cmake/Dependencies.cmake"))
    found = 0
    for path, text in ours.items():
        if not path.endswith(".cmake"):
            continue
        for call in CALL.finditer(text):
            package = call["a"] or call["b"] or call["c"]
            line = text.count("\n", 0, call.start()) + 1
            found += 1
            for home in ("THIRD_PARTY.md", "script/setup"):
                if package in SYSTEM:
                    continue
                if not re.search(rf"(?<![\w-]){re.escape(package)}(?![\w-])",
                                 ours.get(home, "")):
                    lint.report(path, line, f"{package} is not in {home}")
    if found == 0:
        lint.report("cmake/Dependencies.cmake", 1, "names no library")
    lint.finish()


main()
