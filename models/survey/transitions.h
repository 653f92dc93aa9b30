#pragma once
// Where the cases of an event log went, counted along the ways of a journey, and what is known of its weights then.

#include "models/data/event_log.h"
#include "models/data/mapping.h"
#include "models/journey/read.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::models {

/// One way on, open as the journey is.
struct CountedWay {
  std::string to;       // a touchpoint or an outcome
  std::string address;  // of its weight: touchpoints.wish.next.bake.weight, start.wish
  bool ends = false;    // to is an outcome
  double present = 0;   // probability in the file; of a choice that is not used, its share of the weights
  double count = 0;     // steps seen
};

/// Why the weights of a choice do not follow the log.
enum class NotUsed {
  no,
  mood_or_guard,  // it depends on the mood or a guard, which no log shows
  channels        // channels lead on in their own ways, and the log does not say the channel
};
/// "this choice depends on the mood or a guard".
std::string_view reason_of(NotUsed not_used);

/// The ways on from a touchpoint, or from the start, as the file has them for everyone.
struct Choice {
  std::string address;                  // touchpoints.wish.next, start
  std::uint32_t touchpoint = kNotSaid;  // in file order; kNotSaid: the start
  NotUsed not_used = NotUsed::no;
  std::vector<CountedWay> ways;
  double ends = 0;  // cases that ended here in one of the journey's outcomes, the log not saying in which
  double own_ways =
      0;  // steps that count nowhere: of personas with own ways here, or of nobody says whom where some have such
};

/// Steps along a way that the journey does not have (or has closed).
struct Stray {
  std::string from, to;  // labels of nothing: ids; from "start"; to "end" where a case ends and no outcome follows
  std::uint64_t count = 0;
  bool may_be_given_up = false;  // it leads where those go who give up
};

struct Transitions {
  std::vector<Choice> choices;  // the start, then touchpoints in file order
  std::vector<Stray> strays;    // by from and to
  std::vector<std::pair<std::string, std::uint64_t>>
      other_outcomes;  // texts that are no outcome of the journey, and their cases
  /// [case id that the log's collector was asked about] the touchpoints of its events in order, in file order of the journey; empty: it is not
  /// in the log.
  std::vector<std::vector<std::uint32_t>> paths;
  std::uint64_t steps = 0;  // all of them: one for each event, and the end of each case
};

/// Activities are touchpoints' ids or labels, or translated by the mapping (values: touchpoint), and so are outcomes and personas;
/// activities that are none, and personas where it matters whose step it is, are an InputError that lists them. Upper and lower case and
/// the spaces around a text mean nothing.
Transitions count_transitions(const EventLog& log, const Source& source, const JourneyFile& journey,
                              const Mapping& mapping);

/// The mean of the probabilities of a choice's ways [way], which add up to 1: Dirichlet(c present + counts), c > 0, equation (23). Ends in an unknown
/// outcome speak for all outcomes together, in the proportions that are known otherwise.
std::vector<double> posterior_mean(const Choice& choice, double concentration);

/// A draw from the same, by inversion: one uniform in (0, 1) for each address. The same uniforms give nearly the same draw where counts
/// are nearly the same.
std::vector<double> posterior_draw(const Choice& choice, double concentration,
                                   const std::function<double(std::string_view address)>& uniform);

}  // namespace sojourn::models
