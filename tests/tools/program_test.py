"""The program as a user meets it: exit codes, streams, signals, files. Runs the built program (SOJOURN_PROGRAM)."""

import csv
import json
import os
import pty
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unicodedata
import unittest
import xml.etree.ElementTree
from pathlib import Path

PROGRAM = os.environ["SOJOURN_PROGRAM"]
SCENARIOS = Path(os.environ["SOJOURN_SOURCE_DIR"]) / "scenarios"
JOURNEY = str(SCENARIOS / "two_stop" / "journey.yaml")
FASTER = str(SCENARIOS / "two_stop" / "faster.yaml")
SANTA = str(SCENARIOS / "santa" / "journey.yaml")
BENCH = str(SCENARIOS / "santa" / "warm-bench.yaml")
EXCHANGE = str(SCENARIOS / "santa" / "same-day-exchange.yaml")

ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
    if name in os.environ:
        ENVIRONMENT[name] = os.environ[name]


def sojourn(*arguments, variables=None, **options):
    """Runs the program; its output as text."""
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120,
                          env={**ENVIRONMENT, **(variables or {})}, **options)


def on_terminal(*arguments, variables=None):
    """What the program writes to a terminal that is 80 columns wide, standard error included."""
    master, slave = pty.openpty()
    with subprocess.Popen([PROGRAM, *map(str, arguments)], stdin=slave, stdout=slave, stderr=slave,
                          env={**ENVIRONMENT, **(variables or {})}) as process:
        os.close(slave)
        output = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:
                break
            if not piece:
                break
            output += piece
        process.wait(timeout=60)
    os.close(master)
    return output.decode()


def columns(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def without_performance(text):
    document = json.loads(text)
    del document["performance"]
    return document


class InFolder(unittest.TestCase):
    """Each test has an empty folder and says what may be left in it."""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="sojourn-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def left(self):
        return sorted(entry.name for entry in self.folder.iterdir())

    def ends(self, code, *arguments, **options):
        done = sojourn(*arguments, **options)
        self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout}\n{done.stderr}")
        for word in ("terminate called", "Segmentation", "runtime error", "std::", "Aborted"):
            self.assertNotIn(word, done.stderr)
        return done


class Usage(InFolder):
    def test_help_is_for_standard_output(self):
        for arguments in (["--help"], ["-h"], ["help"]):
            done = self.ends(0, *arguments)
            self.assertIn("Usage: sojourn VERB", done.stdout)
            self.assertEqual(done.stderr, "")
            self.assertLessEqual(max(map(columns, done.stdout.splitlines())), 80)
        for verb in ("check", "show", "run", "compare", "drivers", "trace", "new", "schema"):
            done = self.ends(0, verb, "--help")
            self.assertTrue(done.stdout.startswith(f"Usage: sojourn {verb}"))
            self.assertIn("\nExample:\n  sojourn ", done.stdout)
            self.assertEqual(done.stdout, self.ends(0, "help", verb).stdout)
            for line in done.stdout.splitlines():
                self.assertLessEqual(columns(line), 80, line)

    def test_version_says_what_it_is(self):
        done = self.ends(0, "--version")
        self.assertRegex(done.stdout, r"^sojourn \d+\.\d+\.\d+\n")
        self.assertIn("philox4x32-10/v1", done.stdout)

    def test_mistakes_end_with_2_and_a_usage_line(self):
        cases = {
            (): "Usage: sojourn VERB",
            ("rnu", JOURNEY): "unknown verb 'rnu'. Did you mean 'run'?",
            (JOURNEY,): "Did you mean 'sojourn run ",
            ("--seed", "1", "run", JOURNEY): "options stand behind the verb",
            ("run",): "JOURNEY is missing",
            ("run", JOURNEY, "more.yaml"): "unexpected argument 'more.yaml'",
            ("run", JOURNEY, "--agnets", "5"): "unknown option '--agnets'. Did you mean '--agents'?",
            ("run", JOURNEY, "--agents"): "'--agents' needs a value",
            ("run", JOURNEY, "--json", "--quiet"): "'--json' needs a value",
            ("run", JOURNEY, "--seed", "1", "--seed", "2"): "'--seed' is given twice",
            ("run", JOURNEY, "--agents", "0"): "It takes 1 to 1,099,511,627,776 (2^40)",
            ("run", JOURNEY, "--agents", "-1"): "out of range",
            ("run", JOURNEY, "--agents", "1e9x"): "'1e9x' is not a whole number",
            ("run", JOURNEY, "--agents", "1099511627777"): "out of range",
            ("run", JOURNEY, "--precision", "0"): "above 0",
            ("run", JOURNEY, "--threads", "0"): "out of range",
            ("run", JOURNEY, "--replicate", "16777216"): "16,777,215 (2^24 - 1)",
            ("run", JOURNEY, "--json", "a", "--out", "./a"): "name the same place",
            ("run", JOURNEY, "--out", "-"): "needs a file",
            ("run", JOURNEY, "--csv", "-"): "needs a folder",
            ("show", JOURNEY, "--persona", "calmm"): "Did you mean 'calm'?",
            ("compare", JOURNEY): "SCENARIO is missing",
            ("trace", JOURNEY): "--agent N is missing",
            ("trace", JOURNEY, "--agent", "1099511627776"): "out of range",
            ("show", JOURNEY, "--to", "jsn"): "Did you mean 'json'?",
            ("show", JOURNEY, "--differences"): "needs scenarios",
            ("schema", "journy"): "Did you mean 'journey'?",
        }
        for arguments, words in cases.items():
            with self.subTest(arguments=arguments):
                done = self.ends(2, *arguments, cwd=self.folder)
                self.assertIn(words, done.stderr)
                self.assertIn("Usage: sojourn ", done.stderr)
                self.assertEqual(done.stdout, "")
        self.assertEqual(self.left(), [])

    def test_agents_are_read_in_every_form(self):
        for text in ("2000", "2_000", "2e3", "2k", "0.002M"):
            done = self.ends(0, "run", JOURNEY, "--agents", text, "--json", "-")
            self.assertEqual(json.loads(done.stdout)["agents"], 2000, text)


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


