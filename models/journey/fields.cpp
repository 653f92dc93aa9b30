#include "models/journey/fields.h"

#include <algorithm>

namespace sojourn::models {
namespace {

// A table: one field a line or two.
// clang-format off

constexpr Type text{};
constexpr Type boolean{.kind = Kind::boolean};
constexpr Type any_number{.kind = Kind::number};
constexpr Type not_negative{.kind = Kind::number, .range = {.low = 0}};
constexpr Type positive{.kind = Kind::number, .range = {.low = 0, .above_low = true}};
constexpr Type probability{.kind = Kind::number, .range = {.low = 0, .high = 1}, .quantity = Quantity::probability};
constexpr Type duration{.kind = Kind::duration, .range = {.low = 0}, .quantity = Quantity::time};
constexpr Type points_distribution{.kind = Kind::distribution, .quantity = Quantity::points};
constexpr Type time_distribution{.kind = Kind::distribution, .quantity = Quantity::time};
constexpr Type addressed_distribution{.kind = Kind::distribution, .quantity = Quantity::addressed};
constexpr Type value{.kind = Kind::value};
constexpr Type address{.kind = Kind::address};

constexpr Type reference_to(Section section) { return {.kind = Kind::reference, .section = section}; }
constexpr Type record_of(const Record& record) { return {.kind = Kind::record, .record = &record}; }
constexpr Type map_of(Section keys, const Type& element) {
  return {.kind = Kind::map, .section = keys, .element = &element};
}
/// A map whose keys are new ids, of which there must be at least `least`.
constexpr Type ids_of(Section keys, const Type& element, std::size_t least = 0) {
  return {.kind = Kind::map, .section = keys, .defines = true, .element = &element, .least = least};
}
constexpr Type list_of(const Type& element) { return {.kind = Kind::list, .element = &element}; }

// ---- changes -----------------------------------------------------------------------------------------------------

constexpr Type one_persona = reference_to(Section::persona);
constexpr Type some_personas{.kind = Kind::list, .element = &one_persona, .least = 1};

constexpr Field change_fields[] = {
  {.key = "set", .type = address, .need = Need::one_of, .description = "The address whose value `to` replaces."},
  {.key = "scale", .type = address, .need = Need::one_of,
   .description = "The address of a number, a duration or a whole distribution that is multiplied by `by`."},
  {.key = "shift", .type = address, .need = Need::one_of,
   .description = "The address of a number or a duration that `by` is added to."},
  {.key = "remove", .type = address, .need = Need::one_of,
   .description = "The address of what goes, with everything that leads to it."},
  {.key = "add", .type = address, .need = Need::one_of, .description = "The address of what `as` adds."},
  {.key = "to", .type = value, .default_from = DefaultFrom::none, .description = "The new value of `set`."},
  {.key = "by", .type = value, .default_from = DefaultFrom::none,
   .description = "The factor of `scale`, or the number or duration (negative too) of `shift`."},
  {.key = "as", .type = value, .default_from = DefaultFrom::none, .description = "What `add` adds, whole."},
  {.key = "reroute", .type = reference_to(Section::node), .default_from = DefaultFrom::none,
   .description = "With `remove`: the touchpoint or outcome that everything leads to instead."},
  {.key = "for", .type = some_personas, .default_from = DefaultFrom::none,
   .description = "The personas for whom it changes; all where it is not written."},
};
constexpr Record change_record{.name = "change", .description = "One edit of the journey.", .fields = change_fields,
                               .rule = Rule::change};
constexpr Type one_change = record_of(change_record);

constexpr Field override_fields[] = {
  {.key = "set", .type = address, .need = Need::one_of, .description = "The address whose value `to` replaces."},
  {.key = "scale", .type = address, .need = Need::one_of,
   .description = "The address of a number, a duration or a whole distribution that is multiplied by `by`."},
  {.key = "shift", .type = address, .need = Need::one_of,
   .description = "The address of a number or a duration that `by` is added to."},
  {.key = "to", .type = value, .default_from = DefaultFrom::none, .description = "The new value of `set`."},
  {.key = "by", .type = value, .default_from = DefaultFrom::none,
   .description = "The factor of `scale`, or the number or duration (negative too) of `shift`."},
};
constexpr Record override_record{
  .name = "override",
  .description = "A difference of the journey as a persona sees it: touchpoints, pains, outcomes, start, satisfaction.",
  .fields = override_fields, .rule = Rule::change};
constexpr Type one_override = record_of(override_record);

// ---- recommendation ----------------------------------------------------------------------------------------------

constexpr Type thresholds{.kind = Kind::list, .element = &any_number, .rising = true, .least = 10, .most = 10};
constexpr std::string_view bias_text = "Added to the overall satisfaction before the answer is given.";
constexpr std::string_view spread_text = "How much answers scatter: the scale of the logistic response.";
constexpr std::string_view thresholds_text =
  "The ten rising thresholds t0..t9 of the answer, P(answer <= k) = logistic((t_k - S - bias) / spread).";

constexpr Field recommendation_fields[] = {
  {.key = "bias", .type = any_number, .default_text = "0", .unit = "points", .description = bias_text},
  {.key = "spread", .type = positive, .default_text = "0.8", .unit = "points", .description = spread_text},
  {.key = "thresholds", .type = thresholds, .default_text = "[0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5]",
   .unit = "points", .description = thresholds_text},
};
constexpr Record recommendation_record{
  .name = "recommendation", .description = "How overall satisfaction becomes an answer 0..10 (ordered logit).",
  .fields = recommendation_fields};

constexpr Field own_recommendation_fields[] = {
  {.key = "bias", .type = any_number, .default_from = DefaultFrom::journey, .unit = "points", .description = bias_text},
  {.key = "spread", .type = positive, .default_from = DefaultFrom::journey, .unit = "points",
   .description = spread_text},
  {.key = "thresholds", .type = thresholds, .default_from = DefaultFrom::journey, .unit = "points",
   .description = thresholds_text},
};
constexpr Record own_recommendation_record{
  .name = "persona's recommendation", .description = "How a persona answers; each key written replaces the journey's.",
  .fields = own_recommendation_fields};

// ---- personas, pains, goals, outcomes ----------------------------------------------------------------------------

constexpr Field empathy_fields[] = {
  {.key = "thinks", .type = text, .description = "What the persona thinks."},
  {.key = "feels", .type = text, .description = "What the persona feels."},
  {.key = "says", .type = text, .description = "What the persona says."},
  {.key = "does", .type = text, .description = "What the persona does."},
  {.key = "pains", .type = text, .description = "What hurts, in words."},
  {.key = "gains", .type = text, .description = "What would be a gain, in words."},
};
constexpr Record empathy_record{.name = "empathy", .description = "An empathy map: text for the report.",
                                .fields = empathy_fields};

constexpr Field own_goal_fields[] = {
  {.key = "importance", .type = not_negative, .need = Need::required, .unit = "points",
   .description = "Satisfaction lost at the end if the goal is missed."},
};
constexpr Record own_goal_record{.name = "persona's goal", .description = "How much a goal matters to a persona.",
                                 .fields = own_goal_fields};
constexpr Type own_goal = record_of(own_goal_record);
constexpr Type sensitivity{.kind = Kind::map, .section = Section::pain, .element = &not_negative, .entry_default = "1"};
constexpr Type affinity{.kind = Kind::map, .section = Section::channel, .element = &not_negative, .entry_default = "1"};

constexpr Field persona_fields[] = {
  {.key = "name", .type = text, .default_from = DefaultFrom::id, .description = "The name that reports show."},
  {.key = "share", .type = not_negative, .default_text = "1",
   .description = "The share of those who travel; shares are normalised to 1."},
  {.key = "quote", .type = text, .description = "A sentence that the persona would say."},
  {.key = "empathy", .type = record_of(empathy_record), .description = "The empathy map, as text for the report."},
  {.key = "goals", .type = map_of(Section::goal, own_goal), .default_text = "{}",
   .description = "What the persona wants to achieve, and how much it matters."},
  {.key = "expectation", .type = points_distribution, .default_from = DefaultFrom::anchor, .unit = "points",
   .description = "The performance that is expected at the start (not clamped)."},
  {.key = "learning", .type = probability, .default_text = "0",
   .description = "How fast the expectation follows the experience: K, 0..1."},
  {.key = "loss_aversion", .type = {.kind = Kind::number, .range = {.low = 1}}, .default_text = "1",
   .description = "How much more a disappointment weighs than a delight: lambda, at least 1."},
  {.key = "patience", .type = time_distribution, .default_from = DefaultFrom::none, .unit = "time",
   .description = "How long one visit may take before it is given up; without it the persona waits."},
  {.key = "sensitivity", .type = sensitivity, .default_text = "{}",
   .description = "Multiplies the severity of a pain; 1 where it is not written."},
  {.key = "channels", .type = affinity, .default_text = "{}",
   .description = "Affinity to a channel; 1 where it is not written, 0 means that it is never used."},
  {.key = "recommendation", .type = record_of(own_recommendation_record),
   .description = "How the persona answers; each key written replaces the journey's."},
  {.key = "overrides", .type = list_of(one_override), .default_text = "[]",
   .description = "The journey as this persona sees it: changes as in a scenario."},
};
constexpr Record persona_record{.name = "persona", .description = "A group of customers who travel alike.",
                                .fields = persona_fields};
constexpr Type persona = record_of(persona_record);

constexpr Field pain_fields[] = {
  {.key = "label", .type = text, .default_from = DefaultFrom::id, .description = "The name that reports show."},
  {.key = "severity", .type = not_negative, .need = Need::required, .unit = "points",
   .description = "What it takes off the performance of the visit where it happens."},
  {.key = "lasting", .type = boolean, .default_text = "false",
   .description = "Whether it stays open until something resolves it; guards and `resolves` see lasting pains only."},
  {.key = "lingering", .type = not_negative, .default_text = "0", .unit = "points",
   .description = "What it takes off the overall satisfaction while it is open at the end."},
};
constexpr Record pain_record{.name = "pain", .description = "Something that goes wrong.", .fields = pain_fields};
constexpr Type pain = record_of(pain_record);

constexpr Field goal_fields[] = {
  {.key = "label", .type = text, .default_from = DefaultFrom::id, .description = "The name that reports show."},
};
constexpr Record goal_record{.name = "goal", .description = "Something that customers want to achieve.",
                             .fields = goal_fields};
constexpr Type goal = record_of(goal_record);

constexpr Field outcome_fields[] = {
  {.key = "label", .type = text, .default_from = DefaultFrom::id, .description = "The name that reports show."},
  {.key = "success", .type = boolean, .default_text = "false", .description = "Whether the journey went well."},
  {.key = "value", .type = any_number, .default_text = "0", .unit = "money",
   .description = "What a journey that ends here is worth to the provider."},
};
constexpr Record outcome_record{
  .name = "outcome", .description = "An end of the journey; `abandoned` exists without being written.",
  .fields = outcome_fields};
constexpr Type outcome = record_of(outcome_record);

// ---- touchpoints -------------------------------------------------------------------------------------------------

constexpr Field guard_fields[] = {
  {.key = "goal", .type = reference_to(Section::goal), .need = Need::one_of, .description = "A goal achieved by now."},
  {.key = "pain", .type = reference_to(Section::pain), .need = Need::one_of,
   .description = "A lasting pain that is open now."},
};
constexpr Record guard_record{.name = "guard", .description = "A condition on an edge: one goal or one lasting pain.",
                              .fields = guard_fields};

constexpr Field edge_fields[] = {
  {.key = "weight", .type = not_negative, .default_text = "1",
   .description = "The chance to go this way, relative to the other open edges."},
  {.key = "mood", .type = any_number, .default_text = "0", .unit = "per point",
   .description = "The log-weight per point of mood above the anchor."},
  {.key = "if", .type = record_of(guard_record), .default_from = DefaultFrom::none,
   .description = "Open only if this goal is achieved or this pain is open."},
  {.key = "unless", .type = record_of(guard_record), .default_from = DefaultFrom::none,
   .description = "Closed if this goal is achieved or this pain is open."},
};
constexpr Record edge_record{.name = "edge", .description = "A way on to a touchpoint or an outcome.",
                             .fields = edge_fields};
constexpr Type edge{.kind = Kind::record, .record = &edge_record, .short_form = ShortForm::weight, .parallel = true};

constexpr Field risk_fields[] = {
  {.key = "probability", .type = probability, .need = Need::one_of,
   .description = "The chance that it happens at a visit."},
  {.key = "after", .type = duration, .need = Need::one_of, .unit = "time",
   .description = "It happens at every visit that ends later than this since the start of the journey."},
  {.key = "severity", .type = not_negative, .default_from = DefaultFrom::pain_severity, .unit = "points",
   .description = "Replaces the pain's severity here."},
};
constexpr Record risk_record{.name = "touchpoint's pain", .description = "A pain where it can happen.",
                             .fields = risk_fields};
constexpr Type risk = record_of(risk_record);

constexpr Field resolution_fields[] = {
  {.key = "probability", .type = probability, .need = Need::required,
   .description = "The chance that the open pain is closed at a visit."},
  {.key = "lift", .type = not_negative, .default_text = "0", .unit = "points",
   .description = "What closing it adds to the performance."},
};
constexpr Record resolution_record{.name = "resolution", .description = "A chance that an open pain is closed.",
                                   .fields = resolution_fields};
constexpr Type resolution = record_of(resolution_record);

constexpr Type risks = map_of(Section::pain, risk);
constexpr Type resolutions = map_of(Section::pain, resolution);
constexpr Type fulfilments = map_of(Section::goal, probability);
constexpr Type edges = map_of(Section::node, edge);

constexpr std::string_view experience_text = "The performance of a visit on the 0..10 scale, clamped to it.";
constexpr std::string_view duration_text = "How long a visit takes.";
constexpr std::string_view effort_text = "What a visit asks of the customer.";
constexpr std::string_view cost_text = "What a visit costs the provider.";
constexpr std::string_view risks_text = "What can go wrong here.";
constexpr std::string_view resolutions_text = "Which open pains can be closed here.";
constexpr std::string_view fulfilments_text = "Which goals can be achieved here, with the probability.";
constexpr std::string_view given_up_text = "Where a visit that outlasts the patience leads.";
constexpr std::string_view edges_text = "The ways on; a number is short for {weight: number}.";

constexpr Field channel_fields[] = {
  {.key = "share", .type = not_negative, .default_text = "1",
   .description = "How often it is used, relative to the touchpoint's other channels."},
  {.key = "label", .type = text, .default_from = DefaultFrom::id, .description = "The name that reports show."},
  {.key = "experience", .type = points_distribution, .default_from = DefaultFrom::touchpoint, .unit = "points",
   .description = experience_text},
  {.key = "duration", .type = time_distribution, .default_from = DefaultFrom::touchpoint, .unit = "time",
   .description = duration_text},
  {.key = "effort", .type = not_negative, .default_from = DefaultFrom::touchpoint, .unit = "points of effort",
   .description = effort_text},
  {.key = "cost", .type = any_number, .default_from = DefaultFrom::touchpoint, .unit = "money",
   .description = cost_text},
  {.key = "pains", .type = risks, .default_from = DefaultFrom::touchpoint, .description = risks_text},
  {.key = "resolves", .type = resolutions, .default_from = DefaultFrom::touchpoint, .description = resolutions_text},
  {.key = "fulfils", .type = fulfilments, .default_from = DefaultFrom::touchpoint, .description = fulfilments_text},
  {.key = "if_given_up", .type = reference_to(Section::node), .default_from = DefaultFrom::touchpoint,
   .description = given_up_text},
  {.key = "next", .type = edges, .default_from = DefaultFrom::touchpoint, .description = edges_text},
};
constexpr Record channel_record{
  .name = "channel", .description = "A way to use a touchpoint; what it carries replaces the touchpoint's field whole.",
  .fields = channel_fields};
constexpr Type channel = record_of(channel_record);

constexpr Field touchpoint_fields[] = {
  {.key = "label", .type = text, .default_from = DefaultFrom::id, .description = "The name that reports show."},
  {.key = "stage", .type = text, .description = "The stage of the journey that it belongs to."},
  {.key = "importance", .type = not_negative, .default_from = DefaultFrom::importance,
   .description = "The weight in the memory and in the running mood."},
  {.key = "moment_of_truth", .type = boolean, .default_text = "false",
   .description = "Marked in every report; makes the default importance 2."},
  {.key = "channels", .type = ids_of(Section::channel, channel), .default_text = "{}",
   .description = "The ways to use it; without any it has one plain way."},
  {.key = "experience", .type = points_distribution, .default_from = DefaultFrom::none, .unit = "points",
   .description = experience_text},
  {.key = "duration", .type = time_distribution, .default_text = "0 ms", .unit = "time", .description = duration_text},
  {.key = "effort", .type = not_negative, .default_text = "0", .unit = "points of effort", .description = effort_text},
  {.key = "cost", .type = any_number, .default_text = "0", .unit = "money", .description = cost_text},
  {.key = "pains", .type = risks, .default_text = "{}", .description = risks_text},
  {.key = "resolves", .type = resolutions, .default_text = "{}", .description = resolutions_text},
  {.key = "fulfils", .type = fulfilments, .default_text = "{}", .description = fulfilments_text},
  {.key = "if_given_up", .type = reference_to(Section::node), .default_text = "abandoned",
   .description = given_up_text},
  {.key = "next", .type = edges, .need = Need::required, .description = edges_text},
};
constexpr Record touchpoint_record{.name = "touchpoint", .description = "A place where customer and provider meet.",
                                   .fields = touchpoint_fields, .rule = Rule::experience};
constexpr Type touchpoint = record_of(touchpoint_record);

// ---- the journey -------------------------------------------------------------------------------------------------

constexpr Field memory_fields[] = {
  {.key = "peak", .type = not_negative, .default_text = "0.25", .description = "The weight of the peak."},
  {.key = "end", .type = not_negative, .default_text = "0.25", .description = "The weight of the end."},
  {.key = "mean", .type = not_negative, .default_text = "0.5", .description = "The weight of the mean."},
};
constexpr Record memory_record{.name = "memory", .description = "What is remembered; the weights are normalised to 1.",
                               .fields = memory_fields, .rule = Rule::memory};

constexpr Field satisfaction_fields[] = {
  {.key = "anchor", .type = {.kind = Kind::number, .range = {.low = 0, .high = 10}}, .default_text = "5",
   .unit = "points", .description = "The neutral point of the scale, where the mood starts."},
  {.key = "performance_weight", .type = not_negative, .default_text = "1",
   .description = "The weight of the performance above the anchor: a."},
  {.key = "disconfirmation_weight", .type = not_negative, .default_text = "0.5",
   .description = "The weight of performance minus expectation: b; 0 turns expectations off."},
  {.key = "reactivity", .type = not_negative, .default_text = "0.3",
   .description = "How fast the mood follows a visit, times its importance: rho."},
  {.key = "memory", .type = record_of(memory_record), .description = "What is remembered at the end."},
  {.key = "effort_weight", .type = not_negative, .default_text = "0.05", .unit = "points per point of effort",
   .description = "What a point of effort takes off the overall satisfaction."},
};
constexpr Record satisfaction_record{.name = "satisfaction", .description = "How visits become satisfaction.",
                                     .fields = satisfaction_fields};

constexpr Field limits_fields[] = {
  {.key = "visits", .type = {.kind = Kind::count, .range = {.low = 1, .high = 4294967295.0}}, .default_text = "1000",
   .description = "The visits after which an agent is truncated."},
};
constexpr Record limits_record{.name = "limits", .description = "Where a walk is cut.", .fields = limits_fields};

constexpr Field parameter_fields[] = {
  {.key = "prior", .type = addressed_distribution, .need = Need::required,
   .description = "What is known about the number before the data."},
  {.key = "low", .type = value, .default_from = DefaultFrom::none, .description = "The least that it may become."},
  {.key = "high", .type = value, .default_from = DefaultFrom::none, .description = "The most that it may become."},
};
constexpr Record parameter_record{.name = "parameter", .description = "A number that `calibrate` may move.",
                                  .fields = parameter_fields};
constexpr Type parameter = record_of(parameter_record);

constexpr Field transitions_fields[] = {
  {.key = "concentration", .type = positive, .need = Need::required,
   .description = "The concentration of the Dirichlet back-off, in visits."},
};
constexpr Record transitions_record{.name = "transitions", .description = "How edge weights follow an event log.",
                                    .fields = transitions_fields};

constexpr Field calibrate_fields[] = {
  {.key = "parameters", .type = map_of(Section::address, parameter), .default_text = "{}",
   .description = "The numbers that may move, by address."},
  {.key = "transitions", .type = record_of(transitions_record), .default_from = DefaultFrom::none,
   .description = "How edge weights follow an event log."},
};
constexpr Record calibrate_record{.name = "calibrate", .description = "What `calibrate` may move.",
                                  .fields = calibrate_fields};

constexpr Type uncertain = map_of(Section::address, addressed_distribution);
constexpr Type start{.kind = Kind::map, .section = Section::node, .element = &not_negative,
                     .short_form = ShortForm::start, .least = 1};

constexpr Field journey_fields[] = {
  {.key = "format", .type = {.kind = Kind::format}, .default_text = "sojourn/1",
   .description = "The version of the file format."},
  {.key = "journey", .type = text, .description = "The title."},
  {.key = "about", .type = text, .description = "What the journey is about."},
  {.key = "money", .type = text, .description = "The currency of every cost and value."},
  {.key = "personas", .type = ids_of(Section::persona, persona, 1), .need = Need::required,
   .description = "Who travels."},
  {.key = "pains", .type = ids_of(Section::pain, pain), .default_text = "{}", .description = "What can go wrong."},
  {.key = "goals", .type = ids_of(Section::goal, goal), .default_text = "{}",
   .description = "What customers want to achieve."},
  {.key = "touchpoints", .type = ids_of(Section::touchpoint, touchpoint, 1), .need = Need::required,
   .description = "Where customer and provider meet."},
  {.key = "start", .type = start, .need = Need::required,
   .description = "Where journeys start: weights of touchpoints and outcomes, or one id."},
  {.key = "outcomes", .type = ids_of(Section::outcome, outcome, 1), .need = Need::required,
   .description = "How journeys end."},
  {.key = "satisfaction", .type = record_of(satisfaction_record), .description = "How visits become satisfaction."},
  {.key = "recommendation", .type = record_of(recommendation_record),
   .description = "How satisfaction becomes an answer 0..10."},
  {.key = "targets", .type = map_of(Section::figure, any_number), .default_text = "{}",
   .description = "What figures should be, by their names in the results: nps, touchpoints.ID.satisfaction."},
  {.key = "limits", .type = record_of(limits_record), .description = "Where a walk is cut."},
  {.key = "uncertain", .type = uncertain, .default_text = "{}",
   .description = "Numbers that are not known exactly, by address; beta is on 0..1 here."},
  // Without one, what is suggested may move: an empty section, which lets nothing move, is no default.
  {.key = "calibrate", .type = record_of(calibrate_record), .default_from = DefaultFrom::none,
   .description = "What `calibrate` may move."},
};
constexpr Record the_journey{.name = "journey", .description = "A journey file.", .fields = journey_fields};

constexpr Field scenario_cost_fields[] = {
  {.key = "once", .type = any_number, .default_text = "0", .unit = "money",
   .description = "What the change costs once."},
  {.key = "per_journey", .type = any_number, .default_text = "0", .unit = "money",
   .description = "What it costs for every journey."},
};
constexpr Record scenario_cost_record{
  .name = "scenario's cost", .description = "Enters the comparison only: net gain per journey, and break-even.",
  .fields = scenario_cost_fields};

constexpr Field scenario_fields[] = {
  {.key = "format", .type = {.kind = Kind::format}, .default_text = "sojourn/1",
   .description = "The version of the file format."},
  {.key = "scenario", .type = text, .need = Need::required, .description = "The title."},
  {.key = "journey", .type = {.kind = Kind::path}, .need = Need::required,
   .description = "The journey file, or another scenario on it, relative to this file."},
  {.key = "because", .type = text, .description = "Why this should help."},
  {.key = "changes", .type = list_of(one_change), .need = Need::required, .description = "What is changed, in order."},
  {.key = "cost", .type = record_of(scenario_cost_record), .description = "What the change costs."},
  {.key = "uncertain", .type = uncertain, .default_text = "{}",
   .description = "Numbers of the changed journey that are not known exactly, by address."},
};
constexpr Record the_scenario{.name = "scenario", .description = "A scenario file.", .fields = scenario_fields};

// clang-format on

}  // namespace

const Record& journey_record() { return the_journey; }
const Record& scenario_record() { return the_scenario; }

const Field* find_field(const Record& record, std::string_view key) {
  const auto found = std::ranges::find(record.fields, key, &Field::key);
  return found == record.fields.end() ? nullptr : &*found;
}

}  // namespace sojourn::models
