"""What a result says, the same in every form."""

import csv
import json
import re
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

from asked import (
    BENCH, ENVIRONMENT, EXCHANGE, FASTER, InFolder, JOURNEY, PROGRAM, SANTA, SCENARIOS, sojourn, without_performance,
)


class Results(InFolder):
    def test_equal_commands_give_equal_bytes(self):
        for verb, more in (("run", []), ("compare", [BENCH, EXCHANGE])):
            texts = []
            for threads in ("1", "2", "2"):
                name = f"{verb}-{len(texts)}"
                done = self.ends(0, verb, SANTA, *more, "--agents", "20k", "--threads", threads, "--json", "-", "--out",
                                 self.folder / f"{name}.h5", "--csv", self.folder / name)
                texts.append(done.stdout)
            self.assertEqual(without_performance(texts[0]), without_performance(texts[1]))
            self.assertEqual(texts[1].split('"performance"')[0], texts[2].split('"performance"')[0])
            self.assertEqual((self.folder / f"{verb}-0.h5").read_bytes(), (self.folder / f"{verb}-1.h5").read_bytes())
            for entry in (self.folder / f"{verb}-0").iterdir():
                self.assertEqual(entry.read_bytes(), (self.folder / f"{verb}-1" / entry.name).read_bytes(), entry.name)

    def test_drivers_say_what_moves_a_journey(self):
        texts = [self.ends(0, "drivers", SANTA, "--with", BENCH, "--agents", "5k", "--threads", threads, "--json", "-",
                           "--csv", self.folder / threads).stdout for threads in ("1", "2")]
        self.assertEqual(without_performance(texts[0]), without_performance(texts[1]))
        for entry in (self.folder / "1").iterdir():
            self.assertEqual(entry.read_bytes(), (self.folder / "2" / entry.name).read_bytes(), entry.name)
        result = json.loads(texts[0])
        self.assertEqual(result["format"], "sojourn.drivers/1")
        self.assertGreater(len(result["drivers"]), 200)
        first = result["drivers"][0]
        self.assertEqual(list(first["derivative"]), ["nps", "satisfaction", "success", "cost", "value"])
        self.assertEqual(list(first["effect"]["nps"]), ["estimate", "se", "lo", "hi"])
        self.assertEqual(sum(driver["effect_from"] == "rerun" for driver in result["drivers"]), 12)
        wait = next(driver for driver in result["drivers"] if driver["address"] == "touchpoints.reply.duration.lognormal.median")
        self.assertEqual((wait["unit"], wait["value"], wait["step"]), ("hours", 96, 9.6))
        shares = [one["shapley"]["success"]["estimate"] for one in result["touchpoints"].values()]
        self.assertAlmostEqual(sum(shares), result["base"]["success"]["estimate"], places=9)
        stuck = result["touchpoints"]["letter"]
        self.assertIsNone(stuck["removed_and_rerouted"])
        self.assertNotEqual(stuck["why_not_rerouted"], "")
        with open(self.folder / "1" / "insight_map.csv", newline="") as file:
            rows = {row["touchpoint"]: row for row in csv.DictReader(file)}
        self.assertEqual(float(rows["eve"]["importance"]), result["touchpoints"]["eve"]["importance"]["estimate"])
        self.assertIn(rows["eve"]["quadrant"], ("concentrate", "keep_up", "low_priority", "possible_overkill"))

    def test_visits_alone_are_those_of_the_whole_run(self):
        journey = self.folder / "loop.yaml"
        journey.write_text("personas: {ann: {share: 2, channels: {web: 3}}, bob: {}}\n"
                           "touchpoints:\n"
                           "  a: {experience: 5, channels: {web: {share: 2}, shop: {share: 1}}, next: {a: 1, b: 2, lost: 1}}\n"
                           "  b: {experience: 7, next: {a: 1, done: 1}}\n"
                           "start: a\noutcomes: {done: {success: true}, lost: {success: false}}\n")
        options = ("--agents", "30k", "--seed", "4", "--json", "-")
        whole = json.loads(self.ends(0, "run", journey, "--plain", *options).stdout)
        visits = json.loads(self.ends(0, "run", journey, "--only", "visits", *options).stdout)
        self.assertEqual(visits["only"], "visits")
        self.assertEqual(set(visits["overall"]), {"success", "abandoned", "truncated", "visits", "outcomes"})

        def hold(there, here):
            for key, value in here.items():
                if isinstance(value, dict):
                    hold(there[key], value)
                else:
                    self.assertEqual(there[key], value, key)

        for part in ("overall", "personas", "touchpoints", "agents", "seed"):
            hold({part: whole[part]}, {part: visits[part]})
        self.assertEqual(visits["performance"]["visits"], whole["performance"]["visits"])
        site = visits["touchpoints"]["a"]
        self.assertEqual(set(site), {"visits", "reach", "flow", "channels"})
        self.assertEqual(set(site["channels"]["web"]), {"visits", "reach", "flow"})
        page = self.ends(0, "run", journey, "--only", "visits", "--agents", "2000", "--lang", "de").stdout
        self.assertIn("Reichweite", page)
        self.assertNotIn("NPS", page)
        done = self.ends(65, "run", JOURNEY, "--only", "visits")
        self.assertIn("persona 'hurried' has a patience", done.stderr)

    def test_seed_and_replicate_choose_the_luck(self):
        results = [json.loads(self.ends(0, "run", JOURNEY, "--agents", "2000", "--json", "-", *more).stdout)["overall"]["nps"]
                   for more in ([], ["--seed", "2"], ["--replicate", "1"], ["--seed", "18446744073709551615"])]
        self.assertEqual(len({result["estimate"] for result in results}), 4)

    def test_two_stop_is_what_its_readme_says(self):
        expected = json.loads((SCENARIOS / "two_stop" / "expected.json").read_text())
        result = json.loads(self.ends(0, "compare", JOURNEY, FASTER, "--agents", "200k", "--json", "-").stdout)
        for name, value in expected["overall"].items():
            if isinstance(value, float):  # 4.5 standard errors: one false alarm in 150,000 figures
                figure = result["base"]["overall"][name]
                self.assertLessEqual(abs(figure["estimate"] - value), 4.5 * figure["se"] + 1e-9, name)
        nps = result["scenarios"][0]["difference"]["nps"]
        self.assertLessEqual(abs(nps["estimate"] - expected["scenarios"]["faster"]["difference"]["nps"]), 4.5 * nps["se"])

    def test_the_parts_of_a_comparison_belong_together(self):
        result = json.loads(self.ends(0, "compare", SANTA, BENCH, EXCHANGE, "--agents", "20k", "--json", "-").stdout)
        self.assertEqual([one["scenario"]["file"] for one in result["scenarios"]], [BENCH, EXCHANGE])
        for one in result["scenarios"]:
            nps = one["difference"]["nps"]["estimate"]
            self.assertAlmostEqual(sum(figure["estimate"] for figure in one["by_first_change"].values()), nps, places=9)
            self.assertAlmostEqual(one["result"]["overall"]["nps"]["estimate"] - result["base"]["overall"]["nps"]["estimate"], nps, places=9)
            self.assertAlmostEqual(sum(sum(row) for row in one["flips"]), 1, places=9)
            self.assertTrue(0 < one["agents_changed"] < 1)
            self.assertGreater(one["variance_ratio"], 1)
            self.assertIn(one["scenario"]["title"], one["verdict"])

    def test_combine_is_one_what_if(self):
        result = json.loads(self.ends(0, "compare", SANTA, BENCH, EXCHANGE, "--combine", "--agents", "5k", "--json", "-").stdout)
        self.assertEqual(len(result["scenarios"]), 1)
        self.assertEqual(result["scenarios"][0]["scenario"]["file"], f"{BENCH} + {EXCHANGE}")
        self.assertEqual([file["file"] for file in result["scenario_files"]], [BENCH, EXCHANGE])
        run = json.loads(self.ends(0, "run", SANTA, "--with", BENCH, EXCHANGE, "--agents", "5k", "--json", "-").stdout)
        self.assertEqual(run["overall"]["nps"], result["scenarios"][0]["result"]["overall"]["nps"])

    def test_a_precision_ends_the_run(self):
        result = json.loads(self.ends(0, "run", JOURNEY, "--precision", "1", "--json", "-").stdout)
        nps = result["overall"]["nps"]
        self.assertLessEqual((nps["hi"] - nps["lo"]) / 2, 1)
        self.assertEqual(result["precision"], 1)
        self.assertEqual(result["agents"] % 1024, 0)
        done = self.ends(0, "run", JOURNEY, "--precision", "0.01", "--agents", "5000", "--json", "-")
        self.assertIn("the precision is not reached", done.stderr)
        self.assertEqual(json.loads(done.stdout)["agents"], 5000)

    def test_trace_shows_where_journeys_part(self):
        parted = same = False
        for agent in range(40):
            trace = json.loads(self.ends(0, "trace", SANTA, "--agent", agent, "--with", EXCHANGE, "--json", "-").stdout)
            base, changed = trace["base"]["visits"], trace["with"]["visits"]
            self.assertEqual(trace["agent"], agent)
            self.assertAlmostEqual(sum(trace["base"]["scores"]), 1, places=8)
            if trace["parts"] is None:
                same = True
                self.assertEqual(base, changed)
            else:
                parted = True
                self.assertEqual(base[:trace["parts"]], changed[:trace["parts"]])
                self.assertIn("exchange", [visit["touchpoint"] for visit in base[trace["parts"]:]])
            for visits, outcome in ((base, trace["base"]["outcome"]), (changed, trace["with"]["outcome"])):
                for here, there in zip(visits, visits[1:]):
                    self.assertEqual(here["next"], there["touchpoint"])
                self.assertEqual(visits[-1]["next"], outcome)
        self.assertTrue(parted and same)


    def test_an_agent_without_a_way_on_is_named_and_traced(self):
        journey = self.folder / "stuck.yaml"
        journey.write_text("""
journey: Only the punctual leave
personas: {anna: {}}
pains: {late: {severity: 1, lasting: true}}
start: walk
touchpoints:
  walk:
    experience: 7
    duration: {exponential: {mean: 10 min}}
    next: {wait: 1}
  wait:
    experience: 7
    pains: {late: {after: 30 min}}
    next: {done: {weight: 1, unless: {pain: late}}}
outcomes: {done: {success: true}}
""")
        done = self.ends(65, "run", journey)
        agent = re.search(r"agent (\d+) is stuck at touchpoint 'wait'", done.stderr).group(1)
        traced = self.ends(65, "trace", journey, "--agent", agent)
        self.assertIn("every edge is closed at wait", traced.stdout)
        document = json.loads(self.ends(65, "trace", journey, "--agent", agent, "--json", "-").stdout)
        self.assertEqual(document["base"]["stuck_at"], "wait")
        self.assertIsNone(document["base"]["outcome"])
        self.assertIsNone(document["base"]["satisfaction"])


