#include "tools/batch/batch_job.h"

#include "engine/base/contract.h"
#include "engine/base/io_error.h"
#include "engine/base/sha256.h"
#include "engine/store/range_lock.h"
#include "engine/store/safe_file.h"
#include "engine/store/temporary.h"
#include "engine/walk/chunks.h"
#include "models/study/read.h"
#include "models/text/number.h"
#include "tools/archive/posterior_archive.h"
#include "tools/batch/journeys.h"
#include "tools/output/csv_text.h"
#include "tools/program/interrupt.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/text.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <set>
#include <system_error>

namespace sojourn::tools {
namespace {

namespace fs = std::filesystem;
using engine::Access;
using engine::Existing;
using engine::IoError;

/// Rows longer than this get all threads, one after the other; of shorter ones each thread has its own.
constexpr std::uint64_t kLongRow = 20'000'000;  // journeys

std::string without_ending(const std::string& study) {
  for (const std::string_view ending : {".yaml", ".yml", ".json"})
    if (study.size() > ending.size() && study.ends_with(ending)) return study.substr(0, study.size() - ending.size());
  return study;
}

std::string digest_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw IoError(Access::read, "open", path, errno);
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) throw IoError(Access::read, "read", path, EIO);
  return engine::sha256(bytes);
}

/// Takes rows that another study has made already, and makes the others.
class KnownRows : public RowMaker {
 public:
  KnownRows(const StudyWork& work, const std::map<std::string, Row>& known, std::unique_ptr<RowMaker> maker,
            std::atomic<std::uint64_t>& taken)
      : work_(work), known_(known), maker_(std::move(maker)), taken_(taken) {}

  std::optional<Row> make(std::uint64_t row, const std::function<bool()>& wanted) override {
    const auto found = known_.find(work_.row_digest(row));
    if (found == known_.end()) return maker_->make(row, wanted);
    ++taken_;
    return found->second;
  }

 private:
  const StudyWork& work_;
  const std::map<std::string, Row>& known_;
  std::unique_ptr<RowMaker> maker_;
  std::atomic<std::uint64_t>& taken_;
};

/// Rows of agents are held in memory unit by unit.
void refuse_too_many_rows(const StudyWork& work) {
  const std::uint64_t most = kMostJourneyRows / work.scenarios();
  const std::uint64_t of_a_unit = work.study().agents * work.scenarios() * work.unit_plan().rows_per_unit;
  if (!work.study().keep.agents || of_a_unit <= kMostJourneyRows) return;
  models::Diagnostics diagnostics;
  diagnostics.error({work.study().source},
                    "'keep' names agents, and there are " + std::to_string(work.study().agents) + " of them in a run",
                    "a run whose agents are kept has at most " + std::to_string(most) + " here, each with " +
                        std::to_string(work.scenarios()) + " journeys",
                    "Say 'agents: " + std::to_string(most) + "' and more replications, or leave agents out of 'keep'");
  throw models::InputError(std::move(diagnostics));
}

class Job {
 public:
  Job(const StudyWork& work, const BatchRequest& request, const Console& console)
      : work_(work),
        request_(request),
        console_(console),
        folder_(request.folder, work.manifest(), work.unit_plan()),
        units_(units_of(request.shard, work.unit_plan().units())) {}

  BatchOutcome carry_out() {
    const Graceful graceful;
    folder_.open_for_writing(request_.study);
    const engine::RangeLock lock(request_.folder, units_.first, units_.last, engine::RangeLock::Taken::wait_a_moment);
    folder_.sweep(units_);
    outcome_.units = units_;
    std::uint64_t rows = 0;
    UnitQueue queue;
    for (std::uint64_t unit = units_.first; unit < units_.last && stop_signal() == 0; ++unit) {
      if (is_done(unit)) continue;
      queue.add(unit);
      rows += work_.unit_plan().rows_of(unit).size();
    }
    all_seen_ = stop_signal() == 0;
    queue.close();
    tell_bad();
    if (go_on()) find_rows_of_fork();
    if (go_on()) run(queue, rows);
    outcome_.stopped = !go_on();
    write_failures();
    return std::move(outcome_);
  }

 private:
  bool go_on() const {
    return stop_signal() == 0 && (outcome_.failures.empty() || request_.on_error == BatchRequest::OnError::finish);
  }

  /// Whole, and so not to be made again.
  bool is_done(std::uint64_t unit) {
    const auto reading = folder_.read(unit, [&](std::uint64_t row) { return work_.row_digest(row); });
    if (!reading.problem.empty()) {
      if (reading.problem != engine::UnitFolder::kMissing) outcome_.bad.push_back({unit, reading.problem});
      return false;
    }
    ++outcome_.found;
    note_failures(unit, reading.rows);
    return true;
  }

  void note_failures(std::uint64_t unit, const std::vector<Row>& rows) {
    const std::uint64_t first = work_.unit_plan().rows_of(unit).first;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (!rows[i].failure.empty()) outcome_.failures.push_back({first + i, rows[i].failure});
  }

  void tell_bad() const {
    constexpr std::size_t shown = 10;
    for (std::size_t i = 0; i < outcome_.bad.size() && i < shown; ++i) {
      console_.say(console_.err().say("sojourn: unit {0} is made again: {1}\n",
                                      {std::to_string(outcome_.bad[i].unit), outcome_.bad[i].why}));
    }
    if (outcome_.bad.size() > shown) {
      console_.say(
          console_.err().say("sojourn: so are {0} more\n", {whole(outcome_.bad.size() - shown, console_.err())}));
    }
  }