class New(InFolder):
    """`new`: what it writes is accepted and runs, and nothing that exists is touched."""

    def test_what_is_written_is_valid_and_does_something(self):
        for language in ("en", "de"):
            with self.subTest(language=language):
                name = self.folder / f"shop {language}"
                self.ends(0, "new", name, "--lang", language)
                self.assertEqual(sorted(p.name for p in name.iterdir()), ["README.md", "journey.yaml", "what-if.yaml"])
                journey, what_if = name / "journey.yaml", name / "what-if.yaml"
                done = self.ends(0, "check", journey, what_if)
                self.assertNotIn("warning", done.stdout + done.stderr)
                out = self.ends(0, "compare", journey, what_if, "--agents", "20000", "--json", "-").stdout
                self.assertEqual(json.loads(out)["scenarios"][0]["verdict_kind"][:6], "better")

    def test_both_languages_say_the_same(self):
        results = []
        for language in ("en", "de"):
            name = self.folder / f"{language}.yaml"
            self.ends(0, "new", name, "--lang", language, "--quiet")
            result = json.loads(self.ends(0, "run", name, "--agents", "2000", "--json", "-").stdout)
            results.append([result[part] for part in ("overall", "personas", "touchpoints")])
        self.assertEqual(results[0], results[1])
        self.assertEqual(self.left(), ["de.yaml", "en.yaml"])

    def test_nothing_is_replaced(self):
        (self.folder / "full").mkdir()
        (self.folder / "full" / "mine").write_text("mine")
        (self.folder / "a.yaml").write_text("mine")
        (self.folder / "plain").write_text("mine")
        for name in ("full", "a.yaml", "plain"):
            self.ends(73, "new", self.folder / name)
        self.ends(74, "new", self.folder / "none" / "shop")
        self.assertEqual(self.left(), ["a.yaml", "full", "plain"])
        self.assertEqual([p.read_text() for p in sorted(self.folder.glob("*/*")) + [self.folder / "a.yaml"]], ["mine"] * 2)
        self.ends(2, "new")


