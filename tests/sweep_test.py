"""The sequential test of tests/sweep: how often it raises an alarm by chance, and that it finds what is broken."""

import importlib.machinery
import importlib.util
import random
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
PLACE = str(Path(__file__).resolve().parent / "sweep")
LOADER = importlib.machinery.SourceFileLoader("sweep", PLACE)
sweep = importlib.util.module_from_spec(importlib.util.spec_from_loader("sweep", LOADER))
LOADER.exec_module(sweep)


def failing(rate, dice):
    return lambda: sweep.Run(dice.random() >= rate, "again")


def reported(rate, stated, alarm_at, sweeps, dice):
    """Of first runs of a test that fails at `rate`, where `stated` is allowed, how many are reported."""
    count = 0
    for _ in range(sweeps):
        if dice.random() < rate:
            count += sweep.judge("first", stated, alarm_at, failing(rate, dice))[0]
    return count


class Judging(unittest.TestCase):
    def test_chance_is_reported_as_rarely_as_it_says(self):
        # At most 1 of 100 first runs: over 20,000 it is 200, and beyond 300 in 1e-11 of all seeds.
        count = reported(0.08, 0.08, 100, 20_000, random.Random(1))
        self.assertLess(count, 300)
        self.assertGreater(count, 10)  # or the bound says nothing

    def test_more_failures_than_are_allowed_are_found(self):
        # Planted: of what fails half of the time 1 of 100 is let go, of the 1,000 whose first run failed at most 30.
        dice = random.Random(2)
        count = sum(sweep.judge("first", 0.08, 1e6, failing(0.5, dice))[0] for _ in range(1_000))
        self.assertGreater(count, 970)

    def test_what_always_fails_is_found_with_all_that_repeats_it(self):
        self.assertEqual(sweep.judge("first", 1e-6, 1e7, lambda: sweep.Run(False, "second")), (True, 2, ["first", "second"]))

    def test_what_never_fails_again_is_let_go(self):
        broken, runs, failures = sweep.judge("first", 0.08, 1e6, lambda: sweep.Run(True, ""))
        self.assertEqual((broken, runs, failures), (False, 12, ["first"]))


class Rates(unittest.TestCase):
    def test_the_first_line_counts(self):
        self.assertEqual(sweep.allowed("laws/Coverage.of_95_percent_intervals_is_95_percent"), 0.08)
        self.assertEqual(sweep.allowed("laws/Reference.five_hundred_random_journeys_have_the_same_bits"), 0.2)

    def test_what_plants_an_error_or_has_no_chance_is_left_out(self):
        for name in ("laws/Coverage.of_intervals_that_are_too_narrow_is_seen", "laws/UniqueNames.are_read", "engine/Wilson.at_0_and_1_begins_there"):
            self.assertIsNone(sweep.allowed(name))


if __name__ == "__main__":
    unittest.main()
