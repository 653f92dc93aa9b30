"""The goals: catching the flight, and what people want to do on the concourse."""

from book import Book, Tree
from usage import airport_rating

LABELS = {"in_time": "At the gate in time", "eat": "Something to eat", "shop": "Something to take along",
          "online": "Gets online"}
FULFILLED_AT = {"food": "eat", "store": "shop", "wifi": "online"}


def write_goals(book: Book) -> Tree:
    for place, goal in FULFILLED_AT.items():
        users, others = airport_rating(book, place)
        book.note(f"goals.{goal}", f"r_all {users.mean:.2f} of users, {others.mean:.2f} of the others"
                  + ("" if goal == "online" else ": no goal to lose, it only says that one is enough"))
    return {goal: {"label": label} for goal, label in LABELS.items()}
