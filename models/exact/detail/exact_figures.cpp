#include "models/exact/detail/exact_figures.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace sojourn::models::exact {
namespace {

/// Missing figures below one address, and those of its parts.
class Missing {
 public:
  explicit Missing(const Reasons& reasons) : reasons_(reasons) {}

  void add(const std::string& address, std::int32_t why) { entries_.emplace_back(address, why); }

  /// The entries from `first` on become one under `address` if they agree.
  void join(std::size_t first, const std::string& address) {
    if (entries_.size() < first + 2) return;
    const std::int32_t why = entries_[first].second;
    for (std::size_t i = first; i < entries_.size(); ++i) {
      if (entries_[i].second != why) return;
    }
    entries_.resize(first);
    entries_.emplace_back(address, why);
  }
  std::size_t size() const { return entries_.size(); }

  NotExact sentences() const {
    NotExact list;
    for (const auto& [address, why] : entries_) list.emplace_back(address, reasons_[why]);
    return list;
  }

 private:
  const Reasons& reasons_;
  std::vector<std::pair<std::string, std::int32_t>> entries_;
};

Figure certain(double value) {
  Figure figure;
  figure.estimate = figure.lo = figure.hi = value;
  figure.se = 0;
  return figure;
}

class FigureWriter {
 public:
  FigureWriter(const Atlas& atlas, const Names& names, std::span<const double> shares,
               std::span<const JourneySums> personas, const JourneySums& pooled, Reasons& reasons, Missing& missing)
      : atlas_(atlas), names_(names), shares_(shares), personas_(personas), pooled_(&pooled), missing_(missing) {
    quantile_why_ = reasons.add(
        "a quantile needs the whole distribution of the time, a sum over visits; 'sojourn run' estimates it");
  }

  Summary summary(const JourneySums& sums, double share, const std::string& prefix) {
    Summary s;
    s.share = share;
    for (std::size_t m = 0; m < kMetrics; ++m) {
      const auto metric = static_cast<Metric>(m);
      s.metrics[m] = written(metric_of(sums, metric), prefix + std::string(info(metric).name));
    }
    const std::size_t scores = missing_.size();
    for (std::size_t k = 0; k < 11; ++k) s.scores[k] = written(sums.scores[k], prefix + "scores." + std::to_string(k));
    missing_.join(scores, prefix + "scores");
    for (std::size_t i = 0; i < sums.outcomes.size(); ++i) {
      s.outcomes.push_back(written(sums.outcomes[i], prefix + "outcomes." + names_.outcomes[i].id));
    }
    for (std::size_t i = 0; i < sums.goals.size(); ++i) {
      s.goals.push_back(written(sums.goals[i], prefix + "goals." + names_.goals[i].id));
    }
    for (std::size_t i = 0; i < sums.met.size(); ++i) {
      const std::string pain = prefix + "pains." + names_.pains[i].id;
      const std::size_t first = missing_.size();
      s.pains.push_back({written(sums.met[i], pain + ".met"), written(sums.open[i], pain + ".open")});
      missing_.join(first, pain);
    }
    return s;
  }

  std::vector<SiteFigures> touchpoints(const JourneySums& sums, const std::string& prefix) {
    std::vector<SiteFigures> figures;
    const std::size_t all = missing_.size();
    for (std::uint32_t t = 0; t < atlas_.touchpoints.size(); ++t) {
      const engine::NodeLayout& node = atlas_.layout.nodes[t];
      const std::string address = prefix + "touchpoints." + names_.touchpoints[t].id;
      const std::size_t first = missing_.size();
      figures.push_back(site(sums, node.first_site, node, address));
      for (std::uint32_t w = 0; w < node.ways.size(); ++w) {
        const std::string channel = address + ".channels." + names_.touchpoints[t].channels[w].id;
        const std::size_t first_of_channel = missing_.size();
        figures.back().channels.push_back({w, site(sums, node.first_site + 1 + w, node, channel)});
        missing_.join(first_of_channel, channel);
      }
      missing_.join(first, address);
    }
    missing_.join(all, prefix + "touchpoints");
    return figures;
  }

 private:
  Known metric_of(const JourneySums& sums, Metric metric) const {
    if (metric == Metric::elapsed_hours_p50 || metric == Metric::elapsed_hours_p90) return {0, quantile_why_};
    if (metric == Metric::elapsed_hours_sd) return spread(sums[Metric::elapsed_hours], sums.elapsed_square);
    if (metric == Metric::satisfaction_sd) return spread(sums[Metric::satisfaction], sums.satisfaction_square);
    return sums[metric];
  }

  template <class SumOf, class MeanOf>
  static Known mean_of_site(const SiteSums& site, SumOf sum_of, MeanOf mean_of) {
    const Known& visits = site[SiteMetric::visits];
    if (!visits.exact()) return site.means ? mean_of(*site.means) : Known{0, visits.why};
    Known ratio = sum_of(site);
    ratio.value /= visits.value;
    return ratio;
  }

