"""Journeys: loaded, changed, asked."""

import datetime
import json
import os
import tempfile
import warnings
from collections.abc import Mapping
from typing import Any, Dict, Iterable, List, NamedTuple, Optional, Sequence, Union

from . import _core
from ._result import Calibration, Comparison, Result
from .errors import Problem, SojournWarning, UsageError

Path = Union[str, "os.PathLike[str]"]

_IN_MEMORY = "(in memory)"
_MOST_AGENTS = 2**40
_MOST_DRAWS = 100_000


def load(source: Union[Path, Mapping]) -> "Journey":
    """A journey from a file, or from a mapping with the keys of a journey file.

    Raises InputError with all that is wrong with it, MissingFile where there is none. What is doubtful is warned of
    (SojournWarning).
    """
    if isinstance(source, Mapping):
        return _told(Journey(_core.Journey.parse(_IN_MEMORY, _text_of(source))))
    return _told(Journey(_core.Journey.read(os.fspath(source))))


def loads(text: str) -> "Journey":
    """A journey from the text of a journey file."""
    return _told(Journey(_core.Journey.parse(_IN_MEMORY, text)))


class Check(NamedTuple):
    """What `check` found about one file."""

    ok: bool
    problems: List[Problem]
    expected_visits: Dict[str, Optional[float]]  # by persona; None where it is not known
    kind: str  # "journey", "scenario", "study" or "unknown"

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems)) if self.problems else "no problems"


def check(path: Path) -> Check:
    """Every problem of a journey, scenario or study, without raising. MissingFile where the file cannot be read."""
    text, problems, missing = _core.check(os.fspath(path))
    if missing:
        from .errors import MissingFile

        raise MissingFile(missing)
    file = json.loads(text)["files"][0]
    return Check(file["ok"], problems, file["expected_visits"], file["kind"])


