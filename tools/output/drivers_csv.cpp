#include "tools/output/drivers_csv.h"

#include "models/journey/fields.h"
#include "tools/json/drivers_json.h"
#include "tools/json/json.h"
#include "tools/output/csv_text.h"

namespace sojourn::tools {
namespace {

using namespace models;

void figure_cells(CsvText& text, const Figure& figure, double factor = 1) {
  text.number(figure.estimate * factor).number(figure.se * factor);
  text.number(figure.lo * factor).number(figure.hi * factor);
}

CsvText drivers_table(const Drivers& drivers) {
  CsvText text({"address", "unit", "value", "step", "metric", "kind", "from", "estimate", "se", "lo", "hi"});
  for (const Driver& driver : drivers.drivers) {
    const double per_unit = driver.lever.type->kind == Kind::duration ? 1 / shown(driver.lever, 1) : 1;
    for (std::size_t m = 0; m < kDriverMetrics; ++m) {
      const auto row = [&](std::string_view kind, std::string_view from, const Figure& figure, double factor) {
        text.cell(driver.lever.address).cell(unit_of(driver.lever));
        text.number(shown(driver.lever, driver.lever.value)).number(shown(driver.lever, driver.step));
        text.cell(info(kDriverMetricInfo[m]).name).cell(kind).cell(from);
        figure_cells(text, figure, factor);
        text.end_row();
      };
      row("derivative", "derivative", driver.derivative[m], per_unit);
      row("effect", driver.effect_from == EffectFrom::rerun ? "rerun" : "derivative", driver.effect[m], 1);
    }
  }
  return text;
}

CsvText insight_table(const Drivers& drivers) {
  CsvText text({"touchpoint", "label", "reach", "importance", "importance_se", "importance_lo", "importance_hi",
                "performance", "performance_se", "performance_lo", "performance_hi", "quadrant"});
  for (std::size_t t = 0; t < drivers.touchpoints.size(); ++t) {
    const TouchpointDriver& one = drivers.touchpoints[t];
    text.cell(drivers.names.touchpoints[t].id).cell(drivers.names.touchpoints[t].label);
    text.number(one.reach.estimate);
    figure_cells(text, one.importance);
    figure_cells(text, one.performance);
    text.cell(name_of(one.quadrant));
    text.end_row();
  }
  return text;
}

CsvText effects_table(const Drivers& drivers) {
  CsvText text({"touchpoint", "kind", "metric", "estimate", "se", "lo", "hi", "why_not"});
  for (std::size_t t = 0; t < drivers.touchpoints.size(); ++t) {
    const TouchpointDriver& one = drivers.touchpoints[t];
    const auto row = [&](std::string_view kind, std::string_view metric, const Figure& figure,
                         std::string_view why_not = {}) {
      text.cell(drivers.names.touchpoints[t].id).cell(kind).cell(metric);
      figure_cells(text, figure);
      text.cell(why_not);
      text.end_row();
    };
    row("removed_to_nothing", "share_of_success", one.through_share);
    row("removed_to_nothing", "success", one.nothing_success);
    row("removed_to_nothing", "nps", one.nothing_nps);
    for (std::size_t m = 0; m < kDriverMetrics; ++m) {
      row("removed_and_rerouted", info(kDriverMetricInfo[m]).name, one.rerouted ? (*one.rerouted)[m] : Figure{},
          one.rerouted ? "" : one.why_not_rerouted);
    }
    row("shapley", "success", one.shapley_success);
    row("shapley", "nps", one.shapley_nps);
    row("shapley", "satisfaction", one.shapley_satisfaction);
  }
  return text;
}

}  // namespace

std::vector<NamedTable> drivers_tables(const Drivers& drivers) {
  CsvText left_out({"address", "reason"});
  for (const LeftOut& one : drivers.left_out) {
    left_out.cell(one.address).cell(one.reason);
    left_out.end_row();
  }
  return {{"drivers", drivers_table(drivers)},
          {"insight_map", insight_table(drivers)},
          {"touchpoint_effects", effects_table(drivers)},
          {"left_out", std::move(left_out)}};
}

std::vector<TextFile> drivers_csv(const Drivers& drivers, const Provenance& provenance) {
  std::vector<TextFile> files;
  for (const NamedTable& one : drivers_tables(drivers)) files.push_back({one.name + ".csv", one.table.text()});
  files.push_back({"provenance.json", provenance_json(provenance)});
  return files;
}

}  // namespace sojourn::tools
