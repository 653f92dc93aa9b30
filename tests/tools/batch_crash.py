"""What a study survives: kills, devices that fail, full disks, damage. The preloaded SOJOURN_FAULTS (tests/preload/faults.cpp) kills and
fails at the n-th call; every trial prints its seed where it goes wrong."""

import os
import random
import shutil
import subprocess
import sys
import time
import unittest

from studies import ENVIRONMENT, PROGRAM, StudyFolder, batch, sojourn

FAULTS = os.environ.get("SOJOURN_FAULTS", "")
KINDS = ("open", "write", "fsync", "rename", "close")
# How a run may end that could not write: its own codes, never a crash. 130, 143: not here, for nobody sends a signal.
DOCUMENTED = {0, 65, 66, 73, 74}


def faulty(folder, fault, *arguments, count=None, verb="batch"):
    variables = {"LD_PRELOAD": FAULTS, "SOJOURN_FAULT_UNDER": str(folder.path), "SOJOURN_FAULT": fault}
    if count:
        variables["SOJOURN_FAULT_COUNT"] = str(count)
    return sojourn(verb, folder.study, "--quiet", *arguments, variables=variables)


def calls(folder, *arguments, verb="batch"):
    """How often an unbroken run opens, writes, flushes, renames and closes files in its folder."""
    count = folder.path.parent / (folder.path.name + ".count")
    done = faulty(folder, "any:0:none", *arguments, count=count, verb=verb)
    assert done.returncode == 0, done.stderr
    counts = {kind: int(number) for kind, number in (line.split() for line in count.read_text().splitlines())}
    count.unlink()
    return counts


