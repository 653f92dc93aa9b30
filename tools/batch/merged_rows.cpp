#include "tools/batch/merged_rows.h"

#include "engine/base/contract.h"
#include "engine/store/format_error.h"
#include "tools/program/interrupt.h"
#include "tools/terminal/text.h"

namespace sojourn::tools {

using engine::FormatError;

MergedRows::MergedRows(const StudyWork& work, const std::string& study, const std::vector<std::string>& folders)
    : work_(work), study_(study) {
  for (const std::string& path : folders) {
    folders_.emplace_back(path, work.manifest(), work.unit_plan());
    folders_.back().open_for_reading(study);
  }
  const auto digest_of = [&](std::uint64_t row) { return work.row_digest(row); };
  for (std::uint64_t unit = 0; unit < work.unit_plan().units(); ++unit) {
    throw_if_stopped();
    std::size_t owner = folders_.size();
    std::vector<Row> rows;
    std::string problem{engine::UnitFolder::kMissing};
    for (std::size_t f = 0; f < folders_.size(); ++f) {
      StudyFolder::Reading reading = folders_[f].read(unit, digest_of);
      if (!reading.problem.empty()) {
        if (reading.problem != engine::UnitFolder::kMissing) problem = reading.problem;
      } else if (owner == folders_.size()) {
        owner = f;
        rows = std::move(reading.rows);
      } else if (rows_payload(reading.rows) != rows_payload(rows)) {  // bits: a NaN equals itself
        throw FormatError(folders_[f].path(),
                          "unit " + std::to_string(unit) + " differs from that in " + folders_[owner].path(),
                          "the same work gave two results, so one of two machines or builds computes wrongly",
                          "Find out which, take its folder away and run its part again");
      }
    }
    whose_.push_back(owner);
    note(unit, rows);
    if (owner == folders_.size()) missing_.push_back({unit, problem});
  }
}

void MergedRows::note(std::uint64_t unit, const std::vector<Row>& rows) {
  facts_.agents.resize(work_.rows(), 0);
  const std::uint64_t first = work_.unit_plan().rows_of(unit).first;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    facts_.agents[first + i] = rows[i].agents;
    if (!rows[i].failure.empty()) facts_.failures.emplace(first + i, rows[i].failure);
  }
}

void MergedRows::expect_complete() const {
  if (missing_.empty()) return;
  std::vector<std::uint64_t> units;
  std::string damaged;
  for (const BadUnit& one : missing_) {
    units.push_back(one.unit);
    if (damaged.empty() && one.why != engine::UnitFolder::kMissing)
      damaged = "; unit " + std::to_string(one.unit) + ": " + one.why;
  }
  throw FormatError(
      folders_.front().path(),
      std::to_string(missing_.size()) + " of " + std::to_string(whose_.size()) + " units of the study are not there",
      "units " + ranges_in_words(units) + damaged,
      "'sojourn batch " + shell_word(study_) + "' makes them, and so does the --shard that they belong to");
}

const Row& MergedRows::row(std::uint64_t row) {
  SOJOURN_EXPECT(has(row), "a row that is there");
  const std::uint64_t unit = row / work_.unit_plan().rows_per_unit;
  if (unit != unit_) {
    auto reading = folders_[whose_[unit]].read(unit, [&](std::uint64_t r) { return work_.row_digest(r); });
    if (!reading.problem.empty()) {
      throw FormatError(folders_[whose_[unit]].path(),
                        "unit " + std::to_string(unit) + " has just been whole and is not now", reading.problem,
                        "The device may be failing. Start again");
    }
    rows_ = std::move(reading.rows);
    unit_ = unit;
  }
  return rows_[row - work_.unit_plan().rows_of(unit).first];
}

std::string ranges_in_words(const std::vector<std::uint64_t>& ascending, std::size_t most) {
  std::string text;
  std::size_t parts = 0;
  for (std::size_t i = 0; i < ascending.size(); ++parts) {
    std::size_t last = i;
    while (last + 1 < ascending.size() && ascending[last + 1] == ascending[last] + 1) ++last;
    if (parts == most) return text + " ...";
    text += (text.empty() ? "" : ", ") + std::to_string(ascending[i]);
    if (last > i) text += " to " + std::to_string(ascending[last]);
    i = last + 1;
  }
  return text;
}

}  // namespace sojourn::tools
