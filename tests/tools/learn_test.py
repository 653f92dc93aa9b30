"""sojourn learn as a user meets it: files, streams, exit codes. Runs the built program (SOJOURN_PROGRAM)."""

import csv
import json
import os
import random
import subprocess
import tempfile
import unittest
from datetime import datetime, timedelta
from pathlib import Path

PROGRAM = os.environ["SOJOURN_PROGRAM"]
ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "COLUMNS": "100"}


def sojourn(*arguments, **options):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=60, env=ENVIRONMENT,
                          check=False, **options)


def shop(cases, seed):
    """A small shop's log: browse, ask (young people seldom), pay or leave."""
    dice = random.Random(seed)
    rows = []
    for case in range(cases):
        now = datetime(2024, 1, 1) + timedelta(hours=case)
        young, bought = dice.random() < 0.5, dice.random() < 0.7
        steps = ["Browse"] + (["Ask, politely"] if dice.random() < (0.1 if young else 0.8) else []) + ["Pay"]
        for step in steps:
            end = now + timedelta(seconds=dice.expovariate(1 / 600))
            rows.append({"order": f"order-{case}", "step": step, "began": now.isoformat(" "), "done": end.isoformat(" "),
                         "segment": "young" if young else "old", "e-mail": f"someone{case}@example.org",
                         "result": "bought" if bought else "left"})
            now = end
    return rows


MAPPING = "events: {case: order, activity: step, time: began, end: done, persona: segment, outcome: result}\nsuccess: [bought]\n"


