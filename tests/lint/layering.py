"""Who may include what (ARCHITECTURE.md, "Rooms").

A room is a folder of src/ with a row in ROOMS; a file belongs to the room with
the longest name that its path starts with. A room sees itself and the rooms of
its row. A foreign library is seen by the few files that wrap it; headers know
JSON by name only.
"""

import re
from fnmatch import fnmatch

from lint import Lint, without_comments

PROFILE = ("profile/words", "profile/pprof", "profile/formats",
           "profile/stacks", "profile/merge", "profile/time")

# A room → the rooms it may include from. `generated` is what CMake embeds from
# schemas/ and prompts/.
ROOMS = {
    "base": set(),

    "http/server": {"base"},
    "http/client": {"base"},

    "server/words": {"base"},
    "server/offer": {"server/words", "base"},
    "server/core": {"server/offer", "server/words", "base"},
    "server/stdio": {"server/core", "server/offer", "server/words", "base"},
    "server/http": {"server/core", "server/offer", "server/words",
                    "http/server", "base"},

    "profile/words": {"base"},
    "profile/pprof": {"profile/words", "base"},
    "profile/formats": {"profile/pprof", "profile/words", "base"},
    "profile/stacks": {"profile/pprof", "profile/words", "base"},
    "profile/merge": {"profile/stacks", "profile/pprof", "profile/words",
                      "base"},
    "profile/time": {"profile/words", "base"},

    "source": {*PROFILE, "base"},

    "store/pushed": {*PROFILE, "base"},
    "store/files": {*PROFILE, "base"},
    "store/ingest": {"store/pushed", "store/files", "source", *PROFILE,
                     "base"},
    "store/rows": {"store/ingest", "source", *PROFILE, "base"},
    "store/folder": {"store/rows", "store/ingest", "store/files", "source",
                     *PROFILE, "base"},
    "store": {"store/folder", "store/rows", "store/ingest", "source",
              *PROFILE, "base"},

    "pyroscope/wire": {"source", *PROFILE, "base"},
    "pyroscope/connect": {"http/client", "source", *PROFILE, "base"},
    "pyroscope": {"pyroscope/connect", "pyroscope/wire", "http/client",
                  "source", *PROFILE, "base"},

    "tools/args": {"source", *PROFILE, "base"},
    "tools/answer": {"tools/args", "server/offer", "server/words", "source",
                     *PROFILE, "base", "generated"},
    "tools/export": {"tools/args", "source", *PROFILE, "base"},
    "tools": {"tools/answer", "tools/args", "tools/export", "server/offer",
              "server/words", "source", *PROFILE, "base", "generated"},
    "tools/guide": {"tools", "tools/answer", "tools/args", "tools/export",
                    "server/offer", "server/words", "source", *PROFILE,
                    "base", "generated"},
}

# The composition sees every room; no room sees it.
ROOMS["app"] = {*ROOMS, "generated"}

# A header of a foreign library → the files that may include it.
FOREIGN = {
    "httplib.h": ["http/server/http_listener.cc"],
    "curl/*": ["http/client/curl_http_client.cc"],
    "zlib.h": ["base/gzip.cc"],
    "zstd.h": ["base/zstd.cc"],
    "cxxabi.h": ["profile/formats/demangle.cc"],
    "libdeflate.h": ["base/gzip.cc"],
    "spdlog/*": ["base/log.*"],
    "re2/*": ["base/regex.*"],
    "valijson/*": ["server/offer/schema.cc"],
    "CLI/*": ["app/config.cc"],
    "protozero/*": ["profile/pprof/pprof_encode.cc", "pyroscope/wire*.cc"],
    "openssl/*": ["server/core/hmac.cc"],
    "fmt/*": ["*"],
    # The full header costs seconds in every file that sees it: .cc files only,
    # and the one header whose templates need it.
    "nlohmann/json.hpp": [
        "server/*.cc", "tools/*.cc", "tools/answer/make_tool.h", "app/*.cc",
        "store/ingest/label_rules_json.cc",
        "pyroscope/connect/*.cc"],
    "nlohmann/json_fwd.hpp": ["server/*", "tools/*", "app/*"],
}

# The domain is pure: no files, no streams, no clock, no threads.
PURE_FOLDERS = ("profile",)
IMPURE = {"condition_variable", "cstdio", "ctime", "fcntl.h", "filesystem",
          "fstream", "future", "iostream", "mutex", "stdio.h", "thread",
          "time.h", "unistd.h"}

# The system's headers that have a dot or a slash in their names.
SYSTEM = {"dirent.h", "dlfcn.h", "errno.h", "fcntl.h", "limits.h", "malloc.h", "poll.h",
          "pthread.h", "signal.h", "time.h", "unistd.h"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def room_of(name):
    """The room of a path below src/, or None."""
    folder = name.rpartition("/")[0]
    while folder and folder not in ROOMS and folder != "generated":
        folder = folder.rpartition("/")[0]
    return folder or None


def check_own(lint, path, number, room, target):
    target_room = room_of(target)
    if target_room is None:
        lint.report(path, number,
                    f'"{target}": includes are written from src/, '
                    'as "room/file.h"')
    elif target_room != room and target_room not in ROOMS[room]:
        seen = ", ".join(sorted(ROOMS[room])) or "nothing else"
        lint.report(path, number,
                    f'{room}/ must not see "{target}"; it may see: {seen}')


def check_foreign(lint, path, number, room, target):
    if room.split("/")[0] in PURE_FOLDERS and target in IMPURE:
        lint.report(path, number,
                    f"{room}/ is pure (no I/O, clock or threads) and must "
                    f"not see <{target}>")
    for pattern, allowed in FOREIGN.items():
        if fnmatch(target, pattern):
            if not any(fnmatch(path, f"src/{a}") for a in allowed):
                lint.report(path, number,
                            f"<{target}> is for {', '.join(allowed)} alone")
            return
    if ("/" in target or "." in target) and not (
            target in SYSTEM or target.startswith("sys/")):
        lint.report(path, number,
                    f"<{target}> is not a library that this project knows; "
                    "add it to the table in tests/lint/layering.py")


def main():
    lint = Lint("layering")
    for path, text in lint.files("src/**/*.h", "src/**/*.cc"):
        room = room_of(path.removeprefix("src/"))
        if room is None:
            lint.report(path, 1, "its folder is not a room: add it to ROOMS in "
                                 "tests/lint/layering.py")
            continue
        for number, line in enumerate(without_comments(text).splitlines(), 1):
            include = INCLUDE.match(line)
            if include:
                check = check_own if include[1] == '"' else check_foreign
                check(lint, path, number, room, include[2])
    lint.finish()


main()
