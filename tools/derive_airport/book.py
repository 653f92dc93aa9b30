"""The journey under construction: the tree, and the comments that say where a number comes from."""

from typing import Any

from segments import SEGMENTS, persona_of
from survey import Row

Tree = dict[str, Any]


class Book:
    """The passengers, and what has been written about them: the tree, and a note for each path in it."""

    def __init__(self, now: list[Row], before: list[Row]) -> None:
        self.now = now
        self.before = before
        self.tree: Tree = {}
        self.notes: dict[str, str] = {}
        self.overrides: dict[str, list[Tree]] = {persona: [] for persona in SEGMENTS}
        self._by_persona = {persona: [row for row in now if persona_of(row) == persona] for persona in SEGMENTS}

    def of(self, persona: str) -> list[Row]:
        return self._by_persona[persona]

    def without(self, *personas: str) -> list[Row]:
        return [row for row in self.now if persona_of(row) not in personas]

    def note(self, path: str, text: str) -> None:
        self.notes[path] = text

    def override(self, persona: str, path: str, value: Any, why: str) -> None:
        """The journey as one persona sees it; the note is kept under the change's position."""
        position = len(self.overrides[persona])
        self.overrides[persona].append({"set": path, "to": value})
        self.note(f"personas.{persona}.overrides.{position}", why)


def except_for(personas: list[str]) -> str:
    """The end of a note on a number that these personas have no part in."""
    return "".join(f", without {persona}" for persona in personas)
