#include "models/ask/stamps.h"

#include "engine/base/sha256.h"
#include "engine/random/luck.h"

#include <algorithm>

namespace sojourn::models {
namespace {

FileStamp stamp(const std::string& title, const Source& source) {
  return {title, source->name, engine::sha256(source->text)};
}

void add_stamps(const ScenarioFile& scenario, std::vector<FileStamp>& stamps) {
  for (const ScenarioFile& base : scenario.bases) add_stamps(base, stamps);
  const FileStamp one = stamp_of(scenario);
  const auto same = [&](const FileStamp& other) { return other.file == one.file && other.sha256 == one.sha256; };
  if (std::none_of(stamps.begin(), stamps.end(), same)) stamps.push_back(one);
}

}  // namespace

FileStamp stamp_of(const JourneyFile& journey) {
  const Tree* title = journey.tree.find("journey");
  return stamp(title ? title->scalar : std::string(), journey.source);
}

FileStamp stamp_of(const ScenarioFile& scenario) { return stamp(scenario.title, scenario.source); }

std::vector<FileStamp> stamps_of(std::span<const ScenarioFile> scenarios) {
  std::vector<FileStamp> stamps;
  for (const ScenarioFile& scenario : scenarios) add_stamps(scenario, stamps);
  return stamps;
}

Provenance provenance_of(const JourneyFile& journey, std::span<const ScenarioFile> scenarios, const Case& ran,
                         const RunPlan& plan, std::uint64_t agents) {
  Provenance provenance;
  provenance.random_scheme = engine::kRandomScheme;
  provenance.journey = stamp_of(journey);
  provenance.scenarios = stamps_of(scenarios);
  provenance.money = ran.views.views.front().money;
  provenance.seed = plan.seed;
  provenance.replicate = plan.replicate;
  provenance.agents = agents;
  provenance.precision = plan.precision.value_or(kNone);
  return provenance;
}

ScenarioStamp what_if_stamp(std::span<const ScenarioFile> scenarios, const std::string& title) {
  if (scenarios.size() == 1) return {stamp_of(scenarios.front()), scenarios.front().because};
  ScenarioStamp stamp;
  stamp.file.title = title;
  for (const ScenarioFile& scenario : scenarios) {
    const FileStamp one = stamp_of(scenario);
    stamp.file.file += (stamp.file.file.empty() ? "" : " + ") + one.file;
    stamp.file.sha256 += (stamp.file.sha256.empty() ? "" : " + ") + one.sha256;
  }
  return stamp;
}

}  // namespace sojourn::models
