#!/usr/bin/env python3
"""Derives scenarios/airport/journey.yaml from the San Francisco airport's 2017 customer survey.

    tools/derive_airport.py [CSV] [--check] [--out FILE]

CSV is airport_survey_2013_2017.csv; without it, the file is looked for in the directory that the
environment variable SOJOURN_DATA names. airport_survey_2017_raw.csv (problem codes, security line,
car park, time in hand) must lie beside it. `--check` writes nothing and exits 1 if the file in the
tree is not byte for byte what the data give. The standard library is enough; it takes about a minute.

How a number is found
  * Ratings 1..5 become 0..10 by 2.5 (r - 1); 6 means "never used", anything else is a blank.
  * Every mean, spread and share carries the survey's weights; n counts answers, unweighted.
  * A persona gets its own number where it differs from everybody else's by CLEAR standard errors;
    the others share the mean of the rest, so that all together give the survey's mean.
  * What passengers said went wrong (Q15COM1..3) becomes pains; the experience beside a pain is that
    of the passengers who did not report it, so that both together give the survey's mean again.
  * What the survey does not say stands in ASSUMED below, each with its reason.
  * Five conditions fit what is left, by walking through the journey (see `fit`).
"""

from __future__ import annotations

import argparse
import bisect
import copy
import csv
import math
import os
import random
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "scenarios" / "airport" / "journey.yaml"
SURVEY = "airport_survey_2013_2017.csv"
RAW = "airport_survey_2017_raw.csv"

Row = dict[str, str]
Tree = dict[str, Any]
Test = Callable[[Row], bool]


# --------------------------------------------------------------------------------------------------
# Assumptions: everything that the survey does not say, with the reason for the value.
# --------------------------------------------------------------------------------------------------

class Assumed(NamedTuple):
    """A value that is not from the data, and why it was chosen."""

    value: Any
    reason: str


# Durations: median and sigma of a lognormal; nobody asked passengers how long a step took.
DURATIONS: dict[str, Assumed] = {
    "way.dropped":   Assumed(("40 min", 0.3), "Bay Area drive; sigma 0.3: one in ten takes 59 min, or sets off late"),
    "way.ride_app":  Assumed(("40 min", 0.3), "as being dropped off, with the wait for the car"),
    "way.parked":    Assumed(("45 min", 0.3), "who parks comes from farther away"),
    "way.rental":    Assumed(("45 min", 0.3), "with the stop for petrol"),
    "way.bart":      Assumed(("45 min", 0.2), "30 min from downtown by train and a walk; trains vary less"),
    "way.taxi":      Assumed(("30 min", 0.3), "mostly from hotels downtown"),
    "way.shuttle":   Assumed(("40 min", 0.3), "vans and hotel buses stop on the way"),
    "transfer":      Assumed(("20 min", 0.5), "from landing to the head of the jet bridge and out"),
    "roads":         Assumed(("4 min", 0.5), "the loop road and unloading"),
    "parking":       Assumed(("8 min", 0.5), "ramp, space, walk"),
    "parking_bus":   Assumed(("12 min", 0.4), "a bus every ten minutes"),
    "rental":        Assumed(("10 min", 0.5), "handing the car back"),
    "airtrain":      Assumed(("7 min", 0.3), "a train every four minutes, then the ride"),
    "signs":         Assumed(("2 min", 0.5), "looking up and around"),
    "check_in.online": Assumed(("1 min", 0.5), "a last look at the telephone"),
    "check_in.kiosk":  Assumed(("4 min", 0.5), "one machine, no clerk"),
    "check_in.desk":   Assumed(("12 min", 0.6), "a queue and a clerk"),
    "bags":          Assumed(("6 min", 0.6), "a queue and a belt"),
    "find_way":      Assumed(("4 min", 0.5), "the walk through the hall"),
    "info_desk":     Assumed(("3 min", 0.5), "one question"),
    "security.precheck": Assumed(("5 min", 0.5), "TSA: most PreCheck passengers wait less than five minutes"),
    "security.regular":  Assumed(("15 min", 0.5), "order of magnitude of published waits at large US airports"),
    "restroom":      Assumed(("4 min", 0.4), "no more than that"),
    "concourse":     Assumed(("3 min", 0.5), "a glance at the screens, a decision"),
    "food":          Assumed(("20 min", 0.5), "counter or table"),
    "store":         Assumed(("10 min", 0.5), "a round through the shop"),
    "wifi":          Assumed(("15 min", 0.6), "log on, mail"),
    "walkways":      Assumed(("6 min", 0.4), "the length of a pier"),
    "art":           Assumed(("3 min", 0.6), "a look in passing"),
    "gate":          Assumed(("15 min", 0.3), "boarding itself; what is left until then is not simulated"),
    "delay":         Assumed(("90 min", 0.8), "half of what is called a delay is longer than one and a half hours"),
}

ASSUMED: dict[str, Assumed] = {
    "learning": Assumed(0.2, "adaptive expectations, usual range 0.1 to 0.3"),
    "loss_aversion": Assumed(2, "a shortfall weighs double (meta-analysis 1.96, Brown et al. 2024)"),
    "patience.business": Assumed(("4 h", 0.3), "rebooks sooner than others; only a long delay outlasts it"),
    "patience.others": Assumed(("6 h", 0.3), "only a long delay outlasts it"),
    "in_time": Assumed(2, "whoever misses the flight was not asked; two points are a whole class of answers"),
    "check_in": Assumed({"online": 0.45, "kiosk": 0.3, "desk": 0.25},
                        "not asked; about what airlines reported at the time"),
    "check_in.business": Assumed(1.5, "business travellers check in online more often"),
    "way_planned": Assumed(40, "minutes that passengers plan for the way"),
    "gate_closes": Assumed(25, "minutes from security to a gate that closes 15 minutes before departure"),
    "rush": Assumed(30, "minutes before that point from which on people hurry"),
    "rushed": Assumed(1, "severity: hurrying takes a point off the moment"),
    "too_late": Assumed(4, "severity: the flight is gone"),
    "too_late.lingering": Assumed(1, "on top of the missed goal"),
    "value.boards": Assumed(17, "airport income per boarding passenger, order of the airlines' cost per enplanement"),
    "income.food": Assumed(1.5, "rent from a 12 dollar sale"),
    "income.store": Assumed(2.5, "rent from a 15 dollar sale"),
    "income.parking": Assumed(25, "a stay in the airport's own car parks"),
}

# Invented voices; the facts in them are filled in from the data.
PERSONAS: dict[str, dict[str, Any]] = {
    "returning": {
        "name": "Elena, flies from an airport she knows",
        "quote": "I know my way. Get me through security and leave me time for a coffee.",
        "thinks": "I have done this often enough to know which line is slow.",
        "feels": "At home here, and a little proud of it.",
        "says": "It is a good airport, for an airport.",
        "does": "{dropped} of 100 are dropped off by somebody, {bags} check a bag, {precheck} use PreCheck.",
        "pains": "The one bad queue on the day she cut it fine.",
        "gains": "Nothing to think about from the kerb to the seat.",
    },
    "newcomer": {
        "name": "Aiko, new to San Francisco",
        "quote": "Everything is big and in a second language. Show me where to go.",
        "thinks": "Is this the right terminal?",
        "feels": "Curious on the way in, unsure in the hall, relieved at the gate.",
        "says": "Excuse me, is this the line for gate 92?",
        "does": "{bags} of 100 check a bag, {ride_app} come by ride app, {wifi} use the Wi-Fi; "
                "allows {howlong} minutes.",
        "pains": "What is obvious to everybody else.",
        "gains": "A sign just when the question comes up.",
    },
    "business": {
        "name": "Marcus, on business",
        "quote": "If the line moves and the Wi-Fi works, I have no complaints. It is a big if.",
        "thinks": "I have compared forty airports. This one is not the fastest.",
        "feels": "Impatient, rarely impressed.",
        "says": "My company books this, I would not.",
        "does": "{precheck} of 100 use PreCheck, {ride_app} come by ride app, only {bags} check a bag; "
                "allows {howlong} minutes.",
        "pains": "Dropped connections, the wait at the walkway, the same three shops.",
        "gains": "An hour of work done before boarding.",
    },
    "connecting": {
        "name": "Daniel, changing planes",
        "quote": "I never wanted to go to San Francisco. Why am I standing in security again?",
        "thinks": "How far is the other terminal, and does my clock show the right time?",
        "feels": "Between two places, and watched by the clock.",
        "says": "I have already been through security once today.",
        "does": "{security} of 100 go through security here, {precheck} of 100 of those by PreCheck; "
                "has {howlong} minutes.",
        "pains": "A second security check, and signs for people who arrive by car.",
        "gains": "A short way, something good to eat, a working connection.",
    },
}

# A persona's own number is written where it differs from everybody else's by this many standard errors.
CLEAR = 2.6         # one time in a hundred by chance
LEAST = 30          # ... and rests on at least so many answers
RATED_BY = 5        # a passenger's mean rating counts from so many touchpoints on
IMPORTANCE_FLOOR = 0.2
AGENTS = 140_000    # in the fit, divided among the personas by their shares
SEED = 2017


