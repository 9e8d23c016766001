"""tools/list is paid for in every conversation: it stays small, in both eras
of the protocol."""

import json
import sys

from program import INITIALIZE, INITIALIZED, converse

MAX_ANSWER_BYTES = 20_000
MAX_DESCRIPTION_BYTES = 2_000

LIST = {"jsonrpc": "2.0", "id": 2, "method": "tools/list"}
MODERN = LIST | {"params": {"_meta": {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {}}}}
ERAS = {"initialize": [INITIALIZE, INITIALIZED, LIST], "stateless": [MODERN]}


def main():
    problems = []
    for era, messages in ERAS.items():
        lines, _ = converse(messages)
        answer = lines[-1]
        size = len(answer.encode())
        tools = json.loads(answer)["result"]["tools"]
        print(f"{era}: {len(tools)} tools in {size} bytes")
        if not tools:
            problems.append(f"{era}: no tools")
        if size > MAX_ANSWER_BYTES:
            problems.append(f"{era}: {size} bytes, {MAX_ANSWER_BYTES} at most")
        for tool in tools:
            length = len(tool["description"].encode())
            if length > MAX_DESCRIPTION_BYTES:
                problems.append(
                    f"schemas/{tool['name']}.json:1: a description of {length} "
                    f"bytes, {MAX_DESCRIPTION_BYTES} at most")
    for problem in problems:
        print(f"[tools_list_budget] {problem}")
    sys.exit(1 if problems else 0)


main()
