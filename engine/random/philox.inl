// Philox4x32-10 over words W of 64 bits that hold 32 each, those above being ignored: one, or lanes of them, with a key for each.
// W has +, exclusive_or of three, halves in low_product(w, 32 bits), and down<32>. Included inside a namespace, as engine/base/math.inl is.

template <class W>
struct Words {
  W word[4];
};

template <class W>
SOJOURN_FORMULA Words<W> philox4x32_10(W c0, W c1, W c2, W c3, W k0, W k1) {
  constexpr std::uint32_t kMultiplier0 = 0xD2511F53;
  constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57;
  const W weyl0(std::uint64_t{0x9E3779B9});  // golden ratio
  const W weyl1(std::uint64_t{0xBB67AE85});  // sqrt(3) - 1
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
    const W product0 = low_product(c0, kMultiplier0);
    const W product1 = low_product(c2, kMultiplier1);
    c0 = exclusive_or(down<32>(product1), c1, k0);
    c1 = product1;
    c2 = exclusive_or(down<32>(product0), c3, k1);
    c3 = product0;
    k0 = k0 + weyl0;
    k1 = k1 + weyl1;
  }
  return {{c0, c1, c2, c3}};
}
