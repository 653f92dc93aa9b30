#pragma once
// What the scenarios of a comparison come to, beside the plain differences.

#include "models/score/experiment.h"

namespace sojourn::models {

struct ScenarioStamp {
  FileStamp file;
  std::string because;
};

/// Differences with simultaneous intervals, flips, where the change begins, money and verdict of every scenario.
/// `matters`: NPS points below which a difference is too small to matter.
std::vector<Comparison> compare(const Experiment& experiment, const engine::Tallies& tallies,
                                const std::vector<ScenarioStamp>& stamps, double matters);

}  // namespace sojourn::models
