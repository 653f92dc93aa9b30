"""What can go wrong. Every class here is a SojournError, and also the built-in kind that it is closest to."""

from dataclasses import dataclass
from typing import List, Optional


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


def _again(kind, args, state):
    """An exception or warning as it was, for pickle: what __init__ made of its arguments is in `state`."""
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class SojournError(Exception):
    """Anything that this package raises by itself. Can be pickled, and so comes back from worker processes."""

    def __reduce__(self):
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


class MissingFile(SojournError, FileNotFoundError):
    """A file that is not there or cannot be read."""


class TargetExists(SojournError, FileExistsError):
    """An output that is there already and was not to be replaced (`force=True` does). `path` says which."""

    def __init__(self, text: str, path: str):
        super().__init__(text)
        self.path = path


class IoError(SojournError, OSError):
    """A file or device that fails. `path` says which, `remedy` what may help."""

    def __init__(self, text: str, path: str, remedy: str):
        super().__init__(text)
        self.path = path
        self.remedy = remedy


class UsageError(SojournError, ValueError):
    """An argument that cannot be meant."""


class Bug(SojournError, RuntimeError):
    """A broken promise of sojourn's own code: please report it."""


class SojournWarning(UserWarning):
    """Something doubtful about a file or a result that was used all the same. `problem` says what and where."""

    def __init__(self, problem: Problem):
        super().__init__(problem.text)
        self.problem = problem

    def __reduce__(self):
        return _again, (type(self), self.args, self.__dict__)
