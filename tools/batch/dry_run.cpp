#include "tools/batch/dry_run.h"

#include "engine/base/sha256.h"
#include "engine/walk/chunks.h"
#include "tools/batch/journeys.h"
#include "tools/batch/rows.h"
#include "tools/batch/study_folder.h"
#include "tools/json/json_parts.h"
#include "tools/program/exit_code.h"
#include "tools/program/interrupt.h"
#include "tools/program/version.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/table.h"

#include <sys/resource.h>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sojourn::tools {
namespace {

struct Estimate {
  double row_seconds = 0, seconds = 0;
  double memory_bytes = 0, units_bytes = 0, result_bytes = 0;
};

double resident_bytes() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return 1024.0 * static_cast<double>(usage.ru_maxrss);
}

/// Of the largest unit.
double unit_bytes(const StudyWork& work) {
  const double row = static_cast<double>(work.layout().values) * sizeof(double);
  const double journeys = static_cast<double>(work.study().agents * work.scenarios() * journey_bytes());
  return static_cast<double>(work.unit_plan().rows_per_unit) * (row + (work.study().keep.agents ? journeys : 0));
}

/// What the result's writing and its analysis hold: a unit as it is read, a chunk of each array, and some figures of every run.
double memory_to_publish(const StudyWork& work) {
  constexpr double chunk = 1 << 20, analysed = 6 * kStudyStatistics * sizeof(double);
  double chunks = 0;
  for (const LayoutTable& table : work.layout().tables) {
    const double row = static_cast<double>(table.count) * sizeof(double);
    // At least a point with all its replications is held.
    chunks += std::min(row * static_cast<double>(work.rows()),
                       std::max(chunk, row * static_cast<double>(work.replications())));
  }
  if (work.study().keep.agents)
    chunks += chunk * static_cast<double>(journey_columns().size() + journey_indices().size());
  const auto runs = static_cast<double>(work.rows() * work.scenarios());
  return 3 * unit_bytes(work) + 2 * chunks + 2 * runs * analysed;
}

Estimate estimate(const StudyWork& work, int threads, std::uint64_t units_there) {
  Estimate estimate;
  const double before = resident_bytes();
  const StudyWork::Trial trial = work.try_a_row();
  estimate.row_seconds = trial.fixed_seconds + trial.seconds_per_agent * static_cast<double>(work.study().agents);
  const auto rows = static_cast<double>(work.rows());
  const double left = 1 - static_cast<double>(units_there) / static_cast<double>(work.unit_plan().units());
  estimate.seconds = rows * left * estimate.row_seconds / std::min<double>(threads, rows);
  const double values = rows * static_cast<double>(work.layout().values) * sizeof(double);
  const double of_a_worker = resident_bytes() - before;
  const double journeys =
      work.study().keep.agents ? rows * static_cast<double>(work.study().agents * work.scenarios()) : 0;
  const double working = resident_bytes() + of_a_worker * (threads - 1) + threads * 2 * unit_bytes(work);
  estimate.memory_bytes = std::max(working, before + memory_to_publish(work));
  estimate.units_bytes = values + journeys * static_cast<double>(journey_bytes()) + rows * 100 +
                         static_cast<double>(work.unit_plan().units()) * 4096;
  estimate.result_bytes = values + journeys * static_cast<double>(journey_result_bytes()) + 200'000;
  return estimate;
}

std::string bytes_in_words(double bytes, const Look& look) {
  if (bytes >= 1e9) return decimal(bytes / 1e9, 1, look) + " GB";
  return decimal(std::max(0.1, bytes / 1e6), 1, look) + " MB";
}

std::string page(const StudyWork& work, const Estimate& estimate, int threads, std::uint64_t units_there,
                 const Look& look) {
  Table table({{"", Align::left, 30, 2}, {""}});
  const auto count = [&](std::uint64_t value) { return whole(value, look); };
  table.row({look.say("Points"), count(work.points())});
  table.row({look.say("Replications of each"), count(work.replications())});
  table.row({look.say("Runs"), count(work.rows())});
  table.row({look.say("Journeys of each customer"), count(work.scenarios())});
  table.row({look.say("Customers in a run"), count(work.study().agents)});
  table.row({look.say("Units"), count(work.unit_plan().units())});
  if (units_there > 0) table.row({look.say("of these there already"), count(units_there)});
  table.row({look.say("Time, with {0} threads", {std::to_string(threads)}), duration(estimate.seconds / 3600, look)});
  table.row({look.say("Memory needed"), bytes_in_words(estimate.memory_bytes, look)});
  table.row({look.say("Disk, while it runs"), bytes_in_words(estimate.units_bytes, look)});
  table.row({look.say("Disk, the result"), bytes_in_words(estimate.result_bytes, look)});
  return table.text(look);
}

std::string document(const StudyWork& work, const Estimate& estimate, int threads, std::uint64_t units_there) {
  const models::Study& study = work.study();
  const Json json = {{"format", "sojourn.batch/1"},
                     {"program", program_name()},
                     {"study", stamp_json({study.title, study.source->name, engine::sha256(study.source->text)})},
                     {"study_digest", engine::digest_of(work.manifest())},
                     {"dry_run", true},
                     {"points", work.points()},
                     {"replications", work.replications()},
                     {"runs", work.rows()},
                     {"scenarios", work.scenarios() - 1},
                     {"agents", study.agents},
                     {"units", {{"of_study", work.unit_plan().units()}, {"found", units_there}}},
                     {"performance",
                      {{"threads", threads},
                       {"seconds_of_a_run", estimate.row_seconds},
                       {"seconds", estimate.seconds},
                       {"memory_bytes", estimate.memory_bytes},
                       {"units_bytes", estimate.units_bytes},
                       {"result_bytes", estimate.result_bytes}}}};
  return json_text(json);
}

}  // namespace

int dry_run(const StudyWork& work, const std::string& folder, int threads, const OutputPlan& outputs,
            const Console& console) {
  const int workers = engine::worker_count({.threads = threads});
  const std::uint64_t units_there = std::min(count_units_in(folder, work.manifest()), work.unit_plan().units());
  const Estimate found = estimate(work, workers, units_there);
  if (outputs.json) write_document(outputs, document(work, found, workers, units_there), console);
  if (!outputs.json_on_stdout() && console.talks())
    console.print(page(work, found, workers, units_there, console.out()));
  return exit_code::ok;
}

}  // namespace sojourn::tools
