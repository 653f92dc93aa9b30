"""Results as Python objects: the JSON document of the program, its figures as estimates, its lists as arrays."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Callable, Dict, Iterator, List, Optional, Union

from .errors import NotFound

_Tables = Dict[str, Dict[str, list]]
_ESTIMATE = ("estimate", "se", "lo", "hi")
_FIGURES = (*_ESTIMATE, "p_better", "adjusted_lo", "adjusted_hi")


@dataclass(frozen=True)
class Estimate:
    """A figure with its standard error and 95 % interval. NPS is in points, shares are 0 to 1, times are hours.

    Differences have three more: `p_better`, the probability of being in the better direction, and `adjusted_lo` and `adjusted_hi`,
    an interval that holds for all what-ifs together. `float()` gives the estimate.
    """

    estimate: float
    se: Optional[float] = None
    lo: Optional[float] = None
    hi: Optional[float] = None
    p_better: Optional[float] = None
    adjusted_lo: Optional[float] = None
    adjusted_hi: Optional[float] = None

    def __float__(self) -> float:
        return self.estimate

    def __format__(self, spec: str) -> str:
        return format(self.estimate, spec) if spec else str(self)

    def __str__(self) -> str:
        if self.lo is None or self.hi is None or self.lo == self.hi:  # the last: exact, or the same for everyone
            return f"{self.estimate:.6g}"
        digits = _digits(self.hi - self.lo)
        return f"{self.estimate:.{digits}f} ({self.lo:.{digits}f} to {self.hi:.{digits}f})"


def _digits(width: float) -> int:
    """Decimals with which the ends of an interval so wide differ by ten of their last digit or more."""
    digits = 1
    while digits < 12 and 0 < width * 10**digits < 10:
        digits += 1
    return digits


class Figures(Mapping):
    """Named figures, as in the program's JSON: `figures.nps`, `figures["nps"]`, `figures.touchpoints["queue"].mood`.

    What does not exist (a mean over no visits) is None; lists of numbers are NumPy arrays of float64, in which it is NaN. Figures
    are equal where all of them are to the last bit, and can be pickled.
    """

    def __init__(self, document: Dict[str, Any]):
        self._document = document

    def __getitem__(self, name: str) -> Any:
        try:
            return _wrap(self._document[name])
        except KeyError:
            raise NotFound(f"there is no {name!r} here", f"There are {self._known()}") from None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._document:
            raise AttributeError(f"there is no {name!r} here. There are {self._known()}")
        return self[name]

    def _known(self) -> str:
        return (", ".join(list(self._document)[:12]) + (", ..." if len(self._document) > 12 else "")) or "none"

    def __eq__(self, other: Any) -> bool:
        return self._document == other._document if isinstance(other, Figures) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __iter__(self) -> Iterator[str]:
        return iter(self._document)

    def __len__(self) -> int:
        return len(self._document)

    def __dir__(self) -> List[str]:
        return [*super().__dir__(), *(name for name in self._document if name.isidentifier())]

    def __repr__(self) -> str:
        lines = []
        for name, value in list(self._document.items())[:40]:
            shown = _wrap(value)
            if isinstance(shown, Figures):
                shown = "{" + ", ".join(list(shown)[:6]) + (", ..." if len(shown) > 6 else "") + "}"
            elif isinstance(value, list):
                shown = f"[{len(value)}]"
            lines.append(f"{name}: {shown}")
        return "\n".join(lines + (["..."] if len(self._document) > 40 else []))

    def to_dict(self) -> Dict[str, Any]:
        """As plain Python, which is what the program writes as JSON."""
        return self._document


def _is_numeric(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(map(_is_numeric, value))
    return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))


def _wrap(value: Any) -> Any:
    if isinstance(value, dict):
        # An estimate has these four and no other but those of a difference; nothing else in a document does.
        if all(name in value for name in _ESTIMATE):
            return Estimate(*(None if value.get(name) is None else float(value[name])
                              for name in Estimate.__dataclass_fields__))
        return Figures(value)
    if isinstance(value, list):
        if _is_numeric(value) and value:
            import numpy

            return numpy.array(value, dtype=float)
        return [_wrap(one) for one in value]
    return value


class Result(Figures):
    """What `run` and `solve` found: figures under the names of the program's JSON, and tables for pandas.

    `overall`, `personas[ID]` and `touchpoints[ID]` hold estimates; `overall.scores` the shares of the answers 0 to 10, shape (11,);
    `not_exact` (of `solve`) says which figures have no exact answer, and why. `to_dict()` is the document `sojourn.run/1`, without
    `performance`.
    """

    def __init__(self, document: Dict[str, Any], tables: Union[_Tables, Callable[[], _Tables]]):
        document.pop("performance", None)
        super().__init__(document)
        self._tables = tables  # or what makes them

    def __getstate__(self) -> Dict[str, Any]:
        self._all_tables()
        return self.__dict__

    @property
    def tables(self) -> List[str]:
        """Names of the tables that there are: those of the program's `--csv`."""
        return list(self._all_tables())

    def table(self, name: str) -> Any:
        """One of the tables as a pandas frame: tidy, one row a figure, the same columns as the program's CSV. Figures are float64
        (NaN: there is none), answers int64, all else texts. NotFound (a KeyError) where there is no such table."""
        tables = self._all_tables()
        if name not in tables:
            raise NotFound(f"there is no table {name!r}", f"There are {', '.join(tables)}")
        import pandas

        columns = tables[name]
        frame = pandas.DataFrame(columns)
        # Of no rows pandas cannot tell what they would be.
        return frame if len(frame) else frame.astype({column: "float64" if column in _FIGURES else object for column in columns})

    def to_json(self) -> str:
        """The document as the program writes it, without `performance`."""
        return json.dumps(self._document, ensure_ascii=False, indent=2)

    def _all_tables(self) -> _Tables:
        if callable(self._tables):
            self._tables = self._tables()
        return self._tables

    def _said(self, name: str) -> str:
        """A figure of everybody, or why there is none."""
        figure = self.overall[name]
        if figure is not None:
            return str(figure)
        why = self._document.get("not_exact", {}).get(name)
        return f"no exact answer: {why}" if why else "none"

    def __repr__(self) -> str:
        lines = [self._document["journey"]["title"]]
        if self._document["method"] == "exact":
            lines[0] += ": exact"
        else:
            lines[0] += f": {self._document['agents']:,} agents, seed {self._document['seed']}"
        lines += [f"  {name}: {self._said(name)}" for name in ("nps", "satisfaction", "success", "elapsed_hours")]
        return "\n".join(lines)


