"""Runs a command of the project in a new root folder of a distribution, with
nothing in it but the smallest base and the project's files:

    fresh.py [--ccache FOLDER] PROJECT [bookworm|trixie|noble] COMMAND…
"""

import argparse
import fcntl
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from root_folder import RootFolder, Unreachable, make_base

SUITES = ("bookworm", "trixie", "noble")
UNREACHABLE = 69  # EX_UNAVAILABLE of sysexits.h
FROM_DEBIAN = "DEBIAN_FRONTEND=noninteractive apt-get -qq"
# Process 1 reaps what the command leaves behind. "~" is the user's folder by
# /etc/passwd, since the environment has no HOME.
FIRST_PROCESS = 'export HOME=~; "$@"; exit $?'


def make_noble_base(folder, bases):
    """With Debian 13's debootstrap, in a root folder of its own: it knows this
    Ubuntu, and Debian 13 has the keys of Ubuntu's archive."""
    if folder.with_suffix(".done").exists():
        return
    make_base(bases / "trixie", "trixie")
    tools = RootFolder(bases / "noble-tools", bases / "trixie")
    tools.run(["sh", "-c", f"{FROM_DEBIAN} update && {FROM_DEBIAN} install "
               "--yes --no-install-recommends debootstrap ubuntu-keyring"])
    make_base(folder, "noble", tools)
    shutil.rmtree(tools.path)


def enable_universe(root):
    """Ubuntu keeps most of the libraries there."""
    sources = root.inside("/etc/apt/sources.list")
    sources.write_text(re.sub(r"\bmain\b", "main universe",
                              sources.read_text()))


def copy_project(project, root):
    """What git tracks or does not ignore, as it is in the working tree. The
    folder is the same inside, so that ccache finds what was compiled outside."""
    listing = subprocess.run(
        ["git", "-C", project, "ls-files", "-z", "--cached", "--others",
         "--exclude-standard"], capture_output=True, check=True).stdout
    for name in listing.decode().split("\0"):
        source = project / name
        if not name or not os.path.lexists(source):
            continue
        target = root.inside(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target, follow_symlinks=False)


def install_ccache(root):
    """apt forgets the lists again: the command has to fetch them itself."""
    root.run(["sh", "-c", f"{FROM_DEBIAN} update && {FROM_DEBIAN} install "
              "--yes --no-install-recommends ccache && apt-get clean && "
              "rm -rf /var/lib/apt/lists/*"])


def run(root, project, command, ccache):
    environment = {"CI": os.environ["CI"]} if "CI" in os.environ else {}
    binds = ()
    if ccache is not None:
        ccache.mkdir(parents=True, exist_ok=True)
        environment["CCACHE_DIR"] = "/ccache"
        binds = ((ccache, "/ccache"),)
    process = subprocess.Popen(
        root.command(["/bin/bash", "-c", FIRST_PROCESS, "fresh", *command],
                     environment=environment, binds=binds, folder=project),
        stdin=subprocess.DEVNULL)
    try:
        return process.wait()
    finally:
        process.kill()  # and with it, by --kill-child, all that runs inside
        process.wait()


def arguments():
    parser = argparse.ArgumentParser(
        usage="script/fresh [--ccache] [bookworm|trixie|noble] COMMAND…")
    parser.add_argument("project", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--ccache", type=Path, metavar="FOLDER")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    options.suite = "bookworm"
    if options.command[:1] and options.command[0] in SUITES:
        options.suite = options.command.pop(0)
    if not options.command:
        parser.error("a command is missing, for example script/test")
    return options


def lock(bases, suite):
    """One run of a suite at a time: the next one begins by removing the root
    folder. The lock lasts as long as the file is open."""
    file = open(bases / f"{suite}.lock", "w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit(f"error: another script/fresh is running {suite} here")
    return file


def make_root(options, bases):
    suite = options.suite
    print(f"== a new root folder of {suite}", flush=True)
    try:
        if suite == "noble":
            make_noble_base(bases / suite, bases)
        else:
            make_base(bases / suite, suite)
    except Unreachable as error:
        print(f"error: the archive of {error} cannot be reached (see "
              f"build/roots/{error}.log)", file=sys.stderr)
        sys.exit(UNREACHABLE)
    root = RootFolder(bases / f"{suite}-fresh", bases / suite)
    shutil.copy("/etc/resolv.conf", root.inside("/etc/resolv.conf"))
    # As in Debian's container images: nothing here must outlive a power cut.
    root.inside("/etc/dpkg/dpkg.cfg.d/fresh").write_text("force-unsafe-io\n")
    if suite == "noble":
        enable_universe(root)
    copy_project(options.project, root)
    if options.ccache is not None:
        install_ccache(root)
    return root


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    bases = options.project / "build/roots"
    bases.mkdir(parents=True, exist_ok=True)
    locked = lock(bases, options.suite)
    root = make_root(options, bases)
    start = time.monotonic()
    code = run(root, options.project, options.command, options.ccache)
    seconds = time.monotonic() - start
    shutil.rmtree(root.path)
    locked.close()
    print(f"fresh {options.suite}: {shlex.join(options.command)}: "
          f"{seconds:.0f} s, exit code {code}", flush=True)
    sys.exit(code)


main()
