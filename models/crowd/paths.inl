// The walk of those who only go their way (models/crowd/paths.h); included by paths.cpp for each kind of lanes.

class PathWalk {
 public:
  HWY_INLINE explicit PathWalk(PathWork& work) : work_(work), tables_(work.tables) {}

  /// Sends agents [first, last) on their way. False if somebody is stuck.
  bool send(std::uint64_t first, std::uint64_t last) {
    next_ = first_ = first;
    last_ = last;
    if (work_.tally.agents == 0) clear();
    for (PathWork::Lanes& lanes : work_.lanes) fill(lanes);
    while (next_ != last_ && !work_.stuck) step_all();
    return !work_.stuck;
  }

  /// Until all are at their ends.
  bool finish() {
    next_ = last_ = 0;
    while (work_.under_way > 0 && !work_.stuck) step_all();
    return !work_.stuck;
  }

 private:
  using Lanes = PathWork::Lanes;
  static constexpr hn::CappedTag<std::uint32_t, PathTables::kBlock> kLimitTag{};

  /// Nobody is anywhere.
  void clear() {
    std::size_t seat = 0;
    for (Lanes& lanes : work_.lanes) {
      for (std::size_t l = 0; l < kLanes; ++l, ++seat) {
        lanes.counts[l] = work_.counts.data() + seat * (std::size_t{tables_.nodes} + 1);
        lanes.by_site[l] = tables_.has_ways ? work_.by_site.data() + seat * work_.layout.sites.size() : nullptr;
        vacate(lanes, l);
      }
    }
  }

  void vacate(Lanes& lanes, std::size_t l) {
    lanes.low[l] = lanes.high[l] = lanes.ordinal[l] = lanes.key[l] = 0;
    lanes.stop[l] = tables_.idle;
    lanes.first_stop[l] = tables_.idle - tables_.nodes;  // it is counted behind the touchpoints
    lanes.left[l] = 0;
    lanes.flows[l] = work_.flows_of(0);
  }

  HWY_INLINE bool is_vacant(const Lanes& lanes, std::size_t l) const { return lanes.stop[l] == tables_.idle; }

  /// Agents begin where nobody is.
  void fill(Lanes& lanes) {
    for (std::size_t l = 0; l < kLanes; ++l) {
      if (is_vacant(lanes, l)) enter(lanes, l);
    }
  }

  HWY_INLINE void step_all() {
    const std::uint32_t vacant = PathWork::kVectors * kLanes - work_.under_way;
    if (tables_.has_ways) {
      for (Lanes& lanes : work_.lanes) step<true>(lanes);
    } else {
      for (Lanes& lanes : work_.lanes) step<false>(lanes);
    }
    // Lanes that no unit had room for.
    if (vacant > 0 && next_ != last_) {
      for (Lanes& lanes : work_.lanes) fill(lanes);
    }
  }

  template <bool has_ways>
  HWY_INLINE void step(Lanes& lanes) {
    const Whole key = load(lanes.key);
    const auto words = formula::philox4x32_10(load(lanes.low), load(lanes.high), load(lanes.ordinal),
                                              Whole(std::uint64_t{purpose::visit}), key, down<32>(key));
    alignas(64) std::uint64_t next[kLanes];
    alignas(64) std::uint64_t way[kLanes];
    store(words.word[2], next);
    if (has_ways) store(words.word[3], way);
    for (std::size_t l = 0; l < kLanes; ++l) {
      std::uint32_t row = lanes.stop[l];
      if constexpr (has_ways) {
        const std::uint32_t* limits = tables_.way_limits_of(row);
        row = tables_.first_row[row] + picked(limits, tables_.way_width, static_cast<std::uint32_t>(way[l]));
        const std::uint32_t site = tables_.site[row];
        const std::uint32_t first = tables_.first_site(lanes.first_stop[l]);
        if (site != tables_.node_site[lanes.stop[l]]) {
          work_.reached[site] += lanes.by_site[l][site - first]++ == 0 ? 1 : 0;
        }
      }
      const std::uint32_t which = picked(tables_.limits_of(row), tables_.width, static_cast<std::uint32_t>(next[l]));
      const PathTables::End end = tables_.ends_of(row)[which];
      ++lanes.flows[l][end.flow];
      if (end.to >= tables_.first_exit || --lanes.left[l] == 0) [[unlikely]] {
        leave(lanes, l, end.to);
      } else {
        arrive<has_ways>(lanes, l, end.to);
      }
    }
  }

