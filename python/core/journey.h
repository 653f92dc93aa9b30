#pragma once
// What the module's classes hold: journeys, what is asked of them, and what came of it.

#include "models/ask/ask.h"
#include "models/change/scenario.h"
#include "tools/job/inputs.h"
#include "tools/output/csv.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace sojourn::python {

/// What run and compare are told, under the names of the program's options.
struct Options {
  std::optional<std::uint64_t> agents;
  std::optional<double> precision;
  std::uint64_t seed = 1;
  std::uint64_t replicate = 0;
  std::optional<std::uint64_t> threads;
  std::optional<std::uint64_t> draws;
  bool plain = false;
  double matters = 0.5;
  std::string posterior;  // of compare; empty: none

  models::Asked asked() const;
};

/// What was found, and what was doubtful on the way.
struct Result {
  std::variant<models::RunResult, models::CompareResult> found;
  models::Diagnostics warnings;

  std::string json() const;
  std::vector<tools::NamedTable> tables() const;
};

/// A journey with the scenarios that are applied to it.
class Journey {
 public:
  explicit Journey(models::ReadCase read) : read_(std::move(read)) {}

  /// From a file. Throws as models::read_case.
  static Journey read_from(const std::string& path) { return Journey(models::read_case(path)); }
  /// From a text. Throws InputError, whose problems name it.
  static Journey parsed(const std::string& name, const std::string& text);
  /// Changed once more. Throws InputError.
  Journey with(models::ScenarioFile scenario) const;

  const models::ReadCase& read() const { return read_; }
  const models::Journey& view() const { return read_.one.views.views.front(); }
  /// As that persona has it; "": as the largest share of customers has. Throws UsageError for an unknown one.
  const models::Tree& tree(const std::string& persona) const;
  /// As one file, every default written out.
  std::string resolved() const;
  /// As one file, what is left out left out, so that it goes on following what it follows; where personas see different journeys, as
  /// resolved().
  std::string settled() const;
  /// Of every number that can be set for everyone ("") or for that persona alone, in file order. Throws UsageError.
  std::vector<std::string> addresses(const std::string& persona) const;

  // Asked without Python's lock; a signal ends it with what its handler raised.
  Result run(const Options& options) const;
  Result solve() const;
  Result compare(const std::vector<const Journey*>& what_ifs, const Options& options) const;

 private:
  /// The provenance as the program says it.
  void tell_of(models::Provenance& provenance, const tools::Inputs& inputs, const models::RunPlan& plan) const;

  models::ReadCase read_;
};

models::Source source_of(const std::string& name, const std::string& text);

}  // namespace sojourn::python