class German(InFolder):
    """--lang de: the terminal in German; JSON, files and messages stay English."""

    ENGLISH = re.compile(r"\b(the|and|of|customers?|with|satisfaction|what if|which|journeys?)\b")

    def assertGerman(self, text):
        """No English word but those of commands, addresses and file names."""
        for line in text.splitlines():
            words = re.sub(r"'[^']*'|\S*[/._=]\S*|--?\w+|Net Promoter Score|sojourn \w+", "", line)
            if not line.lstrip().startswith(("sojourn ", "--")):
                self.assertIsNone(self.ENGLISH.search(words), line)

    def journey(self):
        self.ends(0, "new", self.folder / "laden", "--lang", "de", "--quiet")
        return self.folder / "laden" / "journey.yaml", self.folder / "laden" / "what-if.yaml"

    def test_every_page_is_german_and_as_wide_as_before(self):
        journey, what_if = self.journey()
        survey = self.folder / "survey.csv"
        survey.write_text("touchpoint;n;mean;sd\ncounter;100;6,5;1,4\n")
        runs = {
            ("check", journey, what_if): "in Ordnung",
            ("run", journey, "--agents", "2000", "--observed", survey): "Die Reise als Ganzes",
            ("compare", journey, what_if, "--agents", "20000", "--observed", survey): "Soll, Ist, Prognose",
            ("solve", journey): "exakt gel\u00f6st",
            ("solve", journey, "--explain", "repair"): "Besuche von",
            ("drivers", journey, "--agents", "2000"): "Insight-Map",
            ("show", journey, "--with", what_if, "--differences"): "\u00e4ndert",
            ("trace", journey, "--agent", "7"): "Zufriedenheit",
            ("trace", journey, "--agent", "0", "--with", what_if): "So wie es ist",
        }
        for arguments, word in runs.items():
            with self.subTest(arguments=arguments):
                done = self.ends(0, *arguments, "--lang", "de")
                self.assertIn(word, done.stdout)
                why_not_exact = done.stdout.find("Was keine exakte Antwort")
                text = done.stdout if why_not_exact < 0 else done.stdout[:why_not_exact]
                self.assertGerman(text)
                for line in text.splitlines():
                    if not line.lstrip().startswith(("sojourn ", str(self.folder))):
                        self.assertLessEqual(columns(line), 80, line)
                if arguments[0] != "show":  # values are as in the file
                    self.assertNotRegex(text, r"\d\.\d\b(?!\.)(?!\d)", "a decimal point")

    def test_verdicts_are_german(self):
        journey, what_if = self.journey()
        out = self.ends(0, "compare", journey, what_if, "--agents", "20000", "--lang", "de").stdout
        self.assertRegex(out, r"Besser\. +Ein +zweiter +Mechaniker +hebt +den +NPS|Besser, aber teuer\.")
        self.assertRegex(out, r"Von 1?\.?[01]+ Kunden: ")

    def test_help_is_german(self):
        for arguments in (["--help", "--lang", "de"], ["help", "--lang", "de"], ["help", "run", "--lang", "de"],
                          ["run", "--help", "--lang=de"]):
            done = self.ends(0, *arguments)
            self.assertTrue(done.stdout.startswith("Aufruf: sojourn "), done.stdout)
            self.assertLessEqual(max(map(columns, done.stdout.splitlines())), 80)
        for verb in ("check", "show", "run", "solve", "compare", "drivers", "trace", "new", "report"):
            self.assertGerman(self.ends(0, verb, "--help", "--lang", "de").stdout)

    def test_only_the_terminal_changes(self):
        common = ["run", JOURNEY, "--agents", "2000", "--json", "-"]
        english, german = (without_performance(self.ends(0, *common, "--lang", lang).stdout) for lang in ("en", "de"))
        self.assertEqual(english, german)
        self.assertIn("unknown option", self.ends(2, "run", JOURNEY, "--agnets", "5", "--lang", "de").stderr)
        environment = {"LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"}
        out = self.ends(0, "run", JOURNEY, "--agents", "2000", variables=environment).stdout
        self.assertIn("The journey as a whole", out)

    def test_without_utf_8_there_are_no_other_bytes(self):
        out = self.ends(0, "run", JOURNEY, "--agents", "2000", "--lang", "de", variables={"LC_ALL": "C"}).stdout
        self.assertTrue(out.isascii(), [line for line in out.splitlines() if not line.isascii()])


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


class Terminal(InFolder):
    def test_pages_fit_80_columns(self):
        for arguments in (["run", SANTA], ["compare", SANTA, BENCH, EXCHANGE], ["trace", SANTA, "--agent", "16", "--with", EXCHANGE],
                          ["drivers", SANTA], ["show", SANTA, "--with", BENCH, "--differences"]):
            if arguments[0] in ("run", "compare", "drivers"):
                arguments += ["--agents", "2000"]
            for variables in ({}, {"LC_ALL": "C"}):
                done = self.ends(0, *arguments, variables=variables)
                for line in done.stdout.splitlines():
                    if not line.startswith("  sojourn "):  # to be copied: whole
                        self.assertLessEqual(columns(line), 80, line)
                self.assertNotIn("\x1b", done.stdout)
                self.assertEqual(done.stderr, "")
            self.assertTrue(done.stdout.isascii(), arguments)

    def test_colour_is_for_terminals_and_can_be_refused(self):
        arguments = ["compare", JOURNEY, FASTER, "--agents", "2000"]
        self.assertIn("\x1b[", on_terminal(*arguments))
        for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}):
            self.assertNotIn("\x1b[", on_terminal(*arguments, variables=variables), variables)
        self.assertIn("\x1b[", self.ends(0, *arguments, variables={"CLICOLOR_FORCE": "1"}).stdout)

    def test_progress_is_for_terminals(self):
        arguments = ["run", SANTA, "--agents", "1M"]
        self.assertIn(" of 1,000,000 customers", on_terminal(*arguments))
        self.assertNotIn("customers, ", self.ends(0, *arguments).stderr)


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
