#include "tools/report/kept.h"

#include "engine/store/format_error.h"
#include "engine/store/hdf5.h"
#include "tests/tools/hand_made.h"
#include "tools/archive/archive.h"
#include "tools/json/json.h"
#include "tools/report/document.h"
#include "tools/report/plain.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <utility>

namespace sojourn::tools {
namespace {

using engine::FormatError;

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

Json drivers_of(const Json& result, int count) {
  Json document = {{"format", "sojourn.drivers/1"},   {"agents", 100},
                   {"journey", result.at("journey")}, {"scenarios", Json::array()},
                   {"drivers", Json::array()},        {"touchpoints", Json::object()}};
  const auto figure = [](double estimate) {
    return Json{{"estimate", estimate}, {"se", 0.1}, {"lo", estimate - 0.2}, {"hi", estimate + 0.2}};
  };
  for (int i = 0; i < count; ++i) {
    document["drivers"].push_back({{"address", "touchpoints.t" + std::to_string(i) + ".cost"},
                                   {"unit", "plain"},
                                   {"value", 1},
                                   {"step", 0.1},
                                   {"effect", {{"nps", i == 0 ? Json() : figure(i % 2 == 0 ? i : -i)}}}});
  }
  document["touchpoints"]["t1"] = {{"importance", figure(2)}, {"performance", figure(7)}};
  document["touchpoints"]["t2"] = {{"importance", nullptr}, {"performance", figure(7)}};
  return document;
}

TEST(KeptDrivers, are_those_that_move_nps_most_as_lists) {
  const Json result = Json::parse(compare_json(tests::compare_result(), {}));
  const Json found = read_kept_drivers(written("drivers.json", drivers_of(result, 200).dump()), result);
  EXPECT_EQ(found.at("of"), 199) << "one had no effect to tell";
  ASSERT_EQ(found.at("drivers").size(), 60U);
  EXPECT_EQ(found.at("drivers").at(0).at("address"), "touchpoints.t199.cost");
  EXPECT_EQ(found.at("drivers").at(0).at("effect").at("nps"), (Json{-199.0, -199.2, -198.8}));
  EXPECT_EQ(found.at("drivers").at(59).at("address"), "touchpoints.t140.cost");
  EXPECT_EQ(found.at("touchpoints").size(), 1U);
}

TEST(KeptDrivers, of_something_else_are_refused) {
  const Json result = Json::parse(compare_json(tests::compare_result(), {}));
  const Json good = drivers_of(result, 3);
  const auto refused = [&](const Json& document) {
    EXPECT_THROW((void)read_kept_drivers(written("drivers.json", document.dump()), result), FormatError)
        << document.dump();
  };
  for (const char* part : {"format", "agents", "journey", "scenarios", "drivers", "touchpoints"}) {
    Json document = good;
    document.erase(part);
    refused(document);
  }
  Json other = good;
  other["journey"]["sha256"] = "0";
  refused(other);
  other = good;
  other["scenarios"].push_back(result.at("journey"));
  refused(other);
  other = good;
  other["drivers"][0].erase("effect");
  refused(other);
}

}  // namespace
}  // namespace sojourn::tools
