"""Errors are values (Result<T>): src/ throws nothing, and catches what a
library throws only where that library is fenced in."""

from fnmatch import fnmatch

from lint import Lint, code_only

# Where a `catch` may stand → what throws there.
FENCES = {
    "src/app/config.cc": "CLI11 reports by exceptions",
    "src/pyroscope/wire*.cc": "protozero, at the end of a cut message",
    "src/http/server/http_listener.cc": "whatever answers requests, on their thread",
    "src/server/words/jsonrpc.cc": "nlohmann, on numbers that no double holds",
    "src/server/offer/exception_fence.h": "the last fence around code that is registered",
    "src/base/ask_at_once.cc": "std::async, when there are no more threads",
    "src/base/worker_pool.cc": "std::thread, when there are no more threads",
    "src/tools/answer/make_tool.*": "nlohmann, when arguments become a struct",
}


def main():
    lint = Lint("exceptions")
    for path, text in lint.files("src/**/*.h", "src/**/*.cc"):
        code = code_only(text)
        lint.report_matches(path, code, r"\bthrow\b",
                            "`throw`: return an Error instead")
        if not any(fnmatch(path, fence) for fence in FENCES):
            lint.report_matches(
                path, code, r"\bcatch\b",
                "`catch` outside the fences of tests/lint/exceptions.py")
    lint.finish()


main()
