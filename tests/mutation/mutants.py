"""Which mutants are made: the same ones for the same seed and sources, and those of unchanged lines whatever changes around them."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from operators import changed, changes
from source_lines import masked


class Mutant(NamedTuple):
    area: str
    stratum: int
    file: str
    line: int      # from 1
    twin: int      # which of equal lines
    operator: str
    before: str    # the line without its indentation
    after: str
    key: str       # stands for file, text and operator; the line's number is no part of it


def digest(*parts):
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


def mutants_of_lines(file, text):
    """[[(line, twin, operator, before, after, key) of one line]]"""
    seen = {}
    before = ""
    lines = zip(text.split("\n"), masked(text).split("\n"))
    for number, (line, code) in enumerate(lines, 1):
        code = code.rstrip()
        found = changes(code, not before or before.endswith((";", "{", "}", ":", ")", "else")))
        before = code
        if not found:
            continue
        twin = seen[line] = seen.get(line, 0) + 1  # lines may be equal
        yield [(number, twin, change.operator, line.strip(), changed(line, change).strip(),
                digest(file, line.strip(), twin, change.operator, change.start, change.text)[:12]) for change in found]


def queue(tree, number, stratum, seed):
    """All mutants of a stratum, at most one of a line, in the order in which they are taken."""
    chosen = []
    for file in sorted({path for pattern in stratum.files for path in Path(tree).glob(pattern)}):
        name = str(file.relative_to(tree))
        for of_line in mutants_of_lines(name, file.read_text()):
            line, twin, operator, before, after, key = min(of_line, key=lambda one: digest(seed, one[5]))
            chosen.append(Mutant(stratum.area, number, name, line, twin, operator, before, after, key))
    return sorted(chosen, key=lambda mutant: digest(seed, "line", mutant.key))


def mutated(text, mutant):
    """The source with the line changed."""
    lines = text.split("\n")
    line = lines[mutant.line - 1]
    lines[mutant.line - 1] = line[: len(line) - len(line.lstrip())] + mutant.after
    return "\n".join(lines)
