#include "tools/output/csv.h"

#include "models/score/figure_kind.h"
#include "tools/json/figure_at.h"
#include "tools/json/json.h"
#include "tools/output/csv_text.h"

#include <algorithm>

namespace sojourn::tools {
namespace {

using namespace models;

enum class Form { level, difference };

std::vector<std::string> header(std::vector<std::string> keys, Form form) {
  keys.insert(keys.begin(), "scenario");
  for (const char* name : {"metric", "unit", "estimate", "se", "lo", "hi"}) keys.emplace_back(name);
  if (form == Form::difference) {
    for (const char* name : {"p_better", "adjusted_lo", "adjusted_hi"}) keys.emplace_back(name);
  }
  return keys;
}

constexpr std::array<std::string_view, 11> answers = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};

/// Which columns identify a figure of a kind.
using Keys = std::vector<std::string_view>;

/// Rows of one table.
class Rows {
 public:
  Rows(std::vector<std::string> keys, Form form) : form_(form), text_(header(std::move(keys), form)) {}

  void add(std::string_view scenario, const Keys& keys, std::string_view metric, Unit unit, const Figure& figure) {
    text_.cell(scenario);
    for (std::size_t k = 0; k < keys.size(); ++k) {
      if (text_.header()[k + 1] == "answer") {  // a number, also for who calculates with the column
        text_.whole(std::ranges::find(answers, keys[k]) - answers.begin());
      } else {
        text_.cell(keys[k]);
      }
    }
    text_.cell(metric).cell(name_of(unit));
    text_.number(figure.estimate).number(figure.se).number(figure.lo).number(figure.hi);
    if (form_ == Form::difference) {
      text_.number(figure.p_better).number(figure.adjusted_lo).number(figure.adjusted_hi);
    }
    text_.end_row();
  }
  const CsvText& table() const { return text_; }

 private:
  Form form_;
  CsvText text_;
};

/// Everything that is figured out for one case, called back figure by figure with the keys of its kind.
struct Kinds {
  Rows overall{{}, Form::level};
  Rows personas{{"persona"}, Form::level};
  Rows scores{{"persona", "answer"}, Form::level};
  Rows outcomes{{"persona", "outcome"}, Form::level};
  Rows goals{{"persona", "goal"}, Form::level};
  Rows pains{{"persona", "pain"}, Form::level};
  Rows touchpoints{{"persona", "touchpoint"}, Form::level};
  Rows channels{{"persona", "touchpoint", "channel"}, Form::level};
  Rows risks{{"persona", "touchpoint", "channel", "pain"}, Form::level};
  Rows flows{{"persona", "touchpoint", "channel", "target"}, Form::level};
};

constexpr std::string_view everyone = "(all)";

/// Walks over all figures of a case; `visit(kind, keys, metric, unit, figure)`.
template <class Visit>
class Figurer {
 public:
  Figurer(const Names& names, Visit visit) : names_(names), visit_(visit) {}

  void all(const Figures& figures) {
    summary(everyone, figures.overall);
    sites(everyone, figures.touchpoints);
    for (std::size_t p = 0; p < figures.personas.size(); ++p) {
      summary(names_.personas[p].id, figures.personas[p]);
      sites(names_.personas[p].id, figures.by_persona[p]);
    }
  }

