"""Mutation operators: the small mistakes that people make, each on one line.

The set is the usual one (Offutt et al. 1996, "An experimental determination of sufficient mutant operators", with statements dropped
and values returned as in Just 2014, "The Major mutation framework"). Code is laid out by clang-format, so binary operators have spaces
around them and templates have none.
"""

import re
from typing import NamedTuple


class Change(NamedTuple):
    operator: str
    start: int
    end: int
    text: str  # instead of columns start to end


SWAPS = {
    "arithmetic": {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*"},
    "assignment": {"+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "|=": "&=", "&=": "|=", "^=": "|=", ">>=": "<<=", "<<=": ">>="},
    "relation": {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="},
    "logic": {"&&": "||", "||": "&&"},
    "bits": {"&": "|", "|": "&", "^": "|"},
    "shift": {"<<": ">>", ">>": "<<"},
}
WORDS = {"std::min": "std::max", "std::max": "std::min", "true": "false", "false": "true", "break": "continue"}
BINARY = re.compile(r"(?<=[\w)\]}]) (?P<sign>[-+*/%<>=!&|^]+)(?= [^~]|$)")  # not of texts
WHOLE = re.compile(r"(?<![\w.'])(?<!\de[-+])(?P<digits>0x[0-9a-fA-F']+|\d[\d']*)(?P<type>[uUlL]*)(?![\w.'])")
REAL = re.compile(r"(?<![\w.])(\d+\.\d*(?:e[-+]?\d+)?|\d+e[-+]?\d+|0x1p[-+]?\d+|0x1\.\w*p[-+]?\d+)(?![\w.])")
NOT = re.compile(r"(?<![\w)])!(?=[\w(])")
MINUS = re.compile(r"(?:(?<=return )|(?<=[(=,?:] )|(?<=\())-(?=[a-zA-Z(])")
SUBSCRIPT = re.compile(r"(?<=[\w)\]])\[(?P<index>[^][]+)\]")
SYMMETRIC = re.compile(r"\b(?:min|max)(?:<[\w:]+>)?\($")
PAIR = re.compile(r"(?<=[\w>]\()(?P<one>[\w.:>\-\[\]]+), (?P<two>[\w.:>\-\[\]]+)(?=[,)])")
DECLARED = re.compile(r"^ *(?!return )(?:[\w:]+ )*[\w:<>, ]+[&*]* \w+$")
CONDITION = re.compile(r"\bif \((?P<what>.*)\) (?=[^()]*;$|\{$|[\w:.>\-]+\(.*\);$)")
RETURN = re.compile(r"^ *(?:\}? *else +)?(?:.*\) )?return (?P<what>[^;{}]+);")
STATEMENT = re.compile(r"^ *(?:[\w\[\]().*:>+\-]+ (?:=|[-+*/|&^]=|<<=|>>=) .*|[\w.:>\-\[\]]+\(.*\)|\+\+[\w.>\-\[\]]+|--[\w.>\-\[\]]+|break|continue);$")
HINT = re.compile(r"\breserve\(|prefetch|\bsend_for\(")  # makes nothing but speed


def swaps(code):
    for match in BINARY.finditer(code):
        for operator, table in SWAPS.items():
            if match["sign"] in table:
                yield Change(operator, *match.span("sign"), table[match["sign"]])


def words(code):
    for match in re.finditer(rf"\b(?:{'|'.join(WORDS)})\b", code):
        yield Change("word", *match.span(), WORDS[match.group()])


def constants(code):
    for match in WHOLE.finditer(code):
        digits = match["digits"].replace("'", "")
        value = int(digits, 0) if digits == "0" or not digits.startswith("0") or digits.startswith("0x") else int(digits)
        write = hex if digits.startswith("0x") else str
        yield Change("constant", *match.span(), write(value + 1) + match["type"])
        if value > 0:
            yield Change("constant", *match.span(), write(value - 1) + match["type"])
    for match in REAL.finditer(code):
        zero = re.fullmatch(r"0+\.0*", match.group()) is not None
        yield Change("constant", *match.span(), "1.0" if zero else f"(1.01 * {match.group()})")


def signs(code):
    for match in NOT.finditer(code):
        yield Change("not", *match.span(), "")
    for match in MINUS.finditer(code):
        yield Change("minus", *match.span(), "")


def indices(code):
    for match in SUBSCRIPT.finditer(code):
        index = match["index"]
        if DECLARED.match(code[: match.start()]) or code[: match.start()].endswith(("auto&", "auto", "operator")) or "," in index:
            continue
        for step in ("+ 1", "- 1"):
            if not (index == "0" and step == "- 1"):
                yield Change("index", *match.span("index"), f"{index} {step}")


def arguments(code):
    for match in PAIR.finditer(code):
        if match["one"] != match["two"] and not SYMMETRIC.search(code[: match.start()]):
            yield Change("arguments", *match.span(), f"{match['two']}, {match['one']}")


def statements(code, begins):
    condition = CONDITION.search(code)
    if condition and "constexpr" not in code[: condition.start("what")] and balanced(condition["what"]):
        for instead in ("true", "false"):
            yield Change("condition", *condition.span("what"), instead)
    back = RETURN.search(code)
    if back and back["what"].strip() not in ("true", "false", "0", "{}", "std::nullopt", "nullptr"):
        yield Change("return", *back.span("what"), "{}")
    if begins and STATEMENT.match(code) and balanced(code) and not HINT.search(code):
        yield Change("drop", len(code) - len(code.lstrip()), len(code), ";")


def balanced(code):
    depth = 0
    for sign in code:
        depth += (sign in "([{") - (sign in ")]}")
        if depth < 0:
            return False
    return depth == 0


def changes(code, begins=True):
    """All mutants of one line, which has been masked (source_lines.masked), in a fixed order and without twins. `begins`: a statement does,
    where the line does."""
    found = []
    for change in (*swaps(code), *words(code), *constants(code), *signs(code), *indices(code), *arguments(code), *statements(code, begins)):
        if all(change[1:] != other[1:] for other in found):
            found.append(change)
    return found


def changed(line, change):
    """The line with the change made."""
    return line[: change.start] + change.text + line[change.end :]
