// The walk of a block of agents in lanes; included by crowd.cpp for each kind of them. What a visit does is what
// Customer::visit does, step by step; models/README.md numbers the steps.

/// kLanes agents of one persona.
struct Travellers {
  Whole id, elapsed_ms, visits;
  Real mood, expectation, weight, weighted, peak, end, effort, cost;
  Whole goals, open;

  HWY_INLINE void load_from(const Lot& lot, std::uint32_t at, const CrowdColumns& columns) {
    const auto column = [&](std::uint32_t c)
                            HWY_ATTR { return load(lot.data.data() + std::size_t{c} * lot.capacity + at); };
    id = column(CrowdColumns::id);
    elapsed_ms = column(CrowdColumns::elapsed_ms);
    mood = from_bits(column(CrowdColumns::mood));
    expectation = from_bits(column(CrowdColumns::expectation));
    weight = from_bits(column(CrowdColumns::weight));
    weighted = from_bits(column(CrowdColumns::weighted));
    peak = from_bits(column(CrowdColumns::peak));
    end = from_bits(column(CrowdColumns::end));
    visits = column(CrowdColumns::visits);
    effort = columns.effort == CrowdColumns::kNone ? Real(0.0) : from_bits(column(columns.effort));
    cost = columns.cost == CrowdColumns::kNone ? Real(0.0) : from_bits(column(columns.cost));
    goals = columns.goals == CrowdColumns::kNone ? Whole(0) : column(columns.goals);
    open = columns.open == CrowdColumns::kNone ? Whole(0) : column(columns.open);
  }

  /// Writes the columns, one after the other. What goes on to several lots is written once and compressed from there.
  HWY_INLINE void write_to(std::uint64_t (*to)[kLanes], const CrowdColumns& columns) const {
    store(id, to[CrowdColumns::id]);
    store(elapsed_ms, to[CrowdColumns::elapsed_ms]);
    store(bits_of(mood), to[CrowdColumns::mood]);
    store(bits_of(expectation), to[CrowdColumns::expectation]);
    store(bits_of(weight), to[CrowdColumns::weight]);
    store(bits_of(weighted), to[CrowdColumns::weighted]);
    store(bits_of(peak), to[CrowdColumns::peak]);
    store(bits_of(end), to[CrowdColumns::end]);
    store(visits, to[CrowdColumns::visits]);
    if (columns.effort != CrowdColumns::kNone) store(bits_of(effort), to[columns.effort]);
    if (columns.cost != CrowdColumns::kNone) store(bits_of(cost), to[columns.cost]);
    if (columns.goals != CrowdColumns::kNone) store(goals, to[columns.goals]);
    if (columns.open != CrowdColumns::kNone) store(open, to[columns.open]);
  }
};

