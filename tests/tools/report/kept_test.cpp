#include "tools/report/kept.h"

#include "engine/store/format_error.h"
#include "engine/store/hdf5.h"
#include "tests/tools/hand_made.h"
#include "tools/output/archive.h"
#include "tools/output/json.h"
#include "tools/report/document.h"
#include "tools/report/plain.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <utility>

namespace sojourn::tools {
namespace {

std::string written(const std::string& name, const std::string& bytes) {
  const std::string path = (std::filesystem::path(testing::TempDir()) / name).string();
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

TEST(Kept, json_and_archive_give_one_page_of_figures) {
  const models::CompareResult result = tests::compare_result();
  const KeptResult from_json = read_kept(written("kept.json", compare_json(result, {})));
  const KeptResult from_archive = read_kept(written("kept.h5", engine::hdf5_bytes(archive_of(result))));
  EXPECT_EQ(from_json.document["base"]["overall"], from_archive.document["base"]["overall"]);
  EXPECT_EQ(from_json.document["scenarios"][0]["difference"], from_archive.document["scenarios"][0]["difference"]);
  EXPECT_FALSE(from_json.parts.journey);
}

TEST(Kept, what_is_no_result_is_refused_with_a_reason) {
  for (const char* text :
       {"", "[]", "{}", "{\"format\": 3}", "{\"format\": \"sojourn.trace/1\"}", "{\"format\": \"sojourn.run/1\"}"}) {
    EXPECT_THROW(read_kept(written("wrong.json", text)), engine::FormatError) << text;
  }
}

TEST(Kept, pages_stand_beside_results) {
  EXPECT_EQ(page_beside("a/result.json"), "a/result.html");
  EXPECT_EQ(page_beside("result.h5"), "result.html");
  EXPECT_EQ(page_beside("result"), "result.html");
  EXPECT_EQ(page_beside(".json"), ".json.html");
}

/// Puts something else in each place in turn, down to a depth; nothing but a refusal may come of it.
void change_each(Json& document, Json& at, int depth, int& pages, int& refusals) {
  static const std::array<Json, 4> others = {Json(nullptr), Json("text"), Json::array(), Json::object()};
  if (depth == 0 || !at.is_structured()) return;
  std::size_t i = 0;
  for (Json& value : at) {
    Json kept = std::exchange(value, others[i++ % others.size()]);
    try {
      plain_page(report_document(document, {}, "en"));
      ++pages;
    } catch (const Json::exception&) {
      ++refusals;
    }
    value = std::move(kept);
    change_each(document, value, depth - 1, pages, refusals);
  }
}

TEST(Kept, a_result_that_was_changed_by_hand_is_a_page_or_a_refusal) {
  Json document = Json::parse(compare_json(tests::compare_result(), {}));
  int pages = 0, refusals = 0;
  change_each(document, document, 4, pages, refusals);
  EXPECT_GT(pages, 100);
  EXPECT_GT(refusals, 10);
}

}  // namespace
}  // namespace sojourn::tools
