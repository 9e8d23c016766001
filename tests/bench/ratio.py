"""ratio.py FILE WHAT GOAL: how two measurements compare.

FILE has two lines that measure.py wrote with --json: ours, then the other's.
Prints the ratios of time, processor time and memory beside the goal.
"""

import json
import sys


def main():
    path, what, goal = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        ours, other = (json.loads(line) for line in file)
    ratios = [
        f"{name} {ours[key] / other[key]:.2f}"
        for key, name in (
            ("seconds", "time"),
            ("processor", "processor"),
            ("kib", "memory"),
        )
        if key in ours and key in other
    ]
    faster = other["seconds"] / ours["seconds"]
    print(f"  of {what}: {', '.join(ratios)}; {faster:.1f} times as fast ({goal})")


if __name__ == "__main__":
    main()
