#include "models/drivers/baseline.h"

namespace sojourn::models {

void PilotMeans::add(Sums& to, const MetricRow& metrics) {
  to.count += 1;
  for (std::size_t m = 0; m < kColumns; ++m) to.sum[m] += metrics[m];
}

void PilotMeans::add(const Tape& tape) {
  const std::size_t first = tape.group * (nodes_ + 1);
  add(sums_.back(), tape.metrics);
  add(sums_[first], tape.metrics);
  for (const TapeVisit& one : tape.visits) {
    MetricRow to_come = tape.metrics;
    to_come[static_cast<std::size_t>(DriverMetric::cost)] -= one.cost;
    add(sums_[first + 1 + one.visit.node], to_come);
  }
}

void PilotMeans::add(const PilotMeans& other) {
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    sums_[i].count += other.sums_[i].count;
    for (std::size_t m = 0; m < kColumns; ++m) sums_[i].sum[m] += other.sums_[i].sum[m];
  }
}

MetricRow PilotMeans::mean(const Sums& sums, const Sums& where_none) {
  const Sums& used = sums.count > 0 ? sums : where_none;
  MetricRow row{};
  if (used.count == 0) return row;
  for (std::size_t m = 0; m < kColumns; ++m) row[m] = used.sum[m] / used.count;
  return row;
}

}  // namespace sojourn::models
