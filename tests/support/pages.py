"""Runs a page of the documentation as a reader would, and holds what it shows against what comes.

In a page,

- a block ```console holds commands behind `$ ` (a line that ends with a backslash goes on, and so do lines behind `> `), each with
  what it prints below it, both streams. A line `...` stands for any lines, `...` within a line for any text. A command with nothing below may print anything; a
  page whose command may print nothing but nothing says so with `| wc -c` and the like. All must exit with 0.
- any other block after a line that ends with "`NAME`:" is the file NAME, written before the next command; after "From `NAME`:" it is
  an excerpt of that file, where `...` stands for any lines.
- a number in the text with a comment behind it, `10.7<!-- a.json scenarios/0/difference/nps/estimate -->`, is that value of that
  file, rounded as it is shown (behind a per cent sign the share). Every other number of the text must occur in what the page's
  commands printed, in a command, or in a file or excerpt of the page; what nothing prints stands in `<!-- given: 1993 2 -->`.
"""

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

NUMBER = r"(?<![\w.,])[+\u2212-]?\d+(?:,\d{3})*(?:\.\d+)?(?!\w)"
MARKED = re.compile(rf"({NUMBER})(\s?%)?\**<!-- (\S+\.json) (\S+) -->")
GIVEN = re.compile(r"<!-- given: (.*?) -->", re.DOTALL)


@dataclass
class Block:
    language: str
    text: str
    line: int  # of its first line of text, from 1
    name: str = ""  # of the file that it is
    excerpt_of: str = ""


@dataclass
class Command:
    text: str
    line: int
    shown: list = field(default_factory=list)


def blocks(page):
    """The fenced blocks of a page's text, in their order."""
    lines, found, start = page.splitlines(), [], None
    for i, line in enumerate(lines):
        if not line.startswith("```"):
            continue
        if start is None:
            start = i
            continue
        before = next((said for said in reversed(lines[:start]) if said.strip()), "")
        named = re.search(r"(From )?`([^`]+)`:$", before)
        block = Block(lines[start][3:], "".join(f"{said}\n" for said in lines[start + 1:i]), start + 2)
        if named and block.language != "console":
            block.excerpt_of, block.name = (named[2], "") if named[1] else ("", named[2])
        found.append(block)
        start = None
    assert start is None, f"line {start}: a block that does not end"
    return found


def pieces(page, language):
    """The texts of the blocks in that language."""
    return [block.text for block in blocks(page) if block.language == language]


def commands(block):
    """The commands of a console block, with what is shown of each."""
    found = []
    for i, line in enumerate(block.text.splitlines()):
        if line.startswith("$ "):
            found.append(Command(line[2:], block.line + i))
        elif found and not found[-1].shown and (found[-1].text.endswith("\\") or line.startswith("> ")):
            found[-1].text += "\n" + line.removeprefix("> ")
        else:
            assert found, f"line {block.line + i}: there is no command before '{line}'"
            found[-1].shown.append(line)
    return found


def _line_pattern(line):
    return ".*".join(re.escape(part) for part in line.rstrip().split("..."))


def shows(shown, printed):
    """Whether the lines are what is shown of the printed ones."""
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == "..." else _line_pattern(line) + r" *\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def shown_again(shown, printed):
    """What the page would show of other lines: for each of its lines the one that is most like it, in their order."""
    found, at = [], 0
    for line in shown:
        if "..." in line or not line.strip():
            found.append(line)
            continue
        scores = [SequenceMatcher(None, line, other).ratio() - 0.001 * i for i, other in enumerate(printed[at:])]
        best = max(range(len(scores)), key=scores.__getitem__, default=None)
        if best is None or scores[best] < 0.5:
            found.append(line)
            continue
        found.append(printed[at + best])
        at += best + 1
    return found


def _missing_modules(command, folder):
    """What a script of Python or R on the page needs and this machine does not have."""
    script = re.match(r"(python3|Rscript) (\S+)", command)
    if not script or not (folder / script[2]).is_file():
        return ["Rscript"] if command.startswith("Rscript") and not shutil.which("Rscript") else []
    text = (folder / script[2]).read_text()
    if script[1] == "Rscript":
        libraries = re.findall(r"library\((\w+)\)", text)
        return [name for name in libraries if not shutil.which("Rscript") or subprocess.run(
            ["Rscript", "-e", f"library({name})"], capture_output=True, check=False).returncode]
    names = {alias.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)}
    wanted = {name.split(".")[0] for name in names}
    wanted |= {"h5netcdf"} if "h5netcdf" in text else set()
    return sorted(name for name in wanted if importlib.util.find_spec(name) is None)


def _only_lines(match):
    return "\n" * match[0].count("\n")


