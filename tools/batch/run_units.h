#pragma once
// Threads that take units from a queue and work on them, while the calling thread looks after everything else.

#include "tools/batch/rows.h"
#include "tools/batch/unit_plan.h"
#include "tools/batch/unit_queue.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace sojourn::tools {

/// Makes rows, one after the other; what neighbours have in common it may keep. Each is used by one thread.
class RowMaker {
 public:
  virtual ~RowMaker() = default;
  /// The row; nothing where `wanted` said no. What is wrong with the journey of a row is in the row.
  virtual std::optional<Row> make(std::uint64_t row, const std::function<bool()>& wanted) = 0;
};

struct UnitWork {
  UnitPlan plan;
  int workers = 1;
  std::function<std::unique_ptr<RowMaker>()> maker;                            // once a thread
  std::function<void(std::uint64_t unit, const std::vector<Row>& rows)> done;  // from any thread
  /// Again and again on the calling thread. False: the work is to stop.
  std::function<bool()> look;
  int look_every_ms = 50;
  /// While it is true the calling thread goes on looking although the workers have ended.
  std::function<bool()> more_elsewhere = [] { return false; };
};

/// Until the queue is closed and empty, or `look` said no: then what is being worked on is dropped, and false comes back. An exception
/// of a maker or of `done` stops all and is thrown again.
bool run_units(const UnitWork& work, UnitQueue& queue);

}  // namespace sojourn::tools
