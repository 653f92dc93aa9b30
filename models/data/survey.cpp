#include "models/data/survey.h"

#include "models/data/columns.h"
#include "models/text/csv.h"
#include "models/text/input_file.h"
#include "models/text/tree.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <set>

namespace sojourn::models {
namespace {

const std::vector<ColumnRole> roles = {
    {"score",
     "--score-column",
     true,
     false,
     {"score", "nps", "nps_score", "netpro", "recommend", "recommend_0_10", "likelihood_to_recommend", "q_nps",
      "how_likely_are_you_to_recommend_us"}},
    {"persona", "--persona-column", false, true, {"persona", "segment", "customer_segment", "customer_type"}},
    {"touchpoint", "--touchpoint-column", false, true, {"touchpoint", "touch_point", "channel_touchpoint"}},
    {"period",
     "--period-column",
     false,
     true,
     {"period", "wave", "quarter", "month", "year", "recordeddate", "recorded_date", "end_date", "enddate", "date"}},
    {"weight", "--weight-column", false, false, {"weight", "weights", "wt"}},
    {"case",
     "--case-column",
     false,
     false,
     {"case_id", "caseid", "case", "respnum", "response_id", "responseid", "respondent_id", "respondent"}}};

constexpr double most_counted = 9007199254740992.0;  // 2^53: what is added up stays a number

bool is_nps_group(std::string_view name) {
  const std::string plain = plain_name(name);
  return plain.ends_with("nps_group") || plain.ends_with("npsgroup") || plain == "promoter" || plain == "detractor";
}

bool has_import_ids(const CsvRecord& record) {
  return std::ranges::any_of(record.cells,
                             [](const CsvCell& cell) { return cell.text.find("\"ImportId\"") != std::string::npos; });
}

bool is_kind_of_answer(std::string_view text) {
  static constexpr std::string_view kinds[] = {"Response", "Open-Ended Response", "Other (please specify)"};
  return std::ranges::find(kinds, text) != std::end(kinds);
}

/// Rows in order, with as many looked ahead as headers may take.
class Rows {
 public:
  explicit Rows(CsvReader& reader) : reader_(reader) {}

  const CsvRecord* peek(std::size_t ahead) {
    while (waiting_.size() <= ahead) {
      CsvRecord record;
      if (!reader_.next(record)) return nullptr;
      waiting_.push_back(std::move(record));
    }
    return &waiting_[ahead];
  }
  bool next(CsvRecord& record) {
    if (waiting_.empty()) return reader_.next(record);
    record = std::move(waiting_.front());
    waiting_.pop_front();
    return true;
  }

 private:
  CsvReader& reader_;
  std::deque<CsvRecord> waiting_;
};

class Survey {
 public:
  Survey(InputFile& file, const Mapping& mapping, Rejects& rejects)
      : reader_([&file](char* to, std::size_t room) { return file.read(to, room); }),
        rows_(reader_),
        mapping_(mapping),
        rejects_(rejects),
        source_(std::make_shared<const SourceText>(SourceText{file.path(), {}})) {}

  SurveyShape run(const std::function<void(const Answer&)>& on_answer) {
    Diagnostics found;
    header(found);
    found.refuse_if_errors();
    CsvRecord record;
    while (rows_.next(record)) {
      rejects_.row();
      if (!fits(record, width_, reader_.delimiter()) || !record.problems.empty()) {
        const CsvProblem& problem = record.problems.front();
        rejects_.reject(problem.line, problem.refusal.what, problem.refusal.suggestion);
        continue;
      }
      read(record, on_answer);
    }
    return std::move(shape_);
  }

