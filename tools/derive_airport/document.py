"""The document: the journey file from its first line to its last."""

from book import Book
from figures import nps
from yaml_text import block

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
    "calibrate": "What `sojourn calibrate` finds from observed.csv, and what is known of it before.",
    "targets": "Soll: for each figure, the boarding area that is best at it in 2017.",
}


def header(book: Book) -> list[str]:
    """What a reader should know before the first number."""
    mine, plain = nps(book.now), nps(book.now, weighted=False)
    text = [
        "",
        "Derived by tools/derive_airport from the airport's public customer survey, and in journey.yaml calibrated",
        "to observed.csv (README.md has the commands and the story): change the script, not this file.",
        f"{len(book.now)} passengers were asked at the gates in 2017; n is the number of answers behind a figure.",
        "All figures carry the survey's weights, which make the sample represent the airport's passengers.",
        f"NPS of the {mine.n} who answered: {mine.mean:.1f} +- {mine.margin:.1f} weighted, {plain.mean:.1f} +- "
        f"{plain.margin:.1f} unweighted.",
        "What is marked as assumed has its reason in the script.",
    ]
    return ["format: sojourn/1", "# yaml-language-server: $schema=../../models/schema/journey.schema.json",
            *(f"# {line}".rstrip() for line in text)]


def document(book: Book) -> str:
    lines = header(book)
    for section, content in book.tree.items():
        if section in HEADINGS:
            lines += ["", *(f"# {line}" for line in HEADINGS[section].split("\n"))]
        lines += block({section: content}, "", 0, book.notes)
    return "\n".join(lines) + "\n"
