"""The deadline: when a persona starts to rush, and when it is too late."""

from typing import NamedTuple

from assumptions import assumed
from book import Book
from figures import weighted_median
from survey import weight


class Deadline(NamedTuple):
    """Counted from the start of the journey to the far side of security."""

    after: dict[str, str]       # pain: from when on
    allowed: float              # minutes that the median passenger allows
    source: str


def deadline(book: Book, persona: str) -> Deadline:
    minutes = [(float(row["HOWLONG"]), weight(row)) for row in book.of(persona) if row["HOWLONG"]]
    median = weighted_median(minutes)
    # HOWLONG runs from the kerb, or for a connection from landing, to departure; the journey's clock starts at home.
    lead = 0 if persona == "connecting" else assumed("way_planned")
    late = 5 * round((lead + median - assumed("gate_closes")) / 5)
    return Deadline({"rushed": f"{late - assumed('rush')} min", "too_late": f"{late} min"}, median,
                    f"HOWLONG: median {median:.0f} min, n {len(minutes)}")
