#pragma once
// Numbers of a journey that answers have been asked about: joint draws of what they can be.

#include <cstdint>
#include <string>
#include <vector>

namespace sojourn::models {

struct PosteriorDraws {
  std::string title;                        // its inputs are said to be of
  std::string file;                         // as the user wrote the path
  std::string journey_file;                 // that was calibrated, without folder
  std::string journey_sha256;               // of its bytes
  std::vector<std::string> addresses;       // [parameter]
  std::vector<std::vector<double>> values;  // [parameter][draw], chain after chain; times in milliseconds

  std::size_t draws() const { return values.empty() ? 0 : values.front().size(); }

  /// Which draw stands for the i-th of n: evenly spread over all, so over chains and their length. Where n is more than
  /// there are, each stands for several.
  std::size_t draw_for(std::uint64_t i, std::uint64_t n) const { return static_cast<std::size_t>(i * draws() / n); }
};

/// Normal scores of values by their ranks ((r + 1/2) / n, Hazen 1914): by them inputs of any distribution are compared. Equal
/// values have the mean of their ranks.
std::vector<double> normal_scores(const std::vector<double>& values);

}  // namespace sojourn::models
