"""What the Dockerfile copies into its build is all that the build reads, as far
as CMake's configuration and installation know: context.py CMAKE PROJECT

script/package-test builds the image; this finds in seconds what it would miss,
a new folder that nobody copies."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import dockerfile
import image


class Folder:
    """The build's root folder, with nothing of Debian in it."""

    def __init__(self, path):
        self.path = path

    def inside(self, name):
        return self.path / name.lstrip("/")


def copy_context(stage, project, root):
    """The folder in which the sources are."""
    here = "/"
    for what, text in stage.steps:
        if what == "WORKDIR":
            here = text
        elif what == "COPY":
            image.copy(text, here, {}, project, root)
    return root.inside(here)


def configure(cmake, source, build):
    """What CMake complains of, or nothing."""
    done = subprocess.run(
        [cmake, "-S", source, "-B", build, "-G", "Ninja",
         "-D", "CMAKE_BUILD_TYPE=Release", "-D", "PMCP_TESTS=OFF"],
        capture_output=True, text=True)
    return [done.stderr] if done.returncode != 0 else []


def not_to_install(source, build):
    """Files that the installation takes from the sources, and that are not
    there."""
    script = (build / "cmake_install.cmake").read_text()
    named = re.findall(rf'"({re.escape(str(source))}/[^"]*)"', script)
    if not named:
        return ["the installation takes nothing from the sources"]
    return [f"not copied, but installed: {name}" for name in named
            if not Path(name).exists()]


def main():
    cmake, project = sys.argv[1], Path(sys.argv[2])
    stage = dockerfile.stages((project / "Dockerfile").read_text())[0]
    with tempfile.TemporaryDirectory() as folder:
        root = Folder(Path(folder))
        source = copy_context(stage, project, root)
        build = root.inside("/build")
        problems = configure(cmake, source, build) or \
            not_to_install(source, build)
    for problem in problems:
        print(problem)
    print(f"context: {len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
