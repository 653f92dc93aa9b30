#pragma once
// What control variates need beside the moments of scores: sums of products, exact and additive.

#include "engine/base/exact_sum.h"
#include "engine/tally/journey_sums.h"
#include "engine/tally/layout.h"
#include "engine/tally/product_sums.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sojourn::engine {

/// The value of a control for one agent.
inline std::int64_t control_value(const Control& control, const Ending& ending, std::span<const std::int64_t> scores) {
  switch (control.kind) {
    case Control::Kind::first: return ending.first == control.which ? 1 : 0;
    case Control::Kind::luck: return static_cast<std::int64_t>(ending.luck) - (std::int64_t{1} << 31);
    case Control::Kind::score: return scores[control.which];
  }
  return 0;
}

/// Sums over agents of controls x and of their products with each other and with the controlled scores y.
class ControlSums {
 public:
  explicit ControlSums(const Layout& layout)
      : controls_(layout.controls.size()),
        controlled_(layout.controlled.size()),
        x_(controls_, 0),
        xx_(controls_ * controls_),
        xy_(controls_ * controlled_) {}

  /// An agent's x, and its y.
  void add(std::span<const std::int64_t> x, std::span<const std::int64_t> y);
  /// Sums over some agents: of x, and of the products of each x with all x and, behind them, all y.
  void add(std::span<const std::int64_t> x, const ProductSums& products);
  void add(const ControlSums& other);
  /// Takes away what another one holds of the same agents.
  void subtract(const ControlSums& other);

  /// Takes the sums of x, and of products with no y and no control outside of `list`, from another one.
  void take(std::span<const std::size_t> list, const ControlSums& other);

  Sum x(std::size_t control) const { return x_[control]; }
  const WideSum& xx(std::size_t a, std::size_t b) const { return xx_[a < b ? a * controls_ + b : b * controls_ + a]; }
  const WideSum& xy(std::size_t control, std::size_t y) const { return xy_[control * controlled_ + y]; }

 private:
  std::size_t controls_, controlled_;
  std::vector<Sum> x_;
  std::vector<WideSum> xx_;  // [control][control], second not below first
  std::vector<WideSum> xy_;  // [control][controlled]
};

}  // namespace sojourn::engine
