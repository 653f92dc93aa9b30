#include "tools/batch/rows.h"

#include "engine/base/contract.h"

#include <bit>
#include <cstring>

namespace sojourn::tools {
namespace {

static_assert(std::endian::native == std::endian::little, "the numbers of a unit are copied as they are");
constexpr std::size_t kDigits = 64;

void append(std::string& to, std::uint64_t number) { to.append(reinterpret_cast<const char*>(&number), sizeof number); }

/// Takes pieces off the front; what is not there makes it fail for good.
class Taker {
 public:
  explicit Taker(std::string_view rest) : rest_(rest) {}
  bool failed() const { return failed_; }
  bool at_end() const { return rest_.empty() || failed_; }

  std::string_view bytes(std::uint64_t count) {
    if (failed_ || count > rest_.size()) {
      failed_ = true;
      return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    const std::string_view taken = bytes(sizeof value);
    if (!failed_) std::memcpy(&value, taken.data(), sizeof value);
    return value;
  }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace

std::string rows_payload(std::span<const Row> rows) {
  std::string bytes;
  std::size_t journeys = 0;
  for (const Row& row : rows) journeys += row.journeys.size();
  bytes.reserve(journeys);  // nothing else is large
  for (const Row& row : rows) {
    SOJOURN_EXPECT(row.digest.size() == kDigits, "a row has a digest");
    bytes += row.digest;
    append(bytes, row.agents);
    append(bytes, row.failure.size());
    bytes += row.failure;
    append(bytes, row.values.size());
    bytes.append(reinterpret_cast<const char*>(row.values.data()), row.values.size() * sizeof(double));
    append(bytes, row.journeys.size());
    bytes += row.journeys;
  }
  return bytes;
}

std::optional<std::vector<Row>> rows_of_payload(std::string_view payload) {
  std::vector<Row> rows;
  Taker take(payload);
  while (!take.at_end()) {
    Row row;
    row.digest = take.bytes(kDigits);
    row.agents = take.number();
    row.failure = take.bytes(take.number());
    const std::uint64_t values = take.number();
    if (values > payload.size() / sizeof(double)) return std::nullopt;
    const std::string_view numbers = take.bytes(values * sizeof(double));
    if (take.failed()) return std::nullopt;
    row.values.resize(values);
    if (values > 0) std::memcpy(row.values.data(), numbers.data(), numbers.size());
    row.journeys = take.bytes(take.number());
    if (take.failed()) return std::nullopt;
    rows.push_back(std::move(row));
  }
  if (take.failed()) return std::nullopt;
  return rows;
}

}  // namespace sojourn::tools
