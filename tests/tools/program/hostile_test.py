"""What people and programs give the program by mistake or on purpose: every case of tests/hostile/program/cases.tsv (its README says what the
columns mean), and every file of tests/hostile/catalogue.tsv by `check`. Each ends as the table says, within a second of the processor's time and
256 MB, and leaves nothing behind."""

import csv
import hashlib
import os
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

from asked import ENVIRONMENT, PROGRAM, SCENARIOS

HOSTILE = SCENARIOS.parent / "tests" / "hostile"
CASES = HOSTILE / "program"
sys.path.insert(0, str(CASES))
from made import MADE, good_files  # noqa: E402

SANITIZED = any(name in os.environ for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"))
SECONDS = 2.0  # of the processor: the bound is 1, and a machine at work counts up to twice as many
MEGABYTES = 256
NOBODY = 65534
NEITHER = ("journey/empty_map.yaml", "journey/other_map.yaml", "journey/sections_missing.yaml")  # they could be a scenario too, says `check`
OURS = ("terminate called", "Segmentation", "std::", "Aborted", "runtime error", "Sanitizer", "json.exception", "this is a bug",
        "contract", "bad_alloc", "Traceback")


def table(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def holds(text, pattern):
    """Whether the pieces of the pattern, between ' ... ', stand in the text in this order."""
    at = 0
    for piece in pattern.split(" ... "):
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def within(folder):
    """Everything in a folder, with its content."""
    found = {}
    for entry in sorted(folder.rglob("*")):
        name = str(entry.relative_to(folder))
        if entry.is_symlink():
            found[name] = "link to " + os.readlink(entry)
        elif entry.is_file():
            found[name] = hashlib.sha256(entry.read_bytes()).hexdigest() if os.access(entry, os.R_OK) else "closed"
        else:
            found[name] = "folder" if entry.is_dir() else "no file"
    return found


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))  # far more than is used: a wall before the machine suffers


