#include "engine/store/manifest.h"

#include "engine/base/contract.h"
#include "engine/base/io_error.h"
#include "engine/store/format_error.h"
#include "engine/store/safe_file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace sojourn::engine {
namespace {

namespace fs = std::filesystem;

const Manifest kOne = {{{"units", "1"}, {"journey", "abc"}, {"title", "a = b"}}};

class ManifestFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "sojourn-manifest-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
  }
  void TearDown() override { fs::remove_all(folder); }
  std::string write(const std::string& text) {
    const std::string path = folder + "/manifest";
    write_file(path, Existing::replace, text);
    return path;
  }
  std::string folder;
};

TEST_F(ManifestFile, reads_what_was_written) {
  EXPECT_TRUE(manifest_text(kOne).starts_with("sojourn manifest/1\nunits = 1\njourney = abc\ntitle = a = b\n\n"));
  const Manifest read = read_manifest(write(manifest_text(kOne)));
  EXPECT_TRUE(differences(read, kOne).empty());
  EXPECT_EQ(digest_of(read), digest_of(kOne));
}

TEST_F(ManifestFile, names_what_is_not_alike) {
  const auto list = differences({{{"units", "1"}, {"journey", "abd"}, {"data", "x"}}}, kOne);
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[0].name + list[0].there + list[0].here, "journeyabdabc");
  EXPECT_EQ(list[1].name + list[1].there + list[1].here, "titlea = b");
  EXPECT_EQ(list[2].name + list[2].there + list[2].here, "datax");
}

TEST_F(ManifestFile, every_changed_byte_is_found) {
  const std::string whole = manifest_text(kOne);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    EXPECT_THROW(read_manifest(write(damaged)), FormatError) << i;
    EXPECT_THROW(read_manifest(write(whole.substr(0, i))), FormatError) << i;
  }
}

TEST_F(ManifestFile, is_there_or_an_error) { EXPECT_THROW(read_manifest(folder + "/none"), IoError); }

TEST_F(ManifestFile, a_field_is_one_line) {
  EXPECT_THROW(manifest_text({{{"a", "b\nc"}}}), ContractViolation);
  EXPECT_THROW(manifest_text({{{"a=", "b"}}}), ContractViolation);
}

}  // namespace
}  // namespace sojourn::engine