 private:
  void summary(std::string_view persona, const Summary& summary) {
    const bool overall = persona == everyone;
    for (std::size_t i = 0; i < kMetrics; ++i) {
      const MetricInfo& metric = kMetricInfo[i];
      visit_(overall ? &Kinds::overall : &Kinds::personas, overall ? Keys{} : Keys{persona}, metric.name, metric.unit,
             summary.metrics[i]);
    }
    for (std::size_t k = 0; k < summary.scores.size(); ++k) {
      visit_(&Kinds::scores, Keys{persona, answers[k]}, "share", Unit::share, summary.scores[k]);
    }
    for (std::size_t i = 0; i < summary.outcomes.size(); ++i) {
      visit_(&Kinds::outcomes, Keys{persona, names_.outcomes[i].id}, "share", Unit::share, summary.outcomes[i]);
    }
    for (std::size_t i = 0; i < summary.goals.size(); ++i) {
      visit_(&Kinds::goals, Keys{persona, names_.goals[i].id}, "share", Unit::share, summary.goals[i]);
    }
    for (std::size_t i = 0; i < summary.pains.size(); ++i) {
      const Keys keys = {persona, names_.pains[i].id};
      visit_(&Kinds::pains, keys, "met", Unit::count, summary.pains[i].met);
      visit_(&Kinds::pains, keys, "open", Unit::share, summary.pains[i].open);
    }
  }

  void sites(std::string_view persona, const std::vector<SiteFigures>& sites) {
    for (std::size_t t = 0; t < sites.size(); ++t) {
      const TouchpointName& name = names_.touchpoints[t];
      metrics(&Kinds::touchpoints, Keys{persona, name.id}, sites[t]);
      details(Keys{persona, name.id, ""}, sites[t]);
      for (const auto& [channel, figures] : sites[t].channels) {
        const Keys keys = {persona, name.id, name.channels[channel].id};
        metrics(&Kinds::channels, keys, figures);
        details(keys, figures);
      }
    }
  }

  void metrics(Rows Kinds::*kind, const Keys& keys, const SiteFigures& site) {
    for (std::size_t i = 0; i < kSiteMetrics; ++i) {
      visit_(kind, keys, kSiteMetricInfo[i].name, kSiteMetricInfo[i].unit, site.metrics[i]);
    }
  }

  /// Pains and flows, under the keys of their site and one more.
  void details(Keys keys, const SiteFigures& site) {
    keys.emplace_back();
    for (const auto& [pain, rate] : site.pains) {
      keys.back() = names_.pains[pain].id;
      visit_(&Kinds::risks, keys, "rate", Unit::share, rate);
    }
    for (const auto& [target, flow] : site.flow) {
      keys.back() = names_.target(target);
      visit_(&Kinds::flows, keys, "flow", Unit::count, flow);
    }
  }

