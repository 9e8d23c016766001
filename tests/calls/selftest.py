"""Is calls.py awake? `selftest.py PROGRAM` plants mistakes in a copy of the
texts, one at a time, and wants to see file and line named."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TEXTS = ["README.md", "docs", "prompts", "schemas"]

# (file, what stands there, what is put in its place)
PLANTS = [
    ("prompts/why_slow.md", '{"profile_type": "mutex",',
     '{"profile_type": "mutual",'),
    ("prompts/why_slow.md", '{"group_by": ["version"]}', '{"group": "version"}'),
    ("prompts/what_changed.md", '{"from": "{{since}}"}', '{"from": {{since}}}'),
    ("prompts/review_profile.md", "`overview {}`", "`overviews {}`"),
    ("prompts/why_slow.json", "e.g. now-1h", "e.g. an-hour"),
    ("schemas/query_flamegraph.json", "block, wall.", "block, walls."),
    ("schemas/top_series.json", "e.g. 50", "e.g. 50000"),
    ("README.md", "-> top_series {", "-> top_serious {"),
    ("docs/clients.md", "`pyroscope-mcp call overview", "`pyroscope-mcp call view"),
]


def run(root):
    return subprocess.run(
        [sys.executable, "-B", str(HERE / "calls.py"), sys.argv[1], str(root)],
        capture_output=True, text=True, check=False)


def copy_texts(root):
    for name in TEXTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name)
        else:
            shutil.copy(ROOT / name, root / name)
    (root / "examples").symlink_to(ROOT / "examples")


def check(plant):
    """What is wrong with the view of one plant; None when nothing."""
    name, old, new = plant
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        copy_texts(root)
        text = (root / name).read_text("utf-8")
        if old not in text:
            return f"{name} does not have {old} any more"
        (root / name).write_text(text.replace(old, new, 1), "utf-8")
        line = text.count("\n", 0, text.index(old)) + 1
        result = run(root)
    wanted = f"{name}:{line}: [calls] "
    found = [said for said in result.stdout.split("\n") if "[calls]" in said]
    if result.returncode == 0 or not any(
            said.startswith(wanted) for said in found):
        return f"expected {wanted}, got\n{result.stdout}{result.stderr}"
    return None


def main():
    problems = [problem for problem in map(check, PLANTS) if problem]
    for problem in problems:
        print(problem)
    print(f"calls.selftest: {len(PLANTS)} plants, "
          f"{len(problems)} not seen as they should be")
    sys.exit(1 if problems else 0)


main()
