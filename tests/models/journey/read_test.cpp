// What the reader does with whole files. Single mistakes are in tests/hostile/.

#include "models/journey/read.h"
#include "models/journey/defaults.h"
#include "models/journey/fields.h"
#include "models/journey/normalise.h"
#include "models/journey/write.h"
#include "tests/models/journey/sample.h"
#include "tests/support/environment.h"

#include <chrono>
#include <fstream>

namespace sojourn::models {
namespace {

using tests::errors_of;
using tests::journey_of;
using tests::Lines;
using tests::warnings_of;
using tests::with;

TEST(ReadJourney, short_forms_are_written_out_and_keep_their_marks) {
  const Tree tree = journey_of(tests::christmas).tree;
  EXPECT_EQ(to_yaml_line(*tree.find("start")), "{wish: 1}");
  EXPECT_EQ(tree.find("start")->entries[0].mark.line, 58u);
  const Tree& carol = *tree.find("touchpoints")->find("wish")->find("next")->find("carol");
  EXPECT_EQ(to_yaml_line(carol), "{weight: 0.8}");
  EXPECT_EQ(carol.find("weight")->mark.line, 47u);
  EXPECT_EQ(carol.find("weight")->mark.column, 14u);
  EXPECT_EQ(to_yaml_line(*tree.find("touchpoints")->find("carol")->find("experience")), "6");
  EXPECT_EQ(tree.find("touchpoints")->find("carol")->find("effort"), nullptr);
}

TEST(ReadJourney, normalised_twice_is_normalised_once) {
  const Tree tree = journey_of(tests::christmas).tree;
  Tree again = tree;
  normalise(again, journey_record());
  EXPECT_TRUE(same_text(again, tree));
}

TEST(ReadJourney, an_unknown_format_is_told_alone) {
  EXPECT_EQ(errors_of([] { journey_of("format: sojourn/3\npersonnas: 5\n"); }),
            (Lines{"1:9 unknown format 'sojourn/3'"}));
  try {
    journey_of("format: sojourn/3\n");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.diagnostics().list().at(0).suggestion, "Use sojourn 3.0 or later, which reads sojourn/3");
  }
}

TEST(ReadJourney, all_problems_in_one_go) {
  std::string text = with(tests::christmas, "share: 0.55", "shar: 0.55");
  text = with(text, "severity: 4", "severity: -4");
  text = with(text, "eve: 1", "evening: 1");
  text = with(text, "duration: 1 h", "duration: 1");
  text = with(text, "touchpoints.eve.satisfaction: 7.5", "touchpoints.eve.satisfactoin: 7.5");
  text = with(text, "touchpoints.wish.next.carol.weight", "touchpoints.wish.next.karol.weight");
  EXPECT_EQ(errors_of([&] { journey_of(text); }),
            (Lines{"8:5 unknown key 'shar' in personas.mia", "20:14 touchpoints.wish.next has no 'karol'",
                   "24:44 pains.late.severity is -4, but must be 0 or more",
                   "52:12 touchpoints.carol.next: there is no touchpoint or outcome 'evening'",
                   "56:15 touchpoints.eve.duration: the duration '1' has no unit",
                   "70:20 targets: no figure is called 'touchpoints.eve.satisfactoin'"}));
}

TEST(ReadJourney, warnings_do_not_refuse) {
  std::string text = with(tests::christmas, "severity: 3, lasting: true, lingering: 1", "severity: 3, lingering: 1");
  text = with(text, "resolves: {late:", "resolves: {wrong: {probability: 1}, late:");
  text = with(text, "experience: 6", "experience: 60");
  const JourneyFile file = journey_of(text);
  EXPECT_EQ(warnings_of(file.warnings), (Lines{"25:54 pains.wrong lingers but is not lasting",
                                               "43:16 touchpoints.wish.resolves: the pain 'wrong' is not lasting",
                                               "51:17 touchpoints.carol.experience is 60, outside the 0..10 scale"}));
}

TEST(ReadJourney, a_file_keeps_its_name_and_its_place) {
  const tests::TemporaryFolder folder;
  std::ofstream(folder.path() / "journey.yaml") << tests::least;
  std::filesystem::create_symlink("journey.yaml", folder.path() / "link.yaml");
  const JourneyFile file = read_journey_file(folder.path() / "link.yaml");
  EXPECT_EQ(file.source->name, folder.path() / "link.yaml");
  EXPECT_EQ(file.canonical, std::filesystem::canonical(folder.path() / "journey.yaml"));
  EXPECT_THROW(read_journey_file(folder.path() / "nowhere.yaml"), MissingFile);
}

/// Half a megabyte of touchpoints and another half of mistakes: whatever looked through the one for each of the other
/// would take minutes.
class Large : public testing::Test {
 protected:
  static std::string touchpoints(int count) {
    std::string text = "personas: {anna: {}}\nstart: t0\noutcomes: {done: {}}\ntouchpoints:\n";
    for (int i = 0; i < count; ++i) {
      text += "  t" + std::to_string(i) + ": {experience: 7, next: {done: 1, t" + std::to_string((i * 7 + 1) % count) +
              ": 1}}\n";
    }
    return text;
  }

  static std::size_t refused(const std::string& text) {
    const auto start = std::chrono::steady_clock::now();
    std::size_t errors = 0;
    try {
      build_case(journey_of(text), {});
    } catch (const InputError& error) {
      errors = error.diagnostics().error_count();
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
    return errors;
  }
};

TEST_F(Large, a_good_one) { EXPECT_EQ(refused(touchpoints(20000)), 0u); }

TEST_F(Large, wrong_names) {
  std::string text = touchpoints(10000);
  for (int i = 0; i < 10000; ++i)
    text += "  u" + std::to_string(i) + ": {experience: 7, next: {s" + std::to_string(i) + ": 1}}\n";
  EXPECT_EQ(refused(text), 10000u);
}

TEST_F(Large, wrong_addresses) {
  std::string text = touchpoints(10000) + "uncertain:\n";
  for (int i = 0; i < 8000; ++i) text += "  touchpoints.u" + std::to_string(i) + ".cost: {normal: {mean: 1, sd: 1}}\n";
  text += "targets:\n";
  for (int i = 0; i < 8000; ++i) text += "  touchpoints.u" + std::to_string(i) + ".reach: 1\n";
  EXPECT_EQ(refused(text), 16000u);
}

TEST_F(Large, right_addresses) {
  std::string text = touchpoints(10000) + "uncertain:\n";
  for (int i = 0; i < 10000; ++i) text += "  touchpoints.t" + std::to_string(i) + ".cost: {normal: {mean: 1, sd: 1}}\n";
  EXPECT_EQ(refused(text), 0u);
}

TEST_F(Large, unknown_keys) {
  std::string text = touchpoints(10);
  for (int i = 0; i < 40000; ++i) text += "x" + std::to_string(i) + ": 1\n";
  EXPECT_EQ(refused(text), 40000u);
}

TEST_F(Large, one_touchpoint_with_many_ways) {
  std::string text = touchpoints(10000) + "  hub: {experience: 7, next: {done: 1";
  for (int i = 0; i < 10000; ++i) text += ", t" + std::to_string(i) + ": 1";
  EXPECT_EQ(refused(text + "}}\n"), 0u);
}

}  // namespace
}  // namespace sojourn::models
