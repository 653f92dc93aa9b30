// read_observations: a table of what was measured.

#include "models/score/figure_kind.h"
#include "models/score/observed.h"
#include "models/text/number.h"
#include "models/text/suggest.h"
#include "models/text/utf8.h"

#include <array>
#include <cmath>
#include <limits>

namespace sojourn::models {
namespace {

constexpr double endless = std::numeric_limits<double>::infinity();
constexpr double most_answers = 9007199254740992.0;  // 2^53

struct Range {
  double low;
  double high;
};

Range range_of(std::string_view address) {
  const std::string metric = words_of(address).back();
  if (metric == "disconfirmation" || metric == "mood" || metric == "expectation") return {-endless, endless};
  switch (kind_of_figure(address).unit) {
    case Unit::nps_points: return {-100, 100};
    case Unit::points: return {0, metric == "effort" ? endless : 10};
    case Unit::share: return {0, 1};
    case Unit::count:
    case Unit::hours: return {0, endless};
    case Unit::money: return {-endless, endless};
  }
  return {-endless, endless};
}

/// Figures that one customer's answer says nothing of.
bool is_mean(std::string_view address) {
  const std::string metric = words_of(address).back();
  return !metric.ends_with("_sd") && !metric.ends_with("_p50") && !metric.ends_with("_p90");
}

class Reader {
 public:
  Reader(const CsvTable& table, const WhyNoFigure& why_no_figure, Diagnostics& diagnostics)
      : table_(table), why_no_figure_(why_no_figure), diagnostics_(diagnostics) {}

  std::vector<Observation> run() {
    if (!columns()) return {};
    std::vector<std::size_t> numbers;
    for (const auto& column : {n_, mean_, sd_}) {
      if (column) numbers.push_back(*column);
    }
    for (const Column& column : answer_) {
      if (column) numbers.push_back(*column);
    }
    sign_ = decimal_sign(table_, numbers, diagnostics_);
    for (const Row& row : table_.rows) read(row);
    if (table_.rows.empty()) diagnostics_.error({table_.source, 0, 0, 1}, "the table has no rows below its header");
    return std::move(list_);
  }

 private:
  using Row = std::vector<CsvCell>;
  using Column = std::optional<std::size_t>;

  void error(const CsvCell& cell, std::string what, std::string why = {}, std::string suggestion = {}) {
    diagnostics_.error(table_.mark(cell), std::move(what), std::move(why), std::move(suggestion));
  }

  static const std::string& text(const Row& row, const Column& column) {
    static const std::string none;
    return column ? row[*column].text : none;
  }

  /// False where rows make no sense with these columns.
  bool columns() {
    if (table_.header.empty()) return false;
    address_ = table_.find("address"), touchpoint_ = table_.find("touchpoint"), persona_ = table_.find("persona");
    n_ = table_.find("n"), mean_ = table_.find("mean"), sd_ = table_.find("sd");
    std::size_t answers = 0;
    for (std::size_t k = 0; k <= 10; ++k) {
      answer_[k] = table_.find(std::to_string(k));
      answers += answer_[k] ? 1 : 0;
    }
    const std::vector<std::string_view> known = {"address", "touchpoint", "persona", "n", "mean", "sd"};
    for (std::size_t i = 0; i < table_.header.size(); ++i) {
      const CsvCell& cell = table_.header[i];
      bool read = false;
      for (const Column& column : {address_, touchpoint_, persona_, n_, mean_, sd_}) read = read || column == i;
      for (const Column& column : answer_) read = read || column == i;
      if (read || cell.text.empty()) continue;
      diagnostics_.warning(table_.mark(cell), "the column " + quoted(cell.text) + " is not read", "",
                           did_you_mean(cell.text, known));
    }
    const CsvCell& first = table_.header.front();
    const std::size_t before = diagnostics_.error_count();
    if (!address_ && !touchpoint_) {
      error(first, "there is no column 'address' or 'touchpoint'", "they say what was measured",
            "The first line names the columns: touchpoint,persona,n,mean,sd");
    }
    if (answers > 0 && answers < 11) {
      error(first, "of the columns 0 to 10 only " + std::to_string(answers) + " are there",
            "an answer that nobody gave has a column of zeros");
    }
    if (answers == 0 && (!n_ || !mean_)) {
      error(first, "there are no columns 'n' and 'mean', nor 0 to 10", "they say what was found",
            "Give how many answered, their mean and its sd, or how many gave each answer");
    }
    return diagnostics_.error_count() == before;
  }

