"""One digest, whatever the machine gives: threads, processes, and the C library's variants for processors without fused
multiply-add. Lanes are held to one another by tests/laws/crowd_test.cpp and by `sojourn doctor`, compilers by bits_long_test.py."""

import hashlib
import itertools
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["SOJOURN_PROGRAM"]
SCENARIOS = Path(os.environ["SOJOURN_SOURCE_DIR"]) / "scenarios"
MASKS = ("", "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2", "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX,-AVX512F,-SSE4_1")


def figures(*arguments, mask="", program=PROGRAM):
    """The digest of what a verb finds, less how long it took."""
    environment = {**os.environ, "GLIBC_TUNABLES": mask} if mask else os.environ
    done = subprocess.run([program, *map(str, arguments), "--json", "-", "--quiet"], capture_output=True, text=True, env=environment,
                          check=True)
    found = json.loads(done.stdout)
    found.pop("performance", None)
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def results(program=PROGRAM, mask="", threads=2):
    """The digests of run, compare, solve and drivers, of journeys that together use every mechanism."""
    found = []
    for story, what_ifs in (("airport", ["security.yaml", "wifi.yaml"]), ("santa", ["elf-chat.yaml"]), ("two_stop", ["faster.yaml"])):
        folder = SCENARIOS / story
        journey = folder / "journey.yaml"
        found.append(figures("run", journey, "--agents", 20_000, "--threads", threads, mask=mask, program=program))
        found.append(figures("compare", journey, *(folder / one for one in what_ifs), "--agents", 5_000, "--threads", threads, mask=mask,
                             program=program))
        found.append(figures("solve", journey, mask=mask, program=program))
    found.append(figures("drivers", SCENARIOS / "two_stop/journey.yaml", "--agents", 5_000, "--threads", threads, mask=mask, program=program))
    return found


class Bits(unittest.TestCase):
    def test_threads_and_variants_of_the_c_library(self):
        expected = results()
        for threads, mask in itertools.product((1, 3, 7), MASKS[:1]):
            self.assertEqual(results(threads=threads, mask=mask), expected, f"{threads} threads")
        for mask in MASKS[1:]:
            self.assertEqual(results(mask=mask), expected, mask)

    def test_a_mask_reaches_the_c_library(self):
        """Else the test above would say nothing: the tunable takes the flag from what ld.so reports."""
        loader = Path("/lib64/ld-linux-x86-64.so.2")
        if not loader.exists():
            self.skipTest("no loader that tells")
        usable = lambda mask: subprocess.run([loader, "--list-diagnostics"], capture_output=True, text=True, check=True,
                                             env={**os.environ, "GLIBC_TUNABLES": mask}).stdout
        self.assertNotEqual([line for line in usable("").splitlines() if "x86.cpu_features.features" in line and "active" in line],
                            [line for line in usable(MASKS[1]).splitlines() if "x86.cpu_features.features" in line and "active" in line])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        sys.exit(not unittest.main(verbosity=2, exit=False).result.wasSuccessful())
