#pragma once
// Parameters that a survey can tell something about, where the journey's file names none.

#include "models/calibrate/answers.h"
#include "models/journey/read.h"

#include <string>

namespace sojourn::models {

/// A `calibrate:` section as YAML, with comments. Of what the file writes: the mean experience of every touchpoint that answers are about (of all
/// that have one, where they are about whole journeys), loss aversion, biases but that of the first persona, the spread and the
/// thresholds. Priors around what is written, as wide as an informed guess is wrong.
std::string suggest_parameters(const JourneyFile& journey, const Answers& answers);

}  // namespace sojourn::models
