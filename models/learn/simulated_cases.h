#pragma once
// Cases that a learned journey brings forth, held against real ones.

#include "models/learn/distances.h"
#include "models/learn/learned.h"

#include <string>

namespace sojourn::models {

/// Means over repetitions.
struct Likeness {
  Distances simulated;  // cases of the journey file, as many as the test has, to those of the test
  Distances floor;      // as many cases of the training log, drawn with replacement, to those of the test
  int repetitions = 0;
};

/// `text` is the journey's file, which is read and walked as `run` does it. A log has ends that a journey has not: a simulated
/// event ends as that of the training log with the same activity whose time to the next was nearest, at the same share of the
/// same later step, so that what runs side by side waits for each other as it did there.
Likeness likeness(const LearnedJourney& journey, const std::string& text, const EventLog& training,
                  const EventLog& test, std::uint64_t seed);

}  // namespace sojourn::models
