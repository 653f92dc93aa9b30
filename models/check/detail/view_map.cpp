#include "models/check/detail/view_map.h"

namespace sojourn::models::detail {

ViewMap::ViewMap(const Journey& view) : view_(&view) {
  for (const Touchpoint& touchpoint : view.touchpoints) {
    numbers_.emplace(touchpoint.id, static_cast<std::uint32_t>(numbers_.size()));
  }
  for (const Outcome& outcome : view.outcomes) {
    numbers_.emplace(outcome.id, static_cast<std::uint32_t>(numbers_.size()));
  }
  number_flags();
  first_way_.reserve(view.touchpoints.size() + 1);
  ways_.reserve(view.touchpoints.size() + 1);
  for (std::uint32_t i = 0; i < view.touchpoints.size(); ++i) {
    const Touchpoint& touchpoint = view.touchpoints[i];
    first_way_.push_back(static_cast<std::uint32_t>(ways_.size()));
    if (touchpoint.channels.empty()) add_way(touchpoint.way, nullptr, i);
    for (const Channel& channel : touchpoint.channels) add_way(channel.way, &channel, i);
  }
  first_way_.push_back(static_cast<std::uint32_t>(ways_.size()));
  ways_.push_back({.first_road = static_cast<std::uint32_t>(roads_.size()),
                   .first_effect = static_cast<std::uint32_t>(effects_.size())});
  for (const auto& [id, weight] : view.start) {
    if (weight > 0) start_.emplace_back(numbers_.at(id), weight);
  }
}

std::optional<std::uint32_t> ViewMap::number(std::string_view id) const {
  const auto entry = numbers_.find(id);
  return entry == numbers_.end() ? std::nullopt : std::optional(entry->second);
}

std::string_view ViewMap::id(std::uint32_t node) const {
  if (node < touchpoints()) return view_->touchpoints[node].id;
  return view_->outcomes[node - touchpoints()].id;
}

void ViewMap::number_flags() {
  const auto add = [&](const Guard& guard) {
    auto& known = guard.kind == Guard::Kind::goal ? goal_flags_ : pain_flags_;
    const auto [entry, fresh] = known.try_emplace(guard.id, 0);
    if (!fresh) return;
    if (flags_.size() == 64) {
      too_many_flags_ = true;
      return;
    }
    entry->second = Flags{1} << flags_.size();
    flags_.push_back(guard);
  };
  const auto add_all = [&](const Way& way) {
    for (const Edge& edge : way.next) {
      if (!(edge.weight > 0)) continue;
      if (edge.if_) add(*edge.if_);
      if (edge.unless) add(*edge.unless);
    }
  };
  for (const Touchpoint& touchpoint : view_->touchpoints) {
    if (touchpoint.channels.empty()) add_all(touchpoint.way);
    for (const Channel& channel : touchpoint.channels) add_all(channel.way);
  }
  if (!too_many_flags_) return;
  flags_.clear();
  goal_flags_.clear();
  pain_flags_.clear();
}

Flags ViewMap::flag(Guard::Kind kind, const std::string& id) const {
  const auto& known = kind == Guard::Kind::goal ? goal_flags_ : pain_flags_;
  const auto entry = known.find(id);
  return entry == known.end() ? 0 : entry->second;
}

void ViewMap::add_way(const Way& way, const Channel* channel, std::uint32_t touchpoint) {
  ways_.push_back({.way = &way,
                   .channel = channel,
                   .touchpoint = touchpoint,
                   .given_up_to = numbers_.at(way.if_given_up),
                   .first_road = static_cast<std::uint32_t>(roads_.size()),
                   .first_effect = static_cast<std::uint32_t>(effects_.size())});
  for (const Edge& edge : way.next) {
    if (!(edge.weight > 0)) continue;
    Road road;
    road.to = numbers_.at(edge.to);
    road.weight = edge.weight;
    road.mood = edge.mood;
    road.conditional = edge.if_ || edge.unless;
    road.edge = &edge;
    if (edge.if_) road.condition.needs = flag(edge.if_->kind, edge.if_->id);
    if (edge.unless) road.condition.bars = flag(edge.unless->kind, edge.unless->id);
    roads_.push_back(road);
  }
  if (!flags_.empty()) add_effects(way);
}

void ViewMap::add_effects(const Way& way) {
  const std::size_t first = effects_.size();
  const auto effect_on = [&](Flags flag) -> Effect& {
    for (std::size_t i = first; i < effects_.size(); ++i) {
      if (effects_[i].flag == flag) return effects_[i];
    }
    effects_.push_back({.flag = flag});
    return effects_.back();
  };
  for (const PainRisk& risk : way.pains) {
    const Flags bit = flag(Guard::Kind::pain, risk.pain);
    if (bit == 0) continue;
    Effect& effect = effect_on(bit);
    effect.opens = risk.probability.value_or(0);
    if (risk.after_ms) effect.after_ms = *risk.after_ms;
  }
  for (const Resolution& resolution : way.resolves) {
    const Flags bit = flag(Guard::Kind::pain, resolution.pain);
    if (bit != 0) effect_on(bit).closes = resolution.probability;
  }
  for (const Fulfilment& fulfilment : way.fulfils) {
    const Flags bit = flag(Guard::Kind::goal, fulfilment.goal);
    if (bit != 0) effect_on(bit).opens = fulfilment.probability;
  }
}

}  // namespace sojourn::models::detail
