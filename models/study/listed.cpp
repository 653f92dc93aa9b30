#include "models/study/listed.h"

#include "models/text/csv.h"
#include "models/text/number.h"
#include "models/text/utf8.h"

namespace sojourn::models {
namespace {

Tree tree_of(const CsvCell& cell, const Mark& mark) {
  Tree tree;
  tree.mark = mark;
  tree.scalar = cell.text;
  return tree;
}

std::size_t read_draw(const CsvCell& cell, const Mark& mark, Diagnostics& diagnostics) {
  const Reading<std::int64_t> draw = read_whole_number(cell.text);
  if (draw && *draw >= 0) return static_cast<std::size_t>(*draw);
  diagnostics.error(mark, "there is no draw " + quoted(cell.text), "draws of a posterior are counted from 0");
  return 0;
}

}  // namespace

void read_listed(const std::string& path, const FactorPlaces& places, Study& study, Diagnostics& diagnostics) {
  const Source source = read_source(path);
  study.list_source = source;
  const CsvTable table = read_csv(source, diagnostics);
  if (diagnostics.has_errors()) return;
  std::vector<std::size_t> columns;  // [factor]
  std::optional<std::size_t> posterior;
  for (std::size_t c = 0; c < table.header.size(); ++c) {
    const CsvCell& name = table.header[c];
    if (name.text == kPosteriorColumn && study.posterior) {
      posterior = c;
      continue;
    }
    std::optional<Factor> factor = read_factor(name.text, table.mark(name), places, diagnostics);
    if (!factor) continue;
    study.factors.push_back(std::move(*factor));
    columns.push_back(c);
  }
  const Mark whole{source, 0, 0, 1};
  if (study.posterior && !posterior) {
    diagnostics.error(whole, "the column 'posterior' is missing",
                      "the study has a posterior, of which each point takes a draw");
  }
  if (table.rows.empty()) diagnostics.error(whole, "there are no points", "each row is one");
  if (diagnostics.has_errors()) return;
  for (const std::vector<CsvCell>& row : table.rows) {
    ListedPoint& point = study.list.emplace_back();
    point.mark = {source, row.front().line, 0, 1};
    for (std::size_t f = 0; f < columns.size(); ++f) {
      const CsvCell& cell = row[columns[f]];
      std::optional<double> value;
      if (!cell.text.empty()) {
        value = read_factor_value(study.factors[f], tree_of(cell, table.mark(cell)), diagnostics);
      }
      point.values.push_back(value.value_or(kAsWritten));
    }
    if (posterior) point.posterior_draw = read_draw(row[*posterior], table.mark(row[*posterior]), diagnostics);
    if (diagnostics.crowded()) return;
  }
}

}  // namespace sojourn::models