class Run:
    """A page that was run in a folder. `faults`: what is not as the page says; `skipped`: what was not run, and why."""

    def __init__(self, page, folder, program):
        self.path, self.folder, self.page = page, Path(folder), page.read_text(encoding="utf-8")
        self.faults, self.skipped, self.printed, self.replaced = [], [], [], []
        python = self.folder.parent / "bin" / "python3"  # the one that runs the tests, whatever comes first on this machine
        python.parent.mkdir()
        python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        python.chmod(0o755)
        self.environment = {"PATH": f"{Path(program).parent}:{python.parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "COLUMNS": "80", "HOME": str(folder),
                            "MPLBACKEND": "Agg", "MPLCONFIGDIR": str(folder)}
        for name in ("SOJOURN_DATA", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if os.environ.get(name):
                self.environment[name] = os.environ[name]
        for block in blocks(self.page):
            self._take(block)
        self._look_at_numbers()

    def _fault(self, line, text):
        self.faults.append(f"{self.path.name}:{line}: {text}")

    def _take(self, block):
        if block.language == "console":
            for command in commands(block):
                self._execute(command)
        elif block.name:
            place = self.folder / block.name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(block.text, encoding="utf-8")
            self.printed.append(block.text)
        elif block.excerpt_of:
            self.printed.append(block.text)
            whole = (self.folder / block.excerpt_of).read_text(encoding="utf-8").splitlines()
            if not shows(["...", *block.text.splitlines(), "..."], whole):
                self._fault(block.line, f"{block.excerpt_of} does not have this excerpt")

    def _execute(self, command):
        self.printed.append(command.text)
        missing = _missing_modules(command.text, self.folder)
        if "$SOJOURN_DATA" in command.text and "SOJOURN_DATA" not in self.environment:
            missing = ["SOJOURN_DATA"]
        if missing:
            self.skipped.append(f"{self.path.name}:{command.line}: '{command.text}' needs {', '.join(missing)}")
            self.printed += command.shown
            return
        done = subprocess.run(["bash", "-c", command.text], cwd=self.folder, env=self.environment, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=850, check=False)
        self.printed.append(done.stdout)
        printed = done.stdout.rstrip("\n").split("\n")
        while printed and not printed[0].strip():
            printed.pop(0)
        if done.returncode != 0:
            self._fault(command.line, f"'{command.text}' exits with {done.returncode}:\n{done.stdout}")
        elif command.shown and not shows(command.shown, printed):
            lost = [line for line in command.shown if line.strip() != "..." and not any(
                re.fullmatch(_line_pattern(line) + " *", other) for other in printed)]
            self._fault(command.line, f"'{command.text}' prints\n  " + "\n  ".join(printed) + "\nand not\n  " +
                        "\n  ".join(lost or ["these lines in this order"]))
            self.replaced.append(("\n".join(command.shown), "\n".join(shown_again(command.shown, printed))))

    def _look_at_numbers(self):
        text = re.sub(r"^```.*?^```$", _only_lines, self.page, flags=re.MULTILINE | re.DOTALL)
        printed = "\n".join(self.printed)
        known = set(re.findall(r"\d+(?:\.\d+)?", printed)) | {found.replace(",", "") for found in re.findall(r"\d+(?:,\d{3})+(?:\.\d+)?", printed)}
        for given in GIVEN.findall(text):
            known |= set(given.replace(",", "").split())
        text = GIVEN.sub(_only_lines, text)
        for marked in MARKED.finditer(text):
            self._compare(text.count("\n", 0, marked.start()) + 1, *marked.groups())
        text = re.sub(r"<!--[^>]*-->|`[^`]*`|\]\([^)]*\)|^\d+\. |^#+ \d+\. |^    .*", _only_lines, MARKED.sub("", text), flags=re.MULTILINE)
        for found in re.finditer(NUMBER, text):
            bare = found[0].lstrip("+\u2212-")
            if bare.replace(",", "") not in known:
                self._fault(text.count("\n", 0, found.start()) + 1, f"nothing on the page prints the number {bare}")

    def _compare(self, line, shown, share, name, path):
        if not (self.folder / name).is_file():
            if not self.skipped:
                self._fault(line, f"no command of the page writes {name}")
            return
        value = json.loads((self.folder / name).read_text())
        try:
            for step in path.split("/"):
                value = value[int(step)] if isinstance(value, list) else value[step]
        except (KeyError, IndexError, ValueError):
            self._fault(line, f"{name} has no {path}")
            return
        bare = shown.replace(",", "").replace("\u2212", "-")
        unit = 10.0 ** -len(bare.partition(".")[2])
        if abs(float(bare) - value * (100 if share else 1)) > 0.5001 * unit:
            self._fault(line, f"{shown} is {value} ({path} of {name})")

    def write(self):
        """Puts what was printed into the page, where the like was shown. Marked numbers are for an author."""
        for old, new in self.replaced:
            self.page = self.page.replace(f"\n{old}\n```", f"\n{new}\n```").replace(f"\n{old}\n$ ", f"\n{new}\n$ ")
        self.path.write_text(self.page, encoding="utf-8")
