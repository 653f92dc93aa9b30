"""What can go wrong. Every class here is a SojournError, and also the built-in kind that it is closest to. All of them can be
pickled, and so come back from worker processes.

    SojournError
        InputError        (ValueError)         a file, a mapping or a change that cannot be meant: `problems`
        FormatError       (ValueError)         a result or posterior file that is damaged: `path`
        MissingFile       (FileNotFoundError)  a file that is not there or cannot be read: `filename`, `errno`
        TargetExists      (FileExistsError)    an output that is there already: `filename`, `errno`
        IoError           (OSError)            a file or device that fails: `filename`, `errno`, `remedy`
        UsageError        (ValueError)         an argument that cannot be meant
            WrongType     (TypeError)          an argument of a kind that it does not take
        NotFound          (KeyError)           an address, a figure or a table that there is not: `remedy`
        Bug               (RuntimeError)       a broken promise of sojourn's own code
    SojournWarning        (UserWarning)        something doubtful that was used all the same: `problem`
"""

import errno
import os
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file, or doubtful: where, what, why it matters, and what would be right.

    `line` and `column` count from 1, the column in characters; None means the file as a whole.
    """

    severity: str  # "error" or "warning"
    path: Optional[str]
    line: Optional[int]
    column: Optional[int]
    what: str
    why: str
    remedy: str
    text: str  # all of it, with the line and a caret, as the program prints it

    def __str__(self) -> str:
        return self.text


def _again(kind: Any, args: Tuple, state: Dict[str, Any]) -> Any:
    """An exception or warning as it was, for pickle: what __init__ made of its arguments is in `state`."""
    error = kind.__new__(kind, *args)
    error.args = args
    for name, value in state.items():
        setattr(error, name, value)
    return error


class SojournError(Exception):
    """Anything that this package raises by itself."""

    def __reduce__(self) -> Any:
        return _again, (type(self), self.args, self.__dict__)


class InputError(SojournError, ValueError):
    """Files, changes or journeys that cannot be meant. `problems` has all that is wrong at once; `path`, `line`, `column` and
    `remedy` are those of the first error."""

    def __init__(self, text: str, problems: List[Problem]):
        super().__init__(text)
        self.problems = problems
        first = next((problem for problem in problems if problem.severity == "error"), None)
        self.path = first.path if first else None
        self.line = first.line if first else None
        self.column = first.column if first else None
        self.remedy = first.remedy if first else ""

    def __str__(self) -> str:
        return self.args[0].rstrip("\n")


class FormatError(SojournError, ValueError):
    """A result or posterior file that is cut off, damaged, of another kind or of another version. `path` says which."""

    def __init__(self, text: str, path: str):
        super().__init__(text)
        self.path = path


class _FileError(SojournError, OSError):
    """About a file: `filename` (also as `path`), `errno` and `strerror` as the system's own errors have them. The text says more."""

    def __init__(self, text: str, path: Optional[str] = None, number: int = 0):
        if number:
            super().__init__(number, os.strerror(number), path)
        else:
            super().__init__(text)
            self.filename = path
        self.path = path
        self.text = text

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> Any:
        own = {name: getattr(self, name) for name in ("errno", "strerror", "filename")}
        return _again, (type(self), self.args, {**self.__dict__, **own})


class MissingFile(_FileError, FileNotFoundError):
    """A file that is not there or cannot be read: `errno` says which (ENOENT, EACCES, EISDIR, ...)."""

    def __init__(self, text: str, path: Optional[str] = None, number: int = 0):
        super().__init__(text, path, number or errno.ENOENT)


class TargetExists(_FileError, FileExistsError):
    """An output that is there already and was not to be replaced (`force=True` does)."""

    def __init__(self, text: str, path: str):
        super().__init__(text, path, errno.EEXIST)


class IoError(_FileError):
    """A file or device that fails; `remedy` says what may help. `errno` is None where the system gave none."""

    def __init__(self, text: str, path: str, remedy: str, number: int = 0):
        super().__init__(text, path, number)
        self.remedy = remedy


class UsageError(SojournError, ValueError):
    """An argument that cannot be meant."""


class WrongType(UsageError, TypeError):
    """An argument of a kind that it does not take."""


class NotFound(SojournError, KeyError):
    """An address, a figure or a table that there is not. `remedy` says what there is, where that is known."""

    def __init__(self, what: str, remedy: str = ""):
        super().__init__(f"{what}. {remedy}" if remedy else what)
        self.remedy = remedy

    def __str__(self) -> str:  # KeyError's shows quotes
        return self.args[0]


class Bug(SojournError, RuntimeError):
    """A broken promise of sojourn's own code: please report it."""


class SojournWarning(UserWarning):
    """Something doubtful about a file or a result that was used all the same. `problem` says what and where."""

    def __init__(self, problem: Problem):
        super().__init__(problem.text)
        self.problem = problem

    def __reduce__(self) -> Any:
        return _again, (type(self), self.args, self.__dict__)
