#pragma once
// The answers of a survey as a journey has them: whose (persona), about what (touchpoint), when (period).

#include "models/data/survey.h"
#include "models/journey/journey.h"
#include "models/survey/part_names.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sojourn::models {

/// Who gave a score. Indices are kNotSaid where the survey has no such column or the row nothing in it.
struct Respondent {
  std::uint32_t persona = kNotSaid;     // of the journey's, in file order
  std::uint32_t touchpoint = kNotSaid;  // as persona; kNotSaid: asked about the whole journey
  std::uint32_t period = kNotSaid;      // of Answers::periods
  std::uint32_t of_case = kNotSaid;     // of Answers::cases
  int score = 0;                        // 0..10
  double weight = 1;                    // >= 0
  std::vector<Rating> ratings = {};     // as Answers::rated; values on 0..10
};

/// The histogram of one persona, touchpoint and period.
struct AnswerCell {
  std::uint32_t persona = kNotSaid, touchpoint = kNotSaid, period = kNotSaid;  // as of a respondent
  std::array<double, 11> count{};  // [score]; they add up to the effective number of answers
  double rows = 0;                 // answers
};

struct Answers {
  std::vector<Respondent> respondents;  // in the order of the file; none where the file holds histograms
  std::vector<AnswerCell> cells;        // by persona, touchpoint, period
  std::vector<std::string> periods;     // numbers by size, then the other texts by their bytes
  std::vector<std::string> cases;       // ids, to join rows with; written nowhere
  std::vector<std::uint32_t> rated;     // [rated item]: touchpoint
  /// [case] the touchpoints that it came to in order, as an event log has them; none where it does not have the case. Empty without a log.
  std::vector<std::vector<std::uint32_t>> paths;
  SurveyShape shape;        // of answers; of histograms empty
  std::uint64_t blank = 0;  // rows without a score, which are left out
};

/// Answers or histograms, whichever the file holds. Texts of personas and touchpoints are ids or labels of the journey, or translated by
/// the mapping; those that mean nothing are an error, and with BadRows::skip rejected rows. A period that is a point in time is its
/// month. Ratings are brought from their scale to 0..10; what is off the scale is a rejected row. Throws as read_answers; it is for the
/// caller to refuse too many rejects.
Answers collect_answers(const std::string& path, const Mapping& mapping, const Journey& journey, BadRows allowed,
                        Rejects& rejects);

/// Counts are sums of weights, scaled in each cell to its effective number of answers (sum w)^2 / sum w^2 (equation (22), Kish 1965, 11.7). Cells whose
/// weights are all 0 are left out.
std::vector<AnswerCell> cells_of(std::span<const Respondent> respondents);

/// Renumbers the periods of both (those of respondents and cells) so that an index means the same in each.
void share_periods(Answers& a, Answers& b);

/// The place of a respondent's cell; nothing where nobody there has any weight.
std::optional<std::uint32_t> cell_of(const Answers& answers, const Respondent& respondent);

/// (sum w)^2 / sum w^2; 0 where all weights are.
double effective_number(double sum, double sum_of_squares);

}  // namespace sojourn::models
