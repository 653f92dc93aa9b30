#include "models/study/read.h"

#include "models/change/views.h"
#include "models/journey/validate.h"
#include "models/study/factors.h"
#include "models/study/fields.h"
#include "models/study/listed.h"
#include "models/text/suggest.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <filesystem>
#include <functional>
#include <system_error>

namespace sojourn::models {
namespace {

using Path = std::filesystem::path;

constexpr std::size_t most_combined = 16;  // scenarios of which all combinations are run

const Tree& entry_of(const Tree& tree, std::string_view key) {
  static const Tree nothing;
  const Tree* found = tree.find(key);
  return found ? *found : nothing;
}

double number_in(const Tree& tree, const Record& record, std::string_view key) {
  return valid_value(*tree.find(key), find_field(record, key)->type);
}

class Reader {
 public:
  Reader(const Source& source, Path folder) : folder_(std::move(folder)) { study_.source = source; }

  Study run() {
    tree_ = parse_tree(study_.source, problems_);
    if (!is_other_kind() && validate(tree_, study_record(), problems_) && !problems_.has_errors()) {
      plain_fields();
      files();
      if (!problems_.has_errors()) factors();
    }
    problems_.refuse_if_errors();
    study_.warnings = std::move(problems_);
    return std::move(study_);
  }

 private:
  bool is_other_kind() {
    const Tree* title = tree_.find("scenario");
    const bool journey = tree_.find("touchpoints") != nullptr;
    if (tree_.find("study") || (!title && !journey)) return false;
    problems_.error({study_.source, 0, 0, 1},
                    std::string("this is a ") + (journey ? "journey" : "scenario") + ", and a study is needed here",
                    "a study has 'study', 'journey' and what is varied in it");
    return true;
  }

  void plain_fields() {
    study_.title = entry_of(tree_, "study").scalar;
    study_.about = entry_of(tree_, "about").scalar;
    const auto count = [&](std::string_view key, auto& to) {
      if (tree_.find(key))
        to = static_cast<std::remove_reference_t<decltype(to)>>(number_in(tree_, study_record(), key));
    };
    count("replications", study_.replications);
    count("agents", study_.agents);
    count("seed", study_.seed);
    if (tree_.find("precision")) study_.precision = number_in(tree_, study_record(), "precision");
    if (const Tree* combine = tree_.find("combine")) {
      const std::array<std::string_view, 2> words = {"one_at_a_time", "all"};
      study_.combine = one_of(*combine, "combine", words) == 1 ? Combine::all : Combine::one_at_a_time;
    }
    keep();
    if (const Tree* posterior = tree_.find("posterior")) {
      const Record& record = *find_field(study_record(), "posterior")->type.record;
      study_.posterior.emplace();
      const Tree& file = *posterior->find("file");
      study_.posterior->file = (folder_ / file.scalar).lexically_normal().string();
      study_.posterior->mark = file.mark;
      if (posterior->find("draws")) {
        study_.posterior->draws = static_cast<std::size_t>(number_in(*posterior, record, "draws"));
      }
    }
  }

  /// Which of the words stands there.
  std::size_t one_of(const Tree& tree, std::string_view what, std::span<const std::string_view> words) {
    const auto found = std::ranges::find(words, tree.scalar);
    if (found == words.end()) {
      const std::vector<std::string_view> known(words.begin(), words.end());
      problems_.error(tree.mark, std::string(what) + ": there is no " + models::quoted(tree.scalar), "",
                      nearest_or_all(tree.scalar, known));
    }
    return static_cast<std::size_t>(found - words.begin());
  }

  void keep() {
    static constexpr std::array<std::string_view, 5> words = {"metrics", "personas", "touchpoints", "scores", "agents"};
    study_.keep.metrics = !tree_.find("keep");
    const std::array<bool*, 6> flags = {&study_.keep.metrics, &study_.keep.personas, &study_.keep.touchpoints,
                                        &study_.keep.scores,  &study_.keep.agents,   nullptr};
    for (const Tree& item : entry_of(tree_, "keep").items) {
      if (bool* flag = flags[one_of(item, "keep", words)]) *flag = true;
    }
  }

  /// Reads a file that the study names; what is wrong with it is collected.
  void read_named(const Tree& name, std::string_view what, const std::function<void(const std::string&)>& read) {
    try {
      read((folder_ / name.scalar).lexically_normal().string());
    } catch (const MissingFile& missing) {
      const std::string text = missing.what();  // "path: error: cannot read the file (there is no such file)"
      const std::size_t reason = text.rfind("file (");
      problems_.error(name.mark, "the " + std::string(what) + " " + models::quoted(name.scalar) + " cannot be read",
                      reason == std::string::npos ? text : text.substr(reason + 6, text.size() - reason - 7));
    } catch (const InputError& error) {
      problems_.append(error.diagnostics());
    }
  }

  void files() {
    const Tree& journey = entry_of(tree_, "journey");
    read_named(journey, "journey", [&](const std::string& path) { study_.journey = read_journey_file(path); });
    const std::vector<Tree>& list = entry_of(tree_, "scenarios").items;
    for (const Tree& name : list) {
      read_named(name, "scenario", [&](const std::string& path) {
        ScenarioFile scenario = read_scenario_file(path);
        const auto same = [&](const ScenarioFile& other) { return other.canonical == scenario.canonical; };
        if (std::ranges::any_of(study_.scenarios, same)) {
          problems_.error(name.mark, "the scenario " + models::quoted(name.scalar) + " is there twice", "",
                          "Remove one of them");
        }
        study_.scenarios.push_back(std::move(scenario));
      });
    }
    if (study_.combine == Combine::all && list.size() > most_combined) {
      problems_.error(list[most_combined].mark,
                      "all combinations of more than " + std::to_string(most_combined) + " scenarios are too many", "",
                      "Name fewer, or write 'combine: one_at_a_time'");
    }
    if (problems_.has_errors()) return;
    problems_.append(study_.journey.warnings);
    cases();
  }

