// Which way and where next, for kLanes agents at one place; included by crowd.cpp for each kind of lanes.

/// Which way each picks, by its place among a stop's.
HWY_INLINE Whole pick_ways(const PersonaTables& persona, const StopRow& stop, Real u) {
  const Real threshold = u * Real(stop.way_total);
  Whole way(0);
  for (std::uint32_t i = 0; i + 1 < stop.ways.count; ++i) {
    const Flag beyond = threshold >= Real(persona.ways[stop.ways.first + i].cumulated_share);
    way = select(beyond, Whole(i + 1), way);
  }
  return way;
}

/// Where an edge leads, and behind it, from kFlowShift on, its place in the layout's list of flows. Picking carries them along, so that
/// nothing is looked up by lane afterwards.
inline constexpr int kFlowShift = 32;
HWY_INLINE Whole end_of(const EdgeRow& edge) { return Whole(std::uint64_t{edge.flow} << kFlowShift | edge.to); }

/// The edge of each, by its end: the first whose cumulated weight is above the threshold, or the last.
HWY_INLINE Whole pick_fixed_edge(const PersonaTables& persona, const WayRow& way, Real u) {
  const Real threshold = u * Real(way.edge_total);
  const EdgeRow* edges = persona.edges.data() + way.edges.first;
  const double* cumulated = persona.edge_cumulated.data() + way.edges.first;
  Whole chosen = end_of(edges[0]);
  for (std::uint32_t i = 0; i + 1 < way.edges.count; ++i) {
    chosen = select(threshold >= Real(cumulated[i]), end_of(edges[i + 1]), chosen);
  }
  return chosen;
}

/// Multinomial logit (McFadden 1974), as Customer's: the largest exponent is taken away first. `gentle`: no exponent can then be below
/// -kExpWithin.
template <bool gentle>
HWY_INLINE Whole pick_edge(const PersonaTables& persona, const WayRow& way, Real present_mood, Real u) {
  const EdgeRow* edges = persona.edges.data() + way.edges.first;
  const std::uint32_t n = way.edges.count;
  const Real mood = present_mood - Real(persona.anchor);
  Real largest = Real(edges[0].mood) * mood;
  for (std::uint32_t i = 1; i < n; ++i) {
    const Real exponent = Real(edges[i].mood) * mood;
    largest = select(exponent > largest, exponent, largest);
  }
  Real up_to[CrowdPlan::kMostEdges];
  Real total(0.0);
  for (std::uint32_t i = 0; i < n; ++i) {
    const Real exponent = Real(edges[i].mood) * mood - largest;
    total =
        total + Real(edges[i].weight) * (gentle ? formula::exp_within(exponent) : formula::exp_of_negative(exponent));
    up_to[i] = total;
  }
  const Real threshold = u * total;  // below the total: u is at most 1 - 2^-33
  Whole chosen = end_of(edges[n - 1]);
  for (std::uint32_t i = n - 1; i-- > 0;) chosen = select(threshold < up_to[i], end_of(edges[i]), chosen);
  return chosen;
}

/// What edges may heed.
struct Choosers {
  Real mood;
  Whole goals, open;
};

/// The same over the edges that are open to each. `stuck` if none is to somebody.
HWY_INLINE Whole pick_open_edge(const PersonaTables& persona, const WayRow& way, const Choosers& who, Real u,
                                Flag choose, bool& stuck) {
  const EdgeRow* edges = persona.edges.data() + way.edges.first;
  const std::uint32_t n = way.edges.count;
  const Real mood = who.mood - Real(persona.anchor);
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
    needs(who.goals, edge.if_goals, edge.unless_goals);
    needs(who.open, edge.if_pains, edge.unless_pains);
    const Real exponent = Real(edge.mood) * mood;
    largest = select(open[i] & (exponent > largest), exponent, largest);
  }
  Real total(0.0);
  for (std::uint32_t i = 0; i < n; ++i) {
    weights[i] = Real(edges[i].weight) * formula::exp_of_negative(Real(edges[i].mood) * mood - largest);
    total = select(open[i], total + weights[i], total);
  }
  if (!none(without(choose, total > Real(0.0)))) stuck = true;
  const Real threshold = u * total;
  // The first open one of some weight whose cumulated weight is above the threshold, or the last open one of some weight.
  Real cumulated(0.0);
  Whole chosen(0);
  Flag left = choose;
  for (std::uint32_t i = 0; i < n; ++i) {
    const Flag may = left & open[i] & (weights[i] > Real(0.0));
    cumulated = select(may, cumulated + weights[i], cumulated);
    chosen = select(may, end_of(edges[i]), chosen);
    left = without(left, may & (threshold < cumulated));
  }
  return chosen;
}