  /// Of all personas, where each of those who come has the same mean.
  template <class SumOf, class MeanOf>
  Known mean_alike(std::uint32_t s, const Known& otherwise, SumOf sum_of, MeanOf mean_of) const {
    std::optional<double> alike;
    for (std::size_t p = 0; p < personas_.size(); ++p) {
      const SiteSums& site = personas_[p].sites[s];
      const Known& visits = site[SiteMetric::visits];
      if (shares_[p] == 0 || (visits.exact() && visits.value == 0)) continue;
      const Known mean = mean_of_site(site, sum_of, mean_of);
      if (!mean.exact() || (alike && std::abs(*alike - mean.value) > 1e-12 * (1 + std::abs(mean.value)))) {
        return otherwise;
      }
      alike = mean.value;
    }
    return alike ? Known{*alike} : otherwise;
  }

  static Known spread(const Known& mean, const Known& square) {
    Known variance = square;
    variance.value -= mean.value * mean.value;
    if (!mean.exact()) variance.spoil(mean.why);
    // Of a constant, rounding is all that is left.
    if (variance.value < 1e-14 * square.value) variance.value = 0;
    variance.value = std::sqrt(variance.value);
    return variance;
  }

  Figure written(const Known& known, const std::string& address) {
    if (!known.exact()) {
      missing_.add(address, known.why);
      return {};
    }
    Figure figure = certain(known.value);
    figure.lo -= known.less;
    return figure;
  }

  SiteFigures site(const JourneySums& all, std::uint32_t s, const engine::NodeLayout& node,
                   const std::string& address) {
    SiteFigures figures;
    const SiteSums& sums = all.sites[s];
    // `sum_of` and `mean_of` find the same figure among the sums and among the means of a site.
    const auto mean = [&](auto sum_of, auto mean_of, const std::string& name) {
      const Known& visits = sums[SiteMetric::visits];
      if (visits.exact() && visits.value == 0) return Figure{};  // it does not exist
      Known ratio = mean_of_site(sums, sum_of, mean_of);
      if (!ratio.exact() && &all == pooled_) ratio = mean_alike(s, ratio, sum_of, mean_of);
      return written(ratio, name);
    };
    for (std::size_t m = 0; m < kSiteMetrics; ++m) {
      const auto metric = static_cast<SiteMetric>(m);
      const std::string name = address + "." + std::string(info(metric).name);
      const bool per_agent = metric == SiteMetric::visits || metric == SiteMetric::reach;
      figures.metrics[m] = per_agent ? written(sums.metrics[m], name)
                                     : mean([m](const SiteSums& site) { return site.metrics[m]; },
                                            [m](const SiteSums::Means& means) { return means.metrics[m]; }, name);
    }
    for (std::size_t i = 0; i < node.marks.size(); ++i) {
      figures.pains.emplace_back(node.marks[i], mean([i](const SiteSums& site) { return site.marks[i]; },
                                                     [i](const SiteSums::Means& means) { return means.marks[i]; },
                                                     address + ".pains." + names_.pains[node.marks[i]].id));
    }
    for (std::size_t i = 0; i < node.targets.size(); ++i) {
      figures.flow.emplace_back(node.targets[i],
                                written(sums.flows[i], address + ".flow." + names_.target(node.targets[i])));
    }
    return figures;
  }

  const Atlas& atlas_;
  const Names& names_;
  std::span<const double> shares_;
  std::span<const JourneySums> personas_;
  const JourneySums* pooled_;
  Missing& missing_;
  std::int32_t quantile_why_;
};

}  // namespace

ExactAnswer exact_figures(const Atlas& atlas, const Names& names, std::span<const double> shares,
                          std::span<const JourneySums> sums, Reasons& reasons) {
  JourneySums pooled(atlas.layout, atlas.outcomes.size(), atlas.goals.size(), atlas.pains.size());
  for (std::size_t p = 0; p < sums.size(); ++p) pooled.add(sums[p], shares[p]);
  Missing missing(reasons);
  FigureWriter writer(atlas, names, shares, sums, pooled, reasons, missing);
  ExactAnswer answer;
  answer.figures.overall = writer.summary(pooled, 1, "");
  answer.figures.touchpoints = writer.touchpoints(pooled, "");
  for (std::size_t p = 0; p < sums.size(); ++p) {
    const std::string prefix = "personas." + names.personas[p].id + ".";
    const std::size_t first = missing.size();
    answer.figures.personas.push_back(writer.summary(sums[p], shares[p], prefix));
    answer.figures.by_persona.push_back(writer.touchpoints(sums[p], prefix));
    missing.join(first, "personas." + names.personas[p].id);
  }
  answer.not_exact = missing.sentences();
  return answer;
}

}  // namespace sojourn::models::exact
