#include "models/data/rejects.h"

#include <fmt/format.h>

namespace sojourn::models {

void Rejects::reject(std::size_t line, std::string reason, std::string remedy) {
  ++rejected_;
  Reject one{line, std::move(reason), std::move(remedy)};
  if (on_reject_) on_reject_(one);
  if (first_.size() < shown) first_.push_back(std::move(one));
}

void Rejects::refuse_if_too_many(BadRows allowed, const Source& source, const std::string& kept) const {
  const bool too_many = allowed == BadRows::fail  ? rejected_ > 0
                        : allowed == BadRows::few ? 100 * rejected_ > rows_
                                                  : false;
  if (!too_many) return;
  Diagnostics found;
  for (const Reject& one : first_) found.error({source, one.line, 1, 1}, one.reason, "", one.remedy);
  found.error(
      {source, 0, 0, 1},
      fmt::format("{} of {} rows cannot be read ({:.1f} %)", rejected_, rows_,
                  100.0 * static_cast<double>(rejected_) / static_cast<double>(rows_)),
      allowed == BadRows::few ? "more than 1 % is more than slips" : "'--bad-rows fail' allows none",
      (kept.empty() ? std::string() : "All are listed in " + kept + ". ") + "'--bad-rows skip' goes on without them");
  found.refuse_if_errors();
}

}  // namespace sojourn::models
