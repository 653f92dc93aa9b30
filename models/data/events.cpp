#include "models/data/events.h"

#include "models/data/columns.h"
#include "models/data/detail/when.h"
#include "models/data/detail/xes.h"
#include "models/text/input_file.h"
#include "models/text/utf8.h"

#include <algorithm>

namespace sojourn::models {
namespace {

const std::vector<ColumnRole> roles = {
    {"case",
     "--case",
     true,
     false,
     {"case_concept_name", "case_id", "caseid", "case", "case_identifier", "trace", "trace_id", "session_id", "session",
      "customer_journey_id", "journey_id"}},
    {"activity",
     "--activity",
     true,
     true,
     {"concept_name", "activity", "activity_name", "touchpoint", "event", "event_name", "task", "step", "activity_id"}},
    {"time",
     "--time",
     true,
     false,
     {"start_timestamp", "start_time", "time_start", "started_at", "start", "time_timestamp", "timestamp", "time",
      "event_time", "datetime", "date_time", "date", "complete_timestamp", "end_timestamp", "end_time"}},
    {"end",
     "--end",
     false,
     false,
     {"end_timestamp", "end_time", "time_end", "complete_timestamp", "completion_time", "completed_at", "ended_at",
      "end", "time_timestamp"}},
    {"persona", "--persona", false, true, {"case_persona", "persona", "case_segment", "segment"}},
    {"outcome", "--outcome", false, true, {"case_outcome", "outcome"}},
    {"lifecycle", "", false, false, {"lifecycle_transition", "lifecycle"}}};

class Table {
 public:
  Table(InputFile& file, const Mapping& mapping, Rejects& rejects)
      : reader_([&file](char* to, std::size_t room) { return file.read(to, room); }),
        mapping_(mapping),
        rejects_(rejects),
        source_(std::make_shared<const SourceText>(SourceText{file.path(), {}})) {}

  EventShape run(const std::function<void(const EventRow&)>& on_row) {
    Diagnostics found;
    header(found);
    found.refuse_if_errors();
    CsvRecord record;
    while (reader_.next(record)) {
      rejects_.row();
      ++shape_.rows;
      if (!fits(record, width_, reader_.delimiter()) || !record.problems.empty()) {
        const CsvProblem& problem = record.problems.front();
        rejects_.reject(problem.line, problem.refusal.what, problem.refusal.suggestion);
        continue;
      }
      read(record, on_row);
    }
    return std::move(shape_);
  }

 private:
  void header(Diagnostics& found) {
    if (const auto& foreign = reader_.foreign()) {
      return found.error({source_, 0, 0, 1}, foreign->what, foreign->why, foreign->suggestion);
    }
    CsvRecord record;
    if (!reader_.next(record)) {
      found.error({source_, 0, 0, 1}, "the table is empty", "", "Its first line names the columns");
      return;
    }
    for (const CsvProblem& problem : record.problems) {
      found.error({source_, problem.line, problem.column, problem.length}, problem.refusal.what, problem.refusal.why,
                  problem.refusal.suggestion);
    }
    width_ = record.cells.size();
    if (found.has_errors()) return;  // names that cannot be read
    for (const auto& [role, column] : find_columns(record.cells, roles, mapping_.events, source_, found)) {
      shape_.columns[role] = record.cells[column].text;
      columns_[role] = column;
    }
  }

  /// Empty where there is no such column, or a code for nothing stands there.
  std::string_view cell(const CsvRecord& record, std::string_view role) const {
    const auto column = columns_.find(role);
    if (column == columns_.end()) return {};
    const std::string& text = record.cells[column->second].text;
    return mapping_.blank.contains(text) ? std::string_view() : std::string_view(text);
  }

  void read(const CsvRecord& record, const std::function<void(const EventRow&)>& on_row) {
    EventRow row;
    row.line = record.line();
    row.case_id = cell(record, "case");
    row.activity = cell(record, "activity");
    row.persona = cell(record, "persona");
    row.outcome = cell(record, "outcome");
    if (row.case_id.empty()) return rejects_.reject(row.line, "no case is named");
    if (row.activity.empty()) return rejects_.reject(row.line, "no activity is named");
    if (detail::read_when(row, cell(record, "lifecycle"), cell(record, "time"), cell(record, "end"), shape_, rejects_))
      on_row(row);
  }

  CsvReader reader_;
  const Mapping& mapping_;
  Rejects& rejects_;
  Source source_;
  std::size_t width_ = 0;
  std::map<std::string, std::size_t, std::less<>> columns_;
  EventShape shape_;
};

bool is_xml(const std::string& path) {
  InputFile file(path);
  char first[64];
  const std::string_view text(first, file.read(first, sizeof first));
  const std::size_t at = text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  return at != std::string_view::npos && text[at] == '<';
}

}  // namespace

EventShape read_events(const std::string& path, const Mapping& mapping, Rejects& rejects,
                       const std::function<void(const EventRow&)>& on_row) {
  if (is_xml(path)) return detail::read_xes(path, mapping, rejects, on_row);
  InputFile file(path);
  return Table(file, mapping, rejects).run(on_row);
}

}  // namespace sojourn::models
