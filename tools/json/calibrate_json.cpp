#include "tools/json/calibrate_json.h"

#include "models/calibrate/maximum.h"
#include "models/data/event_log.h"
#include "tools/json/json_parts.h"
#include "tools/json/json_text.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

using namespace models;

Json name_of(std::uint32_t index, const std::vector<std::string>& names) {
  return index == kNotSaid ? Json(nullptr) : Json(names[index]);
}

Json scores_json(const ForecastScores& scores) {
  return {{"log_score", scores.log_score},
          {"rps", scores.rps},
          {"nps", scores.nps},
          {"hit_rate", scores.hit_rate},
          {"promised_hit_rate", scores.promised_hit_rate}};
}

constexpr double kMsPerHour = 3'600'000;

/// By how much a value is divided to be shown: times are in hours.
double unit_of(const Calibration& calibration, std::size_t parameter) {
  return calibration.is_time[parameter] ? kMsPerHour : 1;
}

Json divided(std::vector<double> values, double by) {
  for (double& one : values) one /= by;
  return values;
}

Json parameters_json(const Calibration& calibration) {
  Json json = Json::object();
  for (std::size_t i = 0; i < calibration.addresses.size(); ++i) {
    const ParameterEstimate& one = calibration.posterior.parameters[i];
    const double unit = unit_of(calibration, i);
    json[calibration.addresses[i]] = {{"estimate", one.estimate / unit},
                                      {"lo", one.lo / unit},
                                      {"hi", one.hi / unit},
                                      {"sd", one.sd / unit},
                                      {"contraction", one.contraction},
                                      {"rhat", one.rhat},
                                      {"ess", one.effective},
                                      {"mode", calibration.mode[i] / unit},
                                      {"prior_mean", calibration.priors[i] / unit},
                                      {"written", calibration.written[i] / unit}};
    const ParameterShape& shape = calibration.shapes[i];
    Json& to = json[calibration.addresses[i]];
    to["unit"] = calibration.is_time[i] ? Json("hours") : Json(nullptr);
    to["found_by"] = is_walked(calibration, i) ? "walks" : "slopes";
    to["prior_sd"] = shape.prior_sd / unit;
    to["prior_lo"] = shape.prior_lo / unit;
    to["prior_hi"] = shape.prior_hi / unit;
    to["density"] = {{"at", divided(shape.at, unit)},
                     {"prior", divided(shape.prior, 1 / unit)},
                     {"posterior", divided(shape.posterior, 1 / unit)}};
  }
  return json;
}

Json walks_json(const Calibration::Walks& walks) {
  return {{"method", search_name()},
          {"banks", walks.banks},
          {"settled", walks.settled},
          {"interval", "normal in the scale without bounds, from the curvature of the profile"}};
}

Json shares_of(const std::array<double, kAnswers>& counts, double answers) {
  Json json = Json::array();
  for (const double count : counts) json.push_back(count / answers);
  return json;
}

