#include "tools/report/plain.h"

#include "tools/report/embedded.h"
#include "tools/report/html.h"
#include "tools/report/plain_calibration.h"
#include "tools/report/plain_figures.h"
#include "tools/report/plain_study.h"
#include "tools/report/plain_tables.h"
#include "tools/report/words.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <vector>

namespace sojourn::tools {
namespace {

std::string named(const Json& names, const char* kind, const std::string& id) {
  const Json& known = names.at(kind);
  const auto found = known.find(id);
  return html_text(found == known.end() ? id : found->value("label", id));
}

/// The document's scenarios, the best first. Empty for a run.
std::vector<const Json*> best_first(const Json& result) {
  std::vector<const Json*> list;
  if (result.at("format") != "sojourn.compare/1") return list;
  for (const Json& scenario : result.at("scenarios")) list.push_back(&scenario);
  const auto change = [](const Json* scenario) {
    const Json& nps = (*scenario).at("difference").at("nps");
    return nps.is_array() ? nps.at(0).get<double>() : -1e9;
  };
  std::stable_sort(list.begin(), list.end(), [&](const Json* a, const Json* b) { return change(a) > change(b); });
  return list;
}

const Json& estimate(const Json& figure) {
  static const Json none;
  return figure.is_array() ? figure.at(0) : none;
}

std::string what_ifs(const Json& base, const std::vector<const Json*>& scenarios, const Json& names,
                     const PageWords& say) {
  std::string rows;
  for (const Json* one : scenarios) {
    const Json& nps = (*one).at("difference").at("nps");
    const std::string kind = (*one).at("verdict_kind");
    rows += plain_row_head(html_text((*one).at("scenario").value("title", ""))) +
            plain_cell(say.knows("verdict_" + kind) ? say("verdict_" + kind) : html_text(kind), false) +
            plain_cell(say.decimal(estimate(base.at("overall").at("nps")), 1)) +
            plain_cell(say.decimal(estimate((*one).at("result").at("overall").at("nps")), 1)) +
            plain_cell(say.signed_decimal(estimate(nps), 1)) + plain_cell(say.interval(nps, 1, true)) +
            plain_cell(say.signed_decimal(estimate((*one).at("net_gain")), 2)) +
            plain_cell(say.percent((*one).at("agents_changed"))) + "</tr>";
  }
  std::string html = plain_table(say("what_if"),
                                 {say("what_if_name"), say("verdict_word"), say("nps_as_is"), say("nps_what_if"),
                                  say("change_in_nps"), say("interval_95"), say("net_gain"), say("that_change")},
                                 rows);
  for (const Json* one : scenarios) {
    std::string personas;
    for (const auto& [id, persona] : (*one).at("personas").items()) {
      const Json& nps = persona.at("nps");
      personas += plain_row_head(named(names, "personas", id)) + plain_cell(say.signed_decimal(estimate(nps), 1)) +
                  plain_cell(say.interval(nps, 1, true)) + "</tr>";
    }
    html += plain_table(html_text((*one).at("scenario").value("title", "")),
                        {say("whom"), say("change_in_nps"), say("interval_95")}, personas);
  }
  return html;
}

std::string persona_table(const Json& base, const Json& names, const PageWords& say) {
  std::string rows;
  for (const auto& [id, persona] : base.at("personas").items()) {
    rows += plain_row_head(named(names, "personas", id)) + plain_cell(say.percent(persona.at("share"))) +
            plain_cell(say.decimal(estimate(persona.at("nps")), 1)) +
            plain_cell(say.interval(persona.at("nps"), 1, false)) +
            plain_cell(say.decimal(estimate(persona.at("satisfaction")), 2)) +
            plain_cell(say.percent(estimate(persona.at("success")))) + "</tr>";
  }
  return plain_table(
      say("personas_name"),
      {say("whom"), say("share"), say("nps_as_is"), say("interval_95"), say("satisfaction"), say("success")}, rows);
}

std::string touchpoint_table(const Json& base, const Json& names, const PageWords& say) {
  std::string rows;
  for (const auto& [id, name] : names.at("touchpoints").items()) {
    const auto found = base.at("touchpoints").find(id);
    if (found == base.at("touchpoints").end()) continue;
    rows +=
        plain_row_head(html_text(name.value("label", id)) + (name.value("moment_of_truth", false) ? " \u2605" : "")) +
        plain_cell(html_text(name.value("stage", "")), false) +
        plain_cell(say.percent(estimate((*found).at("reach")))) +
        plain_cell(say.decimal(estimate((*found).at("satisfaction")), 2)) +
        plain_cell(say.interval((*found).at("satisfaction"), 2, false)) +
        plain_cell(say.decimal(estimate((*found).at("pain_loss")), 2)) +
        plain_cell(say.percent(estimate((*found).at("drop_off")))) + "</tr>";
  }
  return plain_table(say("map_name"),
                     {say("touchpoint"), say("stage"), say("reach_word"), say("satisfaction"), say("interval_95"),
                      say("pain_loss"), say("drop_off")},
                     rows);
}

std::string target_table(const Json& report, const PageWords& say) {
  const auto found = report.find("targets");
  if (found == report.end()) return "";
  std::string rows;
  for (const Json& target : *found) {
    const Json& now = target.at("cases").at(0);
    const std::string verdict = now.at("verdict");
    rows += plain_row_head(html_text(target.value("address", ""))) + plain_cell(say.decimal(target.at("target"), 2)) +
            plain_cell(say.decimal(estimate(now.at("figure")), 2)) +
            plain_cell(say.interval(now.at("figure"), 2, false)) +
            plain_cell(say.knows("target_" + verdict) ? say("target_" + verdict) : "", false) + "</tr>";
  }
  return plain_table(
      say("targets_name"),
      {say("what_should_be"), say("target_word"), say("simulated"), say("interval_95"), say("verdict_word")}, rows);
}

std::string headline(const Json& result, const Json& base, const std::vector<const Json*>& scenarios,
                     const PageWords& say) {
  const std::string journey = html_text(result.at("journey").value("title", ""));
  if (scenarios.empty()) {
    return say("headline_run", {{"nps", say.signed_decimal(estimate(base.at("overall").at("nps")), 0)}});
  }
  const Json& best = *scenarios.front();
  const std::string kind = best.at("verdict_kind");
  const std::string title = html_text(best.at("scenario").value("title", ""));
  if (kind == "better" || kind == "better_at_a_price") {
    return say("headline_better",
               {{"title", title}, {"by", say.decimal(estimate(best.at("difference").at("nps")), 1)}});
  }
  return say("headline_none_better", {{"n", std::to_string(scenarios.size())}});
}

}  // namespace

std::string plain_page(const Json& report) {
  if (report.at("result").at("format") == "sojourn.calibrate/1") return plain_calibration(report);
  if (report.at("result").at("format") == "sojourn.study/1") return plain_study(report);
  const PageWords say(report.at("lang"));
  const Json& result = report.at("result");
  const Json& names = result.at("names");
  const std::vector<const Json*> scenarios = best_first(result);
  const Json& base = result.contains("base") ? result.at("base") : result;
  const Json& nps = base.at("overall").at("nps");
  std::string html = "<div class=\"plain\">\n<p>" + html_text(result.at("journey").value("title", "")) + "</p>\n<h1>" +
                     headline(result, base, scenarios, say) + "</h1>\n<p>" + say("as_is_today") + ": NPS " +
                     say.signed_decimal(estimate(nps), 1) + " (" + say.interval(nps, 1, true) + "). " + say("agents") +
                     ": " + say.whole(result.value("agents", std::uint64_t{0})) + ".</p>\n";
  if (!scenarios.empty()) {
    html += "<h2>" + say("forest_name") + "</h2>\n" + plain_forest(scenarios, names, say) +
            what_ifs(base, scenarios, names, say);
  }
  html += "<h2>" + say("scores_name") + "</h2>\n" + plain_histogram(base.at("overall").at("scores"), say);
  html += persona_table(base, names, say) + touchpoint_table(base, names, say) + target_table(report, say);
  html += "<p>" + say(page_script().empty() ? "plain_built" : "plain_note") + "</p>\n<p><code>" +
          html_text(report.value("command", "")) + "</code></p>\n<p>" + say("not_said") + "</p>\n</div>\n";
  return html;
}

}  // namespace sojourn::tools
