"""The lines of a C++ source, and what of them is code that may be changed."""

import re

# What a reader sees and no test need tell apart: contracts, whose texts are for us, and the texts of errors.
SPARED_CALL = re.compile(r"\b(SOJOURN_EXPECT|SOJOURN_ENSURE|SOJOURN_UNREACHABLE|static_assert|throw)\b")
LITERAL = re.compile(r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\])\'', re.DOTALL)
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


def blank(text, start, end, fill=" "):
    """Keeps lines and columns where they are."""
    return text[:start] + re.sub(r"[^\n]", fill, text[start:end]) + text[end:]


def masked(text):
    """The text with comments and directives blanked, literals as `~`, and what is spared as spaces. Its lines and columns are the text's."""
    at = 0
    while match := re.compile(f"(?P<comment>{COMMENT.pattern})|(?P<literal>{LITERAL.pattern})", re.DOTALL).search(text, at):
        text = blank(text, *match.span(), " " if match["comment"] else "~")
        at = match.end()
    for match in re.finditer(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", text, re.MULTILINE):
        text = blank(text, *match.span())
    for match in re.finditer(r"^(?:using|template|namespace|extern|friend|__extension__)\b[^\n]*", text, re.MULTILINE):
        text = blank(text, *match.span())
    for match in SPARED_CALL.finditer(text):
        text = blank(text, match.start(), end_of_statement(text, match.end()))
    return text


def end_of_statement(text, at):
    """Behind the semicolon that ends it."""
    depth = 0
    while at < len(text):
        if text[at] in "({[":
            depth += 1
        elif text[at] in ")}]":
            depth -= 1
            if depth < 0:
                return at
        elif text[at] == ";" and depth == 0:
            return at + 1
        at += 1
    return at
