// read_source: what may be read, and what never hangs. The strange kinds of files are in hostile_large_test.cpp.

#include "models/text/tree.h"
#include "tests/support/environment.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace sojourn::models {
namespace {

using tests::TemporaryFolder;

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string refusal(const std::string& path) {
  try {
    read_source(path);
  } catch (const MissingFile& error) {
    return error.what();
  }
  return "read";
}

TEST(ReadSource, the_bytes_as_they_are_under_the_name_as_written) {
  const TemporaryFolder folder;
  const std::string text("a: 1\r\nb:\0\xff\n", 12);
  write(folder.path() / "x.yaml", text);
  const std::string name = folder.path().string() + "/./x.yaml";
  const Source source = read_source(name);
  EXPECT_EQ(source->name, name);
  EXPECT_EQ(source->text, text);
}

TEST(ReadSource, a_byte_order_mark_is_taken_off_once) {
  const TemporaryFolder folder;
  const std::string path = folder.path() / "x.yaml";
  write(path,
        "\xef\xbb\xbf"
        "a: 1\n");
  EXPECT_EQ(read_source(path)->text, "a: 1\n");
  write(path,
        "\xef\xbb\xbf\xef\xbb\xbf"
        "a");
  EXPECT_EQ(read_source(path)->text,
            "\xef\xbb\xbf"
            "a");
}

TEST(ReadSource, an_empty_file_and_one_larger_than_a_read) {
  const TemporaryFolder folder;
  const std::string path = folder.path() / "x.yaml";
  write(path, "");
  EXPECT_EQ(read_source(path)->text, "");
  std::string large;
  for (int i = 0; i < 300'000; ++i) large += std::to_string(i) + "\n";
  write(path, large);
  EXPECT_EQ(read_source(path)->text, large);
}

TEST(ReadSource, a_file_whose_size_is_not_known_beforehand) {
  const Source source = read_source("/proc/self/status");  // its size is given as 0
  EXPECT_NE(source->text.find("Name:"), std::string::npos);
}

TEST(ReadSource, a_link_to_a_file_is_followed) {
  const TemporaryFolder folder;
  write(folder.path() / "x.yaml", "a: 1\n");
  std::filesystem::create_symlink("x.yaml", folder.path() / "link.yaml");
  EXPECT_EQ(read_source(folder.path() / "link.yaml")->text, "a: 1\n");
}

TEST(ReadSource, what_cannot_be_read_says_why) {
  const TemporaryFolder folder;
  const std::string path = folder.path() / "x.yaml";
  EXPECT_EQ(refusal(path), path + ": error: cannot read the file (there is no such file)");
  EXPECT_EQ(refusal(folder.path()), folder.path().string() + ": error: cannot read the file (it is a folder)");
  EXPECT_EQ(refusal(""), "error: the name of a file is empty");
  EXPECT_EQ(refusal(std::string(5000, 'x')),
            std::string(5000, 'x') + ": error: cannot read the file (its name is too long)");
  EXPECT_EQ(refusal("-"), "-: error: cannot read the file (there is no such file)");
  EXPECT_EQ(refusal(std::string("a\0b", 3)), "a\\x00b: error: cannot read the file (its name holds a NUL)");
  EXPECT_EQ(refusal("\x1b[2J"), "\\x1b[2J: error: cannot read the file (there is no such file)");
}

TEST(ReadSource, the_largest_file_is_read_and_one_byte_more_refused) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "x.yaml";
  write(path, "");
  std::filesystem::resize_file(path, largest_file);
  EXPECT_EQ(read_source(path)->text.size(), largest_file);
  std::filesystem::resize_file(path, largest_file + 1);
  EXPECT_THROW(read_source(path), InputError);
}

}  // namespace
}  // namespace sojourn::models
