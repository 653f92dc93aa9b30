"""The touchpoints, stretch by stretch, in the order in which people meet them."""

from typing import Any

from assumptions import ASSUMED, assumed, lognormal
from book import Book, Tree
from channels import write_channels
from deadline import deadline
from drivers import importances
from experience import write_experience
from figures import share
from goals import FULFILLED_AT
from pains import problems_at
from places import GARAGES, LINES, PLACES, WAYS
from problems import PROBLEMS
from segments import SEGMENTS, starts_here
from survey import everyone
from usage import edge_odds, ever_used, reach, through_security, used_today, works


def write_touchpoints(book: Book) -> Tree:
    """All of them, each with its texts and its importance."""
    parts = getting_there(book) | departure_hall(book) | at_security(book) | on_the_concourse(book) | to_the_gate(book)
    weights = importances(book.now)
    telling = sorted(weights, key=lambda place: weights[place])[-2:]
    result: Tree = {}
    for place_id, place in PLACES.items():
        head: Tree = {"label": place.label, "stage": place.stage, "importance": weights[place_id]}
        if place_id in telling:
            head["moment_of_truth"] = True
            book.note(f"touchpoints.{place_id}.moment_of_truth", "one of the two that move the recommendation most")
        result[place_id] = head | parts[place_id]
    return result


def plain(book: Book, place_id: str, **fields: Any) -> Tree:
    """A touchpoint without channels."""
    result: Tree = {"experience": write_experience(book, place_id), "duration": lognormal(place_id)}
    book.note(f"touchpoints.{place_id}.duration", "assumed")
    return result | fields


def either(probability: float, this: str, that: str) -> Tree:
    """Edges to two nodes."""
    return {this: round(probability, 2), that: round(1 - probability, 2)}


def getting_there(book: Book) -> Tree:
    """From home, hotel or the incoming flight to the terminal's door."""
    way = write_channels(book, "way", WAYS, starts_here)
    way["parked"]["next"] = {"parking": 1}
    way["rental"]["next"] = {"rental": 1}
    train = ever_used(filter(WAYS["bart"][1], book.now), "r_airtrain")
    way["bart"]["next"] = either(train.mean, "airtrain", "signs")
    book.note("touchpoints.way.channels.bart.next", f"r_airtrain other than 6 among those by BART, n {train.n}")
    parking = write_channels(book, "parking", GARAGES, everyone)
    for channel in ("long_term", "off_airport"):
        parking[channel]["next"] = {"parking_bus": 1}
    for channel in ("garage", "long_term"):
        parking[channel]["cost"] = -assumed("income.parking")
        book.note(f"touchpoints.parking.channels.{channel}.cost", "income, assumed")
    book.note("touchpoints.parking.duration", "assumed")
    return {
        "way": {"pains": problems_at(book, "way"), "channels": way, "next": {"roads": 1}},
        "transfer": plain(book, "transfer", next={"signs": 1}),
        "roads": plain(book, "roads", next={"signs": 1}),
        "parking": {"channels": parking, "duration": lognormal("parking"), "next": {"signs": 1}},
        "parking_bus": plain(book, "parking_bus", next={"signs": 1}),
        "rental": plain(book, "rental", next={"airtrain": 1}),
        "airtrain": plain(book, "airtrain", next={"signs": 1}),
    }


def departure_hall(book: Book) -> Tree:
    """Signs, check-in, bags, and finding the way to security."""
    bags = used_today(filter(starts_here, book.now), "bags")
    book.note("touchpoints.check_in.next", f"checked_bags, n {bags.n} who start here")
    for persona in ("returning", "newcomer", "business"):
        own = used_today(book.of(persona), "bags")
        book.override(persona, "touchpoints.check_in.next", either(own.mean, "bags", "find_way"),
                      f"checked_bags, n {own.n}")
    reroute_connecting(book)
    channels = {channel: {"share": part, "duration": lognormal(f"check_in.{channel}")}
                for channel, part in assumed("check_in").items()}
    book.note("touchpoints.check_in.channels", "shares and durations assumed")
    book.note("touchpoints.info_desk.resolves", "share that rates r_infoup 3 or better")
    return {
        "signs": plain(book, "signs", pains=problems_at(book, "signs"), next={"check_in": 1}),
        "check_in": {"channels": channels, "experience": write_experience(book, "check_in"),
                     "pains": problems_at(book, "check_in"), "next": either(bags.mean, "bags", "find_way")},
        "bags": plain(book, "bags", next={"find_way": 1}),
        "find_way": plain(book, "find_way", pains=problems_at(book, "find_way"),
                          next={"info_desk": {"weight": 1, "if": {"pain": "lost"}},
                                "security": {"weight": 1, "unless": {"pain": "lost"}}}),
        "info_desk": plain(book, "info_desk", resolves={"lost": {"probability": works(book, "info_desk")}},
                           next={"security": 1}),
    }


