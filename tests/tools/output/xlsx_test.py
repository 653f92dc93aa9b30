"""--xlsx as others read it (openpyxl): the tables of --csv, sheet by sheet and cell by cell. Skipped, saying so, without openpyxl."""

import csv
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

try:
    import openpyxl
except ImportError:
    print("skipped: there is no openpyxl (apt install python3-openpyxl)")
    sys.exit(77)

PROGRAM = os.environ["SOJOURN_PROGRAM"]
TOP = Path(os.environ["SOJOURN_SOURCE_DIR"])
JOURNEY = TOP / "scenarios/two_stop/journey.yaml"
FASTER = TOP / "scenarios/two_stop/faster.yaml"


class Workbook(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_program(self, *arguments, code=0):
        done = subprocess.run([PROGRAM, *map(str, arguments), "--quiet"], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, code, f"{arguments}: {done.stderr}")
        return done.stderr

    def same_tables(self, *arguments):
        book, tables = self.folder / "book.xlsx", self.folder / "tables"
        self.run_program(*arguments, "--xlsx", book, "--csv", tables)
        sheets = openpyxl.load_workbook(book)
        names = [path.stem for path in tables.glob("*.csv")]
        self.assertEqual(sorted(sheets.sheetnames), sorted([*names, "provenance"]))
        numbers = texts = 0
        for name in names:
            sheet = sheets[name]
            self.assertEqual(sheet.freeze_panes, "A2", name)
            with (tables / f"{name}.csv").open(newline="") as file:
                written = list(csv.reader(file))
            rows = [list(row) for row in sheet.iter_rows(values_only=True)]
            self.assertEqual(len(rows), len(written), name)
            for number, (row, cells) in enumerate(zip(rows, written)):
                for value, cell in zip(row, cells, strict=True):
                    where = f"{name}, row {number + 1}: {value!r} is {cell!r}"
                    if value is None:
                        self.assertEqual(cell, "", where)
                    elif isinstance(value, (int, float)):
                        self.assertAlmostEqual(value, float(cell), delta=1e-14 * abs(value), msg=where)
                        numbers += 1
                    else:
                        self.assertEqual(value, cell.removeprefix("'"), where)
                        texts += 1
        return numbers, texts, sheets

    def test_of_a_comparison(self):
        survey = self.folder / "survey.csv"
        survey.write_text("touchpoint,n,mean,sd\nask,100,7,1\n")
        numbers, texts, sheets = self.same_tables("compare", JOURNEY, FASTER, "--agents", "5000", "--observed", survey)
        self.assertGreater(numbers, 1000)
        self.assertGreater(texts, 1000)
        self.assertEqual(sheets["observed"]["C2"].value, 100)
        provenance = {row[0]: row[1] for row in sheets["provenance"].iter_rows(values_only=True)}
        self.assertEqual((provenance["seed"], provenance["agents"]), ("1", "5000"))

    def test_of_the_other_verbs(self):
        for arguments in (["run", JOURNEY, "--agents", "5000"], ["solve", JOURNEY],
                          ["drivers", JOURNEY, "--agents", "2000"]):
            with self.subTest(arguments=arguments):
                self.same_tables(*arguments)
                for path in (self.folder / "tables").iterdir():
                    path.unlink()
                (self.folder / "tables").rmdir()
                (self.folder / "book.xlsx").unlink()

    def test_texts_are_never_formulas(self):
        scenario = self.folder / "formula.yaml"
        title = '=HYPERLINK("http://x","y")'
        scenario.write_text(f"format: sojourn/1\nscenario: '{title}'\njourney: {JOURNEY}\nchanges: [{{scale: "
                            "touchpoints.ask.duration, by: 0.5}]\n")
        _, _, sheets = self.same_tables("compare", JOURNEY, scenario, "--agents", "1000")
        cell = sheets["scenarios"]["A2"]
        self.assertEqual((cell.value, cell.data_type), (title, "s"))

    def test_the_same_bytes_each_time(self):
        books = []
        for name, zone in (("a.xlsx", "UTC"), ("b.xlsx", "Asia/Tokyo")):
            os.environ["TZ"] = zone
            self.run_program("run", JOURNEY, "--agents", "1000", "--xlsx", self.folder / name)
            books.append((self.folder / name).read_bytes())
        self.assertEqual(books[0], books[1])
        with zipfile.ZipFile(self.folder / "a.xlsx") as archive:
            self.assertEqual({info.date_time for info in archive.infolist()}, {(1980, 1, 1, 0, 0, 0)})
            self.assertIn("1980-01-01T00:00:00Z", archive.read("docProps/core.xml").decode())

    def test_whole_or_not_at_all(self):
        taken = self.folder / "taken.xlsx"
        taken.write_text("mine")
        self.run_program("run", JOURNEY, "--agents", "1000", "--xlsx", taken, code=73)
        self.assertEqual(taken.read_text(), "mine")
        self.run_program("run", JOURNEY, "--agents", "1000", "--xlsx", taken, "--force")
        self.assertIn("overall", openpyxl.load_workbook(taken).sheetnames)
        self.run_program("run", JOURNEY, "--agents", "1000", "--xlsx", "-", code=2)
        self.run_program("run", JOURNEY, "--agents", "1000", "--xlsx", self.folder / "none" / "x.xlsx", code=74)
        self.run_program("run", JOURNEY, "--agents", "1000", "--xlsx", taken, "--json", taken, "--force", code=2)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["taken.xlsx"])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=1)
