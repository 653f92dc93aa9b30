#include "models/survey/answers.h"

#include "models/data/time_stamp.h"
#include "models/text/folded.h"
#include "models/text/number.h"
#include "models/text/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace sojourn::models {
namespace {

/// A point in time is its month; other texts are themselves.
std::string period_name(std::string_view text) {
  const Reading<std::int64_t> time = read_time_stamp(text);
  return time ? month_of(*time) : std::string(text);
}

/// 02/09/2023, which is in February for some and in September for others.
bool is_unclear_date(std::string_view text) {
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && slash <= 2 && text.find('/', slash + 1) != std::string_view::npos &&
         text.find_first_not_of("0123456789/: ") == std::string_view::npos;
}

bool earlier(const std::string& a, const std::string& b) {
  const Reading<double> x = read_number(a), y = read_number(b);
  if (static_cast<bool>(x) != static_cast<bool>(y)) return static_cast<bool>(x);
  if (x && *x != *y) return *x < *y;
  return a < b;
}

/// Where each text stands in the order of time.
std::vector<std::uint32_t> in_order(std::vector<std::string>& periods) {
  std::vector<std::string> sorted = periods;
  std::ranges::sort(sorted, earlier);
  std::vector<std::uint32_t> place;
  for (const std::string& one : periods) {
    place.push_back(static_cast<std::uint32_t>(std::ranges::find(sorted, one) - sorted.begin()));
  }
  periods = std::move(sorted);
  return place;
}

void renumber(Answers& answers, const std::vector<std::uint32_t>& place) {
  const auto move = [&](std::uint32_t& period) {
    if (period != kNotSaid) period = place[period];
  };
  for (Respondent& one : answers.respondents) move(one.period);
  for (AnswerCell& one : answers.cells) move(one.period);
  std::ranges::sort(answers.cells, [](const AnswerCell& a, const AnswerCell& b) {
    return std::tie(a.persona, a.touchpoint, a.period) < std::tie(b.persona, b.touchpoint, b.period);
  });
}

class Collector {
 public:
  Collector(const std::string& path, const Mapping& mapping, const Journey& journey, BadRows allowed, Rejects& rejects)
      : path_(path),
        mapping_(mapping),
        journey_(journey),
        allowed_(allowed),
        rejects_(rejects),
        source_(std::make_shared<const SourceText>(SourceText{path, {}})),
        personas_("persona", persona_parts(journey), translations_of(mapping, "persona"), found_),
        touchpoints_("touchpoint", touchpoint_parts(journey), translations_of(mapping, "touchpoint"), found_) {
    for (const Translation& one : translations_of(mapping, "period")) periods_said_[folded(one.text)] = one.meaning;
  }

  Answers run() {
    check_mapping();
    if (holds_histograms(path_, mapping_)) {
      histograms();
    } else {
      answers_.shape = read_answers(path_, mapping_, rejects_, [this](const Answer& answer) { one(answer); });
    }
    if (allowed_ != BadRows::skip) {
      const std::string remedy = "leave such rows out by '--bad-rows skip'";
      personas_.report(source_, "an answer is held against the simulation of its persona", remedy, found_);
      touchpoints_.report(source_, "an answer is held against the simulation of its touchpoint", remedy, found_);
      found_.refuse_if_errors();
    }
    answers_.periods = periods_.texts();
    renumber(answers_, in_order(answers_.periods));
    answers_.cases = cases_.texts();
    if (answers_.cells.empty()) answers_.cells = cells_of(answers_.respondents);
    return std::move(answers_);
  }

 private:
  /// What the mapping names must be there, whatever the rows are.
  void check_mapping() {
    PartNames rated("touchpoint", touchpoint_parts(journey_), {}, found_);
    for (const auto& [touchpoint, column] : mapping_.ratings) answers_.rated.push_back(rated(touchpoint, 0));
    const Source mapping = mapping_.source ? mapping_.source : source_;
    rated.report(mapping, "the mapping's ratings are of touchpoints", "", found_);
    PartNames ruled("persona", persona_parts(journey_), {}, found_);
    for (const PersonaRule& rule : mapping_.personas) ruled(rule.persona, 0);
    ruled.report(mapping, "the mapping's rules make personas of the journey", "", found_);
    found_.refuse_if_errors();
  }

  struct Texts {
    std::size_t line;
    std::string_view persona, touchpoint, period;
  };
  struct Place {
    std::uint32_t persona = kNotSaid, touchpoint = kNotSaid, period = kNotSaid;
  };

  /// Nothing where a text means nothing; the row is rejected then, if it may be.
  std::optional<Place> place(const Texts& texts) {
    const auto look = [](PartNames& names, std::string_view text) { return text.empty() ? kNotSaid : names(text); };
    Place to{look(personas_, texts.persona), look(touchpoints_, texts.touchpoint)};
    const bool no_persona = to.persona == kNotSaid && !texts.persona.empty();
    const bool no_touchpoint = to.touchpoint == kNotSaid && !texts.touchpoint.empty();
    if (no_persona || no_touchpoint) {
      if (allowed_ == BadRows::skip) {
        rejects_.reject(texts.line,
                        std::string("it names no ") + (no_persona ? "persona" : "touchpoint") + " of the journey");
      }
      return std::nullopt;
    }
    if (texts.period.empty()) return to;
    const auto said = periods_said_.find(folded(texts.period));
    if (said == periods_said_.end() && is_unclear_date(texts.period)) {
      const Refusal refusal = read_time_stamp(texts.period).refusal;
      rejects_.reject(texts.line, refusal.what, refusal.suggestion);
      return std::nullopt;
    }
    to.period = periods_.number(said == periods_said_.end() ? period_name(texts.period) : said->second);
    return to;
  }

