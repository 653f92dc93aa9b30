#include "tools/job/folder.h"

#include "engine/base/io_error.h"
#include "tests/support/environment.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace sojourn::tools {
namespace {

namespace fs = std::filesystem;
using engine::Existing;

const std::vector<TextFile> files = {{"overall.csv", "a\n1\n"}, {"provenance.json", "{}\n"}};

std::string content(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

TEST(Folder, appears_whole) {
  const tests::TemporaryFolder place;
  const std::string target = place.path() / "tables";
  check_folder(target + "/", Existing::refuse);
  EXPECT_TRUE(names_in(place.path()).empty()) << "asking leaves nothing behind";
  write_folder(target + "/", Existing::refuse, files);
  EXPECT_EQ(names_in(place.path()), std::vector<std::string>{"tables"});
  EXPECT_EQ(names_in(target), (std::vector<std::string>{"overall.csv", "provenance.json"}));
  EXPECT_EQ(content(target + "/overall.csv"), "a\n1\n");
}

TEST(Folder, an_empty_one_is_taken_and_a_full_one_refused) {
  const tests::TemporaryFolder place;
  const std::string target = place.path() / "tables";
  fs::create_directory(target);
  check_folder(target, Existing::refuse);
  write_folder(target, Existing::refuse, files);
  EXPECT_THROW(check_folder(target, Existing::refuse), engine::TargetExists);
  EXPECT_THROW(write_folder(target, Existing::refuse, files), engine::TargetExists);
}

TEST(Folder, replacing_leaves_the_files_of_others_and_no_temporaries) {
  const tests::TemporaryFolder place;
  const std::string target = place.path() / "tables";
  fs::create_directory(target);
  std::ofstream(target + "/mine.txt") << "mine";
  std::ofstream(target + "/overall.csv") << "old";
  std::ofstream(target + "/.overall.csv.1234567-0.tmp") << "of somebody who was killed";
  check_folder(target, Existing::replace);
  write_folder(target, Existing::replace, files);
  EXPECT_EQ(names_in(target), (std::vector<std::string>{"mine.txt", "overall.csv", "provenance.json"}));
  EXPECT_EQ(content(target + "/overall.csv"), "a\n1\n");
  EXPECT_EQ(content(target + "/mine.txt"), "mine");
}

TEST(Folder, a_file_in_its_place_is_never_replaced) {
  const tests::TemporaryFolder place;
  const std::string target = place.path() / "tables";
  std::ofstream(target) << "mine";
  EXPECT_THROW(check_folder(target, Existing::replace), engine::TargetExists);
  EXPECT_THROW(write_folder(target, Existing::replace, files), engine::TargetExists);
  EXPECT_EQ(content(target), "mine");
}

TEST(Folder, what_fails_leaves_nothing) {
  const tests::TemporaryFolder place;
  EXPECT_THROW(check_folder(place.path() / "no" / "where", Existing::refuse), engine::IoError);
  EXPECT_THROW(write_folder(place.path() / "tables", Existing::refuse, {{"a.csv", "1"}, {"no/where.csv", "2"}}),
               engine::IoError);
  EXPECT_TRUE(names_in(place.path()).empty());
}

}  // namespace
}  // namespace sojourn::tools
