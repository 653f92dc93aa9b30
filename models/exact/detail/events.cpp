#include "models/exact/detail/events.h"

#include <algorithm>

namespace sojourn::models::exact {
namespace {

constexpr std::size_t kMostEvents = 1 << 16;

/// Each event splits into itself and what `happens` to it; events that are not concerned stay.
template <class Concerned, class Happens>
void split(std::map<Event, double>& events, double probability, Concerned concerned, Happens happens) {
  if (!(probability > 0)) return;
  std::map<Event, double> next;
  for (const auto& [event, p] : events) {
    if (!concerned(event)) {
      next[event] += p;
      continue;
    }
    if (probability < 1) next[event] += p * (1 - probability);
    Event changed = event;
    happens(changed);
    next[changed] += p * probability;
  }
  events = std::move(next);
}

bool all(const Event&) { return true; }

class Happening {
 public:
  Happening(const PersonaView& view, Reasons& reasons, const EventQuestion& question)
      : view_(view), reasons_(reasons), question_(question) {
    events_.chances = {{Event{0, 0, question.before}, 1.0}};
  }

  Events happen() {
    for (const PainRow& row : pains_of(view_, question_.way)) pain(row);
    for (const ResolutionRow& row : resolutions_of(view_, question_.way)) resolution(row);
    for (const FulfilmentRow& row : fulfilments_of(view_, question_.way)) {
      if ((row.achieves & question_.tracked.goals) == 0) continue;
      divide(chance_of(row), all, [&](Event& event) { event.flags.goals |= row.achieves; });
    }
    return std::move(events_);
  }

 private:
  bool feelings() const { return question_.ask == Ask::feelings; }

  template <class Row>
  double chance_of(const Row& row) const {
    return question_.decided.row != &row ? row.probability : question_.decided.happens ? 1.0 : 0.0;
  }

  template <class Concerned, class Happens>
  void divide(double probability, Concerned concerned, Happens happens) {
    split(events_.chances, probability, concerned, happens);
    if (events_.chances.size() > kMostEvents) throw TooManyEvents{question_.way};
  }

  void pain(const PainRow& row) {
    const std::uint64_t opens = row.opens & question_.tracked.pains;
    const double severity = feelings() ? row.severity : 0;
    if (opens == 0 && severity == 0 && !question_.marks) return;
    const auto met = [&](Event& event) {
      event.severity += severity;
      event.flags.pains |= opens;
      event.flags.unsure &= ~opens;
      if (question_.marks) event.marks |= std::uint64_t{1} << row.mark;
    };
    if (row.after_ms == PainRow::kNever) {
      divide(chance_of(row), all, met);
    } else if (question_.elapsed_ms) {
      divide(*question_.elapsed_ms > row.after_ms ? 1 : 0, all, met);
    } else {
      if (severity > 0 && events_.felt_why == kExact) {
        events_.felt_why = reasons_.add(after_sentence(view_, question_.way, row));
      }
      const auto is_closed = [&](const Event& event) { return (event.flags.pains & opens) != opens; };
      divide(1, is_closed, [&](Event& event) { event.flags.unsure |= opens; });
    }
  }

  void resolution(const ResolutionRow& row) {
    if ((row.closes & question_.tracked.pains) == 0) return;
    // Of a pain that may be open, only a sure resolution is known to close it; whether it lifts is not.
    const auto may_be_open = [&](const Event& event) { return (event.flags.unsure & row.closes) != 0; };
    if (feelings() && row.lift > 0 && row.probability > 0 && events_.felt_why == kExact &&
        std::any_of(events_.chances.begin(), events_.chances.end(),
                    [&](const auto& entry) { return may_be_open(entry.first); })) {
      events_.felt_why = reasons_.add(unsure_sentence(view_, row.closes));
    }
    if (chance_of(row) >= 1) divide(1, may_be_open, [&](Event& event) { event.flags.unsure &= ~row.closes; });
    const auto is_open = [&](const Event& event) { return (event.flags.pains & row.closes) != 0; };
    divide(chance_of(row), is_open, [&](Event& event) {
      event.flags.pains &= ~row.closes;
      if (feelings()) event.lift += row.lift;
    });
  }

  const PersonaView& view_;
  Reasons& reasons_;
  const EventQuestion& question_;
  Events events_;
};

template <class T>
std::span<const T> slice_of(const std::vector<T>& rows, const Slice& slice) {
  return std::span(rows).subspan(slice.first, slice.count);
}

}  // namespace

Events events_of(const PersonaView& view, Reasons& reasons, const EventQuestion& question) {
  return Happening(view, reasons, question).happen();
}

std::string after_sentence(const PersonaView& view, std::uint32_t way, const PainRow& row) {
  const std::string& pain = view.atlas().pains.ids()[view.atlas().layout.nodes[view.way(way).node].marks[row.mark]];
  return "the pain '" + pain + "' at " + view.touchpoint(way) + " depends on the time passed (" +
         view.place(way, "pains." + pain + ".after") + ")";
}

std::string unsure_sentence(const PersonaView& view, std::uint64_t pain) {
  for (std::uint32_t w = 0; w < view.rows().ways.size(); ++w) {
    for (const PainRow& row : pains_of(view, w)) {
      if ((row.opens & pain) != 0 && row.after_ms != PainRow::kNever) return after_sentence(view, w, row);
    }
  }
  return {};
}

std::span<const PainRow> pains_of(const PersonaView& view, std::uint32_t way) {
  return slice_of(view.rows().pains, view.rows().ways[way].pains);
}
std::span<const ResolutionRow> resolutions_of(const PersonaView& view, std::uint32_t way) {
  return slice_of(view.rows().resolutions, view.rows().ways[way].resolutions);
}
std::span<const FulfilmentRow> fulfilments_of(const PersonaView& view, std::uint32_t way) {
  return slice_of(view.rows().fulfilments, view.rows().ways[way].fulfilments);
}
std::span<const EdgeRow> edges_of(const PersonaView& view, std::uint32_t way) {
  return slice_of(view.rows().edges, view.rows().ways[way].edges);
}

}  // namespace sojourn::models::exact
