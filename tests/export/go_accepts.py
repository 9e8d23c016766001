"""Does Go accept what export_pprof writes?

go tool pprof has to read the file with the total that the tool stated, and
go build -pgo has to build a program with it.

Usage: go_accepts.py SERVER PROFILES GO
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAM = """package main

import "compress/gzip"

func main() {
	w := gzip.NewWriter(nil)
	_ = w
}
"""


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stderr}")
    return done.stdout


def export(server, profiles, folder, *arguments):
    answer = run([server, "call", "export_pprof", "format=json", *arguments,
                  "--profiles-dir", profiles, "--export-dir", folder])
    return json.loads(answer)


def check_total(go, answer):
    """pprof's own sum of flat values is the total that the tool stated."""
    top = run([go, "tool", "pprof", "-raw", answer["path"]])
    samples = top.split("Samples:\n")[1].split("Locations\n")[0].splitlines()[1:]
    # Labels are in lines of their own.
    values = [int(line.split(":")[0]) for line in samples
              if re.match(r" *-?[0-9]+: ", line)]
    if len(values) != answer["samples"] or sum(values) != answer["total"]:
        sys.exit(f"{answer['path']}: pprof reads {len(values)} samples of "
                 f"{sum(values)}, the tool says {answer['samples']} of "
                 f"{answer['total']}")
    print(f"{answer['path']}: {len(values)} samples of {sum(values)}")


def check_pgo(go, answer, folder):
    source = pathlib.Path(folder) / "program"
    source.mkdir()
    (source / "go.mod").write_text("module program\n\ngo 1.21\n")
    (source / "main.go").write_text(PROGRAM)
    environment = dict(os.environ, GOTOOLCHAIN="local", GOFLAGS="-mod=mod",
                       GOPROXY="off", GOCACHE=str(pathlib.Path(folder) / "cache"))
    program = source / "program"
    run([go, "build", f"-pgo={answer['path']}", "-o", program, "."],
        cwd=source, env=environment)
    settings = run([go, "version", "-m", program])
    if answer["path"] not in settings:
        sys.exit(f"the program was built without the profile:\n{settings}")
    print("go build -pgo accepts it")


def main():
    server, profiles, go = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        for arguments in (["service=shop"],
                          ["service=shop", "profile_type=inuse_space"],
                          ["service=storefront", "profile_type=inuse_space"]):
            check_total(go, export(server, profiles, folder, *arguments))
        pgo = export(server, profiles, folder, "service=shop", "pgo=true")
        check_total(go, pgo)
        check_pgo(go, pgo, folder)


main()
