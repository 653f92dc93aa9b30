#include "tools/terminal/uncertain_page.h"

#include "tests/tools/hand_made.h"

#include <gtest/gtest.h>
#include <algorithm>

namespace sojourn::tools {
namespace {

TEST(UncertainPage, says_in_words_what_it_is_worth_to_know) {
  models::CompareResult result = tests::compare_result();
  result.uncertain = tests::uncertainty();
  const Look look;
  EXPECT_EQ(uncertain_inputs(result, {&result.scenarios[0]}, look),
            "\nWhat is not known about the inputs\n"
            "The input that is not known exactly, drawn 200 times, each time for 500 of the\n"
            "customers. By inputs: where the middle 95 % of the draws lie. It is no part of\n"
            "the interval of chance, and not to be added to it.\n"
            "          Change in NPS                 Chance of\n"
            "What if   by chance      by inputs     being best\n"
            "Faster    +3.2 to +5.2   \u22121.0 to +6.0        75 %\n"
            "As it is                                     25 %\n"
            "To know all of them exactly before choosing would be worth 0.50 NPS points on\n"
            "average (standard error 0.12). Most is in Send the wish list: cost\n"
            "(touchpoints.wish.cost): alone worth 0.38.\n");
}

TEST(UncertainPage, says_when_nothing_hangs_on_it) {
  models::CompareResult result = tests::compare_result();
  result.uncertain = tests::uncertainty();
  result.uncertain->base.evpi = 0.001;
  result.uncertain->left_out = 3;
  std::string page = uncertain_inputs(result, {&result.scenarios[0]}, {});
  std::replace(page.begin(), page.end(), '\n', ' ');
  EXPECT_NE(page.find("worth less than 0.01"), std::string::npos);
  EXPECT_NE(page.find("3 more draws gave no"), std::string::npos);
}

TEST(UncertainPage, of_a_run_names_the_input_that_makes_most) {
  models::RunResult result = tests::run_result();
  result.uncertain = tests::uncertainty();
  const std::string page = uncertain_inputs(result, {});
  EXPECT_NE(page.find("30.8 to 31.8  20.0 to 23.0\n"), std::string::npos) << page;
  EXPECT_NE(page.find("Most of it is made by Send the wish list: cost (touchpoints.wish.cost): 50 %"),
            std::string::npos)
      << page;
}

}  // namespace
}  // namespace sojourn::tools
