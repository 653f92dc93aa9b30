#pragma once
// What is scored: per journey and per visit. The order is the order of the tally's slots; the names are those of the
// results (models/score).

#include <cstddef>
#include <cstdint>

namespace sojourn::models {

/// Scores of a finished journey. In nano-units (1e-9), but for elapsed_ms (milliseconds).
namespace score {
enum : std::uint32_t {
  nps,
  promoters,
  passives,
  detractors,
  answer,
  satisfaction,
  satisfied,
  success,
  abandoned,
  truncated,
  visits,
  elapsed_ms,
  effort,
  cost,
  value,
  net,
  answer_0,                    // eleven shares of the answers 0..10
  fixed_count = answer_0 + 11  // then: outcomes, goals achieved, pains left open, pains met
};
}

/// Measures of a visit.
namespace measure {
enum : std::size_t { experience, expectation, disconfirmation, satisfaction, mood, pain_loss, count };
}

/// A one in nano-units, for shares.
inline constexpr std::int64_t kOne = 1'000'000'000;

}  // namespace sojourn::models