# --------------------------------------------------------------------------------------------------
# Reading
# --------------------------------------------------------------------------------------------------

def read_csv(path: Path) -> list[Row]:
    """All rows of a CSV file, with stray blanks taken off the header names."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.reader(file)
        names = [name.strip() for name in next(reader)]
        return [dict(zip(names, (value.strip() for value in row))) for row in reader]


def read_survey(path: Path) -> tuple[list[Row], list[Row]]:
    """The 2017 passengers, both files joined by respondent, and the passengers of 2013 to 2016."""
    rows = read_csv(path)
    raw = {row["RESPNUM"]: row for row in read_csv(path.with_name(RAW))}
    now = [raw[row["respnum"]] | row for row in rows if row["year"] == "2017"]
    return now, [row for row in rows if row["year"] != "2017"]


def rating(row: Row, column: str) -> float | None:
    """A rating on 0..10, or None for "never used" and blanks."""
    value = row[column]
    return 2.5 * (float(value) - 1) if value in ("1", "1.0", "2", "2.0", "3", "3.0", "4", "4.0", "5", "5.0") else None


def score(row: Row) -> int | None:
    """The answer 0..10 to "would you recommend", or None."""
    return int(float(row["netpro"])) if row["netpro"] not in ("", "11") else None


def weight(row: Row) -> float:
    return float(row["weight"])


# --------------------------------------------------------------------------------------------------
# Statistics
# --------------------------------------------------------------------------------------------------

class Mean(NamedTuple):
    """A weighted mean with its spread, its standard error and the number of answers."""

    n: int
    mean: float
    sd: float
    se: float


def summary(values: Iterable[tuple[float, float]]) -> Mean:
    """The weighted mean of (value, weight) pairs; its error counts the weights' unevenness."""
    pairs = list(values)
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


def share(rows: Iterable[Row], yes: Test, known: Test = lambda row: True) -> Mean:
    """The share of `yes` among the passengers for whom it is known."""
    return summary((float(yes(row)), weight(row)) for row in rows if known(row))


def code(column: str, *codes: int) -> Test:
    """True for rows that have one of these codes in a column (which may write 1 as 1.0)."""
    wanted = {str(c) for c in codes} | {f"{c}.0" for c in codes}
    return lambda row: row[column] in wanted


def clearly_differs(one: Mean, other: Mean) -> bool:
    """Whether two groups differ by more than chance would let us believe."""
    return min(one.n, other.n) >= LEAST and abs(one.mean - other.mean) > CLEAR * math.hypot(one.se, other.se)


def least_squares(rows: Sequence[tuple[Sequence[float], float, float]]) -> list[float]:
    """Weighted least squares on (regressors, response, weight); the intercept comes first."""
    size = len(rows[0][0]) + 1
    system = [[0.0] * (size + 1) for _ in range(size)]
    for regressors, response, w in rows:
        line = [1.0, *regressors, response]
        for i in range(size):
            for j in range(size + 1):
                system[i][j] += w * line[i] * line[j]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(system[k][i]))
        system[i], system[pivot] = system[pivot], system[i]
        for k in range(size):
            if k != i:
                factor = system[k][i] / system[i][i]
                system[k] = [a - factor * b for a, b in zip(system[k], system[i])]
    return [system[i][size] / system[i][i] for i in range(size)]


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


# --------------------------------------------------------------------------------------------------
# Who and where: the survey's codes as segments, channels, touchpoints and pains
# --------------------------------------------------------------------------------------------------

is_connecting = code("get_to", 3)
is_business = code("purpose", 1, 5)
is_new = code("years_using", 1)


def persona_of(row: Row) -> str:
    """The persona, first rule that fits; mapping.yaml says the same."""
    if is_connecting(row):
        return "connecting"
    if is_business(row):
        return "business"
    return "newcomer" if is_new(row) else "returning"


def starts_here(row: Row) -> bool:
    return not is_connecting(row)


WAYS: dict[str, tuple[str, Test]] = {
    "dropped": ("Dropped off", code("get_to", 2)),
    "ride_app": ("Uber, Lyft", code("get_to", 5)),
    "parked": ("Drove and parked", code("get_to", 1)),
    "rental": ("Rental car", code("get_to", 9)),
    "bart": ("BART", code("get_to", 6)),
    "taxi": ("Taxi, limousine", code("get_to", 4, 12)),
    "shuttle": ("Van, hotel or airport bus", code("get_to", 7, 8, 13, 14, 15)),
}
TO_KERB = code("get_to", 2, 4, 5, 7, 8, 12, 13, 14, 15)
BY_AIRTRAIN = code("get_to", 6, 9)

LINES: dict[str, tuple[str, Test]] = {
    "precheck": ("TSA PreCheck", code("Q11TSAPRE", 1)),
    "regular": ("Regular line", code("Q11TSAPRE", 2)),
}

GARAGES: dict[str, tuple[str, Test]] = {
    "garage": ("Garage at the terminal", code("Q3PARK", 1, 2)),
    "long_term": ("Long-term parking", code("Q3PARK", 3)),
    "off_airport": ("Off-airport parking", code("Q3PARK", 4)),
}


class Place(NamedTuple):
    """A touchpoint: its texts, the rating that stands for it, and who among the raters counts."""

    label: str
    stage: str
    column: str
    who: Test
    whose: str


def everyone(row: Row) -> bool:
    return True


PLACES: dict[str, Place] = {
    "way": Place("Way to the airport", "Getting there", "getting_to", starts_here, ""),
    "transfer": Place("Incoming flight", "Getting there", "getting_to", is_connecting, "who connect"),
    "roads": Place("Airport roads and kerb", "Getting there", "r_roads", TO_KERB, "brought to the kerb"),
    "parking": Place("Parking", "Getting there", "r_park", code("get_to", 1), "who parked today"),
    "parking_bus": Place("Bus from the car park", "Getting there", "r_ltparking", code("Q3PARK", 3, 4),
                         "from distant car parks"),
    "rental": Place("Rental car return", "Getting there", "r_rental", code("get_to", 9), "with a rental car"),
    "airtrain": Place("AirTrain", "Getting there", "r_airtrain", BY_AIRTRAIN, "by rental car or BART"),
    "signs": Place("Signs in the terminal", "Departure hall", "r_sign", everyone, ""),
    "check_in": Place("Check-in", "Departure hall", "r_all", starts_here, "who start here"),
    "bags": Place("Bag drop", "Departure hall", "r_all", code("checked_bags", 1), "who checked a bag"),
    "find_way": Place("Finding the way", "Departure hall", "find_way", everyone, ""),
    "info_desk": Place("Information booth", "Departure hall", "r_infoup", everyone, ""),
    "security": Place("Security", "Security", "security", everyone, ""),
    "restroom": Place("Restroom", "Concourse", "c_restroom", everyone, ""),
    "concourse": Place("Concourse and screens", "Concourse", "r_screens", everyone, ""),
    "food": Place("Restaurant or café", "Concourse", "r_food", code("bought_food", 1), "who bought food today"),
    "store": Place("Shop", "Concourse", "r_store", code("bought_store", 1), "who bought something today"),
    "wifi": Place("Wi-Fi", "Concourse", "r_wifi", code("used_wifi", 1), "who used it today"),
    "walkways": Place("Walkways and escalators", "To the gate", "r_walkways", everyone, ""),
    "art": Place("Art and exhibitions", "To the gate", "r_art", everyone, ""),
    "gate": Place("Boarding area", "To the gate", "c_boarding", everyone, ""),
    "delay": Place("Waiting out a delay", "To the gate", "r_all", everyone, ""),
}
# Stand-ins: the touchpoint itself was not rated, the overall rating is the best guess.
STAND_INS = ("check_in", "bags", "delay")

# What nearly everybody rated; their mean is a passenger's satisfaction with the journey.
CORE = ("way", "signs", "find_way", "security", "restroom", "concourse", "food", "store", "wifi",
        "walkways", "art", "gate")


class Problem(NamedTuple):
    """A problem that passengers reported (Q15COM codes), where it strikes, and the rating it spoils."""

    label: str
    codes: tuple[int, ...]
    place: str
    column: str


PROBLEMS: dict[str, Problem] = {
    "traffic": Problem("Traffic, crowded kerb or car park", (24, 73), "way", "getting_to"),
    "bad_signs": Problem("Confusing signs or announcements", (1, 3, 7, 8), "signs", "r_sign"),
    "airline_trouble": Problem("Trouble with the airline's check-in", (41, 42, 43, 44, 45, 46, 47),
                               "check_in", "r_all"),
    "lost": Problem("Cannot find the gate, nobody to ask", (2, 4, 5, 6), "find_way", "find_way"),
    "no_help": Problem("No help for the disabled", (61, 62), "find_way", "find_way"),
    "queue": Problem("Security slow, confusing or rude", (32,), "security", "security"),
    "searched": Problem("Searched, item taken or damaged", (31, 33, 34, 36), "security", "security"),
    "dirty": Problem("Restroom closed or dirty", (22,), "restroom", "c_restroom"),
    "poor_food": Problem("Closed, poor service, nothing suitable", (11, 12, 13), "food", "r_food"),
    "no_signal": Problem("Wi-Fi, outlet or water not working", (21, 25), "wifi", "r_wifi"),
    "gate_change": Problem("Gate changed", (51,), "gate", "r_all"),
    "delayed": Problem("Flight delayed, little said about it", (53, 54), "delay", "r_all"),
}


