"""The channels: how many use each, how they rate it, and which persona prefers which."""

from assumptions import DURATIONS, assumed, lognormal
from book import Book, Tree
from experience import differing, write_rating
from figures import share
from places import LINES, WAYS, Channels, one_of
from segments import starts_here
from survey import Test, everyone


def write_channels(book: Book, place_id: str, channels: Channels, who: Test) -> Tree:
    """Channels with the survey's shares and a rating each."""
    known = one_of(channels, who)
    special = differing(book, place_id, known)
    source = {"way": "get_to", "parking": "Q3PARK", "security": "Q11TSAPRE"}[place_id]
    result: Tree = {}
    for channel, (label, test) in channels.items():
        path = f"touchpoints.{place_id}.channels.{channel}"
        result[channel] = {"label": label, "share": round(share(book.now, test, known).mean, 3),
                           "experience": write_rating(book, place_id, path, test, special)}
        if f"{place_id}.{channel}" in DURATIONS:
            result[channel]["duration"] = lognormal(f"{place_id}.{channel}")
            book.note(f"{path}.duration", "assumed")
        book.note(f"{path}.share", f"{source}, n {sum(map(test, filter(who, book.now)))}")
    return result


def affinities(book: Book, persona: str) -> Tree:
    """How much more or less than the average this persona uses each channel: the ratio of the shares."""
    result: Tree = {}
    groups = [(LINES, everyone)] if persona == "connecting" else [(WAYS, starts_here), (LINES, everyone)]
    for channels, who in groups:
        known = one_of(channels, who)
        for channel, (_, test) in channels.items():
            mine = share(book.of(persona), test, known).mean
            result[channel] = round(mine / share(book.now, test, known).mean, 2)
    if persona == "business":
        result["online"] = assumed("check_in.business")
    return result
