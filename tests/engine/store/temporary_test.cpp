#include "engine/store/temporary.h"

#include "engine/store/safe_file.h"
#include "tests/support/environment.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

namespace sojourn::engine {
namespace {

namespace fs = std::filesystem;

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

TEST(Temporary, what_nobody_holds_is_swept_and_nothing_else) {
  const tests::TemporaryFolder place;
  const std::string target = place.path() / "study.h5";
  SafeFile held(target);
  held.write("x");
  const std::set<std::string> held_name = names_in(place.path());
  for (const char* name : {".study.h5.123-0.tmp", ".study.h5.4-17.tmp"}) std::ofstream(place.path() / name) << "stale";
  fs::create_directory(place.path() / ".study.h5.99-0.tmp");
  std::ofstream(place.path() / ".study.h5.99-0.tmp" / "overall.csv") << "stale";
  const std::set<std::string> others = {"study.h5.1-0.tmp",  ".study.h5.tmp",       ".study.h5.1-0",
                                        ".study.h5.a-0.tmp", ".another.h5.1-0.tmp", ".study.h5.1-0.tmp.tmp"};
  for (const std::string& name : others) std::ofstream(place.path() / name) << "mine";
  fs::create_symlink(place.path() / "study.h5.1-0.tmp", place.path() / ".study.h5.5-0.tmp");
  sweep_temporaries(target);
  std::set<std::string> left = others;
  left.insert(held_name.begin(), held_name.end());
  left.insert(".study.h5.5-0.tmp");  // a link is none of ours
  EXPECT_EQ(names_in(place.path()), left);
  held.commit();
  EXPECT_TRUE(fs::exists(target));
}

TEST(Temporary, of_a_link_lie_beside_what_it_leads_to) {
  const tests::TemporaryFolder place;
  fs::create_directory(place.path() / "far");
  fs::create_symlink("far/study.h5", place.path() / "study.h5");
  std::ofstream(place.path() / "far" / ".study.h5.7-0.tmp") << "stale";
  sweep_temporaries(place.path() / "study.h5");
  EXPECT_TRUE(fs::is_empty(place.path() / "far"));
  sweep_temporaries("/no/such/folder/study.h5");  // nothing happens
}

}  // namespace
}  // namespace sojourn::engine
