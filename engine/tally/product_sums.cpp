#include "engine/tally/product_sums.h"

#include <cstring>

namespace sojourn::engine {
namespace {

// Eight words at once, by the compiler's own vectors; what is here is inlined, and so compiled for the processor of who calls it.
#define SOJOURN_EIGHT [[gnu::always_inline]] inline
using Eight [[gnu::vector_size(64)]] = std::int64_t;
using Bits [[gnu::vector_size(64)]] =
    std::uint64_t;  // which wrap: rows that are not narrow are looked at and taken away, too

template <class Eights>
SOJOURN_EIGHT void load(Eights& to, const std::int64_t* from) {
  std::memcpy(&to, from, sizeof to);
}
template <class Eights>
SOJOURN_EIGHT void store(const Eights& from, std::int64_t* to) {
  std::memcpy(to, &from, sizeof from);
}

constexpr std::int64_t kLow = (std::int64_t{1} << ProductSums::kBits) - 1;

SOJOURN_EIGHT bool are_narrow_inline(const std::int64_t* row, std::size_t count) {
  // x + 2^53 is from 0 to 2^54 then.
  Bits bits = {};
  for (std::size_t i = 0; i < count; i += 8) {
    Bits x;
    load(x, row + i);
    bits |= x + std::uint64_t{kNarrow};
  }
  std::uint64_t all = 0;
  for (int l = 0; l < 8; ++l) all |= bits[l];
  return all < 2 * std::uint64_t{kNarrow};
}

SOJOURN_EIGHT void add_row_inline(const std::int64_t* row, std::size_t count, std::int64_t* to) {
  for (std::size_t i = 0; i < count; i += 8) {
    Bits x, sum;
    load(x, row + i);
    load(sum, to + i);
    store(sum + x, to + i);
  }
}

SOJOURN_EIGHT void subtract_row_inline(const std::int64_t* row, const std::int64_t* less, std::size_t count,
                                       std::int64_t* to) {
  for (std::size_t i = 0; i < count; i += 8) {
    Bits x, y;
    load(x, row + i);
    load(y, less + i);
    store(x - y, to + i);
  }
}

/// to: [high, across, low][width].
SOJOURN_EIGHT void add_product(const Eight& x_high, const Eight& x_low, const Eight& y, std::size_t width,
                               std::int64_t* to) {
  const Eight y_high = y >> ProductSums::kBits, y_low = y & kLow;
  Eight high, across, low;
  load(high, to);
  load(across, to + width);
  load(low, to + 2 * width);
  store(high + x_high * y_high, to);
  store(across + x_high * y_low + x_low * y_high, to + width);
  store(low + x_low * y_low, to + 2 * width);
}

SOJOURN_EIGHT void add_products_inline(const std::int64_t* x, const std::int64_t* y, std::size_t width,
                                       std::int64_t* to) {
  for (std::size_t i = 0; i < width; i += 8) {
    Eight of_x, of_y;
    load(of_x, x + i);
    load(of_y, y + i);
    add_product(of_x >> ProductSums::kBits, of_x & kLow, of_y, width, to + i);
  }
}

SOJOURN_EIGHT void add_outer_inline(const std::int64_t* x, std::size_t rows, const std::int64_t* y, std::size_t width,
                                    std::int64_t* to) {
  for (std::size_t r = 0; r < rows; ++r) {
    if (x[r] == 0) continue;
    const Eight of_x = Eight{} + x[r];
    for (std::size_t i = 0; i < width; i += 8) {
      Eight of_y;
      load(of_y, y + i);
      add_product(of_x >> ProductSums::kBits, of_x & kLow, of_y, width, to + r * ProductSums::kParts * width + i);
    }
  }
}

struct Lanes {
  bool (*narrow)(const std::int64_t*, std::size_t);
  void (*add)(const std::int64_t*, std::size_t, std::int64_t*);
  void (*subtract)(const std::int64_t*, const std::int64_t*, std::size_t, std::int64_t*);
  void (*products)(const std::int64_t*, const std::int64_t*, std::size_t, std::int64_t*);
  void (*outer)(const std::int64_t*, std::size_t, const std::int64_t*, std::size_t, std::int64_t*);
};

// The same for each kind of processor: integers have but one result.
#define SOJOURN_LANES(name, ...)                                                                                      \
  struct name {                                                                                                       \
    __VA_ARGS__ static bool narrow(const std::int64_t* x, std::size_t n) { return are_narrow_inline(x, n); }          \
    __VA_ARGS__ static void add(const std::int64_t* x, std::size_t n, std::int64_t* to) { add_row_inline(x, n, to); } \
    __VA_ARGS__ static void subtract(const std::int64_t* x, const std::int64_t* y, std::size_t n, std::int64_t* to) { \
      subtract_row_inline(x, y, n, to);                                                                               \
    }                                                                                                                 \
    __VA_ARGS__ static void products(const std::int64_t* x, const std::int64_t* y, std::size_t n, std::int64_t* to) { \
      add_products_inline(x, y, n, to);                                                                               \
    }                                                                                                                 \
    __VA_ARGS__ static void outer(const std::int64_t* x, std::size_t rows, const std::int64_t* y, std::size_t n,      \
                                  std::int64_t* to) {                                                                 \
      add_outer_inline(x, rows, y, n, to);                                                                            \
    }                                                                                                                 \
    static constexpr Lanes all() { return {narrow, add, subtract, products, outer}; }                                 \
  }

SOJOURN_LANES(Plain, );
#if defined(__x86_64__)
SOJOURN_LANES(Avx2, [[gnu::target("avx2")]]);
SOJOURN_LANES(Avx512, [[gnu::target("avx512f,avx512dq,avx512vl")]]);
#endif

Lanes fastest() {
#if defined(__x86_64__)
  const bool wide =
      __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (wide) return Avx512::all();
  if (__builtin_cpu_supports("avx2")) return Avx2::all();
#endif
  return Plain::all();
}

const Lanes& lanes() {
  static const Lanes here = fastest();
  return here;
}

}  // namespace

bool are_narrow(const std::int64_t* row, std::size_t count) { return lanes().narrow(row, count); }
void add_row(const std::int64_t* row, std::size_t count, std::int64_t* to) { lanes().add(row, count, to); }
void subtract_row(const std::int64_t* row, const std::int64_t* less, std::size_t count, std::int64_t* to) {
  lanes().subtract(row, less, count, to);
}

void ProductSums::add_outer(const std::int64_t* x, const std::int64_t* y) {
  lanes().outer(x, rows_, y, width_, words_.data());
}

void ProductSums::add(const std::int64_t* x, const std::int64_t* y) { lanes().products(x, y, width_, words_.data()); }

}  // namespace sojourn::engine
