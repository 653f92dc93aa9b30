"""Journeys: loaded, changed, asked."""

import json
import os
import sys
import warnings
from collections.abc import Mapping
from typing import Any, Dict, Iterable, List, NamedTuple, Optional, Sequence, Union

from . import _arguments, _core
from ._arguments import Path
from ._result import Calibration, Comparison, Result
from ._values import IN_MEMORY, checked_text, plain, text_of, title_of
from .errors import FormatError, InputError, Problem, SojournWarning, UsageError, WrongType


def load(source: Union[Path, Mapping]) -> "Journey":
    """A journey from a file, or from a mapping with the keys of a journey file.

    Raises InputError with all that is wrong with it, MissingFile where there is none. What is doubtful is warned of
    (SojournWarning).
    """
    if isinstance(source, Mapping):
        return _told(Journey(_core.Journey.parse(IN_MEMORY, text_of(source))))
    return _told(Journey(_core.Journey.read(_arguments.path("source", source))))


def loads(text: Union[str, bytes]) -> "Journey":
    """A journey from the text of a journey file (bytes: UTF-8). Raises InputError with all that is wrong with it."""
    return _told(Journey(_core.Journey.parse(IN_MEMORY, checked_text(text))))


class Check(NamedTuple):
    """What `check` found about one file."""

    ok: bool  # no errors
    problems: List[Problem]  # errors and warnings, in the order of the file
    expected_visits: Dict[str, Optional[float]]  # of a journey, by persona; None where it is not known
    kind: str  # "journey", "scenario", "study" or "unknown"

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems)) if self.problems else "no problems"


def check(path: Path) -> Check:
    """Every problem of a journey, scenario or study, without raising. MissingFile where the file cannot be read."""
    text, problems = _core.check(_arguments.path("path", path))
    file = json.loads(text)["files"][0]
    return Check(file["ok"], problems, file["expected_visits"], file["kind"])