class Crashes(unittest.TestCase):
    """`scale` is a share of the whole evidence: 200 kills, every n, 2,000 damages."""

    scale = 0.01
    seed = 20261122

    @classmethod
    def setUpClass(cls):
        if not FAULTS:
            raise unittest.SkipTest("the preloaded library does not go with sanitizers")
        cls.study = StudyFolder(agents=200, replications=16, keep="metrics, agents")
        done = batch(cls.study, "--quiet")
        assert done.returncode == 0, done.stderr
        cls.whole = cls.study.result.read_bytes()
        cls.finished = cls.study.path / "finished"
        shutil.copytree(cls.study.folder, cls.finished)
        cls.study.clear()
        cls.counts = calls(cls.study, "--threads", "1")
        cls.random = random.Random(cls.seed)

    @classmethod
    def tearDownClass(cls):
        cls.study.__exit__()

    def many(self, whole):
        return max(2, round(whole * self.scale))

    def resume_however(self):
        """Goes on with other threads, or in shards and merged."""
        way = self.random.choice(("threads", "threads", "shards"))
        if way == "threads":
            done = batch(self.study, "--quiet", "--threads", self.random.choice((1, 2, 3, 4)))
        else:
            shards = self.random.choice((2, 3, 5))
            for k in self.random.sample(range(1, shards + 1), shards):
                done = batch(self.study, "--quiet", "--shard", f"{k}/{shards}")
                self.assertEqual(done.returncode, 0, done.stderr)
            done = sojourn("merge", self.study.study, "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.study.result.read_bytes(), self.whole, "the resumed result")

    def test_killed_at_any_time(self):
        """kill -9 at a random time, up to three times, then resumed with other threads or shards."""
        trials = self.many(100)
        started = time.monotonic()
        self.study.clear()
        batch(self.study, "--quiet", "--threads", "2")
        usual = time.monotonic() - started
        finished = 0
        for trial in range(trials):
            self.study.clear()
            for _ in range(self.random.choice((1, 1, 2, 3))):
                command = [PROGRAM, "batch", str(self.study.study), "--quiet", "--threads", str(self.random.choice((1, 2, 4)))]
                with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
                    try:
                        process.wait(self.random.uniform(0, usual))
                        finished += 1
                    except subprocess.TimeoutExpired:
                        process.kill()
            with self.subTest(trial=trial):
                self.resume_however()
                self.assertEqual(self.study.stray(), [])
        print(f"killed at random times: {trials} trials resumed, all byte for byte the unbroken result ({finished} runs were done before)")

    def test_killed_at_armed_points(self):
        """kill -9 before, within and behind the n-th call, writing units and the result."""
        trials = self.many(100)
        for trial in range(trials):
            kind = self.random.choice(KINDS)
            at = self.random.randint(1, self.counts[kind])
            action = self.random.choice(("kill", "half", "killed"))
            with self.subTest(trial=trial, fault=f"{kind}:{at}:{action}"):
                self.study.clear()
                done = faulty(self.study, f"{kind}:{at}:{action}", "--threads", "1")
                self.assertEqual(done.returncode, -9)
                self.resume_however()
                self.assertEqual(self.study.stray(), [])
        print(f"killed at armed points: {trials} trials resumed, all byte for byte the unbroken result")

    def test_killed_while_merging(self):
        """In the midst of the result, the tables or the report; what is left half-written is swept by whoever comes next."""
        trials = self.many(30)
        outputs = ("--csv", self.study.path / "tables", "--json", self.study.path / "report.json")
        self.restore_units()
        counts = calls(self.study, *outputs, verb="merge")
        tables = {path.name: path.read_bytes() for path in (self.study.path / "tables").iterdir()}
        left = 0
        for trial in range(trials):
            kind = self.random.choice(("write", "fsync", "rename", "close"))
            at = self.random.randint(1, counts[kind])
            action = self.random.choice(("kill", "half", "killed"))
            with self.subTest(trial=trial, fault=f"{kind}:{at}:{action}"):
                self.restore_units()
                done = faulty(self.study, f"{kind}:{at}:{action}", *outputs, verb="merge")
                self.assertEqual(done.returncode, -9, done.stderr)
                left += any(path.name.endswith(".tmp") for path in self.study.path.iterdir())
                done = sojourn("merge", self.study.study, "--quiet", *outputs)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(self.study.result.read_bytes(), self.whole)
                self.assertEqual({path.name: path.read_bytes() for path in (self.study.path / "tables").iterdir()}, tables)
                self.assertEqual([path.name for path in self.study.path.iterdir() if path.name.endswith(".tmp")], [])
        self.restore_units()
        print(f"killed while merging: {trials} trials, {left} of them left something half-written, which the next run took away")

    def restore_units(self):
        """All units done, no result yet."""
        self.study.clear()
        shutil.rmtree(self.study.path / "tables", ignore_errors=True)
        (self.study.path / "report.json").unlink(missing_ok=True)
        shutil.copytree(self.finished, self.study.folder)

    def test_every_call_may_fail(self):
        """The n-th call fails, for every n (a sample of them below the full scale): success or a documented exit, no invalid result,
        and resumed it is the same."""
        points = [(kind, at, action) for kind in KINDS for at in range(1, self.counts[kind] + 1)
                  for action in (("enospc", "eio", "short", "always") if kind == "write" else ("enospc", "eio", "always"))]
        if self.scale < 1:
            points = self.random.sample(points, self.many(len(points)))
        ends = {}
        for kind, at, action in points:
            with self.subTest(fault=f"{kind}:{at}:{action}"):
                self.study.clear()
                done = faulty(self.study, f"{kind}:{at}:{action}", "--threads", "1")
                self.assertIn(done.returncode, DOCUMENTED, done.stderr)
                self.assertTrue(done.returncode == 0 or done.stderr.strip(), "a message")
                if action == "short":
                    self.assertEqual(done.returncode, 0, "what is left is written by the next call")
                ends[done.returncode] = ends.get(done.returncode, 0) + 1
                if self.study.result.exists():
                    self.assertEqual(self.study.result.read_bytes(), self.whole, "a published result")
                else:
                    self.assertNotEqual(done.returncode, 0)
                self.assertEqual([name for name in self.study.stray() if name.endswith(".tmp")], [])
                done = batch(self.study, "--quiet")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(self.study.result.read_bytes(), self.whole, "the resumed result")
        print(f"failing calls: {len(points)} points, exits {dict(sorted(ends.items()))}, no invalid result, all resumed to the same bytes")

    def test_damage_is_never_silent(self):
        """Flips, cuts, zeroed blocks and swaps of units, manifest and result."""
        trials = self.many(2000)
        told = {"result": 0, "unit": 0, "manifest": 0}
        for trial in range(trials):
            self.study.clear()
            shutil.copytree(self.finished, self.study.folder)
            self.study.result.write_bytes(self.whole)
            what = self.random.choices(("unit", "result", "manifest"), (6, 3, 1))[0]
            with self.subTest(trial=trial, what=what):
                if what == "result":
                    self.damage(self.study.result)
                    self.assertEqual(sojourn("show", self.study.result).returncode, 65)
                    self.assertEqual(batch(self.study, "--quiet").returncode, 73)
                elif what == "manifest":
                    self.damage(self.study.folder / "manifest")
                    self.assertEqual(sojourn("merge", self.study.study).returncode, 65)
                else:
                    self.damage(self.random.choice(self.study.units()))
                    self.study.result.unlink()
                    done = sojourn("merge", self.study.study)
                    self.assertEqual(done.returncode, 65, done.stderr)
                    self.assertIn("of the study are not there", done.stderr)
                    self.assertFalse(self.study.result.exists())
                    done = batch(self.study)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertIn("is made again", done.stderr)
                    self.assertEqual(self.study.result.read_bytes(), self.whole)
                told[what] += 1
        print(f"damages: {trials} ({told}), none silently taken")

    def damage(self, path):
        content = bytearray(path.read_bytes())
        before = bytes(content)
        while bytes(content) == before:
            how = self.random.choice(("flip", "flip", "cut", "zero", "swap"))
            at = self.random.randrange(len(content))
            if how == "flip":
                content[at] ^= 1 << self.random.randrange(8)
            elif how == "cut":
                del content[at:]
            elif how == "zero":
                content[at:at + 512] = bytes(len(content[at:at + 512]))
            elif path.suffix == ".unit":
                content = bytearray(self.random.choice(self.study.units()).read_bytes())
            else:
                other = self.random.randrange(len(content))
                content[at], content[other] = content[other], content[at]
        path.write_bytes(content)

    def test_a_full_disk(self):
        """A tmpfs that is too small, at every size from nothing to enough; then given room."""
        if os.geteuid() != 0 or not shutil.which("unshare"):
            self.skipTest("only root mounts a file system")
        place = self.study.path / "small"
        place.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(place)], capture_output=True, check=False).returncode:
            self.skipTest("no tmpfs can be mounted here")
        try:
            outside = sum(path.stat().st_size + 4096 for path in self.finished.rglob("*")) + len(self.whole)
            sizes = [64 << 10, 128 << 10] + sorted(self.random.randrange(64 << 10, outside) for _ in range(self.many(40)))
            for size in sizes:
                with self.subTest(size=size):
                    subprocess.run(["mount", "-o", f"remount,size={size}", str(place)], check=True)
                    arguments = ("--dir", place / "units", "--out", place / "study.h5", "--quiet")
                    done = batch(self.study, *arguments)
                    self.assertIn(done.returncode, (0, 74), done.stderr)
                    self.assertEqual((place / "study.h5").exists(), done.returncode == 0)
                    if done.returncode == 74:
                        self.assertIn("no space left", done.stderr)
                    subprocess.run(["mount", "-o", "remount,size=64m", str(place)], check=True)
                    done = batch(self.study, *arguments)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual((place / "study.h5").read_bytes(), self.whole)
                    shutil.rmtree(place / "units")
                    (place / "study.h5").unlink()
            print(f"full disk: {len(sizes)} sizes")
        finally:
            subprocess.run(["umount", str(place)], check=False)
            place.rmdir()


if __name__ == "__main__":
    sys.exit(0)