def reports(*codes: int) -> Test:
    """True for passengers who reported one of these problems (up to three each)."""
    tests = [code(column, *codes) for column in ("Q15COM1", "Q15COM2", "Q15COM3")]
    return lambda row: any(test(row) for test in tests)


ANY_PROBLEM = code("problem", 1)
ANSWERED_PROBLEM = code("problem", 1, 2)


# --------------------------------------------------------------------------------------------------
# The journey as a tree, number by number. `Book` holds the tree and a note for each path.
# --------------------------------------------------------------------------------------------------

class Book:
    """The journey under construction: the tree, and the comments that say where a number comes from."""

    def __init__(self, now: list[Row], before: list[Row]) -> None:
        self.now = now
        self.before = before
        self.by_persona = {p: [row for row in now if persona_of(row) == p] for p in PERSONAS}
        self.tree: Tree = {}
        self.notes: dict[str, str] = {}
        self.overrides: dict[str, list[Tree]] = {p: [] for p in PERSONAS}

    def note(self, path: str, text: str) -> None:
        self.notes[path] = text

    def override(self, persona: str, path: str, value: Any, why: str) -> None:
        """The journey as one persona sees it; the note is kept under the change's position."""
        position = len(self.overrides[persona])
        self.overrides[persona].append({"set": path, "to": value})
        self.note(f"personas.{persona}.overrides.{position}", why)

    def others(self, persona: str) -> list[Row]:
        return [row for row in self.now if persona_of(row) != persona]


def lognormal(key: str) -> Tree:
    median, sigma = DURATIONS[key].value
    return {"lognormal": {"median": median, "sigma": sigma}}


def beta(mean: float, sd: float) -> Tree:
    return {"beta": {"mean": round(mean, 2), "sd": round(sd, 2)}}


def untroubled(rows: Iterable[Row], place: str) -> list[Row]:
    """The passengers who did not report one of the touchpoint's own problems."""
    troubled = reports(*(c for problem in PROBLEMS.values() if problem.place == place for c in problem.codes))
    return [row for row in rows if not troubled(row)]


def differing(book: Book, place_id: str, test: Test = everyone) -> list[str]:
    """The personas that clearly rate a touchpoint otherwise, all its channels together."""
    place = PLACES[place_id]
    if place_id in STAND_INS or place_id == "transfer":
        return []

    def measure(rows: Iterable[Row]) -> Mean | None:
        used = [row for row in untroubled(rows, place_id) if place.who(row) and test(row)]
        enough = sum(rating(row, place.column) is not None for row in used) >= LEAST
        return rated(used, place.column) if enough else None

    pairs = {persona: (measure(book.by_persona[persona]), measure(book.others(persona))) for persona in PERSONAS}
    return [persona for persona, (mine, rest) in pairs.items() if mine and rest and clearly_differs(mine, rest)]


def write_experience(book: Book, place_id: str, channel: str = "", test: Test = everyone,
                     channels: Test = everyone) -> Tree:
    """The rating's mean and spread, and an override for each persona that clearly rates otherwise."""
    place = PLACES[place_id]
    path = f"touchpoints.{place_id}" + (f".channels.{channel}" if channel else "")

    def measure(rows: Iterable[Row]) -> Mean:
        return rated((row for row in untroubled(rows, place_id) if place.who(row) and test(row)), place.column)

    special = differing(book, place_id, channels)
    common = measure(row for row in book.now if persona_of(row) not in special)
    note = ("stand-in: " if place_id in STAND_INS else "") + f"{place.column}, n {common.n} {place.whose}"
    book.note(f"{path}.experience", note.strip() + "".join(f", without {persona}" for persona in special))
    for persona in special:
        mine, rest = measure(book.by_persona[persona]), measure(book.others(persona))
        book.override(persona, f"{path}.experience.beta.mean", round(mine.mean, 2),
                      f"{place.column}, n {mine.n}; everybody else {rest.mean:.2f}")
    return beta(common.mean, common.sd)


def one_of(ways: dict[str, tuple[str, Test]], who: Test) -> Test:
    """Passengers for whom it is known which of these channels they used."""
    return lambda row: who(row) and any(test(row) for _, test in ways.values())


def write_channels(book: Book, place_id: str, ways: dict[str, tuple[str, Test]], who: Test, source: str) -> Tree:
    """Channels with the survey's shares and a rating each; the personas' affinities are the share ratios."""
    known = one_of(ways, who)
    channels: Tree = {}
    for channel, (label, test) in ways.items():
        used = share(book.now, test, known)
        channels[channel] = {"label": label, "share": round(used.mean, 3),
                             "experience": write_experience(book, place_id, channel, test, known)}
        if f"{place_id}.{channel}" in DURATIONS:
            channels[channel]["duration"] = lognormal(f"{place_id}.{channel}")
            book.note(f"touchpoints.{place_id}.channels.{channel}.duration", "assumed")
        count = sum(map(test, filter(who, book.now)))
        book.note(f"touchpoints.{place_id}.channels.{channel}.share", f"{source}, n {count}")
    return channels


def affinities(book: Book, persona: str) -> Tree:
    """How much more or less than the average this persona uses each channel."""
    result: Tree = {}
    groups = [(LINES, everyone)] if persona == "connecting" else [(WAYS, starts_here), (LINES, everyone)]
    for ways, who in groups:
        known = one_of(ways, who)
        for channel, (_, test) in ways.items():
            mine = share(book.by_persona[persona], test, known).mean
            result[channel] = round(mine / share(book.now, test, known).mean, 2)
    if persona == "business":
        result["online"] = ASSUMED["check_in.business"].value
    return result


def reach(book: Book, place_id: str) -> float:
    """The share of all passengers who come by a touchpoint."""
    rows = book.now
    if place_id in ("way", "check_in"):
        return share(rows, starts_here).mean
    if place_id == "security":
        return 1 - share(rows, is_connecting).mean * (1 - through_security(book).mean)
    if place_id == "restroom":
        return share(rows, lambda row: rating(row, "c_restroom") is not None, code("c_restroom", 1, 2, 3, 4, 5, 6)).mean
    if place_id in USED:
        return used(rows, place_id).mean
    return 1.0


USED = {"food": "bought_food", "store": "bought_store", "wifi": "used_wifi", "bags": "checked_bags"}


def used(rows: Iterable[Row], place_id: str) -> Mean:
    """The share of those who say yes to having used it today."""
    column = USED[place_id]
    return share(rows, code(column, 1), code(column, 1, 2))


def through_security(book: Book) -> Mean:
    """The share of connecting passengers who go through security at this airport."""
    rows = book.by_persona["connecting"]
    return share(rows, code("Q11TSAPRE", 1, 2, 3), code("Q11TSAPRE", 1, 2, 3, 4))


def write_problem(book: Book, problem_id: str) -> Tree:
    """A reported problem as a pain: how often it meets a visitor, and what it takes off the rating."""
    problem = PROBLEMS[problem_id]
    hit = reports(*problem.codes)
    met = share(book.now, hit)
    count = sum(map(hit, book.now))
    probability = 1.0 if problem.place == "delay" else met.mean / reach(book, problem.place)
    codes = ", ".join(map(str, problem.codes))
    book.note(f"touchpoints.{problem.place}.pains.{problem_id}", f"Q15COM {codes}: n {count}")
    return {"probability": round(probability, 4)}


def pain_severity(book: Book, problem_id: str) -> float:
    """How much lower the passengers with the problem rate than those without."""
    problem = PROBLEMS[problem_id]
    hit = reports(*problem.codes)
    met = rated(filter(hit, book.now), problem.column)
    spared = rated((row for row in book.now if not hit(row)), problem.column)
    book.note(f"pains.{problem_id}", f"{problem.column} {met.mean:.2f} with (n {met.n}), {spared.mean:.2f} without")
    return round(max(0.0, spared.mean - met.mean), 1)


def odds(share_of_them: float) -> float:
    return round(share_of_them / (1 - share_of_them), 2)


