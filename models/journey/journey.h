#pragma once
// A journey as its author wrote it, normalised: every default filled in, every short form written out, ids resolved
// to existing things (but still spelled as ids). Lists keep the file's order, which is the order people read them in;
// wherever chance is involved, the compiler of the tables sorts by id (models/behaviour).

#include "models/journey/distribution.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sojourn::models {

/// A condition on an edge: a goal that is achieved by now, or a lasting pain that is open now.
struct Guard {
  enum class Kind { goal, pain };
  Kind kind = Kind::goal;
  std::string id;

  friend bool operator==(const Guard&, const Guard&) = default;
};

/// One way on from a touchpoint. Drawn with probability proportional to weight * exp(mood * (s - anchor)).
struct Edge {
  std::string to;     // a touchpoint or an outcome
  double weight = 1;  // >= 0; 0 closes the edge
  double mood = 0;    // log-weight per point of mood above the anchor
  std::optional<Guard> if_;
  std::optional<Guard> unless;

  friend bool operator==(const Edge&, const Edge&) = default;
};

/// A pain where it can happen: by chance at each visit, or exactly when the agent has travelled longer than `after`.
struct PainRisk {
  std::string pain;
  std::optional<double> probability;  // exactly one of the two is set
  std::optional<std::int64_t> after_ms;
  double severity = 0;  // points off the performance, before the persona's sensitivity

  friend bool operator==(const PainRisk&, const PainRisk&) = default;
};

/// A chance that an open pain is closed here, and what that adds to the performance.
struct Resolution {
  std::string pain;
  double probability = 1;
  double lift = 0;  // points

  friend bool operator==(const Resolution&, const Resolution&) = default;
};

struct Fulfilment {
  std::string goal;
  double probability = 1;

  friend bool operator==(const Fulfilment&, const Fulfilment&) = default;
};

/// What happens at a visit: what a channel carries itself, or else what its touchpoint carries.
struct Way {
  Distribution experience;  // performance on the 0..10 scale, clamped to it
  Distribution duration_ms;
  double effort = 0;  // points
  double cost = 0;    // the provider's money per visit
  std::vector<PainRisk> pains;
  std::vector<Resolution> resolves;
  std::vector<Fulfilment> fulfils;
  std::string if_given_up = "abandoned";
  std::vector<Edge> next;

  friend bool operator==(const Way&, const Way&) = default;
};

struct Channel {
  std::string id;
  std::string label;
  double share = 1;
  Way way;  // complete: the touchpoint's fields where the channel carries none

  friend bool operator==(const Channel&, const Channel&) = default;
};

struct Touchpoint {
  std::string id;
  std::string label;
  std::string stage;
  double importance = 1;
  bool moment_of_truth = false;
  std::vector<Channel> channels;  // empty: the plain way below
  Way way;                        // used only where `channels` is empty

  friend bool operator==(const Touchpoint&, const Touchpoint&) = default;
};

struct Outcome {
  std::string id;
  std::string label;
  bool success = false;
  double value = 0;  // money

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

struct Pain {
  std::string id;
  std::string label;
  double severity = 0;  // points
  bool lasting = false;
  double lingering = 0;  // points off the overall satisfaction while open at the end

  friend bool operator==(const Pain&, const Pain&) = default;
};

struct Goal {
  std::string id;
  std::string label;

  friend bool operator==(const Goal&, const Goal&) = default;
};

/// Ordered logit of the 0..10 answer: P(Y <= k) = logistic((t_k - S - bias) / spread), t_k = k + 1/2 by default.
struct Recommendation {
  double bias = 0;
  double spread = 0.8;                                                                     // > 0
  std::array<double, 10> thresholds = {0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5};  // rising

  friend bool operator==(const Recommendation&, const Recommendation&) = default;
};

struct Satisfaction {
  double anchor = 5;
  double performance_weight = 1;        // a
  double disconfirmation_weight = 0.5;  // b
  double reactivity = 0.3;              // rho
  double memory_peak = 0.25;            // the three are normalised to 1
  double memory_end = 0.25;
  double memory_mean = 0.5;
  double effort_weight = 0.05;

  friend bool operator==(const Satisfaction&, const Satisfaction&) = default;
};

struct Persona {
  std::string id;
  std::string name;
  std::string quote;
  std::map<std::string, std::string> empathy;         // thinks, feels, says, does, pains, gains: text
  double share = 1;                                   // normalised over the personas
  std::vector<std::pair<std::string, double>> goals;  // goal id, importance
  Distribution expectation;                           // not clamped
  double learning = 0;                                // K, 0..1
  double loss_aversion = 1;                           // lambda >= 1
  std::optional<Distribution> patience_ms;
  std::map<std::string, double> sensitivity;  // pain id -> factor; 1 where absent
  std::map<std::string, double> channels;     // channel id -> affinity; 1 where absent
  Recommendation recommendation;              // complete: the journey's where the persona writes nothing

  friend bool operator==(const Persona&, const Persona&) = default;
};

struct Journey {
  std::string title;
  std::string about;
  std::string money;
  std::vector<Persona> personas;
  std::vector<Pain> pains;
  std::vector<Goal> goals;
  std::vector<Touchpoint> touchpoints;
  std::vector<std::pair<std::string, double>> start;  // touchpoint or outcome id, weight
  std::vector<Outcome> outcomes;                      // `abandoned` is always among them
  Satisfaction satisfaction;
  Recommendation recommendation;
  std::map<std::string, double> targets;  // "nps" or an address -> what should be (Soll)
  std::uint32_t visit_limit = 1000;

  friend bool operator==(const Journey&, const Journey&) = default;
};

/// The journey as each persona sees it. Personas without overrides, in a scenario without `for`, share one view.
struct JourneyViews {
  std::vector<Journey> views;                // at least one; all list the same personas in the same order
  std::vector<std::size_t> view_of_persona;  // [persona] -> index into views
  // Every id below is listed once, in the order of first appearance over the views.

  friend bool operator==(const JourneyViews&, const JourneyViews&) = default;
};

}  // namespace sojourn::models
