"""Is commits.py awake? Makes a repository in a temporary folder, plants bad
commits and good ones, and wants findings for the bad ones only."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

LINT = Path(__file__).resolve().parent / "commits.py"

WHY = "\n\nReaders could not tell the two apart.\n"
MANY = {f"docs/{i}.md": "text\n" for i in range(11)}
LONG = {"src/a.cc": "int a;\n" * 201}
SMALL = {"src/a.cc": "int a;\n"}
WIDE = "w" * 50 + " " + "w" * 50


def moved(folder, extra=""):
    return {f"src/{folder}/{i}.cc":
            f'#include "{folder}/{i}.h"\n{"int a;" * 9}\n{i}\n{extra}'
            for i in range(12)}


# (message, the files afterwards, what a finding says, or None for silence).
# Each commit replaces all files by those of its row.
PLANTS = [
    ("S" * 73, SMALL, ":1: [commits] the subject has 73 characters"),
    ("S" * 72, SMALL, None),
    ("Ä" * 72, SMALL, None),
    ("Say more.", SMALL, ":1: [commits] the subject ends in a full stop"),
    ("", SMALL, ":1: [commits] the subject is empty"),
    ("Say more\nat once", SMALL, ":2: [commits] an empty line must follow"),
    ("Say more\n\n" + WIDE, SMALL, ":3: [commits] the line has 101 characters"),
    ("Say more\n\n" + WIDE[1:], SMALL, None),
    ("Say more\n\nhttps://example.com/" + WIDE, SMALL, None),
    ("Say more\n\n    " + WIDE, SMALL, None),
    ("Add pages", MANY, ":1: [commits] 11 files and 0 lines"),
    ("Add pages" + WHY, MANY, None),
    ("Add pages", dict(list(MANY.items())[:10]), None),
    ("Add pages\n\nSigned-off-by: a@example.com\n", MANY, "no body says why"),
    ("Add a loop", LONG, ":1: [commits] 1 files and 201 lines"),
    ("Add a loop" + WHY, LONG, None),
    ("Add a loop", {"tests/a.cc": LONG["src/a.cc"]}, None),
    ("Take a loop out", {}, "1 files and 201 lines"),
    ("Move files", moved("new"), None),
    ("Move and change files", moved("new", "int b;\n"), "12 files and"),
]
# What is there before the plant with this subject.
BEFORE = {
    "Take a loop out": LONG,
    "Move files": moved("old"),
    "Move and change files": moved("old"),
}


class Repository:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "selftest", "GIT_AUTHOR_EMAIL": "<>",
            "GIT_COMMITTER_NAME": "selftest", "GIT_COMMITTER_EMAIL": "<>",
        }
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "diff.renames", "false")

    def run(self, *command, text=None):
        return subprocess.run(command, cwd=self.folder, env=self.environment,
                              input=text, capture_output=True, text=True,
                              check=False)

    def git(self, *arguments, text=None):
        result = self.run("git", *arguments, text=text)
        if result.returncode != 0:
            sys.exit(f"git {' '.join(arguments)}: {result.stderr}")
        return result.stdout.strip()

    def commit(self, message, files):
        self.git("rm", "-rf", "--quiet", "--ignore-unmatch", ".")
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--allow-empty-message",
                 "--cleanup=verbatim", "--file=-", text=message)

    def lint(self, *revisions):
        return self.run(sys.executable, "-B", str(LINT), *revisions)


def problem_of(result, wanted):
    if wanted is None:
        bad = result.returncode != 0 or "1 commits, 0 findings" not in result.stdout
        wanted = "silence"
    else:
        bad = result.returncode != 1 or wanted not in result.stdout
    return f"expected {wanted}, got\n{result.stdout}{result.stderr}" if bad else ""


def plants(repository):
    for message, files, wanted in PLANTS:
        repository.commit("Begin", BEFORE.get(message, {}))
        repository.commit(message, files)
        yield repr(message[:40]), problem_of(repository.lint("HEAD~..HEAD"), wanted)


def ranges(repository):
    """Merges are exempt, a range is more than its last commit, and what is no
    revision is an error."""
    repository.commit("Begin", {})
    start = repository.git("rev-parse", "HEAD")
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit("One.", SMALL)
    repository.commit("Two", MANY)
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "-m", "Merge.", "side")
    result = repository.lint(f"{start}..HEAD")
    yield "a range", "" if "2 commits, 2 findings" in result.stdout else result.stdout
    result = repository.lint("-1", "HEAD")
    yield "the last one", "" if "1 commits, 1 findings" in result.stdout else result.stdout
    result = repository.lint("HEAD..HEAD")
    yield "an empty range", "" if result.returncode == 0 else result.stdout
    result = repository.lint("lost..HEAD")
    repository.git("checkout", "--quiet", "--orphan", "first")
    repository.commit("Begin", MANY)
    yield "no parent", problem_of(repository.lint("HEAD"), None)
    yield "no revision", "" if result.returncode == 1 else "taken as a revision"


def main():
    with tempfile.TemporaryDirectory() as folder:
        repository = Repository(folder)
        seen = [*plants(repository), *ranges(repository)]
    bad = [f"{name}\n  {problem}" for name, problem in seen if problem]
    for problem in bad:
        print(problem)
    print(f"commits_selftest: {len(seen)} plants, {len(bad)} not seen as they "
          "should be")
    sys.exit(1 if bad else 0)


main()
