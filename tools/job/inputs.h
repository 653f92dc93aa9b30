#pragma once
// Files in, checked cases out.

#include "models/ask/stamps.h"
#include "models/change/views.h"
#include "models/score/result.h"
#include "tools/program/console.h"

#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace sojourn::tools {

/// A journey and what-ifs on it, as read.
struct Inputs {
  models::JourneyFile journey;
  std::vector<models::ScenarioFile> scenarios;
};

/// The paths of what is read.
inline std::vector<std::string> inputs_of(const std::string& journey, std::vector<std::string> scenarios) {
  scenarios.push_back(journey);
  return scenarios;
}

/// Says each warning once, however many cases have it.
class Warnings {
 public:
  explicit Warnings(const Console& console) : console_(console) {}
  void say(const models::Diagnostics& diagnostics);

 private:
  const Console& console_;
  std::set<std::string> said_;
};

/// Goes on after a mistake in a file, so that the mistakes of all files come in one go.
class Mistakes {
 public:
  /// Runs it; an InputError is kept, anything else passes. False if it was kept.
  bool collect(const std::function<void()>& reading);
  /// Throws InputError if anything was kept.
  void refuse_if_any() const;

 private:
  std::vector<models::InputError> kept_;
};

/// Throws MissingFile or InputError with the problems of all files.
Inputs read_inputs(const std::string& journey, const std::vector<std::string>& scenarios, Warnings& warnings);

/// The same that models/ask has, its warnings said. Throws InputError.
models::Case checked_case(const models::JourneyFile& journey, std::span<const models::ScenarioFile> scenarios,
                          Warnings& warnings);

}  // namespace sojourn::tools
