#include "engine/tally/control_sums.h"

#include <algorithm>

namespace sojourn::engine {
namespace {

bool are_narrow(std::span<const std::int64_t> numbers) { return std::ranges::all_of(numbers, is_narrow); }

}  // namespace

void ControlSums::add(std::span<const std::int64_t> x, std::span<const std::int64_t> y, std::size_t agents) {
  if (agents > 1 && !(are_narrow(x) && are_narrow(y))) {
    std::vector<std::int64_t> one_x(controls_), one_y(controlled_);
    for (std::size_t i = 0; i < agents; ++i) {
      for (std::size_t a = 0; a < controls_; ++a) one_x[a] = x[a * agents + i];
      for (std::size_t b = 0; b < controlled_; ++b) one_y[b] = y[b * agents + i];
      add(one_x, one_y);
    }
    return;
  }
  const auto product = [&](const std::int64_t* left, const std::int64_t* right) {
    Int128 sum = 0;
    for (std::size_t i = 0; i < agents; ++i) sum += static_cast<Int128>(left[i]) * right[i];
    return sum;
  };
  for (std::size_t a = 0; a < controls_; ++a) {
    const std::int64_t* of_a = x.data() + a * agents;
    if (std::all_of(of_a, of_a + agents, [](std::int64_t value) { return value == 0; })) continue;
    for (std::size_t i = 0; i < agents; ++i) x_[a] += of_a[i];
    for (std::size_t b = a; b < controls_; ++b) xx_[a * controls_ + b].add(product(of_a, x.data() + b * agents));
    for (std::size_t b = 0; b < controlled_; ++b) {
      xy_[a * controlled_ + b].add(product(of_a, y.data() + b * agents));
    }
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
