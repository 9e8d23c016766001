"""`cmake --install` with DESTDIR puts each file where it belongs, and a program
that runs from there: install.py CMAKE BUILD_FOLDER VERSION"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
# Of the sources, by the patterns of what is installed.
DOCUMENTS = ["*.md", "LICENSE", "docs/**/*.*", "examples/*.md",
             "examples/deploy/*", "examples/profiles/labels.json",
             "examples/profiles/*/*.r0.pb.gz"]
WANTED = {
    "bin/pyroscope-mcp",
    "lib/systemd/system/pyroscope-mcp.service",
    *("share/doc/pyroscope-mcp/" + path.relative_to(PROJECT).as_posix()
      for pattern in DOCUMENTS for path in PROJECT.glob(pattern)),
}


def main():
    cmake, build, version = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([cmake, "--install", build, "--prefix", "/opt/pmcp"],
                       env={**os.environ, "DESTDIR": folder}, check=True,
                       stdout=subprocess.DEVNULL)
        root = Path(folder)
        found = {path.relative_to(root / "opt/pmcp").as_posix()
                 for path in root.rglob("*") if path.is_file()}
        said = subprocess.run([root / "opt/pmcp/bin/pyroscope-mcp",
                               "--version"], check=True, capture_output=True,
                              text=True).stdout
    problems = [f"missing: {name}" for name in sorted(WANTED - found)]
    problems += [f"not expected: {name}" for name in sorted(found - WANTED)]
    if said != f"pyroscope-mcp {version}\n":
        problems.append(f"says it is {said}")
    for problem in problems:
        print(problem)
    print(f"install: {len(found)} files, {len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
