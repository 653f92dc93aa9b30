#include "models/journey/normalise.h"

#include <utility>

namespace sojourn::models {
namespace {

/// {key: value}, standing where the short form stood.
Tree long_form(std::string key, const Mark& key_mark, Tree value) {
  Tree tree;
  tree.kind = Tree::Kind::map;
  tree.mark = key_mark;
  tree.entries.push_back({std::move(key), key_mark, std::move(value)});
  return tree;
}

bool is_text(const Tree& tree) { return tree.kind == Tree::Kind::scalar && !tree.is_null(); }

}  // namespace

void normalise(Tree& tree, const Type& type) {
  switch (type.kind) {
    case Kind::record:
      if (type.short_form == ShortForm::weight && is_text(tree)) {
        const Mark mark = tree.mark;
        tree = long_form("weight", mark, std::exchange(tree, {}));
      } else if (type.parallel && tree.kind == Tree::Kind::list) {
        for (Tree& item : tree.items) normalise(item, *type.record);
      } else {
        normalise(tree, *type.record);
      }
      break;
    case Kind::map:
      if (type.short_form == ShortForm::start && is_text(tree)) {
        const Mark mark = tree.mark;
        Tree one;
        one.mark = mark;
        one.scalar = "1";
        tree = long_form(std::move(tree.scalar), mark, std::move(one));
      } else {
        for (Tree::Entry& entry : tree.entries) normalise(entry.value, *type.element);
      }
      break;
    case Kind::list:
      for (Tree& item : tree.items) normalise(item, *type.element);
      break;
    default: break;
  }
}

void normalise(Tree& file, const Record& record) {
  for (Tree::Entry& entry : file.entries) {
    if (const Field* field = find_field(record, entry.key)) normalise(entry.value, field->type);
  }
}

}  // namespace sojourn::models
