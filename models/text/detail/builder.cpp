#include "models/text/detail/builder.h"

#include "models/text/detail/entries.h"
#include "models/text/detail/yaml_words.h"
#include "models/text/utf8.h"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/mark.h>
#include <algorithm>
#include <iterator>
#include <utility>

namespace sojourn::models::detail {

Builder::Builder(const Source& source, std::size_t base, BrakedInput& input, Diagnostics& diagnostics)
    : source_(source),
      text_(source->text),
      base_(base),
      input_(input),
      diagnostics_(diagnostics),
      places_(source),
      last_(base) {}

std::size_t Builder::offset_of(const YAML::Mark& mark) const {
  return mark.pos < 0 ? last_ : std::min(base_ + static_cast<std::size_t>(mark.pos), text_.size());
}

void Builder::OnDocumentStart(const YAML::Mark& mark) {
  if (documents_++ > 0) refuse_document(offset_of(mark));
}

void Builder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  note(mark, anchor, "?");
  Tree null;
  null.scalar = null_word_at(last_);
  if (!null.scalar.empty()) {
    null.mark = places_.at(last_, null.scalar.size());
  } else if (!frames_.empty() && !frames_.back().tree.is_map()) {
    diagnostics_.error(places_.at(sign_of_item(last_)), "an empty list item", "",
                       "Write the item, or remove its '-' or ','");
    return;
  } else if (!frames_.empty() && frames_.back().has_key) {
    Frame& parent = frames_.back();
    null.mark = parent.key_mark;
    if (parent.plain_key && !parent.drops_value && parent.key.find(':') != std::string::npos) {
      refuse(parent.key_mark, glued_words());
      parent.drops_value = true;
    }
  } else {
    null.mark = places_.at(last_);
  }
  add(std::move(null));
}

void Builder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
  note(mark, 0, "?");
  refuse_reference(last_);
  if (expects_key()) {
    frames_.back().has_key = frames_.back().drops_value = true;
    return;
  }
  Tree stand_in;
  stand_in.mark = places_.at(last_);
  stand_in.quoted = true;
  add(std::move(stand_in));
}

void Builder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       const std::string& value) {
  note(mark, anchor, tag);
  if (value.size() > longest_scalar) {
    diagnostics_.error(places_.at(last_), "a text longer than 1 MB", "", "Shorten it");
    throw Enough{};
  }
  Tree scalar;
  scalar.quoted = tag == "!";
  scalar.mark = scalar.quoted ? quoted_mark(last_, value) : plain_mark(last_, value);
  scalar.scalar = value;
  last_was_quoted_ = scalar.quoted;
  add(std::move(scalar));
}

void Builder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                              YAML::EmitterStyle::value style) {
  note(mark, anchor, tag);
  if (frames_.empty()) {
    diagnostics_.error(places_.at(last_), "the top level is a list", "it must be a map of 'key: value' lines", "");
    throw Enough{};
  }
  open(Tree::Kind::list, last_, style);
}

void Builder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) {
  note(mark, anchor, tag);
  open(Tree::Kind::map, last_, style);
}

std::size_t Builder::gave_up(const YAML::Exception& problem) {
  if (dynamic_cast<const YAML::DeepRecursion*>(&problem) != nullptr) {
    refuse_depth(last_);
    return last_;
  }
  Stop stop;
  stop.text = text_;
  stop.offset = offset_of(problem.mark);
  stop.last = last_;
  stop.last_was_quoted = last_was_quoted_;
  if (!frames_.empty() && frames_.back().bracketed) stop.open_bracket = frames_.back().offset;
  Words words = words_for(problem.msg, stop);
  if (words.opened) {
    const Mark opened = places_.at(*words.opened);
    words.refusal.why = std::string("the bracket ") + text_[*words.opened] + " of " + std::to_string(opened.line) +
                        ":" + std::to_string(opened.column) + " is still open";
  }
  refuse(places_.at(words.offset), std::move(words.refusal));
  return words.opened.value_or(words.offset);
}

