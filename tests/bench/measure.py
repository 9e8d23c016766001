"""Times whole processes: a server from its start to an answer, or a command.

    measure.py start RUNS -- COMMAND...     a stdio server: start to tools/list
    measure.py command RUNS -- COMMAND...   a command: wall time, peak memory
    measure.py pair RUNS NAMES GOAL -- COMMAND... -- COMMAND...
                                            two commands in turn, and what the
                                            first takes of the second; NAMES
                                            are "first|second"
    measure.py again RUNS -- COMMAND...     a stdio server: first answer of
                                            query_flamegraph, then the second

Prints one line: median and range of the time, processor time where it is
known, and the memory. Machines are noisy: compare lines of one run, do not
quote them alone. A pair runs in turn, so that a slow minute is one for both.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time

INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "bench", "version": "1"},
    },
}
INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}
LIST_TOOLS = {"jsonrpc": "2.0", "id": 2, "method": "tools/list"}


def query_flamegraph(request_id):
    return {
        "jsonrpc": "2.0",
        "id": request_id,
        "method": "tools/call",
        "params": {"name": "query_flamegraph", "arguments": {}},
    }


def resident_kib(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    raise RuntimeError("no VmRSS")


class Server:
    """A stdio server and the lines that it is sent and answers."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def send(self, *messages):
        text = "".join(json.dumps(m) + "\n" for m in messages)
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()

    def answer(self, request_id):
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError("the server ended without an answer")
            answer = json.loads(line)
            if answer.get("id") == request_id:
                assert not answer["result"].get("isError"), answer
                return answer["result"]

    def end(self):
        memory = resident_kib(self.process.pid)
        self.process.stdin.close()
        self.process.wait(timeout=10)
        return memory


def time_start(command):
    """From the start to the answer of tools/list, and memory then."""
    begin = time.perf_counter()
    server = Server(command)
    server.send(INITIALIZE, INITIALIZED, LIST_TOOLS)
    assert server.answer(2)["tools"]
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "kib": server.end()}


def time_again(command):
    """The second answer of a server, and its memory then."""
    server = Server(command)
    server.send(INITIALIZE, INITIALIZED, query_flamegraph(2))
    server.answer(2)
    begin = time.perf_counter()
    server.send(query_flamegraph(3))
    server.answer(3)
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "kib": server.end()}


def time_command(command):
    """A whole process; the peak is that of the largest of its processes."""
    read_end, write_end = os.pipe()
    begin = time.perf_counter()
    pid = os.fork()
    if pid == 0:  # a child of its own, so that its peak is its own
        os.close(read_end)
        with open(os.devnull, "wb") as devnull:
            code = subprocess.run(command, stdout=devnull, stderr=devnull).returncode
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        report = [usage.ru_maxrss, usage.ru_utime + usage.ru_stime, code]
        os.write(write_end, json.dumps(report).encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        peak, processor, code = json.load(pipe)
    os.waitpid(pid, 0)
    if code != 0:
        raise RuntimeError(f"{command[0]} ended with {code}")
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "processor": processor, "kib": peak}


def medians(results):
    return {k: statistics.median(r[k] for r in results) for k in results[0]}


def line(results):
    times = [1000 * r["seconds"] for r in results]
    median = medians(results)
    processor = ""
    if "processor" in median:
        processor = f"{1000 * median['processor']:8.1f} ms processor"
    return (
        f"{1000 * median['seconds']:9.1f} ms  "
        f"({min(times):.1f} to {max(times):.1f}) {processor} "
        f"{median['kib'] / 1024:7.1f} MiB"
    )


def compare(ours, other, what, goal):
    ratios = [
        f"{name} {medians(ours)[key] / medians(other)[key]:.2f}"
        for key, name in (
            ("seconds", "time"),
            ("processor", "processor"),
            ("kib", "memory"),
        )
    ]
    faster = medians(other)["seconds"] / medians(ours)["seconds"]
    print(
        f"  of {what}: {', '.join(ratios)}; {faster:.1f} times as fast"
        f" (goal: {goal})",
        flush=True,
    )


def measure_pair(runs, names, goal, first, second):
    for command in (first, second):  # the first run warms the caches
        time_command(command)
    ours, other = [], []
    for _ in range(runs):
        ours.append(time_command(first))
        other.append(time_command(second))
    for name, results in zip(names.split("|"), (ours, other), strict=True):
        print(f"{name:<44}{line(results)}")
    compare(ours, other, names.split("|")[1], goal)


def main():
    kind, runs = sys.argv[1], int(sys.argv[2])
    split = sys.argv.index("--")
    command = sys.argv[split + 1 :]
    if kind == "pair":
        second = command.index("--")
        measure_pair(
            runs, *sys.argv[3:split], command[:second], command[second + 1 :]
        )
        return
    measure = {
        "start": time_start,
        "command": time_command,
        "again": time_again,
    }[kind]
    measure(command)  # the first run warms the caches
    print(line([measure(command) for _ in range(runs)]), flush=True)


if __name__ == "__main__":
    main()
