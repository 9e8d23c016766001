"""Draws docs/performance-growth.svg from the last figures of script/bench:
growth_graph.py SAMPLES:MILLISECONDS:MEBIBYTES… >docs/performance-growth.svg

Two graphs side by side, time and peak memory over the number of samples. All
axes are logarithmic, so that each point has room for its value.
"""

import math
import sys

WIDTH, HEIGHT = 330, 190
LEFT, TOP, GAP = 20, 40, 60
STYLE = """
  text { font: 12px sans-serif; fill: #24292f; }
  .axis { stroke: #8c959f; fill: none; }
  .line { stroke: #0969da; stroke-width: 2; fill: none; }
  .dot { fill: #0969da; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .line { stroke: #58a6ff; } .dot { fill: #58a6ff; }
  }
"""


def number(value):
    return f"{value:,}".replace(",", " ")


def scale(values, length):
    """Maps values to 0 … length, logarithmically, with room at both ends."""
    low, high = math.log(min(values)), math.log(max(values))
    before, after = 0.2 * length, 0.1 * length
    return lambda value: before + (math.log(value) - low) / (high - low) * (
        length - before - after)


def text(x, y, words, anchor="middle"):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{words}</text>'


def graph(left, title, unit, samples, values):
    x_of, y_of = scale(samples, WIDTH), scale(values, HEIGHT)
    points = [(left + x_of(s), TOP + HEIGHT - y_of(v))
              for s, v in zip(samples, values)]
    yield text(left, TOP - 16, title, "start")
    yield (f'<path class="axis" d="M{left},{TOP} v{HEIGHT} h{WIDTH}"/>')
    yield ('<polyline class="line" points="'
           + " ".join(f"{x:.1f},{y:.1f}" for x, y in points) + '"/>')
    for (x, y), count, value in zip(points, samples, values):
        yield f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
        yield text(x - 6, y - 7, f"{number(value)} {unit}", "end")
        yield text(x, TOP + HEIGHT + 17, number(count))
    yield text(left + WIDTH / 2, TOP + HEIGHT + 36, "samples")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    rows = [tuple(int(n) for n in word.split(":")) for word in sys.argv[1:]]
    samples, times, memory = (list(column) for column in zip(*rows))
    width = 2 * LEFT + 2 * WIDTH + GAP
    height = TOP + HEIGHT + 50
    print(f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
          f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">')
    print("<title>Time and peak memory over the number of samples</title>")
    print(f"<style>{STYLE}</style>")
    for part in graph(LEFT, "Time to the answer", "ms", samples, times):
        print(part)
    for part in graph(LEFT + WIDTH + GAP, "Peak memory", "MiB", samples,
                      memory):
        print(part)
    print("</svg>")


main()
