"""The targets: for each figure, the boarding area that is best at it."""

from collections.abc import Callable

from book import Book, Tree
from figures import nps, rated
from places import PLACES
from survey import Row

PLACES_WITH_TARGET = ("find_way", "security", "restroom", "food", "wifi", "gate")


def write_targets(book: Book) -> Tree:
    areas = sorted({row["boarding_area"] for row in book.now})
    groups = {area: [row for row in book.now if row["boarding_area"] == area] for area in areas}

    def best(name: str, measure: Callable[[list[Row]], float], digits: int) -> float:
        area = max(areas, key=lambda a: measure(groups[a]))
        book.note(f"targets.{name}", f"boarding area {area}, n {len(groups[area])} asked there")
        return round(measure(groups[area]), digits)

    result: Tree = {"nps": best("nps", lambda rows: nps(rows).mean, 0),
                    "satisfaction": best("satisfaction", lambda rows: rated(rows, "r_all").mean, 1)}
    for place_id in PLACES_WITH_TARGET:
        place, name = PLACES[place_id], f"touchpoints.{place_id}.experience"
        result[name] = best(name, lambda rows, p=place: rated(filter(p.who, rows), p.column).mean, 1)
    return result
