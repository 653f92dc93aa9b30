// What visit.inl and walk.inl share; included by crowd.cpp for each kind of lanes.

/// The agents of a vector, by slot; lanes from n on have nobody's.
struct Together {
  std::uint32_t slot[kLanes];
  std::uint32_t n;
};

/// What they carry.
struct Travellers {
  Whole id, elapsed_ms;
  Real mood, expectation, weight, weighted, peak, end, effort, cost;
  Whole goals, open;

  /// `first`: the first four words of their records.
  HWY_INLINE void load_from(const Four& first, std::uint64_t* const* records, bool is_long) {
    id = first.a;
    elapsed_ms = first.b;
    mood = from_bits(first.c);
    expectation = from_bits(first.d);
    const Four second = load_fours(records, CrowdRecord::weight);
    weight = from_bits(second.a);
    weighted = from_bits(second.b);
    peak = from_bits(second.c);
    end = from_bits(second.d);
    effort = cost = Real(0.0);
    goals = open = Whole(0);
    if (!is_long) return;
    const Four third = load_fours(records, CrowdRecord::effort);
    effort = from_bits(third.a);
    cost = from_bits(third.b);
    goals = third.c;
    open = third.d;
  }

  HWY_INLINE void store_to(std::uint64_t* const* records, bool is_long) const {
    store_fours({id, elapsed_ms, bits_of(mood), bits_of(expectation)}, records, CrowdRecord::id);
    store_fours({bits_of(weight), bits_of(weighted), bits_of(peak), bits_of(end)}, records, CrowdRecord::weight);
    if (is_long) store_fours({bits_of(effort), bits_of(cost), goals, open}, records, CrowdRecord::effort);
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
    return formula::philox4x32_10(agent_low, agent_high, ordinal, Whole(purpose), Whole(key[0]), Whole(key[1]));
  }
};

HWY_INLINE LanesLuck luck_of(const engine::PlaceKeys& keys, Whole agent, engine::PlaceKey key) {
  return {agent, down<32>(agent) | Whole(std::uint64_t{keys.seed.replicate} << 8), Whole(0), key};
}
