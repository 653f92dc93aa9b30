#pragma once
// A study, carried out as far as it goes: what is there is verified, what is missing is made, and where all of it is there the result is
// written.

#include "tools/batch/batch_progress.h"
#include "tools/batch/study_folder.h"
#include "tools/batch/study_work.h"
#include "tools/job/inputs.h"
#include "tools/program/console.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sojourn::tools {

/// The study of a file, and of the posterior that it names. Throws MissingFile, InputError, FormatError.
std::unique_ptr<StudyWork> read_study_work(const std::string& path, Warnings& warnings);

/// Processes beside this one that work on the same study.
class Helpers {
 public:
  virtual ~Helpers() = default;
  /// Often, on the main thread: gives units of the queue away and hands what comes back to `done`.
  virtual void look(UnitQueue& queue,
                    const std::function<void(std::uint64_t unit, const std::vector<Row>& rows)>& done) = 0;
  /// Whether anything that was given away is still out.
  virtual bool are_working() const = 0;
};

struct BatchRequest {
  std::string study;                   // its file, as the user wrote it
  std::string folder;                  // --dir
  std::optional<std::string> fork_of;  // whose rows are taken where they fit
  Shard shard;
  enum class OnError { stop, finish } on_error = OnError::stop;
  int threads = 0;  // 0: all
  BatchProgress::Form progress = BatchProgress::Form::lines;
  Helpers* helpers = nullptr;
};

/// A row that came to nothing.
struct FailedRow {
  std::uint64_t row = 0;
  std::string why;
};

struct BatchOutcome {
  IndexRange units;                 // of the shard
  std::uint64_t found = 0;          // units that were there, whole
  std::uint64_t taken_over = 0;     // rows of the fork
  std::vector<BadUnit> bad;         // that were there and had to be made again
  std::uint64_t made = 0;           // units
  std::vector<FailedRow> failures;  // of the shard
  bool stopped = false;             // by a signal, or by a failure
  double seconds = 0;
};

/// The folder of a study: `--dir`, or the study's name with .batch, beside it.
std::string default_folder(const std::string& study);
std::string default_result(const std::string& study);

/// Does the work. Throws what StudyFolder and RangeLock throw, IoError.
BatchOutcome carry_out(const StudyWork& work, const BatchRequest& request, const Console& console);

/// "sojourn batch STUDY --point 3 --replication 0", which makes one row again and says what is wrong with it.
std::string rerun_command(const std::string& study, const StudyWork& work, std::uint64_t row);

}  // namespace sojourn::tools
