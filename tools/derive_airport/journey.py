"""The journey: all that the survey says without a walk."""

from assumptions import assumed
from book import Book
from drivers import memory
from figures import rated
from goals import write_goals
from pains import write_pains
from personas import write_personas
from survey import Row
from targets import write_targets
from touchpoints import write_touchpoints


def write_journey(now: list[Row], before: list[Row]) -> Book:
    """The whole journey, but for what the fit finds."""
    book = Book(now, before)
    anchor = rated(before, "r_all")
    book.tree = {
        "journey": "Departing from San Francisco, 2017",
        "about": ("From the front door or the incoming flight to the boarding area "
                  "of San Francisco International Airport."),
        "money": "USD",
        "personas": write_personas(book),
        "pains": write_pains(book),
        "goals": write_goals(book),
        "touchpoints": write_touchpoints(book),
        "start": "way",
        "outcomes": {
            "boards": {"label": "Boards the flight", "success": True, "value": assumed("value.boards")},
            "missed": {"label": "Misses the flight"},
            "rebooked": {"label": "Gives up waiting, rebooks"},
        },
        "satisfaction": {"anchor": round(anchor.mean, 2), "disconfirmation_weight": 0.0,
                         "memory": memory(book, anchor.mean)},
        "recommendation": {"spread": 1.0, "thresholds": [k + 0.5 for k in range(10)]},
        "targets": write_targets(book),
    }
    book.note("outcomes.boards", "value assumed")
    book.note("satisfaction.anchor", f"r_all 2013 to 2016, n {anchor.n}: what people are used to")
    book.note("satisfaction.disconfirmation_weight", "fitted: mean satisfaction is the survey's r_all")
    book.note("recommendation.spread", "fitted: a point of satisfaction moves the NPS as in the survey")
    book.note("recommendation.thresholds", "fitted to all eleven bars of the histogram")
    for persona, changes in book.overrides.items():
        book.tree["personas"][persona]["overrides"] = changes
    return book
