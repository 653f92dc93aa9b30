"""What functions are given: read strictly, for all of them in one place and in the same words."""

import numbers
import operator
import os
from collections.abc import Mapping
from typing import Any, Dict, Iterable, List, Optional, Union

from . import _core
from .errors import UsageError, WrongType

Path = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]

# As the program's options have them.
_WHOLE = {"agents": (1, 2**40), "seed": (0, 2**64 - 1), "replicate": (0, 2**24 - 1), "threads": (1, 1024), "draws": (0, 100_000)}
_WHOLE_OF_CALIBRATE = {"seed": _WHOLE["seed"], "threads": _WHOLE["threads"], "draws": (4, 100_000), "journeys": (20, 1_000_000)}
_ROLES = ("score", "persona", "touchpoint", "period", "weight", "case")


def _is_bool(value: Any) -> bool:
    return isinstance(value, bool) or type(value).__name__ in ("bool_", "bool")  # the first is NumPy's


def whole(name: str, value: Any, low: int, high: int) -> int:
    """A whole number from `low` to `high`; 1e5 is one, too."""
    if _is_bool(value) or not (hasattr(value, "__index__") or isinstance(value, numbers.Real)):
        raise WrongType(f"{name} is a whole number, not {value!r}")
    try:
        number = operator.index(value)
    except TypeError:
        if not float(value).is_integer():
            raise UsageError(f"{name} is a whole number, not {value!r}") from None
        number = int(value)
    if not low <= number <= high:
        raise UsageError(f"{name} is out of range: {_short(value)}. It takes {low} to {high:,}")
    return number


def number(name: str, value: Any, low: float, high: float, above_low: bool = False) -> float:
    """A number from `low` (`above_low`: from above it) to `high`; NaN is none."""
    if _is_bool(value) or not isinstance(value, numbers.Real):
        raise WrongType(f"{name} is a number, not {value!r}")
    if not low <= value <= high or (above_low and value == low):
        least = f"above {low:g}" if above_low else f"from {low:g}"
        raise UsageError(f"{name} is out of range: {_short(value)}. It takes a number {least} to {high:g}")
    return float(value)


def flag(name: str, value: Any) -> bool:
    """True or False, and nothing that is taken for one of them."""
    if not _is_bool(value):
        raise WrongType(f"{name} is True or False, not {value!r}")
    return bool(value)


def text(name: str, value: Any) -> str:
    """A text that UTF-8 can hold."""
    if not isinstance(value, str):
        raise WrongType(f"{name} is a text, not {value!r}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{name} is no Unicode text: {value!r} (its character {error.start + 1} stands for a byte that was no "
                         "UTF-8). Decode it with the encoding that it has") from None
    return value


def texts(name: str, value: Union[str, Iterable[str]]) -> List[str]:
    """A text, or several."""
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        return [text(name, value)]
    return [text(name, one) for one in value]


def path(name: str, value: Any) -> bytes:
    """The name of a file, as the system has it: any bytes."""
    try:
        found = os.fsencode(value)
    except TypeError:
        raise WrongType(f"{name} is the name of a file, not {value!r}") from None
    if not found:
        raise UsageError(f"{name} is the name of a file, and it is empty")
    return found


def options(given: Mapping) -> Any:
    """Those among the arguments of run() and compare()."""
    options = _core.Options()
    _whole_numbers(options, given, _WHOLE)
    if given["precision"] is not None:
        options.precision = number("precision", given["precision"], 0, 100, above_low=True)
    options.plain = flag("plain", given["plain"])
    if "matters" in given:
        options.matters = number("matters", given["matters"], 0, 200)
    if given.get("posterior") is not None:
        options.posterior = path("posterior", given["posterior"])
    return options


def calibration_options(given: Mapping) -> Any:
    """Those among the arguments of calibrate()."""
    options = _core.CalibrationOptions()
    options.survey = path("survey", given["survey"])
    for name in ("events", "holdout", "mapping", "out", "posterior"):
        if given[name] is not None:
            setattr(options, name, path(name, given[name]))
    _whole_numbers(options, given, _WHOLE_OF_CALIBRATE)
    options.columns = _columns(given["columns"])
    if given["bad_rows"] is not None and given["bad_rows"] not in ("fail", "skip"):
        raise UsageError(f"bad_rows is 'fail' or 'skip', not {given['bad_rows']!r}")
    options.bad_rows = given["bad_rows"]
    options.force = flag("force", given["force"])
    return options


def _whole_numbers(options: Any, given: Mapping, ranges: Dict[str, Any]) -> None:
    for name, (low, high) in ranges.items():
        if given[name] is not None:
            setattr(options, name, whole(name, given[name], low, high))


def _columns(given: Optional[Mapping]) -> Dict[str, str]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise WrongType(f"columns is a mapping of roles to the survey's columns, not {given!r}")
    for role in given:
        if role not in _ROLES:
            raise UsageError(f"columns has no role {role!r}; there are {', '.join(_ROLES)}")
    return {role: text(f"columns[{role!r}]", column) for role, column in given.items()}


def _short(value: Any) -> str:
    words = repr(value) if not isinstance(value, int) or -(10**30) < value < 10**30 else "a number of more than 30 digits"
    return words
