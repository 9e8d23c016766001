"""A wish has an issue, `TODO(#12): …`, or is not written down."""

from lint import Lint

OTHER_WORDS = "FIX" + "ME", "XX" + "X", "HA" + "CK"


def main():
    lint = Lint("todo")
    kinds = ("h", "cc", "cmake", "txt", "md", "json", "jsonl", "py", "mjs")
    for path, text in lint.files(
            "CMakeLists.txt", "script/*", ".ci/*",
            *(f"{folder}/**/*.{kind}" for kind in kinds
              for folder in ("src", "tests", "cmake", "schemas"))):
        if path == "tests/lint/todo.py":
            continue
        lint.report_matches(path, text, r"\bTODO\b(?!\(#\d+\): \S)",
                            "write `TODO(#issue): wish`, or do it now")
        lint.report_matches(path, text, rf"\b({'|'.join(OTHER_WORDS)})\b",
                            "{0}: write `TODO(#issue): wish`, or do it now")
    lint.finish()


main()
