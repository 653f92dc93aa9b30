#pragma once
// The product chain solved: how often each state is visited, within the visit limit.

#include "engine/solve/horizon.h"
#include "models/exact/detail/product.h"

#include <functional>

namespace sojourn::models::exact {

class Occupancy {
 public:
  Occupancy(const Product& product, std::uint32_t visit_limit, Reasons& reasons);

  /// Else nothing of this chain can be told.
  std::int32_t why() const { return why_; }
  const std::vector<double>& visits() const { return horizon_.visits; }            // [state]
  const std::vector<double>& time_visits() const { return horizon_.time_visits; }  // [state] ms: sum of E[t; visit]
  const std::vector<double>& at_limit() const { return horizon_.at_limit; }        // [state]
  double truncated() const { return horizon_.truncated; }
  /// E[N^8], N being the number of visits.
  double eighth_moment_of_visits() const;

  /// [group] share of agents that come to a state of the group at all; all unknown where that is too costly.
  std::vector<Known> reach(std::span<const std::uint32_t> group_of, std::uint32_t groups, Reasons& reasons) const;

  /// [state] sum over visits of a quantity that agents carry, before the visit. It begins with `begins`, and a step keeps
  /// 1 - follow[state] of it and adds `follow` times its gain, E[what it follows; this step], which is not negative.
  std::vector<double> carried(double begins, std::span<const double> follow,
                              const std::function<double(const ProductStep&)>& gain) const;

 private:
  bool is_cut() const { return horizon_.truncated > 1e-14; }

  const Product& product_;
  std::uint32_t limit_;
  std::int32_t why_ = kExact;
  engine::AbsorbingChain chain_;
  std::unique_ptr<engine::ChainSolver> solver_;
  engine::Horizon horizon_;
};

}  // namespace sojourn::models::exact
