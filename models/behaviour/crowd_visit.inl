// A visit of kLanes agents to one place, in stages; included by crowd.cpp for each kind of lanes. What it does is what Customer::visit
// does, step by step; models/README.md numbers the steps. Each stage is a chain in which every operation waits for the one before,
// so stages are made for several visits in turn: a processor works at those that follow while one waits.

class CrowdVisit {
 public:
  /// Who makes the visit, and what their first stage will read is sent for.
  HWY_INLINE void begin(CrowdWork& work, const LotPlan& what, const Together& who) {
    work_ = &work;
    what_ = &what;
    who_ = who;
    valid_ = first_lanes(who.n);
    persona_ = &work.plan.customer.tables().personas[what.group];
    stop_ = &persona_->stops[what.place];
    site_ = work.plan.layout.nodes[what.place].first_site;
    way_site_ = kNoSite;
    if (what.kind != LotPlan::Kind::pick) {
      way_ = &persona_->ways[what.way];
      if (way_->way >= 0) way_site_ = site_ + 1 + static_cast<std::uint32_t>(way_->way);
    }
    const bool counts = work.plan.once[what.place] == 0;
    for (std::size_t l = 0; l < kLanes; ++l) {
      record_[l] = work.record(who.slot[l]);
      __builtin_prefetch(record_[l]);
      if (counts) __builtin_prefetch(work.ordinals_of(who.slot[l]) + site_);
    }
  }

  /// They pick a way of visiting the place, and go to wait for that.
  HWY_INLINE void pick_way() {
    if (!(stop_->way_total > 0)) {
      work_->stuck = true;
      return;
    }
    find_luck(load_fours(record_).a, arrive(false));
    const Real threshold = uniform(luck_.block(purpose::visit).word[3]) * Real(stop_->way_total);
    Whole picked(0);
    for (std::uint32_t i = 0; i + 1 < stop_->ways.count; ++i) {
      const Flag beyond = threshold >= Real(persona_->ways[stop_->ways.first + i].cumulated_share);
      picked = select(beyond, Whole(i + 1), picked);
    }
    alignas(64) std::uint64_t way[kLanes];
    store(picked, way);
    const std::uint32_t first = work_->plan.first_way_lot[what_->group] + stop_->ways.first;
    for (std::uint32_t l = 0; l < who_.n; ++l) work_->put(first + static_cast<std::uint32_t>(way[l]), who_.slot[l]);
  }

  /// Draws. Those who picked a way are there already.
  HWY_INLINE void draw() {
    const Four first = load_fours(record_, CrowdRecord::id);
    find_luck(first.a, arrive(what_->kind == LotPlan::Kind::way));
    find_rows(first.a);
    draws_ = luck_.block(purpose::visit);
    elapsed_ms_ = first.b;
  }

  /// Step 1. Duration against patience.
  HWY_INLINE void spend_time() {
    Whole duration_ms = whole_milliseconds(formula::quantile(way_->duration, uniform(draws_.word[0])));
    given_up_ = no_lane();
    if (!persona_->patient) {
      const Flag tried = valid_ & (duration_ms > Whole(static_cast<std::uint64_t>(persona_->surely_patient_ms)));
      if (!none(tried)) {
        const Whole patience_ms =
            whole_milliseconds(formula::quantile(persona_->patience, uniform(luck_.block(purpose::patience).word[0])));
        given_up_ = tried & (duration_ms > patience_ms);
        duration_ms = select(given_up_, patience_ms, duration_ms);
      }
    }
    duration_ms_ = duration_ms;
    const Whole longest(kLongestMs);
    const Whole elapsed_ms = elapsed_ms_ + duration_ms;
    elapsed_ms_ = select(elapsed_ms > longest, longest, elapsed_ms);
  }

  /// Step 2. Performance.
  HWY_INLINE void perform() {
    experience_ = formula::clamp_points(formula::quantile(way_->experience, uniform(draws_.word[1])));
  }