def edge_odds(book: Book, place_id: str) -> float:
    """Odds of going there before going on: against a total weight of 1 they give exactly the survey's share."""
    special = []
    for persona in PERSONAS:
        mine, rest = used(book.by_persona[persona], place_id), used(book.others(persona), place_id)
        if clearly_differs(mine, rest):
            special.append(persona)
            book.override(persona, f"touchpoints.concourse.next.{place_id}.weight", odds(mine.mean),
                          f"{USED[place_id]}: {mine.mean:.0%} of n {mine.n}; everybody else {rest.mean:.0%}")
    common = used((row for row in book.now if persona_of(row) not in special), place_id)
    book.note(f"touchpoints.concourse.next.{place_id}", f"{USED[place_id]}: {common.mean:.0%} of n {common.n}"
              + "".join(f", without {persona}" for persona in special))
    return odds(common.mean)


def works(book: Book, place_id: str) -> float:
    """The share of users who rate it 3 or better: they got what they came for."""
    place = PLACES[place_id]
    return round(share(book.now, lambda row: (rating(row, place.column) or 0) >= 5,
                       lambda row: place.who(row) and rating(row, place.column) is not None).mean, 2)


def mean_rating(row: Row, without: str = "") -> float | None:
    """A passenger's mean over the core ratings, from RATED_BY of them on."""
    values = [rating(row, PLACES[place].column) for place in CORE if PLACES[place].column != without]
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if len(known) >= RATED_BY else None


def unique_slope(rows: list[Row], column: str) -> float:
    """What a point of this rating adds to the recommendation beyond the passenger's other ratings."""
    data = []
    for row in rows:
        own, rest, answer = rating(row, column), mean_rating(row, column), score(row)
        if own is not None and rest is not None and answer is not None:
            data.append(((own, rest), float(answer), weight(row)))
    return least_squares(data)[1]


def importances(book: Book) -> dict[str, float]:
    """Unique slopes, scaled so that the rated touchpoints' mean is 1; never below the floor."""
    places = [place for place in PLACES if place not in STAND_INS]
    slopes = {column: max(0.0, unique_slope(book.now, column)) for column in {PLACES[p].column for p in places}}
    average = math.fsum(slopes[PLACES[place].column] for place in places) / len(places)
    result = {place: max(IMPORTANCE_FLOOR, round(slopes[PLACES[place].column] / average, 1)) for place in places}
    return result | {place: 1.0 for place in STAND_INS}


def memory(book: Book, anchor: float) -> Tree:
    """Weights of peak, end and mean: the recommendation regressed on the three; below nothing counts as nothing."""
    data = []
    for row in book.now:
        values = [value for place in CORE if (value := rating(row, PLACES[place].column)) is not None]
        end, answer = rating(row, PLACES["gate"].column), score(row)
        if len(values) >= RATED_BY and end is not None and answer is not None:
            peak = max(values, key=lambda value: abs(value - anchor))
            data.append(((peak, end, math.fsum(values) / len(values)), float(answer), weight(row)))
    slopes = [max(0.0, slope) for slope in least_squares(data)[1:]]
    total = math.fsum(slopes)
    book.note("satisfaction.memory", f"netpro on the lowest or highest, the last and the mean rating, n {len(data)}")
    return dict(zip(("peak", "end", "mean"), (round(slope / total, 2) for slope in slopes)))


def deadlines(book: Book, persona: str) -> dict[str, str]:
    """When one starts to rush and when it is too late, counted at the far side of security."""
    minutes = [(float(row["HOWLONG"]), weight(row)) for row in book.by_persona[persona] if row["HOWLONG"]]
    median = weighted_median(minutes)
    # HOWLONG runs from the kerb, or for a connection from landing, to departure; the journey's clock starts at home.
    lead = 0 if persona == "connecting" else ASSUMED["way_planned"].value
    late = 5 * round((lead + median - ASSUMED["gate_closes"].value) / 5)
    book.note(f"deadline.{persona}", f"HOWLONG: median {median:.0f} min, n {len(minutes)}")
    return {"rushed": f"{late - ASSUMED['rush'].value} min", "too_late": f"{late} min", "median": f"{median:.0f}"}


# -- the parts of the file ------------------------------------------------------------------------

def write_personas(book: Book) -> Tree:
    """Names, voices and traits; overrides are filled in at the end, bias by the fit."""
    answered = [row for row in book.now if score(row) is not None]
    earlier = rated(book.before, "r_all")
    result: Tree = {}
    for persona, voice in PERSONAS.items():
        own = [row for row in answered if persona_of(row) == persona]
        result[persona] = {
            "name": voice["name"],
            "share": round(share(answered, lambda row: persona_of(row) == persona).mean, 4),
            "quote": voice["quote"],
            "empathy": {key: voice[key].format(**facts(book, persona)) for key in
                        ("thinks", "feels", "says", "does", "pains", "gains")},
            "goals": {"in_time": {"importance": ASSUMED["in_time"].value},
                      "online": {"importance": wifi_gain(book)}},
            "expectation": {"normal": {"mean": round(earlier.mean, 2), "sd": round(earlier.sd, 2)}},
            "learning": ASSUMED["learning"].value,
            "loss_aversion": ASSUMED["loss_aversion"].value,
            "patience": {"lognormal": dict(zip(("median", "sigma"), ASSUMED[
                "patience.business" if persona == "business" else "patience.others"].value))},
            "channels": affinities(book, persona),
            "recommendation": {"bias": 0.0},
        }
        mine, plain = nps(own), nps(own, weighted=False)
        book.note(f"personas.{persona}", f"{SEGMENTS[persona]}; n {mine.n}; "
                  f"NPS {mine.mean:.1f} +- {1.96 * mine.se:.1f} (unweighted {plain.mean:.1f} +- {1.96 * plain.se:.1f})")
        book.note(f"personas.{persona}.expectation", f"r_all 2013 to 2016, n {earlier.n}")
        book.note(f"personas.{persona}.share", f"weighted share of the n {len(answered)} who answered netpro")
        book.note(f"personas.{persona}.goals", "in_time assumed; online: see goals")
        for key in ("learning", "loss_aversion", "patience"):
            book.note(f"personas.{persona}.{key}", "assumed")
        book.note(f"personas.{persona}.channels", "share of this persona over share of all" +
                  (" (online assumed)" if persona == "business" else ""))
        book.note(f"personas.{persona}.recommendation", "fitted to this persona's NPS")
    return result


SEGMENTS = {
    "returning": "everybody who is none of the three below",
    "newcomer": "leisure, uses SFO for less than a year (years_using 1)",
    "business": "purpose 1 or 5 (work, conference), not connecting",
    "connecting": "get_to 3 (connecting from another flight), any purpose",
}


def facts(book: Book, persona: str) -> dict[str, str]:
    """Numbers for the empathy maps, in whole per cent."""
    rows = book.by_persona[persona]
    line = one_of(LINES, everyone)
    tests = {
        "bags": used(rows, "bags").mean, "wifi": used(rows, "wifi").mean,
        "precheck": share(rows, LINES["precheck"][1], line).mean, "security": through_security(book).mean,
    }
    for channel in ("dropped", "ride_app"):
        tests[channel] = share(rows, WAYS[channel][1]).mean
    texts = {name: f"{100 * value:.0f}" for name, value in tests.items()}
    return texts | {"howlong": deadlines(book, persona)["median"]}


def wifi_gain(book: Book) -> float:
    """What those who got online rate the airport higher than those who did not."""
    with_it, without = (rated(filter(code("used_wifi", answer), book.now), "r_all") for answer in (1, 2))
    return round(with_it.mean - without.mean, 1)


def write_goals(book: Book) -> Tree:
    """Catching the flight, and what people want to do on the concourse."""
    labels = {"food": "eat", "store": "shop", "wifi": "online"}
    texts = {"eat": "Something to eat", "shop": "Something to take along", "online": "Gets online"}
    for place, goal in labels.items():
        groups = [rated(filter(code(USED[place], answer), book.now), "r_all") for answer in (1, 2)]
        book.note(f"goals.{goal}", f"r_all {groups[0].mean:.2f} of users, {groups[1].mean:.2f} of the others"
                  + ("" if goal == "online" else ": no goal to lose, it only says that one is enough"))
    return {"in_time": {"label": "At the gate in time"}} | {goal: {"label": text} for goal, text in texts.items()}


def write_pains(book: Book) -> Tree:
    """Reported problems with the severity that the ratings show, and the two of the clock."""
    result: Tree = {}
    for problem_id, problem in PROBLEMS.items():
        result[problem_id] = {"label": problem.label, "severity": pain_severity(book, problem_id),
                              "lasting": True, "lingering": 0.0}
    result["rushed"] = {"label": "Has to rush", "severity": ASSUMED["rushed"].value, "lasting": True}
    result["too_late"] = {"label": "Too late for the flight", "severity": ASSUMED["too_late"].value, "lasting": True,
                          "lingering": ASSUMED["too_late.lingering"].value}
    book.note("pains.rushed", "assumed")
    book.note("pains.too_late", "assumed")
    return result


def plain(book: Book, place_id: str, **fields: Any) -> Tree:
    """A touchpoint without channels."""
    result: Tree = {"experience": write_experience(book, place_id), "duration": lognormal(place_id)}
    book.note(f"touchpoints.{place_id}.duration", "assumed")
    return result | fields


