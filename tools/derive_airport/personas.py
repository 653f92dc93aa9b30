"""The personas: their voices, and the survey's numbers about them."""

from assumptions import assumed
from book import Book, Tree
from channels import affinities
from deadline import deadline
from figures import nps, rated, share
from places import LINES, WAYS, one_of
from segments import SEGMENTS, persona_of
from survey import recommends
from usage import airport_rating, through_security, used_today

# Invented voices; the facts in them are filled in from the data.
VOICES: dict[str, dict[str, str]] = {
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


def facts(book: Book, persona: str) -> dict[str, str]:
    """Numbers for the empathy maps: per cent of the persona, and minutes."""
    rows = book.of(persona)
    shares = {
        "bags": used_today(rows, "bags"), "wifi": used_today(rows, "wifi"), "security": through_security(book),
        "precheck": share(rows, LINES["precheck"][1], one_of(LINES)),
        "dropped": share(rows, WAYS["dropped"][1]), "ride_app": share(rows, WAYS["ride_app"][1]),
    }
    texts = {name: f"{100 * value.mean:.0f}" for name, value in shares.items()}
    return texts | {"howlong": f"{deadline(book, persona).allowed:.0f}"}


def write_personas(book: Book) -> Tree:
    """Names, voices and traits; overrides are filled in at the end, bias by the fit."""
    result = {persona: write_persona(book, persona) for persona in SEGMENTS}
    for persona in SEGMENTS:
        annotate(book, persona)
    return result


def write_persona(book: Book, persona: str) -> Tree:
    voice, known = VOICES[persona], facts(book, persona)
    earlier = rated(book.before, "r_all")
    users, others = airport_rating(book, "wifi")
    median, sigma = assumed("patience.business" if persona == "business" else "patience.others")
    return {
        "name": voice["name"],
        "share": round(share(book.now, lambda row: persona_of(row) == persona, recommends).mean, 4),
        "quote": voice["quote"],
        "empathy": {key: voice[key].format(**known) for key in ("thinks", "feels", "says", "does", "pains", "gains")},
        "goals": {"in_time": {"importance": assumed("in_time")},
                  "online": {"importance": round(users.mean - others.mean, 1)}},
        "expectation": {"normal": {"mean": round(earlier.mean, 2), "sd": round(earlier.sd, 2)}},
        "learning": assumed("learning"),
        "loss_aversion": assumed("loss_aversion"),
        "patience": {"lognormal": {"median": median, "sigma": sigma}},
        "channels": affinities(book, persona),
        "recommendation": {"bias": 0.0},
    }


def annotate(book: Book, persona: str) -> None:
    """Where the numbers of a persona come from."""
    path, answered = f"personas.{persona}", sum(map(recommends, book.now))
    mine, plain = nps(book.of(persona)), nps(book.of(persona), weighted=False)
    book.note(path, f"{SEGMENTS[persona]}; n {mine.n}; NPS {mine.mean:.1f} +- {mine.margin:.1f} "
                    f"(unweighted {plain.mean:.1f} +- {plain.margin:.1f})")
    book.note(f"{path}.share", f"weighted share of the n {answered} who answered netpro")
    book.note(f"{path}.goals", "in_time assumed; online: see goals")
    book.note(f"{path}.expectation", f"r_all 2013 to 2016, n {rated(book.before, 'r_all').n}")
    for key in ("learning", "loss_aversion", "patience"):
        book.note(f"{path}.{key}", "assumed")
    book.note(f"{path}.channels", "share of this persona over share of all"
              + (" (online assumed)" if persona == "business" else ""))
    book.note(f"{path}.recommendation", "fitted to this persona's NPS")
