#include "engine/store/hdf5_stream.h"

#include "engine/base/io_error.h"
#include "engine/store/format_error.h"
#include "engine/store/hdf5.h"
#include "tests/support/environment.h"

#include <hdf5.h>

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace sojourn::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPoints = 700, kLabels = 1000;  // a table of 5.6 MB: several chunks

std::vector<double> table() {
  std::vector<double> values;
  for (std::size_t i = 0; i < kPoints * kLabels; ++i)
    values.push_back(i % 5 == 0 ? std::nan("") : 0.5 * static_cast<double>(i));
  return values;
}

Archive head() {
  Archive archive;
  std::vector<std::int64_t> points(kPoints);
  for (std::size_t i = 0; i < kPoints; ++i) points[i] = static_cast<std::int64_t>(i);
  std::vector<std::string> labels(kLabels);
  for (std::size_t i = 0; i < kLabels; ++i) labels[i] = "label " + std::to_string(i);
  archive.attributes = {{"title", std::string("A stream")}};
  archive.coordinates = {{"point", {"point"}, points, "Point", "", {}}, {"label", {"label"}, labels, "", "", {}}};
  archive.variables = {{"failed", {"point"}, points, "", "", {}}};
  archive.texts = {{"journey", "journey: x\n"}};
  return archive;
}

const Variable kTable = {
    "nps", {"point", "label"}, std::vector<double>{}, "NPS", "1", {{"better", std::string("more")}}};

template <class T>
std::string_view bytes_of(const std::vector<T>& values, std::size_t first, std::size_t count) {
  return {reinterpret_cast<const char*>(values.data() + first), count * sizeof(T)};
}

void append_in_pieces(Hdf5Stream& stream, std::size_t array, const std::vector<double>& values, std::size_t piece) {
  for (std::size_t i = 0; i < values.size(); i += piece)
    stream.append(array, bytes_of(values, i, std::min(piece, values.size() - i)));
}

std::string content(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

TEST(Hdf5Stream, is_the_archive_that_is_written_at_once) {
  const tests::TemporaryFolder place;
  Archive whole = head();
  whole.variables.push_back(kTable);
  whole.variables.back().values = table();
  std::string first;
  for (const std::size_t piece : {std::size_t{1}, std::size_t{997}, kPoints * kLabels}) {
    const std::string path = place.path() / ("s" + std::to_string(piece) + ".h5");
    Hdf5Stream stream(head(), {kTable}, {}, path);
    append_in_pieces(stream, 0, table(), piece);
    EXPECT_FALSE(fs::exists(path)) << "before it is committed";
    stream.commit();
    EXPECT_TRUE(identical(read_hdf5(path), whole));
    EXPECT_TRUE(identical(read_hdf5(path, ReadPlan{}), whole));
    if (first.empty()) first = content(path);
    EXPECT_TRUE(content(path) == first) << "pieces of " << piece;
  }
}

TEST(Hdf5Stream, has_groups_of_columns_that_others_read) {
  const tests::TemporaryFolder place;
  const std::string path = place.path() / "s.h5";
  using enum StreamedColumn::Type;
  const std::uint64_t length = 300'001;
  std::vector<std::int8_t> small(length);
  std::vector<double> large(length);
  for (std::size_t i = 0; i < length; ++i) {
    small[i] = static_cast<std::int8_t>(i % 100);
    large[i] = std::sqrt(static_cast<double>(i));
  }
  {
    Hdf5Stream stream(head(), {kTable},
                      {{"journeys",
                        "journey",
                        length,
                        {{{"success", {}, {}, "", "", {}}, int8}, {{"satisfaction", {}, {}, "", "1", {}}, float64}}}},
                      path);
    stream.append(0, bytes_of(table(), 0, kPoints * kLabels));
    stream.append(1, bytes_of(small, 0, length));
    stream.append(2, bytes_of(large, 0, length));
    stream.commit();
  }
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  ASSERT_GE(file, 0);
  std::vector<std::int8_t> small_found(length);
  std::vector<double> large_found(length);
  hid_t dataset = H5Dopen2(file, "journeys/success", H5P_DEFAULT);
  EXPECT_GE(H5Dread(dataset, H5T_NATIVE_INT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, small_found.data()), 0);
  EXPECT_EQ(H5Aexists(dataset, "_FillValue"), 0);
  H5Dclose(dataset);
  dataset = H5Dopen2(file, "journeys/satisfaction", H5P_DEFAULT);
  EXPECT_GE(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, large_found.data()), 0);
  const hid_t creation = H5Dget_create_plist(dataset);
  hsize_t chunk = 0;
  EXPECT_EQ(H5Pget_chunk(creation, 1, &chunk), 1);
  EXPECT_EQ(chunk, hsize_t{1} << 17);
  EXPECT_EQ(H5Pget_nfilters(creation), 0);
  H5Pclose(creation);
  H5Dclose(dataset);
  H5Fclose(file);
  EXPECT_EQ(small_found, small);
  EXPECT_EQ(large_found, large);

  const Archive without = read_hdf5(path, {.left_out_groups = {"journeys"}});
  EXPECT_EQ(without.variables.size(), 2U);
  const Archive less = read_hdf5(
      path, {.left_out_groups = {"journeys"}, .wanted = [](const Variable& one) { return one.name != "nps"; }});
  EXPECT_EQ(less.variables.size(), 1U);
  EXPECT_EQ(less.texts.size(), 1U);
}

TEST(Hdf5Stream, damage_anywhere_is_found_before_anything_is_read) {
  const tests::TemporaryFolder place;
  const std::string path = place.path() / "s.h5";
  {
    Hdf5Stream stream(head(), {kTable}, {}, path);
    append_in_pieces(stream, 0, table(), 100'000);
    stream.commit();
  }
  const std::string whole = content(path);
  for (const std::size_t at : {std::size_t{8}, whole.size() / 2, whole.size() - 1}) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    std::ofstream(path, std::ios::binary) << damaged;
    EXPECT_THROW(read_hdf5(path, ReadPlan{}), FormatError) << at;
  }
  std::ofstream(path, std::ios::binary) << whole.substr(0, whole.size() / 2);
  EXPECT_THROW(read_hdf5(path, ReadPlan{}), FormatError);
}

TEST(Hdf5Stream, leaves_nothing_where_it_is_given_up) {
  const tests::TemporaryFolder place;
  const std::string path = place.path() / "s.h5";
  {
    Hdf5Stream stream(head(), {kTable}, {}, path);
    append_in_pieces(stream, 0, std::vector<double>(300'000, 1.0), 300'000);
  }
  EXPECT_TRUE(fs::is_empty(place.path()));
  std::ofstream(path) << "mine";
  EXPECT_THROW(Hdf5Stream(head(), {kTable}, {}, path), TargetExists);
  EXPECT_THROW(Hdf5Stream(head(), {kTable}, {}, "/dev/null"), IoError);
}

}  // namespace
}  // namespace sojourn::engine
