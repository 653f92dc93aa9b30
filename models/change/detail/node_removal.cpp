#include "models/change/detail/node_removal.h"

#include "models/change/detail/ways.h"
#include "models/journey/values.h"

#include <algorithm>

namespace sojourn::models::detail {
namespace {

class NodeRemoval {
 public:
  NodeRemoval(std::string_view id, const Change& change) : id_(id), to_(change.reroute.id), change_(change) {}

  void run(Tree& journey) const {
    for_each_way(journey, [&](Tree& way, bool is_channel) {
      if (Tree* next = way.find("next")) edges(*next);
      given_up(way, is_channel);
    });
    if (Tree* start = journey.find("start")) starts(*start);
  }

 private:
  bool reroutes() const { return !to_.empty(); }

  void edges(Tree& next) const {
    const auto old = std::ranges::find(next.entries, id_, &Tree::Entry::key);
    if (old == next.entries.end()) return;
    if (!reroutes()) {
      next.entries.erase(old);
      if (next.entries.empty()) next.mark = change_.mark;  // so that the missing way is blamed on the change
      return;
    }
    Tree* there = next.find(to_);
    if (!there) {
      old->key = to_;
      old->mark = change_.reroute.mark;
      return;
    }
    std::vector<Tree> all = edges_of(std::move(*there));
    for (Tree& edge : edges_of(std::move(old->value))) all.push_back(std::move(edge));
    *there = side_by_side(std::move(all));
    next.entries.erase(old);
  }

  void given_up(Tree& way, bool is_channel) const {
    Tree* written = way.find("if_given_up");
    const bool leads_here = written ? written->scalar == id_ : id_ == abandoned && !is_channel;
    if (!leads_here) return;
    // A channel needs the word: without it, the touchpoint's would hold.
    const std::string target = reroutes() ? to_ : std::string(abandoned);
    Tree value;
    value.scalar = target;
    value.mark = reroutes() ? change_.reroute.mark : change_.mark;
    if (written) {
      *written = std::move(value);
    } else if (target != abandoned) {
      way.entries.push_back({"if_given_up", change_.mark, std::move(value)});
    }
  }

  void starts(Tree& start) const {
    const auto old = std::ranges::find(start.entries, id_, &Tree::Entry::key);
    if (old == start.entries.end()) return;
    Tree* there = reroutes() ? start.find(to_) : nullptr;
    if (there) {
      const Type weight{.kind = Kind::number};
      there->scalar = value_text(valid_value(*there, weight) + valid_value(old->value, weight), weight);
      there->mark = change_.reroute.mark;
    } else if (reroutes()) {
      old->key = to_;
      old->mark = change_.reroute.mark;
      return;
    }
    start.entries.erase(old);
    if (start.entries.empty()) start.mark = change_.mark;
  }

  std::string_view id_;
  std::string to_;
  const Change& change_;
};

}  // namespace

void lead_elsewhere(Tree& journey, std::string_view id, const Change& change) { NodeRemoval(id, change).run(journey); }

}  // namespace sojourn::models::detail
