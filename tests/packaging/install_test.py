"""What cmake --install puts where, and a project that builds on it. Takes the program as it is built already (SOJOURN_PROGRAM)."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = Path(os.environ["SOJOURN_PROGRAM"])
BUILD = PROGRAM.parent.parent
SOURCE = Path(os.environ["SOJOURN_SOURCE_DIR"])
JOURNEY = SOURCE / "scenarios" / "two_stop" / "journey.yaml"


def run(*command, **options):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=600, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def nps(program):
    result = json.loads(run(program, "run", JOURNEY, "--agents", "2000", "--plain", "--json", "-"))
    return result["overall"]["nps"]["estimate"]


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="sojourn-install-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.prefix = cls.folder / "prefix"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)

    def test_the_program_works_from_there(self):
        program = self.prefix / "bin" / "sojourn"
        self.assertEqual(run(program, "--version").splitlines()[0], run(PROGRAM, "--version").splitlines()[0])
        self.assertEqual(nps(program), nps(PROGRAM))
        if (BUILD / "bin" / "sojourn-mpi").exists():
            self.assertIn("sojourn-mpi is there", run(program, "--version"))
            self.assertTrue((self.prefix / "libexec" / "sojourn" / "sojourn-mpi").exists())

    def test_the_manual_has_a_page_for_every_verb_in_both_languages(self):
        verbs = [line.split()[0] for line in run(PROGRAM, "--help").splitlines() if line.startswith("  ")]
        verbs = [verb for verb in verbs if verb not in ("sojourn", "'sojourn")]
        pages = ["sojourn.1", *(f"sojourn-{verb}.1" for verb in verbs if verb.isalpha())]
        self.assertGreater(len(pages), 15)
        for folder in ("man1", "de/man1"):
            self.assertEqual(sorted(page.name for page in (self.prefix / "share/man" / folder).iterdir()), sorted(pages))

    def test_shells_find_their_completions(self):
        for place in ("bash-completion/completions/sojourn", "zsh/site-functions/_sojourn",
                      "fish/vendor_completions.d/sojourn.fish"):
            self.assertIn("run", (self.prefix / "share" / place).read_text())

    def test_the_scenarios_can_be_run_and_links_of_the_documentation_lead_somewhere(self):
        doc = self.prefix / "share" / "doc" / "sojourn"
        self.assertTrue((doc / "LICENSE").is_file())
        run(PROGRAM, "check", doc / "examples" / "santa" / "journey.yaml")
        page = (doc / "README.md").read_text()
        for link in ("scenarios/airport/README.md", "models/README.md", "tools/report/FORMAT.md", "gallery/airport-map.svg",
                     "docs/README.md", "docs/TUTORIAL.md", "docs/COMMANDS.md"):
            self.assertIn(link, page)
            self.assertTrue((doc / link).is_file(), link)

    @unittest.skipUnless("SOJOURN_PYTHON_MODULE" in os.environ, "the Python module was not built")
    def test_python_finds_the_module_whatever_the_prefix_is_when_it_is_installed(self):
        python = os.environ["SOJOURN_MODULE_PYTHON"]
        version = run(python, "-c", "import sys; print('python%d.%d' % sys.version_info[:2])").strip()
        for prefix, below in (("/usr", "python3/dist-packages"), ("/usr/local", version + "/dist-packages"),
                              ("/opt/it", version + "/site-packages")):
            root = self.folder / "root"
            run("cmake", "--install", BUILD, "--prefix", prefix, "--component", "python", env={**os.environ, "DESTDIR": str(root)})
            modules = root / prefix[1:] / "lib" / below
            self.assertTrue((modules / "sojourn/__init__.py").is_file(), prefix)
            self.assertEqual(len(list(root.rglob("_core.*.so"))), 1, prefix)
            run(python, "-B", "-c", "import sojourn; sojourn.loads", env={**os.environ, "PYTHONPATH": str(modules)}, cwd=root)
            shutil.rmtree(root)
        environment = self.folder / "environment"
        run(python, "-m", "venv", "--without-pip", "--system-site-packages", environment)
        run("cmake", "--install", BUILD, "--prefix", environment, "--component", "python")
        run(environment / "bin/python", "-B", "-c", "import sojourn", env={**os.environ, "PYTHONPATH": ""}, cwd=self.folder)

    def test_nothing_else_is_installed_and_nothing_names_the_build(self):
        self.assertLessEqual({path.name for path in self.prefix.iterdir()}, {"bin", "include", "lib", "libexec", "share"})
        for path in self.prefix.rglob("*.cmake"):
            text = path.read_text()
            self.assertNotIn(str(SOURCE), text, path)
            self.assertNotIn(str(BUILD), text, path)

    def test_headers_ask_for_nothing_that_is_not_there(self):
        """For their own, which are installed, and for what find_package(Sojourn) looks for."""
        include = self.prefix / "include" / "sojourn"
        config = (self.prefix / "lib/cmake/Sojourn/SojournConfig.cmake").read_text()
        packages = {"Eigen": "Eigen3", "fmt": "fmt", "hwy": "hwy", "yaml-cpp": "yaml-cpp", "hdf5.h": "HDF5"}
        found = sorted(path for path in include.rglob("*") if path.is_file())
        self.assertGreater(len(found), 100)
        for path in found:
            for name in re.findall(r'^\s*#\s*include "([^"]+)"', path.read_text(), re.MULTILINE):
                self.assertTrue((include / name).is_file(), f"{path} includes {name}")
            for name in re.findall(r"^\s*#\s*include <([^>]+)>", path.read_text(), re.MULTILINE):
                if ("/" in name or name.endswith(".h")) and not name.startswith("cpuid"):
                    self.assertIn(f"find_dependency({packages.get(name.split('/')[0])}", config, f"{path} includes {name}")
        self.assertEqual([path for path in found if "detail" in path.parts], [])

    def test_a_project_builds_on_it_and_gives_the_same_figures(self):
        include = self.prefix / "include" / "sojourn"
        headers = sorted(str(path.relative_to(include)) for path in include.rglob("*.h"))
        self.assertGreater(len(headers), 100)
        some = headers[::8]  # each by itself; all of them take minutes
        build = self.folder / "consumer"
        run("cmake", "-S", SOURCE / "tests/packaging/consumer", "-B", build, f"-DCMAKE_PREFIX_PATH={self.prefix}",
            f"-DHEADERS={';'.join(some)}", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug")
        run("cmake", "--build", build, "-j", "2")
        self.assertEqual(float(run(build / "consumer", JOURNEY)), nps(PROGRAM))
        wrong = subprocess.run([build / "consumer", SOURCE / "README.md"], capture_output=True, text=True, check=False)
        self.assertEqual(wrong.returncode, 65)
        self.assertIn("README.md:", wrong.stderr)


class OtherFolders(unittest.TestCase):
    """What was built, installed from a build that names other folders."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="sojourn-install-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.build, cls.prefix = cls.folder / "build", cls.folder / "prefix"
        run("cmake", "-S", SOURCE, "-B", cls.build, "-G", "Ninja", "-DSOJOURN_TESTS=OFF", "-DSOJOURN_PAGE=OFF",
            "-DCMAKE_INSTALL_INCLUDEDIR=headers", "-DCMAKE_INSTALL_LIBDIR=lib/here")
        for part in ("engine", "models"):
            shutil.copy(BUILD / part / f"libsojourn_{part}.a", cls.build / part)
        run("cmake", "--install", cls.build, "--prefix", cls.prefix, "--component", "development")

    def test_a_project_finds_headers_and_libraries_there(self):
        self.assertEqual({path.name for path in self.prefix.iterdir()}, {"headers", "lib"})
        build = self.folder / "consumer"
        run("cmake", "-S", SOURCE / "tests/packaging/consumer", "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
            f"-DSojourn_DIR={self.prefix / 'lib/here/cmake/Sojourn'}")
        run("cmake", "--build", build)
        self.assertEqual(float(run(build / "consumer", JOURNEY)), nps(PROGRAM))


if __name__ == "__main__":
    unittest.main()
