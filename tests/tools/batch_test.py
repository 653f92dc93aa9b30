"""Studies as a user carries them out: the same bytes whatever happened on the way. Runs the built program (SOJOURN_PROGRAM)."""

import csv
import io
import json
import random
import shlex
import shutil
import signal
import subprocess
import time
import unittest
from pathlib import Path

from studies import ENVIRONMENT, PROGRAM, StudyFolder, batch, sojourn


class Studies(unittest.TestCase):
    def ends(self, code, done):
        self.assertEqual(done.returncode, code, f"{done.args}\n{done.stdout}\n{done.stderr}")
        for word in ("terminate called", "Segmentation", "std::", "Aborted"):
            self.assertNotIn(word, done.stderr)
        return done

    def whole(self, folder, *arguments):
        """The bytes of an unbroken run."""
        self.ends(0, batch(folder, *arguments))
        return folder.result.read_bytes()

    def test_figures_are_those_of_compare(self):
        with StudyFolder(agents=20_000, replications=2) as folder:
            folder.study.write_text(f"study: One\njourney: journey.yaml\nscenarios: [faster.yaml]\nagents: 20000\nreplications: 2\n"
                                    "keep: [metrics, personas, touchpoints, scores]\n")
            self.whole(folder)
            import h5py
            with h5py.File(folder.result) as file:
                for replication in (0, 1):
                    done = self.ends(0, sojourn("compare", folder.path / "journey.yaml", folder.path / "faster.yaml", "--agents",
                                                20000, "--replicate", replication, "--json", "-"))
                    compared = json.loads(done.stdout)
                    base, what_if = compared["base"], compared["scenarios"][0]
                    for metric in ("nps", "satisfaction", "success", "elapsed_hours_p90", "cost"):
                        for s, result in ((0, base), (1, what_if["result"])):
                            figure = result["overall"][metric]
                            self.assertEqual(list(file[metric][0, replication, s]), [figure[k] for k in ("estimate", "se", "lo", "hi")])
                    self.assertEqual(file["difference_nps"][0, replication, 1, 0], what_if["difference"]["nps"]["estimate"])
                    self.assertEqual(file["difference_nps"][0, replication, 1, 1], what_if["difference"]["nps"]["se"])
                    calm = list(base["personas"]).index("calm")
                    self.assertEqual(file["persona_nps"][0, replication, 0, calm, 0], base["personas"]["calm"]["nps"]["estimate"])
                    ask = list(base["touchpoints"]).index("ask")
                    self.assertEqual(file["touchpoint_experience"][0, replication, 0, ask, 0],
                                     base["touchpoints"]["ask"]["experience"]["estimate"])
                    self.assertEqual([row[0] for row in file["scores"][0, replication, 0]],
                                     base["overall"]["scores"])

    def test_opens_labelled_elsewhere(self):
        try:
            import xarray
        except ImportError:
            self.skipTest("xarray is not there")
        with StudyFolder(agents=2_000, replications=2) as folder:
            self.whole(folder)
            for engine in ("h5netcdf",):
                with xarray.open_dataset(folder.result, engine=engine) as data:
                    self.assertEqual(data.nps.dims, ("point", "replication", "scenario", "statistic"))
                    self.assertEqual(dict(data.sizes)["point"], 12)
                    self.assertEqual(list(data.scenario.values), ["base", "faster"])
                    self.assertIn("pains_scuffed_severity", data.coords)
                    self.assertEqual(sorted(set(data.pains_scuffed_severity.values)), [1, 2, 3, 4])
                    self.assertEqual(data.pains_scuffed_severity.attrs["address"], "pains.scuffed.severity")
                    means = data.nps.sel(statistic="estimate", scenario="base").mean("replication")
                    worst = means.where(data.pains_scuffed_severity == 4).mean()
                    best = means.where(data.pains_scuffed_severity == 1).mean()
                    self.assertLess(float(worst), float(best))
                    table = data.nps.sel(statistic="estimate").to_dataframe()
                    self.assertEqual(len(table), 12 * 2 * 2)

    def test_threads_shards_folders_and_order_do_not_matter(self):
        with StudyFolder() as folder:
            whole = self.whole(folder, "--threads", 1)
            self.assertEqual(folder.stray(), [])
            self.assertEqual(len(folder.units()), 12)
            for threads in (2, 4):
                folder.clear()
                self.assertEqual(self.whole(folder, "--threads", threads), whole)
            for shards in (2, 3, 7):
                folder.clear()
                order = list(range(1, shards + 1))
                random.Random(shards).shuffle(order)
                for k in order:
                    done = self.ends(0, batch(folder, "--shard", f"{k}/{shards}", "--threads", 1 + k % 2))
                    self.assertIn("merge", done.stderr)
                    self.assertFalse(folder.result.exists())
                self.ends(0, sojourn("merge", folder.study))
                self.assertEqual(folder.result.read_bytes(), whole)
            folder.clear()
            folders = [folder.path / name for name in ("a", "b", "c")]
            for k, place in enumerate(folders, start=1):
                self.ends(0, batch(folder, "--shard", f"{k}/3", "--dir", place))
            done = self.ends(65, sojourn("merge", folder.study, "--dir", folders[0], folders[2]))
            self.assertIn("units of the study are not there", done.stderr)
            self.assertFalse(folder.result.exists())
            self.ends(0, sojourn("merge", folder.study, "--dir", folders[2], folders[0], folders[1]))
            self.assertEqual(folder.result.read_bytes(), whole)

    def test_slurm_array_says_which_part(self):
        with StudyFolder() as folder:
            whole = self.whole(folder)
            folder.clear()
            for task in (10, 12, 14):
                slurm = {"SLURM_ARRAY_TASK_ID": str(task), "SLURM_ARRAY_TASK_MIN": "10", "SLURM_ARRAY_TASK_MAX": "14",
                         "SLURM_ARRAY_TASK_STEP": "2", "SLURM_ARRAY_TASK_COUNT": "3"}
                done = self.ends(0, batch(folder, variables=slurm))
                self.assertIn(f"part {(task - 10) // 2 + 1} of 3", done.stderr)
            self.ends(0, sojourn("merge", folder.study))
            self.assertEqual(folder.result.read_bytes(), whole)
            gap = {"SLURM_ARRAY_TASK_ID": "9", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_COUNT": "3"}
            self.assertIn("consecutive", self.ends(2, batch(folder, variables=gap)).stderr)
            self.ends(2, batch(folder, "--shard", "1/2", "--csv", folder.path / "tables"))

    def test_emitted_scripts_run_it(self):
        with StudyFolder() as folder:
            whole = self.whole(folder)
            for tool, command in (("make", ["make", "-j2", "-f"]), ("snakemake", ["snakemake", "-j", "2", "-s"])):
                text = self.ends(0, sojourn("batch", "study.yaml", "--emit", tool, "--shards", 3, cwd=folder.path)).stdout
                if not shutil.which(tool):
                    print(f"{tool} is not here: its script is not run")
                    continue
                folder.clear()
                script = folder.path / "script"
                script.write_text(text)
                subprocess.run([*command, str(script)], cwd=folder.path, env=ENVIRONMENT, check=True, capture_output=True)
                self.assertEqual(folder.result.read_bytes(), whole, tool)
            text = self.ends(0, sojourn("batch", "study.yaml", "--emit", "slurm", "--shards", 3, cwd=folder.path)).stdout
            self.assertIn("#SBATCH --array=1-3\n", text)
            folder.clear()
            for task in ("1", "2", "3"):
                subprocess.run(["bash"], input=text, text=True, cwd=folder.path, check=True, capture_output=True,
                               env={**ENVIRONMENT, "SLURM_ARRAY_TASK_ID": task, "SLURM_CPUS_PER_TASK": "1"})
            self.ends(0, sojourn("merge", "study.yaml", cwd=folder.path))
            self.assertEqual(folder.result.read_bytes(), whole)

    def test_stopped_it_says_75_and_goes_on(self):
        with StudyFolder(agents=150_000, replications=2) as folder:
            whole = self.whole(folder)
            for number, code in ((signal.SIGTERM, 75), (signal.SIGINT, 75)):
                folder.clear()
                with subprocess.Popen([PROGRAM, "batch", str(folder.study), "--threads", "1"], env=ENVIRONMENT,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
                    while len(folder.units()) < 2 and process.poll() is None:
                        time.sleep(0.005)
                    process.send_signal(number)
                    _, errors = process.communicate(timeout=60)
                self.assertEqual(process.returncode, code, errors)
                self.assertIn("the same command goes on", errors)
                self.assertFalse(folder.result.exists())
                kept = len(folder.units())
                self.assertGreaterEqual(kept, 2)
                done = self.ends(0, batch(folder, "--json", "-"))
                self.assertEqual(json.loads(done.stdout)["units"]["found"], kept)
                self.assertEqual(folder.result.read_bytes(), whole)
                self.assertEqual(folder.stray(), [])

    def test_what_is_damaged_is_told_and_made_again(self):
        with StudyFolder() as folder:
            whole = self.whole(folder)
            units = folder.units()
            flipped, cut, swapped, other = units[0], units[1], units[2], units[3]
            content = bytearray(flipped.read_bytes())
            content[100] ^= 4
            flipped.write_bytes(content)
            cut.write_bytes(cut.read_bytes()[:-1])
            a, b = swapped.read_bytes(), other.read_bytes()
            swapped.write_bytes(b)
            other.write_bytes(a)
            units[4].unlink()
            folder.result.unlink()
            report = json.loads(self.ends(0, batch(folder, "--json", "-")).stdout)["units"]
            self.assertEqual([one["unit"] for one in report["made_again"]], [0, 1, 2, 3])
            self.assertEqual(report["made"], 5)
            self.assertEqual(folder.result.read_bytes(), whole)
            content = bytearray(whole)
            content[len(content) // 2] ^= 1
            folder.result.write_bytes(content)
            done = self.ends(73, batch(folder))
            self.assertIn("damaged", done.stderr)
            self.ends(65, sojourn("show", folder.result))
            self.ends(0, batch(folder, "--force"))
            self.assertEqual(folder.result.read_bytes(), whole)

    def test_a_damaged_manifest_is_refused(self):
        with StudyFolder(agents=2_000, replications=2) as folder:
            self.whole(folder)
            manifest = folder.folder / "manifest"
            text = manifest.read_text()
            manifest.write_text(text.replace("study: seed = 1", "study: seed = 2"))
            self.assertIn("damaged", self.ends(65, batch(folder)).stderr)
            self.assertIn("damaged", self.ends(65, sojourn("merge", folder.study)).stderr)

    def test_another_study_is_refused_by_field_and_digests_and_forked(self):
        with StudyFolder(agents=2_000, replications=2) as folder:
            self.whole(folder)
            units = {unit.name: unit.read_bytes() for unit in folder.units()}
            journey = folder.path / "journey.yaml"
            text = journey.read_text()
            journey.write_text(text.replace("loss_aversion: 1.5", "loss_aversion: 1.6"))
            folder.result.unlink()
            done = self.ends(65, batch(folder))
            self.assertRegex(done.stderr, r"\(journey: [0-9a-f]{64} there, [0-9a-f]{64} now\)")
            self.assertEqual(units, {unit.name: unit.read_bytes() for unit in folder.units()})
            journey.write_text(text.replace("# Change a number", "# Change any number"))
            self.whole(folder)  # a comment is no change
            before = folder.study.read_text()
            folder.study.write_text(before.replace("[1, 2, 3, 4]", "[1, 2, 3, 4, 5]"))
            self.assertIn("study: points", self.ends(65, batch(folder)).stderr)  # and not that a result is there
            folder.result.unlink()
            self.assertRegex(self.ends(65, batch(folder)).stderr, r"study: points: [0-9a-f]{64} there, [0-9a-f]{64} now")
            report = json.loads(self.ends(0, batch(folder, "--fork", folder.path / "longer", "--json", "-")).stdout)
            self.assertEqual(report["units"]["rows_taken_over"], 24)
            self.assertEqual(report["points"], 15)
            forked = folder.result.read_bytes()
            folder.clear()
            self.assertEqual(self.whole(folder), forked)
            folder.study.write_text(before.replace("agents: 2000", "agents: 2001"))
            folder.result.unlink()
            self.assertIn("study: agents: '2000' there, '2001' now", self.ends(65, batch(folder)).stderr)

    def test_a_foreign_folder_is_left_alone(self):
        with StudyFolder(agents=2_000, replications=2) as folder:
            folder.folder.mkdir()
            (folder.folder / "mine.txt").write_text("mine")
            self.ends(73, batch(folder))
            self.assertEqual([entry.name for entry in folder.folder.iterdir()], ["mine.txt"])
            self.ends(66, sojourn("merge", folder.study, "--dir", folder.path / "none"))

    def test_one_at_a_time_works_on_a_part(self):
        with StudyFolder(agents=300_000, replications=2) as folder:
            with subprocess.Popen([PROGRAM, "batch", str(folder.study), "--threads", "1", "--shard", "1/2"], env=ENVIRONMENT,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
                while not folder.units() and process.poll() is None:
                    time.sleep(0.005)
                process.send_signal(signal.SIGSTOP)  # it has the lock as long as it lives
                self.assertIn("another process", self.ends(73, batch(folder)).stderr)
                self.assertIn("another process", self.ends(73, batch(folder, "--shard", "1/3")).stderr)
                process.kill()

    def test_a_run_that_fails(self):
        with StudyFolder(agents=2_000, replications=2) as folder:
            # Each value is possible; from 8 to 5 together are not.
            (folder.path / "journey.yaml").write_text(
                "journey: A stop\npersonas: {a: {}}\ntouchpoints:\n"
                "  one: {experience: {uniform: {low: 1, high: 9}}, next: {end: 1}}\n"
                "start: one\noutcomes: {end: {success: true}}\n")
            folder.study.write_text("study: S\njourney: journey.yaml\nfactors:\n"
                                    "  touchpoints.one.experience.uniform.low: [1, 8]\n"
                                    "  touchpoints.one.experience.uniform.high: [5, 9]\n"
                                    "design: {grid: {}}\nreplications: 2\nagents: 2000\n")
            done = batch(folder)
            self.ends(65, done)
            self.assertFalse(folder.result.exists())
            rows = list(csv.DictReader(io.StringIO((folder.folder / "failures.csv").read_text())))
            again = subprocess.run([PROGRAM, *shlex.split(rows[0]["command"])[1:]], capture_output=True, text=True,
                                   env=ENVIRONMENT, check=False)
            self.assertEqual(again.returncode, 65)
            done = self.ends(65, batch(folder, "--on-error", "finish", "--json", "-"))
            report = json.loads(done.stdout)
            self.assertTrue(report["complete"])
            self.assertEqual([(row["point"], row["replication"]) for row in report["failures"]], [(2, 0), (2, 1)])
            import h5py
            with h5py.File(folder.result) as file:
                self.assertEqual(file["failed"][:].tolist(), [[0, 0], [0, 0], [1, 1], [0, 0]])
                self.assertTrue(all(value != value for value in file["nps"][2, 0].flat))
                self.assertFalse(any(value != value for value in file["nps"][1, :, 0].flat))

    def test_its_analysis_is_told(self):
        with StudyFolder(agents=20_000, replications=2) as folder:
            folder.study.write_text("study: S\njourney: journey.yaml\nfactors:\n"
                                    "  pains.scuffed.severity: {uniform: {low: 1, high: 5}}\n"
                                    "  personas.hurried.loss_aversion: {uniform: {low: 1, high: 3}}\n"
                                    "design: {saltelli: {points: 64}}\nagents: 2000\n")
            report = json.loads(self.ends(0, batch(folder, "--json", "-")).stdout)
            total = report["analysis"]["metrics"]["nps"]["factors"][0]["sobol"]["total"]
            severity, aversion = (total[name]["estimate"] for name in ("pains.scuffed.severity", "personas.hurried.loss_aversion"))
            self.assertGreater(severity, aversion)
            self.assertGreater(severity, 0.5)
            page = self.ends(0, sojourn("show", folder.result)).stdout
            self.assertIn("pains.scuffed.severity", page)
            script = self.ends(0, batch(folder, "--emit", "salib")).stdout
            compile(script, "salib.py", "exec")
            points = list(csv.DictReader(io.StringIO(self.ends(0, batch(folder, "--emit", "points")).stdout)))
            self.assertEqual(len(points), report["points"])

    def test_no_output_takes_the_place_of_what_is_read(self):
        with StudyFolder(agents=2_000, replications=2) as folder:
            before = {name: (folder.path / name).read_bytes() for name in ("study.yaml", "journey.yaml", "faster.yaml")}
            for name in before:
                done = self.ends(2, batch(folder, "--out", folder.path / name, "--force"))
                self.assertIn("names the file that is read", done.stderr)
            self.ends(2, batch(folder, "--out", folder.path / "r", "--json", folder.path / "r", "--force"))
            self.whole(folder)
            self.ends(2, sojourn("merge", folder.study, "--out", folder.path / "journey.yaml", "--force"))
            self.assertEqual(before, {name: (folder.path / name).read_bytes() for name in before})

    def test_units_beside_a_damaged_manifest_are_taken_over(self):
        with StudyFolder(agents=2_000, replications=2) as folder:
            whole = self.whole(folder)
            with (folder.folder / "manifest").open("ab") as file:
                file.write(b"x")
            folder.result.unlink()
            self.assertIn("--fork", self.ends(65, batch(folder)).stderr)
            self.ends(0, batch(folder, "--fork", folder.path / "again.batch"))
            self.assertEqual(folder.result.read_bytes(), whole)

    def test_one_point_again(self):
        with StudyFolder(agents=20_000, replications=2) as folder:
            done = self.ends(0, batch(folder, "--point", 5, "--replication", 1))
            self.assertIn("pains.scuffed.severity", done.stdout)
            self.assertFalse(folder.folder.exists())
            self.ends(2, batch(folder, "--point", 12))

    def test_a_dry_run_knows_what_is_done(self):
        with StudyFolder() as folder:
            self.ends(0, batch(folder, "--shard", "1/3"))
            there = json.loads(self.ends(0, batch(folder, "--dry-run", "--json", "-")).stdout)
            self.assertEqual(there["units"]["found"], len(folder.units()))
            self.assertGreater(there["units"]["found"], 0)

    def test_a_dry_run_does_nothing(self):
        with StudyFolder(agents=2_000, replications=2) as folder:
            report = json.loads(self.ends(0, batch(folder, "--dry-run", "--json", "-")).stdout)
            self.assertEqual((report["points"], report["replications"], report["runs"], report["scenarios"]), (12, 2, 24, 1))
            for name in ("seconds", "memory_bytes", "units_bytes", "result_bytes"):
                self.assertGreater(report["performance"][name], 0)
            self.assertIn("Runs", self.ends(0, batch(folder, "--dry-run")).stdout)
            self.assertFalse(folder.folder.exists())

    def test_progress_as_json_is_a_line_each(self):
        with StudyFolder(agents=300_000, replications=2) as folder:
            with subprocess.Popen([PROGRAM, "batch", str(folder.study), "--threads", "1", "--progress", "json", "--quiet"], env=ENVIRONMENT,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
                while not folder.units() and process.poll() is None:
                    time.sleep(0.005)
                process.send_signal(signal.SIGSTOP)
                time.sleep(1.2)  # a line a second
                process.send_signal(signal.SIGCONT)
                _, errors = process.communicate(timeout=60)
            lines = [json.loads(line) for line in errors.splitlines()]
            self.assertTrue(lines)
            self.assertTrue(all(line["format"] == "sojourn.progress/1" and line["planned"] == 24 for line in lines))

    def test_tables_and_page(self):
        with StudyFolder(agents=2_000, replications=2) as folder:
            self.whole(folder, "--csv", folder.path / "tables")
            tables = {path.name: list(csv.DictReader(path.read_text().splitlines())) for path in (folder.path / "tables").iterdir()}
            self.assertEqual(len(tables["points.csv"]), 12)
            self.assertEqual(tables["points.csv"][0]["pains.scuffed.severity"], "1")
            nps = [row for row in tables["overall.csv"] if row["figure"] == "nps"]
            self.assertEqual(len(nps), 12 * 2 * 2)
            import h5py
            with h5py.File(folder.result) as file:
                self.assertEqual(float(nps[-1]["estimate"]), file["nps"][11, 1, 1, 0])
            self.assertIn("persona", tables["personas.csv"][0])
            self.assertIn("answer", tables["answers.csv"][0])
            page = self.ends(0, sojourn("show", folder.result)).stdout
            self.assertIn("Points: 12 (design 'grid'), replications: 2, what-ifs: 1", page)
            self.assertIn("Punkte: 12 ", self.ends(0, sojourn("show", folder.result, "--lang", "de")).stdout)
            self.ends(2, sojourn("show", folder.result, "--to", "yaml"))
            shown = json.loads(self.ends(0, sojourn("show", folder.result, "--to", "json")).stdout)
            self.assertEqual(shown["format"], "sojourn.study/1")
            severity = shown["results"]["factors"][0]
            self.assertEqual((severity["address"], severity["values"][:4]), ("pains.scuffed.severity", [1, 1, 1, 2]))
            with h5py.File(folder.result) as file:
                for scenario in (0, 1):
                    means = file["nps"][:, :, scenario, 0].mean(axis=1)
                    for found, mean in zip(shown["results"]["means"]["nps"][scenario], means):
                        self.assertAlmostEqual(found, mean, 9)
            self.assertEqual(shown["analysis"]["pareto"]["among"], 24)

    def test_a_study_changed_behind_its_result(self):
        """What differs is told although there is a result; and what no figure hangs on is written anew."""
        with StudyFolder(replications=2) as folder:
            before = self.whole(folder)
            study = folder.study.read_text()
            folder.study.write_text(study.replace("agents: 200", "agents: 300"))
            done = self.ends(65, batch(folder))
            self.assertIn("agents", done.stderr)
            self.assertIn("another study", done.stderr)
            self.assertEqual(folder.result.read_bytes(), before)
            shutil.rmtree(folder.folder)
            self.assertIn("study_digest", self.ends(73, batch(folder)).stderr)
            folder.study.write_text(study.replace("Two stops, varied", "Two stops, called otherwise"))
            self.ends(0, batch(folder))
            self.assertIn(b"called otherwise", folder.result.read_bytes())
            again = folder.result.read_bytes()
            folder.result.unlink()
            self.assertEqual(self.whole(folder), again)

    def test_nothing_is_put_among_the_units(self):
        with StudyFolder(replications=2) as folder:
            self.whole(folder)
            for option in ("--out", "--json", "--report"):
                done = self.ends(2, batch(folder, option, folder.folder / "manifest", "--force"))
                self.assertIn("units", done.stderr)
            self.ends(2, sojourn("merge", folder.study, "--out", folder.folder / "manifest", "--force"))
            self.ends(0, batch(folder))

    def test_scripts_finish_and_refuse_names_that_break_them(self):
        with StudyFolder(replications=2) as folder:
            for tool, words in (("slurm", ("--on-error finish", "afterany")), ("make", ("--on-error finish", "$$? -eq 65")),
                                ("snakemake", ("--on-error finish", "$? -eq 65"))):
                text = self.ends(0, batch(folder, "--emit", tool, "--on-error", "finish")).stdout
                for word in words:
                    self.assertIn(word, text)
                self.assertNotIn("finish", self.ends(0, batch(folder, "--emit", tool)).stdout)
            odd = folder.path / "a\ntouch pwned #.yaml"
            odd.write_bytes(folder.study.read_bytes())
            for tool in ("slurm", "make", "snakemake"):
                self.ends(2, sojourn("batch", odd, "--emit", tool))
            braces = folder.path / "{u}.yaml"
            braces.write_bytes(folder.study.read_bytes())
            self.ends(2, sojourn("batch", braces, "--emit", "snakemake"))
            self.ends(0, sojourn("batch", braces, "--emit", "make"))

    def test_the_page_of_one_that_runs_elsewhere(self):
        with StudyFolder(replications=2) as folder:
            parts = [folder.path / "one", folder.path / "two"]
            for k, place in enumerate(parts, 1):
                self.ends(0, batch(folder, "--shard", f"{k}/3", "--dir", place))
            page = folder.path / "half.html"
            self.ends(66, sojourn("report", folder.study, "--out", page))
            self.ends(0, sojourn("report", folder.study, "--dir", parts[0], "--dir", parts[1], "--out", page))
            self.assertIn('"progress"', page.read_text())
            self.ends(66, sojourn("report", folder.study, "--dir", folder.path / "none", "--out", folder.path / "x.html"))
            self.whole(folder)
            self.ends(2, sojourn("report", folder.result, "--dir", parts[0], "--out", folder.path / "x.html"))
            self.assertFalse((folder.path / "x.html").exists())

    def test_given_again_it_changes_nothing(self):
        with StudyFolder(agents=2_000, replications=2) as folder:
            tables, report = folder.path / "tables", folder.path / "report.json"
            page = folder.path / "study.html"
            again = ("--csv", tables, "--json", report, "--report", page, "--quiet")
            whole = self.whole(folder, *again)
            before = {path.name: path.read_bytes() for path in tables.iterdir()}
            self.assertIn("provenance.json", before)
            (tables / "mine.txt").write_text("mine")
            # A name that tables of other studies have.
            spare = next(name for name in ("touchpoints.csv", "pains.csv", "goals.csv", "scores.csv") if name not in before)
            (tables / spare).write_text("mine, too")
            (tables / "points.csv").unlink()
            self.assertEqual(self.whole(folder, *again), whole)
            self.ends(0, sojourn("merge", folder.study, *again))
            self.assertEqual({path.name: path.read_bytes() for path in tables.iterdir()}, {**before, "mine.txt": b"mine", spare: b"mine, too"})
            (tables / "points.csv").write_text("changed by hand")
            self.ends(73, batch(folder, *again))
            self.assertEqual((tables / "points.csv").read_text(), "changed by hand")
            self.ends(0, batch(folder, *again, "--force"))
            self.assertEqual((tables / "points.csv").read_bytes(), before["points.csv"])
            for mine in (report, page):
                was = mine.read_text()
                mine.write_text("{}")
                self.ends(73, batch(folder, *again))
                self.assertEqual(mine.read_text(), "{}")
                mine.write_text(was)
            self.ends(0, batch(folder, *again))
            report.unlink()
            page.unlink()
            folder.study.write_text(folder.study.read_text() + "seed: 2\n")
            other = ("--dir", folder.path / "other.batch", "--out", folder.path / "other.h5", *again)
            self.ends(73, batch(folder, *other))  # the tables of another study
            self.assertEqual((tables / "points.csv").read_bytes(), before["points.csv"])

    def test_rows_of_agents(self):
        with StudyFolder(agents=1_500, replications=2, keep="metrics, agents") as folder:
            whole = self.whole(folder, "--threads", 1)
            for way in ("threads", "shards", "processes"):
                folder.clear()
                if way == "threads":
                    self.ends(0, batch(folder, "--threads", 3))
                elif way == "shards":
                    for k in (2, 1):
                        self.ends(0, batch(folder, "--shard", f"{k}/2"))
                    self.ends(0, sojourn("merge", folder.study))
                elif shutil.which("mpirun") and (Path(PROGRAM).parent / "sojourn-mpi").exists():
                    command = ["mpirun", "--oversubscribe", "--allow-run-as-root", "--bind-to", "none", "-n", "2", PROGRAM, "batch"]
                    subprocess.run([*command, str(folder.study), "--quiet"], env=ENVIRONMENT, check=True, timeout=100)
                else:
                    continue
                self.assertEqual(folder.result.read_bytes(), whole, way)
            self.ends(0, batch(folder))
            self.assertIn("Points: 12 ", self.ends(0, sojourn("show", folder.result)).stdout)
            import h5py
            with h5py.File(folder.result) as file:
                rows = {name: column[:] for name, column in file["journeys"].items() if name != "journey"}
                self.assertEqual(len(rows["agent"]), 12 * 2 * 2 * 1_500)
                self.assertEqual(file["journeys/cost"].chunks, (1 << 17,) if len(rows["agent"]) > 1 << 17 else (len(rows["agent"]),))
                here = (rows["point"] == 7) & (rows["replication"] == 1) & (rows["scenario"] == 1)
                self.assertEqual(list(rows["agent"][here]), list(range(1_500)))
                # Means of what nothing but counting estimates are those of the figures.
                personas, outcomes = (file[f"journeys/{name}"].attrs["flag_meanings"].split() for name in ("persona", "outcome"))
                self.assertEqual(file["journeys/outcome"].attrs["flag_values"][0], -1)
            # Point 7 is the journey as it is written.
            plain = json.loads(self.ends(0, sojourn("compare", folder.path / "journey.yaml", folder.path / "faster.yaml", "--agents", 1_500,
                                                    "--replicate", 1, "--plain", "--json", "-")).stdout)["scenarios"][0]["result"]["overall"]
            for name in ("score", "promoters", "satisfaction", "success", "abandoned", "visits", "elapsed_hours", "effort", "cost", "value"):
                self.assertAlmostEqual(rows[name][here].mean(), plain[name]["estimate"], 9, name)
            for agent in (0, 11, 1_499):
                traced = json.loads(self.ends(0, sojourn("trace", folder.path / "journey.yaml", "--with", folder.path / "faster.yaml",
                                                         "--agent", agent, "--replicate", 1, "--json", "-")).stdout)
                for scenario, journey in ((0, traced["base"]), (1, traced["with"])):
                    row = int(((7 * 2 + 1) * 2 + scenario) * 1_500 + agent)
                    self.assertEqual(personas[rows["persona"][row]], traced["persona"])
                    self.assertEqual(outcomes[rows["outcome"][row] + 1], journey["outcome"])
                    self.assertEqual(rows["visits"][row], len(journey["visits"]))
                    self.assertEqual(rows["satisfaction"][row], journey["satisfaction"])
                    self.assertAlmostEqual(rows["promoters"][row], sum(journey["scores"][9:]), 8)
                    self.assertAlmostEqual(rows["score"][row], sum(k * share for k, share in enumerate(journey["scores"])), 7)
                    last = journey["visits"][-1]
                    self.assertAlmostEqual(rows["elapsed_hours"][row], last["arrived_hours"] + last["duration_hours"], 9)

    def test_rows_of_agents_open_labelled_elsewhere(self):
        try:
            import xarray
        except ImportError:
            self.skipTest("xarray is not there")
        with StudyFolder(agents=500, replications=2, keep="agents") as folder:
            self.whole(folder)
            with xarray.open_dataset(folder.result, group="journeys", engine="h5netcdf") as journeys:
                table = journeys.to_dataframe()
            self.assertEqual(len(table), 12 * 2 * 2 * 500)
            self.assertEqual(str(table["success"].dtype), "int8")
            self.assertEqual(table.index.name, "journey")
            self.assertEqual(len(table.groupby(["point", "replication", "scenario"])), 48)
            with xarray.open_dataset(folder.result, engine="h5netcdf") as study:
                self.assertEqual(study.sizes["point"], 12)

    def test_rows_of_too_many_agents_are_refused(self):
        with StudyFolder(agents=2_000_000, replications=2, keep="agents") as folder:
            done = self.ends(65, batch(folder))
            self.assertIn("agents: 500000' and more replications", done.stderr)
            self.assertFalse(folder.folder.exists())
        with StudyFolder(agents=100_000, replications=2, keep="agents") as folder:
            report = json.loads(self.ends(0, batch(folder, "--dry-run", "--json", "-")).stdout)
            self.assertGreater(report["performance"]["result_bytes"], 12 * 2 * 2 * 100_000 * 97)


if __name__ == "__main__":
    unittest.main()
