"""Runs the program, pinned to one core, and reads what it uses from /proc; and a client that costs little."""

import os
import pathlib
import re
import signal
import socket
import subprocess
import time

CORES = sorted(os.sched_getaffinity(0))
TICK = os.sysconf("SC_CLK_TCK")


def pin(core):
    """Pins this process, or the one that is about to start, to a core."""
    os.sched_setaffinity(0, {CORES[core % len(CORES)]})


def run(command, **options):
    """Runs a command to its end. Returns its output, its CPU and its time in seconds, and its peak of memory in MB."""
    started = time.monotonic()
    child = subprocess.Popen(command, preexec_fn=lambda: os.sched_setaffinity(0, CORES), **options)
    output = child.stdout.read() if child.stdout else None
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}: exit code {child.returncode}")
    return output, usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1024


class Process:
    """A server that is measured."""

    def __init__(self, command, folder, core=0, **options):
        self.started = time.monotonic()
        self.log = open(pathlib.Path(folder, "log"), "ab")
        options = {"stdout": self.log} | options
        self.child = subprocess.Popen(command, cwd=folder, stderr=self.log, preexec_fn=lambda: pin(core), **options)

    def cpu(self):
        """CPU of all its threads in seconds. The scheduler's own count is finer than ticks, and lacks threads that have ended."""
        fine = 0
        for task in pathlib.Path(f"/proc/{self.child.pid}/task").iterdir():
            try:
                fine += int((task / "schedstat").read_text().split()[0])
            except OSError:
                pass
        fields = pathlib.Path(f"/proc/{self.child.pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks = (int(fields[11]) + int(fields[12])) / TICK
        return fine / 1e9 if abs(fine / 1e9 - ticks) < 0.05 + 0.02 * ticks else ticks

    def memory(self):
        """Memory in MB: what is its own, all that is resident, and the peak of that."""
        status = pathlib.Path(f"/proc/{self.child.pid}/status").read_text()
        return tuple(int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024 for name in ("RssAnon", "VmRSS", "VmHWM"))

    def stop(self):
        self.child.send_signal(signal.SIGTERM)
        self.child.wait()
        if self.child.stdout:
            self.child.stdout.close()
        self.log.close()


class Bayan(Process):
    """The program, on a free port. `ready` is the time from its start to the first response in seconds."""

    def __init__(self, program, database, folder, *flags):
        super().__init__([program, "--listen", "127.0.0.1:0", "--database", database, *flags], folder, stdout=subprocess.PIPE)
        # It prints a few lines: where it listens.
        line = self.child.stdout.readline().decode()
        if not (found := re.search(r"http://([0-9.]+):(\d+)", line)):
            raise SystemExit(f"the server did not start: {line}{pathlib.Path(folder, 'log').read_text()[-2000:]}")
        self.address = found[1], int(found[2])
        client = Client(self.address)
        while client.get("/v1/clauses?limit=1")[0] != 200:
            time.sleep(0.001)
        self.ready = time.monotonic() - self.started


class Client:
    """One HTTP/1.1 connection."""

    def __init__(self, address):
        self.address, self.socket, self.rest = address, None, b""

    def get(self, path, headers=()):
        """The status, the header section and the body."""
        lines = [f"GET {path} HTTP/1.1", "Host: bench", *headers, "", ""]
        return self.send("\r\n".join(lines).encode())

    def post(self, path, body, media_type):
        lines = [f"POST {path} HTTP/1.1", "Host: bench", f"Content-Type: {media_type}", f"Content-Length: {len(body)}", "", ""]
        return self.send("\r\n".join(lines).encode() + body)

    def send(self, request):
        fresh = self.socket is None
        try:
            return self.exchange(request)
        except (ConnectionError, EOFError):
            # The server closes a connection that is old.
            self.close()
            if fresh:
                raise
            return self.exchange(request)

    def exchange(self, request):
        if self.socket is None:
            self.socket = socket.create_connection(self.address, timeout=120)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        received = self.rest
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self.receive()
        head, body = received[:end].decode("latin-1"), [received[end + 4 :]]
        status = int(head.split(" ", 2)[1])
        length = re.search(r"\r\ncontent-length: *(\d+)", head, re.I)
        if re.search(r"\r\ntransfer-encoding: *chunked", head, re.I):
            body, self.rest = self.chunks(body[0])
        else:
            wanted, have = int(length[1]) if length and status not in (204, 304) else 0, len(body[0])
            while have < wanted:
                body.append(self.receive())
                have += len(body[-1])
            body = b"".join(body)
            body, self.rest = body[:wanted], body[wanted:]
        if re.search(r"\r\nconnection: *close", head, re.I):
            self.close()
        return status, head, body

    def chunks(self, received):
        body = []
        while True:
            while b"\r\n" not in received:
                received += self.receive()
            size, received = received.split(b"\r\n", 1)
            size = int(size.split(b";")[0], 16)
            while len(received) < size + 2:
                received += self.receive()
            body.append(received[:size])
            received = received[size + 2 :]
            if size == 0:
                return b"".join(body), received

    def receive(self):
        received = self.socket.recv(1 << 18)
        if not received:
            raise EOFError
        return received

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket, self.rest = None, b""
