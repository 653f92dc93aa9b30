"""Files that are read: journeys, scenarios, surveys."""

import json
import re
import shutil
import subprocess
import sys
import unittest
import xml.etree.ElementTree
from pathlib import Path

from asked import columns, FASTER, InFolder, JOURNEY, SANTA, sojourn


class Data(InFolder):
    def test_a_missing_file_ends_with_66(self):
        nowhere = self.folder / "nowhere.yaml"
        for arguments in (["run", nowhere], ["check", nowhere], ["show", nowhere], ["trace", nowhere, "--agent", 1],
                          ["compare", nowhere, FASTER], ["compare", JOURNEY, nowhere],
                          ["run", JOURNEY, "--with", nowhere], ["run", self.folder]):
            with self.subTest(arguments=arguments):
                done = self.ends(66, *arguments)
                self.assertIn("sojourn: ", done.stderr)

    def test_bad_data_ends_with_65_and_every_problem(self):
        journey = self.folder / "journey.yaml"
        journey.write_text(Path(JOURNEY).read_text().replace("share: 3", "shaer: 3").replace("loss_aversion: 2", "loss_aversion: 0"))
        for arguments in (["run", journey], ["check", journey], ["show", journey], ["trace", journey, "--agent", 1]):
            with self.subTest(arguments=arguments):
                done = self.ends(65, *arguments)
                self.assertRegex(done.stderr, r"journey\.yaml:\d+:\d+: error: .*shaer")
                self.assertRegex(done.stderr, r"journey\.yaml:\d+:\d+: error: .*loss_aversion")

    def test_a_scenario_on_another_journey_is_refused(self):
        done = self.ends(65, "compare", SANTA, FASTER)
        self.assertIn("another journey", done.stderr)
        self.assertEqual(done.stdout, "")

    def test_problems_of_all_scenarios_come_in_one_go(self):
        for name in ("a", "b"):
            text = Path(FASTER).read_text().replace("journey: journey.yaml", f"journey: {JOURNEY}")
            (self.folder / f"{name}.yaml").write_text(text.replace("touchpoints.ask.duration", f"touchpoints.{name}sk.duration"))
        done = self.ends(65, "compare", JOURNEY, self.folder / "a.yaml", self.folder / "b.yaml")
        self.assertIn("bsk", done.stderr)

    def test_check_looks_at_every_file(self):
        unknown = self.folder / "unknown.yaml"
        unknown.write_text("touchpoint: {}\n")
        done = self.ends(65, "check", unknown, JOURNEY, FASTER)
        self.assertIn("neither a journey nor a scenario", done.stderr)
        self.assertIn("Did you mean 'touchpoints'", done.stderr)
        self.assertIn("unknown.yaml: 1 error\n", done.stdout)
        self.assertIn("journey.yaml: ok: journey 'A shoe repair in two stops' with 2 personas, 2 touchpoints", done.stdout)
        self.assertIn("expected visits a journey: calm 2.12, hurried 1.79\n", done.stdout)
        self.assertIn("faster.yaml: ok: scenario 'A second clerk at the counter'", done.stdout)
        document = json.loads(self.ends(65, "check", unknown, JOURNEY, "--json", "-").stdout)
        self.assertEqual([file["ok"] for file in document["files"]], [False, True])
        self.assertAlmostEqual(document["files"][1]["expected_visits"]["calm"], 2.125)
        self.assertEqual(document["files"][0]["problems"][0]["severity"], "error")

    def test_check_prefers_to_say_that_a_file_is_missing(self):
        self.ends(66, "check", self.folder / "nowhere.yaml", JOURNEY)


class Show(InFolder):
    def test_what_is_shown_is_a_journey_again(self):
        for form in ("yaml", "json"):
            path = self.folder / f"journey.{form}"
            path.write_text(self.ends(0, "show", SANTA, "--to", form).stdout)
            self.ends(0, "check", path)
            for verb in (["run", "--agents", "2000"],):
                again = json.loads(self.ends(0, *verb, path, "--json", "-").stdout)
                first = json.loads(self.ends(0, *verb, SANTA, "--json", "-").stdout)
                self.assertEqual(again["overall"], first["overall"])

    def test_the_changed_journey_is_a_journey_too(self):
        path = self.folder / "changed.yaml"
        path.write_text(self.ends(0, "show", JOURNEY, "--with", FASTER).stdout)
        again = json.loads(self.ends(0, "run", path, "--agents", "2000", "--json", "-").stdout)
        first = json.loads(self.ends(0, "run", JOURNEY, "--with", FASTER, "--agents", "2000", "--json", "-").stdout)
        self.assertEqual(again["overall"], first["overall"])

    def test_differences_name_the_address(self):
        done = self.ends(0, "show", JOURNEY, "--with", FASTER, "--differences")
        self.assertIn("touchpoints.ask.duration", done.stdout)
        self.assertIn("  + ", done.stdout)

    def test_graphs_are_well_formed(self):
        xml.etree.ElementTree.fromstring(self.ends(0, "show", SANTA, "--to", "graphml").stdout)
        self.assertTrue(self.ends(0, "show", SANTA, "--to", "mermaid").stdout.startswith("flowchart LR\n"))
        text = self.ends(0, "show", SANTA, "--to", "dot").stdout
        self.assertTrue(text.startswith("digraph journey {\n") and text.endswith("}\n"))
        if shutil.which("dot"):
            subprocess.run(["dot", "-Tsvg"], input=text, text=True, check=True, stdout=subprocess.DEVNULL)

    def test_schemas_are_json(self):
        for kind in ("journey", "scenario"):
            self.assertIn("draft-07", json.loads(self.ends(0, "schema", kind).stdout)["$schema"])
        self.assertEqual(self.ends(0, "schema").stdout, self.ends(0, "schema", "journey").stdout)


