#include "models/journey/choices.h"

#include "models/journey/where.h"
#include "models/text/number.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace sojourn::models {
namespace {

constexpr std::string_view no_way_on = "a journey must be able to go on from here, or to end";

const std::vector<Tree::Entry>& entries_of(const Tree& tree, std::string_view key) {
  static const std::vector<Tree::Entry> none;
  const Tree* map = tree.is_map() ? tree.find(key) : nullptr;
  return map && map->is_map() ? map->entries : none;
}

/// What is added up: nothing once a part of it cannot be read, or is negative.
class Total {
 public:
  void add(const Tree& scalar) {
    const std::optional<double> value =
        scalar.kind == Tree::Kind::scalar ? read_number(scalar.scalar).value : std::nullopt;
    if (value && *value >= 0) {
      sum_ += *value;
    } else {
      known_ = false;
    }
  }

  /// The field of a record, or 1, which is the default of all shares and weights.
  void add_field(const Tree& record, std::string_view key) {
    const Tree* written = record.is_map() ? record.find(key) : nullptr;
    if (written) {
      add(*written);
    } else if (record.is_map()) {
      sum_ += 1;
    } else {
      known_ = false;
    }
  }

  bool is_nothing() const { return known_ && !(sum_ > 0); }
  bool is_too_large() const { return known_ && sum_ > std::numeric_limits<double>::max(); }

 private:
  double sum_ = 0;
  bool known_ = true;
};

class Checker {
 public:
  explicit Checker(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void run(const Tree& journey) {
    personas(entries_of(journey, "personas"));
    const Tree* start = journey.find("start");
    if (start && start->is_map() && !start->entries.empty()) {
      Total total;
      for (const Tree::Entry& entry : start->entries) total.add(entry.value);
      report(total, *start, Where{nullptr, "start"}, "every journey must start somewhere");
    }
    for (const Tree::Entry& entry : entries_of(journey, "touchpoints")) touchpoint(entry);
  }

 private:
  void personas(const std::vector<Tree::Entry>& entries) {
    if (entries.empty()) return;
    Total total;
    for (const Tree::Entry& persona : entries) total.add_field(persona.value, "share");
    const Mark& mark = entries.front().mark;
    if (total.is_nothing()) diagnostics_.error(mark, "no persona has a share above 0", "somebody must travel");
    if (total.is_too_large())
      diagnostics_.error(mark, "the shares of the personas add up to more than a number can hold");
  }

  void touchpoint(const Tree::Entry& entry) {
    const Where top{nullptr, "touchpoints"};
    const Where here{&top, entry.key};
    const std::vector<Tree::Entry>& channels = entries_of(entry.value, "channels");
    const auto carries_next = [](const Tree::Entry& channel) { return channel.value.find("next") != nullptr; };
    const bool own_is_used = channels.empty() || !std::ranges::all_of(channels, carries_next);
    if (own_is_used) next_of(entry.value, here);
    if (channels.empty()) return;
    Total total;
    for (const Tree::Entry& channel : channels) {
      const Where inner{&here, "channels"};
      next_of(channel.value, Where{&inner, channel.key});
      total.add_field(channel.value, "share");
    }
    if (!total.is_nothing()) return;
    diagnostics_.error(entry.value.find("channels")->mark, here.address() + ": no channel has a share above 0",
                       "there must be a way to use it");
  }

  void next_of(const Tree& way, const Where& where) {
    const Tree* next = way.is_map() ? way.find("next") : nullptr;
    if (!next || !next->is_map()) return;
    const Where here{&where, "next"};
    if (next->entries.empty()) {
      diagnostics_.error(next->mark, here.address() + " is empty", std::string(no_way_on),
                         "Name a touchpoint or an outcome");
      return;
    }
    Total total;
    for (const Tree::Entry& entry : next->entries) {
      if (entry.value.kind == Tree::Kind::list) {
        for (const Tree& edge : entry.value.items) total.add_field(edge, "weight");
      } else {
        total.add_field(entry.value, "weight");
      }
    }
    report(total, *next, here, no_way_on);
  }

  /// Where the last change of the map was made, if another file made one, else where the map stands.
  static const Mark& blamed(const Tree& map) {
    const Mark* mark = &map.mark;
    for (const Tree::Entry& entry : map.entries) {
      const Tree* weight = entry.value.is_map() ? entry.value.find("weight") : &entry.value;
      if (weight && weight->mark.source != map.mark.source) mark = &weight->mark;
    }
    return *mark;
  }

  void report(const Total& total, const Tree& map, const Where& where, std::string_view why) {
    if (total.is_nothing()) {
      diagnostics_.error(blamed(map), where.address() + ": no weight is above 0", std::string(why));
    } else if (total.is_too_large()) {
      diagnostics_.error(blamed(map), where.address() + ": the weights add up to more than a number can hold");
    }
  }

  Diagnostics& diagnostics_;
};

}  // namespace

void check_choices(const Tree& journey, Diagnostics& diagnostics) { Checker(diagnostics).run(journey); }

}  // namespace sojourn::models