  /// Steps 3 to 10.
  HWY_INLINE void feel() {
    Travellers agents;
    agents.load_from(record_, is_long());
    agents.elapsed_ms = elapsed_ms_;
    const Flag stayed = without(valid_, given_up_);
    // 3. Pains.
    Real experience = experience_;
    Real pain_loss(0.0);
    if (way_->pains.count + way_->resolutions.count != 0) {
      for (std::uint32_t i = way_->pains.first; i < way_->pains.first + way_->pains.count; ++i) {
        const PainRow& pain = persona_->pains[i];
        const Flag occurs = stayed & (pain.after_ms != PainRow::kNever
                                          ? agents.elapsed_ms > Whole(static_cast<std::uint64_t>(pain.after_ms))
                                          : uniform(luck_.block(pain.purpose).word[0]) < Real(pain.probability));
        if (none(occurs)) continue;
        experience = select(occurs, experience - Real(pain.severity), experience);
        agents.open = select(occurs, agents.open | Whole(pain.opens), agents.open);
        tally_mark(pain.mark, occurs);
      }
      experience = select(experience < Real(0.0), Real(0.0), experience);
      pain_loss = experience_ - experience;
      // 4. Recovery.
      for (std::uint32_t i = way_->resolutions.first; i < way_->resolutions.first + way_->resolutions.count; ++i) {
        const ResolutionRow& resolution = persona_->resolutions[i];
        Flag closes = without(stayed, (agents.open & Whole(resolution.closes)) == Whole(0));
        if (none(closes)) continue;
        closes = closes & (uniform(luck_.block(resolution.purpose).word[1]) < Real(resolution.probability));
        agents.open = select(closes, agents.open & Whole(~resolution.closes), agents.open);
        experience = select(closes, experience + Real(resolution.lift), experience);
      }
      experience = select(experience > Real(10.0), Real(10.0), experience);
    }
    experience = select(given_up_, Real(0.0), experience);
    pain_loss = select(given_up_, Real(0.0), pain_loss);

    // 5. Disconfirmation and momentary satisfaction.
    const Real expectation = agents.expectation;
    const Real disconfirmation = experience - expectation;
    const Real satisfaction = formula::momentary_satisfaction(
        persona_->anchor, persona_->performance_weight, persona_->disconfirmation_weight, experience,
        formula::weighed_disconfirmation(disconfirmation, persona_->loss_aversion));
    // 6. Expectation follows experience.
    agents.expectation = agents.expectation + Real(persona_->learning) * disconfirmation;
    // 7. The running mood.
    agents.mood = agents.mood + Real(stop_->mood_step) * (satisfaction - agents.mood);
    // 8. Memory.
    agents.weight = agents.weight + Real(stop_->importance);
    agents.weighted = agents.weighted + Real(stop_->importance) * satisfaction;
    agents.end = satisfaction;
    const Flag first = down<CrowdRecord::kVisitsShift>(agents.id) == Whole(0);
    agents.peak = formula::peak_with(agents.peak, without(valid_, first), satisfaction, persona_->anchor);
    agents.id = agents.id + Whole(std::uint64_t{1} << CrowdRecord::kVisitsShift);
    // 9. Effort and cost.
    agents.effort = agents.effort + Real(way_->effort);
    agents.cost = agents.cost + Real(way_->cost);
    tally_visit(experience, expectation, disconfirmation, satisfaction, agents.mood, pain_loss);
    // 10. Goals.
    for (std::uint32_t i = way_->fulfilments.first; i < way_->fulfilments.first + way_->fulfilments.count; ++i) {
      const FulfilmentRow& fulfilment = persona_->fulfilments[i];
      const Flag achieved = stayed & (uniform(luck_.block(fulfilment.purpose).word[0]) < Real(fulfilment.probability));
      agents.goals = select(achieved, agents.goals | Whole(fulfilment.achieves), agents.goals);
    }
    agents.store_to(record_, is_long());
    const Flag tired =
        valid_ & (down<CrowdRecord::kVisitsShift>(agents.id) > Whole(std::uint64_t{persona_->visit_limit} - 1));
    any_tired_ = !none(tired);
    tired_ = tired;
    mood_ = agents.mood;
    goals_ = agents.goals;
    open_ = agents.open;
  }

  /// Step 11. Where next: by place among the way's edges.
  HWY_INLINE void choose() {
    if (way_->edges.count == 0) {
      if (!none(without(valid_, given_up_))) work_->stuck = true;
      return;
    }
    const Real u = uniform(draws_.word[2]);
    store(way_->edges_fixed  ? pick_fixed_edge(u)
          : what_->guarded   ? pick_open_edge(u, without(valid_, given_up_))
                             : pick_edge(u),
          edge_);
  }

