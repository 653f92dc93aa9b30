"""What the scenarios' pages show is what the program says. Runs the built program (SOJOURN_PROGRAM)."""

import json
import os
import re
import subprocess
import unittest
from pathlib import Path

PROGRAM = os.environ["SOJOURN_PROGRAM"]
TOP = Path(os.environ["SOJOURN_SOURCE_DIR"])


def sojourn(*arguments):
    """Runs the program at the top of the tree; what it prints."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=250, cwd=TOP,
                          env=environment, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{arguments}: exit {done.returncode}: {done.stderr}")
    return done.stdout


def what_ifs(scenario):
    """Paths of the what-ifs in a scenario's folder, as tools/try gives them."""
    files = sorted((TOP / "scenarios" / scenario).glob("*.yaml"))
    return [str(file.relative_to(TOP)) for file in files if re.search("^scenario:", file.read_text(), re.MULTILINE)]


def number(cell):
    """The first number in a table's cell."""
    found = re.search(r"[+\u2212-]?\d[\d,]*(\.\d+)?", cell)
    if not found:
        raise AssertionError(f"no number in '{cell}'")
    return float(found[0].replace(",", "").replace("\u2212", "-"))


def shown_unit(cell):
    """What one step of the last digit of a cell's number is worth."""
    found = re.search(r"\d[\d,]*(?:\.(\d+))?", cell)
    return 10.0 ** -len(found[1] or "")


def rows(page, first_cell):
    """Cells of the rows of a page's tables whose first cell matches."""
    table = [[cell.strip(" *") for cell in line.strip("| ").split("|")] for line in page.splitlines()
             if line.startswith("|")]
    return [row for row in table if re.fullmatch(first_cell, row[0])]


class Pages(unittest.TestCase):
    def shows(self, cell, value):
        self.assertLessEqual(abs(number(cell) - value), 0.5001 * shown_unit(cell), f"'{cell}' is {value}")

    def test_santas_page_shows_his_figures(self):
        page = (TOP / "scenarios/santa/README.md").read_text()
        result = json.loads(sojourn("compare", "scenarios/santa/journey.yaml", *what_ifs("santa"), "--agents", "200000",
                                    "--json", "-"))
        overall = result["base"]["overall"]
        for name, value in (("NPS", overall["nps"]["estimate"]), ("satisfaction", overall["satisfaction"]["estimate"]),
                            ("success", 100 * overall["success"]["estimate"]),
                            ("touchpoints visited", overall["visits"]["estimate"])):
            self.shows(rows(page, name)[0][1], value)
        for scenario in result["scenarios"]:
            cells = rows(page, f"`{Path(scenario['scenario']['file']).stem}`")[0]
            self.shows(cells[2], scenario["difference"]["nps"]["estimate"])
            for cell, persona in zip(cells[3:7], ("mia", "jonas", "claire", "otto")):
                self.shows(cell, scenario["personas"][persona]["nps"]["estimate"])
            self.shows(cells[7], 100 * scenario["difference"]["success"]["estimate"])
            self.shows(cells[8], scenario["net_gain"]["estimate"])
            self.shows(cells[9], 100 * scenario["agents_changed"])

    def test_the_customer_on_santas_page_meets_the_what_if(self):
        page = (TOP / "scenarios/santa/README.md").read_text()
        agent = re.search(r"sojourn trace .* --agent (\d+) --with scenarios/santa/warm-bench.yaml", page)[1]
        told = sojourn("trace", "scenarios/santa/journey.yaml", "--agent", agent, "--with", "scenarios/santa/warm-bench.yaml")
        self.assertIn("here the journeys part", told)

    def test_the_airports_page_shows_its_figures(self):
        page = (TOP / "scenarios/airport/README.md").read_text()
        base = json.loads(sojourn("run", "scenarios/airport/journey.yaml", "--agents", "1M", "--seed", "2", "--json", "-"))
        for name, figures in {"all": base["overall"], **base["personas"]}.items():
            cells = [row for row in rows(page, name) if len(row) == 6 and "r_all" not in row[3]][-1]
            self.shows(cells[2], figures["nps"]["estimate"])
            self.shows(cells[4], figures["satisfaction"]["estimate"])
            self.shows(cells[5], figures["visits"]["estimate"])
        compared = json.loads(sojourn("compare", "scenarios/airport/journey.yaml", *what_ifs("airport"), "--json", "-"))
        for scenario in compared["scenarios"]:
            cells = rows(page, f"`{Path(scenario['scenario']['file']).name}`")[-1]
            self.shows(cells[1], scenario["difference"]["nps"]["estimate"])


if __name__ == "__main__":
    unittest.main()
