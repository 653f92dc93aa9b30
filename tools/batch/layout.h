#pragma once
// Which number of a study's row is what: the figures of a result file (tools/archive/figure_tables.h), as far as the study keeps
// them.

#include "models/score/result.h"
#include "models/study/study.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace sojourn::tools {

/// One array. Its numbers stand one after the other: [scenario][...dimensions][statistic].
struct LayoutTable {
  std::string name;
  std::string long_name;
  models::Unit unit = models::Unit::count;
  models::Better better = models::Better::neutral;
  std::vector<std::string> dimensions;  // behind `scenario`, without `statistic`
  std::size_t first = 0;                // into the row's values
  std::size_t count = 0;                // of them
};

/// estimate, se, lo, hi
inline constexpr std::size_t kStudyStatistics = 4;

struct Layout {
  std::vector<LayoutTable> tables;
  std::size_t values = 0;  // of a row

  const LayoutTable* find(std::string_view name) const;
};

/// `scenarios`: the base and what-ifs.
Layout layout_of(const models::Names& names, std::size_t scenarios, const models::Keep& keep);

/// The numbers of one row. `results` of every case, `differences` of every case but the base.
std::vector<double> values_of(const models::Names& names, std::vector<models::Figures>& results,
                              std::vector<models::Figures>& differences, const models::Keep& keep);

}  // namespace sojourn::tools