class Uncertain(InFolder):
    def test_inputs_stand_beside_chance(self):
        document = json.loads(self.ends(0, "compare", SANTA, BENCH, EXCHANGE, "--agents", "20k", "--json", "-").stdout)
        about = document["uncertain"]
        self.assertEqual((about["draws"], about["agents"], about["left_out"]), (80, 250, 0))
        self.assertIn("touchpoints.bench.resolves.late.probability", about["inputs"])
        options = [document["base"]] + document["scenarios"]
        for one in options:
            nps = one["uncertain"]["nps"]
            self.assertLessEqual(nps["lo"], nps["estimate"])
            self.assertLessEqual(nps["estimate"], nps["hi"])
            self.assertEqual(nps["evpi"], about["evpi"]["estimate"])
        self.assertAlmostEqual(sum(one["uncertain"]["nps"]["p_best"] for one in options), 1)
        chance = document["scenarios"][0]["difference"]["nps"]
        without = json.loads(self.ends(0, "compare", SANTA, BENCH, EXCHANGE, "--agents", "20k", "--draws", "0", "--json", "-").stdout)
        self.assertNotIn("uncertain", without)
        self.assertNotIn("uncertain", without["scenarios"][0])
        self.assertEqual(without["scenarios"][0]["difference"]["nps"], chance)  # never added to the interval of chance

    def test_a_run_has_its_interval(self):
        document = json.loads(self.ends(0, "run", SANTA, "--agents", "5k", "--draws", "30", "--json", "-").stdout)
        self.assertEqual(set(document["uncertain"]["nps"]), {"estimate", "lo", "hi"})
        self.assertEqual(document["uncertain"]["draws"], 30)
        self.assertNotIn("uncertain", json.loads(self.ends(0, "run", JOURNEY, "--agents", "5k", "--json", "-").stdout))

    def test_the_page_says_which_intervals_hold_what(self):
        page = self.ends(0, "compare", SANTA, BENCH, "--agents", "5k").stdout
        self.assertIn("What is not known about the inputs\n", page)
        self.assertNotIn("is not in these intervals", page)
        for arguments in (["compare", SANTA, BENCH, "--agents", "5k", "--draws", "0"], ["compare", JOURNEY, FASTER, "--agents", "5k"]):
            page = " ".join(self.ends(0, *arguments).stdout.split())
            self.assertIn("What is not known about the inputs is not in these intervals.", page)

    def test_what_is_cut_off_is_said(self):
        journey = self.folder / "journey.yaml"
        journey.write_text(Path(JOURNEY).read_text() + "uncertain: {touchpoints.collect.pains.scuffed.probability: {normal: {mean: 0, sd: 1}}}\n")
        done = self.ends(0, "run", journey, "--agents", "1000")
        self.assertRegex(done.stderr, r"journey\.yaml:\d+:\d+: warning: uncertain: 66 % of the distribution")

    def test_a_signal_stops_the_draws(self):
        with subprocess.Popen([PROGRAM, "compare", SANTA, BENCH, "--agents", "1000", "--draws", "100000", "--json", str(self.folder / "a.json")],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT) as process:
            time.sleep(3)
            self.assertIsNone(process.poll(), "it draws")
            process.send_signal(signal.SIGINT)
            output, _ = process.communicate(timeout=30)
            self.assertEqual((process.returncode, output), (130, ""))
        self.assertEqual(self.left(), [])


