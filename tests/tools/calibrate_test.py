"""sojourn calibrate as a user meets it: files, answers, exit codes. Runs the built program (SOJOURN_PROGRAM)."""

import csv
import json
import math
import os
import random
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["SOJOURN_PROGRAM"]
ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "COLUMNS": "120"}

JOURNEY = """# A shop. Comments stay.
journey: Shop
personas:
  young: {share: 1, expectation: {normal: {mean: 6, sd: 1}}, loss_aversion: 1.5}
  old: {share: 1, expectation: {normal: {mean: 6, sd: 1}}, recommendation: {bias: 0}}
touchpoints:
  shelf: {experience: {normal: {mean: 6, sd: 1}}, next: {till: 1}}   # where things are
  till: {experience: {normal: {mean: 6, sd: 1}}, next: {out: 1}}
start: shelf
outcomes: {out: {success: true}}
recommendation: {spread: 0.8}
"""

SECTION = """calibrate:
  parameters:
    touchpoints.shelf.experience.normal.mean: {prior: {normal: {mean: 6, sd: 1.5}}}
    touchpoints.till.experience.normal.mean: {prior: {normal: {mean: 6, sd: 1.5}}}
    personas.old.recommendation.bias: {prior: {normal: {mean: 0, sd: 1}}}
    recommendation.spread: {prior: {normal: {mean: 0.8, sd: 0.4}}, low: 0.2}
"""


def sojourn(*arguments, **options):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120, env=ENVIRONMENT,
                          check=False, **options)


def answers(count, seed, lift=0.0):
    """Scores that are higher at the till, and of the old."""
    dice = random.Random(seed)
    rows = []
    for number in range(count):
        who, where = dice.choice(["Young", "old"]), dice.choice(["shelf", "till"])
        score = dice.gauss(6.0 + lift + (1.5 if where == "till" else 0) + (0.8 if who == "old" else 0), 1.6)
        rows.append({"q1": max(0, min(10, round(score))), "segment": who, "place": where, "name": f"Somebody {number}"})
    return rows


COLUMNS = ["--score-column", "q1", "--persona-column", "segment", "--touchpoint-column", "place"]


