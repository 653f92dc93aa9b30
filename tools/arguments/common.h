#pragma once
// The options that running verbs share.

#include "models/score/experiment.h"
#include "tools/arguments/arguments.h"
#include "tools/job/outputs.h"

#include <optional>
#include <string>

namespace sojourn::tools {

struct RunOptions {
  std::optional<std::uint64_t> agents;
  std::optional<double> precision;  // NPS points
  std::uint64_t seed = 1;
  std::uint64_t replicate = 0;
  std::optional<std::uint64_t> threads;
  OutputPlan outputs;
  bool quiet = false;
  std::optional<std::string> observed;  // of run and compare: a table of what was measured

  /// `precision_about`: what --precision is about.
  void declare(Arguments& arguments, Phrase precision_about);
  models::RunPlan plan() const;
};

/// --seed and --replicate, which say whose luck it is.
void declare_luck(Arguments& arguments, std::uint64_t& seed, std::uint64_t& replicate);

/// --draws, of verbs that draw what is not known about the inputs.
void declare_draws(Arguments& arguments, std::optional<std::uint64_t>& draws);

/// --observed, of verbs that hold what was measured against what is simulated.
void declare_observed(Arguments& arguments, std::optional<std::string>& observed);

/// --calibration, of verbs that make a page.
void declare_calibration(Arguments& arguments, std::optional<std::string>& calibration);

/// --lang, of verbs that only talk.
void declare_language(Arguments& arguments, std::optional<std::string>& language);

/// --plain: figures are means over customers and no more.
void declare_plain(Arguments& arguments, bool& plain);
models::Estimates estimates_of(bool plain);

/// --agents without --precision, and with it.
inline constexpr std::uint64_t default_agents = 100'000;
inline constexpr std::uint64_t most_agents_for_precision = 100'000'000;

}  // namespace sojourn::tools
