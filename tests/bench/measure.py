"""Times whole processes: a server from its start to an answer, or a command.

    measure.py start RUNS -- COMMAND...     a stdio server: start to tools/list
    measure.py command RUNS -- COMMAND...   a command: wall time, peak memory

Prints one line: median and range of the time, and the memory. Machines are
noisy: compare lines of one run, do not quote them alone.
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


def resident_kib(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    raise RuntimeError("no VmRSS")


def time_start(command):
    """Seconds from the start to the answer of tools/list, and KiB then."""
    messages = "".join(
        json.dumps(m) + "\n" for m in (INITIALIZE, INITIALIZED, LIST_TOOLS)
    )
    begin = time.perf_counter()
    server = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    server.stdin.write(messages.encode())
    server.stdin.flush()
    while True:
        line = server.stdout.readline()
        if not line:
            raise RuntimeError("the server ended without an answer")
        answer = json.loads(line)
        if answer.get("id") == 2:
            break
    seconds = time.perf_counter() - begin
    assert answer["result"]["tools"], answer
    memory = resident_kib(server.pid)
    server.stdin.close()
    server.wait(timeout=10)
    return seconds, memory


def time_command(command):
    """Seconds and peak KiB of the command (the largest of its processes)."""
    read_end, write_end = os.pipe()
    begin = time.perf_counter()
    pid = os.fork()
    if pid == 0:  # a child of its own, so that its peak is its own
        os.close(read_end)
        with open(os.devnull, "wb") as devnull:
            code = subprocess.run(command, stdout=devnull, stderr=devnull).returncode
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        os.write(write_end, f"{peak} {code}".encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as report:
        peak, code = report.read().split()
    os.waitpid(pid, 0)
    if code != "0":
        raise RuntimeError(f"{command[0]} ended with {code}")
    return time.perf_counter() - begin, int(peak)


def main():
    kind, runs = sys.argv[1], int(sys.argv[2])
    command = sys.argv[sys.argv.index("--") + 1 :]
    measure = {"start": time_start, "command": time_command}[kind]
    measure(command)  # the first run warms the caches
    results = [measure(command) for _ in range(runs)]
    times = [1000 * seconds for seconds, _ in results]
    memory = statistics.median(kib for _, kib in results) / 1024
    print(
        f"{statistics.median(times):9.1f} ms  "
        f"({min(times):.1f} to {max(times):.1f})  {memory:7.1f} MiB"
    )


if __name__ == "__main__":
    main()
