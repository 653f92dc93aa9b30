"""The segments: which passenger belongs to which persona."""

from survey import Row, code

# In the order of the file; the rules as its readers see them.
SEGMENTS = {
    "returning": "everybody who is none of the three below",
    "newcomer": "leisure, uses SFO for less than a year (years_using 1)",
    "business": "purpose 1 or 5 (work, conference), not connecting",
    "connecting": "get_to 3 (connecting from another flight), any purpose",
}

is_connecting = code("get_to", 3)
is_business = code("purpose", 1, 5)
is_new = code("years_using", 1)


def starts_here(row: Row) -> bool:
    return not is_connecting(row)


def persona_of(row: Row) -> str:
    """The persona, first rule that fits; mapping.yaml says the same."""
    if is_connecting(row):
        return "connecting"
    if is_business(row):
        return "business"
    return "newcomer" if is_new(row) else "returning"
