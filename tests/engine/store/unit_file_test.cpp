#include "engine/store/unit_file.h"

#include "engine/base/io_error.h"
#include "engine/base/sha256.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <tuple>

namespace sojourn::engine {
namespace {

namespace fs = std::filesystem;

const std::string kWork(64, 'a');
const std::string kOther(64, 'b');

class UnitFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "sojourn-unit-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
  }
  void TearDown() override { fs::remove_all(folder); }
  fs::path folder;
};

TEST_F(UnitFile, reads_what_was_written) {
  const UnitFolder units(folder.string(), kWork);
  for (const std::string& payload : {std::string(), std::string("\0\n\xff", 3), std::string(100'000, 'x')}) {
    units.write(7, payload);
    const UnitReading reading = units.read(7);
    EXPECT_EQ(reading.problem, "");
    EXPECT_EQ(reading.payload, payload);
    EXPECT_EQ(reading.place, (UnitPlace{kWork, 7}));
  }
  EXPECT_EQ(units.path_of(7), folder.string() + "/00000007.unit");
}

TEST_F(UnitFile, is_laid_out_as_its_page_says) {
  const std::string bytes = unit_bytes({kWork, 0x0102}, "hi");
  ASSERT_EQ(bytes.size(), 16 + 32 + 8 + 8 + 2 + 32u);
  EXPECT_EQ(bytes.substr(0, 16), std::string("sojourn unit/1\n\0", 16));
  EXPECT_EQ(bytes.substr(16, 32), std::string(32, '\xaa'));
  EXPECT_EQ(bytes.substr(48, 8), std::string("\x02\x01\0\0\0\0\0\0", 8));
  EXPECT_EQ(bytes.substr(56, 8), std::string("\x02\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(bytes.substr(64, 2), "hi");
}

TEST_F(UnitFile, of_another_work_or_place_is_not_taken) {
  const UnitFolder units(folder.string(), kWork);
  EXPECT_EQ(units.read(3).problem, UnitFolder::kMissing);
  UnitFolder(folder.string(), kOther).write(3, "foreign");
  EXPECT_EQ(units.read(3).problem, "it belongs to other work (" + kOther + ")");
  EXPECT_EQ(units.read(3).payload, "");
  units.write(4, "four");
  fs::rename(units.path_of(4), units.path_of(5));
  EXPECT_EQ(units.read(5).problem, "it is unit 4");
}

TEST_F(UnitFile, every_flipped_bit_and_every_cut_is_found) {
  const std::string whole = unit_bytes({kWork, 12}, "a payload");
  ASSERT_TRUE(read_unit_bytes(whole).whole());
  for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    std::string damaged = whole;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(read_unit_bytes(damaged).whole()) << bit;
  }
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(read_unit_bytes(whole.substr(0, length)).whole()) << length;
    EXPECT_FALSE(read_unit_bytes(whole.substr(0, length) + std::string(whole.size() - length, '\0')).whole()) << length;
  }
  EXPECT_FALSE(read_unit_bytes(whole + "x").whole());
}

TEST_F(UnitFile, a_length_that_is_not_its_own_is_found_under_a_right_digest_too) {
  std::string bytes = unit_bytes({kWork, 12}, "a payload");
  constexpr std::size_t kDigest = std::tuple_size_v<Sha256::Digest>;
  bytes.resize(bytes.size() - kDigest);
  bytes[bytes.size() - std::string("a payload").size() - 8] ^= 1;  // the last of the head's numbers, low byte first
  Sha256 sum;
  sum.update({bytes.data(), bytes.size()});
  const Sha256::Digest digest = sum.digest();
  bytes.append(reinterpret_cast<const char*>(digest.data()), digest.size());
  EXPECT_EQ(read_unit_bytes(bytes).problem, "its length is not the one it names");
}

TEST_F(UnitFile, sweeps_what_killed_writers_of_its_range_left) {
  const UnitFolder units(folder.string(), kWork);
  for (const char* name : {".00000001.unit.77-0.tmp", ".00000002.unit.77-0.tmp", ".other.tmp", "00000001.unit"})
    std::ofstream(folder / name) << "x";
  units.sweep(0, 2);
  std::set<std::string> left;
  for (const auto& entry : fs::directory_iterator(folder)) left.insert(entry.path().filename().string());
  EXPECT_EQ(left, (std::set<std::string>{".00000002.unit.77-0.tmp", ".other.tmp", "00000001.unit"}));
}

TEST_F(UnitFile, a_folder_that_is_not_there_is_an_error) {
  const UnitFolder units((folder / "none").string(), kWork);
  EXPECT_EQ(units.read(0).problem, UnitFolder::kMissing);
  EXPECT_THROW(units.write(0, "x"), IoError);
  EXPECT_THROW(units.sweep(0, 1), IoError);
}

}  // namespace
}  // namespace sojourn::engine