Json cells_json(const CalibrateResult& result) {
  Json json = Json::array();
  for (const CheckedCell& cell : result.calibration.cells) {
    double answers = 0;
    for (const double count : cell.observed.count) answers += count;
    json.push_back({{"persona", name_of(cell.observed.persona, result.personas)},
                    {"touchpoint", name_of(cell.observed.touchpoint, result.touchpoints)},
                    {"period", name_of(cell.observed.period, result.periods)},
                    {"rows", cell.observed.rows},
                    {"answers", answers},
                    {"observed", cell.observed.count},
                    {"observed_share", shares_of(cell.observed.count, answers)},
                    {"expected", cell.expected},
                    {"expected_lo", cell.expected_lo},
                    {"expected_hi", cell.expected_hi},
                    {"predicted_lo", cell.predicted_lo},
                    {"predicted_hi", cell.predicted_hi},
                    {"p_value", cell.p_value},
                    {"nps",
                     {{"observed", cell.nps_observed},
                      {"se", cell.nps_observed_se},
                      {"observed_lo", cell.nps_observed_lo},
                      {"observed_hi", cell.nps_observed_hi},
                      {"expected", cell.nps},
                      {"lo", cell.nps_lo},
                      {"hi", cell.nps_hi},
                      {"predicted_lo", cell.nps_predicted_lo},
                      {"predicted_hi", cell.nps_predicted_hi},
                      {"z", cell.z}}},
                    {"mean",
                     {{"observed", cell.mean_observed},
                      {"se", cell.mean_observed_se},
                      {"observed_lo", cell.mean_observed_lo},
                      {"observed_hi", cell.mean_observed_hi},
                      {"expected", cell.mean},
                      {"lo", cell.mean_lo},
                      {"hi", cell.mean_hi},
                      {"predicted_lo", cell.mean_predicted_lo},
                      {"predicted_hi", cell.mean_predicted_hi}}},
                    {"fits", fits(cell)}});
  }
  return json;
}

std::string shape_word(Profile::Shape shape) {
  switch (shape) {
    case Profile::Shape::closed: return "closed";
    case Profile::Shape::open_below: return "open_below";
    case Profile::Shape::open_above: return "open_above";
    case Profile::Shape::flat: return "flat";
  }
  return "";
}

Json weak_json(const Calibration& calibration) {
  Json json = {{"directions", Json::array()}, {"profiles", Json::array()}};
  for (std::size_t i = 0; i < calibration.weak.size(); ++i) {
    Json parts = Json::object();
    for (const WeakDirection::Part& part : calibration.weak[i].parts)
      parts[calibration.addresses[part.parameter]] = part.share;
    json["directions"].push_back(
        {{"words", calibration.weak_words[i]}, {"information", calibration.weak[i].information}, {"parts", parts}});
  }
  for (const Profile& one : calibration.profiles) {
    json["profiles"].push_back({{"parameter", calibration.addresses[one.parameter]},
                                {"shape", shape_word(one.shape)},
                                {"sure", Profile::kDrop},
                                {"values", divided(one.values, unit_of(calibration, one.parameter))},
                                {"drops", one.drops}});
  }
  return json;
}

Json held_out_json(const CalibrateResult& result) {
  const HeldOut& held_out = *result.calibration.held_out;
  Json json = {{"file", result.held_out->file},
               {"sha256", result.held_out->sha256},
               {"log_score", held_out.scores.log_score},
               {"rps", held_out.scores.rps},
               {"hit_rate", held_out.scores.hit_rate},
               {"promised_hit_rate", held_out.scores.promised_hit_rate},
               {"nps",
                {{"predicted", held_out.scores.nps},
                 {"lo", held_out.nps_lo},
                 {"hi", held_out.nps_hi},
                 {"observed", held_out.scores.observed.nps},
                 {"observed_lo", held_out.nps_observed_lo},
                 {"observed_hi", held_out.nps_observed_hi},
                 {"observed_se", held_out.scores.observed.se}}}};
  json["shift"] = {{"predicted", held_out.shift.predicted},
                   {"lo", held_out.shift.lo},
                   {"hi", held_out.shift.hi},
                   {"observed", held_out.shift.observed},
                   {"observed_se", held_out.shift.observed_se}};
  json["baselines"] = Json::object();
  for (const Baseline& one : held_out.baselines) {
    Json& to = json["baselines"][one.name];
    if (!one.scores) {
      to = {{"why_not", one.why_not}};
      continue;
    }
    to = scores_json(*one.scores);
    to["gain"] = {{"estimate", one.gain.gain}, {"se", one.gain.se}, {"lo", one.gain.lo}, {"hi", one.gain.hi}};
  }
  json["drift"] = {{"points", held_out.drift},        {"se", held_out.drift_se},   {"lo", held_out.drift_lo},
                   {"hi", held_out.drift_hi},         {"nps", held_out.drift_nps}, {"nps_lo", held_out.drift_nps_lo},
                   {"nps_hi", held_out.drift_nps_hi}, {"alarm", drifts(held_out)}};
  return json;
}

