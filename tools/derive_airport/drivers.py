"""The drivers: what moves the recommendation, by regression of the answers on the ratings."""

import math

from book import Book, Tree
from figures import recommendation_class
from places import CORE, PLACES, STAND_INS
from regression import Observation, least_squares
from survey import Row, rating, score, weight

RATED_BY = 5                # a passenger's mean rating counts from so many touchpoints on
IMPORTANCE_FLOOR = 0.2


def core_ratings(row: Row, without: str = "") -> list[float]:
    """A passenger's ratings of what nearly everybody rated; none if they are too few for a mean."""
    columns = [PLACES[place].column for place in CORE if PLACES[place].column != without]
    known = [value for column in columns if (value := rating(row, column)) is not None]
    return known if len(known) >= RATED_BY else []


def mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)


def unique_slope(rows: list[Row], column: str) -> float:
    """What a point of this rating adds to the recommendation beyond the passenger's other ratings."""
    data = []
    for row in rows:
        own, rest, answer = rating(row, column), core_ratings(row, column), score(row)
        if own is not None and rest and answer is not None:
            data.append(((own, mean(rest)), float(answer), weight(row)))
    return least_squares(data)[1]


def importances(rows: list[Row]) -> dict[str, float]:
    """Unique slopes, scaled so that the rated touchpoints' mean is 1; never below the floor."""
    rated = [place for place in PLACES if place not in STAND_INS]
    slopes = {column: max(0.0, unique_slope(rows, column)) for column in {PLACES[place].column for place in rated}}
    average = mean([slopes[PLACES[place].column] for place in rated])
    result = {place: max(IMPORTANCE_FLOOR, round(slopes[PLACES[place].column] / average, 1)) for place in rated}
    return result | {place: 1.0 for place in STAND_INS}


def memory(book: Book, anchor: float) -> Tree:
    """Weights of peak, end and mean: the recommendation regressed on the three; below nothing counts as nothing."""
    data = []
    for row in book.now:
        values, end, answer = core_ratings(row), rating(row, PLACES["gate"].column), score(row)
        if values and end is not None and answer is not None:
            peak = max(values, key=lambda value: abs(value - anchor))
            data.append(((peak, end, mean(values)), float(answer), weight(row)))
    slopes = [max(0.0, slope) for slope in least_squares(data)[1:]]
    total = math.fsum(slopes)
    book.note("satisfaction.memory", f"netpro on the lowest or highest, the last and the mean rating, n {len(data)}")
    return dict(zip(("peak", "end", "mean"), (round(slope / total, 2) for slope in slopes)))


def nps_slope(rows: list[Row]) -> tuple[float, float]:
    """NPS points per point of a passenger's mean rating, and its standard error (White 1980)."""
    data: list[Observation] = [((mean(values),), recommendation_class(answer), weight(row)) for row in rows
                               if (values := core_ratings(row)) and (answer := score(row)) is not None]
    level, slope = least_squares(data)
    centre = math.fsum(w * x[0] for x, _, w in data) / math.fsum(w for _, _, w in data)
    spread = math.fsum(w * (x[0] - centre) ** 2 for x, _, w in data)
    noise = math.fsum((w * (x[0] - centre) * (y - level - slope * x[0])) ** 2 for x, y, w in data)
    return slope, math.sqrt(noise) / spread
