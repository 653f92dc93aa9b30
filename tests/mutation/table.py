"""What became of the mutants: a file of JSON lines, and a summary by area."""

import json
import threading
from collections import Counter
from pathlib import Path

COUNTED = ("killed", "survived")


class Table:
    """Grows by a line for each mutant, so that a broken run goes on where it was. The last line about a mutant counts."""

    def __init__(self, path):
        self.path, self.lock = Path(path), threading.Lock()
        self.rows = {}
        if self.path.exists():
            for line in self.path.read_text().splitlines():
                row = json.loads(line)
                self.rows[row["key"]] = row

    def add(self, row):
        with self.lock:
            self.rows[row["key"]] = row
            with self.path.open("a") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def summary(rows, areas):
    """The shares of killed mutants. Those that are equivalent or did not build count among none."""
    lines = [f"{'area':12}{'mutants':>8}{'killed':>8}{'survived':>10}{'share':>8}{'equivalent':>12}{'not built':>11}"]
    total = Counter()
    for area in (*areas, "all"):
        counts = total if area == "all" else Counter(row["outcome"] for row in rows if row["area"] == area)
        if area != "all":
            total += counts
        tried = counts["killed"] + counts["survived"]
        share = f"{100 * counts['killed'] / tried:.1f} %" if tried else ""
        lines.append(f"{area:12}{tried:8}{counts['killed']:8}{counts['survived']:10}{share:>8}{counts['equivalent']:12}{counts['unbuilt']:11}")
    return "\n".join(lines)
