"""Files and streams that are written, and what a signal leaves."""

import csv
import json
import os
import resource
import signal
import subprocess
import sys
import time
import unittest

from asked import BENCH, ENVIRONMENT, FASTER, InFolder, JOURNEY, PROGRAM, SANTA, sojourn


class Outputs(InFolder):
    def run_small(self, code, *arguments, **options):
        return self.ends(code, "run", JOURNEY, "--agents", "2000", *arguments, **options)

    def test_an_existing_output_ends_with_73_and_stays(self):
        for option, name in (("--json", "a.json"), ("--out", "a.h5")):
            path = self.folder / name
            path.write_text("mine")
            done = self.run_small(73, option, path)
            self.assertIn(name, done.stderr)
            self.assertEqual(done.stdout, "")
            self.assertEqual(path.read_text(), "mine")
            self.run_small(0, option, path, "--force")
            self.assertNotEqual(path.read_bytes()[:4], b"mine")
        folder = self.folder / "tables"
        folder.mkdir()
        (folder / "mine.txt").write_text("mine")
        self.run_small(73, "--csv", folder)
        self.assertEqual([entry.name for entry in folder.iterdir()], ["mine.txt"])
        self.run_small(0, "--csv", folder, "--force")
        self.assertEqual((folder / "mine.txt").read_text(), "mine")
        self.assertTrue((folder / "overall.csv").exists())
        self.assertEqual(self.left(), ["a.h5", "a.json", "a.run.json", "tables"])

    def test_the_refusal_comes_before_the_work(self):
        path = self.folder / "a.json"
        path.write_text("mine")
        started = time.monotonic()
        self.ends(73, "run", JOURNEY, "--agents", "1G", "--json", path)
        self.assertLess(time.monotonic() - started, 5)

    def test_what_cannot_be_written_ends_with_74(self):
        for option in ("--json", "--out", "--csv"):
            with self.subTest(option=option):
                done = self.run_small(74, option, self.folder / "no" / "such" / "place")
                self.assertIn("sojourn: ", done.stderr)
                self.run_small(74, option, "/proc/sojourn-test")
        if os.geteuid() != 0:
            closed = self.folder / "closed"
            closed.mkdir(mode=0o555)
            self.run_small(74, "--json", closed / "a.json")
            closed.rmdir()
        self.assertEqual(self.left(), [])

    def test_a_full_device_ends_with_74(self):
        self.run_small(74, "--json", "/dev/full")
        with open("/dev/full", "w") as full:
            for arguments in (["run", JOURNEY, "--agents", "2000"], ["run", JOURNEY, "--agents", "2000", "--json", "-"],
                              ["--help"], ["--version"], ["run", "--help"], ["check", JOURNEY], ["schema"], ["show", JOURNEY]):
                done = subprocess.run([PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
                self.assertEqual(done.returncode, 74, arguments)
                self.assertIn("No space left on device", done.stderr)

    def test_a_file_that_may_not_grow_ends_with_74_and_leaves_nothing(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        for option in ("--json", "--out", "--csv"):
            done = self.run_small(74, option, self.folder / "x", preexec_fn=limit)
            self.assertIn("sojourn: ", done.stderr)
            self.assertEqual(self.left(), [])

    def test_a_closed_pipe_ends_quietly(self):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run([PROGRAM, "run", SANTA, "--agents", "2000", "--json", "-"], stdout=writer,
                              stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
        os.close(writer)
        self.assertEqual(done.returncode, 74)
        self.assertEqual(done.stderr, "")

    def test_closed_standard_output_is_not_taken_for_the_result_file(self):
        path = self.folder / "a.json"
        done = subprocess.run(["/bin/sh", "-c", '"$0" "$@" >&-', PROGRAM, "run", JOURNEY, "--agents", "2000", "--json", str(path)],
                              stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
        self.assertEqual(done.returncode, 74)
        self.assertEqual(json.loads(path.read_text())["format"], "sojourn.run/1")

    def test_json_on_standard_output_is_alone_there(self):
        for arguments in (["run", SANTA], ["compare", SANTA, BENCH], ["trace", SANTA, "--agent", "3", "--with", BENCH]):
            if arguments[0] != "trace":
                arguments += ["--agents", "2000"]
            for place in ("-", "/dev/stdout"):
                done = self.ends(0, *arguments, "--json", place)
            self.assertTrue(json.loads(done.stdout)["format"].startswith("sojourn." + arguments[0]))

    def test_quiet_says_nothing(self):
        path = self.folder / "a.json"
        done = self.run_small(0, "--quiet", "--json", path)
        self.assertEqual((done.stdout, done.stderr), ("", ""))
        self.assertEqual(self.left(), ["a.json"])

    def test_all_outputs_at_once(self):
        done = self.ends(0, "compare", JOURNEY, FASTER, "--agents", "2000", "--json", self.folder / "a.json", "--out",
                         self.folder / "a.h5", "--csv", self.folder / "tables")
        self.assertEqual(self.left(), ["a.h5", "a.json", "a.run.json", "tables"])
        self.assertIn("wrote", done.stderr)
        record = json.loads((self.folder / "a.run.json").read_text())
        self.assertEqual(record["format"], "sojourn.record/1")
        with open(self.folder / "tables" / "differences.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        nps = next(row for row in rows if row["kind"] == "overall" and row["metric"] == "nps")
        document = json.loads((self.folder / "a.json").read_text())
        self.assertEqual(float(nps["estimate"]), document["scenarios"][0]["difference"]["nps"]["estimate"])
        self.assertEqual(document["journey"]["file"], JOURNEY)
        for entry in (self.folder / "tables").iterdir():
            self.assertNotIn(b"\r", entry.read_bytes())


class Signals(InFolder):
    def stopped(self, number, *arguments):
        """Starts a run that would take hours, sends the signal after a second, and gives the exit code and the seconds."""
        with subprocess.Popen([PROGRAM, *map(str, arguments), "--agents", "100G"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, env=ENVIRONMENT) as process:
            time.sleep(1)
            self.assertIsNone(process.poll(), "it runs")
            started = time.monotonic()
            process.send_signal(number)
            output, errors = process.communicate(timeout=30)
            return process.returncode, time.monotonic() - started, output, errors

    def test_a_signal_stops_within_two_seconds_and_leaves_nothing(self):
        outputs = ["--json", self.folder / "a.json", "--out", self.folder / "a.h5", "--csv", self.folder / "tables"]
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            for arguments in (["run", SANTA], ["compare", SANTA, BENCH], ["run", SANTA, "--threads", "1"]):
                with self.subTest(number=number, arguments=arguments):
                    returned, seconds, output, errors = self.stopped(number, *arguments, *outputs)
                    self.assertEqual(returned, code)
                    self.assertLess(seconds, 2)
                    self.assertEqual(output, "")
                    self.assertIn("stopped", errors)
                    self.assertEqual(self.left(), [])

    def test_a_blocked_pipe_can_be_left(self):
        with subprocess.Popen([PROGRAM, "run", SANTA, "--agents", "2000", "--json", "-"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=ENVIRONMENT) as process:
            time.sleep(2)  # the document is larger than a pipe, and nobody reads
            self.assertIsNone(process.poll())
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(timeout=2), 130)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=1)
