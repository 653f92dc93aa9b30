// The standard normal's quantile from its table, and the quantile functions, over a number type R. Beside what engine/base/math.inl
// needs, R has square_root, magnitude, with_sign and four_at(table, index), which has a, b, c, d. Included inside a namespace, as that is.

inline constexpr double kLargestNormal = 6.4;  // magnitude of a normal from a 32-bit uniform: 6.34

/// 2^-33 <= u <= 1 - 2^-33, which is where 32-bit uniforms lie.
template <class R>
SOJOURN_FORMULA R normal(const NormalTable& table, R u) {
  const R from_middle = u - R(0.5);
  const R tail = R(0.5) - magnitude(from_middle);  // exact: 32-bit uniforms have 33 bits
  const auto bits = bits_of(tail);
  using W = decltype(bits_of(tail));
  const W row = up<2>(down<NormalTable::kPieceShift>(bits) - W(NormalTable::kFirstPiece));
  // What the index leaves of the mantissa, as a number from 0 to 1.
  const R t = from_bits((up<NormalTable::kSubBits>(bits) & W(std::uint64_t{0x000f'ffff'ffff'ffff})) |
                        W(std::uint64_t{1023} << 52)) -
              R(1.0);
  const auto c = four_at(table.pieces(), row);
  const R z = c.a + t * (c.b + t * (c.c + t * c.d));
  return with_sign(z, from_middle);
}

/// The y of a tabulated quantile at z: a cubic with the right slopes between nodes.
template <class R>
SOJOURN_FORMULA R tabulated(const double* table, R z) {
  const R position = (z - R(kTableFirst)) * R(1.0 / kTableStep);
  const R below = floor_of(position);
  const R t = position - below;
  const auto node = up<1>(index_of(below));
  const auto ends = four_at(table, node);  // y and its slope, here and at the next
  const R y = ends.a;
  const R rise = ends.c - y;
  const R slope0 = ends.b * R(kTableStep);
  const R slope1 = ends.d * R(kTableStep);
  return y + t * (slope0 + t * ((R(3.0) * rise - R(2.0) * slope0 - slope1) + t * (slope0 + slope1 - R(2.0) * rise)));
}

template <class R>
SOJOURN_FORMULA R triangular(const Quantile& q, R u) {
  const R width = R(q.c - q.a);
  const R split = R(q.b - q.a);
  const R share = u * width;
  const R left = R(q.a) + square_root(share * split);
  const R right = R(q.c) - square_root((R(1.0) - u) * width * R(q.c - q.b));
  return select(share < split, left, right);
}

template <class R>
SOJOURN_FORMULA R quantile(const Quantile& q, R u) {
  switch (q.kind) {
    case Quantile::Kind::constant: return R(q.a);
    case Quantile::Kind::normal: return R(q.a) + R(q.b) * normal(*q.z, u);
    case Quantile::Kind::lognormal: {
      const R exponent = R(q.b) * normal(*q.z, u);
      return R(q.a) * (q.b * kLargestNormal < kExpWithin ? exp_within(exponent) : exp(exponent));
    }
    case Quantile::Kind::exponential: return -R(q.a) * log(R(1.0) - u);
    case Quantile::Kind::uniform: return R(q.a) + R(q.b - q.a) * u;
    case Quantile::Kind::triangular: return triangular(q, u);
    case Quantile::Kind::table_log: return R(q.a) * exp(tabulated(q.table, normal(*q.z, u)));
    case Quantile::Kind::table_logit: return R(q.a) * logistic(tabulated(q.table, normal(*q.z, u)));
    case Quantile::Kind::table_plain: return tabulated(q.table, normal(*q.z, u));
    case Quantile::Kind::discrete: return picked(q, u);
  }
  return R(q.a);
}
