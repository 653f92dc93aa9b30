#!/usr/bin/env python3
"""Speed of the walk and of comparisons, in one run.

    benchmarks/speed.py [PROGRAM]      default: build/release/bin/sojourn

Runs are interleaved and the median of 7 counts, so that a machine that is busy for a while does not favour one. Prints a table
and, last, one line of JSON with the machine's description. `walks` is how many plain runs a comparison with k scenarios costs; k + 1
would be no gain from walking together.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
AGENTS = 200_000
ROUNDS = 7


def what_ifs(story):
    files = sorted((TOP / "scenarios" / story).glob("*.yaml"))
    return [str(file) for file in files if "\nscenario:" in "\n" + file.read_text()]


def measured(program, *arguments):
    """`performance` of one run."""
    command = [program, *arguments, "--agents", str(AGENTS), "--json", "-", "--quiet"]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)["performance"]


def cpu():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else str(TOP / "build/release/bin/sojourn")
    cases = {}
    for story in ("two_stop", "santa", "airport"):
        journey = str(TOP / "scenarios" / story / "journey.yaml")
        cases[story, "run", 0] = ("run", journey)
        cases[story, "compare", len(what_ifs(story))] = ("compare", journey, *what_ifs(story))
    found = {case: [] for case in cases}
    for _ in range(ROUNDS):
        for case, arguments in cases.items():
            found[case].append(measured(program, *arguments))
    rows = []
    for (story, verb, scenarios), runs in found.items():
        seconds = statistics.median(run["seconds"] for run in runs)
        plain = statistics.median(run["seconds"] for run in found[story, "run", 0])
        rows.append({"journey": story, "verb": verb, "scenarios": scenarios, "agents": AGENTS, "visits": runs[0]["visits"],
                     "seconds": seconds, "million_visits_per_second": runs[0]["visits"] / seconds / 1e6,
                     "walks": seconds / plain})
    print(f"{'journey':10} {'verb':8} {'what-ifs':>8} {'seconds':>8} {'Mvisits/s':>10} {'walks':>6}")
    for row in rows:
        print(f"{row['journey']:10} {row['verb']:8} {row['scenarios']:8} {row['seconds']:8.3f} "
              f"{row['million_visits_per_second']:10.2f} {row['walks']:6.2f}")
    print(json.dumps({"machine": cpu(), "cores": os.cpu_count(), "threads": found["airport", "run", 0][0]["threads"],
                      "system": platform.platform(), "rows": rows}))


if __name__ == "__main__":
    main()
