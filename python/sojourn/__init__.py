"""What a change to a customer journey does to satisfaction and recommendation.

    import sojourn

    journey = sojourn.load("bakery.yaml")
    second_till = journey.scale("touchpoints.queue.duration", 0.6, title="A second till")
    print(journey.run(agents=100_000).overall.nps)
    print(journey.compare(second_till))

load() and loads() give a Journey; its set(), scale(), shift(), remove(), add() and change() give changed ones; run(), solve(), compare() and
calibrate() ask it. check() lists what is wrong with a file.

Results are Figures: everything has the name that it has in the program's JSON, and the same file, seed and agents give the same bits as
the program. NPS is in points, shares are 0 to 1, times are hours, scales 0 to 10. What goes wrong is one of sojourn.errors.
"""

from . import errors
from ._core import version as __version__
from ._journey import Check, Journey, check, load, loads
from ._result import Calibration, Comparison, Estimate, Figures, Result
from .errors import InputError, MissingFile, NotFound, Problem, SojournError, SojournWarning, UsageError

__all__ = [
    "Calibration", "Check", "Comparison", "Estimate", "Figures", "InputError", "Journey", "MissingFile", "NotFound", "Problem",
    "Result", "SojournError", "SojournWarning", "UsageError", "check", "errors", "load", "loads",
]
