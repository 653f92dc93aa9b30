"""A study in a real Slurm of one node, started here and ended again, and with GNU parallel. Debian: slurmctld slurmd slurm-client munge;
without them, or where they cannot be started, it is skipped with the reason."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from studies import ENVIRONMENT, PROGRAM, StudyFolder, batch, sojourn

NEEDED = ("slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "munged", "mungekey")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Slurm:
    """slurmctld, slurmd and munged of our own, in a folder of our own."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="sojourn-slurm-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.daemons = []
        host = socket.gethostname().split(".")[0]
        self.socket = self.folder / "munge" / "socket"
        (self.folder / "munge").mkdir(mode=0o755)
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        (self.folder / "slurm.conf").write_text(f"""ClusterName=sojourn
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={self.socket}
CredType=cred/munge
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SlurmctldPort={free_port()}
SlurmdPort={free_port()}
SlurmctldPidFile={self.folder}/slurmctld.pid
SlurmdPidFile={self.folder}/slurmd.pid
StateSaveLocation={self.folder}/state
SlurmdSpoolDir={self.folder}/spool
SchedulerType=sched/backfill
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
NodeName={host} NodeAddr=127.0.0.1 CPUs={os.cpu_count()} State=UNKNOWN
PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP
""")
        self.environment = {**ENVIRONMENT, "SLURM_CONF": str(self.folder / "slurm.conf"), "HOME": os.environ.get("HOME", "/")}
        self.host = host

    def start(self):
        """Empty where it runs, else why not."""
        key = self.folder / "munge" / "key"
        subprocess.run(["mungekey", "--create", f"--keyfile={key}"], check=True, capture_output=True)
        for command in (["munged", "--foreground", "--force", f"--key-file={key}", f"--socket={self.socket}",
                         f"--pid-file={self.folder}/munge/pid", f"--log-file={self.folder}/munge/log", f"--seed-file={self.folder}/munge/seed"],
                        ["slurmctld", "-D", "-c", "-f", str(self.folder / "slurm.conf")],
                        ["slurmd", "-D", "-c", "-f", str(self.folder / "slurm.conf"), "-N", self.host]):
            with (self.folder / f"{command[0]}.out").open("w") as log:
                self.daemons.append(subprocess.Popen(command, stdout=log, stderr=log, env=self.environment))
            time.sleep(0.5)
            if self.daemons[-1].poll() is not None:
                return f"{command[0]} ends: " + (self.folder / f"{command[0]}.out").read_text()[-500:]
        for _ in range(100):
            shown = subprocess.run(["sinfo", "-h", "-o", "%t"], capture_output=True, text=True, env=self.environment, check=False)
            if shown.stdout.strip() == "idle":
                return ""
            time.sleep(0.3)
        return "its node does not become idle: " + shown.stdout + shown.stderr

    def stop(self):
        for daemon in reversed(self.daemons):
            daemon.terminate()
        for daemon in reversed(self.daemons):
            try:
                daemon.wait(20)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def wait_for(self, job):
        """Until it is over; what it ended with."""
        for _ in range(400):
            queue = subprocess.run(["squeue", "-h", "-j", job], capture_output=True, text=True, env=self.environment, check=False)
            if not queue.stdout.strip():
                break
            time.sleep(0.3)
        shown = subprocess.run(["scontrol", "show", "job", job, "--oneliner"], capture_output=True, text=True, env=self.environment,
                               check=False).stdout
        return [word for line in shown.splitlines() for word in line.split() if word.startswith("JobState=")]


class Clusters(unittest.TestCase):
    def test_an_array_of_a_real_slurm(self):
        missing = [name for name in NEEDED if not shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin")]
        if missing or os.geteuid() != 0:
            self.skipTest(f"not here: {', '.join(missing) or 'root, who may start daemons for all'}")
        ENVIRONMENT["PATH"] += ":/usr/sbin"
        slurm = Slurm()
        try:
            problem = slurm.start()
            if problem:
                self.skipTest(f"Slurm cannot be started here: {problem}")
            with StudyFolder() as folder:
                self.assertEqual(batch(folder, "--quiet").returncode, 0)
                whole = folder.result.read_bytes()
                folder.clear()
                script = sojourn("batch", "study.yaml", "--emit", "slurm", "--shards", 3, cwd=folder.path).stdout
                (folder.path / "study.sbatch").write_text(script.replace("--cpus-per-task=4", "--cpus-per-task=1"))
                submitted = subprocess.run(["sbatch", "--parsable", "study.sbatch"], cwd=folder.path, capture_output=True, text=True,
                                           env=slurm.environment, check=False)
                self.assertEqual(submitted.returncode, 0, submitted.stderr)
                array = submitted.stdout.strip()
                merge = subprocess.run(["sbatch", "--parsable", f"--dependency=afterok:{array}", "--wrap", "sojourn merge study.yaml"],
                                       cwd=folder.path, capture_output=True, text=True, env=slurm.environment, check=True).stdout.strip()
                self.assertEqual(slurm.wait_for(array), ["JobState=COMPLETED"] * 3)
                self.assertEqual(slurm.wait_for(merge), ["JobState=COMPLETED"])
                said = "".join(path.read_text() for path in sorted(folder.path.glob(f"slurm-{array}_*.out")))
                for part in (1, 2, 3):
                    self.assertIn(f"part {part} of 3", said)
                self.assertEqual(folder.result.read_bytes(), whole)
            print("Slurm: an array of 3 tasks, then the merge: the bytes of one process")
        finally:
            slurm.stop()

    def test_gnu_parallel(self):
        if not shutil.which("parallel"):
            self.skipTest("GNU parallel is not here")
        with StudyFolder() as folder:
            self.assertEqual(batch(folder, "--quiet").returncode, 0)
            whole = folder.result.read_bytes()
            folder.clear()
            done = subprocess.run(["parallel", "--will-cite", PROGRAM, "batch", "study.yaml", "--quiet", "--threads", "1", "--shard",
                                   "{}/3", ":::", "1", "2", "3"], cwd=folder.path, capture_output=True, text=True, env=ENVIRONMENT,
                                  timeout=250, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(sojourn("merge", "study.yaml", "--quiet", cwd=folder.path).returncode, 0)
            self.assertEqual(folder.result.read_bytes(), whole)


if __name__ == "__main__":
    sys.exit(unittest.main())
