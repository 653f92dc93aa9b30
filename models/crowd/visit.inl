// A visit of kLanes agents to one place, in stages; included by crowd.cpp for each kind of lanes. What it does is what Customer::visit
// does, step by step; models/README.md numbers the steps. Each stage is a chain in which every operation waits for the one before,
// so stages are made for several visits in turn: a processor works at those that follow while one waits.

class CrowdVisit {
 public:
  /// Who makes the visit, and what their first stage will read is sent for.
  HWY_INLINE void begin(CrowdWork& work, const LotPlan& what, const Together& who) {
    is_at(work, what);
    who_ = who;
    valid_ = first_lanes(who.n);
    const bool counts = what.counted;
    for (std::size_t l = 0; l < kLanes; ++l) {
      record_[l] = work.record(who.slot[l]);
      __builtin_prefetch(record_[l]);
      if (counts) __builtin_prefetch(work.ordinals_of(who.slot[l]) + site_);
    }
  }

  /// They pick a way of visiting the place, and go to wait for that.
  void pick_way() {
    if (stop_ == nullptr || !(stop_->way_total > 0)) {
      work_->stuck = true;
      return;
    }
    find_luck(load_fours(record_).a, arrive(false));
    const Real u = uniform(luck_.block(purpose::visit).word[3]);
    alignas(64) std::uint64_t way[kLanes];
    store(pick_ways(*persona_, *stop_, u), way);
    for (const Trial& trial : trials()) {
      const Flag parts = parts_at_pick(trial, u, way);
      each(parts, [&](std::size_t l) HWY_ATTR {
        const std::uint32_t rows =
            work_->part(who_.slot[l], trial.scenario, what_->place, trial.arrival_lot, {&site_, 1});
        record_[l][CrowdRecord::id] = CrowdRecord::with_rows(record_[l][CrowdRecord::id], rows);
      });
    }
    const std::uint32_t first = work_->plans[what_->case_index].first_way_lot[what_->group] + stop_->ways.first;
    for (std::uint32_t l = 0; l < who_.n; ++l) work_->put(first + static_cast<std::uint32_t>(way[l]), who_.slot[l]);
  }

  /// Draws. Those who picked a way are there already.
  HWY_INLINE void draw() {
    came_ = load_fours(record_, CrowdRecord::id);
    find_luck(came_.a, arrive(what_->kind == LotPlan::Kind::way));
    draws_ = luck_.block(purpose::visit);
    elapsed_ms_ = came_.b;
  }

  /// Makes the visit as a scenario would have it, for those of another one, which has not been kept yet, who have not parted from it.
  HWY_INLINE void try_instead(const CrowdVisit& base, const LotPlan& what, Flag who) {
    is_at(*base.work_, what);
    who_ = base.who_;
    valid_ = who;
    for (std::size_t l = 0; l < kLanes; ++l) record_[l] = base.record_[l];
    came_ = base.came_;
    elapsed_ms_ = came_.b;
    luck_ = base.luck_;
    draws_ = base.draws_;
    spend_time();
    perform();
    feel();
    choose();
  }

  /// (1) Duration against patience.
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

  /// (2) Performance.
  HWY_INLINE void perform() {
    experience_ = formula::clamp_points(formula::quantile(way_->experience, uniform(draws_.word[1])));
  }

  /// (3) to (10). What comes of it waits for keep().
  HWY_INLINE void feel() { feel(agents_); }
  HWY_INLINE void keep() { keep(agents_); }
  /// Both at once.
  HWY_INLINE void feel_and_keep() {
    Travellers agents;
    feel(agents);
    keep(agents);
  }

  /// (11) Where next.
  HWY_INLINE void choose() {
    Whole chosen(0);
    if (way_->edges.count != 0) {
      const Real u = uniform(draws_.word[2]);
      if (way_->edges_fixed) {
        chosen = pick_fixed_edge(*persona_, *way_, u);
      } else if (what_->guarded) {
        chosen = pick_open_edge(*persona_, *way_, {mood_, goals_, open_}, u, without(valid_, given_up_), work_->stuck);
      } else if (what_->gentle) {
        chosen = pick_edge<true>(*persona_, *way_, mood_, u);
      } else {
        chosen = pick_edge<false>(*persona_, *way_, mood_, u);
      }
    } else if (!none(without(valid_, given_up_))) {
      work_->stuck = true;
    }
    to_ = select(given_up_, Whole(way_->given_up_to), chosen & Whole((std::uint64_t{1} << kFlowShift) - 1));
    flow_ = select(given_up_, Whole(way_->given_up_flow), down<kFlowShift>(chosen));
  }

