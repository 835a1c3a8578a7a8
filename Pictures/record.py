"""Makes the pictures of README anew: a real failover in `sentop demo` as a small film, and two stills.

    record.py SENTOP FOLDER

runs it in a tmux of its own, looks at the terminal five times a second, and draws what stands there. Needs
tmux, Pillow and DejaVu Sans Mono (`make pictures` sees to them).
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

from PIL import Image, ImageDraw, ImageFont

COLUMNS, ROWS = 100, 30
WIDTH, HEIGHT = 8, 16
FONTS = pathlib.Path("/usr/share/fonts/truetype/dejavu")
PLAIN, BACK = (216, 216, 216), (24, 26, 30)
# Which way each piece of border goes on: left, up, right, down; and whether it is heavy or dashed.
LINES = {
    "─": "lr", "│": "ud", "┌": "rd", "┐": "ld", "└": "ru", "┘": "lu", "├": "urd", "┤": "uld",
    "┬": "lrd", "┴": "lru", "┼": "lurd", "━": "lr=", "╍": "lr-",
}


class Terminal:
    """A program in a tmux server that nobody else knows."""

    def __init__(self, folder, words):
        self.socket = os.path.join(folder, "socket")
        environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "TERM": "tmux-256color",
            "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TMPDIR": folder, "SHELL": "/bin/sh",
        }
        subprocess.run(
            ["tmux", "-u", "-f", "/dev/null", "-S", self.socket, "start-server", ";",
             "set-option", "-g", "status", "off", ";", "set-option", "-g", "escape-time", "0", ";",
             "set-option", "-g", "default-terminal", "tmux-256color", ";",
             "new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS), *words],
            env=environment, check=True,
        )

    def tmux(self, *words):
        done = subprocess.run(
            ["tmux", "-u", "-S", self.socket, *words], capture_output=True, text=True, check=True)
        return done.stdout

    def press(self, *keys):
        for key in keys:
            self.tmux("send-keys", "--", key)

    def screen(self):
        return self.tmux("capture-pane", "-e", "-p", "-N")

    def expect(self, pattern, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if re.search(pattern, self.tmux("capture-pane", "-p")):
                return
            time.sleep(0.05)
        raise SystemExit(f"{pattern} never came:\n" + self.tmux("capture-pane", "-p"))

    def close(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], capture_output=True)


class Pen:
    """The colours and weight that text is drawn with, as escape sequences change them."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.front, self.back, self.bold, self.dim, self.under, self.reverse = None, None, *[False] * 4

    def take(self, codes):
        codes = [int(code or 0) for code in codes.split(";")]
        while codes:
            code = codes.pop(0)
            if code == 0:
                self.reset()
            elif code in (38, 48):
                kind = codes.pop(0)
                color = tuple(codes[:3]) if kind == 2 else indexed(codes[0])
                del codes[: 3 if kind == 2 else 1]
                setattr(self, "front" if code == 38 else "back", color)
            elif code in (39, 49):
                setattr(self, "front" if code == 39 else "back", None)
            elif 30 <= code <= 37 or 90 <= code <= 97:
                self.front = indexed(code - 30 if code < 90 else code - 82)
            elif 40 <= code <= 47 or 100 <= code <= 107:
                self.back = indexed(code - 40 if code < 100 else code - 92)
            elif code in (1, 2, 4, 7):
                setattr(self, {1: "bold", 2: "dim", 4: "under", 7: "reverse"}[code], True)
            elif code == 22:
                self.bold = self.dim = False
            elif code in (24, 27):
                setattr(self, "under" if code == 24 else "reverse", False)

    def colors(self):
        front, back = self.front or PLAIN, self.back or BACK
        return (back, front) if self.reverse else (front, back)


