#include "tools/archive/posterior_archive.h"

#include "engine/base/sha256.h"
#include "engine/store/format_error.h"
#include "engine/store/hdf5.h"
#include "tools/archive/file_labels.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <set>

namespace sojourn::tools {
namespace {

using engine::Archive;
using engine::FormatError;
using engine::Values;
using engine::Variable;

using engine::Doubles;
using engine::Strings;
using engine::Wholes;

constexpr std::string_view kFormat = "sojourn.posterior/1";
constexpr std::string_view kKind = "sojourn.posterior/";  // of every version
constexpr double kMillisecondsPerHour = 3'600'000;
constexpr std::size_t kLongest = 200;  // of a name that is made of an address: HDF5's own limit is far

Wholes count_to(std::size_t n) {
  Wholes list(n);
  for (std::size_t i = 0; i < n; ++i) list[i] = static_cast<std::int64_t>(i);
  return list;
}

/// An identifier for each address: every other character than [A-Za-z0-9_] is '_', and namesakes get a number.
Strings names_of(const Strings& addresses) {
  std::set<std::string> taken = {"chain", "draw"};
  Strings names;
  for (const std::string& address : addresses) {
    std::string name = address.substr(0, kLongest);
    for (char& c : name) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain) c = '_';
    }
    std::string own = name;
    for (int i = 2; !taken.insert(own).second; ++i) own = name + "_" + std::to_string(i);
    names.push_back(std::move(own));
  }
  return names;
}

class Writer {
 public:
  explicit Writer(const CalibrateResult& result) : result_(result), calibration_(result.calibration) {}

  Archive archive() {
    attributes();
    draws("posterior", calibration_.posterior.chains);
    draws("prior", {calibration_.prior});
    cells("observed_data");
    histograms(
        "observed_data", "counts", "Effective number of answers",
        [](const models::CheckedCell& cell) -> const auto& { return cell.observed.count; });
    cells("posterior_predictive");
    histograms(
        "posterior_predictive", "shares", "Expected share of the answer, mean over the posterior",
        [](const models::CheckedCell& cell) -> const auto& { return cell.expected; });
    statistics();
    return std::move(archive_);
  }

 private:
  void attributes() {
    const auto text = [&](const char* name, std::string_view value) {
      archive_.attributes.push_back({name, std::string(value)});
    };
    const auto file = [&](const std::string& which, const models::FileStamp& stamp) {
      archive_.attributes.push_back({which + "_file", detail::file_name(stamp.file)});
      archive_.attributes.push_back({which + "_sha256", stamp.sha256});
    };
    text("format", kFormat);
    text("source", result_.program);
    text("title", result_.journey.title);
    file("journey", result_.journey);
    file("survey", result_.survey);
    if (result_.held_out) file("held_out", *result_.held_out);
    archive_.attributes.push_back({"seed", result_.seed});
    archive_.attributes.push_back({"accepted", calibration_.posterior.accepted});
    archive_.attributes.push_back({"divergent", std::int64_t{calibration_.posterior.divergent}});
    archive_.attributes.push_back({"simulation_share", calibration_.posterior.noise});
    archive_.attributes.push_back({"bank_journeys", std::int64_t{calibration_.journeys}});
  }

  void coordinate(const char* group, const char* name, Values labels, const char* long_name) {
    archive_.coordinates.push_back({name, {name}, std::move(labels), long_name, "", {}, group});
  }

