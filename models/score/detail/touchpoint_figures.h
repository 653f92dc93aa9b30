#pragma once
// The figures of a touchpoint are those of its sites: the whole of it, then each of its channels.

#include "engine/tally/layout.h"
#include "models/score/result.h"

namespace sojourn::models::detail {

/// `site(s)` gives the figures of site s.
template <class Site>
SiteFigures touchpoint_figures(const engine::NodeLayout& layout, const Site& site) {
  SiteFigures figures = site(layout.first_site);
  for (std::uint32_t way = 0; way < layout.ways.size(); ++way) {
    figures.channels.push_back({way, site(layout.first_site + 1 + way)});
  }
  return figures;
}

}  // namespace sojourn::models::detail
