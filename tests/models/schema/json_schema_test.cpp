// The schemas say of files what the reader says: every shipped example is valid, and what a schema can see is refused.

#include "models/schema/json_schema.h"
#include "models/change/scenario.h"
#include "models/journey/fields.h"
#include "models/journey/write.h"
#include "models/study/fields.h"
#include "tests/hostile/catalogue.h"
#include "tests/models/journey/sample.h"
#include "tests/support/environment.h"

#include <cstdio>
#include <fstream>
#include <set>

namespace sojourn::models {
namespace {

/// The lines that schema_check.py prints, one for each document; empty, and said so, where the module is missing.
std::vector<std::string> checked(const Record& record, const std::vector<std::string>& documents) {
  const tests::TemporaryFolder folder;
  const std::filesystem::path schema = folder.path() / "schema.json";
  const std::filesystem::path lines = folder.path() / "documents";
  std::ofstream(schema) << json_schema(record);
  std::ofstream file(lines);
  for (std::string document : documents) {
    std::erase(document, '\n');  // between its tokens only: in texts it is \n
    file << document << "\n";
  }
  file.close();
  const std::string command = tests::python().string() + " -B " +
                              (tests::source_dir() / "tests/models/schema/schema_check.py").string() + " " +
                              schema.string() + " " + lines.string();
  std::vector<std::string> answers;
  std::FILE* pipe = popen(command.c_str(), "r");
  char buffer[4096];
  while (std::fgets(buffer, sizeof buffer, pipe)) {
    std::string line = buffer;
    if (line.ends_with('\n')) line.pop_back();
    answers.push_back(line);
  }
  const int status = pclose(pipe);
  if (WEXITSTATUS(status) == 77) {
    std::puts("skipped: python3-jsonschema is not installed");
    return std::vector<std::string>();
  }
  EXPECT_EQ(status, 0);
  EXPECT_EQ(answers.size(), documents.size());
  return answers;
}

/// As an editor would see it: short forms as they are written.
std::string json_of(const std::filesystem::path& path, const Record& record) {
  Diagnostics problems;
  const Tree tree = parse_tree(read_source(path.string()), problems);
  EXPECT_FALSE(problems.has_errors()) << path;
  return to_json(tree, record);
}

void expect_examples_valid(FileKind kind, const Record& record, std::size_t at_least) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(tests::source_dir() / "scenarios")) {
    if (entry.path().extension() == ".yaml" && kind_of(read_source(entry.path().string())) == kind) {
      files.push_back(entry.path());
    }
  }
  EXPECT_GE(files.size(), at_least);
  std::vector<std::string> documents;
  for (const std::filesystem::path& file : files) documents.push_back(json_of(file, record));
  const std::vector<std::string> answers = checked(record, documents);
  if (answers.empty()) GTEST_SKIP() << "python3-jsonschema is not installed";
  for (std::size_t i = 0; i < files.size(); ++i) EXPECT_EQ(answers[i], "valid") << files[i];
}

TEST(JsonSchema, every_example_journey_is_valid) { expect_examples_valid(FileKind::journey, journey_record(), 3); }

TEST(JsonSchema, every_example_scenario_is_valid) { expect_examples_valid(FileKind::scenario, scenario_record(), 10); }

TEST(JsonSchema, every_example_study_is_valid) { expect_examples_valid(FileKind::study, study_record(), 2); }

TEST(JsonSchema, the_design_is_valid) {
  const std::vector<std::string> answers =
      checked(journey_record(), {to_json(tests::tree_of(tests::christmas), journey_record()),
                                 to_json(tests::journey_of(tests::christmas).tree, journey_record()),
                                 to_json(tests::tree_of(tests::least), journey_record())});
  if (answers.empty()) GTEST_SKIP() << "python3-jsonschema is not installed";
  EXPECT_EQ(answers, (std::vector<std::string>{"valid", "valid", "valid"}));
}

/// What a schema cannot see: names, addresses, relations between numbers, sums, quotes around numbers that JSON keeps.
const std::set<std::string> beyond = {"unknown_outcome",
                                      "unknown_target",
                                      "unknown_start",
                                      "unknown_pain",
                                      "unknown_goal",
                                      "unknown_given_up",
                                      "unknown_guard",
                                      "unknown_in_persona",
                                      "guard_on_short_pain",
                                      "touchpoint_and_outcome",
                                      "touchpoint_abandoned",
                                      "low_above_high",
                                      "mode_outside",
                                      "beta_too_wide",
                                      "beta_outside",
                                      "discrete_all_zero",
                                      "discrete_same_value",
                                      "lognormal_of_zero",
                                      "weights_all_zero",
                                      "weights_overflow",
                                      "start_all_zero",
                                      "next_empty",
                                      "share_zero",
                                      "channel_shares_zero",
                                      "memory_all_zero",
                                      "thresholds_falling",
                                      "target_unknown",
                                      "uncertain_wrong",
                                      "override_of_persona",
                                      "override_matches_nothing",
                                      "override_out_of_range",
                                      "duration_mean_negative"};

TEST(JsonSchema, refuses_what_the_reader_refuses) {
  std::vector<tests::HostileFile> files;
  std::vector<std::string> documents;
  for (const tests::HostileFile& file : tests::hostile_files("journey")) {
    files.push_back(file);
    documents.push_back(json_of(tests::hostile_path(file.name, {}), journey_record()));
  }
  const std::vector<std::string> answers = checked(journey_record(), documents);
  if (answers.empty()) GTEST_SKIP() << "python3-jsonschema is not installed";
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string name = std::filesystem::path(files[i].name).stem().string();
    if (beyond.contains(name)) continue;
    EXPECT_EQ(answers[i].starts_with("valid"), files[i].exit == 0) << name << ": " << answers[i];
  }
}

}  // namespace
}  // namespace sojourn::models
