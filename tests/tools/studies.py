"""What tests of `batch` and `merge` share: a small study, and the program run on it (SOJOURN_PROGRAM)."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["SOJOURN_PROGRAM"]
SCENARIOS = Path(os.environ["SOJOURN_SOURCE_DIR"]) / "scenarios"
ENVIRONMENT = {"PATH": os.path.dirname(PROGRAM) + ":" + os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": os.environ.get("HOME", "/")}
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
    if name in os.environ:
        ENVIRONMENT[name] = os.environ[name]

STUDY = """study: Two stops, varied
journey: journey.yaml
scenarios: [faster.yaml]
factors:
  pains.scuffed.severity: [1, 2, 3, 4]
  personas.hurried.loss_aversion: [1, 2, 3]
design: {{grid: {{}}}}
replications: {replications}
agents: {agents}
keep: [{keep}]
"""


class StudyFolder:
    """A folder with a journey, a scenario and study.yaml: 12 points. Few agents and many replications give many units (one for each
    point) for little work. Use in a with statement."""

    def __init__(self, agents=200, replications=16, keep="metrics, personas, touchpoints, scores", where=None):
        self.path = Path(tempfile.mkdtemp(prefix="sojourn-study-", dir=where))
        for file in ("journey.yaml", "faster.yaml"):
            shutil.copy(SCENARIOS / "two_stop" / file, self.path)
        self.study = self.path / "study.yaml"
        self.study.write_text(STUDY.format(agents=agents, replications=replications, keep=keep))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)

    @property
    def result(self):
        return self.path / "study.h5"

    @property
    def folder(self):
        return self.path / "study.batch"

    def units(self):
        return sorted((self.folder / "units").glob("*.unit"))

    def clear(self):
        """As before anything was run."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.result.unlink(missing_ok=True)

    def stray(self):
        """Files that no finished run leaves."""
        known = {"journey.yaml", "faster.yaml", "study.yaml", "study.h5"}
        top = [entry.name for entry in self.path.iterdir() if entry.is_file() and entry.name not in known]
        inner = [str(entry.relative_to(self.folder)) for entry in self.folder.rglob("*")
                 if entry.is_file() and entry.name not in ("lock", "manifest") and entry.suffix != ".unit"]
        return top + inner

    def digest(self):
        return hashlib.sha256(self.result.read_bytes()).hexdigest()


def sojourn(*arguments, variables=None, **options):
    """Runs the program; its output as text."""
    options.setdefault("timeout", 250)
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                          env={**ENVIRONMENT, **(variables or {})}, check=False, **options)


def batch(folder, *arguments, **options):
    return sojourn("batch", folder.study, *arguments, **options)


class StudyCase(unittest.TestCase):
    """What tests of studies ask of each command."""

    def ends(self, code, done):
        self.assertEqual(done.returncode, code, f"{done.args}\n{done.stdout}\n{done.stderr}")
        for word in ("terminate called", "Segmentation", "std::", "Aborted"):
            self.assertNotIn(word, done.stderr)
        return done

    def whole(self, folder, *arguments):
        """The bytes of an unbroken run."""
        self.ends(0, batch(folder, *arguments))
        return folder.result.read_bytes()
