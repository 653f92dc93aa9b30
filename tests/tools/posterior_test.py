"""A posterior from calibrate through compare, as a user meets it. Runs the built program (SOJOURN_PROGRAM)."""

import csv
import hashlib
import json
import os
import random
import subprocess
import tempfile
import unittest
from pathlib import Path

try:
    import h5py
    import xarray
except ImportError:  # what only they can say is then not asked
    h5py = xarray = None

PROGRAM = os.environ["SOJOURN_PROGRAM"]
ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "COLUMNS": "100"}

JOURNEY = """journey: A shop
personas:
  mia: {}
touchpoints:
  ask: {experience: {normal: {mean: 6, sd: 1}}, next: {pay: 1}}
  pay: {experience: {normal: {mean: 6, sd: 1}}, next: {bought: 1}}
start: ask
outcomes:
  bought: {success: true}
calibrate:
  parameters:
    touchpoints.ask.experience.normal.mean: {prior: {normal: {mean: 6, sd: 1}}}
    touchpoints.pay.experience.normal.mean: {prior: {normal: {mean: 6, sd: 1}}}
"""
SCENARIO = """scenario: Friendlier till
journey: shop.yaml
changes: [{scale: touchpoints.pay.experience.normal.mean, by: 1.05}]
"""


def sojourn(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120, env=ENVIRONMENT, check=False)


