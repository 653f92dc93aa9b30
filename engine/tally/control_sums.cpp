#include "engine/tally/control_sums.h"

namespace sojourn::engine {

void ControlSums::add(const ControlSums& other) {
  for (std::size_t i = 0; i < x_.size(); ++i) x_[i] += other.x_[i];
  for (std::size_t i = 0; i < xx_.size(); ++i) xx_[i].add(other.xx_[i]);
  for (std::size_t i = 0; i < xy_.size(); ++i) xy_[i].add(other.xy_[i]);
}

void ControlSums::subtract(const ControlSums& other) {
  for (std::size_t i = 0; i < x_.size(); ++i) x_[i] -= other.x_[i];
  for (std::size_t i = 0; i < xx_.size(); ++i) engine::subtract(xx_[i], other.xx_[i]);
  for (std::size_t i = 0; i < xy_.size(); ++i) engine::subtract(xy_[i], other.xy_[i]);
}

void ControlSums::take(std::span<const std::size_t> list, const ControlSums& other) {
  for (const std::size_t a : list) {
    x_[a] = other.x_[a];
    for (const std::size_t b : list) {
      if (a <= b) xx_[a * controls_ + b] = other.xx_[a * controls_ + b];
    }
  }
}

}  // namespace sojourn::engine
