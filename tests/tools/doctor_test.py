"""sojourn doctor: what it says, how it ends, and that it leaves nothing. Runs the built program (SOJOURN_PROGRAM)."""

import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["SOJOURN_PROGRAM"]


def doctor(*arguments, cwd, code=0, **variables):
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **variables}
    done = subprocess.run([PROGRAM, "doctor", *arguments], capture_output=True, text=True, timeout=60, env=environment,
                          cwd=cwd, check=False)
    if done.returncode != code:
        raise AssertionError(f"{arguments}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Doctor(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="sojourn-doctor-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_all_is_well_and_nothing_is_left(self):
        page = doctor(cwd=self.folder, TMPDIR=str(self.folder))
        self.assertTrue(page.endswith("\nAll is well.\n"), page)
        self.assertEqual(page.count(str(self.folder)), 2)
        self.assertLessEqual(max(map(len, page.splitlines())), 80)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_the_same_bits_in_every_kind_of_lanes(self):
        found = json.loads(doctor("--json", "-", cwd=self.folder))
        self.assertEqual((found["format"], found["wrong"]), ("sojourn.doctor/1", 0))
        runs = found["self_test"]["runs"]
        self.assertIn(None, [run["lanes"] for run in runs], "one by one is always there")
        self.assertEqual({run["digest"] for run in runs}, {found["self_test"]["known_digest"]})
        self.assertRegex(found["self_test"]["known_digest"], "^[0-9a-f]{64}$")
        self.assertTrue(all(run["as_known"] for run in runs))
        self.assertEqual(found["self_test"]["in_use"], runs[0]["lanes"])
        cpu = Path("/proc/cpuinfo").read_text()
        if re.search(r"\bavx2\b", cpu):
            self.assertIn("AVX2", [run["lanes"] for run in runs])

    def test_facts_are_those_of_the_machine(self):
        found = json.loads(doctor("--json", "-", cwd=self.folder))
        self.assertEqual(found["machine"]["threads"], len(os.sched_getaffinity(0)))
        self.assertGreater(found["machine"]["memory_bytes"], found["machine"]["free_memory_bytes"])
        disk = os.statvfs(self.folder)
        self.assertAlmostEqual(found["folder"]["free_bytes"] / (disk.f_bavail * disk.f_frsize), 1, delta=0.2)
        self.assertEqual(found["folder"]["path"], str(self.folder.resolve()))
        self.assertEqual(found["build"]["hdf5"], found["build"]["hdf5_built_with"])
        version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout
        self.assertEqual(found["program"], version.splitlines()[0])
        self.assertIn(found["build"]["compiler"], version)
        self.assertEqual(found["build"]["interactive_page"], "interactive page" in version)

    def test_what_is_missing_is_a_note(self):
        found = json.loads(doctor("--json", "-", cwd=self.folder, PATH="/nonexistent"))
        self.assertIsNone(found["machine"]["mpirun"])
        self.assertIsNone(found["machine"]["browser"])
        self.assertEqual(found["wrong"], 0)

    def test_a_temporary_folder_that_is_none_is_wrong(self):
        file = self.folder / "file"
        file.touch()
        for place, why in ((self.folder / "none", "No such file or directory"), ("/proc", ""), (file, "Not a directory")):
            page = doctor(cwd=self.folder, code=1, TMPDIR=str(place))
            self.assertIn(f"{place}: temporary files cannot be written here ({why}", " ".join(page.split()))
            self.assertTrue(page.endswith("\nOne thing is wrong.\n"), page)
        found = json.loads(doctor("--json", "-", cwd=self.folder, code=1, TMPDIR=str(self.folder / "none")))
        self.assertEqual((found["wrong"], found["temporary_folder"]["not_written"]), (1, "No such file or directory"))
        page = doctor("--lang", "de", cwd=self.folder, code=1, TMPDIR=str(self.folder / "none"))
        self.assertIn("Hier lassen sich keine temporären Dateien schreiben", " ".join(page.split()))

    def test_it_says_whether_the_python_module_was_built(self):
        version = json.loads(doctor("--json", "-", cwd=self.folder))["build"]["python_module"]
        page = " ".join(doctor(cwd=self.folder).split())
        if "SOJOURN_PYTHON_MODULE" in os.environ:
            python = [os.environ["SOJOURN_MODULE_PYTHON"], "-c", "import platform; print(platform.python_version())"]
            self.assertEqual(version, subprocess.run(python, capture_output=True, text=True, check=True).stdout.strip())
            self.assertIn(f"ok The Python module was built with it, for Python {version}", page)
        else:
            self.assertIsNone(version)
            self.assertIn("note It was built without the Python module", page)

    def test_a_folder_that_cannot_be_written_is_wrong(self):
        page = doctor(cwd="/proc", code=1)
        self.assertIn("/proc: files cannot be written here", page)
        self.assertTrue(page.endswith("\nOne thing is wrong.\n"), page)
        self.assertEqual(json.loads(doctor("--json", "-", cwd="/proc", code=1))["wrong"], 1)

    def test_it_speaks_german(self):
        page = doctor("--lang", "de", cwd=self.folder)
        self.assertTrue(page.endswith("\nAlles ist in Ordnung.\n"), page)
        self.assertNotRegex(re.sub(r"'[^']*'|/\S*", "", page), r"\b(the|and|of|which|files|free|here)\b")

    def test_an_output_that_exists_stays(self):
        (self.folder / "kept.json").write_text("mine")
        doctor("--json", "kept.json", cwd=self.folder, code=73)
        self.assertEqual((self.folder / "kept.json").read_text(), "mine")
        doctor("--json", "kept.json", "--force", cwd=self.folder)
        self.assertEqual(json.loads((self.folder / "kept.json").read_text())["wrong"], 0)


if __name__ == "__main__":
    unittest.main()
