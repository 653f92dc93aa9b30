// exp, log and logistic over a number type R: double, or lanes of doubles (engine/base/lanes.inl). Included inside a
// namespace `formula`, by engine/base/math.h once and by lane code once for each kind of processor; that is why it has no guard.
// Beside + - * / a number type has comparisons, select(mask, yes, no), and what engine/base/math.h calls bits.

/// e^x = 2^n e_r for what exp() and its like are defined on; returns e_r and leaves n + kWholeShift in `shifted`.
/// Reduction x = n ln 2 + r, |r| <= ln(2)/2 (Cody & Waite 1980, ch. 6), then the Maclaurin series of e^r to r^13,
/// whose remainder is below 1e-17.
template <class R>
SOJOURN_FORMULA R exp_reduced(R x, R& shifted) {
  shifted = x * R(0x1.71547652b82fep0) + R(kWholeShift);
  const R k = shifted - R(kWholeShift);
  const R r = (x - k * R(kLn2High)) - k * R(kLn2Low);
  // (e^r - 1 - r) / r^2, in pairs so that the products do not wait for each other (Estrin 1960).
  const R r2 = r * r;
  const R r4 = r2 * r2;
  const R low = (R(0.5) + r * R(1.0 / 6.0)) + r2 * (R(1.0 / 24.0) + r * R(1.0 / 120.0));
  const R middle = (R(1.0 / 720.0) + r * R(1.0 / 5040.0)) + r2 * (R(1.0 / 40320.0) + r * R(1.0 / 362880.0));
  const R high =
      (R(1.0 / 3628800.0) + r * R(1.0 / 39916800.0)) + r2 * (R(1.0 / 479001600.0) + r * R(1.0 / 6227020800.0));
  const R p = low + r4 * (middle + r4 * high);
  return R(1.0) + (r + r2 * p);
}

inline constexpr double kExpSmallest = -708.39;
inline constexpr double kExpWithin = 700;  // of exp_within(), either way

/// e^x. 0 below kExpSmallest (no subnormals), +infinity above 709.78.
template <class R>
SOJOURN_FORMULA R exp(R x) {
  constexpr double kLargest = 709.78;
  const R at = select(x > R(kExpSmallest), select(x > R(kLargest), R(kLargest), x), R(kExpSmallest));
  R shifted(0.0);
  const R e_r = exp_reduced(at, shifted);
  // Two factors, because 2^1024 itself is not a double.
  const auto n = whole_of_shifted(shifted);
  const auto half = n >> 1;
  const R y = e_r * power_of_two(half) * power_of_two(n - half);
  const R infinity = number_of_bits<R>(std::uint64_t{0x7ff} << 52);
  return select(x > R(kExpSmallest), select(x > R(kLargest), infinity, y), select(x == x, R(0.0), x));
}

/// The same where |x| <= kExpWithin is known.
template <class R>
SOJOURN_FORMULA R exp_within(R x) {
  R shifted(0.0);
  const R e_r = exp_reduced(x, shifted);
  return e_r * power_of_two(whole_of_shifted(shifted));
}

/// The same where x <= 0 is known.
template <class R>
SOJOURN_FORMULA R exp_of_negative(R x) {
  const R y = exp_within(select(x > R(kExpSmallest), x, R(kExpSmallest)));
  return select(x > R(kExpSmallest), y, R(0.0));
}

/// Natural logarithm of a positive normal x (0 gives -infinity; negative and subnormal x are not expected).
/// x = 2^k m with m in [sqrt(1/2), sqrt 2); log m = 2 artanh(s), s = (m - 1)/(m + 1), by its series to s^23
/// (Abramowitz & Stegun 1964, 4.1.27), whose remainder is below 1e-17.
template <class R>
SOJOURN_FORMULA R log(R x) {
  const R mantissa = mantissa_of(x);
  const auto large = mantissa > R(0x1.6a09e667f3bcdp0);
  const R m = select(large, mantissa * R(0.5), mantissa);
  const R k = exponent_of(x) + select(large, R(1.0), R(0.0));
  const R f = m - R(1.0);
  const R s = f / (m + R(1.0));
  const R z = s * s;
  const R z2 = z * z;
  const R z4 = z2 * z2;
  const R low = (R(1.0 / 3.0) + z * R(1.0 / 5.0)) + z2 * (R(1.0 / 7.0) + z * R(1.0 / 9.0));
  const R middle = (R(1.0 / 11.0) + z * R(1.0 / 13.0)) + z2 * (R(1.0 / 15.0) + z * R(1.0 / 17.0));
  const R high = (R(1.0 / 19.0) + z * R(1.0 / 21.0)) + z2 * R(1.0 / 23.0);
  const R p = low + z4 * (middle + z4 * high);
  // log m = f - f^2/2 + s (f^2/2 + 2 s^2 p): the leading term f is exact, so nothing cancels near m = 1.
  const R half_square = R(0.5) * f * f;
  const R tail = s * (half_square + R(2.0) * z * p);
  const R y = k * R(kLn2High) - ((half_square - (tail + k * R(kLn2Low))) - f);
  return select(x == R(0.0), number_of_bits<R>(std::uint64_t{0xfff} << 52), y);
}

/// 1 / (1 + e^-x).
template <class R>
SOJOURN_FORMULA R logistic(R x) {
  return R(1.0) / (R(1.0) + exp(-x));
}
