"""The Debian packages that cpack makes of what is built (SOJOURN_PROGRAM). Skipped where Debian's tools are missing."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BUILD = Path(os.environ["SOJOURN_PROGRAM"]).parent.parent
SKIPPED = 77


def run(*command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=600, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{command}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="sojourn-deb-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        run("cpack", "-G", "DEB", "--config", BUILD / "CPackConfig.cmake", "-B", cls.folder)
        cls.packages = {path.name.split("_")[0]: path for path in cls.folder.glob("*.deb")}

    def fields(self, package):
        text = run("dpkg-deb", "-f", self.packages[package])
        return {m[1]: m[2] for m in re.finditer(r"^(\S+): ((?:.|\n )*)", text, re.MULTILINE)}

    def files(self, package):
        """Path to mode and owner."""
        found = {}
        for line in run("dpkg-deb", "-c", self.packages[package]).splitlines():
            mode, owner, _, _, _, path = line.split(None, 5)
            found[path.split(" -> ")[0].removeprefix(".")] = (mode, owner)
        return found

    def test_there_are_the_program_and_what_builds_on_it(self):
        wanted = {"sojourn", "sojourn-dev"}
        if (BUILD / "bin" / "sojourn-mpi").exists():
            wanted.add("sojourn-mpi")
        if "SOJOURN_PYTHON_MODULE" in os.environ:
            wanted.add("python3-sojourn")
        self.assertEqual(set(self.packages), wanted)

    def test_every_package_says_what_it_is(self):
        for package in self.packages:
            fields = self.fields(package)
            self.assertEqual(fields["Package"], package)
            self.assertRegex(fields["Version"], r"^\d+\.\d+\.\d+-1$")
            self.assertEqual(fields["Section"], {"sojourn-dev": "libdevel", "python3-sojourn": "python"}.get(package, "science"))
            self.assertRegex(fields["Maintainer"], r"^\S.* <\S+@\S+>$")
            synopsis, *more = fields["Description"].splitlines()
            self.assertLessEqual(len(synopsis), 80)
            self.assertGreater(len(more), 3)
            for line in more:
                self.assertRegex(line, r"^ \S")
                self.assertLessEqual(len(line), 80)

    def test_the_program_asks_for_the_libraries_that_it_loads_and_not_for_mpi(self):
        depends = self.fields("sojourn")["Depends"]
        for library in ("libc6 (>= ", "libhdf5-", "libtbb12", "libyaml-cpp0.7", "libfmt9"):
            self.assertIn(library, depends)
        self.assertNotIn("mpi", depends)
        if "sojourn-mpi" in self.packages:
            self.assertIn("libopenmpi", self.fields("sojourn-mpi")["Depends"])
            self.assertIn("sojourn (= ", self.fields("sojourn-mpi")["Depends"])

    def test_what_builds_on_it_asks_for_what_find_package_looks_for(self):
        depends = self.fields("sojourn-dev")["Depends"]
        config = Path(os.environ["SOJOURN_SOURCE_DIR"], "packaging/SojournConfig.cmake.in").read_text()
        packages = {"TBB": "libtbb-dev", "Eigen3": "libeigen3-dev", "fmt": "libfmt-dev", "hwy": "libhwy-dev",
                    "yaml-cpp": "libyaml-cpp-dev", "EXPAT": "libexpat1-dev", "NLopt": "libnlopt-dev", "HDF5": "libhdf5-dev"}
        names = [name for name in re.findall(r"find_dependency\(([\w-]+)", config) if name != "Threads"]
        self.assertEqual(sorted(names), sorted(packages))
        for name in names:
            self.assertIn(packages[name], depends)
        self.assertNotIn("boost", depends, "no header that is installed asks for it: install_test.py")

    @unittest.skipUnless("SOJOURN_PYTHON_MODULE" in os.environ, "the Python module was not built")
    def test_the_python_module_asks_for_the_python_it_was_built_for(self):
        fields = self.fields("python3-sojourn")
        python = os.environ["SOJOURN_MODULE_PYTHON"]
        minor = int(run(python, "-c", "import sys; print(sys.version_info.minor)"))
        for wanted in (f"python3 (>= 3.{minor})", f"python3 (<< 3.{minor + 1})", "python3-numpy", "libc6 (>= ", "libhdf5-", "libtbb12"):
            self.assertIn(wanted, fields["Depends"])
        self.assertEqual(fields["Recommends"], "python3-pandas")
        self.assertNotIn("mpi", fields["Depends"])
        files = self.files("python3-sojourn")
        for path in ("__init__.py", "py.typed", "_core.pyi", "_journey.py"):
            self.assertIn("/usr/lib/python3/dist-packages/sojourn/" + path, files)
        self.assertIn("/usr/share/doc/python3-sojourn/copyright", files)
        self.assertEqual([path for path in files if not path.endswith("/") and
                          not path.startswith(("/usr/lib/python3/dist-packages/sojourn/", "/usr/share/doc/python3-sojourn/"))], [])

    @unittest.skipUnless("SOJOURN_PYTHON_MODULE" in os.environ, "the Python module was not built")
    def test_the_python_module_runs_from_the_package(self):
        root = self.folder / "python"
        run("dpkg-deb", "-x", self.packages["python3-sojourn"], root)
        module = root / "usr/lib/python3/dist-packages"
        journey = Path(os.environ["SOJOURN_SOURCE_DIR"], "scenarios/two_stop/journey.yaml")
        code = ("import sojourn, sys; print(sojourn.__file__); "
                f"print(sojourn.load({str(journey)!r}).run(2000).overall.nps.estimate)")
        done = subprocess.run([os.environ["SOJOURN_MODULE_PYTHON"], "-B", "-c", code], capture_output=True, text=True, check=False,
                              cwd=root, env={**os.environ, "PYTHONPATH": str(module)})
        self.assertEqual(done.returncode, 0, done.stderr)
        where, nps = done.stdout.split()
        self.assertEqual(Path(where).parent, module / "sojourn")
        found = json.loads(run(os.environ["SOJOURN_PROGRAM"], "run", journey, "--agents", "2000", "--json", "-"))
        self.assertEqual(float(nps), found["overall"]["nps"]["estimate"])

    @unittest.skipUnless("SOJOURN_PYTHON_MODULE" in os.environ, "the Python module was not built")
    def test_what_python_compiles_comes_and_goes_with_the_module(self):
        scripts = self.folder / "control"
        run("dpkg-deb", "-e", self.packages["python3-sojourn"], scripts)
        for script, wanted in (("postinst", "py3compile -p python3-sojourn"), ("prerm", "py3clean -p python3-sojourn")):
            self.assertEqual((scripts / script).stat().st_mode & 0o777, 0o755)
            run("sh", "-n", scripts / script)
            said = self.folder / "said"
            tools = self.folder / "tools"
            tools.mkdir(exist_ok=True)
            for tool in ("py3compile", "py3clean"):
                (tools / tool).write_text(f'#!/bin/sh\necho "{tool} $*" >{said}\n')
                (tools / tool).chmod(0o755)
            subprocess.run(["sh", scripts / script, "configure"], check=True, env={"PATH": f"{tools}:{os.environ['PATH']}"})
            self.assertEqual(said.read_text(), wanted + "\n")

    def test_files_are_where_debian_looks_and_belong_to_root(self):
        program, development = self.files("sojourn"), self.files("sojourn-dev")
        for path in ("/usr/bin/sojourn", "/usr/share/man/man1/sojourn.1", "/usr/share/man/de/man1/sojourn-run.1",
                     "/usr/share/bash-completion/completions/sojourn", "/usr/share/zsh/vendor-completions/_sojourn",
                     "/usr/share/fish/vendor_completions.d/sojourn.fish", "/usr/share/doc/sojourn/README.md",
                     "/usr/share/doc/sojourn/copyright", "/usr/share/doc/sojourn/examples/santa/journey.yaml"):
            self.assertIn(path, program)
        for path in ("/usr/include/sojourn/engine/walk/walk.h", "/usr/lib/libsojourn_engine.a",
                     "/usr/lib/cmake/Sojourn/SojournConfig.cmake", "/usr/share/doc/sojourn-dev/copyright"):
            self.assertIn(path, development)
        self.assertFalse([path for path in program if "/include/" in path or path.endswith((".a", "sojourn-mpi"))])
        self.assertFalse(set(path for path in program if not path.endswith("/")) &
                         set(path for path in development if not path.endswith("/")))
        for path, (mode, owner) in {**program, **development}.items():
            self.assertEqual(owner, "root/root", path)
            self.assertNotIn("w", mode[5:], path + " " + mode) if not mode.startswith("l") else None


if __name__ == "__main__":
    for tool in ("dpkg-deb", "dpkg-shlibdeps", "file", "cpack"):
        if not shutil.which(tool):
            print(f"skipped: there is no {tool}")
            sys.exit(SKIPPED)
    unittest.main()
