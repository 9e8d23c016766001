"""Builds the image of the Dockerfile in folders: each RUN is run, each COPY
copied, in the order in which they are written."""

import shutil
import sys
import time

from root_folder import RootFolder


def say(text):
    print(f"   {text}", flush=True)


def check_ignored(project, sources):
    """.dockerignore must let through what is copied. Ours begins with `*`, so
    only what is listed gets to the builder."""
    lines = (project / ".dockerignore").read_text().split("\n")
    rules = [line for line in lines if line and not line.startswith("#")]
    allowed = {rule[1:] for rule in rules if rule.startswith("!")}
    if rules[0] != "*" or len(rules) != len(allowed) + 1:
        sys.exit(".dockerignore: expected * and then only !NAME lines")
    for source in sources:
        if source not in allowed:
            sys.exit(f".dockerignore: {source} is copied but kept out")


def copy(text, here, roots, project, root):
    words = text.split()
    origin = project
    if words[0].startswith("--from="):
        origin = roots[words.pop(0).removeprefix("--from=")].path
    else:
        check_ignored(project, words[:-1])
    target = root.inside(here) / words[-1] if words[-1][0] != "/" \
        else root.inside(words[-1])
    for word in words[:-1]:
        source = origin / word.lstrip("/")
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)


def build_stage(stage, roots, project, root, cache):
    """cache: (environment, binds) for compilers, or two empty ones."""
    here = "/"
    environment = {}
    for what, text in stage.steps:
        if what == "RUN":
            start = time.monotonic()
            root.run(["/bin/sh", "-c", text], folder=here,
                     environment={"DEBIAN_FRONTEND": "noninteractive",
                                  **environment, **cache[0]},
                     binds=cache[1])
            say(f"{time.monotonic() - start:4.0f} s  RUN {text[:60]} …")
        elif what == "COPY":
            copy(text, here, roots, project, root)
        elif what == "WORKDIR":
            here = text
            root.inside(here).mkdir(parents=True, exist_ok=True)
        elif what == "ENV":
            environment |= stage.pairs("ENV")


def build(stages, folder, base, project, ccache):
    """The folder of the last stage."""
    roots = {}
    for number, stage in enumerate(stages):
        if not stage.base.startswith("debian:12"):
            sys.exit(f"Dockerfile: FROM {stage.base}; expected debian:12…")
        name = stage.name or f"stage-{number}"
        say(f"stage {name}, from {stage.base}: a debootstrapped folder")
        root = roots[name] = RootFolder(folder / name, base)
        cache = ({}, ())
        if ccache is not None and stage.name == "build":
            ccache.mkdir(parents=True, exist_ok=True)
            root.run(["/bin/sh", "-c", "apt-get -qq update && apt-get -qq "
                      "install --yes --no-install-recommends ccache"])
            cache = ({"CMAKE_CXX_COMPILER_LAUNCHER": "ccache",
                      "CCACHE_DIR": "/ccache"}, ((ccache, "/ccache"),))
            say("with ccache, as was asked for")
        build_stage(stage, roots, project, root, cache)
    return root
