#include "models/text/detail/entries.h"

#include "models/text/utf8.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace sojourn::models::detail {
namespace {

/// Removes the entries at the given rising positions.
void erase_at(std::deque<Tree::Entry>& entries, const std::vector<std::size_t>& positions) {
  std::size_t to = positions.front();
  auto skipped = positions.begin();
  for (std::size_t from = to; from < entries.size(); ++from) {
    if (skipped != positions.end() && *skipped == from) {
      ++skipped;
    } else {
      entries[to++] = std::move(entries[from]);
    }
  }
  entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(to), entries.end());
}

}  // namespace

bool check_key(const Tree& key, Diagnostics& diagnostics) {
  if (key.is_null()) {
    const bool unwritten = key.scalar.empty();
    diagnostics.error(key.mark, unwritten ? "a key is missing" : "the null " + quoted(key.scalar) + " as a key",
                      "a key is a word or a text", unwritten ? "" : "Put it in quotes if it is meant as a word");
    return false;
  }
  if (!key.quoted && key.scalar == "<<") {
    diagnostics.error(key.mark, "the merge key '<<'", "merge keys are not part of these files", "Write the keys out");
    return false;
  }
  if (key.scalar.size() > longest_key) {
    diagnostics.error(key.mark, "a key longer than 4 KB", "", "Shorten it");
    return false;
  }
  for (std::size_t at = 0; at < key.scalar.size();) {
    const CodePoint point = decode(key.scalar, at);
    if (is_control(point.value) || is_invisible(point.value)) {
      diagnostics.error(key.mark,
                        "the key " + quoted(key.scalar) + " holds the invisible character " + printable(point),
                        "two keys that look alike would differ", "Remove it");
      return false;
    }
    at += point.length;
  }
  return true;
}

void check_escaped(const Mark& mark, std::string_view text, Diagnostics& diagnostics) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    if (!point.valid || (is_control(point.value) && point.value != '\n' && point.value != '\t')) {
      diagnostics.error(mark, "an escape in this text gives " + printable(point) + ", which is not text",
                        "control characters would not be seen in a report",
                        point.valid ? "Remove it" : "Write \\u00a0 for \\_, and a space for \\N");
      return;
    }
    at += point.length;
  }
}

void refuse_duplicates(std::deque<Tree::Entry>& entries, std::size_t first, Diagnostics& diagnostics) {
  const std::size_t count = entries.size() - first;
  if (count < 2) return;
  // Sorted, not hashed: no file can be written so that this becomes slow.
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), first);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return entries[a].key < entries[b].key; });
  std::vector<std::size_t> extra;
  std::size_t original = order.front();
  for (std::size_t i = 1; i < count; ++i) {
    if (entries[order[i]].key != entries[original].key) {
      original = order[i];
      continue;
    }
    extra.push_back(order[i]);
    if (diagnostics.full()) continue;
    const Mark& before = entries[original].mark;
    diagnostics.error(entries[order[i]].mark,
                      "the key " + quoted(entries[original].key) + " is written twice in one map",
                      "it is there already at " + std::to_string(before.line) + ":" + std::to_string(before.column) +
                          ", and only one of them could count",
                      "Remove or rename one");
  }
  if (extra.empty()) return;
  std::sort(extra.begin(), extra.end());
  erase_at(entries, extra);
}

}  // namespace sojourn::models::detail