class Calibrate(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.journey = self.folder / "shop.yaml"
        self.journey.write_text(JOURNEY + SECTION)
        self.survey = self.write("survey.csv", answers(600, 1))

    def write(self, name, rows):
        path = self.folder / name
        with path.open("w", newline="") as file:
            table = csv.DictWriter(file, list(rows[0]))
            table.writeheader()
            table.writerows(rows)
        return path

    def calibrate(self, *arguments, journey=None):
        return sojourn("calibrate", journey or self.journey, "--survey", self.survey, *COLUMNS, "--draws", "30", "--journeys", "1000", *arguments)

    def test_a_journey_comes_out_that_answers_like_the_survey(self):
        out, result = self.folder / "calibrated.yaml", self.folder / "result.json"
        held_out = self.write("later.csv", answers(300, 2))
        done = self.calibrate("--holdout", held_out, "--out", out, "--json", result)
        self.assertEqual(done.returncode, 0, done.stderr)
        document = json.loads(result.read_text())
        self.assertEqual(document["format"], "sojourn.calibrate/1")
        parameters = document["parameters"]
        shelf, till = (parameters[f"touchpoints.{place}.experience.normal.mean"] for place in ("shelf", "till"))
        self.assertGreater(till["lo"], shelf["hi"])
        self.assertGreater(parameters["personas.old.recommendation.bias"]["lo"], 0)
        for one in parameters.values():
            self.assertLess(one["lo"], one["estimate"])
            self.assertLess(one["estimate"], one["hi"])
            self.assertGreater(one["contraction"], 0.5)
            self.assertLess(one["prior_lo"], one["lo"])
            self.assertGreater(one["prior_hi"], one["hi"])
            self.assertEqual({len(one["density"][name]) for name in ("at", "prior", "posterior")}, {41})
        self.assertEqual(len(document["fit"]["cells"]), 4)
        for cell in document["fit"]["cells"]:
            self.assertLess(abs(cell["nps"]["z"]), 4)
            self.assertAlmostEqual(sum(cell["expected"]), 1, places=9)
            self.assertAlmostEqual(sum(cell["observed_share"]), 1, places=9)
            answer = 1 / cell["answers"]  # shares of a survey go in steps of one answer
            for score in range(11):
                self.assertLessEqual(cell["predicted_lo"][score], cell["expected_lo"][score] + answer)
                self.assertGreaterEqual(cell["predicted_hi"][score] + answer, cell["expected_hi"][score])
            for figure in (cell["nps"], cell["mean"]):
                self.assertLess(figure["predicted_lo"], figure["lo"])
                self.assertLess(figure["lo"], figure["expected"])
                self.assertLess(figure["expected"], figure["hi"])
                self.assertLess(figure["hi"], figure["predicted_hi"])
            counts = cell["observed"]
            self.assertAlmostEqual(cell["mean"]["observed"], sum(k * n for k, n in enumerate(counts)) / sum(counts), places=9)
        self.assertEqual(set(document["holdout"]["baselines"]), {"uniform", "marginal", "segment", "persistence"})
        self.assertGreater(document["holdout"]["baselines"]["uniform"]["gain"]["lo"], 0)
        self.assertGreater(document["holdout"]["baselines"]["marginal"]["gain"]["hi"], 0)
        shift = document["holdout"]["shift"]
        self.assertLess(abs(shift["predicted"] - shift["observed"]), 4 * shift["observed_se"])
        self.assertLess(shift["observed_se"], (shift["hi"] - shift["lo"]) / (2 * 1.959964) + 1e-9)
        self.assertLess(abs(document["holdout"]["drift"]["points"]), 4 * document["holdout"]["drift"]["se"])
        # The same file with other numbers.
        text = out.read_text()
        self.assertIn("# where things are", text)
        self.assertIn("# A shop. Comments stay.", text)
        self.assertNotIn("Somebody", text + result.read_text() + done.stdout)
        self.assertEqual(len(text.splitlines()), len(self.journey.read_text().splitlines()) + 1)
        self.assertEqual(sojourn("check", out).returncode, 0)
        # And again, the same to the last bit.
        again = self.folder / "again.json"
        self.assertEqual(self.calibrate("--holdout", held_out, "--json", again, "--threads", "1").returncode, 0)
        second = json.loads(again.read_text())
        self.assertEqual(second["parameters"], parameters)

    def test_a_page_of_it(self):
        held_out, result = self.write("later.csv", answers(300, 2)), self.folder / "result.json"
        page, kept = self.folder / "page.html", self.folder / "kept.html"
        done = self.calibrate("--holdout", held_out, "--json", result, "--report", page)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sojourn("report", result, "--out", kept).returncode, 0)
        self.assertEqual(kept.read_bytes(), page.read_bytes())
        self.assertNotIn("Somebody", page.read_text())
        self.refused(sojourn("report", result, "--matters", "1", "--out", self.folder / "x.html"), 2, "--matters")
        whole = self.folder / "run.html"
        done = sojourn("run", self.journey, "--agents", "2000", "--quiet", "--calibration", result, "--report", whole)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('"calibration":{', whole.read_text())
        self.assertIn('"of_this_file":true', whole.read_text())
        self.journey.write_text(JOURNEY)
        done = sojourn("run", self.journey, "--agents", "2000", "--quiet", "--calibration", result, "--report", whole, "--force")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("another version", done.stderr)
        self.refused(self.calibrate("--report", self.survey, "--force"), 2, "--report")

    def test_a_later_shift_is_told(self):
        held_out = self.write("later.csv", answers(400, 3, lift=-1.2))
        done = self.calibrate("--holdout", held_out)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Drift", done.stdout)

    def test_weights_follow_an_event_log(self):
        self.journey.write_text((JOURNEY + SECTION).replace("next: {till: 1}}   #", "next: {till: 1, out: 1}}   #"))
        events = []
        for case in range(200):
            steps = ["Shelf"] + (["till"] if case % 4 else [])
            events += [{"case": case, "activity": step, "time": f"2024-01-01 10:{minute:02d}:00"} for minute, step in enumerate(steps)]
        out, result = self.folder / "out.yaml", self.folder / "result.json"
        done = self.calibrate("--events", self.write("events.csv", events), "--out", out, "--json", result)
        self.assertEqual(done.returncode, 0, done.stderr)
        weights = json.loads(result.read_text())["transitions"]["weights"]
        till = weights["touchpoints.shelf.next.till.weight"]
        self.assertEqual((till["count"], till["before"]), (150, 0.5))
        # Dirichlet(2 * 1/2 + 150, 2 * 1/2 + 50).
        self.assertAlmostEqual(till["estimate"], 151 / 202, places=6)
        self.assertIn("next: {till: 0.7475, out: 0.2525}}   # where things are", out.read_text())
        self.assertEqual(sojourn("check", out).returncode, 0)

    def lounge(self, count, seed):
        """A log in which half of the cases meet the lounge, and an answer of each at the end that is higher there."""
        dice, rows, events = random.Random(seed), [], []
        for case in range(count):
            steps = ["shelf", "lounge", "till"] if dice.random() < 0.5 else ["shelf", "till"]
            felt = {"shelf": 6, "lounge": 9, "till": 4}
            mean, u = sum(felt[step] for step in steps) / len(steps), dice.random()
            score = math.ceil(mean + 0.8 * math.log(u / (1 - u)) - 0.5)
            rows.append({"score": max(0, min(10, score)), "case": f"person-{case}"})
            events += [{"case": f"person-{case}", "activity": step, "time": f"2024-01-01 10:{minute:02d}:00"} for minute, step in enumerate(steps)]
        return rows, events

    def test_respondents_are_held_against_those_who_went_like_them(self):
        self.journey.write_text("""journey: Shop
personas: {all: {}}
touchpoints:
  shelf: {experience: 6, next: {lounge: 1, till: 1}}
  lounge: {experience: {normal: {mean: 6, sd: 0.1}}, next: {till: 1}}
  till: {experience: {normal: {mean: 6, sd: 0.1}}, next: {out: 1}}
start: shelf
outcomes: {out: {success: true}}
satisfaction: {performance_weight: 1, disconfirmation_weight: 0, memory: {peak: 0, end: 0, mean: 1}}
recommendation: {spread: 0.8}
calibrate:
  parameters:
    touchpoints.lounge.experience.normal.mean: {prior: {normal: {mean: 6, sd: 2}}}
    touchpoints.till.experience.normal.mean: {prior: {normal: {mean: 6, sd: 2}}}
""")
        rows, events = self.lounge(800, 1)
        log, strange = self.write("log.csv", events), self.write("strange.csv", [{**event, "case": "x" + event["case"]} for event in events])
        survey, held_out = self.write("rows.csv", rows[:600]), self.write("later.csv", rows[600:])

        def found(events):
            result, posterior, out = (self.folder / name for name in ("result.json", "posterior.h5", "out.yaml"))
            done = sojourn("calibrate", self.journey, "--survey", survey, "--holdout", held_out, "--events", events, "--draws", "50",
                           "--journeys", "1000", "--json", result, "--posterior", posterior, "--out", out, "--force")
            self.assertEqual(done.returncode, 0, done.stderr)
            for written in (done.stdout, done.stderr, result.read_text(), out.read_text()):
                self.assertNotIn("person-", written)
            self.assertNotIn(b"person-", posterior.read_bytes())
            return json.loads(result.read_text()), done

        joined, done = found(log)
        self.assertEqual((joined["join"]["cases"], joined["join"]["on_path"], joined["join"]["not_in_log"]), (600, 600, 0))
        self.assertIn("600 of 600 respondents are in the log.", done.stdout)
        apart, done = found(strange)
        self.assertEqual((apart["join"]["joined"], apart["join"]["not_in_log"]), (0, 600))
        self.assertIn("no respondent of 600 is in the event log", done.stderr)
        self.assertIn("600 are not in the log, and are held against everybody.", " ".join(done.stdout.split()))
        self.assertEqual(joined["transitions"]["weights"], apart["transitions"]["weights"])
        names = [f"touchpoints.{place}.experience.normal.mean" for place in ("lounge", "till")]
        for name, truth in zip(names, (9, 4)):
            one = joined["parameters"][name]
            self.assertLess(one["lo"], truth)
            self.assertLess(truth, one["hi"])
            self.assertGreater(one["contraction"], 0.9)
        # Without the paths the answers know a sum of the two.
        self.assertLess(apart["parameters"][names[0]]["contraction"], 0.6)
        self.assertLess(apart["parameters"][names[0]]["lo"] + 2, joined["parameters"][names[0]]["lo"])
        # What was held out is foretold the better for it.
        self.assertGreater(joined["holdout"]["log_score"], apart["holdout"]["log_score"] + 0.01)
        without = self.write("without.csv", [{"score": row["score"]} for row in rows[:600]])
        done = sojourn("calibrate", self.journey, "--survey", without, "--events", log, "--draws", "10", "--journeys", "500")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("the survey does not say their cases", " ".join(done.stdout.split()))

    def test_a_patience_is_found_by_walking(self):
        self.journey.write_text("""journey: Shop
personas: {all: {patience: {lognormal: {median: 4 min, sigma: 0.5}}}}   # until they leave
touchpoints:
  till:
    duration: {lognormal: {median: 5 min, sigma: 0.5}}
    experience: {normal: {mean: 7, sd: 1}}
    next: {out: 1}
    if_given_up: gone
start: till
outcomes: {out: {success: true}, gone: {}}
recommendation: {spread: 0.8}
calibrate:
  parameters:
    personas.all.patience.lognormal.median: {prior: {lognormal: {median: 6 min, sigma: 0.5}}}
    touchpoints.till.experience.normal.mean: {prior: {normal: {mean: 7, sd: 1}}}
""")
        # One in five left: ln(5 min / median) / sqrt(0.5^2 + 0.5^2) is the normal quantile of 0.2, so that the median is 9.07 min.
        dice = random.Random(1)
        rows = [{"score": dice.choice([0, 1]) if dice.random() < 0.2 else max(0, min(10, round(dice.gauss(7, 1.6))))} for _ in range(600)]
        survey, out, result, posterior = self.write("rows.csv", rows), *(self.folder / name for name in ("out.yaml", "result.json", "posterior.h5"))
        done = sojourn("calibrate", self.journey, "--survey", survey, "--draws", "30", "--journeys", "1000", "--out", out, "--json", result, "--posterior", posterior)
        self.assertEqual(done.returncode, 0, done.stderr)
        document = json.loads(result.read_text())
        patience = document["parameters"]["personas.all.patience.lognormal.median"]
        self.assertEqual((patience["unit"], patience["found_by"]), ("hours", "walks"))
        self.assertAlmostEqual(patience["written"], 4 / 60)
        self.assertLess(patience["lo"], 9.07 / 60)
        self.assertLess(9.07 / 60, patience["hi"])
        self.assertGreater(patience["contraction"], 0.6)
        self.assertEqual(document["parameters"]["touchpoints.till.experience.normal.mean"]["found_by"], "slopes")
        self.assertTrue(document["walks"]["settled"])
        self.assertIn("Found by walking anew", done.stdout)
        self.assertRegex(out.read_text(), r"median: [0-9.]+ (s|min), sigma: 0.5\}+   # until they leave")
        what_if = self.folder / "what_if.yaml"
        what_if.write_text(f"scenario: Faster\njourney: {out}\nchanges: [{{scale: touchpoints.till.duration, by: 0.5}}]\n")
        done = sojourn("compare", out, what_if, "--posterior", posterior, "--agents", "2000", "--draws", "20")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_without_a_section_the_suggestion_is_used(self):
        self.journey.write_text(JOURNEY)
        suggested = self.calibrate("--suggest")
        self.assertEqual(suggested.returncode, 0, suggested.stderr)
        self.assertIn("touchpoints.till.experience.normal.mean: {prior:", suggested.stdout)
        self.journey.write_text(JOURNEY + suggested.stdout)
        self.assertEqual(sojourn("check", self.journey).returncode, 0)
        self.journey.write_text(JOURNEY)
        out = self.folder / "out.yaml"
        done = self.calibrate("--out", out)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("--suggest", done.stderr)
        self.assertIn("calibrate:", out.read_text())

    def test_a_journey_that_show_wrote_out_calibrates(self):
        """Its defaults are those that the file leaves out: an empty section, under which nothing may move, is none of them."""
        survey = self.write("survey.csv", answers(300, 1))
        (self.folder / "plain.yaml").write_text(JOURNEY)
        shown = sojourn("show", self.folder / "plain.yaml", "--to", "yaml")
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertNotIn("calibrate", shown.stdout)
        (self.folder / "shown.yaml").write_text(shown.stdout)
        asked = ["calibrate", self.folder / "shown.yaml", "--survey", survey, *COLUMNS]
        self.assertNotIn("\n    recommendation.", sojourn(*asked, "--suggest").stdout, "every persona has its own")
        done = sojourn(*asked, "--draws", "4", "--journeys", "100", "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)

    def refused(self, done, code, *words):
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)

    def test_mistakes_have_one_message(self):
        self.refused(sojourn("calibrate", self.journey), 2, "--survey")
        self.refused(sojourn("calibrate", self.journey, "--survey", self.folder / "none.csv"), 66)
        self.refused(sojourn("calibrate", self.journey, "--survey", self.survey, "--score-column", "q9"), 65, "q1")
        out = self.folder / "out.yaml"
        out.write_text("mine")
        self.assertNotEqual(self.calibrate("--out", out).returncode, 0)
        self.assertEqual(out.read_text(), "mine")
        for address, why in [("touchpoints.till.cost", "money"), ("personas.old.share", "who travels"), ("touchpoints.till.duration", "log")]:
            text = JOURNEY.replace("till: {", "till: {cost: 2, duration: 3 min, ")
            prior = "{normal: {mean: 3 min, sd: 1 min}}" if "duration" in address else "{normal: {mean: 1, sd: 1}}"
            self.journey.write_text(f"{text}calibrate: {{parameters: {{{address}: {{prior: {prior}}}}}}}\n")
            self.refused(self.calibrate(), 65, address, why)

    def test_no_input_is_replaced(self):
        before = self.survey.read_text()
        for option in ("--out", "--json", "--posterior", "--rejected"):
            self.refused(self.calibrate(option, self.survey, "--force"), 2, option)
            self.assertEqual(self.survey.read_text(), before)
        both = self.folder / "both"
        self.refused(self.calibrate("--out", both, "--json", both), 2, "--json")

    def test_who_does_not_travel_cannot_have_answered(self):
        self.journey.write_text((JOURNEY + SECTION).replace("old: {share: 1", "old: {share: 0"))
        self.refused(self.calibrate(), 65, "nobody travels as 'old'")

    def test_histograms_held_out_count_their_answers(self):
        held_out, result = self.folder / "later.csv", self.folder / "result.json"
        counts = [20, 10, 20, 40, 60, 120, 200, 230, 180, 80, 40]
        held_out.write_text("persona,touchpoint," + ",".join(map(str, range(11))) + "\nyoung,shelf," + ",".join(map(str, counts)) + "\n")
        rows = [{"score": row["q1"], "persona": row["segment"], "touchpoint": row["place"]} for row in answers(600, 1)]
        done = sojourn("calibrate", self.journey, "--survey", self.write("rows.csv", rows), "--holdout", held_out, "--draws", "30", "--json", result)
        self.assertEqual(done.returncode, 0, done.stderr)
        found = json.loads(result.read_text())["holdout"]
        promoters, detractors = 120 / 1000, 470 / 1000
        self.assertAlmostEqual(found["nps"]["observed"], 100 * (promoters - detractors), places=6)
        self.assertAlmostEqual(found["nps"]["observed_se"], 100 * ((promoters + detractors - (promoters - detractors) ** 2) / 1000) ** 0.5, places=2)
        self.assertLess(found["drift"]["se"], 0.1)

    def test_rejected_rows_of_survey_and_log_are_one_list(self):
        rows, rejected = answers(600, 1), self.folder / "rejected.csv"
        rows[7]["q1"] = "seven"
        self.survey = self.write("survey.csv", rows)
        events = [{"case": case, "activity": step, "time": "2024-01-01 10:00:00" if case else "soon"} for case in range(200) for step in ("shelf", "till")]
        done = self.calibrate("--events", self.write("events.csv", events), "--rejected", rejected)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(rejected.read_text().splitlines()), 4)

    def test_answers_where_nobody_comes_are_refused(self):
        self.journey.write_text((JOURNEY + SECTION).replace("next: {till: 1}", "next: {out: 1}"))
        self.assertNotEqual(self.calibrate().returncode, 0)

    def test_german(self):
        done = self.calibrate("--lang", "de")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Was die Antworten sagen", done.stdout)


if __name__ == "__main__":
    unittest.main()
