#include "tools/archive/figure_tables.h"

#include "engine/base/contract.h"

#include <algorithm>
#include <set>
#include <utility>

namespace sojourn::tools::detail {
namespace {

using models::Better;
using models::Figure;
using models::Figures;
using models::SiteFigures;
using models::Summary;
using models::Unit;

template <class T>
T* at(std::vector<T>& list, std::size_t i) {
  return i < list.size() ? &list[i] : nullptr;
}

template <class T>
T* of(std::vector<std::pair<std::uint32_t, T>>& list, std::uint32_t key) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& entry) { return entry.first == key; });
  return found == list.end() ? nullptr : &found->second;
}

/// Pairs in the order in which they come up first.
struct PairList {
  std::vector<Pair> list;
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;

  void add(std::uint32_t first, std::uint32_t second) {
    if (seen.emplace(first, second).second) list.push_back({first, second});
  }
  /// Beside each other what belongs to one place, whichever case had it first.
  std::vector<Pair> by_place() {
    std::stable_sort(list.begin(), list.end(), [](const Pair& a, const Pair& b) { return a.first < b.first; });
    return std::move(list);
  }
};

struct PairLists {
  PairList edges, risks, channel_edges, channel_risks;

  void add(std::vector<SiteFigures>& sites, const std::vector<Pair>& all_channels) {
    for (std::uint32_t t = 0; t < sites.size(); ++t) {
      for (const auto& [target, figure] : sites[t].flow) edges.add(t, target);
      for (const auto& [pain, figure] : sites[t].pains) risks.add(t, pain);
      for (const auto& [channel, figures] : sites[t].channels) {
        const auto found = std::find(all_channels.begin(), all_channels.end(), Pair{t, channel});
        SOJOURN_EXPECT(found != all_channels.end(), "a channel with figures has a name");
        const auto c = static_cast<std::uint32_t>(found - all_channels.begin());
        for (const auto& [target, figure] : figures.flow) channel_edges.add(c, target);
        for (const auto& [pain, figure] : figures.pains) channel_risks.add(c, pain);
      }
    }
  }
};

/// The sites of one case, or of one persona in it; nullptr where there are none.
using SitesOf = std::vector<std::vector<SiteFigures>*>;

SiteFigures* site(std::vector<SiteFigures>* sites, std::size_t touchpoint) {
  return sites == nullptr ? nullptr : at(*sites, touchpoint);
}

SiteFigures* channel(std::vector<SiteFigures>* sites, Pair pair) {
  SiteFigures* found = site(sites, pair.first);
  if (found == nullptr) return nullptr;
  const auto there = std::ranges::find(found->channels, pair.second, &models::ChannelFigures::channel);
  return there == found->channels.end() ? nullptr : &there->figures;
}

class Walk {
 public:
  Walk(const models::Names& names, const Axes& axes, Content content, const OnTable& on_table)
      : names_(names), axes_(axes), content_(content), on_table_(on_table) {}

  /// `owner` is "" or "persona".
  void summaries(const std::vector<Summary*>& rows, const std::string& owner) {
    owner_ = owner;
    const auto whole = [&](const models::MetricInfo& metric, const char* dimension, std::size_t count, auto get) {
      table(metric, dimension, rows, count,
            [&](Summary* row, std::size_t i) { return row == nullptr ? nullptr : get(*row, i); });
    };
    for (std::size_t m = 0; m < models::kMetrics; ++m) {
      whole(models::kMetricInfo[m], nullptr, 1, [m](Summary& row, std::size_t) { return &row.metrics[m]; });
    }
    whole({"scores", "Share of each answer", Unit::share, Better::neutral}, "answer", 11,
          [](Summary& row, std::size_t i) { return &row.scores[i]; });
    whole({"outcomes", "Share of each outcome", Unit::share, Better::neutral}, "outcome", names_.outcomes.size(),
          [](Summary& row, std::size_t i) { return at(row.outcomes, i); });
    whole({"goals", "Goal achieved", Unit::share, Better::more}, "goal", names_.goals.size(),
          [](Summary& row, std::size_t i) { return at(row.goals, i); });
    whole({"pains_met", "Pain met, occurrences per agent", Unit::count, Better::less}, "pain", names_.pains.size(),
          [](Summary& row, std::size_t i) { return i < row.pains.size() ? &row.pains[i].met : nullptr; });
    whole({"pains_open", "Pain open at the end", Unit::share, Better::less}, "pain", names_.pains.size(),
          [](Summary& row, std::size_t i) { return i < row.pains.size() ? &row.pains[i].open : nullptr; });
  }

  void sites(const SitesOf& rows, const std::string& owner) {
    owner_ = owner.empty() ? "touchpoint" : owner + "_touchpoint";
    places(rows, "touchpoint", names_.touchpoints.size(), site);
    pairs(rows, {"edge", &axes_.edges}, {"risk", &axes_.risks}, site);

    owner_ = owner.empty() ? "channel" : owner + "_channel";
    const auto get = [&](std::vector<SiteFigures>* row, std::size_t c) { return channel(row, axes_.channels[c]); };
    places(rows, "channel", axes_.channels.size(), get);
    pairs(rows, {"channel_edge", &axes_.channel_edges}, {"channel_risk", &axes_.channel_risks}, get);
  }

 private:
  struct Ragged {
    const char* dimension;
    const std::vector<Pair>* pairs;
  };

  template <class Get>
  void places(const SitesOf& rows, const char* dimension, std::size_t count, const Get& get) {
    for (std::size_t m = 0; m < models::kSiteMetrics; ++m) {
      table(models::kSiteMetricInfo[m], dimension, rows, count, [&](auto* row, std::size_t i) -> Figure* {
        SiteFigures* found = get(row, i);
        return found == nullptr ? nullptr : &found->metrics[m];
      });
    }
  }