def reroute_connecting(book: Book) -> None:
    """Connecting passengers come by air, need no check-in, and often no security."""
    stays = through_security(book)
    onward = {"restroom": round(1 - stays.mean, 2), "security": round(stays.mean, 2)}
    if_lost: Tree = {"info_desk": {"weight": 1, "if": {"pain": "lost"}}}
    unless_lost = {to: {"weight": part, "unless": {"pain": "lost"}} for to, part in onward.items()}
    book.override("connecting", "start", {"transfer": 1}, "comes by air")
    book.override("connecting", "touchpoints.signs.next", {"find_way": 1}, "is checked in already")
    book.override("connecting", "touchpoints.find_way.next", if_lost | unless_lost,
                  f"Q11TSAPRE: {stays.mean:.0%} of n {stays.n} go through security here")
    book.override("connecting", "touchpoints.info_desk.next", onward, "the same")


def at_security(book: Book) -> Tree:
    """Two lines, and the clock: whoever is late here goes straight on, or misses the flight."""
    restroom = reach(book, "restroom")
    pains = problems_at(book, "security")
    usual = deadline(book, "returning")
    for pain, after in usual.after.items():
        pains[pain] = {"after": after}
        book.note(f"touchpoints.security.pains.{pain}", f"{usual.source}; rest assumed")
    for persona in SEGMENTS:
        own = deadline(book, persona)
        for pain, after in own.after.items():
            if after != usual.after[pain]:
                book.override(persona, f"touchpoints.security.pains.{pain}.after", after, own.source)
    book.note("touchpoints.security.next", "c_restroom other than 6: share that uses a restroom")
    return {"security": {
        "channels": write_channels(book, "security", LINES, everyone),
        "pains": pains,
        "next": {
            "concourse": {"weight": round(1 - restroom, 2), "unless": {"pain": "rushed"}},
            "restroom": {"weight": round(restroom, 2), "unless": {"pain": "rushed"}},
            "walkways": {"weight": 1, "if": {"pain": "rushed"}, "unless": {"pain": "too_late"}},
            "missed": {"weight": 1, "if": {"pain": "too_late"}},
        },
    }}


def on_the_concourse(book: Book) -> Tree:
    """Time to spare: one place after the other until it is time to go."""
    walks = ever_used(book.now, "r_walkways")
    book.note("touchpoints.concourse.next", "the odds of going there, against 1 for going on, give the survey's shares")
    return {
        "restroom": plain(book, "restroom", pains=problems_at(book, "restroom"), next={"concourse": 1}),
        "concourse": plain(book, "concourse", next={
            "food": {"weight": edge_odds(book, "food"), "unless": {"goal": "eat"}},
            "store": {"weight": edge_odds(book, "store"), "unless": {"goal": "shop"}},
            "wifi": {"weight": edge_odds(book, "wifi"), "unless": {"goal": "online"}},
            "gate": round(1 - walks.mean, 2),
            "walkways": round(walks.mean, 2),
        }),
        "food": offer(book, "food"),
        "store": offer(book, "store"),
        "wifi": offer(book, "wifi"),
    }


def offer(book: Book, place_id: str) -> Tree:
    """A place on the concourse that people go to because they want something."""
    fields: Tree = {}
    if f"income.{place_id}" in ASSUMED:
        fields["cost"] = -assumed(f"income.{place_id}")
        book.note(f"touchpoints.{place_id}.cost", "income, assumed")
    if pains := problems_at(book, place_id):
        fields["pains"] = pains
    fields["fulfils"] = {FULFILLED_AT[place_id]: works(book, place_id)}
    book.note(f"touchpoints.{place_id}.fulfils", "share that rates it 3 or better")
    return plain(book, place_id, **fields, next={"concourse": 1})


def to_the_gate(book: Book) -> Tree:
    """Along the pier, past the art, to the seat; sometimes the flight is late."""
    seen = ever_used(book.now, "r_art")
    art = seen.mean / ever_used(book.now, "r_walkways").mean
    late = share(book.now, PROBLEMS["delayed"].reported).mean
    book.note("touchpoints.walkways.next",
              f"r_art other than 6: {seen.mean:.0%} of n {seen.n}; whoever rushes does not look")
    book.note("touchpoints.gate.next", "share that reported a delay")
    return {
        "walkways": plain(book, "walkways", next={"art": {"weight": round(art, 2), "unless": {"pain": "rushed"}},
                                                  "gate": round(1 - art, 2)}),
        "art": plain(book, "art", next={"gate": 1}),
        "gate": plain(book, "gate", pains=problems_at(book, "gate"), fulfils={"in_time": 1},
                      next={"boards": round(1 - late, 4), "delay": round(late, 4)}),
        "delay": plain(book, "delay", pains=problems_at(book, "delay"), if_given_up="rebooked", next={"boards": 1}),
    }
