"""The tests that a mutant meets: small programs of a folder's tests, linked for it alone, and tests in Python."""

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

# Minutes each: a mutant that they alone would find counts as one that survived.
TOO_SLOW = ("laws/calibration_test", "laws/coverage_long_test", "laws/walked_test")
# How linkers write what they take from an archive of ours: archive(member) or (archive)member.
TAKEN = re.compile(r"lib(sojourn_\w+|tests_shared)\.a(?:\(([\w.+-]+)\)|\)([\w.+-]+))")
FAILED = re.compile(r"^\[  FAILED  \] ([\w./]+)", re.MULTILINE)
FAILED_PYTHON = re.compile(r"^(?:FAIL|ERROR): (\w+)", re.MULTILINE)


class Suite(NamedTuple):
    name: str      # engine/random, laws/crowd_test, tools/batch_test.py
    target: str    # whose link command it has
    objects: tuple # of its tests
    script: str    # in Python, relative to tests/; or nothing


class Result(NamedTuple):
    passed: bool
    what: str  # the first test that failed, or how it ended
    text: str  # what it said
    cpu: float
    wall: float


def all_suites(scratch, scripts):
    """{name: Suite}. Laws are slow and have a program each; of other parts a folder has one, and one more for those that are slow."""
    found = {}
    for path, (source, _) in scratch.objects.items():
        match = re.match(r"tests/CMakeFiles/(tests_(?:engine|models|tools|laws)\w*)\.dir/", path)
        if match is None or "_long" in match[1] or not source.endswith("_test.cpp"):
            continue
        place = source.removeprefix("tests/")
        name = place.removesuffix(".cpp") if place.startswith("laws/") else str(Path(place).parent)
        if name in TOO_SLOW:
            continue
        if "slow" in match[1] and not name.startswith("laws/"):
            name += " slow"
        old = found.get((name, match[1]), ())
        found[name, match[1]] = (*old, path)
    suites = {}
    for (name, target), objects in sorted(found.items()):
        suites[name if name not in suites else f"{name} of {target}"] = Suite(name, target, objects, "")
    for script in scripts:
        suites[script] = Suite(script, "sojourn", (), script)
    return suites