  /// The journey with each scenario alone.
  void cases() {
    const auto build = [&](std::span<const ScenarioFile> scenarios) {
      try {
        Case built = build_case(study_.journey, scenarios);
        problems_.append(built.warnings);
        if (!scenarios.empty()) cases_.push_back(std::move(built));
      } catch (const InputError& error) {
        problems_.append(error.diagnostics());
      }
    };
    if (study_.scenarios.empty()) build({});
    for (const ScenarioFile& scenario : study_.scenarios) {
      problems_.append(scenario.warnings);
      build({&scenario, 1});
    }
  }

  void factors() {
    const FactorPlaces places{study_.journey.tree, cases_};
    const Tree* entries = tree_.find("factors");
    const bool listed = design_kind();
    if (entries && listed && !entries->entries.empty()) {
      problems_.error(entries->entries.front().mark, "a 'list' design has no factors beside the columns of its file",
                      "a point is a row of the file", "Remove 'factors', or take another design");
      return;
    }
    if (listed) {
      const Tree& file = *tree_.find("design")->find("list")->find("file");
      read_named(file, "list of points",
                 [&](const std::string& path) { read_listed(path, places, study_, problems_); });
      return;
    }
    if (entries) {
      for (const Tree::Entry& entry : entries->entries) {
        if (std::optional<Factor> factor = read_factor(entry, places, problems_)) {
          study_.factors.push_back(std::move(*factor));
        }
      }
    }
    if (!problems_.has_errors()) design();
  }

  /// True of a list.
  bool design_kind() {
    const Tree* design = tree_.find("design");
    if (!design) return false;
    static constexpr std::array<std::string_view, 7> names = {"grid",  "list",     "one_at_a_time", "latin_hypercube",
                                                              "sobol", "saltelli", "morris"};
    const Tree::Entry& entry = design->entries.front();
    study_.design.kind = static_cast<DesignChoice::Kind>(std::ranges::find(names, entry.key) - names.begin());
    study_.design.name = entry.key;
    study_.design.mark = entry.mark;
    return study_.design.kind == DesignChoice::Kind::list;
  }

  void design() {
    using enum DesignChoice::Kind;
    DesignChoice& to = study_.design;
    const bool ranges = std::ranges::any_of(study_.factors, [](const Factor& one) { return one.range.has_value(); });
    const Tree* written = tree_.find("design");
    if (!written) {
      if (ranges) {
        const auto first =
            std::ranges::find_if(study_.factors, [](const Factor& one) { return one.range.has_value(); });
        problems_.error(first->mark, "the study has ranges and no design", "it is not said which values to run",
                        "Write for example 'design: {sobol: {points: 128}}'");
      }
      return;
    }
    const Tree& part = written->entries.front().value;
    const Record& record = *find_field(*find_field(study_record(), "design")->type.record, to.name)->type.record;
    const auto count = [&](std::string_view key, std::size_t& field) {
      if (part.find(key)) field = static_cast<std::size_t>(number_in(part, record, key));
    };
    count("points", to.points);
    count("trajectories", to.trajectories);
    count("levels", to.levels);
    if (part.find("low")) to.low = number_in(part, record, "low");
    if (part.find("high")) to.high = number_in(part, record, "high");

    if (study_.factors.empty() && !study_.posterior) {
      problems_.error(to.mark, "the design has no factors", "it says which of their values are run",
                      "Write 'factors', or remove 'design'");
    }
    if (to.kind == grid && ranges && to.levels == 0) {
      problems_.error(to.mark, "a grid of ranges needs 'levels'", "a range has no values of its own",
                      "Write for example 'grid: {levels: 5}'");
    }
    if ((to.kind == one_at_a_time || to.kind == morris) && study_.posterior) {
      problems_.error(to.mark, "a posterior does not go with the design " + models::quoted(to.name),
                      "draws of a posterior are neither low nor high", "Take latin_hypercube, sobol or saltelli");
    }
    if (to.kind == one_at_a_time && to.low.value_or(0) >= to.high.value_or(1)) {
      problems_.error(to.mark, "the low quantile is not below the high one", "");
    }
    if (to.kind == morris) morris_levels(part);
    if ((to.kind == sobol || to.kind == saltelli) && !std::has_single_bit(to.points)) {
      problems_.warning(to.mark, std::to_string(to.points) + " points are no power of two",
                        "Sobol's sequence is balanced after 2, 4, 8, ... points",
                        "Take " + std::to_string(std::bit_ceil(to.points)));
    }
  }

  void morris_levels(const Tree& part) {
    DesignChoice& to = study_.design;
    if (to.levels == 0) to.levels = 4;
    if (to.levels % 2 == 0) return;
    problems_.error(part.find("levels")->mark, "the number of levels is odd",
                    "a step goes half way over them (Morris 1991)", "Write " + std::to_string(to.levels + 1));
  }

  Path folder_;
  Study study_;
  Tree tree_;
  std::vector<Case> cases_;  // [scenario]
  Diagnostics problems_;
};

}  // namespace

Study read_study(const Source& source, const std::string& folder) { return Reader(source, folder).run(); }

Study read_study_file(const std::string& path) {
  Study study = Reader(read_source(path), Path(path).parent_path()).run();
  std::error_code unknown;
  study.canonical = std::filesystem::canonical(path, unknown).string();
  return study;
}

}  // namespace sojourn::models
