"""What is mutated: the areas of the core, how many mutants each gets, and the tests in Python that its mutants meet."""

from typing import NamedTuple


class Stratum(NamedTuple):
    area: str
    mutants: int
    files: tuple  # globs


# Headers and what crowds include are read by many sources, which all have to be compiled again; they get a smaller share, and come last.
STRATA = (
    Stratum("keys", 12, ("engine/random/luck.cpp", "engine/walk/walk.cpp", "engine/study/scrambled_points.cpp")),
    Stratum("inversion", 16, ("engine/random/quantile.cpp", "engine/random/quantile_slope.cpp", "engine/random/normal_table.cpp",
                              "engine/random/detail/mass.cpp")),
    Stratum("inversion", 10, ("models/behaviour/customer.cpp", "models/behaviour/quantiles.cpp")),
    Stratum("tallies", 22, ("engine/tally/tally.cpp", "engine/tally/product_sums.cpp", "engine/tally/ending_sums.cpp",
                            "engine/tally/control_sums.cpp", "engine/tally/control_batch.cpp", "engine/tally/unit_sums.cpp",
                            "engine/tally/histogram.cpp", "engine/tally/layout.cpp", "engine/compare/pair_tally.cpp",
                            "engine/compare/tallies.cpp")),
    Stratum("resume", 16, ("engine/store/unit_file.cpp", "engine/store/safe_file.cpp", "engine/store/temporary.cpp",
                           "engine/store/manifest.cpp", "engine/store/seal.cpp", "engine/store/range_lock.cpp",
                           "engine/store/archive.cpp", "engine/store/detail/*.cpp", "engine/store/hdf5_*.cpp")),
    Stratum("resume", 14, ("tools/batch/unit_plan.cpp", "tools/batch/unit_queue.cpp", "tools/batch/study_folder.cpp",
                           "tools/batch/run_units.cpp", "tools/batch/merged_rows.cpp", "tools/batch/rows.cpp",
                           "tools/batch/study_work.cpp", "tools/batch/unfinished.cpp", "tools/batch/scheduler.cpp")),
    Stratum("intervals", 26, ("engine/tally/interval.cpp", "engine/tally/estimate.cpp", "engine/tally/controlled.cpp",
                              "engine/compare/means.cpp", "engine/study/decision.cpp", "engine/study/selection.cpp",
                              "engine/study/bootstrap.h")),
    Stratum("keys", 10, ("engine/random/luck.h", "engine/random/philox.h", "engine/random/philox.inl", "engine/walk/walk.h")),
    Stratum("keys", 4, ("models/crowd/memory.cpp", "models/crowd/seats.cpp")),
    Stratum("inversion", 8, ("engine/random/quantile.inl", "engine/random/normal.h", "engine/random/quantile_slope.h")),
    Stratum("inversion", 4, ("models/crowd/choice.inl",)),
    Stratum("tallies", 8, ("engine/base/exact_sum.h", "engine/tally/moments.h", "engine/tally/journey_sums.h", "engine/tally/histogram.h",
                           "engine/tally/unit_sums.h", "engine/compare/parted_sums.h")),
)

AREAS = tuple(dict.fromkeys(stratum.area for stratum in STRATA))

# Quickest first.
SCRIPTS = {
    "keys": (),
    "inversion": (),
    "tallies": (),
    "intervals": (),
    "resume": ("tools/batch_test.py", "tools/batch_results_test.py", "tools/batch_crash_test.py", "tools/program/results_test.py"),
}