  void draws(const char* group, const std::vector<Eigen::MatrixXd>& chains) {
    const auto each = static_cast<std::size_t>(chains.front().rows());
    coordinate(group, "chain", count_to(chains.size()), "Chain");
    coordinate(group, "draw", count_to(each), "Draw");
    const Strings names = names_of(calibration_.addresses);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const double unit = calibration_.is_time[i] ? kMillisecondsPerHour : 1;
      Doubles values;
      for (const Eigen::MatrixXd& chain : chains) {
        for (const double value : chain.col(static_cast<Eigen::Index>(i))) values.push_back(value / unit);
      }
      archive_.variables.push_back({names[i],
                                    {"chain", "draw"},
                                    std::move(values),
                                    "",
                                    calibration_.is_time[i] ? "h" : "1",
                                    {{"address", calibration_.addresses[i]},
                                     {"found_by", std::string(is_walked(calibration_, i) ? "walks" : "slopes")}},
                                    group});
    }
  }

  void cells(const char* group) {
    coordinate(group, "cell", count_to(calibration_.cells.size()), "Cell of the survey");
    coordinate(group, "score", count_to(11), "Answer");
    const auto label = [&](const char* name, const char* long_name, const Strings& ids, auto part) {
      Strings list;
      for (const models::CheckedCell& cell : calibration_.cells) {
        const std::uint32_t index = cell.observed.*part;
        list.push_back(index == models::kNotSaid ? "" : ids[index]);
      }
      archive_.variables.push_back({name, {"cell"}, std::move(list), long_name, "", {}, group});
    };
    label("persona", "Persona; empty: all of them", result_.personas, &models::AnswerCell::persona);
    label("touchpoint", "Touchpoint; empty: the whole journey", result_.touchpoints, &models::AnswerCell::touchpoint);
    label("period", "Period; empty: not said", result_.periods, &models::AnswerCell::period);
  }

  template <class Part>
  void histograms(const char* group, const char* name, const char* long_name, const Part& part) {
    Doubles values;
    for (const models::CheckedCell& cell : calibration_.cells) {
      values.insert(values.end(), part(cell).begin(), part(cell).end());
    }
    archive_.variables.push_back({name,
                                  {"cell", "score"},
                                  std::move(values),
                                  long_name,
                                  "1",
                                  {{"coordinates", "persona touchpoint period"}},
                                  group});
  }

  void statistics() {
    const char* const group = "sample_stats";
    const models::Posterior& posterior = calibration_.posterior;
    coordinate(group, "chain", count_to(posterior.chains.size()), "Chain");
    coordinate(group, "draw", count_to(static_cast<std::size_t>(posterior.chains.front().rows())), "Draw");
    coordinate(group, "parameter", calibration_.addresses, "Address of the parameter");
    Doubles densities;
    for (const Eigen::VectorXd& chain : posterior.log_densities)
      densities.insert(densities.end(), chain.begin(), chain.end());
    archive_.variables.push_back(
        {"lp", {"chain", "draw"}, std::move(densities), "Log density, up to a constant", "1", {}, group});
    const auto by_parameter = [&](const char* name, const char* long_name, auto part) {
      Doubles values;
      for (const models::ParameterEstimate& one : posterior.parameters) values.push_back(one.*part);
      archive_.variables.push_back({name, {"parameter"}, std::move(values), long_name, "1", {}, group});
    };
    by_parameter("rhat", "Split R-hat", &models::ParameterEstimate::rhat);
    by_parameter("ess", "Bulk effective number of draws", &models::ParameterEstimate::effective);
    by_parameter("contraction", "1 - posterior variance / prior variance", &models::ParameterEstimate::contraction);
  }

  const CalibrateResult& result_;
  const models::Calibration& calibration_;
  Archive archive_;
};

std::string text_of(const std::vector<engine::Attribute>& attributes, const char* name) {
  const engine::Attribute* found = engine::find_attribute(attributes, name);
  const std::string* text = found == nullptr ? nullptr : std::get_if<std::string>(&found->value);
  return text == nullptr ? "" : *text;
}

}  // namespace

Archive posterior_archive(const CalibrateResult& result) { return Writer(result).archive(); }

models::PosteriorDraws read_posterior(const std::string& path) {
  models::PosteriorDraws draws = posterior_draws(engine::read_hdf5(path), path);
  std::ifstream file(path, std::ios::binary);
  const std::string digest = engine::sha256(std::string(std::istreambuf_iterator<char>(file), {}));
  draws.title += " (sha256 " + digest.substr(0, 12) + ")";
  return draws;
}

models::PosteriorDraws posterior_draws(const Archive& archive, const std::string& file) {
  const std::string format = text_of(archive.attributes, "format");
  if (!format.starts_with(kKind)) {
    throw FormatError(file, "this is not a posterior", "it does not say that it is one",
                      "Make one with calibrate --posterior");
  }
  if (format != kFormat) {
    throw FormatError(file, "the file has the format '" + format + "'",
                      "this program reads '" + std::string(kFormat) + "'",
                      "Use the program that wrote it: " + text_of(archive.attributes, "source"));
  }
  models::PosteriorDraws draws;
  draws.title = detail::file_name(file);
  draws.file = file;
  draws.journey_file = text_of(archive.attributes, "journey_file");
  draws.journey_sha256 = text_of(archive.attributes, "journey_sha256");
  const auto refuse = [&](const std::string& what) {
    throw FormatError(file, what, "the file contradicts itself", "Write it again with calibrate --posterior");
  };
  for (const Variable& variable : archive.variables) {
    if (variable.group != "posterior") continue;
    const std::string address = text_of(variable.attributes, "address");
    const auto* values = std::get_if<Doubles>(&variable.values);
    if (address.empty()) refuse("'" + variable.name + "' has no address");
    if (values == nullptr || variable.dimensions != Strings{"chain", "draw"})
      refuse("'" + variable.name + "' holds no draws");
    if (variable.units != "h" && variable.units != "1")
      refuse("'" + variable.name + "' has the unit '" + variable.units + "'");
    if (!std::ranges::all_of(*values, [](double value) { return std::isfinite(value); })) {
      refuse("'" + variable.name + "' has a draw that is no number");
    }
    if (std::ranges::find(draws.addresses, address) != draws.addresses.end())
      refuse("'" + address + "' is there twice");
    draws.addresses.push_back(address);
    draws.values.push_back(*values);
    if (variable.units == "h") {
      for (double& value : draws.values.back()) value *= kMillisecondsPerHour;
    }
  }
  if (draws.addresses.empty()) refuse("the group 'posterior' has no draws");
  return draws;
}

}  // namespace sojourn::tools