def indexed(number):
    if number < 16:
        basic = "000000 cd4a4a 5fb96a d0b060 6a9fd8 b48ead 67b8b8 d8d8d8".split()
        bright = "7a7a7a ff8787 87d787 ffd75f 87afff d7afff 87d7d7 ffffff".split()
        value = int((basic + bright)[number], 16)
        return value >> 16, value >> 8 & 255, value & 255
    if number < 232:
        steps = (0, 95, 135, 175, 215, 255)
        number -= 16
        return steps[number // 36], steps[number // 6 % 6], steps[number % 6]
    return (8 + (number - 232) * 10,) * 3


def draw(text, fonts):
    image = Image.new("RGB", (COLUMNS * WIDTH, ROWS * HEIGHT), BACK)
    canvas = ImageDraw.Draw(image)
    pen = Pen()
    for row, line in enumerate(text.split("\n")[:ROWS]):
        column = 0
        for piece in re.finditer(r"\x1b\[([\d;]*)m|\x1b.|(.)", line):
            if piece[1] is not None:
                pen.take(piece[1])
            elif piece[2] and column < COLUMNS:
                cell(canvas, column * WIDTH, row * HEIGHT, piece[2], pen, fonts)
                column += 1
    return image


def cell(canvas, x, y, character, pen, fonts):
    front, back = pen.colors()
    if back != BACK:
        canvas.rectangle((x, y, x + WIDTH - 1, y + HEIGHT - 1), fill=back)
    if character in LINES:
        arms = LINES[character]
        thick = 3 if "=" in arms or "-" in arms else 1
        middle, half = x + WIDTH // 2, y + HEIGHT // 2
        left = middle if "l" not in arms else x
        right = middle if "r" not in arms else x + WIDTH - (3 if "-" in arms else 0)
        if left != right:
            canvas.line((left, half, right, half), fill=front, width=thick)
        top = half if "u" not in arms else y
        bottom = half if "d" not in arms else y + HEIGHT
        if top != bottom:
            canvas.line((middle, top, middle, bottom), fill=front, width=thick)
        return
    if character != " ":
        canvas.text((x, y), character, fill=front, font=fonts[pen.bold])
    if pen.under:
        canvas.line((x, y + HEIGHT - 2, x + WIDTH - 1, y + HEIGHT - 2), fill=front)


def main(program, folder):
    fonts = {
        bold: ImageFont.truetype(str(FONTS / f"DejaVuSansMono{'-Bold' if bold else ''}.ttf"), 13)
        for bold in (False, True)
    }
    out = pathlib.Path(folder)
    film = []

    def take(terminal, seconds, until=None):
        """Films for so long, or until a pattern stands on the screen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            screen = terminal.screen()
            if film and film[-1][0] == screen:
                film[-1][1] += 200
            else:
                film.append([screen, 200])
            if until and re.search(until, re.sub(r"\x1b\[[\d;]*m", "", screen)):
                return
            time.sleep(0.2)

    with tempfile.TemporaryDirectory() as home:
        terminal = Terminal(home, [program, "demo", "--masters", "2"])
        try:
            terminal.expect("all well")
            terminal.expect("s3 found")
            terminal.press("Down", "Up")
            time.sleep(4)
            terminal.press("Up")
            take(terminal, 1.2)
            terminal.press("F")
            take(terminal, 2.4)
            terminal.press("y")
            take(terminal, 40, "everybody home")
            take(terminal, 2)
            film[-1][1] += 2000
            still = film[min(len(film) - 1, len(film) * 2 // 5)][0]
            terminal.press("t")
            terminal.expect("Failovers of this session")
            time.sleep(0.5)
            timeline = terminal.screen()
            terminal.press("q", "q")
        finally:
            terminal.close()
    draw(still, fonts).quantize(96).save(out / "dashboard.png", optimize=True)
    draw(timeline, fonts).quantize(96).save(out / "timeline.png", optimize=True)
    frames = [draw(screen, fonts) for screen, _ in film]
    palette = frames[len(frames) // 2].quantize(64)
    frames = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    frames[0].save(
        out / "failover.gif", save_all=True, append_images=frames[1:], loop=0, optimize=True,
        duration=[min(time, 3000) for _, time in film],
    )
    for name in ("failover.gif", "dashboard.png", "timeline.png"):
        print(f"{out / name}: {(out / name).stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main(*sys.argv[1:])