void Builder::braked(BrakedInput::Brake brake) {
  if (brake == BrakedInput::Brake::depth) {
    std::size_t depth = frames_.size();
    std::size_t at = last_ + (frames_.empty() || frames_.back().offset != last_ ? 0 : 1);
    for (; at < text_.size(); ++at) {
      if ((text_[at] == '[' || text_[at] == '{') && ++depth > deepest_nesting) break;
      if ((text_[at] == ']' || text_[at] == '}') && depth > frames_.size()) --depth;
    }
    refuse_depth(at);
  } else {
    diagnostics_.error(places_.at(last_), "too much in one pair of brackets at the start of a line or item", "",
                       "Write large maps and lists as lines, one key or item each");
  }
}

Tree Builder::finish() {
  while (!frames_.empty()) close();
  return std::move(root_);
}

/// Before every part: its place, its anchor and tag, and the number of nodes.
void Builder::note(const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& tag) {
  input_.event();
  if (diagnostics_.full()) throw Enough{};
  last_ = offset_of(mark);
  last_was_quoted_ = false;
  if (anchor != 0) refuse_reference(last_);
  const bool untagged = tag == "?" || (tag == "!" && !(last_ < text_.size() && text_[last_] == '!'));
  if (!untagged) refuse(places_.at(last_), tag_words());
  if (++nodes_ > most_nodes) {
    diagnostics_.error(places_.at(last_), "more than " + std::to_string(most_nodes) + " keys and values", "", "");
    throw Enough{};
  }
}

void Builder::refuse(const Mark& mark, Refusal refusal) {
  diagnostics_.error(mark, std::move(refusal.what), std::move(refusal.why), std::move(refusal.suggestion));
}

void Builder::refuse_reference(std::size_t offset) {
  refuse(places_.at(offset, count_code_points(reference_at(text_, offset))), reference_words(text_, offset));
}

void Builder::refuse_depth(std::size_t offset) {
  diagnostics_.error(places_.at(offset), "nested deeper than " + std::to_string(deepest_nesting) + " levels",
                     "a journey needs no more than ten", "Check the brackets");
}

/// A second document, or what yaml-cpp takes for one because it does not fit to the map above.
void Builder::refuse_document(std::size_t offset) {
  if (std::string_view(text_).substr(offset).starts_with("---")) {
    diagnostics_.error(places_.at(offset, 3), "a second document",
                       "a file holds one; the rest would be dropped silently", "Put it in a file of its own");
    throw Enough{};
  }
  const std::size_t before = offset == 0 ? std::string::npos : text_.find_last_not_of(" \t\r\n", offset - 1);
  const bool after_end = before != std::string::npos && before >= 2 && text_.compare(before - 2, 3, "...") == 0;
  diagnostics_.error(
      places_.at(offset),
      after_end ? "text after the end of the document ('...')" : "this does not belong to what stands above it",
      "the rest of the file would be dropped silently", after_end ? "Remove the '...'" : "Check the indentation");
  throw Enough{};
}

/// The null written at an offset, or nothing where yaml-cpp means that a value is not there at all.
std::string_view Builder::null_word_at(std::size_t offset) const {
  const std::string_view text = text_;
  if (offset >= text.size()) return {};
  const std::string_view word = text.substr(offset, text[offset] == '~' ? 1 : 4);
  if (!is_null_word(word)) return {};
  // Behind the word itself stands nothing; otherwise it begins what comes next, such as a key `nullify`.
  const std::size_t end = offset + word.size();
  const std::size_t after = text.find_first_not_of(" \t", end);
  if (after == std::string_view::npos || text[after] == '\n' || text[after] == '\r') return word;
  if (text[after] == '#' && after > end) return word;
  const bool in_brackets = !frames_.empty() && frames_.back().bracketed;
  if (in_brackets && std::string_view(",]}").find(text[after]) != std::string_view::npos) return word;
  return expects_key() && text[after] == ':' ? word : std::string_view();
}

