"""Reads result files as a stranger would: by engine/store/FORMAT.md and nothing else.

open_results.py [FILE...]     without files it lets the program of the build (SOJOURN_PROGRAM) write some

Fails if a file holds what the page does not tell, if the page tells what a file does not hold, or if xarray (with each engine
that is installed) or h5py make anything else of it. Exits 0, 1, or 77 where Python lacks the modules or there is no program.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "engine/store/FORMAT.md").read_text(encoding="utf-8")

try:
    import h5py
    import numpy as np
    import xarray as xr
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

ENGINES = [engine for engine in ("netcdf4", "h5netcdf") if engine in xr.backends.list_engines()]
problems = []


def expect(holds, what):
    if not holds:
        problems.append(what)


# ---- the page ----

def table(heading):
    """The table below a heading: a list of dicts by the words of its first line, without backticks."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    names = cells[0]
    for row in cells[2:]:
        assert len(row) == len(names), row
    return [dict(zip(names, [cell.replace("`", "") for cell in row])) for row in cells[2:]]


def expected_arrays(kind, dimensions, money):
    """Every array that the page promises: name -> (dimensions, type, units, better)."""
    arrays = {}

    def add(name, dims, dtype, units, better=None):
        assert name not in arrays, f"the page tells of {name} twice"
        if set(dims) <= dimensions:   # rule 1
            arrays[name] = (tuple(dims), dtype, money if units == "money" else units, better)

    for row in table("Arrays that describe"):
        if row["in"] in ("both", kind):
            add(row["array"], row["dimensions"].split(", "), row["type"], row["units"])
    differences = ["", "difference_"] if kind == "compare" else [""]
    for row in table("Figures of a journey"):
        for difference in differences:
            for persona in ["", "persona"]:
                dims = ["scenario", persona, row["dimension"], "statistic"]
                name = difference + (persona + "_" if persona else "") + row["NAME"]
                add(name, [d for d in dims if d], "float64", row["units"], row["better"])
    for row in table("Figures of a touchpoint, and of a channel"):
        for difference in differences:
            for persona in ["", "persona"]:
                for place in ["touchpoint", "channel"]:
                    dims = ["scenario", persona, row[f"instead of {place}"] or place, "statistic"]
                    name = difference + (persona + "_" if persona else "") + place + "_" + row["NAME"]
                    add(name, [d for d in dims if d], "float64", row["units"], row["better"])
    if kind == "compare":
        for row in table("What only a comparison has"):
            dims = ["scenario"] + [d for d in row["dimensions after scenario"].split(", ") if d]
            add(row["array"], dims + (["statistic"] if row["statistic"] == "yes" else []), row["type"], row["units"])
    return arrays


# ---- with h5py ----

def type_of(dtype):
    return "string" if h5py.check_string_dtype(dtype) else str(dtype)


def scales(file):
    return {name for name in file if isinstance(file[name], h5py.Dataset) and h5py.h5ds.is_scale(file[name].id)}


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def check_with_h5py(path):
    with h5py.File(path, "r") as file:
        kind = text(file.attrs["result"])
        described = {row["attribute"]: row["type"] for row in table("Attributes of the file")}
        expect(set(described) - set(file.attrs) <= {"precision"} | {name for name in described if name.startswith("uncertain_")}, f"missing attributes: {set(described) - set(file.attrs)}")
        expect(set(file.attrs) <= set(described), f"attributes that the page lacks: {set(file.attrs) - set(described)}")
        for name, value in file.attrs.items():
            found = "text" if isinstance(value, str) else str(value.dtype) + (" list" if value.shape else "")
            expect(found == described.get(name), f"attribute {name} is of type {found}")
        expect(file.attrs["filetype"] == "sojourn results", "filetype")
        expect(list(file.attrs["filetype_version"]) == [1, 1], "filetype_version")

        coordinates = {row["dimension"]: row["coordinate"] for row in table("Dimensions") if row["in"] in ("both", kind)}
        present = scales(file)
        expect(present <= set(coordinates), f"dimensions that the page lacks: {present - set(coordinates)}")
        may_lack = {"channel", "channel_edge", "channel_risk", "goal", "pain", "risk", "uncertain_input", "input_statistic"}
        expect(set(coordinates) - present <= may_lack, f"missing dimensions: {set(coordinates) - present}")
        for name in present:
            expect(type_of(file[name].dtype) == coordinates.get(name), f"dimension {name} is of type {file[name].dtype}")
            labels = list(file[name].asstr()) if coordinates.get(name) == "string" else list(file[name])
            expect(len(set(labels)) == len(labels), f"dimension {name} has a label twice: {labels}")

        arrays = expected_arrays(kind, present, text(file.attrs["money"]) or "1")
        found = set(file) - present - {"provenance"}
        expect(found <= set(arrays), f"arrays that the page lacks: {sorted(found - set(arrays))}")
        expect(set(arrays) <= found, f"missing arrays: {sorted(set(arrays) - found)}")
        for name in found & set(arrays):
            data, (dims, dtype, units, better) = file[name], arrays[name]
            attached = tuple(data.dims[i][0].name.lstrip("/") for i in range(data.ndim))
            expect(attached == dims, f"{name} has the dimensions {attached}, the page says {dims}")
            expect(type_of(data.dtype) == dtype, f"{name} is of type {data.dtype}, the page says {dtype}")
            expect(text(data.attrs.get("units", "")) == units, f"{name} is in {data.attrs.get('units')}, the page says {units}")
            if better is not None:
                expect(text(data.attrs["better"]) == better, f"{name} is better {data.attrs['better']}, the page says {better}")
            expect(bool(data.attrs.get("long_name")), f"{name} has no long_name")
            expect(data.compression is None, f"{name} is compressed")
            if dtype != "string":
                expect(data.fletcher32, f"{name} has no checksum")
            if dtype == "float64":
                expect(np.isnan(data.fillvalue) and np.isnan(data.attrs["_FillValue"]), f"{name} has another fill value")
        for row in ("resolved_journey",):
            expect(text(file["provenance"][row][()]) is not None, f"no {row}")

        if kind == "compare":
            expect(list(file["scenario"].asstr())[0] == "base", "the first case is not the base")
            for name in found:
                if name.startswith("difference_"):
                    expect(np.isnan(file[name][0]).all(), f"{name} of the base exists")
                    expect(not np.isnan(file[name][1:]).all(), f"{name} of no what-if exists")
        return kind, arrays


