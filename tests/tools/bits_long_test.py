"""The same digests from programs of other compilers and other optimisation: g++ and clang, -O0, -O2 and -O3. Each is built here, which takes some ten
minutes; SOJOURN_BITS="clang++-14:-O2 g++:-O0" takes these only."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import bits_test

SOURCE = Path(os.environ["SOJOURN_SOURCE_DIR"])
COMPILERS = [name for name in ("g++", "clang++-14") if shutil.which(name)]
BUILDS = os.environ.get("SOJOURN_BITS", " ".join(f"{name}:{level}" for name in COMPILERS for level in ("-O0", "-O2", "-O3"))).split()


def built(compiler, level, folder):
    """The program, built in a folder."""
    subprocess.run(["cmake", "-S", SOURCE, "-B", folder, "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={compiler}", "-DCMAKE_BUILD_TYPE=Release",
                    f"-DCMAKE_CXX_FLAGS_RELEASE={level}", "-DSOJOURN_TESTS=OFF", "-DSOJOURN_PAGE=OFF", "-DSOJOURN_PYTHON_MODULE=OFF",
                    "-DCMAKE_DISABLE_FIND_PACKAGE_MPI=ON"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", folder, "--target", "sojourn"], check=True, stdout=subprocess.DEVNULL)
    return folder / "bin/sojourn"


class Compilers(unittest.TestCase):
    def test_one_digest(self):
        expected = bits_test.results()
        for one in BUILDS:
            compiler, level = one.split(":")
            with self.subTest(one), tempfile.TemporaryDirectory() as folder:
                program = built(compiler, level, Path(folder))
                self.assertEqual(bits_test.results(program), expected)
                subprocess.run([program, "doctor"], check=True, stdout=subprocess.DEVNULL)  # every kind of lanes of this machine
                print(f"{one}: the same digests", flush=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
