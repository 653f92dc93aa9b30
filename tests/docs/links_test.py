"""Every link of a page to a place in the tree leads there: to a file or folder, and to a heading where it names one."""

import os
import re
import sys
from pathlib import Path

TOP = Path(os.environ["SOJOURN_SOURCE_DIR"])


def anchors(page):
    """Of the headings, as GitHub makes them: small letters, no punctuation, hyphens for spaces."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in re.findall(r"^#+ (.*)", text, re.MULTILINE)}


def faults(page):
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = link.partition("#")
        there = (page.parent / place).resolve() if place else page
        if not there.exists():
            yield f"{page.relative_to(TOP)}: there is no {place}"
        elif anchor and anchor not in anchors(there):
            yield f"{page.relative_to(TOP)}: {place or 'the page'} has no heading #{anchor}"


def main():
    pages = [path for path in TOP.rglob("*.md") if not {"build", "node_modules"} & set(path.relative_to(TOP).parts)]
    found = [fault for page in sorted(pages) for fault in faults(page)]
    print("\n".join(found) if found else f"{len(pages)} pages")
    return 1 if found or len(pages) < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
