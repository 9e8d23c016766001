"""Is an exported file what `go tool pprof -raw` prints of the files it is from?

    exports.py PROGRAM ROOT GO

An export of one file with all sample types has the same text, to the byte. One
of several files has the text of what pprof merges from them, below a comment
that export_pprof adds. Files that pprof cannot read are left out, and named.
Exits with SKIPPED where there is no Go.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77
MERGED = ["examples/profiles/shop/cpu.*.pb.gz",
          "examples/profiles/shop/mutex.*.pb.gz",
          "examples/profiles/storefront/wall.*.pb.gz",
          "tests/oracle/data/profiles/edge-?.pb.gz"]
COMMENT = "Comment: merged by pyroscope-mcp"


def raw(go, files):
    """Nothing if pprof cannot read them."""
    done = subprocess.run([go, "tool", "pprof", "-raw", *map(str, files)],
                          capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def export(program, profiles, out):
    done = subprocess.run(
        [program, "call", "export_pprof", "profile_type=all", "format=json",
         "--profiles-dir", str(profiles), "--export-dir", out],
        capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{profiles}: {done.stderr}")
    path = json.loads(done.stdout).get("path")
    return path or sys.exit(f"{profiles}: nothing was exported:\n{done.stdout}")


def compare(name, ours, theirs):
    for ours_line, theirs_line in zip(ours.splitlines(), theirs.splitlines()):
        if ours_line != theirs_line:
            sys.exit(f"{name}:\n  the export has: {ours_line}\n"
                     f"  the files have: {theirs_line}")
    if ours != theirs:
        sys.exit(f"{name}: one text is longer than the other")


def single_files(root):
    yield from sorted(root.glob("examples/profiles/*/*.r0.pb.gz"))
    for path in sorted(root.glob("tests/inputs/*/profiles/*")):
        if path.is_file():
            yield path


def main():
    program, root, go = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    if shutil.which(go) is None:
        print("skipped: there is no Go")
        sys.exit(SKIPPED)
    compared = 0
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "out")
        for path in single_files(root):
            text = raw(go, [path])
            if not text:
                print(f"left out, as pprof cannot read it: {path}")
                continue
            compare(path, raw(go, [export(program, path, out)]), text)
            compared += 1
        for pattern in MERGED:
            files = sorted(root.glob(pattern))
            profiles = Path(folder) / f"merged-{compared}"
            profiles.mkdir()
            for path in files:
                shutil.copy(path, profiles)
            ours = raw(go, [export(program, profiles, out)])
            lines = ours.splitlines(keepends=True)
            kept = [line for line in lines if not line.startswith(COMMENT)]
            if len(kept) != len(lines) - 1:
                sys.exit(f"{pattern}: no comment says what was merged")
            compare(pattern, "".join(kept), raw(go, files))
            compared += 1
    print(f"{compared} exports are what pprof reads")
    sys.exit(compared < 30)


main()
