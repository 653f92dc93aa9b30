"""A copy of the tree and a build of it, from which mutants are made. The checkout itself is only read."""

import json
import os
import re
import shlex
import shutil
import subprocess
from functools import cached_property
from pathlib import Path

PROGRAMS = re.compile(r"^(tests_(?:engine|models|tools|laws)(?:_(?:slow|sanitize|tsan))*|sojourn|sojourn_faults): phony$", re.MULTILINE)


class Scratch:
    """`folder` gets tree/, a copy of what git knows or does not ignore in `checkout`, and in it build/ci."""

    def __init__(self, checkout, folder):
        self.checkout, self.folder = Path(checkout), Path(folder)
        self.tree, self.build = self.folder / "tree", self.folder / "tree" / "build" / "ci"

    def update(self, jobs, say):
        """Copies what has changed and builds what depends on it."""
        listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=self.checkout, check=True,
                                capture_output=True, text=True).stdout.split("\0")
        wanted = {name for name in listed if name and (self.checkout / name).is_file()}
        for name in wanted:
            source, copy = self.checkout / name, self.tree / name
            if not copy.exists() or copy.read_bytes() != source.read_bytes():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, copy)
        for copy in self.tree.rglob("*"):
            name = str(copy.relative_to(self.tree))
            if copy.is_file() and name not in wanted and not name.startswith("build/"):
                copy.unlink()
        say("building without mutants")
        environment = os.environ | {"CCACHE_BASEDIR": str(self.tree), "CCACHE_SLOPPINESS": "pch_defines,time_macros"}

        def run(*command):
            done = subprocess.run(command, cwd=self.tree, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if done.returncode != 0:
                raise RuntimeError(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout[-3000:]}")

        run("cmake", "--preset", "ci")
        targets = subprocess.run(["ninja", "-C", str(self.build), "-t", "targets", "all"], check=True, capture_output=True, text=True).stdout
        run("ninja", "-C", str(self.build), f"-j{jobs}", *sorted(set(PROGRAMS.findall(targets))))

    @cached_property
    def objects(self):
        """{object, relative to the build: (source, relative to the tree; its compile command)}"""
        found = {}
        for entry in json.loads((self.build / "compile_commands.json").read_text()):
            words = shlex.split(entry["command"])
            source = Path(entry["file"])
            if source.is_relative_to(self.tree):
                found[words[words.index("-o") + 1]] = (str(source.relative_to(self.tree)), words)
        return found

    @cached_property
    def readers(self):
        """{file, relative to the tree: the objects that read it}"""
        listed = subprocess.run(["ninja", "-C", str(self.build), "-t", "deps"], check=True, capture_output=True, text=True).stdout
        found, current = {}, None
        for line in listed.splitlines():
            if line.startswith("    "):
                path = Path(os.path.normpath(self.build / line.strip()))
                if path.is_relative_to(self.tree) and current in self.objects:
                    found.setdefault(str(path.relative_to(self.tree)), set()).add(current)
            elif line:
                current = line.split(":")[0]
        return found

    @cached_property
    def link_commands(self):
        """{target: (what stands before its objects, its objects, what stands behind them)}, for programs."""
        return {}

    def link_command(self, target):
        if target not in self.link_commands:
            listed = subprocess.run(["ninja", "-C", str(self.build), "-t", "commands", target], check=True, capture_output=True, text=True).stdout
            words = shlex.split(listed.strip().splitlines()[-1].split("&&")[1])
            out = words.index("-o")
            del words[out : out + 2]
            objects = [word for word in words if word.endswith(".o")]
            first = words.index(objects[0])
            self.link_commands[target] = (words[:first], objects, [word for word in words[first:] if not word.endswith(".o")])
        return self.link_commands[target]