  const Names& names_;
  Visit visit_;
};

void add_case(std::string_view scenario, const Figures& figures, const Names& names, Kinds& kinds) {
  Figurer(names, [&](Rows Kinds::*kind, const Keys& keys, std::string_view metric, Unit unit, const Figure& figure) {
    (kinds.*kind).add(scenario, keys, metric, unit, figure);
  }).all(figures);
}

/// The kind of a figure as a word, and its keys on the columns persona, touchpoint, channel, item.
struct Flat {
  std::string_view kind;
  std::array<std::string_view, 4> keys;
};

Flat flatten(Rows Kinds::*kind, const Keys& keys) {
  if (kind == &Kinds::overall) return {"overall", {everyone}};
  if (kind == &Kinds::personas) return {"persona", {keys[0]}};
  if (kind == &Kinds::scores) return {"score", {keys[0], "", "", keys[1]}};
  if (kind == &Kinds::outcomes) return {"outcome", {keys[0], "", "", keys[1]}};
  if (kind == &Kinds::goals) return {"goal", {keys[0], "", "", keys[1]}};
  if (kind == &Kinds::pains) return {"pain", {keys[0], "", "", keys[1]}};
  if (kind == &Kinds::touchpoints) return {"touchpoint", {keys[0], keys[1]}};
  if (kind == &Kinds::channels) return {"channel", {keys[0], keys[1], keys[2]}};
  if (kind == &Kinds::risks) return {"risk", {keys[0], keys[1], keys[2], keys[3]}};
  return {"flow", {keys[0], keys[1], keys[2], keys[3]}};
}

void add_differences(std::string_view scenario, const Figures& difference, const Names& names, Rows& rows) {
  Figurer(names, [&](Rows Kinds::*kind, const Keys& keys, std::string_view metric, Unit unit, const Figure& figure) {
    const Flat flat = flatten(kind, keys);
    rows.add(scenario, {flat.kind, flat.keys[0], flat.keys[1], flat.keys[2], flat.keys[3]}, metric, unit, figure);
  }).all(difference);
}

std::vector<NamedTable> tables_of(const Kinds& kinds) {
  return {{"overall", kinds.overall.table()},
          {"personas", kinds.personas.table()},
          {"scores", kinds.scores.table()},
          {"outcomes", kinds.outcomes.table()},
          {"goals", kinds.goals.table()},
          {"pains", kinds.pains.table()},
          {"touchpoints", kinds.touchpoints.table()},
          {"channels", kinds.channels.table()},
          {"risks", kinds.risks.table()},
          {"flows", kinds.flows.table()}};
}

void add_observed(const std::vector<ObservedFigure>& observed, std::vector<NamedTable>& tables) {
  if (observed.empty()) return;
  CsvText table({"address", "unit", "n", "target", "observed", "observed_lo", "observed_hi", "simulated", "gap",
                 "gap_lo", "gap_hi", "z", "verdict"});
  for (const ObservedFigure& one : observed) {
    table.cell(one.address).cell(name_of(kind_of_figure(one.address).unit)).number(one.n).number(one.target);
    table.number(one.observed.estimate).number(one.observed.lo).number(one.observed.hi).number(one.simulated.estimate);
    table.number(one.gap.estimate).number(one.gap.lo).number(one.gap.hi).number(one.z).cell(name_of(one.verdict));
    table.end_row();
  }
  tables.push_back({"observed", std::move(table)});
}

std::vector<TextFile> files_of(const std::vector<NamedTable>& tables, const Provenance& provenance) {
  std::vector<TextFile> files;
  for (const NamedTable& one : tables) files.push_back({one.name + ".csv", one.table.text()});
  files.push_back({"provenance.json", provenance_json(provenance)});
  return files;
}

void add_first_change(std::string_view scenario, const Comparison& comparison, const Names& names, Rows& rows) {
  for (std::size_t i = 0; i < comparison.by_first_change.size(); ++i) {
    const std::string touchpoint = i < names.touchpoints.size() ? names.touchpoints[i].id : "(end)";
    rows.add(scenario, {touchpoint}, "nps", Unit::nps_points, comparison.by_first_change[i]);
  }
}

void add_flips(std::string_view scenario, const Comparison& comparison, Rows& rows) {
  constexpr std::array<std::string_view, 3> classes = {"detractor", "passive", "promoter"};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      rows.add(scenario, {classes[i], classes[j]}, "share", Unit::share, comparison.flips[i][j]);
    }
  }
}

void add_money(std::string_view scenario, const Comparison& comparison, Rows& rows) {
  const auto constant = [](double value) { return Figure{.estimate = value, .se = 0, .lo = value, .hi = value}; };
  rows.add(scenario, {}, "agents_changed", Unit::share, comparison.agents_changed);
  rows.add(scenario, {}, "variance_ratio", Unit::count, Figure{.estimate = comparison.variance_ratio});
  rows.add(scenario, {}, "cost_once", Unit::money, constant(comparison.cost_once));
  rows.add(scenario, {}, "cost_per_journey", Unit::money, constant(comparison.cost_per_journey));
  rows.add(scenario, {}, "net_gain", Unit::money, comparison.net_gain);
  rows.add(scenario, {}, "break_even_journeys", Unit::count, comparison.break_even_journeys);
}

void add_input_figure(CsvText& text, std::string_view scenario, std::string_view figure, const InputFigure& f) {
  text.cell(scenario).cell(figure).number(f.estimate).number(f.lo).number(f.hi).number(f.p_best).number(f.evpi);
  text.end_row();
}

