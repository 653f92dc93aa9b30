// Law: two classes of one namespace have two names. Otherwise the linker keeps one of their destructors for both, and says nothing.

#include "tests/support/environment.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace sojourn::tests {
namespace {

/// Classes that are defined in a text outside of unnamed namespaces, with their namespaces; those inside of classes are not looked at.
std::vector<std::string> classes_of(const std::string& text) {
  static const std::regex opens(R"(namespace ([\w:]*) ?\{)"),
      defines(R"((class|struct|enum class) (\w+)( final)?( :.*)? ?\{.*)");
  std::vector<std::string> spaces, found;
  std::istringstream lines(text);
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (std::regex_match(line, match, opens)) {
      spaces.push_back(match[1]);
    } else if (line.starts_with("}  // namespace") && !spaces.empty()) {
      spaces.pop_back();
    } else if (std::regex_match(line, match, defines)) {
      std::string name;
      bool unnamed = false;
      for (const std::string& space : spaces) {
        name += space + "::";
        unnamed = unnamed || space.empty();
      }
      if (!unnamed) found.push_back(name + match[2].str());
    }
  }
  return found;
}

TEST(UniqueNames, one_class_a_name) {
  std::map<std::string, std::set<std::string>> files;  // class to where it is defined
  for (const char* top : {"engine", "models", "tools"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source_dir() / top)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      std::ostringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      for (const std::string& name : classes_of(text.str())) files[name].insert(entry.path().string());
    }
  }
  EXPECT_GT(files.size(), 300U);
  for (const auto& [name, where] : files) {
    EXPECT_EQ(where.size(), 1U) << name << " is defined in " << *where.begin() << " and " << *where.rbegin();
  }
}

TEST(UniqueNames, are_read) {
  EXPECT_EQ(classes_of("namespace a::b {\nclass Forward;\nstruct X {\n  struct Inner {\n};\nnamespace {\nclass Y "
                       "{\n};\n}  // namespace\n"
                       "class Z final : public X {\nenum class E { one };\nstruct Z::Shape {\n}  // namespace a::b\n"),
            (std::vector<std::string>{"a::b::X", "a::b::Z", "a::b::E"}));
}

}  // namespace
}  // namespace sojourn::tests
