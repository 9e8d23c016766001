"""A header opens with what it is for, is included once, and says what threads
may do with it when it holds a mutex or an atomic."""

import re

from lint import Lint, code_only


def main():
    lint = Lint("headers")
    for path, text in lint.files("src/**/*.h", "tests/**/*.h"):
        if not re.match(r"//[^\n]*\w", text):
            lint.report(path, 1, "does not open with a comment that says what "
                                 "it is for")
        if not re.search(r"^#pragma once$", text, re.MULTILINE):
            lint.report(path, 1, "has no `#pragma once`")
        shared = re.search(r"\bstd::\w*(mutex|atomic)\w*\b", code_only(text))
        if shared and "thread" not in text.lower():
            line = text.count("\n", 0, shared.start()) + 1
            lint.report(path, line, f"has a {shared[0]} and does not say what "
                                    "threads may do")
    lint.finish()


main()
