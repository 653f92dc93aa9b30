// Lanes of doubles and of 64-bit integers for the formulas, on Google's Highway. Included inside HWY_NAMESPACE, between
// HWY_BEFORE_NAMESPACE and HWY_AFTER_NAMESPACE, once for each kind of processor; that is why it has no guard.
// Every operation is the IEEE-754 one of the scalar code, so each lane has the bits of a walk by itself.

namespace hn = hwy::HWY_NAMESPACE;

using NumberTag = hn::ScalableTag<double>;
using WholeTag = hn::RebindToUnsigned<NumberTag>;
using SignedTag = hn::RebindToSigned<NumberTag>;
inline constexpr NumberTag kNumberTag{};
inline constexpr WholeTag kWholeTag{};
inline constexpr SignedTag kSignedTag{};
inline constexpr std::size_t kLanes = hn::MaxLanes(NumberTag());

/// Which lanes.
struct Flag {
  hn::Mask<NumberTag> m;
};
HWY_INLINE Flag operator&(Flag a, Flag b) { return {hn::And(a.m, b.m)}; }
HWY_INLINE Flag operator|(Flag a, Flag b) { return {hn::Or(a.m, b.m)}; }
HWY_INLINE Flag without(Flag a, Flag b) { return {hn::AndNot(b.m, a.m)}; }
HWY_INLINE bool none(Flag a) { return hn::AllFalse(kNumberTag, a.m); }
HWY_INLINE bool every(Flag a) { return hn::AllTrue(kNumberTag, a.m); }
HWY_INLINE std::size_t count(Flag a) { return hn::CountTrue(kNumberTag, a.m); }
HWY_INLINE Flag first_lanes(std::size_t n) { return {hn::FirstN(kNumberTag, n)}; }
HWY_INLINE Flag no_lane() { return {hn::FirstN(kNumberTag, 0)}; }

/// The lanes of a set of bits.
HWY_INLINE Flag lanes_of(std::uint64_t bits) {
  const std::uint8_t bytes[8] = {static_cast<std::uint8_t>(bits)};
  return {hn::LoadMaskBits(kNumberTag, bytes)};
}

/// Calls f(lane) for each of them.
template <class F>
HWY_INLINE void each(Flag a, F&& f) {
  std::uint8_t bytes[8] = {};
  hn::StoreMaskBits(kNumberTag, a.m, bytes);
  for (unsigned left = bytes[0]; left != 0; left &= left - 1) f(static_cast<std::size_t>(__builtin_ctz(left)));
}

