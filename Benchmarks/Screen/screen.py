"""What the screen costs: from a key to what it changes on the terminal, bytes that are written, memory,
processor time. Against scripted Sentinels (`sentinels.py`), in a pseudo-terminal of 120×36.

    screen.py SENTOP [MASTERS ...] [--keys N] [--idle SECONDS]
"""

import argparse
import fcntl
import os
import pathlib
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time

HERE = pathlib.Path(__file__).parent


class Screen:
    """A program in a pseudo-terminal."""

    def __init__(self, words):
        self.started = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8")
            for name in ("TMUX", "NO_COLOR", "SENTOP_SEEDS", "SENTOP_PROFILE"):
                os.environ.pop(name, None)
            os.execvp(words[0], words)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
        self.text = b""

    def read(self, seconds):
        """What comes within that time, or nothing."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self.terminal, 1 << 16)
        except OSError:
            return b""
        self.text = (self.text + data)[-(1 << 20):]
        return data

    def expect(self, words, seconds=60):
        end = time.perf_counter() + seconds
        while words not in self.text:
            if time.perf_counter() > end:
                raise SystemExit(f"{words} never came")
            self.read(0.1)

    def drain(self, quiet=0.004, most=2.0):
        """Waits until nothing was written for a moment."""
        end = time.perf_counter() + most
        while time.perf_counter() < end and self.read(quiet):
            pass

    def press(self, key):
        """Milliseconds from the key to the first byte after it."""
        self.drain()
        start = time.perf_counter()
        os.write(self.terminal, key)
        data = self.read(2)
        took = (time.perf_counter() - start) * 1e3
        written = len(data)
        while data := self.read(0.002):
            written += len(data)
        return took, written

    def stat(self, name):
        with open(f"/proc/{self.pid}/{name}") as file:
            return file.read()

    def cpu(self):
        fields = self.stat("stat").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def megabytes(self):
        return int(self.stat("status").split("VmRSS:")[1].split()[0]) / 1024

    def close(self):
        os.kill(self.pid, signal.SIGTERM)
        while self.read(1):
            pass
        os.waitpid(self.pid, 0)


def measure(program, masters, keys, idle):
    servers = subprocess.Popen(
        [sys.executable, HERE / "sentinels.py", "3", str(masters)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    ports = servers.stdout.readline().split()
    home = {"HOME": "/nonexistent", "XDG_STATE_HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent"}
    os.environ.update(home)
    screen = Screen(
        [program, "--no-node-sampling", "--timeout", "5s"] + [f"127.0.0.1:{port}" for port in ports]
    )
    screen.expect(b"service-0000")
    first = (time.perf_counter() - screen.started) * 1e3
    screen.expect(b"3/3")
    whole = (time.perf_counter() - screen.started) * 1e3
    time.sleep(2)
    samples, written = [], []
    # Each key changes the screen: down and up among the masters, from pane to pane.
    for key in [b"j", b"k", b"\t", b"\x1b[Z"] * (keys // 4):
        took, count = screen.press(key)
        samples.append(took)
        written.append(count)
    screen.drain(quiet=0.05)
    cpu, start, count = screen.cpu(), time.perf_counter(), 0
    while time.perf_counter() - start < idle:
        count += len(screen.read(0.2))
    share = (screen.cpu() - cpu) / (time.perf_counter() - start) * 100
    samples.sort()
    print(
        f"{masters} masters: first frame with masters {first:.0f} ms, all Sentinels {whole:.0f} ms; "
        f"key to paint p50 {statistics.median(samples):.2f} ms, "
        f"p99 {samples[int(len(samples) * 0.99)]:.2f} ms, worst {samples[-1]:.2f} ms; "
        f"{statistics.median(written):.0f} bytes a key; nothing happens: {count / idle:.0f} bytes/s, "
        f"{share:.2f} % of a core, {screen.megabytes():.0f} MB",
        flush=True,
    )
    # Many events at once: no key may be lost, and none may wait.
    servers.stdin.write("announce 20000\n")
    servers.stdin.flush()
    storm = [screen.press(key)[0] for key in [b"j", b"k"] * 20]
    screen.drain(quiet=0.05)
    print(
        f"{masters} masters, 20,000 events at once: key to paint p50 "
        f"{statistics.median(storm):.2f} ms, worst {max(storm):.2f} ms, "
        f"{screen.megabytes():.0f} MB",
        flush=True,
    )
    screen.close()
    servers.stdin.close()
    servers.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("masters", nargs="*", type=int, default=[10, 1000])
    parser.add_argument("--keys", type=int, default=400)
    parser.add_argument("--idle", type=float, default=20)
    given = parser.parse_args()
    for masters in given.masters:
        measure(given.program, masters, given.keys, given.idle)
