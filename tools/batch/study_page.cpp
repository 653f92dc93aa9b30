#include "models/text/utf8.h"
#include "tools/archive/study_data.h"
#include "tools/batch/publish.h"
#include "tools/terminal/analysis_page.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/page.h"
#include "tools/terminal/table.h"

#include <algorithm>
#include <cmath>

namespace sojourn::tools {
namespace {

using engine::Archive;
using engine::Doubles;
using engine::Variable;

std::string text_of(const Archive& archive, const char* name) {
  const engine::Attribute* found = engine::find_attribute(archive.attributes, name);
  const auto* text = found == nullptr ? nullptr : std::get_if<std::string>(&found->value);
  return text == nullptr ? "" : *text;
}

std::size_t length_of(const Archive& archive, const char* dimension) {
  const Variable* found = engine::find_coordinate(archive, dimension);
  return found == nullptr ? 0 : engine::size(found->values);
}

/// Estimates of a figure [point][replication][scenario] of one scenario; those that do not exist are left out.
Doubles estimates(const Archive& archive, const char* name, std::size_t scenario) {
  const Variable* one = engine::find_variable(archive, name);
  const auto* values = one == nullptr ? nullptr : std::get_if<Doubles>(&one->values);
  Doubles list;
  if (values == nullptr || one->dimensions.size() != 4) return list;
  const std::size_t scenarios = length_of(archive, "scenario");
  for (std::size_t i = scenario; i < values->size() / kStudyStatistics; i += scenarios) {
    const double value = (*values)[i * kStudyStatistics];
    if (!std::isnan(value)) list.push_back(value);
  }
  return list;
}

std::string spread(const Doubles& list, const Style& style, const Look& look) {
  if (list.empty()) return std::string(look.none());
  const auto [least, most] = std::ranges::minmax(list);
  if (least == most) return value(least, style, look);
  return look.say("{0} to {1}", {value(least, style, look), value(most, style, look)});
}

std::string factors(const Archive& archive, const Look& look) {
  Table table(
      {{look.say("What varies"), Align::left, 20, 2}, {look.say("from")}, {look.say("to")}, {look.say("Unit")}});
  for (const Variable& one : archive.variables) {
    const engine::Attribute* address = engine::find_attribute(one.attributes, "address");
    const auto* values = std::get_if<Doubles>(&one.values);
    if (address == nullptr || values == nullptr || values->empty()) continue;
    const auto [least, most] = std::ranges::minmax(*values);
    table.row({std::get<std::string>(address->value), decimal(least, 3, look), decimal(most, 3, look),
               one.units == "1" ? "" : one.units});
  }
  return table.empty() ? ""
                       : heading(look, look.say("What varies"), look.say("Least and greatest value over the points.")) +
                             table.text(look);
}

}  // namespace

std::string study_page(const Archive& archive, const Look& look) {
  const std::size_t points = length_of(archive, "point"), replications = length_of(archive, "replication");
  const auto* titles = std::get_if<std::vector<std::string>>(&engine::find_variable(archive, "scenario_title")->values);
  const auto* failed = std::get_if<std::vector<std::int64_t>>(&engine::find_variable(archive, "failed")->values);
  std::string page = look.paint(Tone::strong, models::printable(text_of(archive, "title"))) + "\n";
  page += painted(look, Tone::plain,
                  look.say("Points: {0} (design '{1}'), replications: {2}, what-ifs: {3}, on: {4}",
                           {whole(points, look), text_of(archive, "design"), whole(replications, look),
                            whole(titles->size() - 1, look), models::printable(text_of(archive, "journey"))}));
  const auto failures = static_cast<std::uint64_t>(std::ranges::count(*failed, 1));
  if (failures > 0) {
    page += painted(look, Tone::worse,
                    look.say("{0} of {1} runs failed: the variable 'failure' says why.",
                             {whole(failures, look), whole(failed->size(), look)}));
  }
  page += factors(archive, look);
  if (engine::find_variable(archive, "nps") == nullptr) return page;
  page += heading(look, look.say("What came of it"),
                  look.say("Lowest and highest estimate over all points and replications."));
  Table table({{look.say("What if"), Align::left, 18, 2},
               {"NPS"},
               {look.say("Change in NPS")},
               {look.say("Satisfaction")},
               {look.say("Success")}});
  for (std::size_t s = 0; s < titles->size(); ++s) {
    const Style points_style{models::Unit::nps_points};
    const Style change{models::Unit::nps_points, "", Style::Kind::difference};
    table.row({s == 0 ? look.say("As it is") : models::printable((*titles)[s]),
               spread(estimates(archive, "nps", s), points_style, look),
               s == 0 ? "" : spread(estimates(archive, "difference_nps", s), change, look),
               spread(estimates(archive, "satisfaction", s), {models::Unit::points}, look),
               spread(estimates(archive, "success", s), {models::Unit::share}, look)});
  }
  const models::StudyData data = study_data(archive, text_of(archive, "title"));
  return page + table.text(look) + analysis_page(models::analyse(data), data, text_of(archive, "money"), look);
}

}  // namespace sojourn::tools
