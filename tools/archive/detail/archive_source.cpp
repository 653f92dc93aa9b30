#include "tools/archive/detail/archive_source.h"

#include "engine/store/format_error.h"

#include <algorithm>

namespace sojourn::tools::detail {

void ArchiveSource::refuse(const std::string& what, const std::string& why) const {
  throw engine::FormatError(file_, what, why, "Write the file again");
}

void ArchiveSource::take(const FigureTable& table) const {
  Strings dimensions = table.dimensions;
  dimensions.emplace_back("statistic");
  const Doubles& all = values<Doubles>(table.name, dimensions);
  const Strings names = labels("statistic");
  if (all.size() != table.cells.size() * names.size()) refuse("the array '" + table.name + "' is of another size");
  for (std::size_t s = 0; s < names.size(); ++s) {
    const auto known = std::find_if(kStatistics.begin(), kStatistics.end(),
                                    [&](const Statistic& statistic) { return statistic.name == names[s]; });
    if (known == kStatistics.end()) continue;
    for (std::size_t c = 0; c < table.cells.size(); ++c) {
      if (table.cells[c] != nullptr) table.cells[c]->*known->part = all[c * names.size() + s];
    }
  }
}

std::uint32_t ArchiveSource::position(const Strings& list, const std::string& name, const char* where) const {
  const auto found = std::find(list.begin(), list.end(), name);
  if (found == list.end()) refuse("'" + name + "' in '" + where + "' is not among those it should be of");
  return static_cast<std::uint32_t>(found - list.begin());
}

std::uint64_t ArchiveSource::natural(std::int64_t value) const {
  if (value < 0) refuse("a number of agents is negative");
  return static_cast<std::uint64_t>(value);
}

}  // namespace sojourn::tools::detail
