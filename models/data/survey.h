#pragma once
// Survey answers: one row an answer, or histograms.

#include "models/data/mapping.h"
#include "models/data/rejects.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::models {

/// A rated item beside the score.
struct Rating {
  enum class Kind { rated, blank, never_used };
  Kind kind = Kind::blank;
  double value = 0;  // as in the table
};

/// One answer. The texts live until the next.
struct Answer {
  std::size_t line = 0;
  std::optional<int> score;                               // 0..10; nothing: left blank
  std::string_view persona, touchpoint, period, case_id;  // empty: not said
  double weight = 1;                                      // >= 0
  std::vector<Rating> ratings;                            // as SurveyShape::ratings
};

/// A row of counts: how many of `persona` gave which answer at `touchpoint` in `period`.
struct AnswerCounts {
  std::string persona, touchpoint, period;  // empty: all
  std::array<double, 11> count{};           // [score]
  std::size_t line = 0;
};

/// What was found in the file, for the report.
struct SurveyShape {
  enum class Form { plain, qualtrics, surveymonkey };
  Form form = Form::plain;
  std::map<std::string, std::string, std::less<>> columns;  // role to column
  std::vector<std::string> ratings;                         // touchpoints, in the mapping's order
  char decimal = '.';                                       // sign of the weights and ratings
};

/// Whether the table's columns are counts of the answers 0 to 10 (or n0 to n10), not answers.
bool holds_histograms(const std::string& path, const Mapping& mapping);

/// Answers, row by row, in memory for one row. Qualtrics' two further header rows (questions, and {"ImportId": ...}) and
/// SurveyMonkey's second (Response, ...) are seen as such; NPS groups and other things computed from a score are never taken
/// for it. Where the mapping has rules for personas, they say an answer's persona: that of the first rule that fits, else none. Rows that
/// cannot be read go to `rejects`. Throws MissingFile, InputError.
SurveyShape read_answers(const std::string& path, const Mapping& mapping, Rejects& rejects,
                         const std::function<void(const Answer&)>& on_answer);

/// A table with columns 0 to 10 (or n0 to n10), and persona, touchpoint, period if there are such. Or a table of observations with a column
/// `address` (models/score/observed.h), of which rows with answers are read: nps and personas.ID.nps. Throws as above.
std::vector<AnswerCounts> read_histograms(const std::string& path, const Mapping& mapping);

}  // namespace sojourn::models
