"""Run every benchmark, print its figures, and fail when one misses its limit.

``python tests/benchmarks [NAME…]`` runs only the benchmarks whose file name holds one of the names.
"""

import importlib
import sys
import unicodedata
from pathlib import Path

from harness import Figure


def main(names: list[str]) -> int:
    figures: list[Figure] = []
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        if not names or any(name in path.stem for name in names):
            print(f"… {path.stem}", file=sys.stderr, flush=True)
            figures += importlib.import_module(path.stem).figures()
    for line in table(figures):
        print(line)
    missed = sum(not figure.kept for figure in figures)
    print(f"\n{len(figures) - missed} kept, {missed} missed")
    return 1 if missed or not figures else 0


def table(figures: list[Figure]) -> list[str]:
    rows = [("figure", "measured", "limit", "", "detail")]
    for item in figures:
        limit, verdict = f"{item.direction} {item.limit:g}", "kept" if item.kept else "MISSED"
        rows.append((item.name, f"{item.ratio:.2f} ×", limit, verdict, item.detail))
    wide = [max(width(row[column]) for row in rows) for column in range(4)]
    return [
        "  ".join(
            [*(cell + " " * (room - width(cell)) for cell, room in zip(row, wide, strict=False)), row[4]]
        ).rstrip()
        for row in rows
    ]


def width(text: str) -> int:
    """Return the columns a text takes in a terminal; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
