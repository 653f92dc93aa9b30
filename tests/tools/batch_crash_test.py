"""A slice of what a study survives (tests/tools/batch_crash.py); batch_crash_long_test.py is the whole of it."""

import unittest

from batch_crash import Crashes

if __name__ == "__main__":
    unittest.main()