  void read(const Row& row) {
    const std::size_t before = diagnostics_.error_count();
    Observation one;
    const CsvCell& place = what(row, one);
    one.mark = table_.mark(place);
    if (diagnostics_.error_count() > before) return;
    if (const Refusal none = why_no_figure_(one.address); !none.what.empty()) {
      return error(place, none.what, none.why, none.suggestion);
    }
    if (!is_mean(one.address)) {
      return error(place, quoted(one.address) + " is no mean or share",
                   "what is measured is held against means, shares and NPS only");
    }
    const auto [known, fresh] = lines_.emplace(one.address, place.line);
    if (!fresh) {
      error(place, quoted(one.address) + " is there twice, in line " + std::to_string(known->second) + " too",
            "a figure has one observation", "Put the answers together in one row");
    }
    if (has_answers(row)) {
      from_answers(row, place, one);
    } else {
      from_mean(row, place, one);
    }
    if (diagnostics_.error_count() == before) list_.push_back(std::move(one));
  }

  /// The cell that says what was measured.
  const CsvCell& what(const Row& row, Observation& one) {
    const std::string &address = text(row, address_), &touchpoint = text(row, touchpoint_);
    const std::string& persona = text(row, persona_);
    const CsvCell& cell =
        row[address.empty() && touchpoint_ ? *touchpoint_ : address_.value_or(touchpoint_.value_or(0))];
    if (address.empty() && touchpoint.empty()) {
      error(cell, "this row does not say what was measured", "", "Name a touchpoint, or a figure's address");
    } else if (!address.empty() && !(touchpoint + persona).empty()) {
      error(cell, "this row has an address and a touchpoint or persona", "one of them would be lost",
            "An address names its touchpoint and persona itself");
    }
    one.address = address;
    if (address.empty()) {
      one.address =
          (persona.empty() ? "" : "personas." + persona + ".") + "touchpoints." + touchpoint + ".satisfaction";
    }
    return cell;
  }

  bool has_answers(const Row& row) const {
    for (const Column& column : answer_) {
      if (!text(row, column).empty()) return true;
    }
    return false;
  }

  void from_answers(const Row& row, const CsvCell& place, Observation& one) {
    for (const Column& column : {mean_, sd_}) {
      if (!text(row, column).empty()) {
        error(row[*column], "this row has answers and a mean or an sd", "the answers tell both", "Leave it empty");
      }
    }
    std::array<double, 11> counts{};
    double n = 0;
    for (std::size_t k = 0; k <= 10; ++k) {
      const CsvCell& cell = row[*answer_[k]];
      if (cell.text.empty()) continue;
      const Reading<double> count = read_csv_number(cell.text, sign_);
      if (!count || *count < 0 || *count > most_answers) {
        error(cell, quoted(cell.text) + " is not a number of answers", "",
              "It takes 0, 1, 2 ..., or what weighted answers are worth");
        continue;
      }
      counts[k] = *count;
      n += counts[k];
    }
    if (n_ && !row[*n_].text.empty()) {
      const Reading<double> said = read_csv_number(row[*n_].text, sign_);
      if (!said || std::abs(*said - n) > 1e-9 * n) {
        error(row[*n_], quoted(row[*n_].text) + " is not the number of answers", "those of 0 to 10 are " + shortest(n));
      }
    }
    if (n < 1) return error(place, "this row has no answers");
    const bool nps = kind_of_figure(one.address).unit == Unit::nps_points;
    const Range range = range_of(one.address);
    if (!nps && (range.low != 0 || range.high != 10)) {
      return error(place, "answers from 0 to 10 say nothing of " + quoted(one.address), "", "Give n and mean for it");
    }
    double sum = 0, squares = 0;
    const auto worth = [&](std::size_t k) {
      if (nps) return k >= 9 ? 100.0 : k >= 7 ? 0.0 : -100.0;
      return static_cast<double>(k);
    };
    for (std::size_t k = 0; k <= 10; ++k) sum += counts[k] * worth(k);
    const double mean = sum / n;
    for (std::size_t k = 0; k <= 10; ++k) squares += counts[k] * (worth(k) - mean) * (worth(k) - mean);
    one.n = n;
    one.sd = n > 1 ? std::sqrt(squares / (n - 1)) : kNone;
    one.value = observed_mean(n, mean, one.sd);
  }

