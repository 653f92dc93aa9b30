#include "tools/output/salib.h"

#include "models/journey/values.h"
#include "models/text/number.h"
#include "tools/output/csv_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sojourn::tools {
namespace {

using namespace models;
using Kind = DesignChoice::Kind;

/// As a Python literal; JSON's texts and lists are.
std::string literal(const nlohmann::ordered_json& json) { return json.dump(); }

double shown(const Factor& factor, double value) {
  return factor.type->kind == models::Kind::duration ? value / 3.6e6 : value;
}

/// Least and greatest value over the design.
std::pair<double, double> ends(const Plan& plan, std::size_t f) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (std::uint64_t row = 0; row < plan.rows(); ++row) {
    const double value = plan.point(row * plan.sets().size()).values[f];
    if (std::isnan(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  return {low, high};
}

/// SALib's words for a range, where it has them: bounds mean the ends of a uniform one, mean and sd of a normal one.
struct Bounds {
  std::string dist = "unif";
  double a = 0, b = 1;
  bool same = true;  // as the study's
};

Bounds bounds_of(const Plan& plan, std::size_t f) {
  const Factor& factor = plan.study().factors[f];
  using Family = Distribution::Family;
  if (factor.range && factor.range->distribution.family == Family::uniform) {
    return {"unif", shown(factor, factor.range->distribution.a), shown(factor, factor.range->distribution.b)};
  }
  if (factor.range && factor.range->distribution.family == Family::normal) {
    return {"norm", shown(factor, factor.range->distribution.a), shown(factor, factor.range->distribution.b)};
  }
  const auto [low, high] = ends(plan, f);
  return {"unif", shown(factor, low), shown(factor, high), false};
}

std::string analysis_of(const Plan& plan) {
  const DesignChoice& design = plan.study().design;
  switch (design.kind) {
    case Kind::saltelli:
      return "    from SALib.analyze import sobol\n"
             "    return sobol.analyze(problem, y, calc_second_order=False, print_to_console=True)\n";
    case Kind::morris:
      return "    from SALib.analyze import morris\n"
             "    return morris.analyze(problem, x, y, num_levels=" +
             std::to_string(design.levels) + ", print_to_console=True)\n";
    case Kind::latin_hypercube:
    case Kind::sobol:
    case Kind::list:
      return "    from SALib.analyze import delta\n"
             "    return delta.analyze(problem, x, y, print_to_console=True)\n";
    default: break;
  }
  return "    raise SystemExit(\"SALib has no analysis of a '" + design.name + "' design\")\n";
}

std::size_t together(const Plan& plan) {
  if (plan.study().design.kind == Kind::saltelli) return plan.columns() + 2;
  return plan.study().design.kind == Kind::morris ? plan.columns() + 1 : 1;
}

}  // namespace

std::string salib_script(const Plan& plan, const std::string& study) {
  nlohmann::ordered_json names = nlohmann::ordered_json::array(), bounds = names, dists = names;
  std::string notes;
  for (std::size_t c = 0; c < plan.columns(); ++c) {
    names.push_back(plan.column_name(c));
    if (c == plan.study().factors.size()) {  // the posterior's draws
      bounds.push_back({0, 1});
      dists.push_back("unif");
      notes +=
          "# " + plan.column_name(c) + ": draws of a posterior, of which SALib knows the place in their order only\n";
      continue;
    }
    const Bounds one = bounds_of(plan, c);
    bounds.push_back({one.a, one.b});
    dists.push_back(one.dist);
    if (!one.same)
      notes +=
          "# " + plan.column_name(c) + ": another distribution or a list; the bounds are its ends in this design\n";
  }
  std::string text =
      "#!/usr/bin/env python3\n"
      "\"\"\"SALib's problem for a study of Sojourn, and its analysis of the study's responses. Times are in hours.\n\n"
      "    sojourn batch STUDY --csv tables\n"
      "    python3 THIS tables nps\n\"\"\"\n"
      "import csv\nimport sys\n\n"
      "# of the study " +
      nlohmann::ordered_json(study).dump() + "\n" + notes +
      "problem = {\n"
      "    \"num_vars\": " +
      std::to_string(plan.columns()) +
      ",\n"
      "    \"names\": " +
      literal(names) +
      ",\n"
      "    \"bounds\": " +
      literal(bounds) +
      ",\n"
      "    \"dists\": " +
      literal(dists) +
      ",\n"
      "}\n"
      "points = " +
      std::to_string(plan.rows()) +
      "\n\n\n"
      "def samples(folder):\n"
      "    \"\"\"The design, [point][factor]: points.csv of the study's tables.\"\"\"\n"
      "    with open(folder + \"/points.csv\", newline=\"\") as file:\n"
      "        names = [\"posterior_draw\" if name == \"posterior\" else name for name in problem[\"names\"]]\n"
      "        return [[float(row[name]) for name in names] for row in csv.DictReader(file)]\n\n\n"
      "def responses(folder, figure, scenario=\"base\"):\n"
      "    \"\"\"The mean over replications of each point: overall.csv of the study's tables.\"\"\"\n"
      "    seen = [[] for _ in range(points)]\n"
      "    with open(folder + \"/overall.csv\", newline=\"\") as file:\n"
      "        for row in csv.DictReader(file):\n"
      "            if row[\"figure\"] == figure and row[\"scenario\"] == scenario:\n"
      "                seen[int(row[\"point\"])].append(float(row[\"estimate\"] or \"nan\"))\n"
      "    # nothing where a run failed: its point and those that belong to it have to go\n"
      "    return [sum(one) / len(one) if one else float(\"nan\") for one in seen]\n\n\n"
      "def analyse(x, y):\n"
      "    import numpy\n"
      "    x, y = numpy.array(x), numpy.array(y)\n"
      "    together = " +
      std::to_string(together(plan)) +
      "  # rows that go together\n"
      "    whole = numpy.repeat(numpy.isfinite(y.reshape(-1, together)).all(axis=1), together)\n"
      "    if not whole.all():\n"
      "        print((~whole).sum(), \"points are left out: they or what belongs to them failed\", file=sys.stderr)\n"
      "    x, y = x[whole], y[whole]\n" +
      analysis_of(plan) +
      "\n\n"
      "if __name__ == \"__main__\":\n"
      "    if len(sys.argv) < 3:\n"
      "        print(problem)\n"
      "    else:\n"
      "        analyse(samples(sys.argv[1]), responses(sys.argv[1], *sys.argv[2:]))\n";
  return text;
}

std::string points_csv(const Plan& plan) {
  std::string text;
  for (std::size_t c = 0; c < plan.columns(); ++c) text += (c > 0 ? "," : "") + csv_cell(plan.column_name(c));
  text += "\n";
  for (std::uint64_t row = 0; row < plan.rows(); ++row) {
    const StudyPoint point = plan.point(row * plan.sets().size());
    std::string line;
    for (std::size_t f = 0; f < point.values.size(); ++f) {
      const Factor& factor = plan.study().factors[f];
      const double value = std::isnan(point.values[f]) ? factor.base : point.values[f];
      line += f > 0 ? "," : "";
      if (!std::isnan(value)) line += value_text(value, *factor.type);
    }
    if (point.posterior_draw) line += (point.values.empty() ? "" : ",") + std::to_string(*point.posterior_draw);
    text += line + "\n";
  }
  return text;
}

}  // namespace sojourn::tools
