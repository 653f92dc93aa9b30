"""Who uses what: the shares of passengers who come by a place, and whether they got there what they wanted."""

from collections.abc import Iterable

from book import Book, except_for
from figures import Mean, clearly_differs, rated, share
from places import PLACES
from segments import SEGMENTS, is_connecting, starts_here
from survey import Row, code, rating

USED = {"food": "bought_food", "store": "bought_store", "wifi": "used_wifi", "bags": "checked_bags"}


def used_today(rows: Iterable[Row], place_id: str) -> Mean:
    """The share of those who say yes to having used it today."""
    column = USED[place_id]
    return share(rows, code(column, 1), code(column, 1, 2))


def ever_used(rows: Iterable[Row], column: str) -> Mean:
    """The share that rates it, instead of answering "never used"."""
    return share(rows, lambda row: rating(row, column) is not None, code(column, 1, 2, 3, 4, 5, 6))


def through_security(book: Book) -> Mean:
    """The share of connecting passengers who go through security at this airport."""
    return share(book.of("connecting"), code("Q11TSAPRE", 1, 2, 3), code("Q11TSAPRE", 1, 2, 3, 4))


def reach(book: Book, place_id: str) -> float:
    """The share of all passengers who come by a touchpoint."""
    if place_id in ("way", "check_in"):
        return share(book.now, starts_here).mean
    if place_id == "security":
        return 1 - share(book.now, is_connecting).mean * (1 - through_security(book).mean)
    if place_id == "restroom":
        return ever_used(book.now, "c_restroom").mean
    if place_id in USED:
        return used_today(book.now, place_id).mean
    return 1.0


def works(book: Book, place_id: str) -> float:
    """The share of users who rate it 3 or better: they got what they came for."""
    place = PLACES[place_id]
    return round(share(book.now, lambda row: (rating(row, place.column) or 0) >= 5,
                       lambda row: place.who(row) and rating(row, place.column) is not None).mean, 2)


def airport_rating(book: Book, place_id: str) -> tuple[Mean, Mean]:
    """How the airport as a whole is rated by those who used the place today, and by those who did not."""
    users, others = (rated(filter(code(USED[place_id], answer), book.now), "r_all") for answer in (1, 2))
    return users, others


def odds(probability: float) -> float:
    return round(probability / (1 - probability), 2)


def edge_odds(book: Book, place_id: str) -> float:
    """Odds of going there before going on: against a total weight of 1 they give exactly the survey's share."""
    special = []
    for persona in SEGMENTS:
        mine, rest = used_today(book.of(persona), place_id), used_today(book.without(persona), place_id)
        if clearly_differs(mine, rest):
            special.append(persona)
            book.override(persona, f"touchpoints.concourse.next.{place_id}.weight", odds(mine.mean),
                          f"{USED[place_id]}: {mine.mean:.0%} of n {mine.n}; everybody else {rest.mean:.0%}")
    common = used_today(book.without(*special), place_id)
    book.note(f"touchpoints.concourse.next.{place_id}",
              f"{USED[place_id]}: {common.mean:.0%} of n {common.n}{except_for(special)}")
    return odds(common.mean)
