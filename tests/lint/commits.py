"""Messages of commits: `commits.py REVISION…`, as `git rev-list` takes them,
for example `main..HEAD`. Merges are not looked at.

A subject has at most 72 characters and no full stop; an empty line follows it;
lines of the body have at most 100 characters. A large commit needs a body that
says why: one that changes more than 10 files, or more than 200 lines of src/.
What a move brings along does not count: the renames and the #include lines.
A commit without a parent needs no body: a shallow clone has one that is not
the first.
"""

import re
import subprocess
import sys

MAX_SUBJECT = 72
MAX_BODY_LINE = 100
# Beyond one of them a commit needs a body.
MAX_FILES = 10
MAX_SOURCE_LINES = 200

TRAILER = re.compile(r"[A-Z][\w-]*(?:-by|-[Ii]d|Fixes|Refs): ")
INCLUDE = re.compile(r"[+-]\s*#\s*include\b")


def git(*arguments):
    return subprocess.run(
        ["git", *arguments], capture_output=True, check=True,
    ).stdout.decode("utf-8", errors="replace")


def is_unbreakable(line):
    """An address, or output that is quoted as it came."""
    return "://" in line or line.startswith("    ")


def wrong_lines(message):
    """(line number, what is wrong) of a message's form."""
    subject, *rest = message.rstrip("\n").split("\n")
    if not subject.strip():
        yield 1, "the subject is empty"
    if len(subject) > MAX_SUBJECT:
        yield 1, (f"the subject has {len(subject)} characters; at most "
                  f"{MAX_SUBJECT} are allowed")
    if subject.endswith("."):
        yield 1, "the subject ends in a full stop"
    if rest and rest[0].strip():
        yield 2, "an empty line must follow the subject"
    for number, line in enumerate(rest, 2):
        if len(line) > MAX_BODY_LINE and not is_unbreakable(line):
            yield number, (f"the line has {len(line)} characters; at most "
                           f"{MAX_BODY_LINE} are allowed")


def has_parent(commit):
    return git("show", "--no-patch", "--format=%P", commit).strip() != ""


def has_body(message):
    return any(line.strip() and not TRAILER.match(line)
               for line in message.split("\n")[1:])


def size_of(commit):
    """How many files a commit changes, and how many lines of src/, without
    renames and includes."""
    patch = git("show", "--format=", "--no-color", "--no-ext-diff", "-M", "-U0",
                commit)
    files = source_lines = 0
    for part in re.split(r"^diff --git ", patch, flags=re.MULTILINE)[1:]:
        head, at, body = part.partition("\n@@")
        lines = [line for line in body.split("\n")
                 if line[:1] in ("+", "-") and not INCLUDE.match(line)]
        is_new = re.search(r"^(?:new|deleted) file mode|^Binary", head,
                           re.MULTILINE)
        if lines or (is_new and not at):
            files += 1
        if re.search(r"^(?:\+\+\+ \"?b|--- \"?a)/src/", head, re.MULTILINE):
            source_lines += len(lines)
    return files, source_lines


def check(commit):
    message = git("show", "--no-patch", "--format=%B", commit)
    yield from wrong_lines(message)
    if not has_body(message) and has_parent(commit):
        files, source_lines = size_of(commit)
        if files > MAX_FILES or source_lines > MAX_SOURCE_LINES:
            yield 1, (f"{files} files and {source_lines} lines of src/ change, "
                      "and no body says why; a body is needed above "
                      f"{MAX_FILES} files or {MAX_SOURCE_LINES} lines")


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: commits.py REVISION…, for example main..HEAD")
    try:
        commits = git("rev-list", "--no-merges", "--reverse",
                      *sys.argv[1:]).split()
        findings = [
            f"{commit[:10]}:{line}: [commits] {what}\n"
            f"    {git('show', '--no-patch', '--format=%s', commit).strip()}"
            for commit in commits for line, what in check(commit)]
    except subprocess.CalledProcessError as error:
        sys.exit(error.stderr.decode("utf-8", errors="replace"))
    for finding in findings:
        print(finding)
    print(f"commits: {len(commits)} commits, {len(findings)} findings")
    sys.exit(1 if findings else 0)


main()