class Journey:
    """A journey, as its file has it or changed. It never changes itself: `set`, `scale`, `shift`, `remove`, `add` and
    `change` give a new one, which knows the one that it came from.

    `journey[address]` is what stands at an address: `journey["touchpoints.queue.duration"]`.

    Made by load() and loads(). Journeys can be pickled, and need their files no more then: what was read goes with them.
    """

    def __init__(self, core: Any):
        self._core = core

    # What it is.

    @property
    def title(self) -> str:
        """Its title; of a changed journey those of the changes."""
        return " + ".join(self.scenarios) or self._core.title

    @property
    def path(self) -> str:
        """The file that it came from; "(in memory)" of one that came from none."""
        return self._core.path

    @property
    def scenarios(self) -> List[str]:
        """Titles of what is changed, in the order applied. Empty: the journey as it is."""
        return self._core.scenarios

    @property
    def personas(self) -> Dict[str, str]:
        """Names by id, in the order of the file."""
        return self._core.personas

    @property
    def touchpoints(self) -> Dict[str, str]:
        """Labels by id."""
        return self._core.touchpoints

    @property
    def outcomes(self) -> Dict[str, str]:
        """Labels by id."""
        return self._core.outcomes

    @property
    def goals(self) -> Dict[str, str]:
        """Labels by id."""
        return self._core.goals

    @property
    def pains(self) -> Dict[str, str]:
        """Labels by id."""
        return self._core.pains

    @property
    def addresses(self) -> List[str]:
        """The address of every number that can be set for everyone, in the order of the file. What only some personas have, or have
        otherwise, is in their addresses_of()."""
        return self._core.addresses("")

    def addresses_of(self, persona: str) -> List[str]:
        """The address of every number that can be set with `personas=persona`."""
        return self._core.addresses(_arguments.text("persona", persona))

    @property
    def problems(self) -> List[Problem]:
        """What is doubtful about it: warnings, for with errors there would be no journey."""
        return self._core.warnings()

    def at(self, address: str, persona: str = "") -> Any:
        """What stands at an address (a default where nothing is written), as that persona, or the largest share of customers, has
        it: number, bool, list, dict, or a text, as times are ("5 min"). None: it can be set, and is not. NotFound (a KeyError):
        there is no such place."""
        return self._core.part(_arguments.text("address", address), _arguments.text("persona", persona))

    def __getitem__(self, address: str) -> Any:
        return self.at(address)

    __iter__ = None  # what it has is in addresses(); a loop over numbers would find nothing

    def __contains__(self, address: object) -> bool:
        """Whether something stands at the address."""
        try:
            self.at(address)
        except (LookupError, InputError):
            return False
        return True

    @property
    def differences(self) -> Dict[str, tuple]:
        """What the changes change, as the largest share of customers has it: address -> (before, after), as YAML."""
        return {address: (before, after) for address, before, after in self._core.differences()}

    def to_yaml(self) -> str:
        """The journey as one file, every default and change written out."""
        return self._core.resolved()

    def resolved(self) -> "Journey":
        """The same journey as if it had been written so: its changes are no changes any more. InputError where some personas have
        touchpoints that others lack, which one file cannot say."""
        return Journey(_core.Journey.parse(IN_MEMORY, self._core.settled()))

    def __reduce__(self) -> Any:
        return _unpickled, (_PICKLED, self._core.state())

    def __repr__(self) -> str:
        changed = f", changed: {self.title}" if self.scenarios else ""
        return f"<sojourn.Journey '{self._core.title}'{changed}, {len(self.personas)} personas, {len(self.touchpoints)} touchpoints>"

    # What if. Each raises InputError with all that is wrong with the change, its remedy with it.

    def set(self, address: str, to: Any, *, personas: Union[None, str, Iterable[str]] = None,
            title: Optional[str] = None) -> "Journey":
        """With another value at an address: a number, a text, a list or a mapping, as the file would have it. A time has its unit,
        "5 min", or is a datetime.timedelta.

        personas: only for these (ids; everyone unless said). title: what the change is called in results.
        """
        return self._with({"set": address, "to": to}, personas, title)

    def scale(self, address: str, by: float, *, personas: Union[None, str, Iterable[str]] = None,
              title: Optional[str] = None) -> "Journey":
        """With a number, a time or a whole distribution times `by`. `personas` and `title` as in set()."""
        return self._with({"scale": address, "by": by}, personas, title)

    def shift(self, address: str, by: Any, *, personas: Union[None, str, Iterable[str]] = None,
              title: Optional[str] = None) -> "Journey":
        """With a number or a time plus `by`. `personas` and `title` as in set()."""
        return self._with({"shift": address, "by": by}, personas, title)

    def remove(self, address: str, reroute: Optional[str] = None, *, personas: Union[None, str, Iterable[str]] = None,
               title: Optional[str] = None) -> "Journey":
        """Without what stands there; of a touchpoint `reroute` is where customers go instead. `personas` and `title` as in set()."""
        change = {"remove": address} if reroute is None else {"remove": address, "reroute": reroute}
        return self._with(change, personas, title)

    def add(self, address: str, as_: Any, *, personas: Union[None, str, Iterable[str]] = None,
            title: Optional[str] = None) -> "Journey":
        """With something new at an address. `personas` and `title` as in set()."""
        return self._with({"add": address, "as": as_}, personas, title)

    def change(self, scenario: Union[Path, Mapping, Sequence[Mapping]]) -> "Journey":
        """With a scenario: a file, a mapping with the keys of a scenario file (`scenario`, `changes`, `because`, `cost`, ...), or only
        its list of changes. Raises InputError with all that is wrong, MissingFile."""
        if isinstance(scenario, Mapping):
            return self._with_mapping(scenario)
        if isinstance(scenario, (list, tuple)):
            return self._with_mapping({"changes": scenario})
        if not isinstance(scenario, (str, bytes, os.PathLike)):
            raise WrongType(f"a change is a file, a mapping or a list of changes, not {scenario!r}")
        return _told(Journey(self._core.with_file(_arguments.path("scenario", scenario))), self)

    def _with(self, change: Dict[str, Any], personas: Union[None, str, Iterable[str]], title: Optional[str]) -> "Journey":
        verb, address = next(iter(change.items()))
        given = {verb: _arguments.text("address", address)}
        given.update((name, plain(value, address)) for name, value in change.items() if name != verb)
        if personas is not None:
            given["for"] = _arguments.texts("personas", personas)
        whole = {"changes": [given]}
        if title is not None:
            whole["scenario"] = _arguments.text("title", title)
        return self._with_mapping(whole)

    def _with_mapping(self, scenario: Mapping) -> "Journey":
        whole = plain(scenario, "")
        changes = whole.get("changes", [])
        whole.setdefault("scenario", title_of(changes if isinstance(changes, list) else []))
        written = whole.pop("journey", self.path)
        if written != self.path and os.path.realpath(str(written)) != self._core.canonical:
            raise UsageError(f"the scenario is on '{written}', and this journey is '{self.path}'")
        whole["journey"] = IN_MEMORY  # what it says is not followed
        return _told(Journey(self._core.with_text(IN_MEMORY, text_of(whole))), self)

    # What comes of it.

    def run(self, agents: Optional[int] = None, *, precision: Optional[float] = None, seed: int = 1, replicate: int = 0,
            threads: Optional[int] = None, plain: bool = False, draws: Optional[int] = None) -> Result:
        """Sends agents through the journey. As `sojourn run`, whose options these are.

        agents: 100,000 unless said; with `precision` the most, 100 million unless said.
        precision: go on until the NPS is known to within so many points, 95 % of the time.
        seed, replicate: the luck; the same give the same bits, whatever the number of threads (all unless said).
        plain: means over agents, not sharpened by what is known without walking.
        draws: how often what is `uncertain:` is drawn (40 to 200 times unless said, 100,000 at most); 0 leaves it.

        Raises UsageError for options out of range, InputError where an agent finds no way on.
        """
        return self._told_of(Result, self._core.run(_arguments.options(locals())))

    def solve(self) -> Result:
        """The same figures without chance, as far as the journey allows; `not_exact` says where it does not. Ctrl-C is heard when
        it is done. Raises InputError where an agent finds no way on."""
        return self._told_of(Result, self._core.solve())

    def compare(self, *what_ifs: Union["Journey", Path, Mapping], agents: Optional[int] = None,
                precision: Optional[float] = None, seed: int = 1, replicate: int = 0, threads: Optional[int] = None,
                plain: bool = False, draws: Optional[int] = None, matters: float = 0.5,
                posterior: Optional[Path] = None) -> Comparison:
        """Sends the same agents, with the same luck, through this journey and through every what-if: journeys that were changed from
        this one, scenario files, or mappings as change() takes them. As `sojourn compare`, whose options these are.

        precision: go on until every difference in NPS is known to within so many points.
        matters: NPS points below which a difference is too small to matter.
        posterior: a file that calibrate() wrote: its draws say what is not known about the journey's numbers.
        Else as run(). Raises UsageError for what-ifs of another journey, InputError, MissingFile, FormatError of the posterior.
        """
        if not what_ifs:
            raise UsageError("compare needs a what-if")
        if self.scenarios:
            raise UsageError(f"compare starts from a journey as it is, and this one is changed: {self.title}. Compare from "
                             "the journey that it came from, or make it a journey of its own with resolved()")
        options = _arguments.options(locals())
        changed = [one if isinstance(one, Journey) else self.change(one) for one in what_ifs]
        for one in changed:
            if not one._core.is_on(self._core):
                raise UsageError(f"'{one.title}' was not made from this journey; make it with its change(), set(), scale(), ...")
            if not one.scenarios:
                raise UsageError("a what-if changes nothing: it is the journey as it is")
        return self._told_of(Comparison, self._core.compare([one._core for one in changed], options))

    def calibrate(self, survey: Path, *, events: Optional[Path] = None, holdout: Optional[Path] = None,
                  mapping: Optional[Path] = None, out: Optional[Path] = None, posterior: Optional[Path] = None,
                  draws: Optional[int] = None, journeys: Optional[int] = None, seed: int = 1,
                  threads: Optional[int] = None, columns: Optional[Mapping] = None, bad_rows: Optional[str] = None,
                  force: bool = False) -> Calibration:
        """Finds the numbers under which the journey answers like a survey. As `sojourn calibrate`, whose options these are.

        columns: which column of the survey holds what, {"score": "NETPRO", "weight": "W"}.
        out, posterior: files to keep the calibrated journey and every draw in; force: replace them.
        What comes has `parameters`, and the journey with the numbers found as `calibrated`.
        """
        if self.scenarios:
            raise UsageError(f"calibrate starts from a journey as it is, and this one is changed: {self.title}. Make it a journey of "
                             "its own with resolved()")
        document, text = _core.calibrate(self._core, _arguments.calibration_options(locals()))
        found = json.loads(document)
        calibrated = Journey(_core.Journey.parse(IN_MEMORY, text) if out is None else _core.Journey.read(os.fsencode(out)))
        for words in found["warnings"]:
            _warn(Problem("warning", self.path, None, None, words, "", "", words))
        return Calibration(found, calibrated)

    def _told_of(self, kind: Any, core: Any) -> Any:
        for problem in core.warnings():
            _warn(problem)
        return kind(json.loads(core.json()), core.tables)


_PICKLED = 1  # what is pickled has this form


def _unpickled(form: int, state: Any) -> Journey:
    if form != _PICKLED:
        raise FormatError("this journey was pickled by another version of sojourn, in a form that this one does not read. Load its file",
                          IN_MEMORY)
    return Journey(_core.Journey.of_state(state))


def _warn(problem: Problem) -> None:
    """Shown at the line of whoever called the module, however deep inside it the problem was found."""
    frame, level = sys._getframe(1), 2
    while frame is not None and frame.f_globals.get("__name__", "").split(".")[0] == __name__.split(".")[0]:
        frame, level = frame.f_back, level + 1
    warnings.warn(SojournWarning(problem), stacklevel=level)


def _told(journey: Journey, before: Optional[Journey] = None) -> Journey:
    """Warns of what is doubtful, but not of what was doubtful before."""
    known = {problem.text for problem in before.problems} if before else set()
    for problem in journey.problems:
        if problem.text not in known:
            _warn(problem)
    return journey