 private:
  void header(Diagnostics& found) {
    if (const auto& foreign = reader_.foreign()) {
      return found.error({source_, 0, 0, 1}, foreign->what, foreign->why, foreign->suggestion);
    }
    const CsvRecord* third = rows_.peek(2);
    const CsvRecord* second = rows_.peek(1);
    if (third && has_import_ids(*third)) {
      shape_.form = SurveyShape::Form::qualtrics;
    } else if (second &&
               std::ranges::any_of(second->cells, [](const CsvCell& c) { return is_kind_of_answer(c.text); })) {
      shape_.form = SurveyShape::Form::surveymonkey;
    }
    CsvRecord names;
    if (!rows_.next(names)) {
      found.error({source_, 0, 0, 1}, "the table is empty", "", "Its first line names the columns");
      return;
    }
    for (const CsvProblem& problem : names.problems) {
      found.error({source_, problem.line, problem.column, problem.length}, problem.refusal.what, problem.refusal.why,
                  problem.refusal.suggestion);
    }
    CsvRecord more;
    if (shape_.form == SurveyShape::Form::surveymonkey) {
      rows_.next(more);
      fill_names(names, more);
    } else if (shape_.form == SurveyShape::Form::qualtrics) {
      rows_.next(more);
      rows_.next(more);
    }
    width_ = names.cells.size();
    if (!found.has_errors()) columns(names, found);
  }

  /// SurveyMonkey names a question once, over all of its columns, and the columns below it.
  static void fill_names(CsvRecord& names, const CsvRecord& below) {
    std::string question;
    names.cells.resize(std::max(names.cells.size(), below.cells.size()));
    for (std::size_t i = 0; i < names.cells.size(); ++i) {
      CsvCell& cell = names.cells[i];
      if (!cell.text.empty()) question = cell.text;
      const std::string part = i < below.cells.size() ? below.cells[i].text : std::string();
      cell.text = part.empty() || is_kind_of_answer(part) ? question : question + ": " + part;
    }
  }

  void columns(const CsvRecord& names, Diagnostics& found) {
    ColumnNames said = mapping_.survey;
    if (const auto score = said.find("score"); score != said.end() && is_nps_group(score->second)) {
      found.error({source_, names.line(), 1, 1}, quoted(score->second) + " is no score",
                  "groups are made from the scores, never read", "Take the column of the answers 0 to 10");
      return;
    }
    if (!said.contains("score")) {
      // What Qualtrics computes its groups from is the score.
      for (const CsvCell& cell : names.cells) {
        const std::string group = "_NPS_GROUP";
        if (!cell.text.ends_with(group)) continue;
        const std::string base = cell.text.substr(0, cell.text.size() - group.size());
        if (std::ranges::any_of(names.cells, [&](const CsvCell& other) { return other.text == base; })) {
          said.emplace("score", base);
        }
      }
    }
    std::vector<ColumnRole> wanted = roles;
    if (!mapping_.personas.empty()) {
      std::erase_if(wanted, [](const ColumnRole& one) { return one.role == "persona"; });
      if (said.contains("persona")) {
        found.error(mapping_.personas.front().mark, "personas have a column and rules",
                    "they could contradict each other", "Leave one of them out");
      }
      rules(names, found);
    }
    for (const auto& [role, column] : find_columns(names.cells, wanted, said, source_, found)) {
      columns_[role] = column;
      shape_.columns[role] = names.cells[column].text;
    }
    for (const auto& [touchpoint, column] : mapping_.ratings) {
      shape_.ratings.push_back(touchpoint);
      if (const auto at = find_column(names.cells, column, source_, found)) ratings_.push_back(*at);
    }
    if (columns_.contains("score") && is_nps_group(names.cells[columns_["score"]].text)) {
      found.error({source_, names.line(), 1, 1}, quoted(names.cells[columns_["score"]].text) + " is no score",
                  "groups are made from the scores, never read", "");
    }
  }

  void rules(const CsvRecord& names, Diagnostics& found) {
    for (const PersonaRule& rule : mapping_.personas) {
      std::vector<std::size_t>& columns = rules_.emplace_back();
      for (const PersonaRule::Condition& condition : rule.conditions) {
        columns.push_back(find_column(names.cells, condition.column, source_, found).value_or(0));
      }
    }
  }

  /// Of the first rule that fits; empty where none does.
  std::string_view persona_by_rule(const CsvRecord& record) const {
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      const PersonaRule& rule = mapping_.personas[i];
      bool fits = true;
      for (std::size_t c = 0; fits && c < rule.conditions.size(); ++c) {
        fits = std::ranges::find(rule.conditions[c].codes, record.cells[rules_[i][c]].text) !=
               rule.conditions[c].codes.end();
      }
      if (fits) return rule.persona;
    }
    return {};
  }

