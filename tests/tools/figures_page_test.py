"""The pieces of tools/batch/FIGURES.md, run as a reader would: the study, then all of the Python, then all of the R. Runs the built program
(SOJOURN_PROGRAM); a language that is not here is skipped with a line that says so."""

import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

import pages
from studies import ENVIRONMENT, StudyFolder, batch

PAGE = (Path(os.environ["SOJOURN_SOURCE_DIR"]) / "tools" / "batch" / "FIGURES.md").read_text()


def pieces(language):
    return pages.pieces(PAGE, language)


class Figures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = StudyFolder()
        cls.folder.study.write_text(pieces("yaml")[0])
        done = batch(cls.folder, "--quiet")
        assert done.returncode == 0, done.stderr

    @classmethod
    def tearDownClass(cls):
        cls.folder.__exit__()

    def runs(self, command, name, script, figures):
        place = self.folder.path / name
        place.write_text(script)
        done = subprocess.run([*command, str(place)], cwd=self.folder.path, capture_output=True, text=True, timeout=250, check=False,
                              env={**ENVIRONMENT, "MPLCONFIGDIR": str(self.folder.path)})
        self.assertEqual(done.returncode, 0, done.stderr)
        for figure in figures:
            self.assertEqual((self.folder.path / figure).read_bytes()[:8], b"\x89PNG\r\n\x1a\n", figure)
        return done.stdout

    def test_python(self):
        for module in ("xarray", "h5netcdf", "matplotlib"):
            try:
                __import__(module)
            except ImportError:
                self.skipTest(f"python3-{module} is not here")
        self.assertEqual(len(pieces("python")), 4)
        self.runs([sys.executable], "page.py", "".join(pieces("python")), ("severity.png", "change.png", "satisfaction.png"))

    def test_r(self):
        if not shutil.which("Rscript") or subprocess.run(["Rscript", "-e", "library(hdf5r)"], capture_output=True, check=False).returncode:
            self.skipTest("Rscript or its hdf5r is not here (r-cran-hdf5r)")
        self.assertEqual(len(pieces("r")), 2)
        printed = self.runs(["Rscript"], "page.R", "".join(pieces("r")), ("severity-r.png",))
        self.assertRegex(printed, r"scenario\s+satisfaction\n1\s+0\s+\d")


if __name__ == "__main__":
    unittest.main()
