#include "tools/batch/layout.h"

#include "engine/base/contract.h"
#include "tools/archive/figure_tables.h"

#include <algorithm>
#include <set>

namespace sojourn::tools {
namespace {

using detail::Content;
using detail::FigureTable;
using models::Figures;

bool is_kept(const FigureTable& table, const models::Keep& keep) {
  const std::set<std::string> over(table.dimensions.begin(), table.dimensions.end());
  for (const char* ragged : {"channel", "edge", "risk", "channel_edge", "channel_risk"})
    if (over.contains(ragged)) return false;
  const bool persona = over.contains("persona"), touchpoint = over.contains("touchpoint"),
             score = over.contains("answer");
  if (touchpoint) return keep.touchpoints && !persona;
  if (score) return keep.scores && (!persona || keep.personas);
  return persona ? keep.personas : keep.metrics;
}

/// Calls with every table that is kept. `differences` may be empty where there is nothing but the base.
void each_kept(const models::Names& names, std::vector<Figures>& results, std::vector<Figures>& differences,
               const models::Keep& keep, const detail::OnTable& on_table) {
  std::vector<Figures*> all;
  for (Figures& one : results) all.push_back(&one);
  const detail::Axes axes;  // nothing ragged is kept
  const auto filtered = [&](const FigureTable& table) {
    if (is_kept(table, keep)) on_table(table);
  };
  detail::each_table(names, axes, all, Content::result, filtered);
  if (differences.empty()) return;
  std::vector<Figures*> less_base = {nullptr};
  for (Figures& one : differences) less_base.push_back(&one);
  detail::each_table(names, axes, less_base, Content::difference, filtered);
}

}  // namespace

const LayoutTable* Layout::find(std::string_view name) const {
  const auto found = std::ranges::find_if(tables, [&](const LayoutTable& table) { return table.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

Layout layout_of(const models::Names& names, std::size_t scenarios, const models::Keep& keep) {
  SOJOURN_EXPECT(scenarios >= 1, "there is a base");
  std::vector<Figures> results(scenarios), differences(scenarios - 1);
  Layout layout;
  each_kept(names, results, differences, keep, [&](const FigureTable& table) {
    const std::size_t count = table.cells.size() * kStudyStatistics;
    layout.tables.push_back({table.name,
                             table.long_name,
                             table.unit,
                             table.better,
                             {table.dimensions.begin() + 1, table.dimensions.end()},
                             layout.values,
                             count});
    layout.values += count;
  });
  return layout;
}

std::vector<double> values_of(const models::Names& names, std::vector<Figures>& results,
                              std::vector<Figures>& differences, const models::Keep& keep) {
  std::vector<double> values;
  each_kept(names, results, differences, keep, [&](const FigureTable& table) {
    for (const models::Figure* cell : table.cells) {
      for (std::size_t s = 0; s < kStudyStatistics; ++s)
        values.push_back(cell == nullptr ? models::kNone : cell->*detail::kStatistics[s].part);
    }
  });
  return values;
}

}  // namespace sojourn::tools
