#include "models/check/detail/findings.h"

#include <gtest/gtest.h>

namespace sojourn::models::detail {
namespace {

constexpr Diagnostic::Severity error = Diagnostic::Severity::error;
constexpr Diagnostic::Severity warning = Diagnostic::Severity::warning;

Finding finding(Diagnostic::Severity severity, std::string what, std::string when = "") {
  return {severity, {}, std::move(what), std::move(when), "", ""};
}

std::vector<Persona> personas(std::initializer_list<const char*> ids) {
  std::vector<Persona> list;
  for (const char* id : ids) {
    list.emplace_back();
    list.back().id = id;
  }
  return list;
}

TEST(Findings, one_that_holds_for_several_personas_is_said_once) {
  Findings findings;
  findings.about({2});
  findings.add(finding(warning, "a", " once b"));
  findings.add(finding(error, "c"));
  findings.about({0});
  findings.add(finding(error, "a", " once b"));
  findings.about({1});
  findings.add(finding(error, "c"));
  findings.about({0});
  findings.add(finding(error, "c"));
  findings.about({});
  findings.add(finding(warning, "d"));
  Diagnostics diagnostics;
  findings.report(personas({"mia", "otto", "jonas"}), 3, diagnostics);
  ASSERT_EQ(diagnostics.list().size(), 3U);
  EXPECT_EQ(diagnostics.list()[0].what, "a for personas 'mia' and 'jonas' once b");
  EXPECT_EQ(diagnostics.list()[0].severity, error);  // the severer
  EXPECT_EQ(diagnostics.list()[1].what, "c");
  EXPECT_EQ(diagnostics.list()[2].what, "d");
}

TEST(Findings, an_error_is_kept_and_a_warning_counted) {
  Findings findings;
  for (std::size_t i = 0; i < Diagnostics::kept + 10; ++i) findings.add(finding(warning, "w" + std::to_string(i)));
  for (std::size_t i = 0; i < 5; ++i) findings.add(finding(error, "e" + std::to_string(i)));
  findings.add(finding(error, "e0"));  // known
  findings.add(finding(warning, "w0"));
  Diagnostics diagnostics;
  findings.report(personas({"mia"}), 1, diagnostics);
  ASSERT_EQ(diagnostics.list().size(), Diagnostics::kept);
  EXPECT_EQ(diagnostics.error_count(), 5U);
  EXPECT_EQ(diagnostics.list()[0].what, "e0");
  EXPECT_EQ(diagnostics.list()[4].what, "e4");
  EXPECT_EQ(diagnostics.list()[5].what, "w0");
  EXPECT_EQ(diagnostics.list().back().what, "w" + std::to_string(Diagnostics::kept - 6));
  const std::string text = diagnostics.format(1);
  EXPECT_NE(text.find("and " + std::to_string(Diagnostics::kept + 10 + 5 - 1) + " more problems"), std::string::npos)
      << text;
}

TEST(Findings, long_lists_and_paths_are_cut) {
  EXPECT_EQ(quoted_list({"a"}), "'a'");
  EXPECT_EQ(quoted_list({"a", "b"}), "'a' and 'b'");
  EXPECT_EQ(quoted_list({"a", "b", "c", "d", "e", "f"}), "'a', 'b', 'c', 'd', 'e' and 'f'");
  EXPECT_EQ(quoted_list({"a", "b", "c", "d", "e", "f", "g"}), "'a', 'b', 'c', 'd' and 3 others");
  EXPECT_EQ(path_text({}), "");
  EXPECT_EQ(path_text({"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}),
            "1 -> 2 -> 3 -> 4 -> 5 -> 6 -> 7 -> 8 -> 9 -> 10");
  EXPECT_EQ(path_text({"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}),
            "1 -> 2 -> 3 -> 4 -> 5 -> (2 more) -> 8 -> 9 -> 10 -> 11 -> 12");
}

}  // namespace
}  // namespace sojourn::models::detail
