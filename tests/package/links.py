"""Every relative link of an installed document leads to something that is
installed too: links.py CMAKE BUILD_FOLDER

Installs into a folder and follows the links there. Then breaks the
installation in several ways, each of which must be seen."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

DOCUMENTS = "share/doc/pyroscope-mcp"
BLOCK = re.compile(r"^ *```.*?^ *```$", re.M | re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)")
ELSEWHERE = re.compile(r"[a-z]+:")
HEADING = re.compile(r"^#+ (.+)$", re.M)


def anchors(text):
    """The anchors that GitHub gives to the headings."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            for heading in HEADING.findall(BLOCK.sub("", text))}


def leads_nowhere(document, target):
    """Why a link of the document leads nowhere; "" when it does not."""
    name, _, anchor = target.partition("#")
    file = document.parent / name if name else document
    if not file.exists():
        return "is not installed"
    if anchor and anchor not in anchors(file.read_text("utf-8")):
        return "has no such heading"
    return ""


def check(root):
    """(number of links, what is wrong with them)."""
    links = 0
    problems = []
    for document in sorted(root.rglob("*.md")):
        text = BLOCK.sub("", document.read_text("utf-8"))
        for target in LINK.findall(text):
            if ELSEWHERE.match(target):
                continue
            links += 1
            why = leads_nowhere(document, target)
            if why:
                name = document.relative_to(root)
                problems.append(f"{name}: {target} {why}")
    return links, problems


def replace(old, new):
    def plant(root):
        document = root / "README.md"
        text = document.read_text("utf-8")
        assert old in text, old
        document.write_text(text.replace(old, new, 1), "utf-8")
    return plant


# What is broken, and what must be said of it.
PLANTS = [
    (lambda root: (root / "docs/performance.md").unlink(),
     "README.md: docs/performance.md is not installed"),
    (lambda root: (root / "examples/deploy/pyroscope-mcp.service").unlink(),
     "docs/deploy.md: ../examples/deploy/pyroscope-mcp.service"
     " is not installed"),
    (replace("](docs/clients.md)", "](docs/clients.html)"),
     "README.md: docs/clients.html is not installed"),
    (replace("](docs/tools.md#overview)", "](docs/tools.md#over-view)"),
     "README.md: docs/tools.md#over-view has no such heading"),
]


def install(cmake, build, folder):
    subprocess.run([cmake, "--install", build, "--prefix", folder],
                   check=True, stdout=subprocess.DEVNULL)
    return Path(folder) / DOCUMENTS


def main():
    cmake, build = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        links, problems = check(install(cmake, build, folder))
    if links < 20:
        problems.append(f"only {links} links were found")
    for plant, wanted in PLANTS if not problems else []:
        with tempfile.TemporaryDirectory() as folder:
            root = install(cmake, build, folder)
            plant(root)
            if wanted not in check(root)[1]:
                problems.append(f"not seen: {wanted}")
    for problem in problems:
        print(problem)
    print(f"links: {links} links, {len(PLANTS)} plants, "
          f"{len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