def problems_at(book: Book, place_id: str) -> Tree:
    return {key: write_problem(book, key) for key, problem in PROBLEMS.items() if problem.place == place_id}


def write_touchpoints(book: Book) -> Tree:
    """Every touchpoint in the order in which people meet them."""
    parts = getting_there(book) | departure_hall(book) | at_security(book) | on_the_concourse(book) | to_the_gate(book)
    weights = importances(book)
    telling = sorted(weights, key=lambda place: weights[place])[-2:]
    result: Tree = {}
    for place_id, place in PLACES.items():
        head: Tree = {"label": place.label, "stage": place.stage, "importance": weights[place_id]}
        if place_id in telling:
            head["moment_of_truth"] = True
            book.note(f"touchpoints.{place_id}.moment_of_truth", "one of the two that move the recommendation most")
        result[place_id] = head | parts[place_id]
    return result


def getting_there(book: Book) -> Tree:
    """From home, hotel or the incoming flight to the terminal's door."""
    way = write_channels(book, "way", WAYS, starts_here, "get_to")
    way["parked"]["next"] = {"parking": 1}
    way["rental"]["next"] = {"rental": 1}
    train = share(book.now, lambda row: rating(row, "r_airtrain") is not None,
                  lambda row: code("get_to", 6)(row) and code("r_airtrain", 1, 2, 3, 4, 5, 6)(row))
    way["bart"]["next"] = {"airtrain": round(train.mean, 2), "signs": round(1 - train.mean, 2)}
    book.note("touchpoints.way.channels.bart.next", f"r_airtrain other than 6 among those by BART, n {train.n}")
    parking = write_channels(book, "parking", GARAGES, everyone, "Q3PARK")
    for channel in ("long_term", "off_airport"):
        parking[channel]["next"] = {"parking_bus": 1}
    for channel in ("garage", "long_term"):
        parking[channel]["cost"] = -ASSUMED["income.parking"].value
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
    bags = used(filter(starts_here, book.now), "bags")
    book.note("touchpoints.check_in.next", f"checked_bags, n {bags.n} who start here")
    for persona in ("returning", "newcomer", "business"):
        own = used(book.by_persona[persona], "bags")
        book.override(persona, "touchpoints.check_in.next",
                      {"bags": round(own.mean, 2), "find_way": round(1 - own.mean, 2)}, f"checked_bags, n {own.n}")
    stays = through_security(book)
    book.override("connecting", "start", {"transfer": 1}, "comes by air")
    book.override("connecting", "touchpoints.signs.next", {"find_way": 1}, "is checked in already")
    onward: Tree = {"info_desk": {"weight": 1, "if": {"pain": "lost"}},
                    "restroom": {"weight": round(1 - stays.mean, 2), "unless": {"pain": "lost"}},
                    "security": {"weight": round(stays.mean, 2), "unless": {"pain": "lost"}}}
    book.override("connecting", "touchpoints.find_way.next", onward,
                  f"Q11TSAPRE: {stays.mean:.0%} of n {stays.n} go through security here")
    book.override("connecting", "touchpoints.info_desk.next",
                  {"restroom": round(1 - stays.mean, 2), "security": round(stays.mean, 2)}, "the same")
    channels = {channel: {"share": value, "duration": lognormal(f"check_in.{channel}")}
                for channel, value in ASSUMED["check_in"].value.items()}
    book.note("touchpoints.check_in.channels", "shares and durations assumed")
    helped = works(book, "info_desk")
    book.note("touchpoints.info_desk.resolves", "share that rates r_infoup 3 or better")
    return {
        "signs": plain(book, "signs", pains=problems_at(book, "signs"), next={"check_in": 1}),
        "check_in": {"channels": channels, "experience": write_experience(book, "check_in"),
                     "pains": problems_at(book, "check_in"),
                     "next": {"bags": round(bags.mean, 2), "find_way": round(1 - bags.mean, 2)}},
        "bags": plain(book, "bags", next={"find_way": 1}),
        "find_way": plain(book, "find_way", pains=problems_at(book, "find_way"),
                          next={"info_desk": {"weight": 1, "if": {"pain": "lost"}},
                                "security": {"weight": 1, "unless": {"pain": "lost"}}}),
        "info_desk": plain(book, "info_desk", resolves={"lost": {"probability": helped}}, next={"security": 1}),
    }