  /// Agents whose journey differs in a scenario for the first time part from those who make it there.
  HWY_INLINE void part() {
    if (work_->differences.empty() || what_->case_index != 0) return;
    for (const Trial& trial : trials()) part(trial);
  }

  /// They go to wait in their next lots.
  HWY_INLINE void go_on() {
    const engine::Layout& layout = work_->layout;
    alignas(64) std::uint64_t flow[kLanes];
    store(load(flow_row_) + flow_, flow);
    std::uint32_t* flows = work_->rows->first_flow(what_->group) + layout.sites[site_].first_flow;
    for (std::uint32_t l = 0; l < who_.n; ++l) ++flows[flow[l]];
    if (way_site_ != kNoSite) {
      flows = work_->rows->first_flow(what_->group) + layout.sites[way_site_].first_flow;
      for (std::uint32_t l = 0; l < who_.n; ++l) ++flows[flow[l]];
    }
    if (!none(given_up_)) {
      each(given_up_, [&](std::size_t l) HWY_ATTR {
        std::uint32_t* counts = work_->rows->first_given_up(what_->group) + rows_[l] * work_->rows->given_up_stride();
        ++counts[site_];
        if (way_site_ != kNoSite) ++counts[way_site_];
      });
    }
    const std::uint64_t nodes = layout.node_count();
    const Whole to = select(tired_ & (Whole(nodes) > to_), Whole(nodes + layout.exits.size()), to_);
    alignas(64) std::uint64_t lot[kLanes];
    store(to + Whole(what_->first_lot), lot);
    work_->put(lot, who_.slot, who_.n);
  }

 private:
  static constexpr std::uint32_t kNoSite = LotPlan::kNoSite;

  HWY_INLINE void is_at(CrowdWork& work, const LotPlan& what) {
    work_ = &work;
    what_ = &what;
    persona_ = what.persona;
    stop_ = what.stop;
    site_ = what.site;
    way_site_ = what.way_site;
    way_ = what.visited;
  }

  /// Of the base's lots only.
  HWY_INLINE std::span<const Trial> trials() const {
    if (what_->case_index != 0) return {};
    return work_->trials[static_cast<std::size_t>(what_ - work_->lot_plans.data())];
  }

  /// Their ordinals of the visit, which is counted. `again`: it is counted already, and only its way is new.
  HWY_INLINE Whole arrive(bool again) {
    const bool once = !what_->counted;
    const auto count_at = [&](std::uint32_t site, bool counted_before) HWY_ATTR {
      return shorts([&](std::size_t l) HWY_ATTR {
        std::uint16_t& counted = work_->ordinals_of(who_.slot[l])[site];
        return counted_before ? static_cast<std::uint16_t>(counted - 1) : counted++;
      });
    };
    if (way_site_ != kNoSite) way_ordinal_ = once ? Whole(0) : count_at(way_site_, false);
    return once ? Whole(0) : count_at(site_, again);
  }

  HWY_INLINE void find_luck(Whole id, Whole ordinal) {
    luck_ = luck_of(work_->keys, id & Whole(CrowdRecord::kAgents - 1), what_->key);
    luck_.ordinal = ordinal;
  }

  /// Those who have not parted from a scenario yet.
  HWY_INLINE Flag together_with(const Trial& trial) const {
    std::uint64_t set = 0;
    for (std::uint32_t l = 0; l < who_.n; ++l) {
      set |= std::uint64_t{work_->seats->has_parted(who_.slot[l], trial.scenario) ? 0U : 1U} << l;
    }
    return lanes_of(set);
  }

  /// Who would pick another way in a scenario. `way`: which they pick.
  HWY_INLINE Flag parts_at_pick(const Trial& trial, Real u, const std::uint64_t (&way)[kLanes]) const {
    if (!trial.picks) return no_lane();
    const Flag who = together_with(trial);
    if (none(who)) return who;
    if (trial.stop == nullptr || !(trial.stop->way_total > 0)) {
      work_->stuck = true;
      return no_lane();
    }
    alignas(64) std::uint64_t there[kLanes];
    store(pick_ways(*trial.persona, *trial.stop, u), there);
    std::uint64_t set = 0;
    for (std::size_t l = 0; l < kLanes; ++l) {
      const bool alike =
          persona_->ways[stop_->ways.first + way[l]].way == trial.persona->ways[trial.stop->ways.first + there[l]].way;
      set |= std::uint64_t{alike ? 0U : 1U} << l;
    }
    return who & lanes_of(set);
  }

