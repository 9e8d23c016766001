"""An error teaches: what was wrong, and on a second line what to do."""

from lint import Lint

EMPTY_WORDS = ("failed to", "invalid input", "something went wrong")


def main():
    lint = Lint("error_texts")
    for path, text in lint.files("tests/golden/*/*.error.txt"):
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            lint.report(path, 1, "has no second line that says what to do")
        for number, line in enumerate(text.splitlines(), 1):
            for words in EMPTY_WORDS:
                if words in line.lower():
                    lint.report(path, number, f'"{words}" tells nothing')
    lint.finish()


main()
