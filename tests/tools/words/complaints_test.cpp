#include "tools/words/complaints.h"

#include <gtest/gtest.h>

namespace sojourn::tools {
namespace {

constexpr Language german = Language::german;

TEST(Complaint, is_said_in_german_with_what_it_quotes) {
  EXPECT_EQ(complaint("nothing is changed yet", german), "noch ist nichts geändert");
  EXPECT_EQ(complaint("touchpoints.a.effort is -1, but must be 0 or more", german),
            "touchpoints.a.effort ist -1, muss aber mindestens 0 sein");
  EXPECT_EQ(complaint("x is 2, but must be from 0 to 1", german), "x ist 2, muss aber von 0 bis 1 sein");
  EXPECT_EQ(complaint("agent 7 is stuck at touchpoint 'a' in 'b in c': every edge is closed to it", german),
            "Kunde 7 kommt am Kontaktpunkt 'a' in 'b in c' nicht weiter: Jeder Weg ist ihm verschlossen");
}

TEST(Complaint, stays_english_where_nobody_translated_it) {
  EXPECT_EQ(complaint("no such sentence", german), "no such sentence");
  EXPECT_EQ(complaint("nothing is changed yet", Language::english), "nothing is changed yet");
  EXPECT_EQ(complaint("", german), "");
  const std::string endless(100'000, '{');
  EXPECT_EQ(complaint(endless, german), endless);
}

TEST(Complaint, what_it_quotes_is_no_pattern) {
  EXPECT_EQ(complaint("'{1} or more' is there already and is no file", german),
            "'{1} or more' gibt es schon, und es ist keine Datei");
}

}  // namespace
}  // namespace sojourn::tools