  void part(const Trial& trial) {
    alignas(64) static constexpr std::uint64_t kOnlyWay[kLanes] = {};
    Flag parts = trial.picks ? parts_at_pick(trial, uniform(draws_.word[3]), kOnlyWay) : no_lane();
    if (trial.visit != nullptr) {
      const Flag who = without(together_with(trial), parts);
      if (!none(who)) {
        CrowdVisit there;
        there.try_instead(*this, *trial.visit, who);
        parts = parts | (who & differs_from(there));
      }
    }
    if (none(parts)) return;
    // Who came by the only way has the whole visit before it; who picked a way is at the place already.
    const bool is_there = what_->kind == LotPlan::Kind::way;
    std::uint32_t counted[2];
    std::size_t count = 0;
    if (!is_there) counted[count++] = site_;
    if (way_site_ != kNoSite) counted[count++] = way_site_;
    alignas(64) std::uint64_t id[kLanes];
    store(agents_.id, id);
    each(parts, [&](std::size_t l) HWY_ATTR {
      const std::uint32_t rows = work_->part(who_.slot[l], trial.scenario, what_->place,
                                             is_there ? trial.visit_lot : trial.arrival_lot, {counted, count});
      id[l] = CrowdRecord::with_rows(id[l], rows);
      // The next scenario's agent stands where this one stood, but for the rows.
      record_[l][CrowdRecord::id] = CrowdRecord::with_rows(record_[l][CrowdRecord::id], rows);
    });
    agents_.id = load(id);
  }

  /// Whose visit another way of making it shows to be different; engine::Visit says what is shown.
  HWY_INLINE Flag differs_from(const CrowdVisit& other) const {
    const auto unlike = [](Real a, Real b) HWY_ATTR { return without(first_lanes(kLanes), a == b); };
    const auto not_same = [](Whole a, Whole b) HWY_ATTR { return without(first_lanes(kLanes), a == b); };
    Flag differs = without(given_up_, other.given_up_) | without(other.given_up_, given_up_);
    differs = differs | not_same(duration_ms_, other.duration_ms_) | not_same(marks_, other.marks_);
    differs = differs | unlike(experience_, other.experience_) | unlike(pain_loss_, other.pain_loss_);
    differs = differs | unlike(agents_.end, other.agents_.end) | unlike(agents_.mood, other.agents_.mood);
    differs = differs | unlike(agents_.effort, other.agents_.effort) | unlike(agents_.cost, other.agents_.cost);
    differs = differs | not_same(agents_.goals, other.agents_.goals) | not_same(agents_.open, other.agents_.open);
    return differs | not_same(to_, other.to_) | not_same(flow_, other.flow_);
  }

  HWY_INLINE void feel(Travellers& agents) {
    agents.load_from(came_, record_, work_->is_long);
    agents.elapsed_ms = elapsed_ms_;
    marks_ = Whole(0);
    const Flag stayed = without(valid_, given_up_);
    // (3) Pains.
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
        marks_ = select(occurs, marks_ | Whole(std::uint64_t{1} << pain.mark), marks_);
      }
      experience = select(experience < Real(0.0), Real(0.0), experience);
      pain_loss = experience_ - experience;
      // (4) Recovery.
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

