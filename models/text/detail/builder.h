#pragma once
// From yaml-cpp's events to a tree, refusing on the way what the strict subset does not have.

#include "models/text/detail/input.h"
#include "models/text/detail/places.h"
#include "models/text/reading.h"
#include "models/text/tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::models::detail {

/// Thrown through yaml-cpp to end the reading after a problem was reported.
struct Enough {
  std::optional<std::size_t> go_on_behind = {};  // where only a part of the file is lost
};

/// Children wait in two queues that all open maps and lists share, and move to their parent when it closes, exactly
/// sized: a million entries are never copied to let a vector grow.
class Builder : public YAML::EventHandler {
 public:
  /// Reads what `input` hands out, a part of the source's text that begins at `base`.
  Builder(const Source& source, std::size_t base, BrakedInput& input, Diagnostics& diagnostics);

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

  /// yaml-cpp gave up: says so in our words. Gives the offset behind which there may be more to find.
  std::size_t gave_up(const YAML::Exception& problem);
  /// The input stopped: too much of something since the last event.
  void braked(BrakedInput::Brake brake);

  /// Closes what is still open and gives the tree.
  Tree finish();
  std::size_t nodes() const { return nodes_; }

 private:
  /// A map or list that is open.
  struct Frame {
    Tree tree;              // its entries or items come when it closes
    std::size_t first = 0;  // of its children in the queue
    std::size_t offset = 0;
    bool bracketed = false;
    bool is_key = false;  // stands where a key should
    bool has_key = false;
    bool drops_value = false;  // the key was refused
    bool plain_key = false;    // the key is written without quotes
    std::string key;
    Mark key_mark;
  };

  std::size_t offset_of(const YAML::Mark& mark) const;
  void note(const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& tag);
  void refuse(const Mark& mark, Refusal refusal);
  void refuse_reference(std::size_t offset);
  void refuse_depth(std::size_t offset);
  void refuse_document(std::size_t offset);
  std::string_view null_word_at(std::size_t offset) const;
  std::size_t sign_of_item(std::size_t offset) const;
  Mark plain_mark(std::size_t offset, const std::string& value);
  Mark quoted_mark(std::size_t offset, const std::string& value);
  std::size_t rest_of_line(std::size_t offset) const;
  bool expects_key() const { return !frames_.empty() && frames_.back().tree.is_map() && !frames_.back().has_key; }
  void open(Tree::Kind kind, std::size_t offset, YAML::EmitterStyle::value style);
  void close();
  void add(Tree tree);

  const Source& source_;
  const std::string& text_;
  std::size_t base_;
  BrakedInput& input_;
  Diagnostics& diagnostics_;
  TextPlaces places_;
  std::vector<Frame> frames_;
  std::deque<Tree::Entry> entries_;  // of all open maps, innermost last
  std::deque<Tree> items_;           // of all open lists, innermost last
  Tree root_;
  std::size_t nodes_ = 0;
  std::size_t documents_ = 0;
  std::size_t last_ = 0;  // offset of the last part
  bool last_was_quoted_ = false;
};

}  // namespace sojourn::models::detail
