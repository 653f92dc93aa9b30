"""The experience at a place: the mean and the spread of its rating, for all and for whom it differs."""

from collections.abc import Iterable

from book import Book, Tree, except_for
from figures import Mean, clearly_differs, rated
from places import PLACES, STAND_INS
from problems import untroubled
from segments import SEGMENTS
from survey import Row, Test, everyone


def untroubled_rating(rows: Iterable[Row], place_id: str, test: Test = everyone) -> Mean:
    """How passengers rate a touchpoint who count there and did not report one of its own problems."""
    place = PLACES[place_id]
    return rated((row for row in untroubled(rows, place_id) if place.who(row) and test(row)), place.column)


def differing(book: Book, place_id: str, test: Test = everyone) -> list[str]:
    """The personas that clearly rate a touchpoint otherwise, all its channels together."""
    if place_id in STAND_INS:
        return []
    return [persona for persona in SEGMENTS
            if clearly_differs(untroubled_rating(book.of(persona), place_id, test),
                               untroubled_rating(book.without(persona), place_id, test))]


def write_experience(book: Book, place_id: str) -> Tree:
    """The experience of a touchpoint whose channels do not differ in it."""
    return write_rating(book, place_id, f"touchpoints.{place_id}", everyone, differing(book, place_id))


def write_rating(book: Book, place_id: str, path: str, test: Test, special: list[str]) -> Tree:
    """The rating's mean and spread, and an override for each of the special personas."""
    column, whose = PLACES[place_id].column, PLACES[place_id].whose
    common = untroubled_rating(book.without(*special), place_id, test)
    source = ("stand-in: " if place_id in STAND_INS else "") + f"{column}, n {common.n} {whose}"
    book.note(f"{path}.experience", source.strip() + except_for(special))
    for persona in special:
        mine = untroubled_rating(book.of(persona), place_id, test)
        rest = untroubled_rating(book.without(persona), place_id, test)
        book.override(persona, f"{path}.experience.beta.mean", round(mine.mean, 2),
                      f"{column}, n {mine.n}; everybody else {rest.mean:.2f}")
    return {"beta": {"mean": round(common.mean, 2), "sd": round(common.sd, 2)}}
