"""Weighted figures of groups of passengers: means, shares, the NPS, and when two of them differ."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from survey import Row, Test, everyone, rating, score, weight

CLEAR = 2.6         # standard errors between two groups that differ: one time in a hundred by chance
LEAST = 30          # answers that a group's own number rests on


class Mean(NamedTuple):
    """A weighted mean with its spread, its standard error and the number of answers."""

    n: int
    mean: float
    sd: float
    se: float

    @property
    def margin(self) -> float:
        """Half of the 95 % interval."""
        return 1.96 * self.se


def summary(values: Iterable[tuple[float, float]]) -> Mean:
    """The weighted mean of (value, weight) pairs; its error counts the weights' unevenness."""
    pairs = list(values)
    if not pairs:
        return Mean(0, math.nan, math.nan, math.nan)
    total = math.fsum(w for _, w in pairs)
    mean = math.fsum(x * w for x, w in pairs) / total
    variance = math.fsum(w * (x - mean) ** 2 for x, w in pairs) / total
    effective = total**2 / math.fsum(w * w for _, w in pairs)
    return Mean(len(pairs), mean, math.sqrt(variance), math.sqrt(variance / effective))


def weighted_median(pairs: Iterable[tuple[float, float]]) -> float:
    """The first value at which half of the weight is reached."""
    ordered = sorted(pairs)
    half, reached = math.fsum(w for _, w in ordered) / 2, 0.0
    for value, w in ordered:
        reached += w
        if reached >= half:
            break
    return value


def rated(rows: Iterable[Row], column: str) -> Mean:
    """How the passengers who used it rated it."""
    pairs = ((rating(row, column), weight(row)) for row in rows)
    return summary((x, w) for x, w in pairs if x is not None)


def share(rows: Iterable[Row], yes: Test, known: Test = everyone) -> Mean:
    """The share of `yes` among the passengers for whom it is known."""
    return summary((float(yes(row)), weight(row)) for row in rows if known(row))


def clearly_differs(one: Mean, other: Mean) -> bool:
    """Whether two groups differ by more than chance would let us believe."""
    return min(one.n, other.n) >= LEAST and abs(one.mean - other.mean) > CLEAR * math.hypot(one.se, other.se)


def recommendation_class(answer: int) -> float:
    """100 for a promoter, -100 for a detractor: its mean is the NPS."""
    return 100.0 if answer >= 9 else -100.0 if answer <= 6 else 0.0


def nps(rows: Iterable[Row], weighted: bool = True) -> Mean:
    """The Net Promoter Score of those who answered."""
    pairs = ((score(row), weight(row) if weighted else 1.0) for row in rows)
    return summary((recommendation_class(y), w) for y, w in pairs if y is not None)


def histogram(rows: Iterable[Row]) -> list[float]:
    """Weighted shares of the answers 0..10."""
    shares = [0.0] * 11
    for row in rows:
        if (answer := score(row)) is not None:
            shares[answer] += weight(row)
    total = math.fsum(shares)
    return [s / total for s in shares]
