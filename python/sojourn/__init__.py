"""What a change to a customer journey does to satisfaction and recommendation.

    import sojourn

    journey = sojourn.load("bakery.yaml")
    second_till = journey.scale("touchpoints.queue.duration", 0.6, title="A second till")
    print(journey.run(agents=100_000).overall.nps)
    print(journey.compare(second_till))

Everything has the name that it has in the program's JSON; the same file, seed and agents give the same bits as the program.
"""

from . import errors
from ._core import version as __version__
from ._journey import Check, Journey, check, load, loads
from ._result import Calibration, Comparison, Estimate, Figures, Result
from .errors import InputError, MissingFile, Problem, SojournError, SojournWarning, UsageError

__all__ = [
    "Calibration", "Check", "Comparison", "Estimate", "Figures", "InputError", "Journey", "MissingFile", "Problem", "Result",
    "SojournError", "SojournWarning", "UsageError", "check", "errors", "load", "loads",
]
