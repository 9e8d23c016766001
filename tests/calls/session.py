"""An MCP session with the program on its standard input and output."""

import json
import subprocess
import threading

TIMEOUT_SECONDS = 600  # of the whole session; sanitizer builds are slow


class Session:
    def __init__(self, command):
        self.process = subprocess.Popen(
            [str(word) for word in command], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.last_id = 0
        self.timer = threading.Timer(TIMEOUT_SECONDS, self.process.kill)
        self.timer.start()

    def send(self, message):
        self.process.stdin.write(
            json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        self.process.stdin.flush()

    def ask(self, method, params):
        """The answer, with `result` or `error`; notifications are passed by."""
        self.last_id += 1
        self.send({"id": self.last_id, "method": method, "params": params})
        for line in self.process.stdout:
            answer = json.loads(line)
            if answer.get("id") == self.last_id:
                return answer
        raise SystemExit(f"no answer to {method} {params}")

    def initialize(self):
        """The instructions of the server."""
        answer = self.ask("initialize", {
            "protocolVersion": "2025-11-25", "capabilities": {},
            "clientInfo": {"name": "calls", "version": "1"}})
        self.send({"method": "notifications/initialized"})
        return answer["result"]["instructions"]

    def tools(self):
        return [tool["name"]
                for tool in self.ask("tools/list", {})["result"]["tools"]]

    def refusal(self, tool, arguments):
        """The text of the error; "" when the call was answered."""
        answer = self.ask("tools/call", {"name": tool, "arguments": arguments})
        if "error" in answer:
            return answer["error"]["message"]
        result = answer["result"]
        return result["content"][0]["text"] if result.get("isError") else ""

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.timer.cancel()
        self.process.stdout.close()