class Learn(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.mapping = self.folder / "mapping.yaml"
        self.mapping.write_text(MAPPING)

    def write(self, name, rows, extra=()):
        path = self.folder / name
        with path.open("w", newline="") as file:
            table = csv.DictWriter(file, list(rows[0]))
            table.writeheader()
            table.writerows(rows)
            file.writelines(extra)
        return path

    def test_a_journey_comes_out_that_runs(self):
        log, test = self.write("log.csv", shop(400, 1)), self.write("test.csv", shop(100, 2))
        out = self.folder / "journey.yaml"
        done = sojourn("learn", log, "--mapping", self.mapping, "--out", out, "--test", test, "--json", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        result = json.loads(done.stdout)
        self.assertEqual(result["format"], "sojourn.learn/1")
        self.assertEqual(result["journey"], str(out))
        self.assertEqual(result["personas"], 2)
        self.assertEqual(result["events"]["columns"]["persona"], "segment")
        tried = result["test"]
        self.assertEqual(tried["cases"], 100)
        self.assertLess(tried["nats_per_event"], 1.01 * min(tried["baselines"].values()))
        self.assertEqual(set(tried["floor"]), {"ngram_distance", "relative_event_hours", "cycle_time_hours"})
        self.assertEqual(sojourn("check", out).returncode, 0)
        run = json.loads(sojourn("run", out, "--agents", "20000", "--json", "-").stdout)
        self.assertAlmostEqual(run["overall"]["success"]["estimate"], 0.7, delta=0.08)
        self.assertAlmostEqual(run["overall"]["nps"]["estimate"], 0, delta=0.01)
        asked = {p: run["personas"][p]["touchpoints"]["ask_politely"]["reach"]["estimate"] for p in ("young", "old")}
        self.assertLess(asked["young"], 0.25)
        self.assertGreater(asked["old"], 0.65)

    def test_the_same_log_gives_the_same_bytes_and_no_personal_data(self):
        rows = shop(200, 1)
        log = self.write("log.csv", rows)
        first = sojourn("learn", log, "--mapping", self.mapping, "--out", "-")
        self.assertEqual(first.returncode, 0, first.stderr)
        random.Random(3).shuffle(rows)
        self.write("log.csv", rows)
        self.assertEqual(sojourn("learn", log, "--mapping", self.mapping, "--out", "-").stdout, first.stdout)
        self.assertNotIn("example.org", first.stdout)
        self.assertNotIn("order-", first.stdout)

    def test_personal_columns_are_refused(self):
        log = self.write("log.csv", shop(20, 1))
        done = sojourn("learn", log, "--mapping", self.mapping, "--persona", "e-mail", "--out", "-")
        self.assertEqual(done.returncode, 65)
        self.assertIn("looks like personal data", done.stderr)

    def test_missing_columns_are_told_with_those_there_are(self):
        done = sojourn("learn", self.write("log.csv", shop(20, 1)), "--case", "ordre", "--out", "-")
        self.assertEqual(done.returncode, 65)
        self.assertIn("no column is called 'ordre'. Did you mean 'order'?", done.stderr)
        self.assertIn("The columns are 'order', 'step', 'began'", done.stderr)
        self.assertIn("no column for the time is found", done.stderr)

    def test_bad_rows_are_listed_and_more_than_a_hundredth_is_refused(self):
        rows = shop(200, 1)
        out, listed = self.folder / "journey.yaml", self.folder / "journey.yaml.rejected.csv"
        few = self.write("few.csv", rows, ["order-x,Pay,sometime,,young,x@example.org,left\n"])
        command = ["--mapping", self.mapping, "--out", out, "--quiet"]
        done = sojourn("learn", few, *command)
        self.assertEqual(done.returncode, 0, done.stderr)
        with listed.open() as file:
            table = list(csv.DictReader(file))
        self.assertEqual([row["line"] for row in table], [str(len(rows) + 2)])
        self.assertIn("sometime", table[0]["reason"])
        self.assertNotIn("example.org", listed.read_text())
        out.unlink()
        done = sojourn("learn", few, *command, "--bad-rows", "fail")
        self.assertEqual(done.returncode, 65)
        self.assertFalse(out.exists())
        many = self.write("many.csv", rows, ["order-x,Pay,,,,,\n"] * 30)
        done = sojourn("learn", many, *command)
        self.assertEqual(done.returncode, 65)
        self.assertIn(f"30 of {len(rows) + 30} rows cannot be read", done.stderr)
        self.assertIn("--bad-rows skip", done.stderr)
        self.assertEqual(len(listed.read_text().splitlines()), 31)
        self.assertEqual(sojourn("learn", many, *command, "--bad-rows", "skip").returncode, 0)

    def test_codes_are_learned_as_what_they_mean(self):
        rows, codes = shop(300, 1), {"Browse": "7", "Pay": "p", "young": "1", "old": "2", "bought": "Y", "left": "N"}
        named = self.folder / "named.yaml"
        coded = self.write("coded.csv", [{key: codes.get(cell, cell) for key, cell in row.items()} for row in rows])
        written = self.write("written.csv", rows)
        self.assertEqual(sojourn("learn", written, "--mapping", self.mapping, "--out", named, "--title", "T").returncode, 0)
        self.mapping.write_text(MAPPING + "values: {touchpoint: {7: Browse, P: Pay}, persona: {1: young, 2: old}, outcome: {y: bought, n: left}}\n")
        found = self.folder / "found.yaml"
        done = sojourn("learn", coded, "--mapping", self.mapping, "--test", coded, "--out", found, "--title", "T")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(found.read_text(), named.read_text().replace("written.csv", "coded.csv"))
        self.assertIn('bought: {label: "bought", success: true}', found.read_text())
        # The outcomes that are a success may be named as the log has them, too.
        self.mapping.write_text(self.mapping.read_text().replace("[bought]", "[Y]"))
        sojourn("learn", coded, "--mapping", self.mapping, "--out", found, "--title", "T", "--force")
        self.assertIn('bought: {label: "bought", success: true}', found.read_text())

    def test_outputs_are_never_lost(self):
        log = self.write("log.csv", shop(50, 1))
        out = self.folder / "journey.yaml"
        out.write_text("mine")
        command = ["learn", log, "--mapping", self.mapping, "--out", out]
        self.assertEqual(sojourn(*command).returncode, 73)
        self.assertEqual(out.read_text(), "mine")
        self.assertEqual(sojourn(*command, "--force", "--quiet").returncode, 0)
        self.assertIn("touchpoints:", out.read_text())
        before = log.read_text()
        self.assertEqual(sojourn("learn", log, "--mapping", self.mapping, "--out", log, "--force").returncode, 2)
        self.assertEqual(log.read_text(), before)
        self.assertEqual(sojourn(*command, "--force", "--rejected", out).returncode, 2)
        self.assertEqual(sojourn(*command, "--force", "--json", out).returncode, 2)

    def test_wrong_usage(self):
        log = self.write("log.csv", shop(20, 1))
        self.assertEqual(sojourn("learn", log).returncode, 2, "no --out")
        self.assertEqual(sojourn("learn", log, "--out", "-", "--json", "-").returncode, 2)
        self.assertEqual(sojourn("learn", log, "--out", "-", "--order", "4").returncode, 2)
        self.assertEqual(sojourn("learn", log, "--out", "-", "--min-share", "2").returncode, 2)
        self.assertEqual(sojourn("learn", self.folder / "none.csv", "--out", "-").returncode, 66)
        empty = self.folder / "empty.csv"
        empty.write_text("case,activity,time\n")
        done = sojourn("learn", empty, "--out", "-")
        self.assertEqual(done.returncode, 65)
        self.assertIn("no events", done.stderr)

    def test_xes(self):
        events = "".join(
            f'<trace><string key="concept:name" value="c{i}"/>'
            f'<event><string key="concept:name" value="Browse"/><date key="time:timestamp" value="2024-01-01T10:{i:02}:00Z"/></event>'
            f'<event><string key="concept:name" value="Pay"/><date key="time:timestamp" value="2024-01-01T11:{i:02}:00Z"/></event>'
            "</trace>" for i in range(40))
        log = self.folder / "log.xes"
        log.write_text(f'<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/">{events}</log>')
        done = sojourn("learn", log, "--out", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("duration: 60 min", done.stdout)
        self.assertIn("browse:", done.stdout)

    def test_it_speaks_german(self):
        log = self.write("log.csv", shop(50, 1))
        done = sojourn("learn", log, "--mapping", self.mapping, "--out", self.folder / "j.yaml", "--lang", "de")
        self.assertIn("Wie gut das nächste Ereignis vorhergesagt wird", done.stdout)
        self.assertIn("geschrieben", done.stderr)


if __name__ == "__main__":
    unittest.main()
