#pragma once
// The table of hostile files (README.md), and the files that are made when needed.

#include "tests/support/environment.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace sojourn::tests {

/// A file of the table with everything that is expected of it.
struct HostileFile {
  struct Complaint {
    std::string position;  // "line:column", or "-"
    std::string message;
  };
  std::string name;
  int exit = 0;
  std::string layer;
  std::vector<Complaint> complaints;  // in the table's order
};

/// The files of a layer, in the table's order.
inline std::vector<HostileFile> hostile_files(const std::string& layer) {
  std::ifstream table(source_dir() / "tests/hostile/catalogue.tsv");
  std::string line;
  if (!std::getline(table, line) || line != "file\texit\tposition\tmessage\trow\tlayer") {
    throw std::runtime_error("tests/hostile/catalogue.tsv has another header: " + line);
  }
  std::vector<HostileFile> files;
  while (std::getline(table, line)) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
    if (cells.size() != 6) throw std::runtime_error("tests/hostile/catalogue.tsv: not six cells: " + line);
    if (cells[5] != layer) continue;
    if (files.empty() || files.back().name != cells[0]) files.push_back({cells[0], std::stoi(cells[1]), layer, {}});
    if (cells[3] != "-") files.back().complaints.push_back({cells[2], cells[3]});
  }
  return files;
}

/// Where to read a file of the table; what is generated is made in `folder`. Throws where it cannot be.
inline std::filesystem::path hostile_path(const std::string& name, const std::filesystem::path& folder) {
  const std::string prefix = "generated/";
  if (!name.starts_with(prefix))
    return name.starts_with('/') ? std::filesystem::path(name) : source_dir() / "tests/hostile" / name;
  const std::filesystem::path path = folder / name.substr(prefix.size());
  const auto must = [&](bool done) {
    if (!done) throw std::runtime_error("cannot make " + path.string());
  };
  const auto write = [&](const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    must(static_cast<bool>(file << text << std::flush));
  };
  const auto repeated = [](std::size_t count, const std::function<std::string(std::size_t)>& part) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += part(i);
    return text;
  };
  const auto times = [&](std::size_t count, const std::string& part) {
    return repeated(count, [&](std::size_t) { return part; });
  };
  const auto bind_socket = [&] {
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.string().copy(address.sun_path, sizeof address.sun_path - 1);
    must(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    ::close(socket);
  };
  constexpr std::size_t megabyte = std::size_t{1} << 20;

  const std::map<std::string, std::function<void()>> makers = {
      // Deep.
      {"deep_brackets.yaml", [&] { write("about: " + times(500, "[") + times(500, "]") + "\n"); }},
      {"deep_lines.yaml", [&] { write(repeated(500, [](std::size_t i) { return std::string(i, ' ') + "a:\n"; })); }},
      {"deep_items.yaml", [&] { write("about:\n  " + times(200'000, "- ")); }},
      {"open_brackets.yaml", [&] { write("about: " + times(megabyte - 10, "[")); }},
      {"open_maps.yaml", [&] { write(times(megabyte / 4, "{a: ")); }},
      {"open_lists_of_items.yaml", [&] { write(times(megabyte / 3, "[a,")); }},
      // Large.
      {"large_file.yaml", [&] { write(""), std::filesystem::resize_file(path, 64 * megabyte + 1); }},
      {"long_text.yaml", [&] { write("about: \"" + std::string(megabyte + 1, 'x') + "\"\n"); }},
      {"long_word_key.yaml", [&] { write(std::string(10'000, 'x') + ": 1\n"); }},
      {"long_key.yaml", [&] { write("? \"" + std::string(4097, 'x') + "\"\n: 1\n"); }},
      {"long_line.yaml", [&] { write("#" + std::string(4 * megabyte, 'x') + "\njourney: x\n"); }},
      {"long_number.yaml", [&] { write("about: " + std::string(megabyte - 10, '1') + "\n"); }},
      // Many.
      {"many_keys.yaml",
       [&] { write(repeated(75'000, [](std::size_t i) { return "k" + std::to_string(i) + ": 1\n"; })); }},
      {"many_keys_in_brackets.yaml",
       [&] {
         write("{" + repeated(110'000, [](std::size_t i) { return "k" + std::to_string(i) + ", "; }) + "a: 1}\n");
       }},
      {"many_items.yaml", [&] { write("about: [" + times(megabyte / 2 - 10, "a,") + "a]\n"); }},
      {"many_lists.yaml", [&] { write("about: [" + times(megabyte / 3 - 10, "[],") + "a]\n"); }},
      {"same_keys.yaml", [&] { write(times(megabyte / 3, "a:\n")); }},
      {"same_keys_in_brackets.yaml", [&] { write("{" + times(megabyte / 2 - 10, "a,") + "a: 1}\n"); }},
      {"many_aliases.yaml", [&] { write("a: &a 1\nb: [" + times(megabyte / 3 - 10, "*a,") + "*a]\n"); }},
      {"many_empty_items.yaml", [&] { write("about: [" + times(megabyte - 20, ",") + "]\n"); }},
      {"many_wrong_bytes.yaml", [&] { write("about: " + times(megabyte - 10, "\xFF") + "\n"); }},
      {"many_open_quotes.yaml",
       [&] {
         write(repeated(120'000, [](std::size_t i) { return "k" + std::to_string(i % 100) + ": \"\n"; }) + "k: \"");
       }},
      {"many_open_maps.yaml", [&] { write(times(25, "a: {\n") + times(120'000, "b: 1,\n")); }},
      // No regular files.
      {"folder", [&] { std::filesystem::create_directory(path); }},
      {"pipe", [&] { must(::mkfifo(path.c_str(), 0600) == 0); }},
      {"socket", bind_socket},
      {"loop", [&] { std::filesystem::create_symlink("loop", path); }},
      {"unreadable.yaml", [&] { write("journey: x\n"), must(::chmod(path.c_str(), 0) == 0); }},
  };
  const auto maker = makers.find(name.substr(prefix.size()));
  if (maker == makers.end()) throw std::runtime_error("nothing makes " + name);
  maker->second();
  return path;
}

}  // namespace sojourn::tests