class Observed(InFolder):
    """--observed: what was measured beside what is simulated."""

    def survey(self, text, encoding="utf-8-sig"):
        path = self.folder / "survey.csv"
        path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
        return path

    def test_run_compare_and_report_say_the_same(self):
        survey = self.survey("touchpoint;persona;n;mean;sd\nask;;400;6,9;1,2\ncollect;hurried;40;5;2\n")
        common = ["--agents", "20000", "--quiet", "--observed", survey, "--json"]
        self.ends(0, "run", JOURNEY, *common, self.folder / "run.json", "--plain")
        run = json.loads((self.folder / "run.json").read_text())
        ask = run["observed"]["touchpoints.ask.satisfaction"]
        self.assertEqual((ask["n"], ask["observed"]["estimate"], ask["observed"]["se"]), (400, 6.9, 0.06))
        self.assertEqual(ask["simulated"], run["touchpoints"]["ask"]["satisfaction"])
        self.assertAlmostEqual(ask["gap"]["estimate"], ask["simulated"]["estimate"] - 6.9)
        self.assertEqual(ask["verdict"], "agrees")
        hurried = run["observed"]["personas.hurried.touchpoints.collect.satisfaction"]
        self.assertEqual(hurried["verdict"], "model_higher")

        self.ends(0, "compare", JOURNEY, FASTER, *common, self.folder / "compare.json", "--plain")
        compare = json.loads((self.folder / "compare.json").read_text())
        self.assertEqual(compare["base"]["observed"], run["observed"])
        self.assertNotIn("observed", compare["scenarios"][0]["result"])

        self.ends(0, "run", JOURNEY, *common[:3], "--out", self.folder / "run.h5", "--plain")
        for kept in ("run.json", "run.h5"):
            page = self.folder / "page.html"
            self.ends(0, "report", self.folder / kept, "--observed", survey, "--out", page, "--quiet", "--force")
            text = re.search(r'id="report">(.*?)</script>', page.read_text(), re.S).group(1)
            shown = json.loads(text)["observed"]["touchpoints.ask.satisfaction"]
            for part in ("observed", "simulated", "gap", "n", "z", "verdict"):
                self.assertEqual(shown[part], ask[part], (kept, part))

    def test_the_table_stands_on_the_terminal(self):
        survey = self.survey("address,n,mean,sd\nnps,400,10,80\nsuccess,200,0.9,\n")
        out = self.ends(0, "run", JOURNEY, "--agents", "20000", "--observed", survey).stdout
        self.assertRegex(out, r"\nTarget, observed, simulated\n")
        self.assertRegex(out, r"Success +90\.0 % +65\.\d % .*lower")
        out = self.ends(0, "compare", JOURNEY, FASTER, "--agents", "20000", "--observed", survey).stdout
        self.assertRegex(out, r"Success +90\.0 % +65\.\d % +70\.\d % .*lower")
        table = out[out.index("\nTarget, observed"):out.rindex("\nA  ")]
        self.assertLessEqual(max(map(columns, table.splitlines())), 80)

    def test_every_mistake_in_one_go_and_before_the_run(self):
        survey = self.survey("touchpoint;n;mean;sd\naks;10;7;1\nask;ten;7;1\ncollect;10;7,5;1.5\n")
        for arguments in (["run", JOURNEY], ["compare", JOURNEY, FASTER]):
            done = self.ends(65, *arguments, "--agents", "1G", "--observed", survey, "--json", self.folder / "x.json")
            for words in (":2:1: error: ", "Did you mean 'ask'?", ":3:5: error: 'ten' is not", ":4:12: error: "):
                with self.subTest(words=words):
                    if words == ":4:12: error: ":
                        words = "decimal comma, and '1.5' in line 4 a decimal point"
                    self.assertIn(words, done.stderr)
            self.assertEqual(self.left(), ["survey.csv"])
        self.ends(66, "run", JOURNEY, "--observed", self.folder / "none.csv")
        self.ends(2, "run", JOURNEY, "--observed", survey, "--csv", survey)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=1)