  void find_rows_of_fork() {
    if (!request_.fork_of) return;
    std::set<std::string> wanted;
    for (std::uint64_t unit = units_.first; unit < units_.last; ++unit) {
      const IndexRange rows = work_.unit_plan().rows_of(unit);
      for (std::uint64_t row = rows.first; row < rows.last; ++row) wanted.insert(work_.row_digest(row));
    }
    each_row_in(*request_.fork_of, [&](Row row) {
      if (wanted.contains(row.digest)) known_.emplace(row.digest, std::move(row));
    });
  }

  void run(UnitQueue& queue, std::uint64_t rows) {
    BatchProgress progress(work_, rows, request_.progress, console_);
    const int threads = engine::worker_count({.threads = request_.threads});
    const bool long_rows = work_.study().agents * work_.scenarios() >= kLongRow && !work_.study().precision;
    UnitWork crew;
    crew.plan = work_.unit_plan();
    crew.workers = long_rows ? 1 : threads;
    const int each = long_rows ? threads : 1;
    crew.maker = [&, each]() -> std::unique_ptr<RowMaker> {
      if (known_.empty()) return work_.maker(each);
      return std::make_unique<KnownRows>(work_, known_, work_.maker(each), taken_);
    };
    crew.done = [&](std::uint64_t unit, const std::vector<Row>& made) {
      const bool fails = std::ranges::any_of(made, [](const Row& row) { return !row.failure.empty(); });
      if (!fails || request_.on_error == BatchRequest::OnError::finish) folder_.write(unit, made);
      const std::lock_guard lock(mutex_);
      progress.add(made);
      ++outcome_.made;
      if (!fails) return;
      note_failures(unit, made);
      failed_ = true;
    };
    crew.look = [&] {
      if (request_.helpers != nullptr) request_.helpers->look(queue, crew.done);
      progress.show();
      return stop_signal() == 0 && (!failed_ || request_.on_error == BatchRequest::OnError::finish);
    };
    if (request_.helpers != nullptr) {
      crew.more_elsewhere = [&] { return request_.helpers->are_working(); };
      crew.look_every_ms = 2;
    }
    run_units(crew, queue);
    outcome_.taken_over = taken_;
    outcome_.seconds = progress.seconds();
  }

  std::string failures_path() const {
    const Shard& shard = request_.shard;
    const std::string part = shard.is_whole() ? "" : "-" + std::to_string(shard.k) + "-of-" + std::to_string(shard.n);
    return request_.folder + "/failures" + part + ".csv";
  }

  /// Which rows failed, with what, and how each is made again; no file where none did.
  void write_failures() {
    if (!all_seen_) return;  // what is written there may be truer
    std::ranges::sort(outcome_.failures, {}, &FailedRow::row);
    const std::string path = failures_path();
    engine::sweep_temporaries(path);
    if (outcome_.failures.empty()) {
      std::error_code error;
      fs::remove(path, error);
      if (error) throw IoError(Access::write, "take away what is not true any more", path, error.value());
      return;
    }
    std::string text = "point,replication";
    for (const models::Factor& factor : work_.study().factors) text += "," + csv_cell(factor.address);
    text += ",failure,command\n";
    for (const FailedRow& failed : outcome_.failures) {
      const std::uint64_t point = work_.point_of(failed.row);
      text += std::to_string(point) + "," + std::to_string(work_.replication_of(failed.row));
      for (const double value : work_.point(point, 0).values)
        text += "," + (std::isnan(value) ? "" : models::shortest(value == 0 ? 0.0 : value));
      text += "," + csv_cell(failed.why) + "," + csv_cell(rerun_command(request_.study, work_, failed.row)) + "\n";
    }
    engine::write_file(path, Existing::replace, text);
  }

  const StudyWork& work_;
  const BatchRequest& request_;
  const Console& console_;
  StudyFolder folder_;
  IndexRange units_;
  bool all_seen_ = false;  // whether every unit was looked at
  BatchOutcome outcome_;
  std::map<std::string, Row> known_;  // by digest
  std::atomic<std::uint64_t> taken_ = 0;
  std::atomic<bool> failed_ = false;
  std::mutex mutex_;
};

}  // namespace

std::unique_ptr<StudyWork> read_study_work(const std::string& path, Warnings& warnings) {
  models::Study study = models::read_study_file(path);
  std::optional<models::PosteriorDraws> posterior;
  std::string digest;
  if (study.posterior) {
    digest = digest_of_file(study.posterior->file);
    posterior = read_posterior(study.posterior->file);
    if (digest_of_file(study.posterior->file) != digest) {
      throw IoError(Access::read, "read (it changed meanwhile)", study.posterior->file, EBUSY);
    }
  }
  auto plan = std::make_shared<const models::Plan>(std::move(study), std::move(posterior));
  warnings.say(plan->warnings());
  auto work = std::make_unique<StudyWork>(std::move(plan), digest);
  refuse_too_many_rows(*work);
  return work;
}

std::string default_folder(const std::string& study) { return without_ending(study) + ".batch"; }
std::string default_result(const std::string& study) { return without_ending(study) + ".h5"; }

BatchOutcome carry_out(const StudyWork& work, const BatchRequest& request, const Console& console) {
  return Job(work, request, console).carry_out();
}

std::string rerun_command(const std::string& study, const StudyWork& work, std::uint64_t row) {
  return "sojourn batch " + shell_word(study) + " --point " + std::to_string(work.point_of(row)) + " --replication " +
         std::to_string(work.replication_of(row));
}

}  // namespace sojourn::tools
