"""The text of a journey file: YAML in lines of at most 120, each number with its note beside it."""

import textwrap
from typing import Any

from book import Tree

WIDTH = 120
NOTE_COLUMN = 62                            # where comments begin, if the line leaves room
SPACED = ("personas", "touchpoints")        # sections with a blank line before each entry

Notes = dict[str, str]


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


def is_block(value: Any, path: str, room: int, notes: Notes) -> bool:
    """Whether a mapping gets lines of its own: sections, what has notes inside, and what is too long."""
    if not isinstance(value, dict):
        return False
    section, *below = path.split(".")
    outer = not below or (len(below) == 1 and section in SPACED)
    return outer or any(key.startswith(path + ".") for key in notes) or len(flow(value)) > room


def commented(line: str, note: str | None, indent: str) -> list[str]:
    """A line with its note behind it, or above it if it would not fit."""
    if not note:
        return [line]
    column = min(max(len(line) + 3, NOTE_COLUMN), max(len(line) + 3, WIDTH - 2 - len(note)))
    if column + 2 + len(note) <= WIDTH:
        return [f"{line.ljust(column)}# {note}"]
    return [f"{indent}# {part}" for part in textwrap.wrap(note, WIDTH - len(indent) - 2)] + [line]


def block(value: Tree, path: str, depth: int, notes: Notes) -> list[str]:
    """A mapping as lines of YAML."""
    lines, indent = [], "  " * depth
    for key, item in value.items():
        here = f"{path}.{key}" if path else key
        if path in SPACED:
            lines.append("")
        if key == "overrides":
            lines += [f"{indent}overrides:"] + override_list(item, here, depth + 1, notes)
        elif is_block(item, here, WIDTH - len(indent) - len(key) - 2, notes):
            lines += commented(f"{indent}{key}:", notes.get(here), indent) + block(item, here, depth + 1, notes)
        else:
            lines += commented(f"{indent}{key}: {flow(item)}", notes.get(here), indent)
    return lines


def override_list(changes: list[Tree], path: str, depth: int, notes: Notes) -> list[str]:
    lines, indent = [], "  " * depth
    for position, change in enumerate(changes):
        lines += commented(f"{indent}- set: {change['set']}", notes.get(f"{path}.{position}"), indent)
        if len(text := f"{indent}  to: {flow(change['to'])}") <= WIDTH:
            lines.append(text)
        else:
            lines += [f"{indent}  to:"] + block(change["to"], f"{path}.{position}.to", depth + 2, {})
    return lines
