#include "engine/tally/control_sums.h"

namespace sojourn::engine {

void ControlSums::add(std::span<const std::int64_t> x, std::span<const std::int64_t> y) {
  for (std::size_t a = 0; a < controls_; ++a) {
    if (x[a] == 0) continue;
    x_[a] += x[a];
    for (std::size_t b = a; b < controls_; ++b) xx_[a * controls_ + b].add_product(x[a], x[b]);
    for (std::size_t b = 0; b < controlled_; ++b) xy_[a * controlled_ + b].add_product(x[a], y[b]);
  }
}

void ControlSums::add(std::span<const std::int64_t> x, const ProductSums& products) {
  for (std::size_t a = 0; a < controls_; ++a) {
    x_[a] += x[a];
    for (std::size_t b = a; b < controls_; ++b) xx_[a * controls_ + b].add(products.sum(a, b));
    for (std::size_t b = 0; b < controlled_; ++b) xy_[a * controlled_ + b].add(products.sum(a, controls_ + b));
  }
}

void ControlSums::add(const ControlSums& other) {
  for (std::size_t i = 0; i < x_.size(); ++i) x_[i] += other.x_[i];
  for (std::size_t i = 0; i < xx_.size(); ++i) xx_[i].add(other.xx_[i]);
  for (std::size_t i = 0; i < xy_.size(); ++i) xy_[i].add(other.xy_[i]);
}

void ControlSums::subtract(const ControlSums& other) {
  for (std::size_t i = 0; i < x_.size(); ++i) x_[i] -= other.x_[i];
  for (std::size_t i = 0; i < xx_.size(); ++i) xx_[i].subtract(other.xx_[i]);
  for (std::size_t i = 0; i < xy_.size(); ++i) xy_[i].subtract(other.xy_[i]);
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
