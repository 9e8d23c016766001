"""The terminal session of README.md as an animated SVG, docs/images/demo.svg.

    record_demo.py [--check] PROGRAM

Runs the commands of SESSION with the built pyroscope-mcp and draws what they
print. The same output gives the same bytes. The animation is CSS. A viewer
without it, or with prefers-reduced-motion, shows the complete session.
"""

import os
import re
import shlex
import subprocess
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = "docs/images/demo.svg"

PROFILES = "examples/profiles"
SETTING = f"export PROFILES_DIR={PROFILES}"
# What the user wants to know, and the command that answers it.
SESSION = [
    ("Which requests of the shop cost most CPU time?",
     "pyroscope-mcp call top_series service=shop group_by=handler"),
    ("What do the product pages spend it on?",
     "pyroscope-mcp call query_flamegraph service=shop "
     "'selector=handler=\"/product\"' limit=7"),
]

MAX_COLUMNS = 100
MAX_BYTES = 60 * 1024

# The geometry, in pixels.
CELL, LINE, FONT = 8.4, 19, 14
MARGIN, TITLE_BAR, GAP = 16, 34, 12

# The times, in seconds.
PAUSE, TYPING, READING, AT_END = 0.8, 0.035, 3.5, 9.0

STYLE = """\
text{font:%dpx ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",\
"Liberation Mono",monospace;fill:#d0d7de}
.window{fill:#0d1117;stroke:#484f58}
.bar{fill:#21262d}
.cover{fill:#0d1117}
.cursor{fill:#d0d7de}
.title{fill:#9198a1;text-anchor:middle}
.prompt{fill:#56d364}
.command{fill:#fff;font-weight:600}
.question{fill:#79c0ff}
""" % FONT


def answer_of(program, command):
    """The lines that a command of the session prints."""
    words = shlex.split(command)
    environment = {"PROFILES_DIR": PROFILES}
    for name in ("LD_LIBRARY_PATH", "TMPDIR"):
        if name in os.environ:
            environment[name] = os.environ[name]
    done = subprocess.run([program, *words[1:]], cwd=ROOT, env=environment,
                          stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{command} left with {done.returncode}:\n"
                 f"{done.stdout}{done.stderr}")
    return done.stdout.rstrip("\n").split("\n")