  /// They go to wait in their next lots.
  HWY_INLINE void go_on() {
    std::uint32_t to[kLanes] = {};
    std::uint32_t flow[kLanes] = {};
    if (way_->edges.count != 0) {
      const EdgeRow* edges = persona_->edges.data() + way_->edges.first;
      for (std::size_t l = 0; l < kLanes; ++l) {
        to[l] = edges[edge_[l]].to;
        flow[l] = edges[edge_[l]].flow;
      }
    }
    if (!none(given_up_)) {
      each(given_up_, [&](std::size_t l) HWY_ATTR {
        to[l] = way_->given_up_to;
        flow[l] = way_->given_up_flow;
        std::uint32_t* counts = work_->rows.given_up(unit_[l], what_->group);
        ++counts[site_];
        if (way_site_ != kNoSite) ++counts[way_site_];
      });
    }
    const engine::Layout& layout = work_->plan.layout;
    std::uint32_t* flows = work_->rows.first_flow(what_->group) + layout.sites[site_].first_flow;
    for (std::uint32_t l = 0; l < who_.n; ++l) ++flows[flow_row_[l] + flow[l]];
    if (way_site_ != kNoSite) {
      flows = work_->rows.first_flow(what_->group) + layout.sites[way_site_].first_flow;
      for (std::uint32_t l = 0; l < who_.n; ++l) ++flows[flow_row_[l] + flow[l]];
    }
    if (any_tired_) {
      const std::uint32_t nodes = layout.node_count();
      const auto cut = nodes + static_cast<std::uint32_t>(layout.exits.size());
      each(tired_, [&](std::size_t l) HWY_ATTR { to[l] = to[l] < nodes ? cut : to[l]; });
    }
    const std::uint32_t first = work_->plan.first_lot[what_->group];
    for (std::uint32_t l = 0; l < who_.n; ++l) work_->put(first + to[l], who_.slot[l]);
  }

 private:
  static constexpr std::uint32_t kNoSite = ~std::uint32_t{0};

  bool is_long() const { return work_->plan.is_long; }

  /// Their ordinals of the visit, which is counted. `again`: it is counted already, and only its way is new.
  HWY_INLINE Whole arrive(bool again) {
    const bool once = work_->plan.once[what_->place] != 0;
    if (way_site_ != kNoSite) {
      work_->tally.add_reached(what_->group, way_site_, once ? who_.n : first_at(way_site_));
    }
    if (once) {
      if (!again) work_->tally.add_reached(what_->group, site_, who_.n);
      return Whole(0);
    }
    const Whole ordinal = shorts([&](std::size_t l) HWY_ATTR {
      std::uint16_t& counted = work_->ordinals_of(who_.slot[l])[site_];
      return again ? static_cast<std::uint16_t>(counted - 1) : counted++;
    });
    if (!again) work_->tally.add_reached(what_->group, site_, count(valid_ & (ordinal == Whole(0))));
    return ordinal;
  }

  /// Counts them at a site; returns how many were not there before.
  HWY_INLINE std::uint64_t first_at(std::uint32_t site) {
    std::uint64_t reached = 0;
    for (std::size_t l = 0; l < who_.n; ++l) reached += work_->ordinals_of(who_.slot[l])[site]++ == 0 ? 1 : 0;
    return reached;
  }

  HWY_INLINE void find_luck(Whole id, Whole ordinal) {
    luck_ = luck_of(work_->plan.keys, id & Whole(CrowdRecord::kAgents - 1), work_->plan.keys.nodes[what_->place]);
    luck_.ordinal = ordinal;
  }

  /// The edge of each, by its place among the way's: the first whose cumulated weight is above the threshold, or the last.
  HWY_INLINE Whole pick_fixed_edge(Real u) const {
    const Real threshold = u * Real(way_->edge_total);
    Whole edge(0);
    for (std::uint32_t i = 0; i + 1 < way_->edges.count; ++i) {
      const Flag beyond = threshold >= Real(persona_->edge_cumulated[way_->edges.first + i]);
      edge = select(beyond, Whole(i + 1), edge);
    }
    return edge;
  }

  /// Multinomial logit (McFadden 1974), as Customer's: the largest exponent is taken away first.
  HWY_INLINE Whole pick_edge(Real u) const {
    const EdgeRow* edges = persona_->edges.data() + way_->edges.first;
    const std::uint32_t n = way_->edges.count;
    const Real mood = mood_ - Real(persona_->anchor);
    Real largest = Real(edges[0].mood) * mood;
    for (std::uint32_t i = 1; i < n; ++i) {
      const Real exponent = Real(edges[i].mood) * mood;
      largest = select(exponent > largest, exponent, largest);
    }
    Real up_to[CrowdPlan::kMostEdges];
    Real total(0.0);
    for (std::uint32_t i = 0; i < n; ++i) {
      total = total + Real(edges[i].weight) * formula::exp_of_negative(Real(edges[i].mood) * mood - largest);
      up_to[i] = total;
    }
    const Real threshold = u * total;  // below the total: u is at most 1 - 2^-33
    Whole chosen(n - 1);
    for (std::uint32_t i = n - 1; i-- > 0;) chosen = select(threshold < up_to[i], Whole(i), chosen);
    return chosen;
  }

