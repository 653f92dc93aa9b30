"""The airport's journey is what `sojourn calibrate` makes of derived.yaml and observed.csv, to the last byte."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

TOP = Path(os.environ["SOJOURN_SOURCE_DIR"])


class Calibrated(unittest.TestCase):
    def test_the_command_on_its_page_makes_the_journey(self):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "journey.yaml"
            subprocess.run([os.environ["SOJOURN_PROGRAM"], "calibrate", "scenarios/airport/derived.yaml", "--survey",
                            "scenarios/airport/observed.csv", "--out", out, "--quiet"], cwd=TOP, check=True)
            self.assertEqual(out.read_text(), (TOP / "scenarios/airport/journey.yaml").read_text())


if __name__ == "__main__":
    unittest.main()
