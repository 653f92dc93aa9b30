#include "tools/mpi/messages.h"

#include "engine/base/contract.h"

#include <chrono>
#include <climits>
#include <cstring>
#include <thread>

namespace sojourn::tools {

Messages::Messages() {
  MPI_Comm_rank(MPI_COMM_WORLD, &rank_);  // an error of MPI ends the job: its default
  MPI_Comm_size(MPI_COMM_WORLD, &size_);
}

void Messages::send(int to, MessageKind kind, std::string_view bytes) const {
  SOJOURN_EXPECT(bytes.size() <= INT_MAX, "a message of MPI has fewer than 2^31 bytes");
  MPI_Send(bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, to, static_cast<int>(kind), MPI_COMM_WORLD);
}

std::optional<Message> Messages::receive() const {
  int is_there = 0;
  MPI_Status status;
  MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &is_there, &status);
  if (is_there == 0) return std::nullopt;
  int size = 0;
  MPI_Get_count(&status, MPI_BYTE, &size);
  Message message{static_cast<MessageKind>(status.MPI_TAG), status.MPI_SOURCE,
                  std::string(static_cast<std::size_t>(size), '\0')};
  MPI_Recv(message.bytes.data(), size, MPI_BYTE, message.from, status.MPI_TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  return message;
}

Message Messages::wait() const {
  while (true) {
    if (auto message = receive()) return std::move(*message);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

std::string index_bytes(std::uint64_t index) {
  std::string bytes(sizeof index, '\0');
  std::memcpy(bytes.data(), &index, sizeof index);
  return bytes;
}

std::uint64_t index_of(std::string_view bytes) {
  std::uint64_t index = 0;
  SOJOURN_EXPECT(bytes.size() >= sizeof index, "a message that names a unit");
  std::memcpy(&index, bytes.data(), sizeof index);
  return index;
}

}  // namespace sojourn::tools
