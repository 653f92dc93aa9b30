#pragma once
// Means over agents of many quantities of which one agent touches few: derivatives with respect to every parameter of a
// model. A row is a parameter, a column a score.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sojourn::engine {

/// What a mean over agents and its error need.
template <std::size_t Columns>
struct RowSums {
  std::array<double, Columns> sum{};
  std::array<double, Columns> squares{};
};

/// What one agent collected; cleared from agent to agent in the time of what was touched.
template <std::size_t Columns>
class AgentRows {
 public:
  using Row = std::array<double, Columns>;
  explicit AgentRows(std::size_t rows) : rows_(rows), is_touched_(rows, 0) {}

  Row& operator[](std::uint32_t row) {
    if (is_touched_[row] == 0) {
      is_touched_[row] = 1;
      touched_.push_back(row);
    }
    return rows_[row];
  }
  const std::vector<std::uint32_t>& touched() const { return touched_; }
  const Row& at(std::uint32_t row) const { return rows_[row]; }
  void clear() {
    for (const std::uint32_t row : touched_) {
      rows_[row] = Row{};
      is_touched_[row] = 0;
    }
    touched_.clear();
  }

 private:
  std::vector<Row> rows_;
  std::vector<std::uint8_t> is_touched_;
  std::vector<std::uint32_t> touched_;
};

/// The rows that the agents of one chunk touched, with their sums.
template <std::size_t Columns>
using ChunkRows = std::vector<std::pair<std::uint32_t, RowSums<Columns>>>;

/// Sums the agents of a chunk, one after the other.
template <std::size_t Columns>
class ChunkGradient {
 public:
  explicit ChunkGradient(std::size_t rows) : place_(rows, kNowhere) {}

  void add(const AgentRows<Columns>& agent) {
    for (const std::uint32_t row : agent.touched()) {
      if (place_[row] == kNowhere) {
        place_[row] = static_cast<std::uint32_t>(sums_.size());
        sums_.push_back({row, {}});
      }
      RowSums<Columns>& to = sums_[place_[row]].second;
      const auto& values = agent.at(row);
      for (std::size_t c = 0; c < Columns; ++c) {
        to.sum[c] += values[c];
        to.squares[c] += values[c] * values[c];
      }
    }
  }
  /// The chunk's sums; what follows is another chunk.
  ChunkRows<Columns> take() {
    for (const auto& [row, sums] : sums_) place_[row] = kNowhere;
    ChunkRows<Columns> taken;
    taken.swap(sums_);
    return taken;
  }

 private:
  static constexpr std::uint32_t kNowhere = ~std::uint32_t{0};
  std::vector<std::uint32_t> place_;  // [row] -> index into sums_
  ChunkRows<Columns> sums_;
};

/// All agents. Chunks must be added in one order (walk/ordered_chunks.h), for these sums are rounded.
template <std::size_t Columns>
class GradientTally {
 public:
  explicit GradientTally(std::size_t rows) : rows_(rows) {}
  void add(const ChunkRows<Columns>& chunk) {
    for (const auto& [row, sums] : chunk) {
      for (std::size_t c = 0; c < Columns; ++c) {
        rows_[row].sum[c] += sums.sum[c];
        rows_[row].squares[c] += sums.squares[c];
      }
    }
  }
  const RowSums<Columns>& row(std::size_t row) const { return rows_[row]; }
  std::size_t rows() const { return rows_.size(); }

 private:
  std::vector<RowSums<Columns>> rows_;
};

}  // namespace sojourn::engine
