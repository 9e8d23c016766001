"""stdout belongs to the protocol: with everything logged, in a conversation
with good and bad messages, each line on stdout is one JSON-RPC message."""

import json
import sys

from program import INITIALIZE, INITIALIZED, converse

CALL = {"jsonrpc": "2.0", "method": "tools/call"}
MESSAGES = [
    INITIALIZE,
    INITIALIZED,
    {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
    CALL | {"id": 3, "params": {"name": "list_profile_types"}},
    CALL | {"id": 4, "params": {"name": "query_flamegraph",
                                "arguments": {"service": "shop"}}},
    CALL | {"id": 5, "params": {"name": "query_flamegraph",
                                "arguments": {"limit": "many"}}},
    CALL | {"id": 6, "params": {"name": "no_such_tool"}},
    {"jsonrpc": "2.0", "id": 7, "method": "no/such/method"},
    "this is not JSON",
    {"jsonrpc": "2.0", "id": 8, "method": "ping"},
]
ANSWERED = {1, 2, 3, 4, 5, 6, 7, 8}


def main():
    lines, log = converse(MESSAGES, "--log-level=trace")
    problems = []
    answered = set()
    for number, line in enumerate(lines, 1):
        try:
            message = json.loads(line)
        except ValueError:
            problems.append(f"stdout:{number}: not JSON: {line[:200]}")
            continue
        if message.get("jsonrpc") != "2.0":
            problems.append(f"stdout:{number}: not JSON-RPC: {line[:200]}")
        answered.add(message.get("id"))
    for missing in sorted(ANSWERED - answered):
        problems.append(f"stdout: no answer to request {missing}")
    if "query_flamegraph" not in log:
        problems.append("stderr: --log-level=trace logged no call, so this "
                        "run proves nothing")
    print("\n".join(f"[stdout_purity] {problem}" for problem in problems)
          or f"stdout_purity: {len(lines)} lines, all of them messages")
    sys.exit(1 if problems else 0)


main()