  /// How many of the limits are below a word.
  static HWY_INLINE std::uint32_t picked(const std::uint32_t* limits, std::uint32_t width, std::uint32_t word) {
    std::uint32_t below = 0;
    for (std::uint32_t i = 0; i < width; i += static_cast<std::uint32_t>(hn::MaxLanes(kLimitTag))) {
      below += static_cast<std::uint32_t>(
          hn::CountTrue(kLimitTag, hn::Lt(hn::LoadU(kLimitTag, limits + i), hn::Set(kLimitTag, word))));
    }
    return below;
  }

  template <bool has_ways>
  HWY_INLINE void arrive(Lanes& lanes, std::size_t l, std::uint32_t stop) {
    const std::uint16_t ordinal = lanes.counts[l][stop - lanes.first_stop[l]]++;
    work_.reached[has_ways ? tables_.node_site[stop] : stop] += ordinal == 0 ? 1 : 0;
    lanes.stop[l] = stop;
    lanes.ordinal[l] = ordinal;
    lanes.key[l] = tables_.keys[stop];
  }

  HWY_NOINLINE void leave(Lanes& lanes, std::size_t l, std::uint32_t to) {
    if (is_vacant(lanes, l)) return;
    if (to == tables_.stuck) {
      work_.stuck = true;
      return;
    }
    const std::uint32_t group = lanes.first_stop[l] / tables_.nodes;
    const std::uint32_t limit = tables_.visit_limits[group];
    const bool exits = to >= tables_.first_exit;
    work_.leave(lanes.unit[l], group, limit - lanes.left[l] + (exits ? 1 : 0),
                exits ? to - tables_.first_exit : PathWork::kNone);
    --work_.under_way;
    std::fill_n(lanes.counts[l], tables_.nodes, std::uint16_t{0});
    if (tables_.has_ways) std::fill_n(lanes.by_site[l], work_.layout.sites.size(), std::uint16_t{0});
    vacate(lanes, l);
    enter(lanes, l);
  }

  /// The next agent that has a visit to make, if there is one.
  void enter(Lanes& lanes, std::size_t l) {
    while (next_ != last_ && work_.has_room() && !work_.stuck) {
      if (begun_ == kLanes || begin_of_[begun_] != next_) draw();
      const std::uint64_t agent = next_++;
      const auto group_word = static_cast<std::uint32_t>(group_words_[begun_]);
      const auto start_word = static_cast<std::uint32_t>(start_words_[begun_]);
      ++begun_;
      const std::uint32_t group =
          tables_.group_of_pick[place_of(tables_.groups.first, tables_.groups.limits, group_word)];
      const PathTables::Start& start = tables_.starts[group];
      const std::uint32_t at = start.at[place_of(start.first, start.limits, start_word)];
      const std::uint32_t unit = work_.enter(agent == first_ || engine::ends_unit(agent - 1),
                                             agent + 1 == last_ || engine::ends_unit(agent), group);
      if (at >= tables_.first_exit) {
        work_.leave(unit, group, 0, at - tables_.first_exit);
        continue;
      }
      ++work_.under_way;
      lanes.low[l] = agent;
      lanes.high[l] = agent >> 32 | std::uint64_t{work_.keys.seed.replicate} << 8;
      lanes.first_stop[l] = group * tables_.nodes;
      lanes.left[l] = tables_.visit_limits[group];
      lanes.unit[l] = unit;
      lanes.flows[l] = work_.flows_of(unit);
      if (tables_.has_ways) {
        arrive<true>(lanes, l, at);
      } else {
        arrive<false>(lanes, l, at);
      }
      return;
    }
  }

  static std::uint32_t place_of(std::uint32_t first, const std::vector<std::uint32_t>& limits, std::uint32_t word) {
    for (const std::uint32_t limit : limits) first += limit < word ? 1 : 0;
    return first;
  }

  /// The luck with which the next agents begin.
  void draw() {
    for (std::size_t l = 0; l < kLanes; ++l) begin_of_[l] = next_ + l;
    const Whole agent = load(begin_of_);
    const auto words = formula::philox4x32_10(
        agent, down<32>(agent) | Whole(std::uint64_t{work_.keys.seed.replicate} << 8), Whole(0),
        Whole(std::uint64_t{purpose::agent}), Whole(work_.keys.agent[0]), Whole(work_.keys.agent[1]));
    store(words.word[0], group_words_);
    store(words.word[2], start_words_);
    begun_ = 0;
  }

  PathWork& work_;
  const PathTables& tables_;
  std::uint64_t first_ = 0, next_ = 0, last_ = 0;
  std::size_t begun_ = kLanes;
  alignas(64) std::uint64_t begin_of_[kLanes] = {};
  alignas(64) std::uint64_t group_words_[kLanes];
  alignas(64) std::uint64_t start_words_[kLanes];
};

bool send_paths(PathWork& work, std::uint64_t first, std::uint64_t last) { return PathWalk(work).send(first, last); }

bool finish_paths(PathWork& work) { return PathWalk(work).finish(); }
