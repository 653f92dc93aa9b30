"""What comes of a study: its figures, tables, pages and rows of agents, and where they may stand. Runs the built program (SOJOURN_PROGRAM)."""

import csv
import io
import json
import re
import shutil
import subprocess
import unittest
from pathlib import Path

from studies import ENVIRONMENT, PROGRAM, StudyCase, StudyFolder, batch, sojourn


class Results(StudyCase):
    def test_figures_are_those_of_compare(self):
        with StudyFolder(agents=20_000, replications=2) as folder:
            folder.study.write_text(f"study: One\njourney: journey.yaml\nscenarios: [faster.yaml]\nagents: 20000\nreplications: 2\n"
                                    "keep: [metrics, personas, touchpoints, scores]\n")
            self.whole(folder)
            import h5py
            with h5py.File(folder.result) as file:
                for replication in (0, 1):
                    done = self.ends(0, sojourn("compare", folder.path / "journey.yaml", folder.path / "faster.yaml", "--agents",
                                                20000, "--replicate", replication, "--json", "-"))
                    compared = json.loads(done.stdout)
                    base, what_if = compared["base"], compared["scenarios"][0]
                    for metric in ("nps", "satisfaction", "success", "elapsed_hours_p90", "cost"):
                        for s, result in ((0, base), (1, what_if["result"])):
                            figure = result["overall"][metric]
                            self.assertEqual(list(file[metric][0, replication, s]), [figure[k] for k in ("estimate", "se", "lo", "hi")])
                    self.assertEqual(file["difference_nps"][0, replication, 1, 0], what_if["difference"]["nps"]["estimate"])
                    self.assertEqual(file["difference_nps"][0, replication, 1, 1], what_if["difference"]["nps"]["se"])
                    calm = list(base["personas"]).index("calm")
                    self.assertEqual(file["persona_nps"][0, replication, 0, calm, 0], base["personas"]["calm"]["nps"]["estimate"])
                    ask = list(base["touchpoints"]).index("ask")
                    self.assertEqual(file["touchpoint_experience"][0, replication, 0, ask, 0],
                                     base["touchpoints"]["ask"]["experience"]["estimate"])
                    self.assertEqual([row[0] for row in file["scores"][0, replication, 0]],
                                     base["overall"]["scores"])

    def test_opens_labelled_elsewhere(self):
        try:
            import xarray
        except ImportError:
            self.skipTest("xarray is not there")
        with StudyFolder(agents=2_000, replications=2) as folder:
            self.whole(folder)
            for engine in ("h5netcdf",):
                with xarray.open_dataset(folder.result, engine=engine) as data:
                    self.assertEqual(data.nps.dims, ("point", "replication", "scenario", "statistic"))
                    self.assertEqual(dict(data.sizes)["point"], 12)
                    self.assertEqual(list(data.scenario.values), ["base", "faster"])
                    self.assertIn("pains_scuffed_severity", data.coords)
                    self.assertEqual(sorted(set(data.pains_scuffed_severity.values)), [1, 2, 3, 4])
                    self.assertEqual(data.pains_scuffed_severity.attrs["address"], "pains.scuffed.severity")
                    means = data.nps.sel(statistic="estimate", scenario="base").mean("replication")
                    worst = means.where(data.pains_scuffed_severity == 4).mean()
                    best = means.where(data.pains_scuffed_severity == 1).mean()
                    self.assertLess(float(worst), float(best))
                    table = data.nps.sel(statistic="estimate").to_dataframe()
                    self.assertEqual(len(table), 12 * 2 * 2)

    def test_its_analysis_is_told(self):
        with StudyFolder(agents=20_000, replications=2) as folder:
            folder.study.write_text("study: S\njourney: journey.yaml\nfactors:\n"
                                    "  pains.scuffed.severity: {uniform: {low: 1, high: 5}}\n"
                                    "  personas.hurried.loss_aversion: {uniform: {low: 1, high: 3}}\n"
                                    "design: {saltelli: {points: 64}}\nagents: 2000\n")
            report = json.loads(self.ends(0, batch(folder, "--json", "-")).stdout)
            total = report["analysis"]["metrics"]["nps"]["factors"][0]["sobol"]["total"]
            severity, aversion = (total[name]["estimate"] for name in ("pains.scuffed.severity", "personas.hurried.loss_aversion"))
            self.assertGreater(severity, aversion)
            self.assertGreater(severity, 0.5)
            page = self.ends(0, sojourn("show", folder.result)).stdout
            self.assertIn("pains.scuffed.severity", page)
            script = self.ends(0, batch(folder, "--emit", "salib")).stdout
            compile(script, "salib.py", "exec")
            points = list(csv.DictReader(io.StringIO(self.ends(0, batch(folder, "--emit", "points")).stdout)))
            self.assertEqual(len(points), report["points"])

    def test_no_output_takes_the_place_of_what_is_read(self):
        with StudyFolder(agents=2_000, replications=2) as folder:
            before = {name: (folder.path / name).read_bytes() for name in ("study.yaml", "journey.yaml", "faster.yaml")}
            for name in before:
                done = self.ends(2, batch(folder, "--out", folder.path / name, "--force"))
                self.assertIn("names the file that is read", done.stderr)
            self.ends(2, batch(folder, "--out", folder.path / "r", "--json", folder.path / "r", "--force"))
            self.whole(folder)
            self.ends(2, sojourn("merge", folder.study, "--out", folder.path / "journey.yaml", "--force"))
            self.assertEqual(before, {name: (folder.path / name).read_bytes() for name in before})

    def test_tables_and_page(self):
        with StudyFolder(agents=2_000, replications=2) as folder:
            self.whole(folder, "--csv", folder.path / "tables")
            tables = {path.name: list(csv.DictReader(path.read_text().splitlines())) for path in (folder.path / "tables").iterdir()}
            self.assertEqual(len(tables["points.csv"]), 12)
            self.assertEqual(tables["points.csv"][0]["pains.scuffed.severity"], "1")
            nps = [row for row in tables["overall.csv"] if row["figure"] == "nps"]
            self.assertEqual(len(nps), 12 * 2 * 2)
            import h5py
            with h5py.File(folder.result) as file:
                self.assertEqual(float(nps[-1]["estimate"]), file["nps"][11, 1, 1, 0])
            self.assertIn("persona", tables["personas.csv"][0])
            self.assertIn("answer", tables["answers.csv"][0])
            page = self.ends(0, sojourn("show", folder.result)).stdout
            self.assertIn("Points: 12 (design 'grid'), replications: 2, what-ifs: 1", page)
            self.assertIn("Punkte: 12 ", self.ends(0, sojourn("show", folder.result, "--lang", "de")).stdout)
            self.ends(2, sojourn("show", folder.result, "--to", "yaml"))
            shown = json.loads(self.ends(0, sojourn("show", folder.result, "--to", "json")).stdout)
            self.assertEqual(shown["format"], "sojourn.study/1")
            severity = shown["results"]["factors"][0]
            self.assertEqual((severity["address"], severity["values"][:4]), ("pains.scuffed.severity", [1, 1, 1, 2]))
            with h5py.File(folder.result) as file:
                for scenario in (0, 1):
                    means = file["nps"][:, :, scenario, 0].mean(axis=1)
                    for found, mean in zip(shown["results"]["means"]["nps"][scenario], means):
                        self.assertAlmostEqual(found, mean, 9)
            self.assertEqual(shown["analysis"]["pareto"]["among"], 24)

    def test_a_study_changed_behind_its_result(self):
        """What differs is told although there is a result; and what no figure hangs on is written anew."""
        with StudyFolder(replications=2) as folder:
            before = self.whole(folder)
            study = folder.study.read_text()
            folder.study.write_text(study.replace("agents: 200", "agents: 300"))
            done = self.ends(65, batch(folder))
            self.assertIn("agents", done.stderr)
            self.assertIn("another study", done.stderr)
            self.assertEqual(folder.result.read_bytes(), before)
            shutil.rmtree(folder.folder)
            self.assertIn("study_digest", self.ends(73, batch(folder)).stderr)
            folder.study.write_text(study.replace("Two stops, varied", "Two stops, called otherwise"))
            self.ends(0, batch(folder))
            self.assertIn(b"called otherwise", folder.result.read_bytes())
            again = folder.result.read_bytes()
            folder.result.unlink()
            self.assertEqual(self.whole(folder), again)

    def test_nothing_is_put_among_the_units(self):
        with StudyFolder(replications=2) as folder:
            self.whole(folder)
            for option in ("--out", "--json", "--report"):
                done = self.ends(2, batch(folder, option, folder.folder / "manifest", "--force"))
                self.assertIn("units", done.stderr)
            self.ends(2, sojourn("merge", folder.study, "--out", folder.folder / "manifest", "--force"))
            self.ends(0, batch(folder))

    def test_the_page_of_one_that_runs_elsewhere(self):
        with StudyFolder(replications=2) as folder:
            parts = [folder.path / "one", folder.path / "two"]
            for k, place in enumerate(parts, 1):
                self.ends(0, batch(folder, "--shard", f"{k}/3", "--dir", place))
            page = folder.path / "half.html"
            self.ends(66, sojourn("report", folder.study, "--out", page))
            self.ends(0, sojourn("report", folder.study, "--dir", parts[0], "--dir", parts[1], "--out", page))
            progress = json.loads(re.search(r'"progress": ?(\{[^}]*\})', page.read_text())[1])
            there = [unit for first, last in progress["there"] for unit in range(first, last)]
            self.assertEqual(len(there), sum(len(list((place / "units").glob("*.unit"))) for place in parts))
            self.ends(66, sojourn("report", folder.study, "--dir", folder.path / "none", "--out", folder.path / "x.html"))
            self.whole(folder)
            self.assertEqual((progress["runs"], progress["units"]), (24, len(folder.units())))
            self.assertEqual(progress["done"], 16)  # units are of 16 runs; the second and last one is not there
            self.ends(2, sojourn("report", folder.result, "--dir", parts[0], "--out", folder.path / "x.html"))
            self.assertFalse((folder.path / "x.html").exists())

    def test_given_again_it_changes_nothing(self):
        with StudyFolder(agents=2_000, replications=2) as folder:
            tables, report = folder.path / "tables", folder.path / "report.json"
            page = folder.path / "study.html"
            again = ("--csv", tables, "--json", report, "--report", page, "--quiet")
            whole = self.whole(folder, *again)
            before = {path.name: path.read_bytes() for path in tables.iterdir()}
            self.assertIn("provenance.json", before)
            (tables / "mine.txt").write_text("mine")
            # A name that tables of other studies have.
            spare = next(name for name in ("touchpoints.csv", "pains.csv", "goals.csv", "scores.csv") if name not in before)
            (tables / spare).write_text("mine, too")
            (tables / "points.csv").unlink()
            self.assertEqual(self.whole(folder, *again), whole)
            self.ends(0, sojourn("merge", folder.study, *again))
            self.assertEqual({path.name: path.read_bytes() for path in tables.iterdir()}, {**before, "mine.txt": b"mine", spare: b"mine, too"})
            (tables / "points.csv").write_text("changed by hand")
            self.ends(73, batch(folder, *again))
            self.assertEqual((tables / "points.csv").read_text(), "changed by hand")
            self.ends(0, batch(folder, *again, "--force"))
            self.assertEqual((tables / "points.csv").read_bytes(), before["points.csv"])
            for mine in (report, page):
                was = mine.read_text()
                mine.write_text("{}")
                self.ends(73, batch(folder, *again))
                self.assertEqual(mine.read_text(), "{}")
                mine.write_text(was)
            self.ends(0, batch(folder, *again))
            report.unlink()
            page.unlink()
            folder.study.write_text(folder.study.read_text() + "seed: 2\n")
            other = ("--dir", folder.path / "other.batch", "--out", folder.path / "other.h5", *again)
            self.ends(73, batch(folder, *other))  # the tables of another study
            self.assertEqual((tables / "points.csv").read_bytes(), before["points.csv"])

    def test_rows_of_agents(self):
        with StudyFolder(agents=1_500, replications=2, keep="metrics, agents") as folder:
            whole = self.whole(folder, "--threads", 1)
            for way in ("threads", "shards", "processes"):
                folder.clear()
                if way == "threads":
                    self.ends(0, batch(folder, "--threads", 3))
                elif way == "shards":
                    for k in (2, 1):
                        self.ends(0, batch(folder, "--shard", f"{k}/2"))
                    self.ends(0, sojourn("merge", folder.study))
                elif shutil.which("mpirun") and (Path(PROGRAM).parent / "sojourn-mpi").exists():
                    command = ["mpirun", "--oversubscribe", "--allow-run-as-root", "--bind-to", "none", "-n", "2", PROGRAM, "batch"]
                    subprocess.run([*command, str(folder.study), "--quiet"], env=ENVIRONMENT, check=True, timeout=100)
                else:
                    continue
                self.assertEqual(folder.result.read_bytes(), whole, way)
            self.ends(0, batch(folder))
            self.assertIn("Points: 12 ", self.ends(0, sojourn("show", folder.result)).stdout)
            import h5py
            with h5py.File(folder.result) as file:
                rows = {name: column[:] for name, column in file["journeys"].items() if name != "journey"}
                self.assertEqual(len(rows["agent"]), 12 * 2 * 2 * 1_500)
                self.assertEqual(file["journeys/cost"].chunks, (1 << 17,) if len(rows["agent"]) > 1 << 17 else (len(rows["agent"]),))
                here = (rows["point"] == 7) & (rows["replication"] == 1) & (rows["scenario"] == 1)
                self.assertEqual(list(rows["agent"][here]), list(range(1_500)))
                # Means of what nothing but counting estimates are those of the figures.
                personas, outcomes = (file[f"journeys/{name}"].attrs["flag_meanings"].split() for name in ("persona", "outcome"))
                self.assertEqual(file["journeys/outcome"].attrs["flag_values"][0], -1)
            # Point 7 is the journey as it is written.
            plain = json.loads(self.ends(0, sojourn("compare", folder.path / "journey.yaml", folder.path / "faster.yaml", "--agents", 1_500,
                                                    "--replicate", 1, "--plain", "--json", "-")).stdout)["scenarios"][0]["result"]["overall"]
            for name in ("score", "promoters", "satisfaction", "success", "abandoned", "visits", "elapsed_hours", "effort", "cost", "value"):
                self.assertAlmostEqual(rows[name][here].mean(), plain[name]["estimate"], 9, name)
            for agent in (0, 11, 1_499):
                traced = json.loads(self.ends(0, sojourn("trace", folder.path / "journey.yaml", "--with", folder.path / "faster.yaml",
                                                         "--agent", agent, "--replicate", 1, "--json", "-")).stdout)
                for scenario, journey in ((0, traced["base"]), (1, traced["with"])):
                    row = int(((7 * 2 + 1) * 2 + scenario) * 1_500 + agent)
                    self.assertEqual(personas[rows["persona"][row]], traced["persona"])
                    self.assertEqual(outcomes[rows["outcome"][row] + 1], journey["outcome"])
                    self.assertEqual(rows["visits"][row], len(journey["visits"]))
                    self.assertEqual(rows["satisfaction"][row], journey["satisfaction"])
                    self.assertAlmostEqual(rows["promoters"][row], sum(journey["scores"][9:]), 8)
                    self.assertAlmostEqual(rows["score"][row], sum(k * share for k, share in enumerate(journey["scores"])), 7)
                    last = journey["visits"][-1]
                    self.assertAlmostEqual(rows["elapsed_hours"][row], last["arrived_hours"] + last["duration_hours"], 9)

    def test_rows_of_agents_open_labelled_elsewhere(self):
        try:
            import xarray
        except ImportError:
            self.skipTest("xarray is not there")
        with StudyFolder(agents=500, replications=2, keep="agents") as folder:
            self.whole(folder)
            with xarray.open_dataset(folder.result, group="journeys", engine="h5netcdf") as journeys:
                table = journeys.to_dataframe()
            self.assertEqual(len(table), 12 * 2 * 2 * 500)
            self.assertEqual(str(table["success"].dtype), "int8")
            self.assertEqual(table.index.name, "journey")
            self.assertEqual(len(table.groupby(["point", "replication", "scenario"])), 48)
            with xarray.open_dataset(folder.result, engine="h5netcdf") as study:
                self.assertEqual(study.sizes["point"], 12)

    def test_rows_of_too_many_agents_are_refused(self):
        with StudyFolder(agents=2_000_000, replications=2, keep="agents") as folder:
            done = self.ends(65, batch(folder))
            self.assertIn("agents: 500000' and more replications", done.stderr)
            self.assertFalse(folder.folder.exists())
        with StudyFolder(agents=100_000, replications=2, keep="agents") as folder:
            report = json.loads(self.ends(0, batch(folder, "--dry-run", "--json", "-")).stdout)
            self.assertGreater(report["performance"]["result_bytes"], 12 * 2 * 2 * 100_000 * 97)


if __name__ == "__main__":
    unittest.main()
