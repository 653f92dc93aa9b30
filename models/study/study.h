#pragma once
// A study file: a journey, what-ifs on it, what varies, and which of all that is run how often.

#include "models/change/scenario.h"
#include "models/journey/read.h"
#include "models/journey/uncertain.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace sojourn::models {

/// The value of a factor that stays as the journey has it.
inline constexpr double kAsWritten = std::numeric_limits<double>::quiet_NaN();

/// A number of the journey that varies.
struct Factor {
  std::string address;
  Mark mark;                       // of the address
  std::string label;               // for people
  const Type* type = nullptr;      // of the number: its kind and range
  std::vector<double> values;      // of a list, as written; times in milliseconds
  std::optional<Uncertain> range;  // of what has no list
  /// What the journey has there; kAsWritten where only scenarios have the place (their changes then come before it).
  double base = kAsWritten;
  bool in_journey = true;  // false: put into what is changed, last
};

struct DesignChoice {
  enum class Kind { grid, list, one_at_a_time, latin_hypercube, sobol, saltelli, morris };
  Kind kind = Kind::grid;
  std::string name = "grid";        // as in the file
  Mark mark;                        // of the name
  std::size_t points = 0;           // of latin_hypercube, sobol, saltelli
  std::size_t trajectories = 0;     // of morris
  std::size_t levels = 0;           // of grid (0: not said) and morris
  std::optional<double> low, high;  // quantiles, of one_at_a_time
};

/// A row of a `list` design.
struct ListedPoint {
  std::vector<double> values;  // [factor]
  std::size_t posterior_draw = 0;
  Mark mark;
};

enum class Combine { one_at_a_time, all };

/// Which results are wanted, beside counts and performance.
struct Keep {
  bool metrics = false, personas = false, touchpoints = false, scores = false, agents = false;
};

struct StudyPosterior {
  std::string file;  // as it can be opened
  Mark mark;
  std::optional<std::size_t> draws;
};

struct Study {
  Source source;          // source->name is the path as the user wrote it
  std::string canonical;  // empty for a study that came from memory
  std::string title, about;
  JourneyFile journey;
  std::vector<ScenarioFile> scenarios;
  Combine combine = Combine::one_at_a_time;
  std::vector<Factor> factors;  // in file order; of a `list`, in the order of its columns
  DesignChoice design;
  Source list_source;  // of a `list` design, else null
  std::vector<ListedPoint> list;
  std::uint32_t replications = 1;
  std::uint64_t agents = 100'000;
  std::optional<double> precision;  // NPS points
  std::uint64_t seed = 1;
  std::optional<StudyPosterior> posterior;
  Keep keep;
  Diagnostics warnings;  // of the study, its journey and its scenarios
};

}  // namespace sojourn::models