Json ways_json(const CalibratedWays& ways) {
  Json json = {{"file", ways.file}, {"steps", ways.steps}, {"concentration", ways.concentration}};
  json["weights"] = Json::object();
  for (const CalibratedWays::Weight& one : ways.weights) {
    json["weights"][one.address] = {{"estimate", one.estimate}, {"before", one.before}, {"count", one.count}};
  }
  json["not_used"] = Json::object();
  for (const auto& [choice, why] : ways.not_used) json["not_used"][choice] = why;
  json["strays"] = Json::array();
  for (const CalibratedWays::Stray& one : ways.strays) {
    json["strays"].push_back({{"from", one.from}, {"to", one.to}, {"count", one.count}});
  }
  return json;
}

Json join_json(const Join& join) {
  return {{"cases", join.with_case()},     {"joined", join.joined()},    {"on_path", join.on_path},
          {"met_the_same", join.met},      {"others", join.others},      {"everybody", join.everybody},
          {"not_in_log", join.not_in_log}, {"not_there", join.not_there}};
}

}  // namespace

std::string calibrate_json(const CalibrateResult& result) {
  const Calibration& calibration = result.calibration;
  Json json = {
      {"format", "sojourn.calibrate/1"},
      {"program", result.program},
      {"journey", {{"title", result.journey.title}, {"file", result.journey.file}, {"sha256", result.journey.sha256}}},
      {"survey",
       {{"file", result.survey.file},
        {"sha256", result.survey.sha256},
        {"rows", calibration.rows},
        {"answers", calibration.answers},
        {"blank", result.blank},
        {"rejected", result.rejected}}},
      {"out", result.out.empty() ? Json(nullptr) : Json(result.out)},
      {"out_sha256", result.out.empty() ? Json(nullptr) : Json(result.out_sha256)},
      {"command", result.command},
      {"seed", result.seed},
      {"own_paths", calibration.own_paths},
      {"parameters", parameters_json(calibration)}};
  json["warnings"] = Json::array();
  for (const Diagnostic& one : calibration.warnings.list()) json["warnings"].push_back(one.what);
  json["fit"] = {
      {"log_likelihood", calibration.fit.log_likelihood},
      {"marginal_log_likelihood", calibration.marginal_log_likelihood},
      {"gain_per_answer", (calibration.fit.log_likelihood - calibration.marginal_log_likelihood) / calibration.answers},
      {"steps", calibration.fit.steps},
      {"converged", calibration.fit.converged},
      {"journeys", calibration.journeys},
      {"banks", calibration.banks},
      {"effective_share", calibration.effective_share},
      {"noise", calibration.posterior.noise},
      {"accepted", calibration.posterior.accepted},
      {"divergent", calibration.posterior.divergent},
      {"cells", cells_json(result)}};
  json["fit"]["simpler"] = Json::object();
  for (const SimplerFit& one : calibration.simpler) {
    json["fit"]["simpler"][one.name] = {{"log_likelihood", one.log_likelihood},
                                        {"worse", one.worse},
                                        {"fewer_parameters", one.fewer},
                                        {"earned", is_earned(one)}};
  }
  json["walks"] = calibration.walks ? walks_json(*calibration.walks) : Json(nullptr);
  json["weak"] = weak_json(calibration);
  json["names"] = names_json(result.names);
  json["transitions"] = result.ways ? ways_json(*result.ways) : Json(nullptr);
  json["join"] = calibration.join ? join_json(*calibration.join) : Json(nullptr);
  json["holdout"] = calibration.held_out ? held_out_json(result) : Json(nullptr);
  return json_text(json);
}

}  // namespace sojourn::tools