class Journey:
    """A journey, as its file has it or changed. It never changes itself: `set`, `scale`, `shift`, `remove`, `add` and
    `change` give a new one, which knows the one that it came from.

    `journey[address]` is what stands at an address: `journey["touchpoints.queue.duration"]`.
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
        """The file that it came from."""
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
        """The address of every number: what can be set, scaled and shifted."""
        return self._core.addresses()

    @property
    def problems(self) -> List[Problem]:
        """What is doubtful about it: warnings, for with errors there would be no journey."""
        return self._core.warnings()

    def at(self, address: str, persona: str = "") -> Any:
        """What stands at an address (a default where nothing is written), as that persona, or the largest share of customers, has
        it. None: it can be set, and is not. KeyError: there is no such place."""
        return self._core.part(address, persona)

    def __getitem__(self, address: str) -> Any:
        return self.at(address)

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
        return Journey(_core.Journey.parse(_IN_MEMORY, self.to_yaml()))

    def __repr__(self) -> str:
        changed = f", changed: {self.title}" if self.scenarios else ""
        return f"<sojourn.Journey '{self._core.title}'{changed}, {len(self.personas)} personas, {len(self.touchpoints)} touchpoints>"

    # What if.

    def set(self, address: str, to: Any, **more: Any) -> "Journey":
        """With another value at an address. A time has its unit, "5 min", or is a datetime.timedelta. `personas`: only for these;
        `title`: what the change is called in results."""
        return self._with([_change({"set": address, "to": to}, more)], more)

    def scale(self, address: str, by: float, **more: Any) -> "Journey":
        """With a number, a time or a whole distribution times `by`. `personas` and `title` as in set()."""
        return self._with([_change({"scale": address, "by": by}, more)], more)

    def shift(self, address: str, by: Any, **more: Any) -> "Journey":
        """With a number or a time plus `by`. `personas` and `title` as in set()."""
        return self._with([_change({"shift": address, "by": by}, more)], more)

    def remove(self, address: str, reroute: Optional[str] = None, **more: Any) -> "Journey":
        """Without what stands there; of a touchpoint `reroute` is where customers go instead. `personas` and `title` as in set()."""
        change = {"remove": address} if reroute is None else {"remove": address, "reroute": reroute}
        return self._with([_change(change, more)], more)

    def add(self, address: str, as_: Any, **more: Any) -> "Journey":
        """With something new at an address. `personas` and `title` as in set()."""
        return self._with([_change({"add": address, "as": as_}, more)], more)

    def change(self, scenario: Union[Path, Mapping, Sequence[Mapping]]) -> "Journey":
        """With a scenario: a file, a mapping with the keys of a scenario file (`scenario`, `changes`, `because`, `cost`, ...), or only
        its list of changes. Raises InputError with all that is wrong."""
        if isinstance(scenario, (str, os.PathLike)):
            return _told(Journey(self._core.with_file(os.fspath(scenario))), self)
        if not isinstance(scenario, Mapping):
            return self._with(list(scenario), {})
        whole = dict(scenario)
        whole.setdefault("scenario", _title_of(whole.get("changes", [])))
        written = whole.setdefault("journey", self.path)
        if written != self.path and os.path.realpath(written) != self._core.canonical:
            raise UsageError(f"the scenario is on '{written}', and this journey is '{self.path}'")
        return _told(Journey(self._core.with_text(_IN_MEMORY, _text_of(whole))), self)

    def _with(self, changes: List[Mapping], more: Dict[str, Any]) -> "Journey":
        title = more.pop("title", None)
        if more:
            raise TypeError(f"there is no argument '{next(iter(more))}'; there are personas and title")
        return self.change({"scenario": title or _title_of(changes), "changes": changes})

    # What comes of it.

    def run(self, agents: Optional[int] = None, *, precision: Optional[float] = None, seed: int = 1, replicate: int = 0,
            threads: Optional[int] = None, plain: bool = False, draws: Optional[int] = None) -> Result:
        """Sends agents through the journey. As `sojourn run`, whose options these are.

        agents: 100,000 unless said; with `precision` the most, 100 million unless said.
        precision: go on until the NPS is known to within so many points, 95 % of the time.
        seed, replicate: the luck; the same give the same bits, whatever the number of threads (all unless said).
        plain: means over agents, not sharpened by what is known without walking.
        draws: how often what is `uncertain:` is drawn (40 to 200 times unless said); 0 leaves it.
        """
        return self._told_of(Result, self._core.run(_options(locals())))

    def solve(self) -> Result:
        """The same figures without chance, as far as the journey allows; `not_exact` says where it does not. Ctrl-C is heard when
        it is done."""
        return Result(self._core.solve())

    def compare(self, *what_ifs: Union["Journey", Path, Mapping], agents: Optional[int] = None,
                precision: Optional[float] = None, seed: int = 1, replicate: int = 0, threads: Optional[int] = None,
                plain: bool = False, draws: Optional[int] = None, matters: float = 0.5,
                posterior: Optional[Path] = None) -> Comparison:
        """Sends the same agents, with the same luck, through this journey and through every what-if: journeys that were changed from
        this one, scenario files, or mappings as change() takes them. As `sojourn compare`, whose options these are.

        precision: go on until every difference in NPS is known to within so many points.
        matters: NPS points below which a difference is too small to matter.
        posterior: a file that calibrate() wrote: its draws say what is not known about the journey's numbers.
        Else as run().
        """
        if not what_ifs:
            raise UsageError("compare needs a what-if")
        if self.scenarios:
            raise UsageError(f"compare starts from a journey as it is, and this one is changed: {self.title}. Compare from "
                             "the journey that it came from, or make it a journey of its own with resolved()")
        changed = [one if isinstance(one, Journey) else self.change(one) for one in what_ifs]
        for one in changed:
            if not one._core.is_on(self._core):
                raise UsageError(f"'{one.title}' was not made from this journey; make it with its change(), set(), scale(), ...")
            if not one.scenarios:
                raise UsageError("a what-if changes nothing: it is the journey as it is")
        options = _options(locals())
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
            raise UsageError("a changed journey has no file to calibrate. Make it a journey of its own with resolved()")
        if self.path != _IN_MEMORY and not self._core.is_as_read():
            raise UsageError(f"{self.path} was changed after it was loaded, and calibrate() reads the file. Load it again")
        with tempfile.TemporaryDirectory(prefix="sojourn-") as folder:
            journey = self.path
            if journey == _IN_MEMORY:
                journey = os.path.join(folder, "journey.yaml")
                with open(journey, "w", encoding="utf-8") as file:
                    file.write(self._core.text)
            document = os.path.join(folder, "calibration.json")
            calibrated = os.fspath(out) if out is not None else os.path.join(folder, "calibrated.yaml")
            asked = [journey, "--survey", os.fspath(survey), "--seed", str(seed), "--json", document, "--out", calibrated]
            for name, value in (("events", events), ("holdout", holdout), ("mapping", mapping), ("posterior", posterior),
                                ("draws", draws), ("journeys", journeys), ("threads", threads), ("bad-rows", bad_rows)):
                if value is not None:
                    asked += [f"--{name}", os.fspath(value) if not isinstance(value, int) else str(value)]
            for role, column in (columns or {}).items():
                asked += [f"--{role}-column", column]
            _core.calibrate(asked + ["--quiet"] + (["--force"] if force else []))
            with open(document, encoding="utf-8") as file:
                found = json.load(file)
            with open(calibrated, encoding="utf-8") as file:
                text = file.read()
        found.pop("command", None)  # it names files that are gone
        calibrated_journey = Journey(_core.Journey.read(calibrated)) if out is not None else loads(text)
        for warning in found.get("warnings", []):
            words = warning if isinstance(warning, str) else warning.get("what", str(warning))
            warnings.warn(SojournWarning(Problem("warning", self.path, None, None, words, "", "", words)), stacklevel=2)
        return Calibration(found, calibrated_journey)

    def _told_of(self, kind: Any, core: Any) -> Any:
        for problem in core.warnings():
            warnings.warn(SojournWarning(problem), stacklevel=3)
        return kind(core)


def _told(journey: Journey, before: Optional[Journey] = None) -> Journey:
    """Warns of what is doubtful, but not of what was doubtful before."""
    known = {problem.text for problem in before.problems} if before else set()
    for problem in journey.problems:
        if problem.text not in known:
            warnings.warn(SojournWarning(problem), stacklevel=3)
    return journey


def _change(change: Dict[str, Any], more: Dict[str, Any]) -> Dict[str, Any]:
    personas: Union[None, str, Iterable[str]] = more.pop("personas", None)
    if personas is not None:
        change["for"] = [personas] if isinstance(personas, str) else list(personas)
    return change


def _title_of(changes: Iterable[Mapping]) -> str:
    """A change in words where nobody gave it a title."""
    titles = []
    for change in changes:
        if not isinstance(change, Mapping) or not change:
            continue
        verb, address = next(iter(change.items()))
        value = next((f" {word} {_plain(change[word])}" for word in ("to", "by") if word in change), "")
        titles.append(f"{verb} {address}{value}")
    return "; ".join(titles)[:200] or "a change"


def _plain(value: Any) -> Any:
    """A value as JSON has it: NumPy's numbers as Python's, times as the file writes them."""
    if isinstance(value, datetime.timedelta):
        seconds = value.total_seconds()
        return f"{int(seconds) if seconds == int(seconds) else seconds} s"
    for method in ("item", "tolist"):  # of a scalar, of an array
        if hasattr(value, method) and not isinstance(value, (str, bytes)):
            try:
                return getattr(value, method)()
            except ValueError:
                continue
    return value


def _json_value(value: Any) -> Any:
    plain = _plain(value)
    if plain is value:
        if isinstance(value, Mapping):
            return dict(value)
        raise TypeError(f"a {type(value).__name__} cannot stand in a journey: {value!r}")
    return plain


def _text_of(mapping: Mapping) -> str:
    """JSON, which is YAML too. ValueError for NaN and infinity."""
    return json.dumps(dict(mapping), ensure_ascii=False, indent=2, allow_nan=False, default=_json_value)


def _whole(name: str, value: Any, low: int, high: int) -> int:
    try:
        whole = int(value)
    except (TypeError, ValueError):
        raise UsageError(f"{name} is a whole number, not {value!r}") from None
    if isinstance(value, str) or whole != value or isinstance(value, bool):
        raise UsageError(f"{name} is a whole number, not {value!r}")
    if not low <= whole <= high:
        raise UsageError(f"{name} is out of range: {value!r}. It takes {low} to {high:,}")
    return whole


def _number(name: str, value: Any, low: float, high: float, above_low: bool = False) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise UsageError(f"{name} is a number, not {value!r}") from None
    if not low <= number <= high or (above_low and number == low):
        raise UsageError(f"{name} is out of range: {value!r}. It takes a number from {low:g} to {high:g}")
    return number


def _options(given: Mapping) -> Any:
    """The options among the arguments of run() and compare()."""
    options = _core.Options()
    whole = {"agents": (1, _MOST_AGENTS), "seed": (0, 2**64 - 1), "replicate": (0, 2**24 - 1), "threads": (1, 1024),
             "draws": (0, _MOST_DRAWS)}
    for name, (low, high) in whole.items():
        if given[name] is not None:
            setattr(options, name, _whole(name, given[name], low, high))
    if given["precision"] is not None:
        options.precision = _number("precision", given["precision"], 0, 100, above_low=True)
    options.plain = bool(given["plain"])
    if "matters" in given:
        options.matters = _number("matters", given["matters"], 0, 200)
    if given.get("posterior") is not None:
        options.posterior = os.fspath(given["posterior"])
    return options
