"""Are self and total of every function of google/pprof's own test profiles
those that `pprof -top` prints?

    google_profiles.py PROGRAM GO

The profiles come with the Go module github.com/google/pprof, in the version of
record/go.mod, and are read where the Go command keeps it. A file in one of
pprof's legacy formats is read as `pprof -proto` writes it. Exits with SKIPPED
where there is no Go, or the module cannot be fetched.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77
FETCH_SECONDS = 120
MODULE = "github.com/google/pprof"
FOLDERS = ["profile/testdata", "internal/driver/testdata",
           "internal/report/testdata", "internal/proftest/testdata"]
RECORD = Path(__file__).resolve().parent / "record"
MOST_FUNCTIONS = 500  # of one answer
# Quantity, share, sum of shares, quantity, share, name.
ROW = re.compile(r"\s*(\S+)\s+\S+%?\s+\S+%?\s+(\S+)\s+\S+%?\s+(.*)")
MARK = re.compile(r" \((partial-)?inline\)$")


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def run(words, **options):
    return subprocess.run(list(map(str, words)), capture_output=True,
                          text=True, check=False, **options)


def must(words, **options):
    done = run(words, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}:\n{done.stderr}")
    return done.stdout


def fetch(go, work):
    """The folder of the module, and the program pprof built from it."""
    if shutil.which(go) is None:
        skip("there is no Go")
    shutil.copytree(RECORD, work / "module")
    options = {"cwd": work / "module",
               "env": dict(os.environ, GOFLAGS="-mod=mod")}
    try:
        fetched = run([go, "mod", "download"], timeout=FETCH_SECONDS,
                      **options)
    except subprocess.TimeoutExpired:
        skip(f"{MODULE} was not fetched in {FETCH_SECONDS} seconds")
    if fetched.returncode != 0:
        skip(f"{MODULE} cannot be fetched: {fetched.stderr.strip()}")
    folder = must([go, "list", "-m", "-f", "{{.Dir}}", MODULE], **options)
    pprof = work / "pprof"
    must([go, "build", "-o", pprof, MODULE], **options)
    return Path(folder.strip()), pprof


def is_protobuf(path):
    return path.read_bytes()[:2] == b"\x1f\x8b"


def sample_types(pprof, path):
    """[("cpu", "nanoseconds"), …]; nothing if pprof reads no profile."""
    done = run([pprof, "-raw", "-symbolize=none", path])
    if done.returncode != 0 or "Samples:\n" not in done.stdout:
        return []
    line = done.stdout.split("Samples:\n")[1].splitlines()[0]
    return [tuple(word.removesuffix("[dflt]").split("/"))
            for word in line.split()]


def number(quantity):
    return float(re.match(r"-?[0-9.]+", quantity).group())


def top(pprof, path, sample_type, unit):
    """What pprof prints: name -> self and total."""
    text = must([pprof, "-top", "-symbolize=demangle=default", "-nodecount=0",
                 "-nodefraction=0", "-edgefraction=0",
                 f"-sample_index={sample_type}", f"-unit={unit}", path])
    rows = {}
    for line in text.split("flat  flat%   sum%")[1].splitlines()[1:]:
        self_text, total_text, name = ROW.fullmatch(line).groups()
        rows[MARK.sub("", name)] = (number(self_text), number(total_text))
    return rows


def call(program, tool, profiles, *arguments):
    return json.loads(must([program, "call", tool, "format=json", *arguments,
                            "--profiles-dir", profiles]))


def profile_type(program, path, sample_type, unit):
    """The ID of a sample type; None if the program has no such type."""
    for known in call(program, "list_profile_types", path)["profileTypes"]:
        if (known["sampleType"], known["sampleUnit"]) == (sample_type, unit):
            return known["ID"]
    return None


def from_stacks(program, path, type_id, out):
    """Every function, from an export of all stacks."""
    answer = call(program, "export_pprof", path, "file_format=collapsed",
                  f"profile_type={type_id}", "--export-dir", out)
    rows = {}
    if "path" not in answer:
        return rows
    for line in Path(answer["path"]).read_text().splitlines():
        stack, value = line.rsplit(" ", 1)
        names = stack.split(";")
        for name in set(names):
            self_value, total = rows.get(name, (0, 0))
            rows[name] = (self_value + (int(value) if name == names[-1] else 0),
                          total + int(value))
    return rows


def from_flamegraph(program, path, type_id):
    answer = call(program, "query_flamegraph", path,
                  f"limit={MOST_FUNCTIONS}", f"profile_type={type_id}")
    return {row["name"]: (row["self"], row["total"])
            for row in answer["functions"]}


def differences(expected, ours, is_complete):
    expected = {name.replace(";", ":"): row for name, row in expected.items()}
    for name, row in ours.items():
        row = tuple(map(float, row))
        if row != expected.get(name, (0.0, 0.0)):
            yield f"{name}: {row}, pprof says {expected.get(name)}"
    if not is_complete:
        return
    for name, row in expected.items():
        if name not in ours and row != (0.0, 0.0):
            yield f"{name}: missing, pprof says {row}"


def compare(program, pprof, path, out):
    """The number of compared functions, and what differs."""
    count, problems = 0, []
    for sample_type, unit in sample_types(pprof, path):
        expected = top(pprof, path, sample_type, unit)
        type_id = profile_type(program, path, sample_type, unit)
        stacks, flamegraph = {}, {}
        if type_id is not None:
            stacks = from_stacks(program, path, type_id, out)
            flamegraph = from_flamegraph(program, path, type_id)
        problems += [f"{sample_type}: {text}" for text in
                     [*differences(expected, stacks, True),
                      *differences(expected, flamegraph,
                                   len(flamegraph) < MOST_FUNCTIONS)]]
        count += len(expected)
    return count, problems


def main():
    program, go = sys.argv[1:]
    compared, failed = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        module, pprof = fetch(go, work)
        os.environ["PPROF_TMPDIR"] = folder
        paths = [path for name in FOLDERS
                 for path in sorted((module / name).iterdir())]
        for path in paths:
            if not sample_types(pprof, path):
                continue
            what, read = "protobuf", path
            if not is_protobuf(path):
                what, read = "legacy", work / f"{path.name}.pb.gz"
                must([pprof, "-proto", "-symbolize=none", "-output", read,
                      path])
            count, problems = compare(program, pprof, read, work / "out")
            compared += 1
            failed += bool(problems)
            name = path.relative_to(module)
            print(f"{name} ({what}): {count} functions, "
                  f"{len(problems)} differ", *problems[:8], sep="\n  ")
    print(f"{compared} profiles, {failed} with differences")
    sys.exit(1 if failed or compared < 20 else 0)


main()
