"""Citations lead somewhere: a document that is named is in the project, a
heading that is cited is in that document, a recorded answer is in the oracle.

A citation is written `docs/FILE.md, "Heading"`; lines may break inside it.
Numbered sections of documents that readers cannot open ("reference 7.1",
"design, section 9", "issue 3") are findings. Public specifications are cited
by their own names and dates ("spec 2025-11-25, basic", "RFC 9110").
"""

import re

from lint import Lint

FOLDERS = ("src", "tests", "docs", "schemas", "prompts", "script", "cmake")
SUFFIXES = {"", ".cc", ".cmake", ".h", ".js", ".json", ".jsonl", ".md", ".mjs",
            ".py", ".sh", ".txt"}
# Recorded data, bytes from fuzzing, and this rule's own bad examples.
SKIPPED = ("tests/oracle/data/", "tests/fuzz/corpus/", "tests/lint/citations.py",
           "tests/lint/selftest.py")
RECORDINGS = "tests/oracle/data/answers"

# Between the words of a citation: a line may break, with comment marks.
GAP = r"(?:[\s*]|//+|#)+"
OUTSIDE = re.compile(
    rf"\breferences?{GAP}\d"
    rf"|\b(?:design(?:\.md)?|\w+\.md),?{GAP}(?:section{GAP})?\d"
    # A revision of the MCP specification is a date.
    rf"|\bspec(?:ification)?,?{GAP}(?:section{GAP})?(?!\d{{4}}-\d\d-\d\d)\d"
    rf"|\(issue{GAP}\d", re.IGNORECASE)
DOCUMENT = re.compile(r"(?<![\w$}])(?:[\w.-]*/)*[\w-]+\.md\b")
DECISION = re.compile(r"\bdocs/decisions/(\d{4})\b(?!-)")
CITED = re.compile(
    rf'(?P<file>(?:[\w.-]+/)*[\w-]+\.md)`?,{GAP}\\?"(?P<heading>[^"\\]+)')
CITED_BACKWARDS = re.compile(
    rf'"(?P<heading>[^"\n]+)"{GAP}(?:in|of){GAP}`?(?P<file>[\w./-]+\.md)')
RECORDED = re.compile(r"^Recorded: ((?:.+\n)+)", re.MULTILINE)


def in_one_line(text):
    return re.sub(rf"\s*\n{GAP}|\s*\n", " ", text).strip()


def headings_of(text):
    lines = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return {m[1].strip() for m in re.finditer(r"^#+ (.*)$", lines, re.MULTILINE)}


class Citations:
    def __init__(self, lint):
        self.lint = lint
        self.texts = {}
        self.documents = {}  # path → headings
        for path in lint.tracked_files():
            self._load(path, path.relative_to(lint.root).as_posix())
        self.names = {path.rsplit("/", 1)[-1] for path in self.documents}

    def _load(self, path, name):
        if name.endswith(".md"):
            text = path.read_text(encoding="utf-8")
            self.documents[name] = headings_of(text)
        is_ours = name.split("/")[0] in FOLDERS or "/" not in name
        if is_ours and path.suffix in SUFFIXES and not name.startswith(SKIPPED):
            self.texts[name] = path.read_text(encoding="utf-8", errors="replace")

    def find(self, name, citing):
        """The document that is meant: from the root, beside, or by its end."""
        beside = citing.rpartition("/")[0]
        for path in (name, f"{beside}/{name}"):
            if path in self.documents:
                return path
        ends = [d for d in self.documents if d.endswith(f"/{name}")]
        return ends[0] if len(ends) == 1 else None

    def check(self, path, text):
        self._outside(path, text)
        self._documents(path, text)
        self._headings(path, text)
        if path.startswith("docs/"):
            self._recordings(path, text)

    def _report(self, path, text, at, message):
        self.lint.report(path, text.count("\n", 0, at) + 1, message)

    def _outside(self, path, text):
        for match in OUTSIDE.finditer(text):
            self._report(path, text, match.start(),
                         f'"{in_one_line(match[0])}…" is a section of a document '
                         "that is not in the project; cite "
                         'docs/pyroscope-behavior.md, "Heading"')

    def _documents(self, path, text):
        for match in DOCUMENT.finditer(text):
            name = match[0].rsplit("/", 1)[-1]
            # NAME.md stands for any name.
            is_any = name[:-3] in ("NAME", "FILE", "TOOL", "X")
            if name not in self.names and not is_any:
                self._report(path, text, match.start(),
                             f"{match[0]} is not in the project")
        for match in DECISION.finditer(text):
            start = f"docs/decisions/{match[1]}-"
            if not any(d.startswith(start) for d in self.documents):
                self._report(path, text, match.start(), f"there is no {match[0]}")

    def _headings(self, path, text):
        for pattern in (CITED, CITED_BACKWARDS):
            for match in pattern.finditer(text):
                document = self.find(match["file"], path)
                heading = in_one_line(match["heading"])
                if heading == "Heading":  # the form itself
                    continue
                if document and heading not in self.documents[document]:
                    self._report(path, text, match.start(),
                                 f'{document} has no heading "{heading}"')

    def _recordings(self, path, text):
        for match in RECORDED.finditer(text):
            for name in re.findall(r"`([^`]+)`", match[1]):
                if not (self.lint.root / RECORDINGS / f"{name}.json").is_file():
                    self._report(path, text, match.start(),
                                 f"{RECORDINGS} has no {name}.json")


def main():
    lint = Lint("citations")
    citations = Citations(lint)
    for path, text in sorted(citations.texts.items()):
        citations.check(path, text)
    lint.seen = len(citations.texts)
    lint.finish()


main()