def at_security(book: Book) -> Tree:
    """Two lines, and the clock: whoever is late here goes straight on, or misses the flight."""
    went = code("Q11TSAPRE", 1, 2)
    restroom = reach(book, "restroom")
    pains = problems_at(book, "security")
    for persona in PERSONAS:
        late = deadlines(book, persona)
        if persona == "returning":
            base = late
            for pain in ("rushed", "too_late"):
                pains[pain] = {"after": late[pain]}
                book.note(f"touchpoints.security.pains.{pain}", f"{book.notes['deadline.' + persona]}; rest assumed")
        else:
            for pain in ("rushed", "too_late"):
                if late[pain] != base[pain]:
                    book.override(persona, f"touchpoints.security.pains.{pain}.after", late[pain],
                                  book.notes["deadline." + persona])
    book.note("touchpoints.security.next", "c_restroom other than 6: share that uses a restroom")
    return {"security": {
        "channels": write_channels(book, "security", LINES, went, "Q11TSAPRE"),
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
    walks = share(book.now, lambda row: rating(row, "r_walkways") is not None, code("r_walkways", 1, 2, 3, 4, 5, 6))
    book.note("touchpoints.concourse.next", "the odds of going there, against 1 for going on, give the survey's shares")

    def place(place_id: str, goal: str, **more: Any) -> Tree:
        chance = works(book, place_id)
        book.note(f"touchpoints.{place_id}.fulfils", "share that rates it 3 or better")
        if "cost" in more:
            book.note(f"touchpoints.{place_id}.cost", "income, assumed")
        pains = problems_at(book, place_id)
        return plain(book, place_id, **more, **({"pains": pains} if pains else {}), fulfils={goal: chance},
                     next={"concourse": 1})

    return {
        "restroom": plain(book, "restroom", pains=problems_at(book, "restroom"), next={"concourse": 1}),
        "concourse": plain(book, "concourse", next={
            "food": {"weight": edge_odds(book, "food"), "unless": {"goal": "eat"}},
            "store": {"weight": edge_odds(book, "store"), "unless": {"goal": "shop"}},
            "wifi": {"weight": edge_odds(book, "wifi"), "unless": {"goal": "online"}},
            "gate": round(1 - walks.mean, 2),
            "walkways": round(walks.mean, 2),
        }),
        "food": place("food", "eat", cost=-ASSUMED["income.food"].value),
        "store": place("store", "shop", cost=-ASSUMED["income.store"].value),
        "wifi": place("wifi", "online"),
    }


def to_the_gate(book: Book) -> Tree:
    """Along the pier, past the art, to the seat; sometimes the flight is late."""
    seen = share(book.now, lambda row: rating(row, "r_art") is not None, code("r_art", 1, 2, 3, 4, 5, 6))
    walks = share(book.now, lambda row: rating(row, "r_walkways") is not None, code("r_walkways", 1, 2, 3, 4, 5, 6))
    art = seen.mean / walks.mean
    late = share(book.now, reports(*PROBLEMS["delayed"].codes)).mean
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


def write_targets(book: Book) -> Tree:
    """What should be: for each figure, the boarding area that is best at it."""
    areas = sorted({row["boarding_area"] for row in book.now})
    groups = {area: [row for row in book.now if row["boarding_area"] == area] for area in areas}

    def best(name: str, measure: Callable[[list[Row]], float], digits: int) -> float:
        area = max(areas, key=lambda a: measure(groups[a]))
        book.note(f"targets.{name}", f"boarding area {area}, n {len(groups[area])} asked there")
        return round(measure(groups[area]), digits)

    result: Tree = {"nps": best("nps", lambda rows: nps(rows).mean, 0),
                    "satisfaction": best("satisfaction", lambda rows: rated(rows, "r_all").mean, 1)}
    for place_id in ("find_way", "security", "restroom", "food", "wifi", "gate"):
        place = PLACES[place_id]
        name = f"touchpoints.{place_id}.experience"
        result[name] = best(name, lambda rows, p=place: rated(filter(p.who, rows), p.column).mean, 1)
    return result


def build(now: list[Row], before: list[Row]) -> Book:
    """The whole journey, but for what `fit` finds."""
    book = Book(now, before)
    anchor = rated(before, "r_all")
    tree = book.tree
    tree["journey"] = "Departing from San Francisco, 2017"
    tree["about"] = ("From the front door or the incoming flight to the boarding area "
                     "of San Francisco International Airport.")
    tree["money"] = "USD"
    tree["personas"] = write_personas(book)
    tree["pains"] = write_pains(book)
    tree["goals"] = write_goals(book)
    tree["touchpoints"] = write_touchpoints(book)
    tree["start"] = "way"
    tree["outcomes"] = {
        "boards": {"label": "Boards the flight", "success": True, "value": ASSUMED["value.boards"].value},
        "missed": {"label": "Misses the flight"},
        "rebooked": {"label": "Gives up waiting, rebooks"},
    }
    book.note("outcomes.boards", "value assumed")
    tree["satisfaction"] = {"anchor": round(anchor.mean, 2), "disconfirmation_weight": 0.0,
                            "memory": memory(book, anchor.mean)}
    book.note("satisfaction.anchor", f"r_all 2013 to 2016, n {anchor.n}: what people are used to")
    book.note("satisfaction.disconfirmation_weight", "fitted: mean satisfaction is the survey's r_all")
    tree["recommendation"] = {"spread": 1.0, "thresholds": [k + 0.5 for k in range(10)]}
    book.note("recommendation.spread", "fitted: a point of satisfaction moves the NPS as in the survey")
    book.note("recommendation.thresholds", "fitted: all eleven bars of the histogram")
    tree["targets"] = write_targets(book)
    for persona, changes in book.overrides.items():
        tree["personas"][persona]["overrides"] = changes
    return book


# --------------------------------------------------------------------------------------------------
# The walk: the journey model, as far as this journey uses it (no mood, effort or lift)
# --------------------------------------------------------------------------------------------------

UNITS = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}


def milliseconds(text: str) -> float:
    number, unit = text.split()
    return float(number) * UNITS[unit]


class Edge(NamedTuple):
    to: str
    weight: float
    condition: str      # a pain or goal that must be there, or ""
    exception: str      # a pain or goal that must not be there, or ""


@dataclass
class Stop:
    """A touchpoint through one channel, ready to be walked."""

    importance: float
    duration: tuple[float, float]                       # log of the median in milliseconds, sigma
    shape: tuple[float, float]                          # the beta's parameters
    pains: list[tuple[str, float, float, float]]        # id, probability, after, severity
    resolves: list[tuple[str, float]]
    fulfils: list[tuple[str, float]]
    edges: list[Edge]
    guarded: bool
    given_up: str


class Result(NamedTuple):
    """One agent: satisfaction without lingering pains, how many of them are open, what happened."""

    satisfaction: float
    open_problems: int
    other_lingering: float
    met_problem: bool
    visits: int
    outcome: str


def apply_overrides(tree: Tree, persona: str) -> Tree:
    """The journey as this persona sees it."""
    own = copy.deepcopy(tree)
    for touchpoint in own["touchpoints"].values():
        for holder in (touchpoint, *touchpoint.get("channels", {}).values()):
            if "next" in holder:
                holder["next"] = normal_next(holder["next"])
    for change in tree["personas"][persona]["overrides"]:
        *path, last = change["set"].split(".")
        holder = own
        for key in path:
            holder = holder[key]
        holder[last] = normal_next(change["to"]) if last == "next" else copy.deepcopy(change["to"])
    return own


def normal_next(edges: Tree) -> Tree:
    return {to: dict(edge) if isinstance(edge, dict) else {"weight": edge} for to, edge in edges.items()}


def guard(entry: Tree | None) -> str:
    return next(iter(entry.values())) if entry else ""


def compile_stop(tree: Tree, fields: Tree) -> Stop:
    """One touchpoint with one channel's fields laid over it."""
    law = fields["experience"]["beta"]
    m = law["mean"] / 10
    n = m * (1 - m) / (law["sd"] / 10) ** 2 - 1
    time = fields["duration"]["lognormal"]
    pains = [(pain, use.get("probability", 0.0), milliseconds(use["after"]) if "after" in use else math.inf,
              tree["pains"][pain]["severity"]) for pain, use in sorted(fields.get("pains", {}).items())]
    edges = [Edge(to, edge["weight"], guard(edge.get("if")), guard(edge.get("unless")))
             for to, edge in sorted(fields["next"].items())]
    resolves = [(pain, use["probability"]) for pain, use in sorted(fields.get("resolves", {}).items())]
    return Stop(fields["importance"], (math.log(milliseconds(time["median"])), time["sigma"]),
                (m * n, (1 - m) * n), pains, resolves, list(fields.get("fulfils", {}).items()), edges,
                any(edge.condition or edge.exception for edge in edges),
                fields.get("if_given_up", "abandoned"))


class Map(NamedTuple):
    """What a persona walks on: for each touchpoint its channels with cumulative shares."""

    start: str
    stops: dict[str, tuple[list[float], list[Stop]]]


def compile_map(tree: Tree, persona: str) -> Map:
    own = apply_overrides(tree, persona)
    affinity = tree["personas"][persona]["channels"]
    stops = {}
    for name, touchpoint in own["touchpoints"].items():
        shares, compiled, total = [], [], 0.0
        for channel, fields in touchpoint.get("channels", {"": {"share": 1}}).items():
            total += fields["share"] * affinity.get(channel, 1)
            shares.append(total)
            compiled.append(compile_stop(own, touchpoint | fields))
        stops[name] = (shares, compiled)
    start = own["start"]
    return Map(start if isinstance(start, str) else next(iter(start)), stops)


def walk_one(world: Map, person: Tree, tree: Tree, draw: random.Random) -> Result:
    """One agent from start to outcome, step by step as the journey model numbers them."""
    anchor, b = tree["satisfaction"]["anchor"], tree["satisfaction"]["disconfirmation_weight"]
    remembered, outcomes = tree["satisfaction"]["memory"], tree["outcomes"]
    learning, aversion = person["learning"], person["loss_aversion"]
    patience = person["patience"]["lognormal"]
    patience_law = (math.log(milliseconds(patience["median"])), patience["sigma"])
    expected = draw.gauss(person["expectation"]["normal"]["mean"], person["expectation"]["normal"]["sd"])
    elapsed = weight_sum = weighted = peak = end = 0.0
    state: set[str] = set()
    met_problem, visits, here = False, 0, world.start
    while here in world.stops:
        shares, stops = world.stops[here]
        stop = stops[0] if len(stops) == 1 else pick(stops, shares, draw)
        visits += 1
        duration = draw.lognormvariate(*stop.duration)                       # step 1
        limit = draw.lognormvariate(*patience_law)
        given_up = duration > limit
        elapsed += min(duration, limit)
        q = 0.0
        if not given_up:
            q = 10 * draw.betavariate(*stop.shape)                           # step 2
            for pain, probability, after, severity in stop.pains:            # step 3
                if elapsed > after or (probability > 0 and draw.random() < probability):
                    q -= severity
                    state.add(pain)
                    met_problem = met_problem or pain in PROBLEMS
            q = max(0.0, q)
            for pain, probability in stop.resolves:                          # step 4
                if pain in state and draw.random() < probability:
                    state.discard(pain)
        d = q - expected                                                     # step 5
        m = min(10.0, max(0.0, q + b * (d if d >= 0 else aversion * d)))
        expected += learning * d                                             # step 6
        weight_sum += stop.importance                                        # step 8
        weighted += stop.importance * m
        end = m
        if visits == 1 or abs(m - anchor) > abs(peak - anchor):
            peak = m
        if given_up:
            here = stop.given_up
            continue
        for goal, probability in stop.fulfils:                               # step 10
            if draw.random() < probability:
                state.add(goal)
        here = choose(stop, state, draw)                                     # step 11
    mean = weighted / weight_sum
    missed = sum(goal["importance"] for name, goal in person["goals"].items() if name not in state)
    level = remembered["peak"] * peak + remembered["end"] * end + remembered["mean"] * mean - missed
    open_problems = sum(pain in state for pain in PROBLEMS)
    other = sum(pain.get("lingering", 0) for name, pain in tree["pains"].items()
                if name not in PROBLEMS and name in state)
    assert here in outcomes or here == "abandoned", here
    return Result(level, open_problems, other, met_problem, visits, here)


def pick(stops: list[Stop], shares: list[float], draw: random.Random) -> Stop:
    """A channel, by the cumulative shares."""
    return stops[bisect.bisect_right(shares, draw.random() * shares[-1], 0, len(stops) - 1)]


def choose(stop: Stop, state: set[str], draw: random.Random) -> str:
    """The next node among the open edges."""
    edges = stop.edges if not stop.guarded else [
        e for e in stop.edges if (not e.condition or e.condition in state) and e.exception not in state]
    if len(edges) == 1:
        return edges[0].to
    left = draw.random() * sum(e.weight for e in edges)
    for edge in edges:
        left -= edge.weight
        if left < 0:
            return edge.to
    return edges[-1].to


def walk(tree: Tree, agents: int, seed: int) -> dict[str, list[Result]]:
    """Agents of every persona; the same luck whenever the seed is the same."""
    results = {}
    for persona, person in tree["personas"].items():
        world, draw = compile_map(tree, persona), random.Random(f"{seed} {persona}")
        results[persona] = [walk_one(world, person, tree, draw) for _ in range(round(agents * person["share"]))]
    return results


# --------------------------------------------------------------------------------------------------
# The fit: five conditions, solved one after the other
# --------------------------------------------------------------------------------------------------

Levels = dict[str, list[tuple[float, float]]]        # persona: (satisfaction, share of agents)


def final_levels(results: dict[str, list[Result]], lingering: float) -> dict[str, list[float]]:
    """Satisfaction at the outcome, clamped."""

    def level(r: Result) -> float:
        return min(10.0, max(0.0, r.satisfaction - r.other_lingering - lingering * r.open_problems))

    return {persona: [level(r) for r in own] for persona, own in results.items()}


def average(shares: dict[str, float], values: dict[str, list[float]]) -> float:
    return math.fsum(shares[p] * math.fsum(v) / len(v) for p, v in values.items())


def fit_lingering(book: Book, results: dict[str, list[Result]], shares: dict[str, float]) -> float:
    """How long problems stay in mind: passengers with and without one differ in r_all as in the survey."""
    groups = [rated((row for row in book.now if ANSWERED_PROBLEM(row) and ANY_PROBLEM(row) == met), "r_all")
              for met in (True, False)]
    wanted = groups[1].mean - groups[0].mean
    sums = {met: [0.0, 0.0, 0.0] for met in (True, False)}
    for persona, own in results.items():
        for r in own:
            cell = sums[r.met_problem]
            cell[0] += shares[persona] / len(own)
            cell[1] += shares[persona] / len(own) * (r.satisfaction - r.other_lingering)
            cell[2] += shares[persona] / len(own) * r.open_problems
    level = {met: cell[1] / cell[0] for met, cell in sums.items()}
    remain = sums[True][2] / sums[True][0]
    return round(max(0.0, (wanted - (level[False] - level[True])) / remain), 2)


def fit_satisfaction(book: Book, shares: dict[str, float]) -> tuple[dict[str, list[Result]], float]:
    """The weight of disconfirmation such that mean satisfaction is r_all, and with it the lingering."""
    wanted = rated(book.now, "r_all").mean
    satisfaction = book.tree["satisfaction"]

    def miss(b: float) -> tuple[float, dict[str, list[Result]], float]:
        satisfaction["disconfirmation_weight"] = b
        results = walk(book.tree, AGENTS, SEED)
        lingering = fit_lingering(book, results, shares)
        return average(shares, final_levels(results, lingering)) - wanted, results, lingering

    low, high = 0.0, 0.5
    at_low, at_high = miss(low), miss(high)
    if at_low[0] <= 0:
        return at_low[1], at_low[2]
    while True:
        b = round(low + (high - low) * at_low[0] / (at_low[0] - at_high[0]), 3)
        at = miss(b)
        if abs(at[0]) < 0.001 or b in (low, high):
            return at[1], at[2]
        if at[0] > 0:
            low, at_low = b, at
        else:
            high, at_high = b, at


def binned(levels: dict[str, list[float]], width: float = 0.02) -> Levels:
    """Satisfaction as a fine histogram."""
    result: Levels = {}
    for persona, values in levels.items():
        counts: dict[int, int] = {}
        for value in values:
            counts[round(value / width)] = counts.get(round(value / width), 0) + 1
        result[persona] = [(key * width, count / len(values)) for key, count in sorted(counts.items())]
    return result


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else 1 - 1 / (1 + math.exp(x))


def at_most(levels: list[tuple[float, float]], threshold: float, spread: float) -> tuple[float, float]:
    """P(Y <= k) of one persona for a threshold from which the bias is taken, and its density."""
    total = density = 0.0
    for s, p in levels:
        f = logistic((threshold - s) / spread)
        total += p * f
        density += p * f * (1 - f) / spread
    return total, density


def solve(function: Callable[[float], tuple[float, float]], wanted: float, x: float) -> float:
    """Newton's method on a rising function, kept from leaping."""
    for _ in range(60):
        value, slope = function(x)
        step = max(-1.0, min(1.0, (wanted - value) / max(slope, 1e-9)))
        x += step
        if abs(step) < 1e-9:
            break
    return x


class Answer(NamedTuple):
    """The recommendation part of the model."""

    spread: float
    thresholds: list[float]
    biases: dict[str, float]


def fit_answer(levels: Levels, shares: dict[str, float], bars: list[float], wanted: dict[str, float],
               spread: float, start: Answer) -> Answer:
    """Thresholds from the whole histogram and a bias for each persona's NPS, in turns, for one spread."""
    thresholds, biases = list(start.thresholds), dict(start.biases)
    for _ in range(12):
        for k in range(10):
            def mixture(t: float) -> tuple[float, float]:
                parts = [(shares[p], at_most(levels[p], t - biases[p], spread)) for p in levels]
                return math.fsum(w * v[0] for w, v in parts), math.fsum(w * v[1] for w, v in parts)
            thresholds[k] = solve(mixture, math.fsum(bars[:k + 1]), thresholds[k])
        for p in levels:
            def score_of(bias: float, p: str = p) -> tuple[float, float]:
                low = at_most(levels[p], thresholds[6] - bias, spread)
                high = at_most(levels[p], thresholds[8] - bias, spread)
                return 1 - high[0] - low[0], high[1] + low[1]
            biases[p] = solve(score_of, wanted[p] / 100, biases[p])
        centre = math.fsum(shares[p] * biases[p] for p in levels)
        biases = {p: bias - centre for p, bias in biases.items()}
    return Answer(spread, thresholds, biases)


def slope_of(levels: Levels, shares: dict[str, float], answer: Answer) -> float:
    """NPS points gained if everybody were one point more satisfied, in the limit of a small step."""
    return 100 * math.fsum(shares[p] * math.fsum(
        at_most(levels[p], answer.thresholds[k] - answer.biases[p], answer.spread)[1] for k in (6, 8)) for p in levels)


def survey_slope(rows: list[Row]) -> float:
    """NPS points per point of a passenger's mean rating."""
    data = [((mean,), recommendation_class(answer), weight(row)) for row in rows
            if (mean := mean_rating(row)) is not None and (answer := score(row)) is not None]
    return least_squares(data)[1]


def fit(book: Book) -> str:
    """Fills in what the survey determines only through the walk; returns a table of survey and model.

    1. disconfirmation_weight: mean satisfaction = weighted r_all.
    2. lingering of the reported problems: with and without a problem, satisfaction differs as r_all does.
    3. thresholds: the eleven bars of netpro, weighted.
    4. each persona's bias: its NPS, weighted (the biases' weighted mean is 0).
    5. spread: a point of satisfaction moves the NPS as a point of the passengers' mean rating does.
    """
    tree, answered = book.tree, [row for row in book.now if score(row) is not None]
    total = math.fsum(p["share"] for p in tree["personas"].values())
    shares = {name: p["share"] / total for name, p in tree["personas"].items()}
    results, lingering = fit_satisfaction(book, shares)
    for problem in PROBLEMS:
        tree["pains"][problem]["lingering"] = lingering
    levels = binned(final_levels(results, lingering))
    bars = histogram(answered)
    wanted = {p: nps(row for row in answered if persona_of(row) == p).mean for p in levels}
    slope = survey_slope(answered)
    answer = Answer(1.0, [k + 0.5 for k in range(10)], {p: 0.0 for p in levels})
    low, high = 0.3, 3.0                                  # the slope falls as the spread grows
    for _ in range(14):
        middle = (low + high) / 2
        answer = fit_answer(levels, shares, bars, wanted, middle, answer)
        low, high = (middle, high) if slope_of(levels, shares, answer) > slope else (low, middle)
    answer = fit_answer(levels, shares, bars, wanted, round((low + high) / 2, 3), answer)
    tree["recommendation"] = {"spread": answer.spread, "thresholds": [round(t, 3) for t in answer.thresholds]}
    for persona, bias in answer.biases.items():
        tree["personas"][persona]["recommendation"]["bias"] = round(bias, 3)
    return comparison(book, results, lingering, levels, shares, answer, slope)


def comparison(book: Book, results: dict[str, list[Result]], lingering: float, levels: Levels,
               shares: dict[str, float], answer: Answer, slope: float) -> str:
    """The survey beside the fitted model, in words and numbers."""

    def modelled(p: str) -> list[float]:
        upto = [at_most(levels[p], t - answer.biases[p], answer.spread)[0] for t in answer.thresholds] + [1.0]
        return [upto[0]] + [b - a for a, b in zip(upto, upto[1:])]

    def nps_of(bars: list[float]) -> float:
        return 100 * (math.fsum(bars[9:]) - math.fsum(bars[:7]))

    answered = [row for row in book.now if score(row) is not None]
    model = {p: modelled(p) for p in levels}
    mixed = [math.fsum(shares[p] * model[p][k] for p in levels) for k in range(11)]
    lines = ["            n   NPS survey (95 %)    model   satisfaction survey, model   visits"]
    groups = {"all": answered} | {p: [r for r in answered if persona_of(r) == p] for p in levels}
    final = final_levels(results, lingering)
    for name, rows in groups.items():
        asked, bars = nps(rows), mixed if name == "all" else model[name]
        satisfied = average(shares, final) if name == "all" else math.fsum(final[name]) / len(final[name])
        visits = {p: [float(r.visits) for r in own] for p, own in results.items()}
        mean_visits = average(shares, visits) if name == "all" else math.fsum(visits[name]) / len(visits[name])
        lines.append(f"{name:10}{len(rows):5}   {asked.mean:5.1f} +- {1.96 * asked.se:4.1f}      {nps_of(bars):7.1f}   "
                     f"{rated(rows, 'r_all').mean:12.2f}   {satisfied:5.2f}   {mean_visits:14.1f}")
    for name, bars in {"survey": histogram(answered), "model": mixed}.items():
        lines.append(f"{name:7}0..10 " + " ".join(f"{100 * b:5.1f}" for b in bars) + "  %")
    lines += problem_lines(book, results, lingering, shares, answer)
    problem = share(book.now, ANY_PROBLEM, ANSWERED_PROBLEM).mean
    hit = math.fsum(shares[p] * sum(r.met_problem for r in own) / len(own) for p, own in results.items())
    lines.append(f"met a problem: survey {100 * problem:.1f} %, model {100 * hit:.1f} %; "
                 f"NPS per point: survey {slope:.1f}, model {slope_of(levels, shares, answer):.1f}; "
                 f"lingering {lingering}")
    return "\n".join(lines)


def problem_lines(book: Book, results: dict[str, list[Result]], lingering: float, shares: dict[str, float],
                  answer: Answer) -> list[str]:
    """A figure that was not fitted: the NPS of passengers with and without a problem."""
    final, lines = final_levels(results, lingering), []
    for met in (True, False):
        asked = nps(row for row in book.now if ANSWERED_PROBLEM(row) and ANY_PROBLEM(row) == met)
        total = points = 0.0
        for persona, own in results.items():
            chosen = [(level, 1.0) for level, r in zip(final[persona], own) if r.met_problem == met]
            cut = [at_most(chosen, answer.thresholds[k] - answer.biases[persona], answer.spread)[0] for k in (6, 8)]
            total += shares[persona] / len(own) * len(chosen)
            points += shares[persona] / len(own) * 100 * (len(chosen) - cut[1] - cut[0])
        lines.append(f"NPS {'with a' if met else 'without'} problem (not fitted): "
                     f"survey {asked.mean:.1f} +- {1.96 * asked.se:.1f}, model {points / total:.1f}")
    return lines


# --------------------------------------------------------------------------------------------------
# Writing YAML
# --------------------------------------------------------------------------------------------------

WIDTH = 120
NOTE_COLUMN = 62     # where comments begin, if the line leaves room
HEADINGS = {
    "personas": "Who travels. Names and voices are invented; every number in them is the survey's.",
    "pains": "What goes wrong. Reported problems (Q15COM1 to 3): severity is the difference in the rating between\n"
             "those with and without the problem; lingering is fitted to the same difference in the overall rating.",
    "goals": "What people want.",
    "touchpoints": "Where it happens. Experience: weighted mean and spread of the rating, by 2.5 (r - 1), of those\n"
                   "who did not report the touchpoint's own pains. Importance: what a point of the rating adds to\n"
                   "netpro beyond the passenger's other ratings (mean 1, at least 0.2; 1 for stand-ins).",
    "start": "Connecting passengers start at `transfer` (see their overrides).",
    "satisfaction": "How a journey is felt.",
    "recommendation": "How likely they are to recommend.",
    "targets": "Soll: for each figure, the boarding area that is best at it in 2017.",
}


def scalar(value: Any, inside: bool = False) -> str:
    """A plain scalar, quoted only where YAML needs it; `inside` a one-line mapping or list that is more often."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, int):
        return str(value)
    text = str(value)
    marks = (": ", " #", '"') + (("{", "}", "[", "]", ",") if inside else ())
    if any(mark in text for mark in marks) or text[0] in "&*!|>'%@`-?#{[":
        return '"' + text.replace('"', '\\"') + '"'
    return text


def flow(value: Any, inside: bool = False) -> str:
    """A value in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item, True)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item, True) for item in value) + "]"
    return scalar(value, inside)


