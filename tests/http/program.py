"""The program over HTTP: when it refuses to start, which requests it refuses,
its metrics and log lines, its shutdown, and that memory and file descriptors
are released after clients that use too much.

    program.py PROGRAM"""

import contextlib
import http.client
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_SECONDS = 120  # generous: sanitizer builds on a busy machine
TOKEN = "0123456789abcdef0123456789abcdef"
# Sanitizers keep freed memory.
KEEPS_MEMORY = "ASAN_OPTIONS" in os.environ or "TSAN_OPTIONS" in os.environ
KEPT_MB = 48  # threads of the pool stay, with what they touched
META = {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {}}

problems = []


def expect(is_so, what):
    if not is_so:
        problems.append(what)


class Program:
    """The server on free ports; its stderr is in `log`."""

    def __init__(self, *options, **environment):
        self.process = subprocess.Popen(
            [sys.argv[1], "http", "--listen", "127.0.0.1:0", "--profiles-dir",
             str(ROOT / "examples/profiles"), *options],
            stderr=subprocess.PIPE, env=os.environ | environment, text=True)
        self.log = ""
        self.port = self.read_port("listening on")
        self.metrics_port = (self.read_port("metrics on")
                             if "--metrics-listen" in options else 0)
        self.reader = threading.Thread(target=self.read_log)
        self.reader.start()

    def read_port(self, what):
        line = self.process.stderr.readline()
        found = re.match(what + r" http://127\.0\.0\.1:(\d+)/", line)
        if not found:
            sys.exit(f"expected \"{what} …\", got {line!r}")
        return int(found.group(1))

    def read_log(self):
        for line in self.process.stderr:
            self.log += line

    def end(self):
        """The exit code after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(TIMEOUT_SECONDS)
        self.reader.join()
        return code

    def connect(self, port=None):
        return socket.create_connection(
            ("127.0.0.1", port or self.port), timeout=TIMEOUT_SECONDS)

    def ask(self, method, params=None, port=None, path="/mcp", **fields):
        """(status, fields, body) of a stateless request; GET without method."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", port or self.port, timeout=TIMEOUT_SECONDS)
        with contextlib.closing(connection):
            body = None
            if method:
                params = (params or {}) | {"_meta": META}
                body = json.dumps({"jsonrpc": "2.0", "id": 1,
                                   "method": method, "params": params})
                fields = {"Content-Type": "application/json",
                          "MCP-Protocol-Version": "2026-07-28",
                          "Mcp-Method": method} | fields
                if "name" in params:
                    fields["Mcp-Name"] = params["name"]
            connection.request("POST" if method else "GET", path, body, fields)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()

    def resident_mb(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s*(\d+)", status).group(1)) // 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))


def refuses_to_start_unprotected():
    for address in ("0.0.0.0:0", ":0", "[::]:0"):
        done = subprocess.run(
            [sys.argv[1], "http", "--listen", address], capture_output=True,
            text=True, timeout=TIMEOUT_SECONDS, check=False)
        expect(done.returncode == 2 and "PMCP_HTTP_TOKEN_FILE" in done.stderr,
               f"started on {address} without a token: {done.stderr}")


def first_line_with_files(soft, hard):
    """What is said first by a server of 256 connections that may have so many
    files open."""
    process = subprocess.Popen(
        [sys.argv[1], "http", "--listen", "127.0.0.1:0", "--profiles-dir",
         str(ROOT / "examples/profiles")], stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE,
                                              (soft, hard)))
    line = process.stderr.readline()
    process.terminate()
    process.communicate(timeout=TIMEOUT_SECONDS)
    return line


def asks_for_the_files_it_needs():
    line = first_line_with_files(100, 300)
    expect("--max-connections is 256" in line and "300" in line,
           f"too few files: {line}")
    line = first_line_with_files(100, 1000)
    expect("listening" in line, f"a limit that can be raised: {line}")


def turns_strangers_away(program):
    for host in ("localhost.evil.com", "127.0.0.1.nip.io", "0.0.0.0", "[::2]"):
        status, _, body = program.ask("tools/list", Host=host)
        expect(status == 403 and "--allowed-hosts" in body,
               f"Host {host}: {status} {body}")
    for host in ("LOCALHOST:1", "[::1]:1", "127.0.0.1:99"):
        status, _, body = program.ask("tools/list", Host=host)
        expect(status == 401, f"Host {host}: {status} {body}")
    for origin in ("null", "http://localhost.evil.com", "http://127.0.0.1.nip.io"):
        status, fields, body = program.ask("tools/list", Origin=origin)
        expect(status == 403 and "--allowed-origins" in body,
               f"Origin {origin}: {status} {body}")
        expect(not any(f.lower().startswith("access-control") for f in fields),
               f"Origin {origin} got CORS fields")
    for token in ("", "Bearer " + TOKEN[:-1], "Bearer " + TOKEN + "0",
                  "Basic " + TOKEN):
        status, fields, _ = program.ask("tools/list", Authorization=token)
        expect(status == 401 and "WWW-Authenticate" in fields,
               f"Authorization {token!r}: {status}")
    status, _, _ = program.ask("tools/list", Authorization="Bearer " + TOKEN)
    expect(status == 200, f"the right token: {status}")
    status, _, _ = program.ask(None, path="/healthz", Host="10.0.0.1:8085")
    expect(status == 200, f"/healthz: {status}")