/// What is not known about the inputs: figures over the draws, and the inputs. `names`: of the scenarios.
void add_uncertain(const Uncertainty& uncertain, const std::vector<std::string>& names,
                   std::vector<NamedTable>& tables) {
  CsvText figures({"scenario", "figure", "estimate", "lo", "hi", "p_best", "evpi"});
  add_input_figure(figures, "base", "nps", uncertain.base);
  CsvText inputs({"scenario", "address", "label", "evppi", "variance_share"});
  const auto add_inputs = [&](std::string_view scenario, auto share) {
    for (const UncertainInput& input : uncertain.inputs) {
      inputs.cell(scenario).cell(input.address).cell(input.label).number(input.evppi).number(share(input));
      inputs.end_row();
    }
  };
  add_inputs("base", [](const UncertainInput& input) { return input.base_share; });
  for (std::size_t i = 0; i < uncertain.differences.size(); ++i) {
    add_input_figure(figures, names[i], "difference_nps", uncertain.differences[i]);
    add_inputs(names[i], [i](const UncertainInput& input) { return input.difference_shares[i]; });
  }
  tables.push_back({"uncertain", std::move(figures)});
  tables.push_back({"uncertain_inputs", std::move(inputs)});
}

}  // namespace

std::vector<std::string> scenario_names(const CompareResult& result) {
  std::vector<std::string> names = {"base"};
  for (const Comparison& comparison : result.scenarios) {
    std::string name = comparison.scenario.title;
    for (int copy = 2; std::find(names.begin(), names.end(), name) != names.end(); ++copy) {
      name = comparison.scenario.title + " (" + std::to_string(copy) + ")";
    }
    names.push_back(std::move(name));
  }
  names.erase(names.begin());
  return names;
}

std::vector<NamedTable> tables_of(const RunResult& result) {
  Kinds kinds;
  add_case("base", result.figures, result.names, kinds);
  std::vector<NamedTable> tables = tables_of(kinds);
  if (result.uncertain) add_uncertain(*result.uncertain, {}, tables);
  if (result.provenance.method == "exact") {
    CsvText missing({"address", "why"});
    for (const auto& [address, why] : result.not_exact) {
      missing.cell(address).cell(why);
      missing.end_row();
    }
    tables.push_back({"not_exact", std::move(missing)});
  }
  add_observed(result.observed, tables);
  return tables;
}

std::vector<NamedTable> tables_of(const CompareResult& result) {
  Kinds kinds;
  Rows differences({"kind", "persona", "touchpoint", "channel", "item"}, Form::difference);
  Rows first_change({"touchpoint"}, Form::level);
  Rows flips({"class_in_base", "class_in_scenario"}, Form::level);
  Rows money({}, Form::difference);
  CsvText verdicts({"scenario", "file", "verdict_kind", "verdict"});
  add_case("base", result.base, result.names, kinds);
  const std::vector<std::string> names = scenario_names(result);
  for (std::size_t i = 0; i < result.scenarios.size(); ++i) {
    const Comparison& comparison = result.scenarios[i];
    add_case(names[i], comparison.result, result.names, kinds);
    add_differences(names[i], comparison.difference, result.names, differences);
    add_first_change(names[i], comparison, result.names, first_change);
    add_flips(names[i], comparison, flips);
    add_money(names[i], comparison, money);
    verdicts.cell(names[i]).cell(comparison.scenario.file).cell(name_of(comparison.verdict)).cell(comparison.sentence);
    verdicts.end_row();
  }
  std::vector<NamedTable> tables = tables_of(kinds);
  tables.push_back({"differences", differences.table()});
  tables.push_back({"first_change", first_change.table()});
  tables.push_back({"flips", flips.table()});
  tables.push_back({"money", money.table()});
  tables.push_back({"scenarios", std::move(verdicts)});
  if (result.uncertain) add_uncertain(*result.uncertain, names, tables);
  add_observed(result.observed, tables);
  return tables;
}

std::vector<TextFile> csv_files(const RunResult& result) { return files_of(tables_of(result), result.provenance); }

std::vector<TextFile> csv_files(const CompareResult& result) { return files_of(tables_of(result), result.provenance); }

}  // namespace sojourn::tools