# ---- with xarray ----

def check_with_xarray(path, engine, kind, arrays):
    with h5py.File(path, "r") as file, xr.open_dataset(path, engine=engine) as data:
        expect(set(data.sizes) == scales(file), f"{engine}: {dict(data.sizes)}")
        expect(not any("phony" in name for name in data.sizes), f"{engine}: dimensions without names")
        seen = set(data.data_vars) | set(data.coords) - set(data.sizes)
        expect(seen == set(arrays), f"{engine} sees other arrays: {sorted(seen ^ set(arrays))}")
        expect(list(data["scenario"].values) == list(file["scenario"].asstr()), f"{engine}: other scenarios")
        for name, (dims, dtype, units, _) in arrays.items():
            array = data[name]
            expect(array.dims == dims, f"{engine}: {name} has the dimensions {array.dims}")
            wanted = "O" if dtype == "string" else "f" if dtype == "float64" else "i"
            expect(array.dtype.kind == wanted, f"{engine}: {name} is of type {array.dtype}")
            expect(array.attrs.get("units", "") == units, f"{engine}: {name} is in {array.attrs.get('units')}")
            if dtype != "string":
                expect(np.array_equal(array.values, file[name][()], equal_nan=dtype == "float64"), f"{engine}: {name} differs")
        for label in ("persona_label", "touchpoint_stage", "edge_from"):
            expect(label in data.coords, f"{engine}: {label} is no label")

        estimate = data.sel(statistic="estimate")
        frame = estimate[["touchpoint_reach", "touchpoint_duration_hours"]].to_dataframe()
        expect(len(frame) == data.sizes["scenario"] * data.sizes["touchpoint"], f"{engine}: a table of {len(frame)} lines")
        expect(str(frame["touchpoint_duration_hours"].dtype) == "float64", f"{engine}: hours are {frame.dtypes}")
        nps = data["nps"].to_pandas()
        expect(list(nps.columns)[:4] == ["estimate", "se", "lo", "hi"], f"{engine}: columns {list(nps.columns)}")
        expect(nps.loc[data["scenario"].values[0], "estimate"] == file["nps"][0, 0], f"{engine}: another NPS")
    with xr.open_dataset(path, engine=engine, group="provenance") as texts:
        expect("\n" in texts["resolved_journey"].item(), f"{engine}: no resolved journey")


# ---- by the page's own words ----

def check_commands(path, kind):
    """The seal by the shell command on the page, and a comparison by the page's Python."""
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.abspath(path), os.path.join(folder, "result.h5"))
        command = re.search(r"`(test \"\$\(head[^`]*)`", PAGE).group(1)
        for damage in (False, True):
            if damage:
                content = bytearray(pathlib.Path(path).read_bytes())
                content[len(content) // 2] ^= 4
                os.unlink(os.path.join(folder, "result.h5"))
                pathlib.Path(folder, "result.h5").write_bytes(content)
            done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True)
            expect((done.stdout == "whole\n") != damage, f"the seal's command says {done.stdout!r}, damaged: {damage}")
        if kind != "compare":
            return
        pathlib.Path(folder, "result.h5").write_bytes(pathlib.Path(path).read_bytes())
        before = os.getcwd()
        os.chdir(folder)
        try:
            names = {}
            for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
                try:
                    exec(block, names)   # our own page's examples
                except Exception as error:
                    problems.append(f"the page's Python fails: {error!r} in\n{block}")
            lines = pathlib.Path("touchpoints.csv").read_text().splitlines()
            expect("touchpoint_reach" in lines[0] and len(lines) > 1, f"the page's table: {lines[:2]}")
        finally:
            os.chdir(before)


def written_by_the_program(folder):
    program = os.environ.get("SOJOURN_PROGRAM", "")
    if not os.path.exists(program):
        print("skipped: no file is named, and SOJOURN_PROGRAM names no program")
        sys.exit(77)
    stories = ROOT / "scenarios"
    runs = [["run", stories / "two_stop/journey.yaml"],
            ["compare", stories / "two_stop/journey.yaml", stories / "two_stop/faster.yaml"],
            ["run", stories / "santa/journey.yaml"],
            ["compare", stories / "santa/journey.yaml", stories / "santa/warm-bench.yaml", stories / "santa/elf-chat.yaml"]]
    files = []
    for i, arguments in enumerate(runs):
        files.append(os.path.join(folder, f"{i}.h5"))
        subprocess.run([program, *arguments, "--agents", "3000", "--quiet", "--out", files[-1]], check=True,
                       stdout=subprocess.DEVNULL)
    return files


def main(files):
    for path in files:
        kind, arrays = check_with_h5py(path)
        for engine in ENGINES:
            check_with_xarray(path, engine, kind, arrays)
        check_commands(path, kind)
        print(f"{kind}: {len(arrays)} arrays, h5py and {', '.join(ENGINES) or 'no engine of xarray'}: {len(problems)} problems")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(sys.argv[1:]))
    with tempfile.TemporaryDirectory() as own:
        sys.exit(main(written_by_the_program(own)))
