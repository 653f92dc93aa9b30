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
/// Moves some lanes to the front: made once, for any number of vectors.
class ToFront {
 public:
  HWY_INLINE explicit ToFront(Flag which) {
#if HWY_TARGET != HWY_SCALAR
    std::uint8_t bytes[8] = {};
    hn::StoreMaskBits(kNumberTag, which.m, bytes);
    // Highway's own Compress (1.0.3) has its table copied to the stack by g++ 12 at every use.
    alignas(64) static constexpr std::uint64_t kByNibbles[8] = {0, 4, 8, 12, 16, 20, 24, 28};
    const auto lanes = hn::Shr(hn::Set(kWholeTag, engine::kLanesToFront[bytes[0]]), hn::LoadU(kWholeTag, kByNibbles));
    lanes_ = hn::IndicesFromVec(kWholeTag, hn::And(lanes, hn::Set(kWholeTag, kLanes - 1)));
#else
    (void)which;
#endif
  }
  /// Those lanes of a, one after the other, at `to`; what stands behind them is overwritten up to kLanes.
  HWY_INLINE void store(const std::uint64_t* from, std::uint64_t* to) const {
#if HWY_TARGET != HWY_SCALAR
    hn::StoreU(hn::TableLookupLanes(hn::LoadU(kWholeTag, from), lanes_), kWholeTag, to);
#else
    *to = *from;
#endif
  }

 private:
#if HWY_TARGET != HWY_SCALAR
  decltype(hn::IndicesFromVec(kWholeTag, hn::Zero(kWholeTag))) lanes_;
#endif
};
/// The product of the low 32 bits with a 32-bit number.
HWY_INLINE Whole low_product(Whole a, std::uint32_t by) {
#if HWY_TARGET == HWY_SCALAR  // one lane, which has no halves
  return Whole((hn::GetLane(a.v) & 0xffff'ffffU) * by);
#else
  const hn::Repartition<std::uint32_t, WholeTag> halves;
  return {hn::MulEven(hn::BitCast(halves, a.v), hn::Set(halves, by))};
#endif
}

/// Two integers of each lane, as neighbours: those of lane l stand in pairs[l % 2] from 2 (l / 2) on.
HWY_INLINE void store_pairs(Whole a, Whole b, std::uint64_t (*pairs)[kLanes < 2 ? 2 : kLanes]) {
#if HWY_TARGET == HWY_SCALAR
  store(a, &pairs[0][0]);
  store(b, &pairs[0][1]);
#else
  hn::StoreU(hn::InterleaveLower(kWholeTag, a.v, b.v), kWholeTag, pairs[0]);
  hn::StoreU(hn::InterleaveUpper(kWholeTag, a.v, b.v), kWholeTag, pairs[1]);
#endif
}
/// Adds a pair of integers to another.
HWY_INLINE void add_pair(const std::uint64_t* pair, std::uint64_t* to) {
#if HWY_TARGET == HWY_SCALAR
  to[0] += pair[0];
  to[1] += pair[1];
#else
  const hn::Full128<std::uint64_t> two;
  hn::StoreU(hn::Add(hn::LoadU(two, to), hn::LoadU(two, pair)), two, to);
#endif
}

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

/// table[index] of each lane.
HWY_INLINE Real at(const double* table, Whole index) {
  return {hn::GatherIndex(kNumberTag, table, hn::BitCast(kSignedTag, index.v))};
}
