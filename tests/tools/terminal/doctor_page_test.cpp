#include "tools/terminal/doctor_page.h"

#include <gtest/gtest.h>

#include <sstream>

namespace sojourn::tools {
namespace {

Diagnosis healthy() {
  Diagnosis diagnosis;
  diagnosis.build = {"sojourn 0.1.0", "scheme", "g++ 12", "Release", true,
                     "1.10.8",        "1.10.8", true,     "3.11.2",  "sojourn/1"};
  diagnosis.memory = Memory{8'000'000'000, 2'000'000'000};
  diagnosis.mpi_program = "/usr/libexec/sojourn/sojourn-mpi";
  diagnosis.mpirun = "/usr/bin/mpirun";
  diagnosis.browser = "/usr/bin/xdg-open";
  diagnosis.here = {"/home/anna", 12'345'000'000, "", ""};
  diagnosis.temporary = {"/tmp", 1'000'000'000, "", ""};
  diagnosis.self_tests = {{"AVX2", "digest", true}, {"", "digest", true}};
  return diagnosis;
}

std::string one_line(const std::string& page) {
  std::istringstream words(page);
  std::string line;
  for (std::string word; words >> word;) line += (line.empty() ? "" : " ") + word;
  return line;
}

TEST(DoctorPage, where_all_is_well_nothing_is_a_note_or_wrong) {
  const std::string page = doctor_page(healthy(), Look{});
  EXPECT_EQ(healthy().wrong(), 0);
  EXPECT_EQ(page.find("note"), std::string::npos) << page;
  EXPECT_EQ(page.find("WRONG"), std::string::npos) << page;
  EXPECT_NE(page.find("/home/anna: 12.3 GB free; files can be written and locked"), std::string::npos) << page;
  EXPECT_TRUE(page.ends_with("All is well.\n")) << page;
}

TEST(DoctorPage, other_figures_than_they_must_be_are_wrong_and_say_in_which_lanes) {
  Diagnosis diagnosis = healthy();
  diagnosis.self_tests.front() = {"AVX2", "0123456789abcdef0123456789abcdef", false};
  EXPECT_EQ(diagnosis.wrong(), 1);
  const std::string page = one_line(doctor_page(diagnosis, Look{}));
  EXPECT_NE(page.find("WRONG Walked so: AVX2, the figures are others than they must be (digest 0123456789abcdef)."),
            std::string::npos)
      << page;
  EXPECT_TRUE(page.ends_with("One thing is wrong.")) << page;
}

TEST(DoctorPage, every_wrong_thing_is_counted_and_said) {
  Diagnosis diagnosis = healthy();
  diagnosis.build.hdf5 = "1.14.0";
  diagnosis.here.not_locked = "No locks available";
  diagnosis.self_tests.back().as_known = false;
  EXPECT_EQ(diagnosis.wrong(), 3);
  const std::string page = one_line(doctor_page(diagnosis, Look{}));
  EXPECT_NE(page.find("WRONG HDF5 1.14.0 is loaded, but the program was built with 1.10.8."), std::string::npos)
      << page;
  EXPECT_NE(page.find("files can be written, but not locked (No locks available)"), std::string::npos) << page;
  EXPECT_NE(page.find("WRONG Walked so: one by one"), std::string::npos) << page;
  EXPECT_TRUE(page.ends_with("3 things are wrong.")) << page;
}

TEST(DoctorPage, a_temporary_folder_that_cannot_be_written_is_wrong_and_locks_there_do_not_matter) {
  Diagnosis diagnosis = healthy();
  diagnosis.temporary.not_locked = "No locks available";
  EXPECT_EQ(diagnosis.wrong(), 0);
  EXPECT_TRUE(doctor_page(diagnosis, Look{}).ends_with("All is well.\n"));
  diagnosis.temporary.not_written = "Read-only file system";
  EXPECT_EQ(diagnosis.wrong(), 1);
  const std::string page = one_line(doctor_page(diagnosis, Look{}));
  EXPECT_NE(page.find("WRONG /tmp: temporary files cannot be written here (Read-only file system)"), std::string::npos)
      << page;
  EXPECT_TRUE(page.ends_with("One thing is wrong.")) << page;
}

TEST(DoctorPage, what_is_lacking_is_a_note) {
  Diagnosis diagnosis = healthy();
  diagnosis.mpi_program.reset();
  diagnosis.browser.reset();
  diagnosis.build.has_page = false;
  diagnosis.build.python.clear();
  EXPECT_EQ(diagnosis.wrong(), 0);
  const std::string page = doctor_page(diagnosis, Look{});
  std::size_t notes = 0;
  for (std::size_t at = page.find("  note "); at != std::string::npos; at = page.find("  note ", at + 1)) ++notes;
  EXPECT_EQ(notes, 4u) << page;
}

}  // namespace
}  // namespace sojourn::tools