class Posterior(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.journey = cls.folder / "shop.yaml"
        cls.journey.write_text(JOURNEY)
        cls.scenario = cls.folder / "friendlier.yaml"
        cls.scenario.write_text(SCENARIO)
        dice = random.Random(1)
        cls.survey = cls.folder / "answers.csv"
        with cls.survey.open("w", newline="") as file:
            table = csv.writer(file)
            table.writerow(["persona", "touchpoint", "score"])
            for i in range(400):
                table.writerow(["mia", ("ask", "pay")[i % 2], min(10, max(0, round(dice.gauss(7.6, 1.8))))])
        cls.posterior = cls.folder / "posterior.h5"
        cls.calibrated = cls.folder / "calibrated.yaml"
        cls.command = ["calibrate", cls.journey, "--survey", cls.survey, "--journeys", 500, "--draws", 60, "--quiet"]
        cls.done = sojourn(*cls.command, "--out", cls.calibrated, "--posterior", cls.posterior, "--json", "-")
        cls.scenario_there = cls.folder / "there.yaml"
        cls.scenario_there.write_text(SCENARIO.replace("shop.yaml", "calibrated.yaml"))

    def setUp(self):
        self.assertEqual(self.done.returncode, 0, self.done.stderr)

    def test_the_draws_are_in_groups_and_agree_with_the_summary(self):
        if h5py is None:
            self.skipTest("h5py and xarray are not installed")
        summary = json.loads(self.done.stdout)["parameters"]
        with h5py.File(self.posterior) as file:
            self.assertEqual(sorted(file), ["observed_data", "posterior", "posterior_predictive", "prior", "sample_stats"])
            self.assertEqual(file.attrs["format"], "sojourn.posterior/1")
            self.assertEqual(file.attrs["journey_sha256"], hashlib.sha256(self.journey.read_bytes()).hexdigest())
            self.assertEqual(file.attrs["survey_sha256"], hashlib.sha256(self.survey.read_bytes()).hexdigest())
        for engine in {"netcdf4", "h5netcdf"} & set(xarray.backends.list_engines()):
            with xarray.open_dataset(self.posterior, group="posterior", engine=engine) as posterior:
                self.assertEqual(dict(posterior.sizes), {"chain": 4, "draw": 60})
                self.assertEqual({array.attrs["address"] for array in posterior.values()}, set(summary))
                for array in posterior.values():
                    self.assertAlmostEqual(float(array.mean()), summary[array.attrs["address"]]["estimate"], places=9)
                    self.assertAlmostEqual(float(array.std(ddof=1)), summary[array.attrs["address"]]["sd"], places=9)
            with xarray.open_dataset(self.posterior, group="prior", engine=engine) as prior:
                self.assertEqual(dict(prior.sizes), {"chain": 1, "draw": 60})
                self.assertAlmostEqual(float(prior.touchpoints_ask_experience_normal_mean.mean()), 6, delta=0.2)
            with xarray.open_dataset(self.posterior, group="observed_data", engine=engine) as observed:
                self.assertAlmostEqual(float(observed["counts"].sum()), 400, places=6)
                self.assertEqual(sorted(observed.touchpoint.values), ["ask", "pay"])
            with xarray.open_dataset(self.posterior, group="posterior_predictive", engine=engine) as expected:
                for total in expected.shares.sum("score").values:
                    self.assertAlmostEqual(float(total), 1, places=6)
            with xarray.open_dataset(self.posterior, group="sample_stats", engine=engine) as stats:
                self.assertEqual(dict(stats.lp.sizes), {"chain": 4, "draw": 60})
                self.assertEqual(list(stats.parameter.values), list(summary))

    def test_the_same_work_gives_the_same_bytes(self):
        again = self.folder / "again.h5"
        done = sojourn(*self.command, "--posterior", again, "--threads", 1)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(again.read_bytes(), self.posterior.read_bytes())

    def test_compare_draws_from_it(self):
        done = sojourn("compare", self.calibrated, self.scenario_there, "--posterior", self.posterior, "--agents", 20000, "--json", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("warning", done.stderr)
        result = json.loads(done.stdout)
        inputs = result["uncertain"]["inputs"] if "uncertain" in result else result["base"]["uncertain"]["inputs"]
        self.assertEqual(len(inputs), 2)
        for one in inputs.values():
            self.assertEqual(one["of"], [f"posterior.h5 (sha256 {hashlib.sha256(self.posterior.read_bytes()).hexdigest()[:12]})"])
        gain = result["scenarios"][0]["uncertain"]["nps"]
        self.assertLess(gain["lo"], gain["estimate"])
        self.assertLess(gain["estimate"], gain["hi"])
        plain = sojourn("compare", self.calibrated, self.scenario_there, "--agents", 20000, "--json", "-")
        self.assertNotIn("uncertain", json.loads(plain.stdout)["scenarios"][0])
        # Chance is told apart: its interval is the same with and without.
        self.assertEqual(json.loads(plain.stdout)["scenarios"][0]["difference"]["nps"], result["scenarios"][0]["difference"]["nps"])

    def test_the_page_tells_of_it_in_both_languages(self):
        command = ["compare", self.calibrated, self.scenario_there, "--posterior", self.posterior, "--agents", 2000]
        self.assertIn("The 2 inputs that are not known exactly, drawn", sojourn(*command).stdout)
        self.assertIn("Die 2 nicht genau bekannten Eingaben", sojourn(*command, "--lang", "de").stdout)

    def test_another_journey_is_refused_or_warned_of(self):
        other = self.folder / "other.yaml"
        other.write_text(JOURNEY.split("calibrate:")[0].replace("ask", "look"))
        there = self.folder / "other_there.yaml"
        there.write_text(SCENARIO.replace("shop.yaml", "other.yaml"))
        done = sojourn("compare", other, there, "--posterior", self.posterior)
        self.assertEqual(done.returncode, 65)
        self.assertEqual(done.stderr.count("error:"), 1)
        self.assertIn("the journey has no number at 'touchpoints.ask.experience.normal.mean'", done.stderr)
        self.assertIn("Compare the journey that was calibrated", done.stderr)
        self.assertEqual(done.stdout, "")
        far = sojourn("compare", self.journey, self.scenario, "--posterior", self.posterior, "--agents", 1000)
        self.assertEqual(far.returncode, 0, far.stderr)
        self.assertIn("this is the journey before it was calibrated", far.stderr)

    def test_what_is_no_posterior_is_refused(self):
        compare = ["compare", self.calibrated, self.scenario_there, "--agents", 1000]
        self.assertEqual(sojourn(*compare, "--posterior", self.folder / "none.h5").returncode, 66)
        done = sojourn(*compare, "--posterior", self.journey)
        self.assertEqual(done.returncode, 65)
        self.assertIn("this is no HDF5 file", done.stderr)
        kept = self.folder / "result.h5"
        self.assertEqual(sojourn(*compare, "--posterior", self.posterior, "--out", kept, "--quiet").returncode, 0)
        done = sojourn(*compare, "--posterior", kept)
        self.assertEqual(done.returncode, 65)
        self.assertIn("this is not a posterior", done.stderr)
        for verb in ("report", "show"):
            done = sojourn(verb, self.posterior)
            self.assertEqual(done.returncode, 65, verb)
            self.assertIn("posterior", done.stderr, verb)
        self.assertEqual(sojourn("report", kept).returncode, 0)

    def test_outputs_are_never_lost(self):
        before = self.posterior.read_bytes()
        self.assertEqual(sojourn(*self.command, "--posterior", self.posterior).returncode, 73)
        self.assertEqual(sojourn(*self.command, "--posterior", "-").returncode, 2)
        for other in (["--out", self.folder / "new.h5"], ["--json", self.folder / "new.h5"]):
            self.assertEqual(sojourn(*self.command, "--posterior", self.folder / "new.h5", *other).returncode, 2)
        self.assertEqual(sojourn(*self.command, "--posterior", self.survey, "--force").returncode, 2)
        self.assertEqual(sojourn("compare", self.calibrated, self.scenario_there, "--posterior", self.posterior, "--out",
                                 self.posterior, "--force").returncode, 2)
        self.assertEqual(self.posterior.read_bytes(), before)
        self.assertFalse((self.folder / "new.h5").exists())


if __name__ == "__main__":
    unittest.main()