/// yaml-cpp marks an item that is not there at what follows it; its '-' is before that.
std::size_t Builder::sign_of_item(std::size_t offset) const {
  const std::size_t before = offset == 0 ? std::string::npos : text_.find_last_not_of(" \t\r\n", offset - 1);
  return before != std::string::npos && text_[before] == '-' ? before : offset;
}

Mark Builder::plain_mark(std::size_t offset, const std::string& value) {
  if (std::string_view(text_).substr(offset).starts_with(value)) {
    return places_.at(offset, std::max<std::size_t>(count_code_points(value), 1));
  }
  return places_.at(offset, rest_of_line(offset));  // over several lines
}

/// Of a text in quotes or below '|' and '>'; looks at what the quotes hold on the way.
Mark Builder::quoted_mark(std::size_t offset, const std::string& value) {
  const char quote = offset < text_.size() ? text_[offset] : '\0';
  if (quote != '"' && quote != '\'') return places_.at(offset);
  const auto end = end_of_quote(text_, offset);
  if (!end) {
    // yaml-cpp 0.7 takes a quote that the end of the file cuts off after a line end as closed.
    refuse(places_.at(offset), unclosed_quote_words(text_, offset));
    throw Enough{offset};
  }
  const std::string_view raw = std::string_view(text_).substr(offset, *end - offset);
  const bool one_line = raw.find('\n') == std::string_view::npos;
  const Mark mark = places_.at(offset, one_line ? count_code_points(raw) : rest_of_line(offset));
  if (quote == '"' && raw.find('\\') != std::string_view::npos) check_escaped(mark, value, diagnostics_);
  return mark;
}

std::size_t Builder::rest_of_line(std::size_t offset) const {
  const std::size_t end = std::min(text_.find('\n', offset), text_.size());
  return std::max<std::size_t>(count_code_points(std::string_view(text_).substr(offset, end - offset)), 1);
}

void Builder::open(Tree::Kind kind, std::size_t offset, YAML::EmitterStyle::value style) {
  if (frames_.size() >= deepest_nesting) {
    refuse_depth(offset);
    throw Enough{};
  }
  Frame frame;
  frame.tree.kind = kind;
  frame.tree.mark = places_.at(offset);
  frame.first = kind == Tree::Kind::map ? entries_.size() : items_.size();
  frame.offset = offset;
  frame.bracketed =
      style == YAML::EmitterStyle::Flow && offset < text_.size() && (text_[offset] == '{' || text_[offset] == '[');
  frame.is_key = expects_key();
  if (frame.is_key) {
    diagnostics_.error(frame.tree.mark, std::string("a ") + (kind == Tree::Kind::map ? "map" : "list") + " as a key",
                       "a key is a word or a text", "");
  }
  frames_.push_back(std::move(frame));
}

void Builder::close() {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  const auto take = [&](auto& queue, auto& children) {
    const auto first = queue.begin() + static_cast<std::ptrdiff_t>(frame.first);
    children.assign(std::make_move_iterator(first), std::make_move_iterator(queue.end()));
    queue.erase(first, queue.end());
  };
  if (frame.tree.is_map()) {
    refuse_duplicates(entries_, frame.first, diagnostics_);
    take(entries_, frame.tree.entries);
  } else {
    take(items_, frame.tree.items);
  }
  if (!frame.is_key) return add(std::move(frame.tree));
  Frame& parent = frames_.back();
  parent.has_key = parent.drops_value = true;
  parent.key_mark = std::move(frame.tree.mark);
}

void Builder::add(Tree tree) {
  if (frames_.empty()) {
    root_ = std::move(tree);
    return;
  }
  Frame& parent = frames_.back();
  if (!parent.tree.is_map()) {
    items_.push_back(std::move(tree));
  } else if (parent.has_key) {
    if (!parent.drops_value) entries_.push_back({std::move(parent.key), std::move(parent.key_mark), std::move(tree)});
    parent.has_key = false;
  } else {
    parent.has_key = true;
    parent.drops_value = !check_key(tree, diagnostics_);
    parent.plain_key = !tree.quoted;
    parent.key = std::move(tree.scalar);
    parent.key_mark = std::move(tree.mark);
  }
}

}  // namespace sojourn::models::detail
