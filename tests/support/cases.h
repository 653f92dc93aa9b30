#pragma once
// From texts to cases that can be walked.

#include "models/change/views.h"
#include "models/text/tree.h"

#include <string>
#include <vector>

namespace sojourn::tests {

models::Source source_of(const std::string& text);

/// The journey with all of the scenarios applied, texts both. Throws InputError.
models::Case case_of(const std::string& journey, const std::vector<std::string>& scenarios = {});

/// The same with one scenario of these changes, or none if there are none.
models::Case changed_case(const std::string& journey, const std::vector<std::string>& changes);

/// Those of the changes that are possible, each after those before it.
std::vector<std::string> possible(const std::string& journey, const std::vector<std::string>& changes);

}  // namespace sojourn::tests
