"""`mpirun -n R sojourn batch` gives the bytes that one process gives, and leaves what another number of processes goes on with."""

import os
import shutil
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

from studies import ENVIRONMENT, PROGRAM, StudyFolder, batch

MPIRUN = ["mpirun", "--oversubscribe", "--allow-run-as-root", "--bind-to", "none"]


def mpirun(processes, folder, *arguments, **options):
    return subprocess.run([*MPIRUN, "-n", str(processes), PROGRAM, "batch", str(folder.study), *map(str, arguments)], capture_output=True,
                          text=True, timeout=250, check=False, env=ENVIRONMENT, **options)


class Processes(unittest.TestCase):
    def test_any_number_of_processes_gives_the_same_bytes(self):
        with StudyFolder() as folder:
            self.assertEqual(batch(folder, "--quiet").returncode, 0)
            whole = folder.result.read_bytes()
            for processes, threads in ((1, 1), (2, 1), (3, 1), (2, 2)):
                with self.subTest(processes=processes, threads=threads):
                    folder.clear()
                    done = mpirun(processes, folder, "--threads", threads, "--quiet")
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(folder.result.read_bytes(), whole)
                    self.assertEqual(folder.stray(), [])

    def test_a_killed_process_ends_the_job_and_others_go_on(self):
        with StudyFolder(agents=300_000, replications=2) as folder:
            self.assertEqual(batch(folder, "--quiet").returncode, 0)
            whole = folder.result.read_bytes()
            for rank in ("1", "0"):
                folder.clear()
                with subprocess.Popen([*MPIRUN, "-n", "3", PROGRAM, "batch", str(folder.study), "--threads", "1", "--quiet"],
                                      env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as job:
                    while len(folder.units()) < 2 and job.poll() is None:
                        time.sleep(0.01)
                    os.kill(process_of(folder, rank), signal.SIGKILL)
                    self.assertNotEqual(job.wait(30), 0)
                self.assertFalse(folder.result.exists())
                done = mpirun(2, folder, "--threads", 1, "--quiet")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(folder.result.read_bytes(), whole)

    def test_a_stopped_job_goes_on(self):
        with StudyFolder(agents=300_000, replications=2) as folder:
            self.assertEqual(batch(folder, "--quiet").returncode, 0)
            whole = folder.result.read_bytes()
            folder.clear()
            with subprocess.Popen([*MPIRUN, "-n", "2", PROGRAM, "batch", str(folder.study), "--threads", "1", "--quiet"],
                                  env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as job:
                while len(folder.units()) < 2 and job.poll() is None:
                    time.sleep(0.01)
                job.send_signal(signal.SIGTERM)
                self.assertNotEqual(job.wait(30), 0)
            self.assertFalse(folder.result.exists())
            self.assertEqual(batch(folder, "--quiet").returncode, 0)
            self.assertEqual(folder.result.read_bytes(), whole)

    def test_a_mistake_is_told_once(self):
        with StudyFolder() as folder:
            folder.study.write_text("study: S\njourney: nowhere.yaml\n")
            done = mpirun(3, folder)
            self.assertEqual(done.returncode, 65, done.stderr)
            self.assertEqual(done.stderr.count("cannot be read"), 1, done.stderr)


def process_of(folder, rank):
    """The process of a rank that works on this study."""
    for entry in Path("/proc").iterdir():
        try:
            if str(folder.study) not in (entry / "cmdline").read_text():
                continue
            if f"OMPI_COMM_WORLD_RANK={rank}\0" in (entry / "environ").read_text():
                return int(entry.name)
        except (OSError, UnicodeDecodeError):
            continue
    raise AssertionError("no such process")


if __name__ == "__main__":
    if not shutil.which("mpirun") or not (Path(PROGRAM).parent / "sojourn-mpi").exists():
        print("mpirun or sojourn-mpi is not here (libopenmpi-dev, openmpi-bin)")
        sys.exit(77)
    unittest.main()