    // (5) Disconfirmation and momentary satisfaction.
    expectation_ = agents.expectation;
    const Real disconfirmation = experience - agents.expectation;
    const Real satisfaction = formula::momentary_satisfaction(
        persona_->anchor, persona_->performance_weight, persona_->disconfirmation_weight, experience,
        formula::weighed_disconfirmation(disconfirmation, persona_->loss_aversion));
    // (6) Expectation follows experience.
    agents.expectation = agents.expectation + Real(persona_->learning) * disconfirmation;
    // (7) The running mood.
    agents.mood = agents.mood + Real(stop_->mood_step) * (satisfaction - agents.mood);
    // (8) Memory.
    agents.weight = agents.weight + Real(stop_->importance);
    agents.weighted = agents.weighted + Real(stop_->importance) * satisfaction;
    agents.end = satisfaction;
    const Flag first = down<CrowdRecord::kVisitsShift>(agents.id) == Whole(0);
    agents.peak = formula::peak_with(agents.peak, without(valid_, first), satisfaction, persona_->anchor);
    agents.id = agents.id + Whole(std::uint64_t{1} << CrowdRecord::kVisitsShift);
    // (9) Effort and cost.
    agents.effort = agents.effort + Real(way_->effort);
    agents.cost = agents.cost + Real(way_->cost);
    experience_ = experience;
    pain_loss_ = pain_loss;
    disconfirmation_ = disconfirmation;
    // (10) Goals.
    for (std::uint32_t i = way_->fulfilments.first; i < way_->fulfilments.first + way_->fulfilments.count; ++i) {
      const FulfilmentRow& fulfilment = persona_->fulfilments[i];
      const Flag achieved = stayed & (uniform(luck_.block(fulfilment.purpose).word[0]) < Real(fulfilment.probability));
      agents.goals = select(achieved, agents.goals | Whole(fulfilment.achieves), agents.goals);
    }
    mood_ = agents.mood;
    goals_ = agents.goals;
    open_ = agents.open;
    tired_ = valid_ & (down<CrowdRecord::kVisitsShift>(agents.id) > Whole(std::uint64_t{persona_->visit_limit} - 1));
  }

  /// The visit is tallied, and they are as it made them.
  HWY_INLINE void keep(const Travellers& agents) {
    find_rows(agents.id);
    tally_marks();
    tally_visit(agents);
    agents.store_to(record_, work_->is_long);
  }

  // ---- tallies of the present visit

  HWY_INLINE void find_rows(Whole id) {
    const Whole rows = down<CrowdRecord::kRowsShift>(id) & Whole(CrowdRecord::kRows - 1);
    alignas(64) std::uint64_t offset[kLanes];
    store(low_product(rows, static_cast<std::uint32_t>(work_->rows->row_stride())), offset);
    std::uint64_t* first = work_->rows->first_row(what_->group, site_);
    for (std::size_t l = 0; l < kLanes; ++l) row_[l] = first + offset[l];
    store(low_product(rows, static_cast<std::uint32_t>(work_->rows->flow_stride())), flow_row_);
    store(rows, rows_);
  }

  HWY_INLINE void tally_marks() {
    const Flag marked = without(valid_, marks_ == Whole(0));
    if (none(marked)) return;
    const engine::Layout& layout = work_->layout;
    std::uint32_t* first = work_->rows->first_mark(what_->group);
    const std::size_t stride = work_->rows->mark_stride();
    alignas(64) std::uint64_t marks[kLanes];
    store(marks_, marks);
    each(marked, [&](std::size_t l) HWY_ATTR {
      do {
        const auto mark = static_cast<std::uint32_t>(__builtin_ctzll(marks[l]));
        std::uint32_t* of_rows = first + rows_[l] * stride + mark;
        ++of_rows[layout.sites[site_].first_mark];
        if (way_site_ != kNoSite) ++of_rows[layout.sites[way_site_].first_mark];
        ++work_->met_of(who_.slot[l])[layout.nodes[what_->place].marks[mark]];
        marks[l] &= marks[l] - 1;
      } while (marks[l] != 0);
    });
  }

  HWY_INLINE void tally_visit(const Travellers& agents) {
    const auto one = [](Whole ordinal) HWY_ATTR {
      return select(ordinal == Whole(0), Whole(1 + (std::uint64_t{1} << CrowdRows::kFirstShift)), Whole(1));
    };
    Four low{one(luck_.ordinal), nano(experience_), nano(expectation_), nano(disconfirmation_)};
    const Four high{nano(agents.end), nano(agents.mood), nano(pain_loss_), duration_ms_};
    add_fours(low, row_, 0);
    add_fours(high, row_, 4);
    if (way_site_ == kNoSite) return;
    const std::size_t to_way = std::size_t{way_site_ - site_} * CrowdRows::kRow;
    low.a = one(way_ordinal_);
    add_fours(low, row_, to_way);
    add_fours(high, row_, to_way + 4);
  }

  CrowdWork* work_;
  const LotPlan* what_;
  const PersonaTables* persona_;
  const StopRow* stop_;
  const WayRow* way_ = nullptr;
  std::uint32_t site_, way_site_;
  Together who_;
  Flag valid_;
  std::uint64_t* record_[kLanes];
  // From draw() on:
  Four came_;  // the first four words of their records, as they came
  LanesLuck luck_;
  Whole way_ordinal_;
  formula::Words<Whole> draws_;
  // From spend_time(), perform(), feel(), choose() and keep() on:
  Whole elapsed_ms_, duration_ms_, marks_;
  Flag given_up_, tired_;
  Travellers agents_;  // after the visit
  Real mood_;
  Whole goals_, open_;
  Real experience_, expectation_, disconfirmation_, pain_loss_;
  Whole to_, flow_;
  alignas(64) std::uint64_t rows_[kLanes];
  alignas(64) std::uint64_t flow_row_[kLanes];
  std::uint64_t* row_[kLanes];
};
