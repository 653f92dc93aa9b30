#include "tools/report/plain_study.h"

#include "tools/report/embedded.h"
#include "tools/report/html.h"
#include "tools/report/plain_tables.h"
#include "tools/report/words.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

std::string scenario(const Json& study, const Json& index, const PageWords& say) {
  const auto i = index.get<std::size_t>();
  return i == 0 ? say("as_it_is") : html_text(study.at("scenarios").at(i).get<std::string>());
}

std::string option(const Json& study, const Json& one, const PageWords& say) {
  const std::string what = scenario(study, one.at("scenario"), say);
  if (!one.contains("point")) return what;
  return say("at_point", {{"what", what}, {"point", std::to_string(one.at("point").get<std::size_t>())}});
}

std::string figure(const std::string& metric, const PageWords& say) {
  return say.knows("metric_" + metric) ? say("metric_" + metric) : html_text(metric);
}

/// Lowest and highest of each figure, over all points.
std::string ranges(const Json& study, const PageWords& say) {
  std::string rows;
  for (const auto& [name, metric] : study.at("metrics").items()) {
    for (std::size_t s = 0; s < metric.at("ranges").size(); ++s) {
      const Json& range = metric.at("ranges").at(s);
      if (!range.is_array()) continue;
      rows += plain_row_head(figure(name, say)) + plain_cell(scenario(study, s, say), false) +
              plain_cell(say.decimal(range.at(0), 3)) + plain_cell(say.decimal(range.at(1), 3)) + "</tr>";
    }
  }
  return plain_table(say("plain_ranges"), {say("figure"), say("option"), say("lowest"), say("highest")}, rows);
}

std::string ranking(const Json& study, const PageWords& say) {
  std::string rows;
  for (const auto& [name, metric] : study.at("metrics").items()) {
    if (!metric.contains("ranking")) continue;
    for (const Json& one : metric.at("ranking").at("options")) {
      rows += plain_row_head(figure(name, say)) + plain_cell(option(study, one, say), false) +
              plain_cell(say.decimal(one.at("mean"), 3)) + plain_cell(say.decimal(one.at("behind").at(0), 3)) +
              plain_cell(say.interval(one.at("behind"), 3, false)) +
              plain_cell(say(one.at("selected").get<bool>() ? "yes" : "no"), false) + "</tr>";
    }
  }
  if (rows.empty()) return "";
  return plain_table(
      say("plain_ranking"),
      {say("figure"), say("option"), say("mean"), say("behind"), say("interval_95"), say("selected_word")}, rows);
}

/// What each figure hangs on, whichever analysis the design gives.
std::string factors(const Json& study, const PageWords& say) {
  std::string rows;
  const auto row = [&](const std::string& metric, const Json& analysis, std::size_t factor, const std::string& measure,
                       const Json& bounded) {
    rows += plain_row_head(figure(metric, say)) + plain_cell(scenario(study, analysis.at("scenario"), say), false) +
            plain_cell(html_text(study.at("factors").at(factor).at("label").get<std::string>()), false) +
            plain_cell(measure, false) + plain_cell(say.decimal(bounded.at(0), 3)) +
            plain_cell(say.interval(bounded, 3, false)) + "</tr>";
  };
  for (const auto& [name, metric] : study.at("metrics").items()) {
    for (const Json& one : metric.at("factors")) {
      if (!one.at("varies").get<bool>()) continue;
      for (std::size_t f = 0; f < study.at("factors").size(); ++f) {
        if (one.contains("sobol")) {
          row(name, one, f, say("first_index"), one.at("sobol").at("first").at(f));
          row(name, one, f, say("total_index"), one.at("sobol").at("total").at(f));
        }
        if (one.contains("morris")) row(name, one, f, "μ*", one.at("morris").at(f).at("mu_star"));
        if (one.contains("regression"))
          row(name, one, f, say("coefficient"), one.at("regression").at("coefficients").at(f));
      }
      if (!one.contains("tornado")) continue;
      for (const Json& bar : one.at("tornado")) {
        for (const Json& end : bar.at("ends")) {
          row(name, one, bar.at("factor").get<std::size_t>(),
              say("change_at", {{"value", say.decimal(end.at("value"), 3)}}), end.at("change"));
        }
      }
    }
  }
  if (rows.empty()) return "";
  return plain_table(
      say("plain_factors"),
      {say("figure"), say("option"), say("what_varies"), say("measure"), say("estimate"), say("interval_95")}, rows);
}

}  // namespace

std::string plain_study(const Json& report) {
  const PageWords say(report.at("lang"), "study");
  const Json& study = report.at("study");
  return "<div class=\"plain\">\n<p>" + html_text(study.at("journey").value("title", "")) + "</p>\n<h1>" +
         html_text(study.value("title", "")) + "</h1>\n" + ranges(study, say) + ranking(study, say) +
         factors(study, say) + "<p>" + say(page_script().empty() ? "plain_built" : "plain_note") + "</p>\n<p><code>" +
         html_text(report.value("command", "")) + "</code></p>\n</div>\n";
}

}  // namespace sojourn::tools
