#include "tools/batch/study_tables.h"

#include "models/text/number.h"
#include "tools/batch/layout.h"
#include "tools/output/csv_text.h"

#include <algorithm>
#include <cmath>

namespace sojourn::tools {
namespace {

using engine::Archive;
using engine::Doubles;
using engine::Strings;
using engine::Variable;
using engine::Wholes;

std::string cell_of(const engine::Values& values, std::size_t i) {
  if (const auto* texts = std::get_if<Strings>(&values)) return csv_cell((*texts)[i]);
  if (const auto* wholes = std::get_if<Wholes>(&values)) return std::to_string((*wholes)[i]);
  const double value = std::get<Doubles>(values)[i];
  if (std::isnan(value)) return "";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return models::shortest(value == 0 ? 0.0 : value);
}

/// Of variables over these dimensions and `statistic`: a row for each figure.
void append_figures(const Archive& archive, const Variable& one, std::string& text) {
  std::vector<const engine::Values*> labels;
  std::vector<std::size_t> sizes;
  for (std::size_t d = 0; d + 1 < one.dimensions.size(); ++d) {
    labels.push_back(&engine::find_coordinate(archive, one.dimensions[d])->values);
    sizes.push_back(engine::size(*labels.back()));
  }
  const std::size_t figures = engine::size(one.values) / kStudyStatistics;
  std::vector<std::size_t> at(sizes.size(), 0);
  for (std::size_t i = 0; i < figures; ++i) {
    if (!std::isnan(std::get<Doubles>(one.values)[i * kStudyStatistics])) {
      for (std::size_t d = 0; d < at.size(); ++d) text += cell_of(*labels[d], at[d]) + ",";
      text += one.name;
      for (std::size_t s = 0; s < kStudyStatistics; ++s) text += "," + cell_of(one.values, i * kStudyStatistics + s);
      text += "\n";
    }
    for (std::size_t d = at.size(); d-- > 0;) {
      if (++at[d] < sizes[d]) break;
      at[d] = 0;
    }
  }
}

std::string file_of(const Variable& one) {
  std::string name;
  for (std::size_t d = 3; d + 1 < one.dimensions.size(); ++d) name += (name.empty() ? "" : "_") + one.dimensions[d];
  return name.empty() ? "overall.csv" : name + "s.csv";
}

std::string points_table(const Archive& archive) {
  std::vector<const Variable*> columns;
  std::string text = "point";
  for (const Variable& one : archive.variables) {
    if (one.dimensions != Strings{"point"}) continue;
    columns.push_back(&one);
    const engine::Attribute* address = engine::find_attribute(one.attributes, "address");
    text += "," + csv_cell(address != nullptr ? std::get<std::string>(address->value) : one.name);
  }
  text += "\n";
  const std::size_t points = engine::size(engine::find_coordinate(archive, "point")->values);
  for (std::size_t p = 0; p < points; ++p) {
    text += std::to_string(p);
    for (const Variable* one : columns) text += "," + cell_of(one->values, p);
    text += "\n";
  }
  return text;
}

std::string failures_table(const Archive& archive, const Variable& failures) {
  const std::size_t replications = engine::size(engine::find_coordinate(archive, "replication")->values);
  const auto& texts = std::get<Strings>(failures.values);
  std::string text = "point,replication,failure\n";
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].empty()) continue;
    text += std::to_string(i / replications) + "," + std::to_string(i % replications) + "," + csv_cell(texts[i]) + "\n";
  }
  return text;
}

}  // namespace

std::vector<TextFile> study_tables(const Archive& archive) {
  std::vector<TextFile> files = {{"points.csv", points_table(archive)}};
  if (const Variable* failures = engine::find_variable(archive, "failure"))
    files.push_back({"failures.csv", failures_table(archive, *failures)});
  for (const Variable& one : archive.variables) {
    if (one.dimensions.empty() || one.dimensions.back() != "statistic") continue;
    const std::string name = file_of(one);
    auto found = std::ranges::find_if(files, [&](const TextFile& file) { return file.name == name; });
    if (found == files.end()) {
      std::string header;
      for (std::size_t d = 0; d + 1 < one.dimensions.size(); ++d) header += one.dimensions[d] + ",";
      files.push_back({name, header + "figure,estimate,se,lo,hi\n"});
      found = std::prev(files.end());
    }
    append_figures(archive, one, found->text);
  }
  return files;
}

}  // namespace sojourn::tools
