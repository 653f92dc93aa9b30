#include "tools/batch/unfinished.h"

#include "tools/batch/results.h"

#include <algorithm>

namespace sojourn::tools {

engine::Archive unfinished_study(const StudyWork& work, MergedRows& rows) {
  StudyDocument document = study_document(work, rows.facts());
  const std::vector<LayoutTable>& tables = work.layout().tables;
  std::vector<std::size_t> shown;
  std::vector<std::vector<double>> values(tables.size());
  for (std::size_t t = 0; t < tables.size(); ++t) {
    if (is_part(document.tables[t], StudyParts::overall)) shown.push_back(t);
  }
  for (std::uint64_t r = 0; r < work.rows(); ++r) {
    const Row* row = rows.has(r) ? &rows.row(r) : nullptr;
    for (const std::size_t t : shown) {
      if (row == nullptr || !row->failure.empty()) {
        values[t].insert(values[t].end(), tables[t].count, models::kNone);
      } else {
        const auto first = row->values.begin() + static_cast<std::ptrdiff_t>(tables[t].first);
        values[t].insert(values[t].end(), first, first + static_cast<std::ptrdiff_t>(tables[t].count));
      }
    }
  }
  engine::Archive archive = std::move(document.head);
  for (const std::size_t t : shown) {
    document.tables[t].values = std::move(values[t]);
    archive.variables.push_back(std::move(document.tables[t]));
  }
  return archive;
}

std::optional<StudyProgress> progress_of(const StudyWork& work, const MergedRows& rows) {
  if (rows.missing().empty()) return std::nullopt;
  StudyProgress progress;
  progress.runs = work.rows();
  progress.units = work.unit_plan().units();
  for (std::uint64_t unit = 0; unit < progress.units; ++unit) {
    const IndexRange of_unit = work.unit_plan().rows_of(unit);
    if (!rows.has(of_unit.first)) continue;
    progress.done += of_unit.size();
    if (!progress.there.empty() && progress.there.back().second == unit) {
      progress.there.back().second = unit + 1;
    } else {
      progress.there.emplace_back(unit, unit + 1);
    }
  }
  return progress;
}

}  // namespace sojourn::tools
