#include "models/text/suggest.h"

#include "models/text/utf8.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace sojourn::models {
namespace {

constexpr std::size_t longest_word = 63;  // longer ones are nobody's typing mistake

std::string lower(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return folded;
}

std::size_t tolerance(std::size_t length) { return length < 2 ? 0 : length <= 5 ? 1 : length <= 9 ? 2 : 3; }

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
  const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > most || a.size() > longest_word || b.size() > longest_word) return most + 1;
  // Three rows of the table: the one before the last is for swaps. Cells further than `most` from the diagonal are more than `most`
  // (Ukkonen 1985), so that only a band of each row is worked out, with a wall on either side.
  std::array<std::array<std::size_t, longest_word + 2>, 3> rows;
  for (std::size_t j = 0; j <= std::min(b.size(), most); ++j) rows[0][j] = j;
  rows[0][std::min(b.size(), most) + 1] = most + 1;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    const std::size_t from = i > most ? i - most : 1;
    const std::size_t to = std::min(b.size(), i + most);
    row[from - 1] = i > most ? most + 1 : i;
    std::size_t least = row[from - 1];
    for (std::size_t j = from; j <= to; ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], two_above[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    row[to + 1] = most + 1;
    if (least > most) return most + 1;
  }
  return std::min(rows[a.size() % 3][b.size()], most + 1);
}

std::string_view nearest(std::string_view written, const std::vector<std::string_view>& candidates) {
  const std::string folded = lower(written);
  std::size_t most = tolerance(written.size());
  std::string_view best;
  for (const std::string_view candidate : candidates) {
    if (candidate == written) continue;
    const std::size_t distance = edit_distance(folded, lower(candidate), most);
    if (distance > most) continue;
    best = candidate;
    if (distance == 0) break;
    most = distance - 1;  // only a nearer one replaces it
  }
  return best;
}

std::string did_you_mean(std::string_view written, const std::vector<std::string_view>& candidates) {
  const std::string_view found = nearest(written, candidates);
  return found.empty() ? "" : "Did you mean " + quoted(found) + "?";
}

}  // namespace sojourn::models