def is_block(value: Any, path: str, room: int, notes: dict[str, str]) -> bool:
    """Whether a mapping gets lines of its own: sections, what has notes inside, and what is too long."""
    if not isinstance(value, dict):
        return False
    top_two = path.count(".") == 0 or (path.count(".") == 1 and path.split(".")[0] in ("personas", "touchpoints"))
    inside = any(key.startswith(path + ".") and path not in ("satisfaction.memory",) for key in notes)
    return top_two or inside or len(flow(value)) > room


def commented(line: str, note: str | None, indent: str) -> list[str]:
    """A line with its note behind it, or above it if it would not fit."""
    if not note:
        return [line]
    column = min(max(len(line) + 3, NOTE_COLUMN), max(len(line) + 3, WIDTH - 2 - len(note)))
    if column + 2 + len(note) <= WIDTH:
        return [f"{line.ljust(column)}# {note}"]
    return [f"{indent}# {part}" for part in textwrap.wrap(note, WIDTH - len(indent) - 2)] + [line]


def emit(value: Tree, path: str, depth: int, notes: dict[str, str]) -> list[str]:
    """A mapping as lines of YAML."""
    lines, indent = [], "  " * depth
    for key, item in value.items():
        here = f"{path}.{key}" if path else key
        if depth == 0 and key in HEADINGS:
            lines += [""] + [f"# {part}" for part in HEADINGS[key].split("\n")]
        if depth == 1 and path in ("personas", "touchpoints"):
            lines.append("")
        note = notes.get(here)
        if key == "overrides":
            lines += [f"{indent}overrides:"] + emit_overrides(item, here, indent + "  ", notes)
        elif is_block(item, here, WIDTH - len(indent) - len(key) - 2, notes):
            lines += commented(f"{indent}{key}:", note, indent)
            lines += emit(item, here, depth + 1, notes)
        else:
            lines += commented(f"{indent}{key}: {flow(item)}", note, indent)
    return lines


