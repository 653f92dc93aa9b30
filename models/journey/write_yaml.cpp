#include "models/journey/write.h"

#include "models/text/utf8.h"

#include <algorithm>
#include <utility>

namespace sojourn::models {
namespace {

constexpr std::size_t page_width = 110;  // code points
constexpr std::size_t deepest_line = 2;  // maps within maps that a person still reads in one line

enum class Context { block, flow, key };

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Whether a scalar without quotes surely reads back as itself, whatever stands around it. More texts would, but what a
/// person doubts about is better quoted.
bool plain(std::string_view text, Context context) {
  if (text.empty() || text.back() == ' ') return false;
  const bool is_signed =
      text.size() > 1 && (text[0] == '-' || text[0] == '+' || text[0] == '.') && is_letter_or_digit(text[1]);
  if (!is_letter_or_digit(text[0]) && !is_signed) return false;
  std::string_view allowed = " _.-+";
  if (context == Context::flow) allowed = " _.-+()/!;=&%'";
  if (context == Context::block) allowed = " _.-+()/!;=&%',?:";
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    if (!point.valid || is_control(point.value) || is_invisible(point.value)) return false;
    const char c = text[at];
    if (!is_letter_or_digit(c) && allowed.find(c) == std::string_view::npos) return false;
    const std::size_t next = at + point.length;
    if (c == ':' && (next == text.size() || !is_letter_or_digit(text[next]))) return false;
    at = next;
  }
  return true;
}

std::string in_quotes(std::string_view text) {
  std::string result = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    const std::string_view bytes = text.substr(at, point.length);
    at += point.length;
    if (bytes == "\"" || bytes == "\\") {
      result += '\\';
      result += bytes;
    } else if (bytes == "\n") {
      result += "\\n";
    } else if (point.valid && (is_control(point.value) || is_invisible(point.value))) {
      result += printable(point);
    } else {
      result += bytes;
    }
  }
  return result + "\"";
}

std::string scalar(const Tree& tree, Context context) {
  if (tree.quoted) return in_quotes(tree.scalar);
  if (tree.scalar.empty()) return "~";  // nothing, which is nothing elsewhere too
  return plain(tree.scalar, context) ? tree.scalar : in_quotes(tree.scalar);
}

std::string key(const std::string& text) {
  return plain(text, Context::key) && text.size() < 1000 ? text : in_quotes(text);
}

std::size_t depth(const Tree& tree) {
  std::size_t below = 0;
  for (const Tree::Entry& entry : tree.entries) below = std::max(below, depth(entry.value));
  for (const Tree& item : tree.items) below = std::max(below, depth(item));
  return tree.kind == Tree::Kind::scalar ? 0 : below + 1;
}

/// Appends in one line; gives up (and says so) as soon as more than `room` bytes are written.
bool flow(const Tree& tree, std::size_t room, std::string& to) {
  const auto part = [&](std::string_view text) {
    to += text;
    return to.size() <= room;
  };
  bool first = true;
  const auto comma = [&] { return std::exchange(first, false) || part(", "); };
  switch (tree.kind) {
    case Tree::Kind::scalar: return part(scalar(tree, Context::flow));
    case Tree::Kind::map:
      if (!part("{")) return false;
      for (const Tree::Entry& entry : tree.entries) {
        if (!comma() || !part(key(entry.key)) || !part(": ") || !flow(entry.value, room, to)) return false;
      }
      return part("}");
    case Tree::Kind::list:
      if (!part("[")) return false;
      for (const Tree& item : tree.items) {
        if (!comma() || !flow(item, room, to)) return false;
      }
      return part("]");
  }
  return false;
}

class Writer {
 public:
  std::string write(const Tree& tree) {
    if (tree.entries.empty()) return "{}\n";
    entries(tree, 0);
    return std::move(text_);
  }

 private:
  /// `room_used`: code points of the line that are there already.
  bool one_line(const Tree& tree, std::size_t indent, std::size_t room_used) {
    const bool empty = tree.entries.empty() && tree.items.empty();
    if (!empty && (depth(tree) > deepest_line || (indent == 0 && depth(tree) > 1))) return false;
    std::string line;
    if (!flow(tree, empty ? 2 : 4 * page_width, line)) return false;
    if (!empty && room_used + count_code_points(line) > page_width) return false;
    text_ += line;
    return true;
  }

  void entries(const Tree& map, std::size_t indent) {
    bool first = true;
    for (const Tree::Entry& entry : map.entries) {
      if (!std::exchange(first, false) || text_.empty() || text_.back() == '\n') text_.append(indent, ' ');
      const std::string name = key(entry.key);
      text_ += name + ":";
      value(entry.value, indent, indent + name.size() + 2);
    }
  }

  /// What follows `key:`.
  void value(const Tree& tree, std::size_t indent, std::size_t room_used) {
    if (tree.kind == Tree::Kind::scalar) {
      text_ += " " + scalar(tree, Context::block) + "\n";
      return;
    }
    text_ += ' ';
    if (one_line(tree, indent, room_used)) {
      text_ += '\n';
      return;
    }
    text_.back() = '\n';
    if (tree.is_map()) return entries(tree, indent + 2);
    for (const Tree& item : tree.items) list_item(item, indent + 2);
  }

  void list_item(const Tree& item, std::size_t indent) {
    text_.append(indent, ' ');
    text_ += "- ";
    if (item.kind == Tree::Kind::scalar) {
      text_ += scalar(item, Context::block) + "\n";
    } else if (one_line(item, indent + 2, indent + 2)) {
      text_ += '\n';
    } else if (item.is_map()) {
      entries(item, indent + 2);
    } else {
      text_.pop_back();
      text_.back() = '-';
      text_ += '\n';
      for (const Tree& inner : item.items) list_item(inner, indent + 2);
    }
  }

  std::string text_;
};

}  // namespace

std::string to_yaml(const Tree& tree) { return Writer().write(tree); }

std::string to_yaml_line(const Tree& tree) {
  std::string line;
  flow(tree, std::string::npos, line);
  return line;
}

bool same_text(const Tree& a, const Tree& b) {
  if (a.kind != b.kind || a.scalar != b.scalar) return false;
  const auto same_entry = [](const Tree::Entry& x, const Tree::Entry& y) {
    return x.key == y.key && same_text(x.value, y.value);
  };
  return std::ranges::equal(a.entries, b.entries, same_entry) && std::ranges::equal(a.items, b.items, same_text);
}

}  // namespace sojourn::models