def number(value):
    """A coordinate or a percentage without superfluous digits."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def column(index):
    return number(MARGIN + index * CELL)


class Screen:
    """Rows of text that appear one after the other, and what covers them
    while a command is typed."""

    def __init__(self):
        self.time = 0.0
        self.y = TITLE_BAR + MARGIN  # of the next row
        self.parts = []     # elements, from the back to the front
        self.moments = []   # (class, [(time, declarations)])

    def line(self, text, kinds=()):
        """One row; words that two spaces separate are placed by column, so
        that tables are aligned whatever font the viewer has. `kinds` are
        (first column, class) of the coloured parts."""
        if len(text) > MAX_COLUMNS:
            sys.exit(f"wider than {MAX_COLUMNS} columns: {text}")
        starts = [start for start, _ in kinds] or [0]
        spans = []
        for run in re.finditer(r"\S+(?: \S+)*", text):
            cuts = [run.start()] + [start for start in starts
                                    if run.start() < start < run.end()]
            for begin, end in zip(cuts, cuts[1:] + [run.end()]):
                kind = "".join(f' class="{name}"' for start, name in kinds
                               if start == begin)
                spans.append(f'<tspan x="{column(begin)}"{kind}>'
                             f'{escape(text[begin:end].rstrip(), False)}'
                             '</tspan>')
        baseline = self.y + FONT
        self.y += LINE
        return f'<text y="{baseline}">{"".join(spans)}</text>' if spans else ""

    def show(self, elements):
        """Adds elements that appear now."""
        name = f"m{len(self.moments)}"
        body = "\n".join(element for element in elements if element)
        self.parts.append(f'<g class="{name}">\n{body}\n</g>')
        if self.time > 0:
            self.moments.append((name, [(0, "opacity:0;"),
                                        (self.time, "opacity:1;")]))
        else:
            self.moments.append((name, []))

    def type_command(self, command):
        """A prompt with a command that is typed, from now on."""
        top = self.y
        self.show([self.line(f"$ {command}",
                             [(0, "prompt"), (2, "command")])])
        width = number(len(command) * CELL)
        name = f"m{len(self.moments)}"
        # Hidden unless the animation moves it.
        self.parts.append(
            f'<g class="{name}" opacity="0">'
            f'<rect class="cover" x="{column(2)}" y="{top}" '
            f'width="{number(MAX_COLUMNS * CELL)}" height="{LINE}"/>'
            f'<rect class="cursor" x="{column(2)}" y="{top + 2}" '
            f'width="{number(CELL)}" height="{LINE - 3}"/></g>')
        start = self.time + PAUSE
        end = start + len(command) * TYPING
        steps = f"animation-timing-function:steps({len(command)});"
        self.moments.append((name, [
            (0, "opacity:0;"),
            (self.time, "opacity:1;transform:none;"),
            (start, f"opacity:1;transform:none;{steps}"),
            (end, f"opacity:1;transform:translateX({width}px);"),
            (end + PAUSE / 2, "opacity:0;")]))
        self.time = end + PAUSE / 2

    def finish(self):
        """A last prompt with the cursor behind it."""
        top = self.y
        self.show([self.line("$", [(0, "prompt")]),
                   f'<rect class="cursor" x="{column(2)}" y="{top + 2}" '
                   f'width="{number(CELL)}" height="{LINE - 3}"/>'])
        self.time += AT_END

    def animation(self):
        """The style sheet of the moments: each is a step, except where a
        moment says otherwise."""
        rules = []
        for name, steps in self.moments:
            if not steps:
                continue
            frames = "".join(
                f"{number(100 * time / self.time)}%{{{declarations}}}"
                for time, declarations in steps)
            rules.append(f"@keyframes {name}{{{frames}"
                         f"100%{{{steps[-1][1]}}}}}\n"
                         f".{name}{{animation:{name} {number(self.time)}s "
                         "step-end infinite}")
        return ("@media (prefers-reduced-motion:no-preference){\n"
                + "\n".join(rules) + "\n}\n")

    def picture(self):
        width = number(2 * MARGIN + MAX_COLUMNS * CELL)
        height = self.y + MARGIN
        dots = "".join(f'<circle cx="{20 + 20 * i}" cy="{TITLE_BAR // 2}" '
                       f'r="6" fill="{color}"/>'
                       for i, color in enumerate(("#ff5f57", "#febc2e",
                                                  "#28c840")))
        body = "\n".join(self.parts)
        return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" \
width="{width}" height="{height}" role="img" aria-labelledby="t d">
<title id="t">pyroscope-mcp in a terminal</title>
<desc id="d">{escape(description(), False)}</desc>
<style>
{STYLE}{self.animation()}</style>
<clipPath id="inside"><rect x="1" y="1" width="{number(float(width) - 2)}" \
height="{height - 2}" rx="9"/></clipPath>
<rect class="window" x=".5" y=".5" width="{number(float(width) - 1)}" \
height="{height - 1}" rx="9.5"/>
<g clip-path="url(#inside)">
<rect class="bar" width="{width}" height="{TITLE_BAR}"/>
{dots}
<text class="title" x="{number(float(width) / 2)}" y="22">pyroscope-mcp</text>
{body}
</g>
</svg>
"""


def description():
    return " ".join(f"{question} {command}" for question, command in SESSION)


def draw(program):
    """The text of the SVG."""
    screen = Screen()
    screen.show([screen.line(f"$ {SETTING}", [(0, "prompt"),
                                              (2, "command")])])
    for question, command in SESSION:
        screen.time += PAUSE
        screen.y += GAP
        screen.show([screen.line(f"$ # {question}", [(0, "prompt"),
                                                     (2, "question")])])
        screen.time += PAUSE
        screen.type_command(command)
        screen.show([screen.line(line)
                     for line in answer_of(program, command)])
        screen.time += READING
    screen.y += GAP
    screen.finish()
    picture = screen.picture()
    size = len(picture.encode())
    if size > MAX_BYTES:
        sys.exit(f"{PICTURE} would have {size} bytes, {MAX_BYTES} at most")
    return picture


def main():
    check = "--check" in sys.argv[1:]
    picture = draw(str(Path(sys.argv[-1]).resolve()))
    path = ROOT / PICTURE
    current = path.exists() and path.read_text(encoding="utf-8") == picture
    if not current and not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(picture, encoding="utf-8")
    print(f"{PICTURE}:1: [record-demo] " +
          ("is current" if current
           else "is stale: run script/record-demo" if check else "written"))
    sys.exit(1 if check and not current else 0)


if __name__ == "__main__":
    main()
