#pragma once
// One line on a terminal that says how far a run is and how long it will take; nothing anywhere else.

#include "tools/program/console.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace sojourn::tools {

/// "45,000 of 100,000 customers, 3 s left". `seconds`: since the start.
std::string progress_line(std::uint64_t done, std::uint64_t planned, double seconds, const Look& look,
                          Phrase of = "{0} of {1} customers");

class Progress {
 public:
  /// `of`: what is counted.
  explicit Progress(const Console& console, Phrase of = "{0} of {1} customers")
      : console_(console), of_(of), started_(Clock::now()) {}
  /// Wipes the line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// At most ten times a second, and not in the first moment: a short run shows nothing.
  void show(std::uint64_t done, std::uint64_t planned);
  double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;
  void draw(const std::string& line);

  const Console& console_;
  Phrase of_;
  Clock::time_point started_;
  double drawn_at_ = 0;          // seconds
  std::size_t drawn_width_ = 0;  // columns that are to be wiped
};

}  // namespace sojourn::tools