  std::string_view cell(const CsvRecord& record, std::string_view role) const {
    const auto column = columns_.find(role);
    return column == columns_.end() ? std::string_view() : clean(record.cells[column->second].text);
  }
  /// Empty for a code that stands for nothing.
  std::string_view clean(const std::string& text) const {
    return mapping_.blank.contains(text) ? std::string_view() : std::string_view(text);
  }

  /// With a point or a comma, whichever is there; the first that has one decides for the file.
  std::optional<double> number(std::string_view text) {
    if (!sign_is_known_ && text.find_first_of(".,") != std::string_view::npos) {
      sign_is_known_ = true;
      shape_.decimal = text.find(',') != std::string_view::npos ? ',' : '.';
    }
    const Reading<double> read = read_csv_number(text, shape_.decimal);
    return read ? std::optional(*read) : std::nullopt;
  }

  void read(const CsvRecord& record, const std::function<void(const Answer&)>& on_answer) {
    answer_.line = record.line();
    answer_.persona = rules_.empty() ? cell(record, "persona") : persona_by_rule(record);
    answer_.touchpoint = cell(record, "touchpoint");
    answer_.period = cell(record, "period");
    answer_.case_id = cell(record, "case");
    answer_.score.reset();
    answer_.weight = 1;
    if (const std::string_view text = cell(record, "score"); !text.empty() && text != "NA") {  // R's word for nothing
      const std::optional<double> score = number(text);
      if (!score || !(*score >= 0 && *score <= 10) || *score != std::floor(*score)) {
        return rejects_.reject(answer_.line, "the score " + quoted(text) + " is no whole number from 0 to 10");
      }
      answer_.score = static_cast<int>(*score);
    }
    if (const std::string_view text = cell(record, "weight"); !text.empty()) {
      const std::optional<double> weight = number(text);
      if (!weight || *weight < 0)
        return rejects_.reject(answer_.line, "the weight " + quoted(text) + " is no number from 0 on");
      if (*weight > most_counted)
        return rejects_.reject(answer_.line, "the weight " + quoted(text) + " is too large to be added up");
      answer_.weight = *weight;
    }
    answer_.ratings.clear();
    for (std::size_t i = 0; i < ratings_.size(); ++i) {
      const std::string& text = record.cells[ratings_[i]].text;
      Rating rating;
      if (mapping_.never_used.contains(text)) {
        rating.kind = Rating::Kind::never_used;
      } else if (!text.empty() && !mapping_.blank_ratings.contains(text)) {
        const std::optional<double> value = number(text);
        if (!value) return rejects_.reject(answer_.line, "the rating " + quoted(text) + " is no number");
        rating = {Rating::Kind::rated, *value};
      }
      answer_.ratings.push_back(rating);
    }
    on_answer(answer_);
  }

  CsvReader reader_;
  Rows rows_;
  const Mapping& mapping_;
  Rejects& rejects_;
  Source source_;
  std::size_t width_ = 0;
  std::map<std::string, std::size_t, std::less<>> columns_;
  std::vector<std::size_t> ratings_;
  std::vector<std::vector<std::size_t>> rules_;  // [rule][condition]: its column
  bool sign_is_known_ = false;
  Answer answer_;
  SurveyShape shape_;
};

/// Whose NPS an address of results is, "" for everybody's; nothing where it is another figure.
std::optional<std::string> asked_of(std::string_view address) {
  constexpr std::string_view before = "personas.", after = ".nps";
  if (address == "nps") return "";
  if (!address.starts_with(before) || !address.ends_with(after)) return std::nullopt;
  const std::string_view persona = address.substr(before.size(), address.size() - before.size() - after.size());
  if (persona.empty() || persona.find('.') != std::string_view::npos) return std::nullopt;
  return std::string(persona);
}

}  // namespace

SurveyShape read_answers(const std::string& path, const Mapping& mapping, Rejects& rejects,
                         const std::function<void(const Answer&)>& on_answer) {
  InputFile file(path);
  return Survey(file, mapping, rejects).run(on_answer);
}

