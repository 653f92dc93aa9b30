#include "tools/report/plain_calibration.h"

#include "tools/report/embedded.h"
#include "tools/report/html.h"
#include "tools/report/plain_tables.h"
#include "tools/report/words.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sojourn::tools {
namespace {

std::string between(const PageWords& say, const Json& of, const char* lo, const char* hi, int decimals) {
  return say("interval", {{"lo", say.decimal(of.at(lo), decimals)}, {"hi", say.decimal(of.at(hi), decimals)}});
}

std::string labelled(const Json& names, const char* kind, const Json& id) {
  const auto found = names.at(kind).find(id.get<std::string>());
  const std::string label = found == names.at(kind).end() ? "" : found->value("label", "");
  return html_text(label.empty() ? id.get<std::string>() : label);
}

/// Who was asked, where and when.
std::string group(const Json& cell, const Json& names, const PageWords& say) {
  const Json& who = cell.at("persona");
  std::string name = who.is_string() ? labelled(names, "personas", who) : say("cal_everybody");
  if (cell.at("touchpoint").is_string()) name += ", " + labelled(names, "touchpoints", cell.at("touchpoint"));
  if (cell.at("period").is_string()) name += ", " + html_text(cell.at("period").get<std::string>());
  return name;
}

std::string headline(const Json& calibration, const PageWords& say) {
  if (!(calibration.at("fit").at("gain_per_answer").get<double>() > 0)) return say("cal_head_marginal");
  const Json& cells = calibration.at("fit").at("cells");
  const auto off = std::ranges::count_if(cells, [](const Json& cell) { return !cell.at("fits").get<bool>(); });
  if (off == 0) return say("cal_head_fits");
  return say("cal_head_off", {{"off", std::to_string(off)}, {"n", std::to_string(cells.size())}});
}

std::string groups(const Json& calibration, const Json& names, const PageWords& say) {
  std::string rows;
  for (const Json& cell : calibration.at("fit").at("cells")) {
    const Json& nps = cell.at("nps");
    rows += plain_row_head(group(cell, names, say)) + plain_cell(say.decimal(cell.at("answers"), 0)) +
            plain_cell(say.signed_decimal(nps.at("observed"), 1)) +
            plain_cell(say.signed_decimal(nps.at("expected"), 1)) +
            plain_cell(between(say, nps, "predicted_lo", "predicted_hi", 1)) +
            plain_cell(say.decimal(cell.at("p_value"), 2)) +
            plain_cell(say(cell.at("fits").get<bool>() ? "cal_fits" : "cal_off"), false) + "</tr>";
  }
  return plain_table(say("plain_cal_fit"),
                     {say("cal_group"), say("answers"), say("cal_observed"), say("cal_expected"), say("cal_predicted"),
                      say("cal_p"), say("verdict_word")},
                     rows);
}

std::string parameters(const Json& calibration, const PageWords& say) {
  std::string rows;
  for (const auto& [address, one] : calibration.at("parameters").items()) {
    const std::string unit = one.contains("unit") && one.at("unit").is_string() ? " (h)" : "";
    rows += plain_row_head(html_text(address) + unit) + plain_cell(say.decimal(one.at("written"), 2)) +
            plain_cell(between(say, one, "prior_lo", "prior_hi", 2)) + plain_cell(say.decimal(one.at("estimate"), 2)) +
            plain_cell(between(say, one, "lo", "hi", 2)) +
            plain_cell(say.percent(std::max(one.at("contraction").get<double>(), 0.0))) + "</tr>";
  }
  return plain_table(say("plain_cal_numbers"),
                     {say("address"), say("cal_in_file"), say("cal_prior"), say("cal_estimate"), say("interval_95"),
                      say("cal_narrowed")},
                     rows);
}

std::string held_out(const Json& calibration, const PageWords& say) {
  const Json& held_out = calibration.at("holdout");
  if (!held_out.is_object()) return "";
  std::string rows;
  for (const auto& [name, one] : held_out.at("baselines").items()) {
    if (!one.contains("gain")) continue;
    const std::string key = "cal_base_" + name;
    rows += plain_row_head(say.knows(key) ? say(key) : html_text(name)) +
            plain_cell(say.decimal(one.at("log_score"), 4)) + plain_cell(say.decimal(one.at("rps"), 4)) +
            plain_cell(say.signed_decimal(one.at("nps"), 1)) +
            plain_cell(say.signed_decimal(one.at("gain").at("estimate"), 4)) +
            plain_cell(between(say, one.at("gain"), "lo", "hi", 4)) + "</tr>";
  }
  const Json& drift = held_out.at("drift");
  const Json& nps = held_out.at("nps");
  return plain_table(say("plain_cal_held"),
                     {say("cal_forecast"), say("cal_log_score"), say("plain_cal_rps"), "NPS", say("cal_gain"),
                      say("interval_95")},
                     rows) +
         "<p>" +
         say("cal_foretold", {{"nps", say.signed_decimal(nps.at("predicted"), 1)},
                              {"interval", between(say, nps, "lo", "hi", 1)},
                              {"observed", say.signed_decimal(nps.at("observed"), 1)}}) +
         " " +
         say(drift.at("alarm").get<bool>() ? "cal_drift_yes" : "plain_cal_no_drift",
             {{"nps", say.signed_decimal(drift.at("nps"), 1)},
              {"interval", between(say, drift, "nps_lo", "nps_hi", 1)}}) +
         "</p>\n";
}

}  // namespace

std::string plain_calibration(const Json& report) {
  const PageWords say(report.at("lang"), "calibration");
  const Json& calibration = report.at("calibration");
  const Json& result = report.at("result");
  std::string html = "<div class=\"plain\">\n<p>" + html_text(result.at("journey").value("title", "")) + "</p>\n<h1>" +
                     headline(calibration, say) + "</h1>\n";
  html += groups(calibration, result.at("names"), say) + parameters(calibration, say) + held_out(calibration, say);
  return html + "<p>" + say(page_script().empty() ? "plain_built" : "plain_note") + "</p>\n<p><code>" +
         html_text(report.value("command", "")) + "</code></p>\n</div>\n";
}

}  // namespace sojourn::tools
