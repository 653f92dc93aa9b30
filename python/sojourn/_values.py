"""Values as files have them: mappings become JSON, which is YAML too."""

import datetime
import json
import math
import os
from collections.abc import Mapping
from typing import Any, Dict, Iterable, Tuple

from .errors import InputError, Problem, WrongType

IN_MEMORY = "(in memory)"
_DEEPEST = 64


def text_of(mapping: Mapping) -> str:
    """A journey or a scenario as text. Raises InputError for numbers that are none and texts that are no Unicode, with their place,
    and WrongType for what no file can hold."""
    return json.dumps(plain(mapping, ""), ensure_ascii=False, indent=2, allow_nan=False)


def checked_text(text: Any) -> str:
    """The text of a file. Raises InputError, with line and column, where it is no Unicode."""
    if isinstance(text, (bytes, bytearray)):
        return bytes(text)  # read as the file's bytes are
    if not isinstance(text, str):
        raise WrongType(f"a journey's text is a str, or bytes in UTF-8, not {text!r}")
    at = _no_unicode(text)
    if at is not None:
        line = text.count("\n", 0, at) + 1
        column = at - text.rfind("\n", 0, at)
        raise _refused(f"the character {text[at]!r} is no Unicode", "it stands for a byte that was no UTF-8",
                       "Decode the text with the encoding that it has", line, column)
    return text


def plain(value: Any, place: str, above: Tuple[Any, ...] = ()) -> Any:
    """A value as JSON has it: NumPy's and pandas' numbers and lists as Python's, times as files write them. `place`: where it stands."""
    if value is None or isinstance(value, (bool, int)) and type(value) in (bool, int):
        return value
    if isinstance(value, str):
        return _text(value, place)
    if isinstance(value, float):
        return _finite(float(value), place)
    if isinstance(value, datetime.timedelta):
        return _time(value)
    if isinstance(value, os.PathLike):
        return plain(os.fspath(value), place)
    if any(value is one for one in above) or len(above) > _DEEPEST:
        raise _refused(f"{_said(place)} stands in itself, or deeper than {_DEEPEST} levels", "a file would have no end")
    inside = (*above, value)
    if isinstance(value, Mapping):
        return _mapping(value, place, inside)
    if isinstance(value, (list, tuple)):
        return [plain(one, _below(place, k), inside) for k, one in enumerate(value)]
    if type(value).__name__ in ("datetime64", "Timestamp") or isinstance(value, (datetime.date, datetime.datetime)):
        raise WrongType(f"{_said(place)}: a point in time cannot stand in a journey: {value!r}. It knows how long things take (timedelta)")
    if type(value).__name__ == "timedelta64":
        return plain(value.astype("timedelta64[us]").item(), place, inside)
    if hasattr(value, "tolist"):  # scalars and arrays of NumPy, columns of pandas
        listed = value.tolist()
        return _finite(float(value), place) if type(listed) is type(value) else plain(listed, place, inside)  # a long double stays one
    raise WrongType(f"{_said(place)}: a {type(value).__name__} cannot stand in a journey: {value!r}. Numbers, texts, times, lists and "
                    "mappings can")


def title_of(changes: Iterable[Mapping]) -> str:
    """Changes in words where nobody gave them a title."""
    titles = []
    for change in changes:
        if not isinstance(change, Mapping) or not change:
            continue
        verb, address = next(iter(change.items()))
        value = next((f" {word} {change[word]}" for word in ("to", "by") if word in change), "")
        titles.append(f"{verb} {address}{value}")
    return "; ".join(titles)[:200] or "a change"


def _mapping(value: Mapping, place: str, inside: Tuple[Any, ...]) -> Dict[str, Any]:
    found: Dict[str, Any] = {}
    for key, one in value.items():
        name = plain(key, place, inside)
        if isinstance(name, bool) or not isinstance(name, (str, int, float)):
            raise WrongType(f"{_said(place)}: a key is a text, a number or a time, not {key!r}")
        name = name if isinstance(name, str) else repr(name)
        if name in found:
            raise _refused(f"{_below(place, name)} stands there twice", "one of them would be lost")
        found[name] = plain(one, _below(place, name), inside)
    return found


def _finite(value: float, place: str) -> float:
    if not math.isfinite(value):
        raise _refused(f"{_said(place)} is {'NaN' if math.isnan(value) else value}, which is no number", "a journey's numbers are finite",
                       "Leave out what is not known, or give a number")
    return value


def _text(value: str, place: str) -> str:
    if _no_unicode(value) is not None:
        raise _refused(f"{_said(place)} is no Unicode text: {value!r}", "part of it stands for bytes that were no UTF-8",
                       "Decode it with the encoding that it has")
    return value


def _time(value: datetime.timedelta) -> str:
    seconds = value.total_seconds()
    return f"{int(seconds) if seconds == int(seconds) else seconds} s"


def _no_unicode(text: str) -> Any:
    """The index of its first lone surrogate, or None."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return error.start
    return None


def _below(place: str, key: Any) -> str:
    return f"{place}.{key}" if place else str(key)


def _said(place: str) -> str:
    return place or "the mapping"


def _refused(what: str, why: str, remedy: str = "", line: Any = None, column: Any = None) -> InputError:
    where = IN_MEMORY if line is None else f"{IN_MEMORY}:{line}:{column}"
    text = f"{where}: error: {what} ({why})" + (f". {remedy}" if remedy else "")
    return InputError(text, [Problem("error", IN_MEMORY, line, column, what, why, remedy, text)])
