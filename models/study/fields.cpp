#include "models/study/fields.h"

namespace sojourn::models {
namespace {

// A table: one field a line or two.
// clang-format off

constexpr Type text{};
constexpr Type path{.kind = Kind::path};
constexpr Type value{.kind = Kind::value};
constexpr Type positive{.kind = Kind::number, .range = {.low = 0, .above_low = true}};
constexpr Type quantile{.kind = Kind::number, .range = {.low = 0, .high = 1}, .quantity = Quantity::probability};
constexpr Type count(double low, double high) { return {.kind = Kind::count, .range = {.low = low, .high = high}}; }
constexpr Type record_of(const Record& record) { return {.kind = Kind::record, .record = &record}; }
constexpr Type points = count(1, 1e7);

constexpr Field grid_fields[] = {
  {.key = "levels", .type = count(1, 1e6), .default_from = DefaultFrom::none,
   .description = "The levels of each factor that has a range; a list has its own."},
};
constexpr Record grid_record{.name = "grid", .description = "Every combination of the factors' values.",
                             .fields = grid_fields};

constexpr Field list_fields[] = {
  {.key = "file", .type = path, .need = Need::required,
   .description = "A CSV whose header holds addresses, with a row for each point; relative to this file."},
};
constexpr Record list_record{.name = "list", .description = "Points of your own.", .fields = list_fields};

constexpr Field one_at_a_time_fields[] = {
  {.key = "low", .type = quantile, .default_from = DefaultFrom::none,
   .description = "The quantile of a range that is its low value; 0 of a uniform range, else 0.05."},
  {.key = "high", .type = quantile, .default_from = DefaultFrom::none,
   .description = "The quantile of a range that is its high value; 1 of a uniform range, else 0.95."},
};
constexpr Record one_at_a_time_record{
  .name = "one-at-a-time design",
  .description = "The journey as it is, then each factor low and high (or at each value of its list), the others as they are.",
  .fields = one_at_a_time_fields};

constexpr Field latin_hypercube_fields[] = {
  {.key = "points", .type = points, .need = Need::required, .description = "How many points."},
};
constexpr Record latin_hypercube_record{
  .name = "latin hypercube", .description = "In each of as many equal parts of each factor's range lies one point.",
  .fields = latin_hypercube_fields};

constexpr Field sobol_fields[] = {
  {.key = "points", .type = points, .need = Need::required, .description = "How many points; best a power of two."},
};
constexpr Record sobol_record{.name = "Sobol design", .description = "Sobol's sequence with Owen's scrambling.",
                              .fields = sobol_fields};

constexpr Field saltelli_fields[] = {
  {.key = "points", .type = count(2, 1e7), .need = Need::required,
   .description = "The base points N, best a power of two; N (factors + 2) points are run."},
};
constexpr Record saltelli_record{.name = "Saltelli design",
                                 .description = "For first and total Sobol indices.", .fields = saltelli_fields};

constexpr Field morris_fields[] = {
  {.key = "trajectories", .type = count(2, 1e7), .need = Need::required,
   .description = "How many trajectories; each is run at (factors + 1) points."},
  {.key = "levels", .type = count(2, 1000), .default_text = "4", .description = "The levels of each factor, an even number."},
};
constexpr Record morris_record{.name = "Morris design", .description = "For elementary effects.", .fields = morris_fields};

constexpr Field design_fields[] = {
  {.key = "grid", .type = record_of(grid_record), .need = Need::one_of,
   .description = "Every combination of the factors' values."},
  {.key = "list", .type = record_of(list_record), .need = Need::one_of, .description = "Points of your own, from a CSV."},
  {.key = "one_at_a_time", .type = record_of(one_at_a_time_record), .need = Need::one_of,
   .description = "Each factor low and high, the others as they are."},
  {.key = "latin_hypercube", .type = record_of(latin_hypercube_record), .need = Need::one_of,
   .description = "Points spread evenly over each factor's range."},
  {.key = "sobol", .type = record_of(sobol_record), .need = Need::one_of,
   .description = "Points spread evenly over all factors together."},
  {.key = "saltelli", .type = record_of(saltelli_record), .need = Need::one_of,
   .description = "For first and total Sobol indices."},
  {.key = "morris", .type = record_of(morris_record), .need = Need::one_of, .description = "For elementary effects."},
};
constexpr Record design_record{.name = "design", .description = "Which values of the factors are run.",
                               .fields = design_fields};

constexpr Field posterior_fields[] = {
  {.key = "file", .type = path, .need = Need::required,
   .description = "What `calibrate --posterior` wrote, relative to this file."},
  {.key = "draws", .type = count(1, 1e6), .default_from = DefaultFrom::none,
   .description = "How many of its draws, evenly spread; all where it is not written."},
};
constexpr Record posterior_record{.name = "study's posterior",
                                  .description = "Draws of a posterior, which are a factor named `posterior`.",
                                  .fields = posterior_fields};

constexpr Type factors{.kind = Kind::map, .section = Section::address, .element = &value};
constexpr Type paths{.kind = Kind::list, .element = &path};
constexpr Type words{.kind = Kind::list, .element = &text, .least = 1};

constexpr Field study_fields[] = {
  {.key = "format", .type = {.kind = Kind::format}, .default_text = "sojourn/1",
   .description = "The version of the file format."},
  {.key = "study", .type = text, .need = Need::required, .description = "The title."},
  {.key = "about", .type = text, .description = "What the study is to find out."},
  {.key = "journey", .type = path, .need = Need::required, .description = "The journey file, relative to this file."},
  {.key = "scenarios", .type = paths, .default_text = "[]",
   .description = "Scenario files on that journey, relative to this file. The journey without them is always run, too."},
  {.key = "combine", .type = text, .default_text = "one_at_a_time",
   .description = "`one_at_a_time`: each scenario alone; `all`: every combination of them."},
  {.key = "factors", .type = factors, .default_text = "{}",
   .description = "What varies: addresses of numbers, each with a range (a distribution, as in `uncertain`) or a list of values."},
  {.key = "design", .type = record_of(design_record), .default_from = DefaultFrom::none,
   .description = "Which values are run; without it the grid of lists."},
  {.key = "replications", .type = count(1, 16777216), .default_text = "1",
   .description = "How often all is run, with other luck each time: replicate 0, 1, ... of the seed."},
  {.key = "agents", .type = count(1, 1099511627776.0), .default_text = "100000",
   .description = "Agents of each point and replication; with a precision the most."},
  {.key = "precision", .type = positive, .default_from = DefaultFrom::none, .unit = "NPS points",
   .description = "Half-width of the 95 % interval of NPS that is enough."},
  {.key = "seed", .type = count(0, 9007199254740992.0), .default_text = "1",
   .description = "Of the luck and of the design."},
  {.key = "posterior", .type = record_of(posterior_record), .default_from = DefaultFrom::none,
   .description = "Draws of a posterior, as one more factor."},
  {.key = "keep", .type = words, .default_text = "[\"metrics\"]",
   .description = "What is kept: metrics, personas, touchpoints, scores (the answers 0..10), agents (a row each)."},
};
constexpr Record the_study{.name = "study", .description = "A study file.", .fields = study_fields};

// clang-format on

}  // namespace

const Record& study_record() { return the_study; }

}  // namespace sojourn::models
