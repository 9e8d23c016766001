"""The built program as a child process: lines in, lines out."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_SECONDS = 120  # generous: sanitizer builds on a busy machine

INITIALIZE = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {},
               "clientInfo": {"name": "lint", "version": "1"}}}
INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}


def converse(messages, *options):
    """Sends the messages, closes stdin; returns (lines of stdout, stderr) of
    the program that is the first argument on the command line."""
    lines = "".join(
        (m if isinstance(m, str) else json.dumps(m)) + "\n" for m in messages)
    done = subprocess.run(
        [sys.argv[1], "stdio", "--profiles-dir",
         str(ROOT / "examples/profiles"), *options],
        input=lines.encode(), capture_output=True, timeout=TIMEOUT_SECONDS,
        check=False)
    if done.returncode != 0:
        sys.exit(f"{sys.argv[1]} left with {done.returncode}:\n"
                 + done.stderr.decode(errors="replace"))
    return done.stdout.decode("utf-8").splitlines(), done.stderr.decode()
