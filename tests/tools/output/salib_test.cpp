// What is emitted for SALib runs where there is a Python, and says what the study says.

#include "tools/output/salib.h"

#include "models/study/read.h"
#include "tests/support/environment.h"

#include <gmock/gmock.h>

#include <cstdio>
#include <fstream>

namespace sojourn::tools {
namespace {

using testing::HasSubstr;

constexpr const char* kShop =
    "personas: {anna: {}}\ntouchpoints: {pay: {duration: 6 min, experience: {normal: {mean: 8, sd: 1}}, cost: 2, next: "
    "{end: 1}}}\n"
    "start: pay\noutcomes: {end: {}}\n";

models::Plan plan_of(const tests::TemporaryFolder& folder, const std::string& text) {
  std::ofstream(folder.path() / "shop.yaml") << kShop;
  std::ofstream(folder.path() / "study.yaml") << "study: S\njourney: shop.yaml\n" << text;
  return models::Plan(models::read_study_file((folder.path() / "study.yaml").string()));
}

constexpr const char* kStudy =
    "factors:\n  touchpoints.pay.duration: {uniform: {low: 3 min, high: 30 min}}\n"
    "  touchpoints.pay.cost: {normal: {mean: 2, sd: 0.5}}\ndesign: {saltelli: {points: 4}}\n";

std::string output_of(const std::string& command) {
  std::FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  std::string text;
  char buffer[4096];
  while (std::fgets(buffer, sizeof buffer, pipe)) text += buffer;
  EXPECT_EQ(pclose(pipe), 0) << text;
  return text;
}

TEST(Salib, problem_is_that_of_the_study) {
  const tests::TemporaryFolder folder;
  std::ofstream(folder.path() / "salib.py") << salib_script(plan_of(folder, kStudy), "study.yaml");
  const std::string found = output_of(tests::python().string() + " -B " + (folder.path() / "salib.py").string());
  EXPECT_EQ(found,
            "{'num_vars': 2, 'names': ['touchpoints.pay.duration', 'touchpoints.pay.cost'], "
            "'bounds': [[0.05, 0.5], [2.0, 0.5]], 'dists': ['unif', 'norm']}\n");
}

TEST(Salib, script_reads_the_tables_of_a_study) {
  const tests::TemporaryFolder folder;
  const models::Plan plan = plan_of(folder, kStudy);
  std::ofstream(folder.path() / "salib.py") << salib_script(plan, "study.yaml");
  std::ofstream points(folder.path() / "points.csv");
  std::ofstream overall(folder.path() / "overall.csv");
  points << "point,touchpoints.pay.duration,touchpoints.pay.cost\n";
  overall << "point,replication,scenario,figure,estimate,se,lo,hi\n";
  for (std::uint64_t p = 0; p < plan.rows(); ++p) {
    points << p << ",0.1," << p << "\n";
    for (int r = 0; r < 2; ++r)
      overall << p << "," << r << ",base,nps," << p + static_cast<std::uint64_t>(2 * r) << ",0,0,0\n";
    overall << p << ",0,faster,nps,99,0,0,0\n";
  }
  points.close();
  overall.close();
  const std::string folder_text = folder.path().string();
  const std::string found = output_of("cd " + folder_text + " && " + tests::python().string() +
                                      " -B -c 'import salib; print(salib.responses(\".\", \"nps\")[:3], "
                                      "salib.samples(\".\")[1], len(salib.samples(\".\")))'");
  EXPECT_EQ(found, "[1.0, 2.0, 3.0] [0.1, 1.0] 16\n");
}

TEST(Salib, each_design_has_its_analysis) {
  const tests::TemporaryFolder folder;
  EXPECT_THAT(salib_script(plan_of(folder, kStudy), "s"),
              HasSubstr("sobol.analyze(problem, y, calc_second_order=False"));
  const std::string morris =
      "factors: {touchpoints.pay.cost: [1, 2]}\ndesign: {morris: {trajectories: 2, levels: 6}}\n";
  EXPECT_THAT(salib_script(plan_of(folder, morris), "s"), HasSubstr("num_levels=6"));
  EXPECT_THAT(salib_script(plan_of(folder, morris), "s"),
              HasSubstr("# touchpoints.pay.cost: another distribution or a list"));
}

TEST(PointsCsv, is_read_back_as_a_list) {
  const tests::TemporaryFolder folder;
  const models::Plan plan = plan_of(folder, kStudy);
  std::ofstream(folder.path() / "points.csv") << points_csv(plan);
  const models::Plan listed = plan_of(folder, "design: {list: {file: points.csv}}\n");
  ASSERT_EQ(listed.rows(), plan.rows());
  for (std::uint64_t p = 0; p < plan.rows(); ++p) {
    EXPECT_NEAR(listed.point(p).values[0], plan.point(p).values[0], 1e-6);  // milliseconds
    EXPECT_EQ(listed.point(p).values[1], plan.point(p).values[1]);
  }
}

}  // namespace
}  // namespace sojourn::tools
