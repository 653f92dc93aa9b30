// What it costs that a study's rows reach their file labelled, read back and sealed: MB a second of Hdf5Stream, and of write and fsync
// alone of as many bytes, in turns. A line of JSON for each round.
//
//   store FOLDER [MB [ROUNDS]]

#include "engine/store/hdf5_stream.h"
#include "engine/store/safe_file.h"

#include <fcntl.h>
#include <unistd.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using namespace sojourn::engine;
using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

constexpr std::size_t kColumns = 12, kPiece = 1 << 20;

std::string noise(std::size_t bytes) {
  std::string text(bytes, '\0');
  std::uint64_t state = 88172645463325252;
  for (std::size_t i = 0; i + 8 <= bytes; i += 8) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    for (std::size_t k = 0; k < 8; ++k) text[i + k] = static_cast<char>(state >> (8 * k));
  }
  return text;
}

double streamed(const std::string& path, std::size_t bytes, const std::string& piece) {
  StreamedGroup group{"journeys", "journey", bytes / (kColumns * sizeof(double)), {}};
  for (std::size_t c = 0; c < kColumns; ++c)
    group.columns.push_back({{"column_" + std::to_string(c), {}, {}, "", "1", {}}, StreamedColumn::Type::float64});
  Archive head;
  head.attributes = {{"title", std::string("Rows")}};
  const Clock::time_point start = Clock::now();
  Hdf5Stream stream(head, {}, {group}, path);
  for (std::size_t done = 0; done < bytes; done += kColumns * piece.size())
    for (std::size_t c = 0; c < kColumns; ++c) stream.append(c, piece);
  stream.commit();
  return since(start);
}

double plain(const std::string& path, std::size_t bytes, const std::string& piece) {
  const Clock::time_point start = Clock::now();
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  bool good = file >= 0;
  for (std::size_t done = 0; good && done < bytes; done += piece.size())
    good = ::write(file, piece.data(), piece.size()) == static_cast<ssize_t>(piece.size());
  good = good && ::fsync(file) == 0 && ::close(file) == 0;
  if (!good) std::perror(path.c_str()), std::exit(1);
  return since(start);
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) return std::fputs("store FOLDER [MB [ROUNDS]]\n", stderr), 2;
  const std::size_t unit = kColumns * kPiece;
  const std::size_t bytes = (count > 2 ? std::stoull(words[2]) : 1000) * 1'000'000 / unit * unit;
  const int rounds = count > 3 ? std::atoi(words[3]) : 5;
  const std::string piece = noise(kPiece), path = std::string(words[1]) + "/store.tmp";
  for (int round = 0; round < rounds; ++round) {
    const double raw = plain(path, bytes, piece);
    std::filesystem::remove(path);
    const double ours = streamed(path, bytes, piece);
    std::filesystem::remove(path);
    const double mb = static_cast<double>(bytes) / 1e6;
    std::printf("{\"mb\": %.0f, \"raw_mb_s\": %.0f, \"streamed_mb_s\": %.0f, \"share\": %.3f}\n", mb, mb / raw,
                mb / ours, raw / ours);
    std::fflush(stdout);
  }
}
