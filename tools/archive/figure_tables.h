#pragma once
// Which figures stand in which array of a result file: one description, walked by the writer and by the reader.

#include "models/score/result.h"

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::tools::detail {

/// The parts of a figure, in the order of the dimension `statistic`: a run has the first four, a comparison all.
struct Statistic {
  std::string_view name;
  double models::Figure::*part;
};
inline constexpr std::array<Statistic, 7> kStatistics = {{
    {"estimate", &models::Figure::estimate},
    {"se", &models::Figure::se},
    {"lo", &models::Figure::lo},
    {"hi", &models::Figure::hi},
    {"p_better", &models::Figure::p_better},
    {"adjusted_lo", &models::Figure::adjusted_lo},
    {"adjusted_hi", &models::Figure::adjusted_hi},
}};
inline constexpr std::size_t kRunStatistics = 4;

/// (touchpoint, channel), (touchpoint, target of a flow), (touchpoint, pain), (channel pair, target), (channel pair,
/// pain).
struct Pair {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  friend bool operator==(const Pair&, const Pair&) = default;
};

/// What the ragged dimensions run over.
struct Axes {
  std::vector<Pair> channels;
  std::vector<Pair> edges;
  std::vector<Pair> risks;
  std::vector<Pair> channel_edges;  // .first is an index into channels
  std::vector<Pair> channel_risks;
};

/// All channels of the names, and every flow and pain that one of the figures has somewhere.
Axes axes_of(const models::Names& names, const std::vector<models::Figures*>& all);

/// One array, whose last dimension is `statistic`.
struct FigureTable {
  std::string name;
  std::string long_name;
  models::Unit unit;
  models::Better better;
  std::vector<std::string> dimensions;  // without `statistic`
  std::vector<models::Figure*> cells;   // over those dimensions; nullptr: there is no such figure
};
using OnTable = std::function<void(const FigureTable&)>;

enum class Content { result, difference };

/// Walks the tables of some figures. `cases` is the dimension `scenario`; nullptr where a case has none (the base has
/// no difference). A table over a dimension that is empty is left out.
void each_table(const models::Names& names, const Axes& axes, const std::vector<models::Figures*>& cases,
                Content content, const OnTable& on_table);

/// Walks what a comparison has beside figures of the journey; nullptr for the base, which has none of it.
void each_comparison_table(const models::Names& names, const std::vector<models::Comparison*>& cases,
                           const OnTable& on_table);

}  // namespace sojourn::tools::detail
