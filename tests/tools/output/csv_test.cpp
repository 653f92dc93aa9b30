#include "tools/output/csv.h"

#include "tests/tools/hand_made.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace sojourn::tools {
namespace {

std::map<std::string, std::string> by_name(const std::vector<TextFile>& files) {
  std::map<std::string, std::string> texts;
  for (const TextFile& file : files) texts[file.name] = file.text;
  EXPECT_EQ(texts.size(), files.size()) << "every name once";
  return texts;
}

std::string header(const std::string& text) { return text.substr(0, text.find('\n')); }

bool has_row(const std::string& text, const std::string& row) {
  return text.find("\n" + row + "\n") != std::string::npos;
}

TEST(Csv, a_run_has_a_table_for_each_kind_of_figure) {
  const auto files = by_name(csv_files(tests::run_result()));
  EXPECT_EQ(header(files.at("overall.csv")), "scenario,metric,unit,estimate,se,lo,hi");
  EXPECT_EQ(header(files.at("personas.csv")), "scenario,persona,metric,unit,estimate,se,lo,hi");
  EXPECT_EQ(header(files.at("touchpoints.csv")), "scenario,persona,touchpoint,metric,unit,estimate,se,lo,hi");
  EXPECT_EQ(header(files.at("channels.csv")), "scenario,persona,touchpoint,channel,metric,unit,estimate,se,lo,hi");
  EXPECT_EQ(header(files.at("flows.csv")), "scenario,persona,touchpoint,channel,target,metric,unit,estimate,se,lo,hi");
  EXPECT_EQ(header(files.at("risks.csv")), "scenario,persona,touchpoint,channel,pain,metric,unit,estimate,se,lo,hi");
  EXPECT_TRUE(has_row(files.at("overall.csv"), "base,nps,nps_points,31.25,0.25,30.75,31.75"));
  EXPECT_TRUE(has_row(files.at("flows.csv"), "base,(all),eve,,happy,flow,count,0.5,0.25,0,1"));
  EXPECT_TRUE(has_row(files.at("flows.csv"), "base,mia,wish,post,abandoned,flow,count,0.125,0.25,-0.375,0.625"));
  EXPECT_TRUE(has_row(files.at("risks.csv"), "base,(all),eve,,late,rate,share,0.25,0.25,-0.25,0.75"));
  EXPECT_TRUE(has_row(files.at("channels.csv"), "base,(all),wish,dream,experience,points,,,,"));
  EXPECT_TRUE(has_row(files.at("pains.csv"), "base,otto,late,met,count,0.25,0.25,-0.25,0.75"));
  EXPECT_TRUE(has_row(files.at("scores.csv"), "base,(all),10,share,share,0.0625,0.25,-0.4375,0.5625"));
  EXPECT_EQ(files.count("differences.csv"), 0u);
  EXPECT_EQ(files.at("provenance.json").front(), '{');
}

TEST(Csv, every_row_is_as_long_as_its_header) {
  for (const TextFile& file : csv_files(tests::compare_result())) {
    if (file.name == "provenance.json") continue;
    const std::string first = header(file.text);
    const auto commas = std::count(first.begin(), first.end(), ',');
    std::size_t start = 0;
    for (std::size_t end = file.text.find('\n'); end != std::string::npos; end = file.text.find('\n', start)) {
      const std::string line = file.text.substr(start, end - start);
      EXPECT_EQ(std::count(line.begin(), line.end(), ','), commas) << file.name << ": " << line;
      start = end + 1;
    }
    EXPECT_EQ(start, file.text.size()) << file.name;
  }
}

TEST(Csv, a_comparison_adds_differences_and_where_they_come_from) {
  const auto files = by_name(csv_files(tests::compare_result()));
  EXPECT_EQ(
      header(files.at("differences.csv")),
      "scenario,kind,persona,touchpoint,channel,item,metric,unit,estimate,se,lo,hi,p_better,adjusted_lo,adjusted_hi");
  EXPECT_TRUE(has_row(files.at("differences.csv"),
                      "Faster,overall,(all),,,,nps,nps_points,4.25,0.25,3.75,4.75,0.75,3.25,5.25"));
  EXPECT_TRUE(
      has_row(files.at("differences.csv"), "Faster,channel,mia,wish,post,,reach,share,1,0.25,0.5,1.5,0.75,0,2"));
  EXPECT_TRUE(has_row(files.at("first_change.csv"), "Faster,wish,nps,nps_points,3.25,0.25,2.75,3.75"));
  EXPECT_TRUE(has_row(files.at("first_change.csv"), "Faster,(end),nps,nps_points,0,0,0,0"));
  EXPECT_NE(files.at("flips.csv").find("\nFaster,passive,promoter,share,share,0.1111111111111111,"), std::string::npos);
  EXPECT_TRUE(has_row(files.at("money.csv"), "Faster,cost_once,money,20000,0,20000,20000,,,"));
  EXPECT_TRUE(has_row(files.at("scenarios.csv"), "Faster,faster.yaml,better,Better. Faster lifts NPS by 4.2."));
  EXPECT_TRUE(has_row(files.at("overall.csv"), "Faster,nps,nps_points,31.25,0.25,30.75,31.75"));
}

TEST(Csv, what_is_not_known_has_tables_of_its_own) {
  models::CompareResult result = tests::compare_result();
  EXPECT_FALSE(by_name(csv_files(result)).contains("uncertain.csv"));
  result.uncertain = tests::uncertainty();
  const auto files = by_name(csv_files(result));
  EXPECT_EQ(files.at("uncertain.csv"),
            "scenario,figure,estimate,lo,hi,p_best,evpi\nbase,nps,21.5,20,23,0.25,0.5\n"
            "Faster,difference_nps,4.5,-1,6,0.75,0.5\n");
  EXPECT_EQ(files.at("uncertain_inputs.csv"),
            "scenario,address,label,evppi,variance_share\n"
            "base,touchpoints.wish.cost,Send the wish list: cost,0.375,0.5\n"
            "Faster,touchpoints.wish.cost,Send the wish list: cost,0.375,0.25\n");
}

TEST(Csv, scenarios_of_one_title_are_told_apart) {
  models::CompareResult result = tests::compare_result();
  result.scenarios = {tests::comparison("Faster", 1), tests::comparison("base", 1), tests::comparison("Faster", 2),
                      tests::comparison("=cmd", 2)};
  EXPECT_EQ(scenario_names(result), (std::vector<std::string>{"Faster", "base (2)", "Faster (2)", "=cmd"}));
  EXPECT_NE(by_name(csv_files(result)).at("overall.csv").find("\n'=cmd,nps,"), std::string::npos);
}

}  // namespace
}  // namespace sojourn::tools
