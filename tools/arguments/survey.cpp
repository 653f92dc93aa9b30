#include "tools/arguments/survey.h"

namespace sojourn::tools {

void SurveyOptions::declare(Arguments& arguments) {
  arguments.text(mapping, "--mapping", "FILE.yaml", "what the columns mean, written down");
  arguments.text(columns[0], "--score-column", "COLUMN", "the survey's column of the answers 0 to 10");
  arguments.text(columns[1], "--persona-column", "COLUMN", "the survey's column of the persona or segment");
  arguments.text(columns[2], "--touchpoint-column", "COLUMN",
                 "the survey's column of the touchpoint that was asked about (none: the whole journey)");
  arguments.text(columns[3], "--period-column", "COLUMN", "the survey's column of the wave, month or date");
  arguments.text(columns[4], "--weight-column", "COLUMN", "the survey's column of the rows' weights");
  arguments.text(columns[5], "--case-column", "COLUMN", "the survey's column of whose answer it is");
  arguments.choice(bad_rows, "--bad-rows", {"fail", "skip"},
                   "rows that cannot be read: none may be, or any number (up to 1 % are left out)");
}

models::Mapping SurveyOptions::read() const {
  models::Mapping to = mapping ? models::read_mapping_file(*mapping) : models::Mapping();
  for (std::size_t i = 0; i < roles.size(); ++i) {
    if (columns[i]) to.survey[roles[i]] = *columns[i];
  }
  if (columns[1]) to.personas.clear();  // the column that is named goes before the mapping's rules
  return to;
}

models::BadRows SurveyOptions::allowed() const { return bad_rows_of(bad_rows); }

models::BadRows bad_rows_of(const std::optional<std::string>& said) {
  if (!said) return models::BadRows::few;
  return *said == "fail" ? models::BadRows::fail : models::BadRows::skip;
}

}  // namespace sojourn::tools