  /// The same over the edges that are open to each.
  HWY_INLINE Whole pick_open_edge(Real u, Flag choose) {
    const EdgeRow* edges = persona_->edges.data() + way_->edges.first;
    const std::uint32_t n = way_->edges.count;
    const Real mood = mood_ - Real(persona_->anchor);
    Flag open[CrowdPlan::kMostEdges];
    Real weights[CrowdPlan::kMostEdges];
    Real largest(-std::numeric_limits<double>::infinity());
    for (std::uint32_t i = 0; i < n; ++i) {
      const EdgeRow& edge = edges[i];
      open[i] = choose;
      const auto needs = [&](Whole has, std::uint64_t all, std::uint64_t no) HWY_ATTR {
        if (all != 0) open[i] = open[i] & ((has & Whole(all)) == Whole(all));
        if (no != 0) open[i] = open[i] & ((has & Whole(no)) == Whole(0));
      };
      needs(goals_, edge.if_goals, edge.unless_goals);
      needs(open_, edge.if_pains, edge.unless_pains);
      const Real exponent = Real(edge.mood) * mood;
      largest = select(open[i] & (exponent > largest), exponent, largest);
    }
    Real total(0.0);
    for (std::uint32_t i = 0; i < n; ++i) {
      weights[i] = Real(edges[i].weight) * formula::exp_of_negative(Real(edges[i].mood) * mood - largest);
      total = select(open[i], total + weights[i], total);
    }
    if (!none(without(choose, total > Real(0.0)))) work_->stuck = true;
    const Real threshold = u * total;
    // The first open one of some weight whose cumulated weight is above the threshold, or the last open one of some weight.
    Real cumulated(0.0);
    Whole chosen(0);
    Flag left = choose;
    for (std::uint32_t i = 0; i < n; ++i) {
      const Flag may = left & open[i] & (weights[i] > Real(0.0));
      cumulated = select(may, cumulated + weights[i], cumulated);
      chosen = select(may, Whole(i), chosen);
      left = without(left, may & (threshold < cumulated));
    }
    return chosen;
  }

  // ---- tallies of the present visit

  HWY_INLINE void find_rows(Whole id) {
    const Whole unit = down<CrowdRecord::kUnitShift>(id) & Whole(CrowdRecord::kUnits - 1);
    alignas(64) std::uint64_t offset[kLanes];
    store(low_product(unit, static_cast<std::uint32_t>(work_->rows.row_stride())), offset);
    std::uint64_t* first = work_->rows.first_row(what_->group, site_);
    for (std::size_t l = 0; l < kLanes; ++l) row_[l] = first + offset[l];
    store(low_product(unit, static_cast<std::uint32_t>(work_->rows.flow_stride())), flow_row_);
    store(unit, unit_);
  }

  HWY_INLINE void tally_mark(std::uint32_t mark, Flag which) {
    const std::uint32_t kind = work_->plan.layout.nodes[what_->place].marks[mark];
    std::uint32_t* marks = work_->rows.first_mark(what_->group);
    const std::size_t stride = work_->rows.mark_stride();
    each(which, [&](std::size_t l) HWY_ATTR {
      std::uint32_t* of_unit = marks + unit_[l] * stride;
      ++of_unit[work_->plan.layout.sites[site_].first_mark + mark];
      if (way_site_ != kNoSite) ++of_unit[work_->plan.layout.sites[way_site_].first_mark + mark];
      ++work_->met_of(who_.slot[l])[kind];
    });
  }

  HWY_INLINE void tally_visit(Real experience, Real expectation, Real disconfirmation, Real satisfaction, Real mood,
                              Real pain_loss) {
    const Four low{Whole(1), nano(experience), nano(expectation), nano(disconfirmation)};
    const Four high{nano(satisfaction), nano(mood), nano(pain_loss), duration_ms_};
    add_fours(low, row_, 0);
    add_fours(high, row_, 4);
    if (way_site_ == kNoSite) return;
    const std::size_t to_way = std::size_t{way_site_ - site_} * CrowdRows::kRow;
    add_fours(low, row_, to_way);
    add_fours(high, row_, to_way + 4);
  }

  CrowdWork* work_;
  const LotPlan* what_;
  const PersonaTables* persona_;
  const StopRow* stop_;
  const WayRow* way_;
  std::uint32_t site_, way_site_;
  Together who_;
  Flag valid_;
  std::uint64_t* record_[kLanes];
  // From draw() on:
  LanesLuck luck_;
  formula::Words<Whole> draws_;
  alignas(64) std::uint64_t unit_[kLanes];
  alignas(64) std::uint64_t flow_row_[kLanes];
  std::uint64_t* row_[kLanes];
  // From spend_time(), perform(), feel() and choose() on:
  Whole elapsed_ms_, duration_ms_;
  Flag given_up_;
  Real experience_;
  Flag tired_;
  bool any_tired_;
  Real mood_;
  Whole goals_, open_;
  alignas(64) std::uint64_t edge_[kLanes];
};
