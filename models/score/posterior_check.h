#pragma once
// Whether a posterior and a journey go together.

#include "models/journey/read.h"
#include "models/score/posterior_draws.h"
#include "models/text/diagnostic.h"

namespace sojourn::models {

/// What a posterior is to this journey. Throws InputError where it is of addresses at which the journey has no number. Warns where the journey has an
/// `uncertain:` entry for one of them, which is then not drawn, and where its value is more than four posterior standard
/// deviations off the draws' mean, because then it is not the calibrated journey that is compared.
Diagnostics check_posterior(const PosteriorDraws& posterior, const JourneyFile& journey);

}  // namespace sojourn::models