  void one(const Answer& answer) {
    if (!answer.score) {
      ++answers_.blank;
      return;
    }
    Respondent to;
    to.ratings = answer.ratings;
    const RatingScale& scale = mapping_.rating_scale;
    for (Rating& rating : to.ratings) {
      if (rating.kind != Rating::Kind::rated) continue;
      if (rating.value < scale.low || rating.value > scale.high) {
        return rejects_.reject(answer.line,
                               fmt::format("the rating {} is not on the scale from {} to {}", shortest(rating.value),
                                           shortest(scale.low), shortest(scale.high)));
      }
      rating.value = 10 * (rating.value - scale.low) / (scale.high - scale.low);
    }
    const std::optional<Place> at = place({answer.line, answer.persona, answer.touchpoint, answer.period});
    if (!at) return;
    to.persona = at->persona, to.touchpoint = at->touchpoint, to.period = at->period;
    if (!answer.case_id.empty()) to.of_case = cases_.number(answer.case_id);
    to.score = *answer.score;
    to.weight = answer.weight;
    answers_.respondents.push_back(std::move(to));
  }

  void histograms() {
    std::map<std::array<std::uint32_t, 3>, AnswerCell> cells;
    for (const AnswerCounts& counts : read_histograms(path_, mapping_)) {
      rejects_.row();
      const std::optional<Place> at = place({counts.line, counts.persona, counts.touchpoint, counts.period});
      if (!at) continue;
      // Two texts of one meaning have one histogram.
      AnswerCell& to = cells[{at->persona, at->touchpoint, at->period}];
      to.persona = at->persona, to.touchpoint = at->touchpoint, to.period = at->period;
      for (std::size_t score = 0; score <= 10; ++score) {
        to.count[score] += counts.count[score];
        to.rows += counts.count[score];
      }
    }
    for (const auto& [key, cell] : cells) {
      if (cell.rows > 0) answers_.cells.push_back(cell);
    }
  }

  const std::string& path_;
  const Mapping& mapping_;
  const Journey& journey_;
  BadRows allowed_;
  Rejects& rejects_;
  Source source_;
  Diagnostics found_;
  PartNames personas_, touchpoints_;
  std::map<std::string, std::string, std::less<>> periods_said_;  // folded text to what it means
  Interned periods_, cases_;
  Answers answers_;
};

}  // namespace

Answers collect_answers(const std::string& path, const Mapping& mapping, const Journey& journey, BadRows allowed,
                        Rejects& rejects) {
  Collector collector(path, mapping, journey, allowed, rejects);
  return collector.run();
}

std::optional<std::uint32_t> cell_of(const Answers& answers, const Respondent& respondent) {
  const auto found = std::ranges::find_if(answers.cells, [&](const AnswerCell& cell) {
    return cell.persona == respondent.persona && cell.touchpoint == respondent.touchpoint &&
           cell.period == respondent.period;
  });
  if (found == answers.cells.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - answers.cells.begin());
}

double effective_number(double sum, double sum_of_squares) {
  return sum_of_squares > 0 ? sum * sum / sum_of_squares : 0;
}

std::vector<AnswerCell> cells_of(std::span<const Respondent> respondents) {
  struct Sums {
    AnswerCell cell;
    double weights = 0, squares = 0;
  };
  std::map<std::array<std::uint32_t, 3>, Sums> all;
  for (const Respondent& one : respondents) {
    Sums& to = all[{one.persona, one.touchpoint, one.period}];
    to.cell.persona = one.persona, to.cell.touchpoint = one.touchpoint, to.cell.period = one.period;
    to.cell.count[static_cast<std::size_t>(one.score)] += one.weight;
    to.cell.rows += 1;
    to.weights += one.weight;
    to.squares += one.weight * one.weight;
  }
  std::vector<AnswerCell> cells;
  for (auto& [key, sums] : all) {
    if (!(sums.weights > 0)) continue;
    const double scale = effective_number(sums.weights, sums.squares) / sums.weights;
    for (double& count : sums.cell.count) count *= scale;
    cells.push_back(sums.cell);
  }
  return cells;
}

void share_periods(Answers& a, Answers& b) {
  std::vector<std::string> both = a.periods;
  both.insert(both.end(), b.periods.begin(), b.periods.end());
  std::ranges::sort(both, earlier);
  both.erase(std::unique(both.begin(), both.end()), both.end());
  for (Answers* one : {&a, &b}) {
    std::vector<std::uint32_t> place;
    for (const std::string& period : one->periods) {
      place.push_back(static_cast<std::uint32_t>(std::ranges::find(both, period) - both.begin()));
    }
    renumber(*one, place);
    one->periods = both;
  }
}

}  // namespace sojourn::models
