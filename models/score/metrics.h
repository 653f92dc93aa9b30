#pragma once
// The figures that are reported, under the names that the JSON, the CSV, the HDF5 file and the tables share.

#include <array>
#include <cstddef>
#include <string_view>

namespace sojourn::models {

/// Which way is better; neutral figures have no better direction.
enum class Better { more, less, neutral };

enum class Unit { nps_points, points, share, count, hours, money };

struct MetricInfo {
  std::string_view name;   // in every machine-readable result
  std::string_view label;  // for people
  Unit unit;
  Better better;
};

/// Figures of a whole journey, overall and for each persona.
enum class Metric {
  nps,
  promoters,
  passives,
  detractors,
  score,
  satisfaction,
  satisfied,
  success,
  abandoned,
  truncated,
  visits,
  elapsed_hours,
  elapsed_hours_p50,
  elapsed_hours_p90,
  effort,
  cost,
  value,
  net,
  satisfaction_sd,
  elapsed_hours_sd
};
inline constexpr std::size_t kMetrics = 20;

/// Figures of a touchpoint or of one of its channels, over all visits.
enum class SiteMetric {
  visits,
  reach,
  experience,
  expectation,
  disconfirmation,
  satisfaction,
  mood,
  given_up,
  duration_hours,
  drop_off,
  pain_loss
};
inline constexpr std::size_t kSiteMetrics = 11;

inline constexpr std::array<MetricInfo, kMetrics> kMetricInfo = {{
    {"nps", "Net Promoter Score", Unit::nps_points, Better::more},
    {"promoters", "Promoters (9, 10)", Unit::share, Better::more},
    {"passives", "Passives (7, 8)", Unit::share, Better::neutral},
    {"detractors", "Detractors (0 to 6)", Unit::share, Better::less},
    {"score", "Mean answer 0..10", Unit::points, Better::more},
    {"satisfaction", "Satisfaction 0..10", Unit::points, Better::more},
    {"satisfied", "Satisfied (7 or more)", Unit::share, Better::more},
    {"success", "Success", Unit::share, Better::more},
    {"abandoned", "Abandoned", Unit::share, Better::less},
    {"truncated", "Cut off at the visit limit", Unit::share, Better::less},
    {"visits", "Visits per journey", Unit::count, Better::neutral},
    {"elapsed_hours", "Time, mean", Unit::hours, Better::less},
    {"elapsed_hours_p50", "Time, median", Unit::hours, Better::less},
    {"elapsed_hours_p90", "Time, nine in ten below", Unit::hours, Better::less},
    {"effort", "Effort", Unit::points, Better::less},
    {"cost", "Cost", Unit::money, Better::less},
    {"value", "Value", Unit::money, Better::more},
    {"net", "Value less cost", Unit::money, Better::more},
    {"satisfaction_sd", "Satisfaction, spread (sd)", Unit::points, Better::neutral},
    {"elapsed_hours_sd", "Time, spread (sd)", Unit::hours, Better::neutral},
}};

inline constexpr std::array<MetricInfo, kSiteMetrics> kSiteMetricInfo = {{
    {"visits", "Visits per journey", Unit::count, Better::neutral},
    {"reach", "Reach", Unit::share, Better::neutral},
    {"experience", "Experience 0..10", Unit::points, Better::more},
    {"expectation", "Expectation 0..10", Unit::points, Better::neutral},
    {"disconfirmation", "Experience less expectation", Unit::points, Better::more},
    {"satisfaction", "Momentary satisfaction 0..10", Unit::points, Better::more},
    {"mood", "Mood after", Unit::points, Better::more},
    {"given_up", "Given up", Unit::share, Better::less},
    {"duration_hours", "Time spent", Unit::hours, Better::less},
    {"drop_off", "Leaves without success", Unit::share, Better::less},
    {"pain_loss", "Points lost to pains", Unit::points, Better::less},
}};

inline constexpr const MetricInfo& info(Metric metric) { return kMetricInfo[static_cast<std::size_t>(metric)]; }
inline constexpr const MetricInfo& info(SiteMetric metric) { return kSiteMetricInfo[static_cast<std::size_t>(metric)]; }

}  // namespace sojourn::models
