#include "engine/store/detail/stream_device.h"

#include "engine/base/contract.h"
#include "engine/base/io_error.h"
#include "engine/store/detail/quick_digest.h"
#include "engine/store/seal.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

namespace sojourn::engine::detail {
namespace {

constexpr std::size_t kBuffer = 1 << 20;  // bytes

}  // namespace

void StreamDevice::write(std::uint64_t offset, std::string_view bytes) {
  end_ = std::max(end_, offset + bytes.size());
  const auto next = pieces_.lower_bound(offset);
  const bool again = next != pieces_.end() && next->first < offset + bytes.size() &&
                     !(next->first == offset && next->second.size == bytes.size());
  const bool within = next != pieces_.begin() && std::prev(next)->first + std::prev(next)->second.size > offset;
  SOJOURN_ENSURE(!again && !within, "a chunk is written as a whole");
  if (bytes.size() >= kLarge) {
    file_.write_at(offset, bytes);
    pieces_[offset] = {bytes.size(), quick_digest(bytes)};
    return;
  }
  while (!bytes.empty()) {
    Page& page = pages_[offset / kPage];
    const std::size_t at = offset % kPage, count = std::min(bytes.size(), kPage - at);
    std::memcpy(page.bytes.data() + at, bytes.data(), count);
    for (std::size_t i = at; i < at + count; ++i) page.written.set(i);
    offset += count;
    bytes.remove_prefix(count);
  }
}

void StreamDevice::read(std::uint64_t offset, std::span<char> into) {
  const auto next = pieces_.upper_bound(offset);
  if (next != pieces_.begin() && std::prev(next)->first + std::prev(next)->second.size > offset) {
    const auto& [start, piece] = *std::prev(next);
    SOJOURN_ENSURE(offset + into.size() <= start + piece.size, "what is read was written so");
    return file_.read_at(offset, into);
  }
  while (!into.empty()) {
    const std::size_t at = offset % kPage, count = std::min(into.size(), kPage - at);
    const auto page = pages_.find(offset / kPage);
    if (page == pages_.end()) {
      std::fill_n(into.begin(), count, '\0');
    } else {
      std::memcpy(into.data(), page->second.bytes.data() + at, count);
    }
    offset += count;
    into = into.subspan(count);
  }
}

void StreamDevice::write_pages() {
  std::string run;
  std::uint64_t start = 0;
  const auto put = [&] {
    if (!run.empty()) file_.write_at(start, run);
    run.clear();
  };
  for (const auto& [number, page] : pages_) {
    for (std::size_t i = 0; i < kPage; ++i) {
      if (!page.written[i]) continue;
      const std::uint64_t at = number * kPage + i;
      if (start + run.size() != at || run.size() == kBuffer) {
        put();
        start = at;
      }
      run += page.bytes[i];
    }
  }
  put();
}

void StreamDevice::fail_comparison() const {
  throw IoError(Access::write, "read it back", file_.path(), "it is not what was written",
                "The device may be failing: write somewhere else");
}

void StreamDevice::compare_pages(std::uint64_t offset, std::string_view bytes) const {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t at = (offset + i) % kPage, count = std::min(bytes.size() - i, kPage - at);
    const auto page = pages_.find((offset + i) / kPage);
    for (std::size_t k = 0; page != pages_.end() && k < count; ++k) {
      if (page->second.written[at + k] && page->second.bytes[at + k] != bytes[i + k]) fail_comparison();
    }
    i += count;
  }
}

void StreamDevice::read_back_pages(std::uint64_t from, std::uint64_t to, Sha256& whole) const {
  std::vector<char> buffer(std::min<std::uint64_t>(kBuffer, to - from));
  while (from < to) {
    const std::span<char> into = std::span(buffer).first(std::min<std::uint64_t>(buffer.size(), to - from));
    file_.read_at(from, into);
    const std::string_view bytes(into.data(), into.size());
    whole.update(bytes);
    compare_pages(from, bytes);
    from += into.size();
  }
}

Sha256::Digest StreamDevice::read_back() const {
  Sha256 whole;
  std::vector<char> buffer;
  std::uint64_t at = 0;
  for (const auto& [start, piece] : pieces_) {
    read_back_pages(at, start, whole);
    buffer.resize(piece.size);
    file_.read_at(start, buffer);
    const std::string_view bytes(buffer.data(), buffer.size());
    whole.update(bytes);
    if (quick_digest(bytes) != piece.digest) fail_comparison();
    at = start + piece.size;
  }
  read_back_pages(at, end_, whole);
  return whole.digest();
}

void StreamDevice::finish() {
  rethrow();
  write_pages();
  file_.write_at(end_, std::string(kSealSize, ' '));  // its place, so that all before it is there, holes too
  const std::string seal = seal_of(read_back());
  file_.write_at(end_, seal);
  file_.flush();
  std::string found(kSealSize, '\0');
  file_.read_at(end_, found);
  if (found != seal) fail_comparison();
}

}  // namespace sojourn::engine::detail