/// The uniform in (0, 1) that the low 32 bits of a word stand for: engine::uniform.
HWY_INLINE Real uniform(Whole word) {
  constexpr std::uint64_t kTwo52 = std::uint64_t{1075} << 52;
  const Real number = from_bits((word & Whole(0xffff'ffffU)) | Whole(kTwo52)) - Real(0x1p52);
  return (number + Real(0.5)) * Real(0x1p-32);
}

/// A drawn time in whole milliseconds: models::whole_ms.
HWY_INLINE Whole whole_milliseconds(Real ms) {
  const Whole rounded = whole_of_shifted(ms + Real(engine::kWholeShift));
  const Real longest(static_cast<double>(kLongestMs));
  return select(ms > Real(0.0), select(ms >= longest, Whole(kLongestMs), rounded), Whole(0));
}

/// engine::to_nano, |x| < 2^51 / 1e9.
HWY_INLINE Whole nano(Real x) { return whole_of_shifted(x * Real(engine::kNano) + Real(engine::kWholeShift)); }

/// Luck of kLanes agents at one place.
struct LanesLuck {
  Whole agent_low, agent_high;  // with the replicate
  Whole ordinal;
  engine::PlaceKey key;

  HWY_INLINE formula::Words<Whole> block(std::uint32_t purpose) const {
    return formula::philox4x32_10(agent_low, agent_high, ordinal, Whole(purpose), key[0], key[1]);
  }
};

class BlockWalk {
 public:
  HWY_INLINE explicit BlockWalk(CrowdWork& work) : work_(work), plan_(work.plan), columns_(work.plan.columns) {}

  /// False if somebody is stuck, or the walk is not wanted any more.
  bool walk(std::uint32_t agents, const std::function<bool()>& wanted) {
    work_.lanes = kLanes;
    std::uint32_t entered = 0;
    std::uint32_t steps = 0;
    while (!work_.stuck) {
      if (++steps % 65'536 == 0 && wanted && !wanted()) return false;
      if (!work_.ready.empty()) {
        const std::uint32_t lot = work_.ready.back();
        work_.ready.pop_back();
        while (work_.lots[lot].count >= kLanes) step(lot, kLanes);
      } else if (entered < agents) {
        enter(entered, std::min<std::uint32_t>(agents - entered, kLanes));
        entered += kLanes;
      } else {
        const std::uint32_t fullest = find_fullest();
        if (work_.lots[fullest].count == 0) return true;
        step(fullest, work_.lots[fullest].count);
      }
    }
    return false;
  }

 private:
  std::uint32_t find_fullest() const {
    std::uint32_t best = 0;
    std::uint32_t most = 0;
    for (std::uint32_t i = 0; i < work_.lots.size(); ++i) {
      if (work_.lots[i].count > most) {
        most = work_.lots[i].count;
        best = i;
      }
    }
    return best;
  }

  HWY_INLINE LanesLuck luck_of(Whole id, engine::PlaceKey key) const {
    const Whole agent = (id & Whole(0xffff'ffffU)) + Whole(work_.first_agent);
    return {agent, down<32>(agent) | Whole(std::uint64_t{plan_.keys.seed.replicate} << 8), Whole(0), key};
  }

  void enter(std::uint32_t first, std::uint32_t agents) {
    alignas(64) std::uint64_t number[kLanes];
    for (std::size_t l = 0; l < kLanes; ++l) number[l] = first + l;
    const auto draws = luck_of(load(number), plan_.keys.agent).block(purpose::agent);
    alignas(64) std::uint64_t words[4][kLanes];
    for (std::size_t w = 0; w < 4; ++w) store(draws.word[w], words[w]);
    for (std::uint32_t l = 0; l < agents; ++l) {
      engine::Block block;
      for (std::size_t w = 0; w < 4; ++w) block[w] = static_cast<std::uint32_t>(words[w][l]);
      work_.enter(first + l, block);
    }
  }

  /// The last n of a lot, n <= kLanes, do what they wait for.
  void step(std::uint32_t at, std::uint32_t n) {
    const LotPlan& what = plan_.lots[at];
    Lot& lot = work_.lots[at];
    lot.count -= n;
    Travellers agents;
    agents.load_from(lot, lot.count, columns_);
    const Flag valid = first_lanes(n);
    switch (what.kind) {
      case LotPlan::Kind::stop: return visit_only_way(what, agents, valid);
      case LotPlan::Kind::pick: return pick_way(what, agents, valid);
      case LotPlan::Kind::way: return visit_picked_way(what, agents, valid);
      case LotPlan::Kind::exit:
      case LotPlan::Kind::cut: return score(what, agents, n);
    }
  }

  /// Those who stand in `columns_here_` go to wait in a lot.
  HWY_INLINE void append(std::uint32_t to, Flag which) {
    Lot& lot = work_.lots[to];
    if (lot.count + kLanes > lot.capacity) lot.reserve(lot.count + kLanes, columns_.count);
    std::uint64_t* end = lot.data.data() + lot.count;
    const ToFront front(which);
    for (std::uint32_t c = 0; c < columns_.count; ++c) {
      front.store(columns_here_[c], end);
      end += lot.capacity;
    }
    const std::uint32_t before = lot.count;
    lot.count += static_cast<std::uint32_t>(count(which));
    if (before < kLanes && lot.count >= kLanes) work_.put_ready(to);
  }

  /// How often each has been at a site, and one more; counts who was not.
  HWY_INLINE Whole ordinals_at(std::uint32_t site, std::uint32_t group, Whole id, Flag valid, bool again) {
    alignas(64) std::uint64_t ids[kLanes];
    alignas(64) std::uint64_t ordinal[kLanes] = {};
    store(id, ids);
    const std::size_t sites = plan_.layout.sites.size();
    std::uint64_t reached = 0;
    each(valid, [&](std::size_t l) HWY_ATTR {
      std::uint16_t& counted = work_.ordinals[CrowdWork::slot_of(ids[l]) * sites + site];
      // `again`: the present visit is counted already.
      ordinal[l] = again ? std::uint64_t{counted} - 1 : std::uint64_t{counted++};
      reached += ordinal[l] == 0 ? 1 : 0;
    });
    if (!again) work_.tally->add_reached(group, site, reached);
    return load(ordinal);
  }

  /// The luck of their present visits to a node.
  HWY_INLINE LanesLuck arrive(std::uint32_t node, std::uint32_t group, Whole id, Flag valid, bool again) {
    LanesLuck luck = luck_of(id, plan_.keys.nodes[node]);
    const std::uint32_t site = plan_.layout.nodes[node].first_site;
    if (plan_.once[node] != 0) {
      if (!again) work_.tally->add_reached(group, site, count(valid));
    } else {
      luck.ordinal = ordinals_at(site, group, id, valid, again);
    }
    return luck;
  }

  void visit_only_way(const LotPlan& what, Travellers& agents, Flag valid) {
    const LanesLuck luck = arrive(what.place, what.group, agents.id, valid, false);
    reach_way(what, agents.id, valid);
    visit(what, agents, luck, valid);
  }

  /// Counts who has not visited the node in this way before, where it has names for its ways.
  HWY_INLINE void reach_way(const LotPlan& what, Whole id, Flag valid) {
    const WayRow& way = plan_.customer.tables().personas[what.group].ways[what.way];
    if (way.way < 0) return;
    const std::uint32_t site = plan_.layout.nodes[what.place].first_site + 1 + static_cast<std::uint32_t>(way.way);
    if (plan_.once[what.place] != 0) {
      work_.tally->add_reached(what.group, site, count(valid));
    } else {
      ordinals_at(site, what.group, id, valid, false);
    }
  }

  void pick_way(const LotPlan& what, Travellers& agents, Flag valid) {
    const PersonaTables& persona = plan_.customer.tables().personas[what.group];
    const StopRow& stop = persona.stops[what.place];
    if (!(stop.way_total > 0)) {
      work_.stuck = true;
      return;
    }
    const LanesLuck luck = arrive(what.place, what.group, agents.id, valid, false);
    const Real threshold = uniform(luck.block(purpose::visit).word[3]) * Real(stop.way_total);
    agents.write_to(columns_here_, columns_);
    Flag left = valid;
    const std::uint32_t first = plan_.first_way_lot[what.group];
    for (std::uint32_t i = 0; i + 1 < stop.ways.count; ++i) {
      const Flag here = left & (threshold < Real(persona.ways[stop.ways.first + i].cumulated_share));
      left = without(left, here);
      if (!none(here)) append(first + stop.ways.first + i, here);
    }
    if (!none(left)) append(first + stop.ways.first + stop.ways.count - 1, left);
  }

  void visit_picked_way(const LotPlan& what, Travellers& agents, Flag valid) {
    const LanesLuck luck = arrive(what.place, what.group, agents.id, valid, true);
    reach_way(what, agents.id, valid);
    visit(what, agents, luck, valid);
  }

  /// Steps 1 to 11.
  HWY_INLINE void visit(const LotPlan& what, Travellers& agents, const LanesLuck& luck, Flag valid) {
    const PersonaTables& persona = plan_.customer.tables().personas[what.group];
    const StopRow& stop = persona.stops[what.place];
    const WayRow& way = persona.ways[what.way];
    const auto draws = luck.block(purpose::visit);
    begin_tally(what, way, agents.id);

    // 1. Duration against patience.
    Whole duration_ms = whole_milliseconds(formula::quantile(way.duration, uniform(draws.word[0])));
    Flag given_up = no_lane();
    if (!persona.patient) {
      const Flag tried = valid & (duration_ms > Whole(static_cast<std::uint64_t>(persona.surely_patient_ms)));
      if (!none(tried)) {
        const Whole patience_ms =
            whole_milliseconds(formula::quantile(persona.patience, uniform(luck.block(purpose::patience).word[0])));
        given_up = tried & (duration_ms > patience_ms);
        duration_ms = select(given_up, patience_ms, duration_ms);
      }
    }
    const Flag stayed = without(valid, given_up);
    const Whole longest(kLongestMs);
    agents.elapsed_ms = agents.elapsed_ms + duration_ms;
    agents.elapsed_ms = select(agents.elapsed_ms > longest, longest, agents.elapsed_ms);

    // 2. Performance.
    Real experience = formula::clamp_points(formula::quantile(way.experience, uniform(draws.word[1])));
    // 3. Pains.
    const Real before_pains = experience;
    for (std::uint32_t i = way.pains.first; i < way.pains.first + way.pains.count; ++i) {
      const PainRow& pain = persona.pains[i];
      const Flag occurs = stayed & (pain.after_ms != PainRow::kNever
                                        ? agents.elapsed_ms > Whole(static_cast<std::uint64_t>(pain.after_ms))
                                        : uniform(luck.block(pain.purpose).word[0]) < Real(pain.probability));
      if (none(occurs)) continue;
      experience = select(occurs, experience - Real(pain.severity), experience);
      agents.open = select(occurs, agents.open | Whole(pain.opens), agents.open);
      tally_mark(what, pain.mark, occurs);
    }
    experience = select(experience < Real(0.0), Real(0.0), experience);
    Real pain_loss = before_pains - experience;
    // 4. Recovery.
    for (std::uint32_t i = way.resolutions.first; i < way.resolutions.first + way.resolutions.count; ++i) {
      const ResolutionRow& resolution = persona.resolutions[i];
      Flag closes = without(stayed, (agents.open & Whole(resolution.closes)) == Whole(0));
      if (none(closes)) continue;
      closes = closes & (uniform(luck.block(resolution.purpose).word[1]) < Real(resolution.probability));
      agents.open = select(closes, agents.open & Whole(~resolution.closes), agents.open);
      experience = select(closes, experience + Real(resolution.lift), experience);
    }
    experience = select(experience > Real(10.0), Real(10.0), experience);
    experience = select(given_up, Real(0.0), experience);
    pain_loss = select(given_up, Real(0.0), pain_loss);

    // 5. Disconfirmation and momentary satisfaction.
    const Real expectation = agents.expectation;
    const Real disconfirmation = experience - expectation;
    const Real satisfaction = formula::momentary_satisfaction(
        persona.anchor, persona.performance_weight, persona.disconfirmation_weight, experience,
        formula::weighed_disconfirmation(disconfirmation, persona.loss_aversion));
    // 6. Expectation follows experience.
    agents.expectation = agents.expectation + Real(persona.learning) * disconfirmation;
    // 7. The running mood.
    agents.mood = agents.mood + Real(stop.mood_step) * (satisfaction - agents.mood);
    // 8. Memory.
    agents.weight = agents.weight + Real(stop.importance);
    agents.weighted = agents.weighted + Real(stop.importance) * satisfaction;
    agents.end = satisfaction;
    const Flag any = agents.visits > Whole(0);
    agents.peak = formula::peak_with(agents.peak, any, satisfaction, persona.anchor);
    // 9. Effort and cost.
    agents.effort = agents.effort + Real(way.effort);
    agents.cost = agents.cost + Real(way.cost);
    agents.visits = agents.visits + Whole(1);

    tally_visit(experience, expectation, disconfirmation, satisfaction, agents.mood, pain_loss, duration_ms, valid);
    agents.write_to(columns_here_, columns_);
    if (!none(given_up)) {
      each(given_up, [&](std::size_t l) HWY_ATTR {
        ++work_.rows->given_up(unit_[l], what.group)[site_];
        if (way_site_ != kNoSite) ++work_.rows->given_up(unit_[l], what.group)[way_site_];
      });
      go_on(what, way.given_up_to, way.given_up_flow, given_up, agents.visits);
    }
    // 10. Goals.
    for (std::uint32_t i = way.fulfilments.first; i < way.fulfilments.first + way.fulfilments.count; ++i) {
      const FulfilmentRow& fulfilment = persona.fulfilments[i];
      const Flag achieved = stayed & (uniform(luck.block(fulfilment.purpose).word[0]) < Real(fulfilment.probability));
      agents.goals = select(achieved, agents.goals | Whole(fulfilment.achieves), agents.goals);
    }
    if (way.fulfilments.count != 0) store(agents.goals, columns_here_[columns_.goals]);
    // 11. Where next.
    const Real u = uniform(draws.word[2]);
    if (way.edges_fixed) {
      pick_fixed_edge(what, persona, way, agents, u, stayed);
    } else {
      pick_open_edge(what, persona, way, agents, u, stayed);
    }
  }

  HWY_INLINE void pick_fixed_edge(const LotPlan& what, const PersonaTables& persona, const WayRow& way,
                                  const Travellers& agents, Real u, Flag left) {
    if (none(left)) return;
    if (way.edges.count == 0) {
      work_.stuck = true;
      return;
    }
    const Real threshold = u * Real(way.edge_total);
    const std::uint32_t last = way.edges.first + way.edges.count - 1;
    for (std::uint32_t i = way.edges.first; i < last; ++i) {
      const Flag here = left & (threshold < Real(persona.edge_cumulated[i]));
      if (none(here)) continue;
      left = without(left, here);
      go_on(what, persona.edges[i].to, persona.edges[i].flow, here, agents.visits);
      if (none(left)) return;
    }
    go_on(what, persona.edges[last].to, persona.edges[last].flow, left, agents.visits);
  }

  /// Multinomial logit over the open edges (McFadden 1974), as Customer's: the largest exponent is taken away first.
  HWY_INLINE void pick_open_edge(const LotPlan& what, const PersonaTables& persona, const WayRow& way,
                                 const Travellers& agents, Real u, Flag left) {
    if (none(left)) return;
    const EdgeRow* edges = persona.edges.data() + way.edges.first;
    const std::uint32_t n = way.edges.count;
    const Real mood = agents.mood - Real(persona.anchor);
    Flag open[CrowdPlan::kMostEdges];
    alignas(64) std::uint64_t weights[CrowdPlan::kMostEdges][kLanes];
    Real largest(-std::numeric_limits<double>::infinity());
    for (std::uint32_t i = 0; i < n; ++i) {
      const EdgeRow& edge = edges[i];
      open[i] = left;
      const auto needs = [&](Whole has, std::uint64_t all, std::uint64_t no) HWY_ATTR {
        if (all != 0) open[i] = open[i] & ((has & Whole(all)) == Whole(all));
        if (no != 0) open[i] = open[i] & ((has & Whole(no)) == Whole(0));
      };
      needs(agents.goals, edge.if_goals, edge.unless_goals);
      needs(agents.open, edge.if_pains, edge.unless_pains);
      const Real exponent = Real(edge.mood) * mood;
      largest = select(open[i] & (exponent > largest), exponent, largest);
    }
    Real total(0.0);
    for (std::uint32_t i = 0; i < n; ++i) {
      const Real exponent = Real(edges[i].mood) * mood - largest;
      const Flag even = exponent == Real(0.0);
      Real weight(edges[i].weight);
      if (!none(without(open[i], even))) weight = select(even, weight, weight * formula::exp(exponent));
      store(bits_of(weight), weights[i]);
      total = select(open[i], total + weight, total);
    }
    if (!none(without(left, total > Real(0.0)))) {
      work_.stuck = true;
      return;
    }
    const Real threshold = u * total;
    Real cumulated(0.0);
    for (std::uint32_t i = 0; i < n; ++i) {
      const Real weight = from_bits(load(weights[i]));
      open[i] = open[i] & (weight > Real(0.0));
      cumulated = select(open[i], cumulated + weight, cumulated);
      const Flag here = left & open[i] & (threshold < cumulated);
      if (none(here)) continue;
      left = without(left, here);
      go_on(what, edges[i].to, edges[i].flow, here, agents.visits);
    }
    for (std::uint32_t i = n; i-- > 0 && !none(left);) {  // rounding left them over: the last that is open
      const Flag here = left & open[i];
      if (none(here)) continue;
      left = without(left, here);
      go_on(what, edges[i].to, edges[i].flow, here, agents.visits);
    }
  }

  HWY_INLINE void go_on(const LotPlan& what, std::uint32_t to, std::uint32_t flow, Flag which, Whole visits) {
    each(which, [&](std::size_t l) HWY_ATTR {
      ++flows_[l][first_flow_ + flow];
      if (way_site_ != kNoSite) ++flows_[l][first_way_flow_ + flow];
    });
    const PersonaTables& persona = plan_.customer.tables().personas[what.group];
    const std::uint32_t nodes = plan_.layout.node_count();
    if (to < nodes) {
      const Flag cut = without(which, Whole(std::uint64_t{persona.visit_limit}) > visits);
      if (!none(cut)) {
        append(plan_.first_lot[what.group] + nodes + static_cast<std::uint32_t>(plan_.layout.exits.size()), cut);
        which = without(which, cut);
        if (none(which)) return;
      }
    }
    append(plan_.first_lot[what.group] + to, which);
  }

  // ---- tallies of the present visit

  static constexpr std::uint32_t kNoSite = ~std::uint32_t{0};

  HWY_INLINE void begin_tally(const LotPlan& what, const WayRow& way, Whole id) {
    const engine::NodeLayout& node = plan_.layout.nodes[what.place];
    site_ = node.first_site;
    way_site_ = way.way < 0 ? kNoSite : node.first_site + 1 + static_cast<std::uint32_t>(way.way);
    first_flow_ = plan_.layout.sites[site_].first_flow;
    if (way_site_ != kNoSite) first_way_flow_ = plan_.layout.sites[way_site_].first_flow;
    store(id, ids_);
    for (std::size_t l = 0; l < kLanes; ++l) {
      unit_[l] = work_.unit_of(ids_[l]);
      flows_[l] = work_.rows->flows(unit_[l], what.group);
    }
    group_ = what.group;
  }

  HWY_INLINE void tally_mark(const LotPlan& what, std::uint32_t mark, Flag which) {
    const engine::NodeLayout& node = plan_.layout.nodes[what.place];
    const std::size_t kinds = plan_.layout.mark_kinds.size();
    each(which, [&](std::size_t l) HWY_ATTR {
      std::int64_t* marks = work_.rows->marks(unit_[l], what.group);
      ++marks[plan_.layout.sites[site_].first_mark + mark];
      if (way_site_ != kNoSite) ++marks[plan_.layout.sites[way_site_].first_mark + mark];
      ++work_.met[CrowdWork::slot_of(ids_[l]) * kinds + node.marks[mark]];
    });
  }

  HWY_INLINE void tally_visit(Real experience, Real expectation, Real disconfirmation, Real satisfaction, Real mood,
                              Real pain_loss, Whole duration_ms, Flag valid) {
    alignas(64) std::uint64_t pairs[4][2][kLanes < 2 ? 2 : kLanes];
    store_pairs(Whole(1), nano(experience), pairs[0]);
    store_pairs(nano(expectation), nano(disconfirmation), pairs[1]);
    store_pairs(nano(satisfaction), nano(mood), pairs[2]);
    store_pairs(nano(pain_loss), duration_ms, pairs[3]);
    const auto add = [&](std::uint64_t* row, std::size_t l) HWY_ATTR {
      for (std::size_t p = 0; p < 4; ++p) add_pair(&pairs[p][l & 1][l & ~std::size_t{1}], row + 2 * p);
    };
    each(valid, [&](std::size_t l) HWY_ATTR {
      add(work_.rows->row(unit_[l], group_, site_), l);
      if (way_site_ != kNoSite) add(work_.rows->row(unit_[l], group_, way_site_), l);
    });
  }

  // ---- ends

  void score(const LotPlan& what, const Travellers& agents, std::uint32_t n) {
    const JourneyTables& tables = plan_.customer.tables();
    const PersonaTables& persona = tables.personas[what.group];
    Real overall =
        formula::remembered(agents.weight, agents.weighted, agents.peak, agents.end, persona.memory, persona.anchor);
    for (const std::uint32_t goal : tables.goal_bits_by_id) {
      const Flag missed = (agents.goals & Whole(std::uint64_t{1} << goal)) == Whole(0);
      overall = select(missed, overall - Real(persona.goal_importance[goal]), overall);
    }
    for (const std::uint32_t pain : tables.lasting_pain_bits_by_id) {
      const Flag closed = (agents.open & Whole(std::uint64_t{1} << pain)) == Whole(0);
      overall = select(closed, overall, overall - Real(persona.pain_lingering[pain]));
    }
    overall = formula::clamp_points(overall - Real(persona.effort_weight) * agents.effort);
    overall = select(agents.visits > Whole(0), overall, Real(persona.anchor));
    alignas(64) std::uint64_t up_to[10][kLanes];
    for (std::size_t k = 0; k < 10; ++k) {
      store(nano(formula::answers_up_to(persona.response.threshold_less_bias[k], overall, persona.response.spread)),
            up_to[k]);
    }
    alignas(64) std::uint64_t id[kLanes], elapsed_ms[kLanes], visits[kLanes], goals[kLanes], open[kLanes];
    alignas(64) double satisfaction[kLanes], effort[kLanes], cost[kLanes];
    store(agents.id, id);
    store(agents.elapsed_ms, elapsed_ms);
    store(agents.visits, visits);
    store(agents.goals, goals);
    store(agents.open, open);
    hn::StoreU(overall.v, kNumberTag, satisfaction);
    hn::StoreU(agents.effort.v, kNumberTag, effort);
    hn::StoreU(agents.cost.v, kNumberTag, cost);
    for (std::uint32_t l = 0; l < n; ++l) {
      ScoreShares shares;
      engine::Nano below = 0;
      for (std::size_t k = 0; k < 10; ++k) {
        shares[k] = static_cast<engine::Nano>(up_to[k][l]) - below;
        below = static_cast<engine::Nano>(up_to[k][l]);
      }
      shares[10] = kOne - below;
      Traveller agent;
      agent.group = what.group;
      agent.elapsed_ms = static_cast<std::int64_t>(elapsed_ms[l]);
      agent.effort = effort[l];
      agent.cost = cost[l];
      agent.goals = goals[l];
      agent.open = open[l];
      engine::Ending ending;
      ending.group = what.group;
      ending.truncated = what.kind == LotPlan::Kind::cut;
      ending.exit = ending.truncated ? 0 : what.place;
      ending.visits = static_cast<std::uint32_t>(visits[l]);
      ending.elapsed_ms = agent.elapsed_ms;
      work_.leave(id[l], agent, ending, satisfaction[l], shares);
    }
  }

  CrowdWork& work_;
  const CrowdPlan& plan_;
  const CrowdColumns columns_;
  alignas(64) std::uint64_t columns_here_[CrowdColumns::fixed + 4][kLanes];  // of those who make the present step
  alignas(64) std::uint64_t ids_[kLanes];
  std::uint32_t unit_[kLanes];
  std::int64_t* flows_[kLanes];
  std::uint32_t site_ = 0, way_site_ = 0, first_flow_ = 0, first_way_flow_ = 0, group_ = 0;
};

bool walk_block(CrowdWork& work, std::uint32_t agents, const std::function<bool()>& wanted) {
  return BlockWalk(work).walk(agents, wanted);
}
