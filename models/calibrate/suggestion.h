#pragma once
// Parameters that a survey can tell something about, where the journey's file names none.

#include "models/journey/read.h"
#include "models/survey/answers.h"

#include <string>

namespace sojourn::models {

/// A `calibrate:` section as YAML, with comments. Of what the file writes: the mean experience of every touchpoint that answers are about
/// (answers about whole journeys do not say which of their touchpoints they were good at), loss aversion, biases but that of the first persona, the spread and the
/// thresholds; where respondents rated touchpoints, how much those weigh, what is expected and what is remembered. Priors around what is written, as wide as an informed guess is wrong.
std::string suggest_parameters(const JourneyFile& journey, const Answers& answers);

}  // namespace sojourn::models