class Ended:
    """How a command ended, and what it took."""

    def __init__(self, words, folder, user=None):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen([PROGRAM, *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=ENVIRONMENT,
                                       preexec_fn=limits, user=user, group=user, extra_groups=[] if user else None)
            patience = threading.Timer(60, process.kill)
            patience.start()
            _, status, used = os.wait4(process.pid, 0)
            patience.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            self.code = process.returncode
            self.seconds = used.ru_utime + used.ru_stime
            self.megabytes = used.ru_maxrss / 1024
            out.seek(0), err.seek(0)
            self.out, self.err = (stream.read().decode(errors="replace") for stream in (out, err))


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.good = Path(tempfile.mkdtemp(prefix="sojourn-good-"))
        cls.addClassCleanup(shutil.rmtree, cls.good, ignore_errors=True)
        good_files(cls.good, PROGRAM, SCENARIOS, CASES / "good")
        cls.took = []

    @classmethod
    def tearDownClass(cls):
        slowest, largest = max(cls.took), max((m, name) for _, m, name in cls.took)
        print(f"{len(cls.took)} commands; the longest took {slowest[0]:.2f} s ({slowest[2]}), the largest {largest[0]:.0f} MB ({largest[1]})")

    def fresh(self):
        folder = Path(tempfile.mkdtemp(prefix="sojourn-test-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        return folder

    def put(self, case, words, folder):
        """What the command names, in its folder: good files, and the case's own."""
        for name in {"journey.yaml", "faster.yaml", *words}:
            source = self.good / name
            if not name or name.startswith(".") or "/" in name or len(name) > 99 or not source.exists():
                continue
            (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
        own, path = CASES / case, folder / case
        if "/" in case and (case in MADE or own.is_file()):
            path.parent.mkdir(exist_ok=True)
        if case in MADE:
            MADE[case](path, self.good)
        elif own.is_file():
            shutil.copy(own, path)

    def looked_at(self, ended, name, code):
        """What is true of every case."""
        self.took.append((ended.seconds, ended.megabytes, name))
        self.assertEqual(ended.code, code, ended.out + ended.err)
        for word in OURS:
            self.assertNotIn(word, ended.err)
        self.assertLess(len(ended.err), 100_000, "an answer that can be read")
        self.assertNotRegex(ended.err, "[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", "nothing that a terminal obeys")
        if not SANITIZED:
            self.assertLess(ended.seconds, SECONDS)
            self.assertLess(ended.megabytes, MEGABYTES)

    def test_every_case(self):
        rows = table(CASES / "cases.tsv")
        self.assertEqual(len({row["case"] for row in rows}), len(rows), "a name for each case")
        self.assertGreaterEqual(len(rows), 200)
        files = {str(path.relative_to(CASES)) for path in CASES.glob("*/*") if path.parent.name not in ("good", "__pycache__")}
        self.assertEqual(files - {row["case"] for row in rows}, set(), "files that no case uses")
        for row in rows:
            case, code = row["case"], int(row["exit"])
            words = [word.replace("{}", case) for word in shlex.split(row["command"])]
            message = row["message"].replace("{}", case)
            with self.subTest(case=case, command=" ".join(words)):
                if code in (65, 66):
                    named = [*words[1:], "study.batch", "journey.yaml"]
                    self.assertTrue(any(len(word) > 3 and word in message for word in named), "a message names its file")
                folder = self.fresh()
                self.put(case, words, folder)
                user = None
                if case.startswith(("unreadable/", "output/closed")):
                    if os.geteuid() == 0:  # for whom nothing is closed
                        user = NOBODY
                        folder.chmod(0o777)
                before = within(folder)
                ended = Ended(words, folder, user)
                self.looked_at(ended, case, code)
                self.assertTrue(holds(ended.err, message) if message != "-" else "error" not in ended.err, ended.err)
                if code != 0:
                    self.assertTrue(ended.out == "" or words[0] == "check" and ended.out.startswith(case), ended.out)
                left = within(folder)
                for name in [] if row["left"] == "-" else row["left"].split():
                    self.assertIsNotNone(left.pop(name, None), f"{name} is left")
                self.assertEqual(left, before)

    def test_check_says_what_the_catalogue_of_files_says(self):
        expected = {}
        for row in table(HOSTILE / "catalogue.tsv"):
            expected.setdefault((row["file"], int(row["exit"])), []).append(row)
        folder = self.fresh() / "hostile"
        shutil.copytree(HOSTILE, folder, ignore=shutil.ignore_patterns("program", "*.h", "__pycache__"))
        before = within(folder)
        for (name, code), rows in expected.items():
            if name.startswith(("generated/", "/")):
                continue  # made by the tests of the libraries, which look at them
            with self.subTest(file=name):
                ended = Ended(["check", name], folder)
                self.looked_at(ended, name, code)
                for row in rows:
                    if row["message"] == "-" or name in NEITHER:
                        continue
                    place = "" if row["position"] == "-" else ":" + row["position"]
                    text = row["message"]
                    kind = "" if text.startswith("warning: ") else "error: "
                    self.assertIn(f"{name}{place}: {kind}{text}", ended.err)
        self.assertEqual(within(folder), before)

    def test_it_is_said_in_german_what_the_program_says_itself(self):
        folder = self.fresh()
        self.put("", ["journey.yaml"], folder)
        (folder / "wrong.yaml").write_text("journey: x\n")
        ended = Ended(["check", "wrong.yaml", "journey.yaml", "--lang", "de"], folder)
        self.looked_at(ended, "german", 65)
        self.assertRegex(ended.out, r"wrong\.yaml: \d+ Fehler")
        self.assertIn("wrong.yaml: error: ", ended.err)


class Pieces(unittest.TestCase):
    def test_a_pattern_has_its_pieces_in_order(self):
        self.assertTrue(holds("a b c", "a ... c"))
        self.assertFalse(holds("a b c", "c ... a"))
        self.assertFalse(holds("a b c", "a ... d"))

    def test_what_is_new_or_changed_is_seen(self):
        folder = Path(tempfile.mkdtemp(prefix="sojourn-test-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        (folder / "a").write_text("1")
        before = within(folder)
        (folder / "a").write_text("2")
        self.assertNotEqual(within(folder), before)
        (folder / "a").write_text("1")
        self.assertEqual(within(folder), before)
        (folder / ".new").touch()
        self.assertNotEqual(within(folder), before)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=1)