  void from_mean(const Row& row, const CsvCell& place, Observation& one) {
    if (!n_ || !mean_) return error(place, "this row has no answers");
    const std::optional<double> n = number(row[*n_], "n", "the number of answers");
    const std::optional<double> mean = number(row[*mean_], "mean", "what was found");
    if (n && (*n < 1 || *n > most_answers || *n != std::floor(*n))) {
      return error(row[*n_], quoted(row[*n_].text) + " is not a number of answers", "", "It takes 1, 2, 3 ...");
    }
    const Range range = range_of(one.address);
    if (mean && (*mean < range.low || *mean > range.high)) {
      return error(row[*mean_], quoted(row[*mean_].text) + " is out of range",
                   quoted(one.address) + (std::isfinite(range.high)
                                              ? " lies from " + shortest(range.low) + " to " + shortest(range.high)
                                              : " is " + shortest(range.low) + " or more"),
                   kind_of_figure(one.address).unit == Unit::share && *mean <= 100 ? "Write 73 % as 0.73" : "");
    }
    if (!n || !mean) return;
    one.n = *n;
    if (text(row, sd_).empty()) {
      const bool yes_or_no = kind_of_figure(one.address).unit == Unit::share;
      if (!yes_or_no && *n > 1) {
        return error(sd_ ? row[*sd_] : place, "the sd is missing", "without it nobody can tell how sure the mean is",
                     "Give the standard deviation of the answers, or how many gave each of 0 to 10");
      }
      one.value = yes_or_no ? observed_share(*n, *mean) : observed_mean(*n, *mean, kNone);
      return;
    }
    const std::optional<double> sd = number(row[*sd_], "sd", "");
    if (!sd) return;
    // Bhatia & Davis 2000: no distribution on [low, high] with this mean spreads wider. Rounding in the file is let pass.
    const double widest = std::sqrt((*mean - range.low) * (range.high - *mean) * *n / std::max(1.0, *n - 1));
    if (*sd < 0 || (std::isfinite(widest) && *sd > 1.02 * widest + 0.05)) {
      return error(row[*sd_], quoted(row[*sd_].text) + " cannot be the sd",
                   *sd < 0 ? "a spread is never negative"
                           : "with this mean it is " + shortest(std::round(widest * 100) / 100) + " at most");
    }
    one.sd = *sd;
    one.value = observed_mean(*n, *mean, *sd);
  }

  std::optional<double> number(const CsvCell& cell, const std::string& column, const std::string& about) {
    if (cell.text.empty()) {
      error(cell, quoted(column) + " is empty", about.empty() ? "" : "it is " + about);
      return std::nullopt;
    }
    const Reading<double> number = read_csv_number(cell.text, sign_);
    if (!number) {
      error(cell, number.refusal.what, number.refusal.why, number.refusal.suggestion);
      return std::nullopt;
    }
    return *number;
  }

  const CsvTable& table_;
  const WhyNoFigure& why_no_figure_;
  Diagnostics& diagnostics_;
  Column address_, touchpoint_, persona_, n_, mean_, sd_;
  std::array<Column, 11> answer_;
  char sign_ = '.';
  std::map<std::string, std::size_t> lines_;
  std::vector<Observation> list_;
};

}  // namespace

std::vector<Observation> read_observations(const CsvTable& table, const WhyNoFigure& why_no_figure,
                                           Diagnostics& diagnostics) {
  return Reader(table, why_no_figure, diagnostics).run();
}

}  // namespace sojourn::models
