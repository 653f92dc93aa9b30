#pragma once
// The words of a result file that are not names of figures.

#include <array>
#include <cstdint>
#include <string_view>

namespace sojourn::tools::detail {

inline constexpr std::string_view kFileType = "sojourn results";
inline constexpr std::int64_t kMajor = 1;  // readers refuse another one
inline constexpr std::int64_t kMinor = 1;  // a higher one has more names

inline constexpr std::string_view kBase = "base";
inline constexpr std::string_view kAtTheEnd =
    "(end)";  // after the touchpoints of `first_change`; no id has parentheses
/// The parts of a figure over the draws of the inputs, in the order of the dimension `input_statistic`.
inline constexpr std::array<std::string_view, 5> kInputStatistics = {"estimate", "lo", "hi", "p_best", "evpi"};
inline constexpr std::array<std::string_view, 3> kClasses = {"detractor", "passive", "promoter"};

}  // namespace sojourn::tools::detail