/// Unsigned 64-bit integers; as in C++, they wrap.
struct Whole {
  hn::Vec<WholeTag> v;
  Whole() = default;
  HWY_INLINE Whole(hn::Vec<WholeTag> x) : v(x) {}  // NOLINT
  HWY_INLINE explicit Whole(std::uint64_t x) : v(hn::Set(kWholeTag, x)) {}
};
HWY_INLINE Whole operator+(Whole a, Whole b) { return {hn::Add(a.v, b.v)}; }
HWY_INLINE Whole operator-(Whole a, Whole b) { return {hn::Sub(a.v, b.v)}; }
HWY_INLINE Whole operator&(Whole a, Whole b) { return {hn::And(a.v, b.v)}; }
HWY_INLINE Whole operator|(Whole a, Whole b) { return {hn::Or(a.v, b.v)}; }
HWY_INLINE Whole operator^(Whole a, Whole b) { return {hn::Xor(a.v, b.v)}; }
HWY_INLINE Whole exclusive_or(Whole a, Whole b, Whole c) {
#if HWY_TARGET > HWY_AVX2  // which have no such operation
  return a ^ b ^ c;
#else
  return {hn::Xor3(a.v, b.v, c.v)};
#endif
}
HWY_INLINE Flag operator==(Whole a, Whole b) { return {hn::RebindMask(kNumberTag, hn::Eq(a.v, b.v))}; }
/// As signed numbers.
HWY_INLINE Flag operator>(Whole a, Whole b) {
  return {hn::RebindMask(kNumberTag, hn::Gt(hn::BitCast(kSignedTag, a.v), hn::BitCast(kSignedTag, b.v)))};
}
/// As signed numbers: the sign is kept.
HWY_INLINE Whole operator>>(Whole a, int by) {
  return {hn::BitCast(kWholeTag, hn::ShiftRightSame(hn::BitCast(kSignedTag, a.v), by))};
}
template <int by>
HWY_INLINE Whole up(Whole a) {
  return {hn::ShiftLeft<by>(a.v)};
}
template <int by>
HWY_INLINE Whole down(Whole a) {  // zeros come in
  return {hn::ShiftRight<by>(a.v)};
}
HWY_INLINE Whole select(Flag which, Whole yes, Whole no) {
  return {hn::IfThenElse(hn::RebindMask(kWholeTag, which.m), yes.v, no.v)};
}
HWY_INLINE Whole load(const std::uint64_t* from) { return {hn::LoadU(kWholeTag, from)}; }
HWY_INLINE void store(Whole a, std::uint64_t* to) { hn::StoreU(a.v, kWholeTag, to); }
/// The product of the low 32 bits with a 32-bit number.
HWY_INLINE Whole low_product(Whole a, std::uint32_t by) {
#if HWY_TARGET == HWY_SCALAR  // one lane, which has no halves
  return Whole((hn::GetLane(a.v) & 0xffff'ffffU) * by);
#else
  const hn::Repartition<std::uint32_t, WholeTag> halves;
  return {hn::MulEven(hn::BitCast(halves, a.v), hn::Set(halves, by))};
#endif
}

/// Numbers of 16 bits from a function of the lane. They are put together without memory: a vector that is loaded from where its parts
/// were just stored has to wait until they have arrived there.
template <class Get>
HWY_INLINE Whole shorts(Get&& get) {
  std::uint64_t words[2] = {};
  for (std::size_t l = 0; l < kLanes; ++l) words[l / 4] |= std::uint64_t{get(l)} << (16 * (l % 4));
  Whole all(words[0]);
  if constexpr (kLanes > 4) all = select(first_lanes(4), all, Whole(words[1]));
  alignas(64) static constexpr std::uint64_t kShifts[8] = {0, 16, 32, 48, 0, 16, 32, 48};
  return Whole(hn::Shr(all.v, hn::LoadU(kWholeTag, kShifts))) & Whole(0xffff);
}

/// Four words of each lane, which stand together in memory, from `word` on in a row of the lane's own: rows there, columns here. On the processors
/// that this is made for, loading rows and turning them round costs a fraction of gathering.
struct Four {
  Whole a, b, c, d;
};

#if HWY_TARGET > HWY_AVX2
HWY_INLINE Four load_fours(const std::uint64_t* const* row, std::size_t word = 0) {
  alignas(16) std::uint64_t column[4][kLanes];
  for (std::size_t l = 0; l < kLanes; ++l) {
    for (std::size_t i = 0; i < 4; ++i) column[i][l] = row[l][word + i];
  }
  return {load(column[0]), load(column[1]), load(column[2]), load(column[3])};
}
template <class Put>
HWY_INLINE void for_fours(const Four& four, Put&& put) {
  alignas(16) std::uint64_t column[4][kLanes];
  store(four.a, column[0]), store(four.b, column[1]), store(four.c, column[2]), store(four.d, column[3]);
  for (std::size_t l = 0; l < kLanes; ++l) {
    for (std::size_t i = 0; i < 4; ++i) put(l, i, column[i][l]);
  }
}
HWY_INLINE void store_fours(const Four& four, std::uint64_t* const* row, std::size_t word = 0) {
  for_fours(four, [&](std::size_t l, std::size_t i, std::uint64_t value) HWY_ATTR { row[l][word + i] = value; });
}
HWY_INLINE void add_fours(const Four& four, std::uint64_t* const* row, std::size_t word = 0) {
  for_fours(four, [&](std::size_t l, std::size_t i, std::uint64_t value) HWY_ATTR { row[l][word + i] += value; });
}
#else
using RowTag = hn::CappedTag<std::uint64_t, 4>;
inline constexpr RowTag kRowTag{};

/// Row l, and row l + 4 behind it where lanes are eight.
HWY_INLINE hn::Vec<WholeTag> rows_at(const std::uint64_t* const* row, std::size_t l, std::size_t word) {
#if HWY_TARGET == HWY_AVX2
  return hn::LoadU(kRowTag, row[l] + word);
#else
  return hn::Combine(kWholeTag, hn::LoadU(kRowTag, row[l + 4] + word), hn::LoadU(kRowTag, row[l] + word));
#endif
}
/// Calls put(l, row) with them.
template <class Put>
HWY_INLINE void part_rows(hn::Vec<WholeTag> rows, std::size_t l, Put&& put) {
#if HWY_TARGET == HWY_AVX2
  put(l, rows);
#else
  put(l, hn::LowerHalf(kRowTag, rows));
  put(l + 4, hn::UpperHalf(kRowTag, rows));
#endif
}
HWY_INLINE Four load_fours(const std::uint64_t* const* row, std::size_t word = 0) {
  const auto r0 = rows_at(row, 0, word), r1 = rows_at(row, 1, word), r2 = rows_at(row, 2, word),
             r3 = rows_at(row, 3, word);
  const auto ac01 = hn::InterleaveLower(kWholeTag, r0, r1), bd01 = hn::InterleaveUpper(kWholeTag, r0, r1);
  const auto ac23 = hn::InterleaveLower(kWholeTag, r2, r3), bd23 = hn::InterleaveUpper(kWholeTag, r2, r3);
  return {Whole(hn::OddEvenBlocks(hn::SwapAdjacentBlocks(ac23), ac01)),
          Whole(hn::OddEvenBlocks(hn::SwapAdjacentBlocks(bd23), bd01)),
          Whole(hn::OddEvenBlocks(ac23, hn::SwapAdjacentBlocks(ac01))),
          Whole(hn::OddEvenBlocks(bd23, hn::SwapAdjacentBlocks(bd01)))};
}
/// Calls put(l, row) for each lane.
template <class Put>
HWY_INLINE void for_rows(const Four& four, Put&& put) {
  const auto ab02 = hn::InterleaveLower(kWholeTag, four.a.v, four.b.v),
             ab13 = hn::InterleaveUpper(kWholeTag, four.a.v, four.b.v);
  const auto cd02 = hn::InterleaveLower(kWholeTag, four.c.v, four.d.v),
             cd13 = hn::InterleaveUpper(kWholeTag, four.c.v, four.d.v);
  part_rows(hn::OddEvenBlocks(hn::SwapAdjacentBlocks(cd02), ab02), 0, put);
  part_rows(hn::OddEvenBlocks(hn::SwapAdjacentBlocks(cd13), ab13), 1, put);
  part_rows(hn::OddEvenBlocks(cd02, hn::SwapAdjacentBlocks(ab02)), 2, put);
  part_rows(hn::OddEvenBlocks(cd13, hn::SwapAdjacentBlocks(ab13)), 3, put);
}
/// What is stored for several lanes at one address is that of one of them.
HWY_INLINE void store_fours(const Four& four, std::uint64_t* const* row, std::size_t word = 0) {
  for_rows(four, [&](std::size_t l, auto words) HWY_ATTR { hn::StoreU(words, kRowTag, row[l] + word); });
}
/// Lane by lane, so that several may add to one row.
HWY_INLINE void add_fours(const Four& four, std::uint64_t* const* row, std::size_t word = 0) {
  for_rows(four, [&](std::size_t l, auto words) HWY_ATTR {
    hn::StoreU(hn::Add(hn::LoadU(kRowTag, row[l] + word), words), kRowTag, row[l] + word);
  });
}
#endif

/// Numbers.
struct Real {
  hn::Vec<NumberTag> v;
  Real() = default;
  HWY_INLINE Real(hn::Vec<NumberTag> x) : v(x) {}           // NOLINT
  HWY_INLINE Real(double x) : v(hn::Set(kNumberTag, x)) {}  // NOLINT
};
HWY_INLINE Real operator+(Real a, Real b) { return {hn::Add(a.v, b.v)}; }
HWY_INLINE Real operator-(Real a, Real b) { return {hn::Sub(a.v, b.v)}; }
HWY_INLINE Real operator*(Real a, Real b) { return {hn::Mul(a.v, b.v)}; }
HWY_INLINE Real operator/(Real a, Real b) { return {hn::Div(a.v, b.v)}; }
HWY_INLINE Real operator-(Real a) { return {hn::Neg(a.v)}; }
HWY_INLINE Flag operator<(Real a, Real b) { return {hn::Lt(a.v, b.v)}; }
HWY_INLINE Flag operator>(Real a, Real b) { return {hn::Gt(a.v, b.v)}; }
HWY_INLINE Flag operator>=(Real a, Real b) { return {hn::Ge(a.v, b.v)}; }
HWY_INLINE Flag operator==(Real a, Real b) { return {hn::Eq(a.v, b.v)}; }
HWY_INLINE Real select(Flag which, Real yes, Real no) { return {hn::IfThenElse(which.m, yes.v, no.v)}; }
HWY_INLINE Real square_root(Real a) { return {hn::Sqrt(a.v)}; }
HWY_INLINE Real magnitude(Real a) { return {hn::Abs(a.v)}; }
HWY_INLINE Real with_sign(Real a, Real sign) { return {hn::CopySign(a.v, sign.v)}; }
HWY_INLINE Whole bits_of(Real a) { return {hn::BitCast(kWholeTag, a.v)}; }
HWY_INLINE Real from_bits(Whole a) { return {hn::BitCast(kNumberTag, a.v)}; }
template <class R>
HWY_INLINE R number_of_bits(std::uint64_t bits) {
  return from_bits(Whole(bits));
}

HWY_INLINE Whole whole_of_shifted(Real shifted) {
  return bits_of(shifted) - Whole(std::bit_cast<std::uint64_t>(engine::kWholeShift));
}
HWY_INLINE Real power_of_two(Whole n) { return from_bits(up<52>(n + Whole(1023))); }
/// A number from an integer of less than 2^51 either way.
HWY_INLINE Real number(Whole n) {
  return from_bits(n + Whole(std::bit_cast<std::uint64_t>(engine::kWholeShift))) - Real(engine::kWholeShift);
}
HWY_INLINE Real exponent_of(Real x) { return number(down<52>(bits_of(x)) - Whole(1023)); }
HWY_INLINE Real mantissa_of(Real x) {
  return from_bits((bits_of(x) & Whole(0x000f'ffff'ffff'ffffU)) | Whole(std::uint64_t{1023} << 52));
}

HWY_INLINE Real floor_of(Real x) { return {hn::Floor(x.v)}; }
/// The integer that x, of magnitude below 2^51, is.
HWY_INLINE Whole index_of(Real x) { return whole_of_shifted(x + Real(engine::kWholeShift)); }

/// table[index] to table[index + 3] of each lane.
struct FourReals {
  Real a, b, c, d;
};
HWY_INLINE FourReals four_at(const double* table, Whole index) {
  alignas(64) std::uint64_t first[kLanes];
  store(index, first);
  const std::uint64_t* row[kLanes];
  for (std::size_t l = 0; l < kLanes; ++l) row[l] = reinterpret_cast<const std::uint64_t*>(table + first[l]);
  const Four four = load_fours(row);
  return {from_bits(four.a), from_bits(four.b), from_bits(four.c), from_bits(four.d)};
}
