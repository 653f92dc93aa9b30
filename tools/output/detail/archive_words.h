#pragma once
// The words of a result file that are not names of figures.

#include "models/score/result.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace sojourn::tools::detail {

inline constexpr std::string_view kFileType = "sojourn results";
inline constexpr std::int64_t kMajor = 1;   // readers refuse another one
inline constexpr std::int64_t kMinor = 0;   // a higher one has more names

inline constexpr std::string_view kBase = "base";
inline constexpr std::string_view kAtTheEnd = "(end)";   // after the touchpoints of `first_change`; no id has parentheses
inline constexpr std::array<std::string_view, 3> kClasses = {"detractor", "passive", "promoter"};

/// [models::Verdict]
inline constexpr std::array<std::string_view, 7> kVerdicts = {
    "no_matter", "better", "worse", "unclear", "better_at_a_price", "worse_but_saves", "personas_disagree"};
static_assert(kVerdicts.size() == static_cast<std::size_t>(models::Verdict::personas_disagree) + 1);

}  // namespace sojourn::tools::detail
