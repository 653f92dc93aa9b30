#include "tools/terminal/look.h"

#include <gtest/gtest.h>

#include <map>

namespace sojourn::tools {
namespace {

Look look(bool terminal, std::map<std::string, std::string> variables, std::size_t columns = 120) {
  return look_of(terminal, columns, [&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

TEST(Look, colour_is_for_terminals) {
  EXPECT_TRUE(look(true, {{"TERM", "xterm"}}).colour);
  EXPECT_FALSE(look(false, {{"TERM", "xterm"}}).colour);
}

TEST(Look, colour_follows_the_conventions) {
  EXPECT_FALSE(look(true, {{"TERM", "xterm"}, {"NO_COLOR", "1"}}).colour);
  EXPECT_TRUE(look(true, {{"TERM", "xterm"}, {"NO_COLOR", ""}}).colour);  // empty does not count
  EXPECT_FALSE(look(true, {{"TERM", "dumb"}}).colour);
  EXPECT_FALSE(look(true, {}).colour);
  EXPECT_FALSE(look(true, {{"TERM", "xterm"}, {"CLICOLOR", "0"}}).colour);
  EXPECT_TRUE(look(false, {{"CLICOLOR_FORCE", "1"}}).colour);
  EXPECT_FALSE(look(false, {{"CLICOLOR_FORCE", "0"}}).colour);
  EXPECT_FALSE(look(true, {{"TERM", "xterm"}, {"CLICOLOR_FORCE", "1"}, {"NO_COLOR", "1"}}).colour);
}

TEST(Look, the_first_locale_variable_that_is_set_decides) {
  EXPECT_TRUE(look(true, {{"LANG", "de_DE.UTF-8"}}).utf8);
  EXPECT_TRUE(look(true, {{"LC_CTYPE", "C.utf8"}}).utf8);
  EXPECT_FALSE(look(true, {{"LC_ALL", "C"}, {"LANG", "de_DE.UTF-8"}}).utf8);
  EXPECT_FALSE(look(true, {}).utf8);
  EXPECT_EQ(look(true, {{"LC_ALL", "C"}}).minus(), "-");
  EXPECT_EQ(look(true, {{"LC_ALL", "C.UTF-8"}}).minus(), "\u2212");
}

TEST(Look, a_pipe_is_80_columns_wide) {
  EXPECT_EQ(look(false, {}).width, 80u);
  EXPECT_EQ(look(true, {}, 0).width, 80u);
  EXPECT_EQ(look(true, {}, 94).width, 94u);
  EXPECT_EQ(look(true, {}, 300).width, 100u);
  EXPECT_EQ(look(true, {}, 20).width, 60u);
}

TEST(Look, paint_wraps_the_text_and_nothing_else) {
  Look plain;
  EXPECT_EQ(plain.paint(Tone::worse, "x"), "x");
  Look colour;
  colour.colour = true;
  EXPECT_EQ(colour.paint(Tone::worse, "x"), "\x1b[38;5;166mx\x1b[0m");
  EXPECT_EQ(colour.paint(Tone::plain, "x"), "x");
  EXPECT_EQ(colour.paint(Tone::worse, ""), "");
}

}  // namespace
}  // namespace sojourn::tools
