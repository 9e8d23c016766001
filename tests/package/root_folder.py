"""RootFolder: a distribution in a folder, and programs that run in it as they
would in a container: with a process tree, mounts and a user of their own. All
mounts end with the program. Needs root."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
TIMEOUT_SECONDS = 3000  # a whole build on a small machine


class Unreachable(Exception):
    """The archive of a distribution does not answer."""


def debootstrap(suite, folder, log, tools):
    """tools: a RootFolder whose debootstrap runs, in place of this machine's.
    Its mounts end with it, whatever happens."""
    words = ["debootstrap", "--variant=minbase", suite]
    if tools is None:
        command = ["unshare", "--mount", *words, folder]
    else:
        command = tools.command([*words, "/target"],
                                binds=((folder, "/target"),))
    with open(log, "w") as output:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output,
                              stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        text = Path(log).read_text()
        if "Failed getting release" in text:
            raise Unreachable(suite)
        raise SystemExit(f"error: debootstrap {suite} failed:\n{text[-2000:]}")


def make_base(folder, suite, tools=None):
    """A distribution's smallest, made once; kept for the next time."""
    done = folder.with_suffix(".done")
    if done.exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    debootstrap(suite, folder, folder.with_suffix(".log"), tools)
    for package in folder.glob("var/cache/apt/archives/*.deb"):
        package.unlink()
    done.touch()


class RootFolder:
    def __init__(self, path, base):
        self.path = path
        shutil.rmtree(path, ignore_errors=True)
        subprocess.run(["cp", "-a", base, path], check=True)

    def inside(self, name):
        return self.path / str(name).lstrip("/")

    def command(self, words, *, user="0:0", environment=None, binds=(),
                read_only=False, folder="/"):
        """The words that run `words` in here; the first becomes process 1.
        binds: (folder outside, folder inside), seen read-only when all is."""
        root = shlex.quote(str(self.path))
        script = [f"mount --bind {root} {root}",
                  f"mount -t proc proc {root}/proc"]
        for outside, name in binds:
            self.inside(name).mkdir(parents=True, exist_ok=True)
            script.append(f"mount --bind {shlex.quote(str(outside))} "
                          f"{shlex.quote(str(self.inside(name)))}")
        if read_only:
            script += [f"mount -o remount,ro,bind {place}" for place in
                       [root] + [shlex.quote(str(self.inside(name)))
                                 for _, name in binds]]
        values = {"PATH": PATH, **(environment or {})}
        for name in ("http_proxy", "https_proxy", "no_proxy"):
            if name in os.environ and not read_only:
                values[name] = os.environ[name]
        script.append(
            f"exec chroot --userspec={user} {root} env -i "
            + shlex.join([f"--chdir={folder}",
                          *(f"{k}={v}" for k, v in values.items()), *words]))
        return ["unshare", "--mount", "--pid", "--fork", "--kill-child",
                "sh", "-ec", "\n".join(script)]

    def run(self, words, check=True, **options):
        done = subprocess.run(self.command(words, **options),
                              stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=TIMEOUT_SECONDS, check=False)
        if check and done.returncode != 0:
            raise SystemExit(f"in {self.path.name}: {shlex.join(words)}\n"
                             f"{done.stdout[-4000:]}{done.stderr[-4000:]}")
        return done

    def run_beside(self, process, line, user, environment):
        """Runs a shell line where `process`, started with command(), runs: its
        processes, its mounts. The exit code; None as long as it is not there."""
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        first = children.read_text().split()
        if not first or os.readlink(f"/proc/{first[0]}/root") != str(self.path):
            return None
        uid, gid = user.split(":")
        return subprocess.run(
            ["nsenter", "--target", first[0], "--mount", "--pid", "--root",
             f"--setuid={uid}", f"--setgid={gid}", "/bin/sh", "-c", line],
            stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60,
            env={"PATH": PATH, **environment}, cwd="/", check=False).returncode