class Controls(InFolder):
    def test_they_are_named_and_can_be_left_out(self):
        results = {}
        for option in ("", "--plain"):
            arguments = ["compare", JOURNEY, FASTER, "--agents", "50k", "--json", "-"] + ([option] if option else [])
            results[option] = json.loads(self.ends(0, *arguments).stdout)
        used = ["personas", "expectation", "visits", "success", "elapsed_hours"]
        self.assertEqual(results[""]["base"]["controls"]["used"], used)
        self.assertEqual(results["--plain"]["base"]["controls"], {"used": [], "variance_ratio": None})
        for part in (lambda r: (r["base"]["overall"]["nps"], r["base"]["controls"]),
                     lambda r: (r["scenarios"][0]["difference"]["nps"], r["scenarios"][0]["controls"])):
            (sharp, controls), (plain, _) = part(results[""]), part(results["--plain"])
            self.assertLess(sharp["se"], plain["se"])
            self.assertAlmostEqual((plain["se"] / sharp["se"]) ** 2, controls["variance_ratio"], places=6)
            self.assertLess(abs(sharp["estimate"] - plain["estimate"]), 4 * plain["se"])
        page = " ".join(self.ends(0, "run", JOURNEY, "--agents", "50k").stdout.split())
        self.assertIn("Sharper by what is known beforehand", page)
        self.assertNotIn("known beforehand", " ".join(self.ends(0, "run", JOURNEY, "--agents", "50k", "--plain").stdout.split()))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=1)
