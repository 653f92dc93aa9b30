#include "models/score/observed.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <random>

namespace sojourn::models {
namespace {

struct Answers {
  std::vector<Observation> list;
  Diagnostics found;
};

Answers read(const std::string& text) {
  Answers result;
  const CsvTable table = read_csv(std::make_shared<const SourceText>(SourceText{"s.csv", text}), result.found);
  const WhyNoFigure known = [](std::string_view address) -> Refusal {
    if (address.find("gone") == std::string_view::npos) return {};
    return {"no figure is called 'gone'", "", "Did you mean 'done'?"};
  };
  result.list = read_observations(table, known, result.found);
  return result;
}

Figure simulated(double estimate, double se) {
  return {estimate, se, estimate - 1.959963984540054 * se, estimate + 1.959963984540054 * se};
}

TEST(Observed, a_touchpoint_is_its_satisfaction) {
  const Answers r = read("touchpoint,persona,n,mean,sd\nwish,,100,7.5,2\nwish,mia,25,6,1\n");
  ASSERT_EQ(r.list.size(), 2U) << r.found.format();
  EXPECT_EQ(r.list[0].address, "touchpoints.wish.satisfaction");
  EXPECT_EQ(r.list[1].address, "personas.mia.touchpoints.wish.satisfaction");
  EXPECT_DOUBLE_EQ(r.list[0].value.se, 0.2);
  EXPECT_NEAR(r.list[0].value.hi - 7.5, 1.98422 * 0.2, 1e-4) << "Student's t with 99 degrees of freedom";
}

TEST(Observed, answers_give_mean_sd_and_nps) {
  const Answers r =
      read("address;" + std::string("0;1;2;3;4;5;6;7;8;9;10\n") + "satisfaction;;;;;;2;;;4;;4\nnps;;;;;;2;;;4;;4\n");
  ASSERT_EQ(r.list.size(), 2U) << r.found.format();
  EXPECT_DOUBLE_EQ(r.list[0].n, 10);
  EXPECT_DOUBLE_EQ(r.list[0].value.estimate, 8.2);
  EXPECT_DOUBLE_EQ(r.list[0].sd * r.list[0].sd, (2 * 3.2 * 3.2 + 4 * 0.2 * 0.2 + 4 * 1.8 * 1.8) / 9);
  EXPECT_DOUBLE_EQ(r.list[1].value.estimate, 20);
  EXPECT_DOUBLE_EQ(r.list[1].sd * r.list[1].sd, (4 * 80.0 * 80 + 4 * 20.0 * 20 + 2 * 120.0 * 120) / 9);
}

TEST(Observed, shares_need_no_sd) {
  const Answers r = read("address,n,mean,sd\nsuccess,10,1,\n");
  ASSERT_EQ(r.list.size(), 1U) << r.found.format();
  EXPECT_NEAR(r.list[0].value.lo, 10 / (10 + 3.841458820694124), 1e-12) << "Wilson: n / (n + z^2)";
  EXPECT_EQ(r.list[0].value.hi, 1);
}

TEST(Observed, every_problem_in_one_go) {
  const std::string text = read(
                               "address,n,mean,sd\n"
                               "satisfaction,10,11,1\n"
                               "success,2.5,0.5,\n"
                               "score,x,7,1\n"
                               "nps,100,20,\n"
                               "touchpoints.gone.satisfaction,1,1,1\n"
                               "elapsed_hours_p90,10,1,1\n"
                               "value,10,1,-1\n"
                               "satisfied,10,73,\n"
                               "experience,10,9,8\n"
                               "effort,10,1,1\n"
                               "effort,10,2,1\n"
                               ",10,2,1\n")
                               .found.format();
  for (const char* one :
       {"s.csv:2:17: error: '11' is out of range", "s.csv:3:9: error: '2.5' is not a number of answers",
        "s.csv:4:7: error: 'x'", "s.csv:5:12: error: the sd is missing", "s.csv:6:1: error: no figure is called 'gone'",
        "s.csv:7:1: error: 'elapsed_hours_p90' is no mean or share", "s.csv:8:12: error: '-1' cannot be the sd",
        "Write 73 % as 0.73", "s.csv:10:17: error: '8' cannot be the sd (with this mean it is 3.16 at most)",
        "s.csv:12:1: error: 'effort' is there twice, in line 11 too",
        "s.csv:13:1: error: this row does not say what"}) {
    EXPECT_NE(text.find(one), std::string::npos) << one << "\n" << text;
  }
}

TEST(Observed, a_header_without_what_is_needed_is_refused_and_what_is_not_read_is_said) {
  EXPECT_TRUE(read("place,n,mean\nx,1,1\n").found.has_errors());
  EXPECT_TRUE(read("address,0,1,2\nnps,1,2,3\n").found.has_errors());
  EXPECT_TRUE(read("address,n\nnps,3\n").found.has_errors());
  EXPECT_TRUE(read("address,n,mean,sd\n").found.has_errors());
  const Answers r = read("address,n,maen,mean,sd\nnps,30,1,20,70\n");
  EXPECT_FALSE(r.found.has_errors());
  EXPECT_NE(r.found.format().find("warning: the column 'maen' is not read. Did you mean 'mean'?"), std::string::npos)
      << r.found.format();
}

TEST(Observed, weighted_answers_need_not_be_whole) {
  const Answers weighted = read("address,0,1,2,3,4,5,6,7,8,9,10\nnps,0,0,0,0,0,0,12.5,0,0,0,37.5\n");
  ASSERT_FALSE(weighted.found.has_errors()) << weighted.found.format();
  EXPECT_DOUBLE_EQ(weighted.list[0].n, 50);
  EXPECT_DOUBLE_EQ(weighted.list[0].value.estimate, 50);
  EXPECT_TRUE(read("address,0,1,2,3,4,5,6,7,8,9,10\nnps,0,0,0,0,0,0,-1,0,0,0,37.5\n").found.has_errors());
}

TEST(Observed, the_gap_has_both_errors) {
  const Answers r = read("address,n,mean,sd\nscore,10000,7,30\n");  // sd is not plausible: see below
  EXPECT_TRUE(r.found.has_errors());
  const Answers fine = read("address,n,mean,sd\nnps,10000,7,30\n");
  ASSERT_EQ(fine.list.size(), 1U) << fine.found.format();
  const ObservedFigure one = held_against(simulated(8, 0.4), fine.list[0]);
  EXPECT_DOUBLE_EQ(one.gap.estimate, 1);
  EXPECT_DOUBLE_EQ(one.gap.se, 0.5);
  EXPECT_DOUBLE_EQ(one.z, 2);
  EXPECT_NEAR(one.gap.lo, 1 - 0.5 * 1.96, 1e-3);
  EXPECT_EQ(one.verdict, Agreement::model_higher);
  EXPECT_EQ(held_against(simulated(6.5, 0.4), fine.list[0]).verdict, Agreement::agrees);
  EXPECT_EQ(held_against(simulated(5, 0.4), fine.list[0]).verdict, Agreement::model_lower);
}

TEST(Observed, too_few_answers_or_nothing_simulated_is_no_verdict) {
  const Answers r = read("address,n,mean,sd\nscore,5,2,1\nsatisfaction,1,2,\nexperience,50,7,0\nvisits,100,2,1\n");
  ASSERT_EQ(r.list.size(), 4U) << r.found.format();
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(held_against(simulated(9, 0.01), r.list[i]).verdict, Agreement::unclear) << i;
  }
  const ObservedFigure none = held_against(Figure{}, r.list[3]);
  EXPECT_EQ(none.verdict, Agreement::unclear);
  EXPECT_TRUE(std::isnan(none.gap.estimate) && std::isnan(none.z));
}

/// Of a model that is right, how many of 4,000 comparisons call it wrong. At 5 % each that is 200, sd 13.8; more than 255 has
/// a chance below 1 in 30,000.
template <class Draw>
int false_alarms(Draw draw) {
  std::mt19937_64 random(7);
  int wrong = 0;
  for (int i = 0; i < 4000; ++i) {
    const Agreement verdict = draw(random);
    wrong += verdict == Agreement::model_higher || verdict == Agreement::model_lower ? 1 : 0;
  }
  return wrong;
}

TEST(Observed, a_right_model_is_called_wrong_in_1_of_20) {
  const int of_means = false_alarms([](std::mt19937_64& random) {
    std::normal_distribution<double> answer(7, 1.5), model(7, 0.1);
    constexpr double n = 12;
    double sum = 0, squares = 0;
    for (int k = 0; k < n; ++k) {
      const double x = answer(random);
      sum += x, squares += x * x;
    }
    const double sd = std::sqrt((squares - sum * sum / n) / (n - 1));
    const Observation seen{"satisfaction", n, sd, observed_mean(n, sum / n, sd), {}};
    return held_against(simulated(model(random), 0.1), seen).verdict;
  });
  EXPECT_LT(of_means, 255);
  EXPECT_GT(of_means, 130) << "nor is it hardly ever";
  const int of_shares = false_alarms([](std::mt19937_64& random) {
    std::binomial_distribution<int> yes(60, 0.9);
    const double share = yes(random) / 60.0;
    const Observation seen{"success", 60, kNone, observed_share(60, share), {}};
    return held_against(simulated(0.9, 0.002), seen).verdict;
  });
  EXPECT_LT(of_shares, 255);
}

TEST(Observed, a_wrong_model_is_found_out) {
  const Answers r = read("address,n,mean,sd\nsuccess,500,0.8,\nsatisfaction,500,7,1.5\n");
  EXPECT_EQ(held_against(simulated(0.9, 0.002), r.list[0]).verdict, Agreement::model_higher);
  EXPECT_EQ(held_against(simulated(6.5, 0.01), r.list[1]).verdict, Agreement::model_lower);
}

}  // namespace
}  // namespace sojourn::models
