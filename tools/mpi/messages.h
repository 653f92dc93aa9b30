#pragma once
// What the processes of a study say to each other over MPI: bytes with a kind, waited for without turning the processor hot.
//
//   to the one that leads      unit wanted; unit done (its index and rows); the process gives up (why)
//   from the one that leads    there is work (digest of the study); a unit (its index); no more
//
// Only the main thread of a process calls MPI (MPI_THREAD_FUNNELED).

#include <mpi.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sojourn::tools {

enum class MessageKind : int { wanted = 1, done, gives_up, begin, unit, no_more };

struct Message {
  MessageKind kind = MessageKind::wanted;
  int from = 0;
  std::string bytes;
};

class Messages {
 public:
  /// MPI must be there (MPI_Init_thread).
  Messages();
  int rank() const { return rank_; }
  int size() const { return size_; }

  /// At most 2 GiB. Comes back once the bytes are MPI's.
  void send(int to, MessageKind kind, std::string_view bytes = {}) const;
  /// Nothing where none has come.
  std::optional<Message> receive() const;
  /// Looks every millisecond until one comes.
  Message wait() const;

 private:
  int rank_ = 0;
  int size_ = 1;
};

/// 8 bytes, little-endian.
std::string index_bytes(std::uint64_t index);
/// Of the first 8 bytes; throws engine::ContractViolation where there are fewer.
std::uint64_t index_of(std::string_view bytes);

}  // namespace sojourn::tools