def counts(program):
    with_token = {"Authorization": "Bearer " + TOKEN}
    program.ask("tools/call", {"name": "overview"}, **with_token)
    program.ask("tools/call", {"name": "query_flamegraph", "arguments": {
        "limit": "many"}}, **with_token)
    status, fields, page = program.ask(
        None, port=program.metrics_port, path="/metrics")
    expect(status == 200 and fields["Content-Type"].startswith("text/plain"),
           f"/metrics: {status} {fields}")
    for line in (
            r'pmcp_requests_total{method="tools/call",tool="overview",'
            r'outcome="ok"} 1',
            r'tool="query_flamegraph",outcome="invalid_argument"} 1',
            r'pmcp_request_seconds_bucket{method="tools/call",'
            r'tool="overview",le="+Inf"} 1',
            'pmcp_http_responses_total{status="403"}',
            "pmcp_http_received_bytes_total", "pmcp_http_sent_bytes_total",
            "pmcp_sessions 0", "pmcp_streams 0", "pmcp_calls 0",
            "pmcp_http_connections"):
        expect(line in page, f"/metrics has no {line}:\n{page}")
    status, _, _ = program.ask(None, path="/metrics", **with_token)
    expect(status == 404, f"/metrics among the callers: {status}")


def logs(program):
    expect(re.search(
        r"http POST /mcp status=200 peer=127\.0\.0\.1 received=\d+ sent=\d+ "
        r"took=[\d.]+ms\n", program.log), f"no access log:\n{program.log}")
    expect(TOKEN[:-1] not in program.log, "a token is in the log")


def behaves_as_told():
    with tempfile.NamedTemporaryFile("w") as token:
        token.write(TOKEN + "\n")
        token.flush()
        program = Program("--metrics-listen", "127.0.0.1:0",
                          PMCP_HTTP_TOKEN_FILE=token.name)
        turns_strangers_away(program)
        counts(program)
        idle = program.connect()
        expect(program.end() == 0, "SIGTERM: not 0")
        idle.close()
        logs(program)


def send_until_cut(program, begin, piece, times):
    """Whether the server closed the connection before all was sent."""
    with contextlib.closing(program.connect()) as client:
        try:
            client.sendall(begin)
            for _ in range(times):
                client.sendall(piece)
        except OSError:
            return True
    return False


def post_head(length):
    return (b"POST /mcp HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: application/json\r\n" + length + b"\r\n\r\n")


def many_values(program):
    body = b"[" + b'{"a":1},' * 500_000 + b"{}]"
    with contextlib.closing(program.connect()) as client:
        client.sendall(post_head(b"Content-Length: %d" % len(body)) + body)
        answer = client.recv(65536)
        expect(answer.startswith(b"HTTP/1.1 400 "), f"many values: {answer}")


def at_once(program, attack, count):
    threads = [threading.Thread(target=attack, args=(program,))
               for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def crowd(program):
    clients = []
    for _ in range(500):
        with contextlib.suppress(OSError):
            client = program.connect()
            clients.append(client)
            client.sendall(b"POST /mcp HTTP/1.1\r\nHost: loc")
    for client in clients:
        client.close()


def still_serves(program, after):
    until = time.monotonic() + TIMEOUT_SECONDS
    status = 503
    while status == 503 and time.monotonic() < until:
        with contextlib.suppress(OSError, http.client.HTTPException):
            status, _, _ = program.ask("tools/list")
    expect(status == 200, f"after {after}: {status}")


def comes_back_after_abuse():
    program = Program("--log-level", "warn")
    still_serves(program, "the start")
    memory, descriptors = program.resident_mb(), program.descriptors()
    mib = b" " * (1 << 20)
    attacks = {
        "a body of 1 GiB": lambda: expect(send_until_cut(
            program, post_head(b"Content-Length: 1073741824"), mib, 1024),
            "all of 1 GiB was taken"),
        "chunks of 1 GiB": lambda: expect(send_until_cut(
            program, post_head(b"Transfer-Encoding: chunked"),
            b"100000\r\n" + mib + b"\r\n", 1024),
            "all of 1 GiB was taken in chunks"),
        "an endless chunk head": lambda: expect(send_until_cut(
            program, post_head(b"Transfer-Encoding: chunked") + b"5;", mib,
            1024), "all of an endless chunk head was taken"),
        "endless trailers": lambda: expect(send_until_cut(
            program, post_head(b"Transfer-Encoding: chunked") + b"0\r\n",
            b"X: 1\r\n" * 100_000, 1024), "all of the trailers was taken"),
        "a million fields": lambda: expect(send_until_cut(
            program, b"POST /mcp HTTP/1.1\r\n", b"X: 1\r\n" * 1000, 1000),
            "a million fields were taken"),
        "many values": lambda: at_once(program, many_values, 8),
        "a crowd": lambda: crowd(program),
    }
    for name, attack in attacks.items():
        attack()
        still_serves(program, name)
        grown = program.resident_mb() - memory
        expect(KEEPS_MEMORY or grown < KEPT_MB,
               f"after {name}: {grown} MB more than before")
    until = time.monotonic() + TIMEOUT_SECONDS
    while program.descriptors() > descriptors and time.monotonic() < until:
        time.sleep(0.05)
    expect(program.descriptors() <= descriptors, "descriptors are left open")
    expect(program.end() == 0, "SIGTERM after abuse: not 0")


refuses_to_start_unprotected()
asks_for_the_files_it_needs()
behaves_as_told()
comes_back_after_abuse()
print("\n".join(problems) or "the program behaves over HTTP")
sys.exit(1 if problems else 0)