def emit_overrides(changes: list[Tree], path: str, indent: str, notes: dict[str, str]) -> list[str]:
    lines = []
    for position, change in enumerate(changes):
        lines += commented(f"{indent}- set: {change['set']}", notes.get(f"{path}.{position}"), indent)
        if len(text := f"{indent}  to: {flow(change['to'])}") <= WIDTH:
            lines.append(text)
        else:
            lines += [f"{indent}  to:"] + emit(change["to"], "change.to", len(indent) // 2 + 2, {})
    return lines


def header(book: Book) -> list[str]:
    """What a reader should know before the first number."""
    answered = [row for row in book.now if score(row) is not None]
    mine, plain_nps = nps(answered), nps(answered, weighted=False)
    text = [
        "",
        "Written by tools/derive_airport.py from the airport's public customer survey: change the script, not",
        "this file. README.md tells the story.",
        f"{len(book.now)} passengers were asked at the gates in 2017; n is the number of answers behind a figure.",
        "All figures carry the survey's weights, which make the sample represent the airport's passengers.",
        f"NPS of the {mine.n} who answered: {mine.mean:.1f} +- {1.96 * mine.se:.1f} weighted, {plain_nps.mean:.1f} +- "
        f"{1.96 * plain_nps.se:.1f} unweighted.",
        "What is marked as assumed has its reason in the script.",
    ]
    return ["format: sojourn/1", "# yaml-language-server: $schema=../../models/schema/journey.schema.json",
            *(f"# {line}".rstrip() for line in text)]


def document(book: Book) -> str:
    return "\n".join(header(book) + emit(book.tree, "", 0, book.notes)) + "\n"


# --------------------------------------------------------------------------------------------------

def find_survey(argument: str | None) -> Path:
    """The survey's file from the command line or the environment."""
    if argument:
        return Path(argument)
    if folder := os.environ.get("SOJOURN_DATA"):
        return Path(folder) / SURVEY
    sys.exit(f"derive_airport: name {SURVEY}, or set SOJOURN_DATA to its directory")


def main() -> int:
    parser = argparse.ArgumentParser(description="Derive the airport journey from the survey.")
    parser.add_argument("csv", nargs="?", help=f"{SURVEY}; {RAW} must lie beside it")
    parser.add_argument("--check", action="store_true", help="compare with the file in the tree, write nothing")
    parser.add_argument("--out", type=Path, default=TARGET, help="where to write (default: the journey in the tree)")
    arguments = parser.parse_args()
    survey = find_survey(arguments.csv)
    for path in (survey, survey.with_name(RAW)):
        if not path.is_file():
            print(f"derive_airport: {path} is not there (see the journey's README for its origin)", file=sys.stderr)
            return 66
    book = build(*read_survey(survey))
    table = fit(book)
    text = document(book)
    print(table)
    if not arguments.check:
        arguments.out.write_text(text, encoding="utf-8")
        return 0
    same = arguments.out.is_file() and arguments.out.read_text(encoding="utf-8") == text
    print(f"{arguments.out.name} {'is' if same else 'differs from'} what the data give")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
