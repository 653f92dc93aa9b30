#include "engine/store/archive.h"

#include "engine/store/detail/words.h"
#include "tests/engine/store/sample_archive.h"

#include <gtest/gtest.h>

namespace sojourn::engine {
namespace {

TEST(Archive, the_sample_has_no_problem) {
  EXPECT_EQ(problem_of(sample_archive()), "");
  EXPECT_EQ(problem_of(Archive{}), "");
}

TEST(Archive, identical_sees_every_part) {
  const Archive sample = sample_archive();
  EXPECT_TRUE(identical(sample, sample_archive()));
  const auto differs = [&](auto change) {
    Archive other = sample_archive();
    change(other);
    return !identical(sample, other) && !identical(other, sample);
  };
  EXPECT_TRUE(differs([](Archive& a) { a.attributes[0].value = "Other"; }));
  EXPECT_TRUE(differs([](Archive& a) { a.attributes[1].value = std::int64_t{1}; }));
  EXPECT_TRUE(differs([](Archive& a) { a.attributes[5].value = std::vector<double>{0.0, 5e-324}; }));
  EXPECT_TRUE(differs([](Archive& a) { a.attributes.pop_back(); }));
  EXPECT_TRUE(differs([](Archive& a) { std::swap(a.coordinates[0], a.coordinates[1]); }));
  EXPECT_TRUE(differs([](Archive& a) { a.variables[0].units = "h"; }));
  EXPECT_TRUE(differs([](Archive& a) { a.variables[0].long_name = ""; }));
  EXPECT_TRUE(differs([](Archive& a) { a.variables[0].attributes.clear(); }));
  EXPECT_TRUE(differs([](Archive& a) { std::get<std::vector<double>>(a.variables[0].values)[1] = 0; }));
  EXPECT_TRUE(differs([](Archive& a) { a.variables[3].dimensions = {"answer"}; }));
  EXPECT_TRUE(differs([](Archive& a) { a.texts[1].content = "x"; }));
  EXPECT_TRUE(differs([](Archive& a) { a.variables.back().group = "other"; }));
}

TEST(Archive, finds_by_name) {
  const Archive sample = sample_archive();
  ASSERT_NE(find_variable(sample, "waiting"), nullptr);
  EXPECT_EQ(find_variable(sample, "waiting")->units, "h");
  EXPECT_EQ(find_variable(sample, "scenario"), nullptr);
  ASSERT_NE(find_coordinate(sample, "scenario"), nullptr);
  EXPECT_EQ(find_coordinate(sample, "waiting"), nullptr);
  ASSERT_NE(find_attribute(sample.attributes, "precision"), nullptr);
  ASSERT_NE(find_text(sample, "journey"), nullptr);
  EXPECT_EQ(find_text(sample, "nps"), nullptr);
}

TEST(Archive, says_what_is_wrong) {
  const auto problem = [](auto change) {
    Archive archive = sample_archive();
    change(archive);
    return problem_of(archive);
  };
  EXPECT_EQ(problem([](Archive& a) { a.variables[1].name = "nps"; }), "variable 'nps' is there twice");
  EXPECT_EQ(problem([](Archive& a) { a.variables[1].name = "answer"; }), "variable 'answer' is there twice");
  EXPECT_EQ(problem([](Archive& a) { a.variables[1].name = "provenance"; }), "variable 'provenance' is there twice");
  EXPECT_EQ(problem([](Archive& a) { a.variables[1].name = "2nd"; }), "variable '2nd' is not called by a name");
  EXPECT_EQ(problem([](Archive& a) { a.variables[0].dimensions = {"persona"}; }),
            "variable 'nps' is over 'persona', which is not there");
  EXPECT_EQ(problem([](Archive& a) {
              a.variables[0].values = std::vector<double>{1, 2};
            }),
            "variable 'nps' has 2 elements instead of 3");
  EXPECT_EQ(problem([](Archive& a) { a.variables[0].dimensions.assign(9, "scenario"); }),
            "variable 'nps' has too many dimensions");
  EXPECT_EQ(problem([](Archive& a) {
              a.variables[3].values = std::vector<std::string>{"a", "b", "\xff"};
            }),
            "variable 'label' holds what is not UTF-8 text");
  EXPECT_EQ(problem([](Archive& a) { a.coordinates[1].values = std::vector<std::int64_t>{}; }),
            "coordinate 'answer' is empty");
  EXPECT_EQ(problem([](Archive& a) { a.coordinates[1].dimensions = {"level"}; }),
            "coordinate 'answer' is not over itself");
  EXPECT_EQ(problem([](Archive& a) { a.attributes[0].name = "_FillValue"; }),
            "attribute '_FillValue' of the whole is not called by a name");
  EXPECT_EQ(problem([](Archive& a) { a.variables[0].attributes[0].name = "units"; }),
            "attribute 'units' of variable 'nps' has a reserved name");
  EXPECT_EQ(problem([](Archive& a) { a.attributes[1].name = "title"; }),
            "attribute 'title' of the whole is there twice");
  EXPECT_EQ(problem([](Archive& a) { a.attributes[5].value = std::vector<double>{}; }),
            "attribute 'ends' of the whole is empty");
  EXPECT_EQ(problem([](Archive& a) { a.texts[1].name = "journey"; }),
            "text 'journey' is not called by a name of its own");
  EXPECT_EQ(problem([](Archive& a) { a.texts[1].content = std::string("a\0b", 3); }), "text 'empty' is not UTF-8 text");
}

TEST(Archive, groups_have_names_and_dimensions_of_their_own) {
  const Archive grouped = grouped_archive();
  EXPECT_EQ(problem_of(grouped), "");
  EXPECT_EQ(groups_of(grouped), (std::vector<std::string>{"posterior", "prior", "stats"}));
  EXPECT_EQ(size(find_variable(grouped, "nps", "prior")->values), 2U);
  EXPECT_EQ(size(find_coordinate(grouped, "draw", "posterior")->values), 3U);
  EXPECT_EQ(find_coordinate(grouped, "draw"), nullptr);
  EXPECT_EQ(find_variable(grouped, "alone", "prior"), nullptr);
  const auto problem = [](auto change) {
    Archive archive = grouped_archive();
    change(archive);
    return problem_of(archive);
  };
  EXPECT_EQ(problem([](Archive& a) { a.variables.back().name = "nps", a.variables.back().group = "prior"; }),
            "variable 'nps' of the group 'prior' is there twice");
  EXPECT_EQ(problem([](Archive& a) { a.variables[8].dimensions = {"scenario"}; }),
            "variable 'nps' of the group 'posterior' is over 'scenario', which is not there");
  EXPECT_EQ(problem([](Archive& a) { a.variables.back().group = "nps"; }), "variable 'nps' is there twice");
  EXPECT_EQ(problem([](Archive& a) { a.variables.back().group = "provenance"; }),
            "group 'provenance' has a name that none can have");
  EXPECT_EQ(problem([](Archive& a) { a.variables.back().group = "a/b"; }), "group 'a/b' has a name that none can have");
  EXPECT_EQ(problem([](Archive& a) { std::swap(a.variables[8], a.variables[9]); }),
            "'nps' does not stand with its group");
  EXPECT_EQ(problem([](Archive& a) { std::swap(a.coordinates[0], a.coordinates[3]); }),
            "'answer' does not stand with its group");
}

TEST(Archive, names_and_texts) {
  for (const char* name : {"a", "A9_", "nps_by_first_change"}) EXPECT_TRUE(detail::is_name(name)) << name;
  for (const char* name : {"", "9a", "_a", "a b", "a-b", "a/b", "é"}) EXPECT_FALSE(detail::is_name(name)) << name;
  EXPECT_FALSE(detail::is_name(std::string(256, 'a')));
  // Unicode 15, table 3-7: the ends of the ranges of well-formed sequences, and what lies just outside.
  for (const char* text : {"", "a\x7f", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                           "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(detail::is_text(text)) << text;
  }
  for (const char* text : {"\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xE1\x80",
                           "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "a\xFF"}) {
    EXPECT_FALSE(detail::is_text(text)) << text;
  }
  EXPECT_FALSE(detail::is_text(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace sojourn::engine