class Comparison(Result):
    """What `compare` found. `base` is the journey as it is (as a result of `run`); `scenarios` has, for each what-if, its `result`,
    the `difference` it makes (what-if less base, over the same agents), the same by `personas` and `touchpoints`, a `verdict`, and
    `flips`, the shares by class as it is (row: detractor, passive, promoter) and what if (column), shape (3, 3).

    `to_dict()` is the document `sojourn.compare/1`, without `performance`.
    """

    @property
    def verdicts(self) -> List[str]:
        """What each what-if does, a sentence each."""
        return [one["verdict"] for one in self._document["scenarios"]]

    def __repr__(self) -> str:
        lines = [f"{self._document['base']['journey']['title']}: {self._document['agents']:,} agents, seed "
                 f"{self._document['seed']}", f"  as it is: nps {_wrap(self._document['base']['overall']['nps'])}"]
        for one in self._document["scenarios"]:
            difference = _wrap(one["difference"]["nps"])
            lines.append(f"  {one['scenario']['title']}: nps {'+' if float(difference) > 0 else ''}{difference}, "
                         f"{one['verdict_kind']}")
        return "\n".join(lines)


class Calibration(Figures):
    """What `calibrate` found: `parameters[ADDRESS]` with their intervals (times in hours), `fit`, `holdout`, `warnings`; and the journey
    with the numbers found as `calibrated`.

    `to_dict()` is the document `sojourn.calibrate/1`.
    """

    def __init__(self, document: Dict[str, Any], calibrated: Any):
        super().__init__(document)
        self._calibrated = calibrated

    @property
    def calibrated(self) -> Any:
        """The journey with the numbers that were found."""
        return self._calibrated

    def to_json(self) -> str:
        """The document as the program writes it, which `sojourn report` reads."""
        return json.dumps(self._document, ensure_ascii=False, indent=2)

    def table(self) -> Any:
        """The parameters as a pandas frame, one row each, by address."""
        import pandas

        return pandas.DataFrame.from_dict(self._document["parameters"], orient="index").rename_axis("address")

    def __repr__(self) -> str:
        parameters = self._document["parameters"]
        return "\n".join(f"{address}: {one['estimate']:.4g} ({one['lo']:.4g} to {one['hi']:.4g})"
                         for address, one in parameters.items())
