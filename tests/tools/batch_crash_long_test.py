"""What a study survives, in full: 200 kills, every call that may fail, 2,000 damages. SOJOURN_SCALE=0.1 is a tenth of it."""

import os
import unittest

from batch_crash import Crashes

Crashes.scale = float(os.environ.get("SOJOURN_SCALE", "1"))

if __name__ == "__main__":
    unittest.main(verbosity=2)