/// So many of the columns 0 to 10 are no chance.
constexpr int most_columns = 6;

bool holds_histograms(const std::string& path, const Mapping& mapping) {
  if (mapping.survey.contains("score")) return false;
  InputFile file(path);
  CsvReader reader([&file](char* to, std::size_t room) { return file.read(to, room); });
  CsvRecord header;
  if (!reader.next(header)) return false;
  int columns = 0;
  for (int score = 0; score <= 10; ++score) {
    const std::string name = std::to_string(score);
    columns +=
        std::ranges::any_of(header.cells, [&](const CsvCell& c) { return c.text == name || c.text == "n" + name; });
  }
  const bool has_scores = std::ranges::any_of(
      header.cells, [](const CsvCell& c) { return std::ranges::count(roles.front().usual, plain_name(c.text)) > 0; });
  return columns == 11 || (columns >= most_columns && !has_scores);  // what is missing is told then
}

std::vector<AnswerCounts> read_histograms(const std::string& path, const Mapping& mapping) {
  Diagnostics found;
  const CsvTable table = read_csv(read_source(path), found);
  std::vector<ColumnRole> named;
  for (const ColumnRole& role : roles) {
    if (role.role == "persona" || role.role == "touchpoint" || role.role == "period") named.push_back(role);
  }
  const auto columns = find_columns(table.header, named, mapping.survey, table.source, found);
  std::vector<std::size_t> scores;
  for (int score = 0; score <= 10; ++score) {
    std::optional<std::size_t> column = table.find(std::to_string(score));
    if (!column) column = table.find("n" + std::to_string(score));
    if (column) {
      scores.push_back(*column);
    } else {
      found.error({table.source, 1, 1, 1}, "no column counts the answer " + std::to_string(score),
                  "a histogram has all answers from 0 to 10",
                  "Call it " + std::to_string(score) + " or n" + std::to_string(score));
    }
  }
  found.refuse_if_errors();
  const char sign = decimal_sign(table, scores, found);
  const std::optional<std::size_t> address = table.find("address");
  std::vector<AnswerCounts> list;
  std::set<std::array<std::string, 3>> seen;
  for (const auto& row : table.rows) {
    const auto text = [&](std::string_view role) {
      const auto column = columns.find(role);
      if (column == columns.end()) return std::string();
      const std::string& cell = row[column->second].text;
      return mapping.blank.contains(cell) ? std::string() : cell;
    };
    AnswerCounts counts{text("persona"), text("touchpoint"), text("period"), {}, row.front().line};
    if (address && !row[*address].text.empty()) {
      // A table of observations (models/score/observed.h) has means and the answers to other questions beside these.
      const bool has_answers =
          std::ranges::any_of(scores, [&](std::size_t column) { return !row[column].text.empty(); });
      if (!has_answers) continue;
      const std::optional<std::string> persona = asked_of(row[*address].text);
      if (!persona) {
        found.error(
            table.mark(row[*address]), quoted(row[*address].text) + " is not the question that is calibrated to",
            "that is whether the whole journey is recommended", "Name nps or personas.ID.nps, or take the row out");
        continue;
      }
      counts.persona = *persona;
    }
    if (!seen.insert({counts.persona, counts.touchpoint, counts.period}).second) {
      found.error(table.mark(row.front()), "these answers are counted in a row above already",
                  "one persona, touchpoint and period have one histogram", "Add the rows up");
    }
    for (std::size_t score = 0; score < scores.size(); ++score) {
      const CsvCell& cell = row[scores[score]];
      if (cell.text.empty()) continue;
      const Reading<double> count = read_csv_number(cell.text, sign);
      if (!count) {
        found.error(table.mark(cell), count.refusal.what, count.refusal.why, count.refusal.suggestion);
      } else if (*count < 0) {
        found.error(table.mark(cell), "fewer than no answers", "", "");
      } else if (*count > most_counted) {
        found.error(table.mark(cell), quoted(cell.text) + " answers are too many to be added up", "", "");
      } else {
        counts.count[score] = *count;
      }
    }
    list.push_back(std::move(counts));
  }
  found.refuse_if_errors();
  return list;
}

}  // namespace sojourn::models
