// The formulas of models/behaviour/satisfaction.h over a number type R: double, or lanes of doubles. Included inside a namespace
// `formula`, by satisfaction.h once and by lane code once for each kind of processor (see engine/base/math.inl).

template <class R>
SOJOURN_FORMULA R clamp_points(R x) {
  return select(x < R(0.0), R(0.0), select(x > R(10.0), R(10.0), x));
}

/// Equation (5), g: a shortfall weighs loss_aversion (lambda >= 1) times a surplus.
/// Anderson & Sullivan 1993, Marketing Science 12(2); the kink after Tversky & Kahneman 1992, eq. (5), exponent 1.
template <class R>
SOJOURN_FORMULA R weighed_disconfirmation(R disconfirmation, double loss_aversion) {
  return select(disconfirmation >= R(0.0), disconfirmation, R(loss_aversion) * disconfirmation);
}

/// Equation (5): momentary satisfaction m = anchor + a (q - anchor) + b g. Oliver 1980, Journal of Marketing Research 17(4): satisfaction
/// from performance and disconfirmation; no direct effect of expectation (Anderson & Sullivan 1993).
template <class R>
SOJOURN_FORMULA R momentary_satisfaction(double anchor, double performance_weight, double disconfirmation_weight,
                                         R experience, R weighed) {
  return clamp_points(R(anchor) + R(performance_weight) * (experience - R(anchor)) +
                      R(disconfirmation_weight) * weighed);
}

/// Equation (8), the peak after a moment m: what is farthest from the anchor, the first of equals. `any`: there was a moment before.
template <class R, class F>
SOJOURN_FORMULA R peak_with(R peak, F any, R m, double anchor) {
  const R distance = select(m < R(anchor), R(anchor) - m, m - R(anchor));
  const R so_far = select(peak < R(anchor), R(anchor) - peak, peak - R(anchor));
  return select(any, select(distance > so_far, m, peak), m);
}

/// Equation (12), what is remembered of a journey: peak, end and importance-weighted mean of momentary satisfaction; duration is neglected.
/// Kahneman, Fredrickson, Schreiber & Redelmeier 1993, Psychological Science 4(6); Alaybek et al. 2022 for the size.
template <class R>
SOJOURN_FORMULA R remembered(R weight, R weighted, R peak, R end, const MemoryWeights& weights, double anchor) {
  const R mean = select(weight > R(0.0), weighted / weight, R(anchor));
  return R(weights.peak) * peak + R(weights.end) * end + R(weights.mean) * mean;
}

/// Equation (13): P(Y <= k) of the answer Y given overall satisfaction S: logistic((t_k - S - bias) / spread), k = 0..9: the ordered logit
/// (McCullagh 1980, J. R. Statist. Soc. B 42(2), eq. 2.4).
template <class R>
SOJOURN_FORMULA R answers_up_to(double threshold_less_bias, R satisfaction, double spread) {
  return logistic((R(threshold_less_bias) - satisfaction) / R(spread));
}
