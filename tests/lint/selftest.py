"""Are the lints themselves awake? `selftest.py RULE [PROGRAM]` plants mistakes in a copy
of the project, one at a time, and wants to see file, line and rule named; and
things that look like mistakes, and wants silence."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent

LONG_BODY = "void Long() {\n" + "  Step();\n" * 69 + "}\n"
# Words that a lint must not find in this file itself.
TO_DO = "TO" + "DO"
HOME = "/ro" + "ot"

# A project that is clean under each rule: what a plant is seen against.
CLEAN = {
    "src/base/text.h": "// Text: pieces of it.\n#pragma once\n",
    "src/base/text.cc": '#include "base/text.h"\n',
    "cmake/Dependencies.cmake":
        "pmcp_find_package(fmt 9 libfmt-dev CONFIG)\n",
    "script/setup": "packages=(libfmt-dev)\n",
    "THIRD_PARTY.md": "| fmt | `libfmt-dev` | MIT |\n",
    "docs/book.md": "# Book\n## A heading\nRecorded: `basic`.\n",
    "tests/oracle/data/answers/basic.json": "{}\n",
}

# What a rule looks at that is planted into as it is.
REAL = {
    "distribution": ["CMakeLists.txt", "Dockerfile", "server.json",
                     "mcpb/manifest.json", "cmake/Dependencies.cmake",
                     "examples/deploy/pyroscope-mcp.service",
                     "examples/deploy/kubernetes-sidecar.yaml"],
}


def changed(name, old, new):
    """A file of the project with a mistake, and the line that it is on."""
    text = (HERE.parents[1] / name).read_text(encoding="utf-8")
    if old not in text:
        sys.exit(f"{name} does not have {old} any more")
    line = text.count("\n", 0, text.index(old)) + 1
    return name, text.replace(old, new, 1), line


# rule → (file to write, its text, line that must be named or None for silence)
PLANTS = {
    "layering": [
        ("src/profile/words/planted.h", '#include "store/rows/x.h"\n', 1),
        ("src/tools/planted.cc", '// why\n#include "store/rows/x.h"\n', 2),
        ("src/tools/planted.cc", '#include "pyroscope/wire/x.h"\n', 1),
        ("src/store/planted.cc", '#include "tools/args/deps.h"\n', 1),
        ("src/server/core/planted.cc",
         '#include "profile/words/labels.h"\n', 1),
        ("src/source/planted.cc", '#include "server/offer/tool.h"\n', 1),
        ("src/base/planted.cc", '#include "profile/words/labels.h"\n', 1),
        # Between the rooms of one folder.
        ("src/http/server/planted.cc",
         '#include "server/core/session.h"\n', 1),
        ("src/http/server/planted.h", '#include "http/client/url.h"\n', 1),
        ("src/server/words/planted.h",
         '#include "server/core/protocol.h"\n', 1),
        ("src/server/core/planted.cc",
         '\n#include "server/http/post_route.h"\n', 2),
        ("src/server/stdio/planted.cc",
         '#include "server/http/post_route.h"\n', 1),
        ("src/profile/pprof/planted.cc",
         '#include "profile/stacks/stacks.h"\n', 1),
        ("src/profile/time/planted.cc",
         '#include "profile/pprof/pprof.h"\n', 1),
        ("src/store/ingest/planted.cc",
         '#include "store/folder/snapshot.h"\n', 1),
        ("src/store/rows/planted.cc",
         '#include "store/directory_source.h"\n', 1),
        ("src/pyroscope/wire/planted.cc",
         '#include "http/client/http_client.h"\n', 1),
        ("src/tools/args/planted.cc", '#include "tools/tools.h"\n', 1),
        ("src/tools/planted.cc", '#include "tools/guide/prompts.h"\n', 1),
        ("src/tools/planted.cc", '#include "server/core/server.h"\n', 1),
        ("src/store/planted.cc", '#include "app/config.h"\n', 1),
        ("src/server/planted.cc", '#include "base/text.h"\n', 1),
        ("src/base/planted.cc", '#include "server/tool.h"\n', 1),
        ("src/base/planted.cc", '#include "text.h"\n', 1),
        ("src/base/planted.cc", '#include "../base/text.h"\n', 1),
        ("src/base/planted.cc", "#include <nlohmann/json_fwd.hpp>\n", 1),
        ("src/server/core/planted.h", "#include <nlohmann/json.hpp>\n", 1),
        ("src/store/planted.cc", "#include <nlohmann/json.hpp>\n", 1),
        ("src/pyroscope/wire/planted.cc", "#include <nlohmann/json.hpp>\n", 1),
        ("src/profile/words/planted.cc", "#include <fstream>\n", 1),
        ("src/tools/planted.cc", "#include <re2/re2.h>\n", 1),
        ("src/store/planted.cc", "#include <libdeflate.h>\n", 1),
        ("src/server/core/planted.cc", "#include <httplib.h>\n", 1),
        ("src/store/planted.cc", "#include <boost/any.hpp>\n", 1),
        ("src/extra/planted.cc", "#include <string>\n", 1),
        ("src/store/planted.cc",
         '#include <unistd.h>\n\n#include "source/query.h"\n', None),
        ("src/base/planted.cc", '// #include "tools/deps.h"\n', None),
        ("src/server/core/planted.cc", "#include <nlohmann/json.hpp>\n", None),
        ("src/server/http/planted.cc",
         '#include "http/server/http_guard.h"\n'
         '#include "server/core/session.h"\n', None),
        ("src/app/planted.cc", '#include "server/http/post_route.h"\n', None),
    ],
    "exceptions": [
        ("src/store/planted.cc", "int F() {\n  throw 1;\n}\n", 2),
        ("src/store/planted.cc",
         "int F() try { return 1;\n} catch (...) { return 2; }\n", 2),
        ("src/store/planted.cc", "// must not throw, nor catch\n", None),
        ("src/store/planted.cc", 'auto s = "throw";\n', None),
        ("src/pyroscope/wire_planted.cc", "catch (const E&) {\n", None),
    ],
    "sizes": [
        ("src/store/planted.cc", "int i;\n" * 501, 501),
        ("src/store/planted.cc", "int i;\n" * 500, None),
        ("tests/unit/planted.cc", "int i;\n" * 601, 601),
        ("src/store/planted.cc", "\nnamespace a {\n" + LONG_BODY + "}\n", 3),
        ("src/store/planted.cc",
         LONG_BODY.replace("  Step();\n", "", 1), None),
        ("src/store/planted.cc",
         "class A {\n public:\n  A() : a_{1}, b_(2) {\n"
         + "    Step();\n" * 69 + "  }\n};\n", 3),
        ("src/store/planted.cc",
         "enum class E {\n" + "  kA,\n" * 80 + "};\n", None),
        ("src/store/planted.cc",
         "void A() {\n" + "  Step();\n" * 40 + "}\n\nvoid B() {\n"
         + '  Say("}");\n' * 40 + "}\n", None),
    ],
    "headers": [
        ("src/store/planted.h", "#pragma once\n", 1),
        ("src/store/planted.h", "// Rows: what was read.\n", 1),
        ("src/store/planted.h",
         "// Rows: what was read.\n#pragma once\nstd::mutex mutex_;\n", 3),
        ("src/store/planted.h",
         "// Rows: what was read. Thread-safe.\n#pragma once\n"
         "std::mutex mutex_;\n", None),
    ],
    "names": [
        ("src/store/planted.cc", "class RowManager {};\n", 1),
        ("src/store/row_utils.cc", "int i;\n", 1),
        ("src/store/Planted.cc", "int i;\n", 1),
        ("src/server/planted.cc", "\n// the flame graph\n", 2),
        ("src/server/planted.cc", 'auto v = "2025-11-25";\n', 1),
        ("src/server/core/planted.cc", "if (era == Era::kModern) {}\n", 1),
        ("src/server/core/planted.cc", "\nbool is_legacy = false;\n", 2),
        ("src/server/core/planted.cc", "sessions_.erase(one);\n", None),
        ("src/tools/planted.cc", 'Json{{"description", "x"}};\n', 1),
        ("tests/unit/planted.cc", "MOCK_METHOD" + "(int, F, ());\n", 1),
        ("src/store/planted.cc", "#include <utility>\n", None),
    ],
    "todo": [
        ("src/store/planted.cc", f"// {TO_DO}: later\n", 1),
        ("src/store/planted.cc", f"\n// {TO_DO}(me): later\n", 2),
        ("src/store/planted.cc", f"// {TO_DO}(#12): later\n", None),
    ],
    "error_texts": [
        ("tests/golden/planted/x.error.txt", "error: no such label\n", 1),
        ("tests/golden/planted/x.error.txt",
         'error: "x" is no label\nhint: It Failed to load.\n', 2),
        ("tests/golden/planted/x.error.txt",
         'error: "x" is no label\nhint: Ask list_labels.\n', None),
    ],
    "licences": [
        ("cmake/Dependencies.cmake",
         "\npmcp_find_package(Planted 1.0 libplanted-dev CONFIG)\n", 2),
        ("cmake/Dependencies.cmake",
         "pmcp_find_pkgconfig(PLANTED planted libplanted-dev)\n", 1),
        ("cmake/Dependencies.cmake",
         "pmcp_missing(planted libplanted-dev)\n", 1),
        ("cmake/Dependencies.cmake", "# nothing is looked for\n", 1),
    ],
    "distribution": [
        changed("server.json", "mcp/pyroscope-mcp", "mcp/pyroscope/mcp"),
        changed("server.json", '"Why a program', '"' + 100 * "W"),
        changed("server.json", '"version": "', '"version": "9'),
        changed("server.json", "PYROSCOPE_TENANT_ID", "PYROSCOPE_TENANT"),
        changed("server.json", ', "isSecret": true', ""),
        changed("server.json", '"string"},', '"string", "isSecret": true},'),
        changed("mcpb/manifest.json", "PYROSCOPE_URL", "PYROSCOPE_ADDRESS"),
        changed("mcpb/manifest.json", "{user_config.tenant_id}", "{tenant}"),
        changed("mcpb/manifest.json", '"sensitive": true, ', ""),
        changed("mcpb/manifest.json", '"command": "', '"command": "/usr/bin'),
        changed("Dockerfile", 'version="', 'version="9'),
        (*changed("Dockerfile", "libre2-dev ", "")[:2],
         changed("Dockerfile", "apt-get", "")[2]),
        changed("Dockerfile", "PMCP_EXPORT_DIR", "PMCP_EXPORTS"),
        changed("examples/deploy/pyroscope-mcp.service",
                "Environment=PMCP_", "Environment=PMCP_NO_"),
        changed("examples/deploy/kubernetes-sidecar.yaml",
                "PMCP_STORE_MEMORY", "PMCP_MEMORY"),
    ],
    "citations": [
        ("src/store/planted.h", "// Rows.\n// See reference 7.1 step 4.\n", 2),
        ("src/store/planted.h", "// Rows (reference\n// 3.5).\n", 1),
        ("tests/conversations/planted.jsonl", "# (design, section 9)\n", 1),
        ("tests/conversations/planted.jsonl", "# (issue 3)\n", 1),
        ("tests/unit/planted.cc", "// The table of mcp.md 1.3.\n", 1),
        ("src/store/planted.cc", "// As spec 3.2 says.\n", 1),
        ("src/store/planted.cc", "// As spec 2025-11-25, basic, says.\n", None),
        ("src/store/planted.cc", "// A reference to 7 rows.\n", None),
        ("src/store/planted.cc", '// See docs/book.md, "Lost".\n', 1),
        ("src/store/planted.cc", '// docs/book.md, "A\n/// heading".\n', None),
        ("tests/lint/planted.py", '"""See book.md, "Lost"."""\n', 1),
        ("schemas/planted.json", '{"a": "docs/book.md, \\"Lost\\""}\n', 1),
        ("docs/planted.md", '\nSee "Lost" in `docs/book.md`.\n', 2),
        ("docs/planted.md", 'See "A heading" in `docs/book.md`.\n', None),
        ("script/planted", "# See docs/lost.md.\n", 1),
        ("docs/planted.md", "See docs/decisions/0099.\n", 1),
        ("docs/planted.md", "\nRecorded: `basic`,\n`lost`.\n", 2),
    ],
    "private_words": [
        ("docs/planted.md", f"\nSee {HOME}/notes.\n", 2),
        ("docs/planted.md", "https://regi" + "stry.example.com/x\n", 1),
        ("docs/planted.md", "See network/work, ../work and a/root/b.\n", None),
    ],
}


def run(rule, root):
    return subprocess.run(
        [sys.executable, "-B", str(HERE / f"{rule}.py"), *sys.argv[2:],
         str(root)],
        capture_output=True, text=True, check=False)


def check(rule, clean, plant):
    """What is wrong with the lint's view of one plant; None when nothing."""
    name, text, line = plant
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(clean, root, dirs_exist_ok=True)
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        result = run(rule, root)
    wanted = f"{name}:{line}: [{rule}] "
    if line is None:
        if result.returncode != 0:
            return f"{name}: expected silence, got\n{result.stdout}"
    elif result.returncode == 0 or wanted not in result.stdout:
        return f"expected {wanted}, got\n{result.stdout}{result.stderr}"
    return None


def main():
    rule = sys.argv[1]
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        clean = Path(folder)
        real = {name: changed(name, "", "")[1] for name in REAL.get(rule, [])}
        for name, text in {**CLEAN, **real}.items():
            (clean / name).parent.mkdir(parents=True, exist_ok=True)
            (clean / name).write_text(text, encoding="utf-8")
        for plant in PLANTS[rule]:
            problem = check(rule, clean, plant)
            if problem:
                problems.append(f"{plant[1]!r}\n  {problem}")
    for problem in problems:
        print(problem)
    print(f"{rule}_selftest: {len(PLANTS[rule])} plants, "
          f"{len(problems)} not seen as they should be")
    sys.exit(1 if problems else 0)


main()
