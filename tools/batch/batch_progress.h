#pragma once
// How far a study is: a line on a terminal, a line every half minute elsewhere, or lines of JSON.

#include "tools/batch/rows.h"
#include "tools/batch/study_work.h"
#include "tools/program/console.h"

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

namespace sojourn::tools {

class BatchProgress {
 public:
  enum class Form { lines, json };
  /// `planned`: rows that are to be made.
  BatchProgress(const StudyWork& work, std::uint64_t planned, Form form, const Console& console);
  /// Wipes the line.
  ~BatchProgress();
  BatchProgress(const BatchProgress&) = delete;
  BatchProgress& operator=(const BatchProgress&) = delete;

  /// From any thread.
  void add(const std::vector<Row>& rows);
  /// Says how it stands, when it is time to.
  void show();
  double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;
  std::string line(const Look& look) const;
  std::string json_line() const;

  const StudyWork& work_;
  const Console& console_;
  Form form_;
  std::uint64_t planned_;
  Clock::time_point started_ = Clock::now();
  double said_at_ = 0;
  std::size_t drawn_width_ = 0;

  mutable std::mutex mutex_;
  std::uint64_t done_ = 0, failed_ = 0;
  std::vector<double> nps_;  // [scenario] sum over the rows done
};

}  // namespace sojourn::tools
