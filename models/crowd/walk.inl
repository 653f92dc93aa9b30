// The walk of a crowd in lanes; included by crowd.cpp for each kind of them.

class CrowdWalk {
 public:
  HWY_INLINE explicit CrowdWalk(CrowdWork& work) : work_(work) { work_.lanes = kLanes; }

  /// Sends agents [first, last) on their way. False if somebody is stuck, or the walk is not wanted any more.
  bool send(std::uint64_t first, std::uint64_t last, const std::function<bool()>& wanted) {
    for (std::uint64_t agent = first; agent < last;) {
      if (!is_on(wanted)) return false;
      if (work_.has_room()) {
        enter(agent, std::min(last, agent + kLanes), first, last);
        agent += kLanes;
      } else {
        go_on();
      }
    }
    return true;
  }

  /// Until all have come to their ends.
  bool finish(const std::function<bool()>& wanted) {
    while (is_on(wanted)) {
      if (!go_on()) return true;
    }
    return false;
  }

 private:
  bool is_on(const std::function<bool()>& wanted) {
    if (++steps_ % 65'536 == 0 && wanted && !wanted()) return false;
    return !work_.stuck;
  }

  /// Some of those who are under way make their next step; false if nobody is.
  bool go_on() {
    begun_ = 0;
    if (work_.full_begin == work_.full_end) {
      // Where lots are many, hardly any will ever be full.
      const std::uint32_t at_once = work_.lots.size() > work_.slots ? kAtOnce : 1;
      bool any = false;
      while (begun_ < at_once) {
        const std::optional<std::uint32_t> lot = work_.next_with_somebody();
        if (!lot) break;
        any = true;
        take_from(*lot, work_.lots[*lot].count);
        if (at_once == 1) break;
      }
      if (!any) return false;
    }
    while (begun_ < kAtOnce && work_.full_begin != work_.full_end) {
      const std::uint32_t lot = work_.full[work_.full_begin++ & work_.full_mask];
      take_from(lot, work_.lots[lot].count / kLanes * kLanes);
    }
    for (std::uint32_t v = 0; v < begun_; ++v) visits_[v].draw();
    for (std::uint32_t v = 0; v < begun_; ++v) visits_[v].spend_time();
    for (std::uint32_t v = 0; v < begun_; ++v) visits_[v].perform();
    const bool alone = work_.plans.size() == 1;
    for (std::uint32_t v = 0; v < begun_; ++v) alone ? visits_[v].feel_and_keep() : visits_[v].feel();
    for (std::uint32_t v = 0; v < begun_; ++v) visits_[v].choose();
    if (work_.stuck) return true;
    for (std::uint32_t v = 0; v < begun_ && !alone; ++v) {
      visits_[v].part();
      if (work_.stuck) return true;
      visits_[v].keep();
    }
    for (std::uint32_t v = 0; v < begun_; ++v) visits_[v].go_on();
    return true;
  }

  /// The first of a lot, n or as many as there is room for, begin to do what they wait for. What is no visit is done, and puts nobody into this lot.
  void take_from(std::uint32_t lot, std::uint32_t n) {
    const LotPlan& what = work_.lot_plans[lot];
    const bool is_visit = what.kind == LotPlan::Kind::stop || what.kind == LotPlan::Kind::way;
    if (is_visit) n = std::min(n, (kAtOnce - begun_) * static_cast<std::uint32_t>(kLanes));
    const std::uint32_t* slots = work_.lots[lot].slots;
    for (std::uint32_t at = 0; at < n && !work_.stuck; at += kLanes) {
      Together who;
      who.n = std::min<std::uint32_t>(n - at, kLanes);
      for (std::uint32_t l = 0; l < kLanes; ++l) who.slot[l] = l < who.n ? slots[at + l] : work_.nobody(l);
      if (is_visit) {
        visits_[begun_++].begin(work_, what, who);
      } else if (what.kind == LotPlan::Kind::pick) {
        CrowdVisit visit;
        visit.begin(work_, what, who);
        visit.pick_way();
      } else {
        score(what, who);
      }
    }
    work_.take(lot, n);
  }

  /// At most kLanes of them, of a call for [first, last).
  void enter(std::uint64_t agent, std::uint64_t end, std::uint64_t first, std::uint64_t last) {
    alignas(64) std::uint64_t number[kLanes];
    for (std::size_t l = 0; l < kLanes; ++l) number[l] = agent + l;
    const auto draws = luck_of(work_.keys, load(number), work_.keys.agent).block(purpose::agent);
    alignas(64) std::uint64_t words[4][kLanes];
    for (std::size_t w = 0; w < 4; ++w) store(draws.word[w], words[w]);
    for (std::size_t l = 0; agent + l < end; ++l) {
      const std::uint64_t one = agent + l;
      engine::Block block;
      for (std::size_t w = 0; w < 4; ++w) block[w] = static_cast<std::uint32_t>(words[w][l]);
      work_.enter(one, block, one == first || engine::ends_unit(one - 1), one + 1 == last || engine::ends_unit(one));
    }
  }

  /// At the end of their journeys.
  void score(const LotPlan& what, const Together& who) {
    const JourneyTables& tables = work_.plans[what.case_index].customer.tables();
    const PersonaTables& persona = tables.personas[what.group];
    std::uint64_t* record[kLanes];
    for (std::size_t l = 0; l < kLanes; ++l) record[l] = work_.record(who.slot[l]);
    for (std::uint32_t l = 0; l < who.n; ++l) work_.send_for(who.slot[l]);
    Travellers agents;
    agents.load_from(load_fours(record, CrowdRecord::id), record, work_.is_long);
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
    const Whole visits = down<CrowdRecord::kVisitsShift>(agents.id);
    overall = select(visits > Whole(0), overall, Real(persona.anchor));
    alignas(64) std::uint64_t up_to[10][kLanes];
    for (std::size_t k = 0; k < 10; ++k) {
      store(nano(formula::answers_up_to(persona.response.threshold_less_bias[k], overall, persona.response.spread)),
            up_to[k]);
    }
    alignas(64) std::uint64_t satisfaction[kLanes];
    store(bits_of(overall), satisfaction);
    engine::Ending endings[kLanes];
    for (std::uint32_t l = 0; l < who.n; ++l) {
      ScoreShares shares;
      engine::Nano below = 0;
      for (std::size_t k = 0; k < 10; ++k) {
        shares[k] = static_cast<engine::Nano>(up_to[k][l]) - below;
        below = static_cast<engine::Nano>(up_to[k][l]);
      }
      shares[10] = kOne - below;
      const std::uint64_t* carried = record[l];
      Traveller agent;
      agent.group = what.group;
      agent.elapsed_ms = static_cast<std::int64_t>(carried[CrowdRecord::elapsed_ms]);
      if (work_.is_long) {
        agent.effort = std::bit_cast<double>(carried[CrowdRecord::effort]);
        agent.cost = std::bit_cast<double>(carried[CrowdRecord::cost]);
        agent.goals = carried[CrowdRecord::goals];
        agent.open = carried[CrowdRecord::open];
      }
      engine::Ending& ending = endings[l];
      ending.group = what.group;
      ending.truncated = what.kind == LotPlan::Kind::cut;
      ending.exit = ending.truncated ? 0 : what.place;
      ending.visits = CrowdRecord::visits_of(carried[CrowdRecord::id]);
      ending.elapsed_ms = agent.elapsed_ms;
      work_.score(what.case_index, who.slot[l], agent, ending, std::bit_cast<double>(satisfaction[l]), shares,
                  std::span(work_.scores_of_ended).subspan(l * work_.row_of_scores, work_.layout.scores));
    }
    work_.leave(what.case_index, std::span(who.slot).first(who.n), std::span(endings).first(who.n));
  }

  CrowdWork& work_;
  static constexpr std::uint32_t kAtOnce = 6;
  CrowdVisit visits_[kAtOnce];
  std::uint32_t begun_ = 0;
  std::uint32_t steps_ = 0;
};

bool send_crowd(CrowdWork& work, std::uint64_t first, std::uint64_t last, const std::function<bool()>& wanted) {
  return CrowdWalk(work).send(first, last, wanted);
}

bool finish_crowd(CrowdWork& work, const std::function<bool()>& wanted) { return CrowdWalk(work).finish(wanted); }
