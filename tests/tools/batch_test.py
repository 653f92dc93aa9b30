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

from studies import ENVIRONMENT, PROGRAM, StudyCase, StudyFolder, batch, sojourn


class Studies(StudyCase):
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
            journey.write_text(text)
            scenario = folder.path / "faster.yaml"
            as_it_was = scenario.read_text()
            scenario.write_text(as_it_was.replace("changes:", "changes:\n  - {set: pains.scuffed.severity, to: 1}"))
            self.assertRegex(self.ends(65, batch(folder)).stderr, r"\(scenario 1: [0-9a-f]{64} there, [0-9a-f]{64} now\)")
            scenario.write_text(as_it_was)
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

    def test_what_killed_ones_left_of_a_manifest_is_swept_and_nothing_else(self):
        with StudyFolder(agents=200, replications=2) as folder:
            self.ends(0, batch(folder))
            left, mine = folder.folder / ".manifest.1234.tmp", folder.folder / "notes.tmp"
            left.write_text("cut o")
            mine.write_text("mine")
            folder.result.unlink()
            self.ends(0, batch(folder))
            self.assertFalse(left.exists())
            self.assertEqual(mine.read_text(), "mine")

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
            folder.study.write_text(folder.study.read_text().replace("agents: 200", "agents: 300"))
            there = json.loads(self.ends(0, batch(folder, "--dry-run", "--json", "-")).stdout)
            self.assertEqual(there["units"]["found"], 0, "those of another study")

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


if __name__ == "__main__":
    unittest.main()
