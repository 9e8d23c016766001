"""An MCP session on the standard input and output of a started program."""

import json
import subprocess

INITIALIZE = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {},
        "clientInfo": {"name": "package-test", "version": "1"}}}


class Session:
    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.last_id = 0

    def send(self, message):
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        self.process.stdin.flush()

    def ask(self, method, params):
        self.last_id += 1
        self.send({"id": self.last_id, "method": method, "params": params})
        line = self.process.stdout.readline()
        answer = json.loads(line) if line else {}
        if "result" not in answer:
            raise AssertionError(f"{method}: {line or 'no answer'}")
        return answer["result"]

    def shake_hands(self):
        result = self.ask("initialize", INITIALIZE["params"])
        self.send({"method": "notifications/initialized"})
        return result

    def close(self):
        """Ends the input; returns the exit code."""
        self.process.stdin.close()
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        return code
