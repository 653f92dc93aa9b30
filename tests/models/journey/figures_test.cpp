#include "models/journey/figures.h"
#include "tests/models/journey/sample.h"

#include <limits>

namespace sojourn::models {
namespace {

struct Found {
  FigureRange figure;
  NoFigure problem;
};

Found on_christmas(std::string_view target) {
  static const JourneyFile journey = tests::journey_of(tests::christmas);
  Lookup lookup;
  Found found{};
  found.figure = find_figure(journey.tree, target, lookup, found.problem);
  return found;
}

TEST(Figures, of_everyone_a_persona_a_touchpoint_and_a_channel) {
  constexpr double endless = std::numeric_limits<double>::infinity();
  struct Known {
    std::string_view name;
    double low, high;
  };
  for (const Known& known : std::initializer_list<Known>{{"nps", -100, 100},
                                                         {"satisfaction", 0, 10},
                                                         {"elapsed_hours_p90", 0, endless},
                                                         {"outcomes.happy", 0, 1},
                                                         {"outcomes.abandoned", 0, 1},
                                                         {"goals.gift", 0, 1},
                                                         {"pains.late.met", 0, endless},
                                                         {"pains.late.open", 0, 1},
                                                         {"personas.mia.nps", -100, 100},
                                                         {"personas.mia.touchpoints.wish.reach", 0, 1},
                                                         {"touchpoints.wish.satisfaction", 0, 10},
                                                         {"touchpoints.wish.pains.wrong", 0, 1},
                                                         {"touchpoints.wish.flow.carol", 0, endless},
                                                         {"touchpoints.wish.channels.post.experience", 0, 10}}) {
    const Found found = on_christmas(known.name);
    EXPECT_EQ(found.problem.what, "") << known.name;
    EXPECT_EQ(found.figure.low, known.low) << known.name;
    EXPECT_EQ(found.figure.high, known.high) << known.name;
  }
}

TEST(Figures, what_is_none) {
  const auto problem = [](std::string_view target) {
    const NoFigure found = on_christmas(target).problem;
    return found.what + ". " + found.suggestion;
  };
  EXPECT_EQ(problem("npss"), "no figure is called 'npss'. Did you mean 'nps'?");
  EXPECT_EQ(problem("nps.mean"), "no figure is called 'nps.mean'. ");
  EXPECT_EQ(problem("touchpoints.wsh.reach"),
            "'touchpoints.wsh.reach' names 'wsh', which is not among the touchpoints. Did you mean 'wish'?");
  EXPECT_EQ(problem("touchpoints.wish"),
            "no figure is called 'touchpoints.wish'. There are visits, reach, experience, expectation, "
            "disconfirmation, satisfaction, mood, given_up, duration_hours, drop_off, pain_loss, pains, flow "
            "and channels");
  EXPECT_EQ(problem("outcomes"), "'outcomes' names no single figure. Write what of it is meant after a point");
  EXPECT_EQ(problem("personas.mia.personas.otto.nps").substr(0, 20), "no figure is called ");
  EXPECT_EQ(problem("touchpoints.carol.channels.post.reach"),
            "'touchpoints.carol.channels.post.reach' names 'post', which is not among the channels. ");
}

}  // namespace
}  // namespace sojourn::models