  template <class Get>
  void pairs(const SitesOf& rows, Ragged edges, Ragged risks, const Get& get) {
    table({"flow", "Flow, moves per agent", Unit::count, Better::neutral}, edges.dimension, rows, edges.pairs->size(),
          [&](auto* row, std::size_t i) -> Figure* {
            const Pair pair = (*edges.pairs)[i];
            SiteFigures* found = get(row, pair.first);
            return found == nullptr ? nullptr : of(found->flow, pair.second);
          });
    table({"pains", "Pain, occurrences per visit", Unit::count, Better::less}, risks.dimension, rows,
          risks.pairs->size(), [&](auto* row, std::size_t i) -> Figure* {
            const Pair pair = (*risks.pairs)[i];
            SiteFigures* found = get(row, pair.first);
            return found == nullptr ? nullptr : of(found->pains, pair.second);
          });
  }

  template <class Row, class Get>
  void table(const models::MetricInfo& metric, const char* dimension, const std::vector<Row*>& rows, std::size_t count,
             const Get& get) {
    if (rows.empty() || count == 0) return;
    const bool difference = content_ == Content::difference;
    FigureTable table;
    table.name = (difference ? "difference_" : "") + (owner_.empty() ? "" : owner_ + "_") + std::string(metric.name);
    table.long_name = std::string(metric.label) + (difference ? ", difference from the base" : "");
    table.unit = metric.unit;
    table.better = metric.better;
    table.dimensions = {"scenario"};
    if (owner_.starts_with("persona")) table.dimensions.push_back("persona");
    if (dimension != nullptr) table.dimensions.emplace_back(dimension);
    for (Row* row : rows) {
      for (std::size_t i = 0; i < count; ++i) table.cells.push_back(get(row, i));
    }
    on_table_(table);
  }

  const models::Names& names_;
  const Axes& axes_;
  Content content_;
  const OnTable& on_table_;
  std::string owner_;
};

}  // namespace

Axes axes_of(const models::Names& names, const std::vector<Figures*>& all) {
  Axes axes;
  for (std::uint32_t t = 0; t < names.touchpoints.size(); ++t) {
    for (std::uint32_t c = 0; c < names.touchpoints[t].channels.size(); ++c) axes.channels.push_back({t, c});
  }
  PairLists lists;
  for (Figures* figures : all) {
    lists.add(figures->touchpoints, axes.channels);
    for (std::vector<SiteFigures>& sites : figures->by_persona) lists.add(sites, axes.channels);
  }
  axes.edges = lists.edges.by_place();
  axes.risks = lists.risks.by_place();
  axes.channel_edges = lists.channel_edges.by_place();
  axes.channel_risks = lists.channel_risks.by_place();
  return axes;
}

void each_table(const models::Names& names, const Axes& axes, const std::vector<Figures*>& cases, Content content,
                const OnTable& on_table) {
  std::vector<Summary*> overall;
  std::vector<Summary*> personas;  // [case][persona]
  SitesOf sites;
  SitesOf persona_sites;  // [case][persona]
  for (Figures* figures : cases) {
    overall.push_back(figures == nullptr ? nullptr : &figures->overall);
    sites.push_back(figures == nullptr ? nullptr : &figures->touchpoints);
    for (std::size_t p = 0; p < names.personas.size(); ++p) {
      personas.push_back(figures == nullptr ? nullptr : at(figures->personas, p));
      persona_sites.push_back(figures == nullptr ? nullptr : at(figures->by_persona, p));
    }
  }
  Walk walk(names, axes, content, on_table);
  walk.summaries(overall, "");
  walk.summaries(personas, "persona");
  walk.sites(sites, "");
  walk.sites(persona_sites, "persona");
}

void each_comparison_table(const models::Names& names, const std::vector<models::Comparison*>& cases,
                           const OnTable& on_table) {
  using models::Comparison;
  const auto table = [&](const models::MetricInfo& metric, std::vector<std::string> dimensions, std::size_t count,
                         auto get) {
    FigureTable one{std::string(metric.name), std::string(metric.label), metric.unit, metric.better, {"scenario"}, {}};
    one.dimensions.insert(one.dimensions.end(), dimensions.begin(), dimensions.end());
    for (Comparison* comparison : cases) {
      for (std::size_t i = 0; i < count; ++i)
        one.cells.push_back(comparison == nullptr ? nullptr : get(*comparison, i));
    }
    on_table(one);
  };
  table({"by_first_change", "NPS difference by where a journey differs first", Unit::nps_points, Better::more},
        {"first_change"}, names.touchpoints.size() + 1,
        [](Comparison& c, std::size_t i) { return at(c.by_first_change, i); });
  table({"flips", "Share by class in base and what-if", Unit::share, Better::neutral}, {"base_class", "scenario_class"},
        9, [](Comparison& c, std::size_t i) { return &c.flips[i / 3][i % 3]; });
  table({"agents_changed", "Share whose journey is not the same", Unit::share, Better::neutral}, {}, 1,
        [](Comparison& c, std::size_t) { return &c.agents_changed; });
  table({"net_gain", "Gain per journey after its cost", Unit::money, Better::more}, {}, 1,
        [](Comparison& c, std::size_t) { return &c.net_gain; });
  table({"break_even_journeys", "Journeys until the cost is back", Unit::count, Better::less}, {}, 1,
        [](Comparison& c, std::size_t) { return &c.break_even_journeys; });
}

}  // namespace sojourn::tools::detail