class Workshop:
    """Compiles, links and runs. A mutant is a folder with the changed files, which are found before those of the tree."""

    def __init__(self, scratch):
        self.scratch = scratch
        self.known = {}  # suite: archive members that its program has
        self.times = scratch.folder / "unchanged.json"
        self.lock = threading.RLock()

    # ---- compiling ----
    def compile(self, path, folder, limit=900):
        """An object of a mutant; False if it does not build."""
        source, words = self.scratch.objects[path]
        out = folder / path
        out.parent.mkdir(parents=True, exist_ok=True)
        # An index beyond the end ends the program, as under the address sanitizer of tools/test.
        command = [words[0], f"-I{folder}", "-w", "-D_GLIBCXX_ASSERTIONS", "-o", str(out)]
        rest = iter(words[1:])
        for word in rest:
            if word in ("-o", "-MF", "-MT") or word == "-include":  # which is of precompiled headers, without that option
                next(rest)
            elif word == str(self.scratch.tree / source) and (folder / source).exists():
                command.append(str(folder / source))
            elif word not in ("-MD", "-Werror", "-Winvalid-pch"):
                command.append(word)
        return bounded(command, self.scratch.build, dict(os.environ), limit, limit).passed

    # ---- linking ----
    def link(self, suite, out, first=(), replaced=None, options=()):
        before, objects, behind = self.scratch.link_command(suite.target)
        replaced = replaced or {}
        mine = [str(replaced.get(path, path)) for path in (suite.objects or objects)]
        out.parent.mkdir(parents=True, exist_ok=True)
        return subprocess.run([*before, *options, "-o", str(out), *mine, *map(str, first), *behind], cwd=self.scratch.build,
                              capture_output=True, text=True)

    def members(self, suite):
        """The objects of the suite's program: its tests', and those that it takes from our libraries."""
        with self.lock:
            return self.linked(suite)

    def linked(self, suite):
        if suite.name not in self.known:
            # lld takes from archives what is called for, others also what merely could be; but what lld 14 links cannot catch exceptions.
            trace = ["-fuse-ld=lld", "-Wl,-t"] if shutil.which("ld.lld") else ["-Wl,-t,-t"]
            program = self.folder_of(suite) / suite.target
            done = self.link(suite, program, options=trace)
            if done.returncode == 0:
                done.returncode = self.link(suite, program).returncode
            if done.returncode != 0:
                raise RuntimeError(f"{suite.name} cannot be linked:\n{done.stderr[-2000:]}")
            names = {(library, inside or behind) for library, inside, behind in TAKEN.findall(done.stdout)}
            taken = set(suite.objects or self.scratch.link_command(suite.target)[1])
            for path, (source, _) in self.scratch.objects.items():
                library = re.search(r"/(\w+)\.dir/", path)
                if library and (library[1], Path(path).name) in names:
                    taken.add(path)
            self.known[suite.name] = taken
        return self.known[suite.name]

    # ---- running ----
    def run(self, suite, program, cpu, wall):
        tree, build = self.scratch.tree, self.scratch.build
        work = Path(tempfile.mkdtemp(prefix="sojourn-mutant-"))  # a short path: messages shorten long ones
        environment = dict(os.environ) | {
            "SOJOURN_SOURCE_DIR": str(tree), "SOJOURN_PYTHON": "/usr/bin/python3", "SOJOURN_EXAMPLES": str(build / "bin"),
            "SOJOURN_PROGRAM": str(program if suite.script else build / "bin" / "sojourn"), "RC_PARAMS": "seed=1", "TMPDIR": str(work),
            "SOJOURN_FAULTS": str(build / "tests" / "libsojourn_faults.so")}
        if suite.script:
            command = ["/usr/bin/python3", "-B", str(tree / "tests" / suite.script), "--failfast"]
        else:
            command = [str(program), "--gtest_fail_fast", "--gtest_brief=1"]
        result = bounded(command, work, environment, cpu, wall)
        shutil.rmtree(work, ignore_errors=True)
        return result

    def usual_seconds(self, suite):
        """As far as it has been run before; what is not known comes last."""
        return self.read_times().get(suite.name, {}).get("wall", float("inf"))

    def unchanged(self, suite):
        """What the suite takes without a mutant: {cpu, wall}. It must pass."""
        with self.lock:
            known = self.read_times()
            if suite.name not in known:
                self.members(suite)
                folder = self.folder_of(suite)
                result = self.run(suite, folder / suite.target, 3600, 3600)
                if not result.passed:
                    raise RuntimeError(f"{suite.name} fails without any mutant: {result.what}\n{result.text[-2000:]}")
                known[suite.name] = {"cpu": round(result.cpu, 2), "wall": round(result.wall, 2)}
                fresh = self.times.with_suffix(f".{os.getpid()}")
                fresh.write_text(json.dumps(known, indent=1))
                fresh.replace(self.times)  # another run may read it
            return known[suite.name]

    def read_times(self):
        return json.loads(self.times.read_text()) if self.times.exists() else {}

    def folder_of(self, suite):
        return self.scratch.folder / "unchanged" / re.sub(r"\W", "_", suite.name)


def bounded(command, folder, environment, cpu, wall):
    """Runs it, with limits on its seconds of processor and clock, on its memory and on what it writes."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (int(cpu) + 1, int(cpu) + 5))
        resource.setrlimit(resource.RLIMIT_AS, (12 << 30, 12 << 30))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 30, 2 << 30))
    before, began = used(), time.monotonic()
    with tempfile.TemporaryFile() as said:  # no pipe, which a process left behind would hold open
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                   preexec_fn=limit, start_new_session=True)
        try:
            process.wait(timeout=wall)
        except subprocess.TimeoutExpired:
            pass
        late = process.poll() is None
        try:
            os.killpg(process.pid, signal.SIGKILL)  # and what it left running
        except ProcessLookupError:
            pass
        process.wait()
        said.seek(0)
        text = said.read().decode(errors="replace")
    took, worked = time.monotonic() - began, used() - before
    if late or process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return Result(False, "time limit", text, worked, took)
    if process.returncode in (-signal.SIGTERM, -signal.SIGINT) or "signal terminated program" in text:
        raise RuntimeError(f"interrupted from outside: {' '.join(map(str, command))}")
    if process.returncode == 0:
        return Result(True, "", text, worked, took)
    named = FAILED.search(text) or FAILED_PYTHON.search(text)
    ended = f"signal {-process.returncode}" if process.returncode < 0 else f"exit code {process.returncode}"
    return Result(False, named[1] if named else ended, text, worked, took)


def used():
    """Seconds of processor of all processes that have ended; those of others, where several run."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
