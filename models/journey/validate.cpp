#include "models/journey/validate.h"

#include "models/journey/rules.h"
#include "models/text/id.h"
#include "models/text/number.h"
#include "models/text/suggest.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <array>

namespace sojourn::models {
namespace {

constexpr std::string_view lost = "a key that is not read would be silently lost";

class Validator {
 public:
  enum class Extent { whole, cut_short };  // cut short: what is missing may only not have been read

  Validator(Ranges ranges, Extent extent, Diagnostics& diagnostics)
      : ranges_(ranges), extent_(extent), diagnostics_(diagnostics) {}

  void value(const Tree& tree, const Type& type, const Where& where, std::string_view reason, const Mark& mark) {
    switch (type.kind) {
      case Kind::text: text(tree, type, where); break;
      case Kind::boolean: boolean(tree, type, where, reason); break;
      case Kind::number:
      case Kind::count:
      case Kind::duration: read_value(tree, type, where, ranges_, reason, diagnostics_); break;
      case Kind::distribution:
        if (type.quantity == Quantity::addressed) {
          if (tree.is_null()) wrong_kind(tree, type, where, reason);
        } else {
          validate_distribution(tree, type.quantity, where, ranges_, diagnostics_);
        }
        break;
      case Kind::reference: reference(tree, type, where, reason); break;
      case Kind::address: address(tree, type, where); break;
      case Kind::path: text(tree, type, where); break;
      case Kind::format: break;  // looked at first, see validate
      case Kind::record: record_or_short(tree, type, where, reason, mark); break;
      case Kind::map: map(tree, type, where, reason); break;
      case Kind::list: list(tree, type, where, reason); break;
      case Kind::value:
        if (tree.is_null()) wrong_kind(tree, type, where, reason);
        break;
    }
  }

  void record(const Tree& tree, const Record& record, const Where& where, const Mark& mark) {
    for (const Tree::Entry& entry : tree.entries) {
      const Field* field = find_field(record, entry.key);
      if (!field) {
        unknown_key(entry, record, where);
        continue;
      }
      value(entry.value, field->type, Where{&where, entry.key}, field->description, entry.mark);
    }
    if (extent_ == Extent::cut_short) return;
    missing(tree, record, where, mark);
    if (record.rule == Rule::memory && ranges_ == Ranges::later) return;
    check_rule(tree, record, where, mark, diagnostics_);
  }

 private:
  void wrong_kind(const Tree& tree, const Type& type, const Where& where, std::string_view reason) {
    std::string suggestion;
    if (tree.is_null()) {
      suggestion = type.kind == Kind::map    ? "Write {} for an empty map, or remove the key"
                   : type.kind == Kind::list ? "Write [] for an empty list, or remove the key"
                   : type.kind == Kind::text ? "Write \"\" for an empty text, or remove the key"
                                             : "Write a value, or remove the key";
    }
    diagnostics_.error(tree.mark, where.subject() + " must be " + expected(type) + ", not " + found(tree),
                       as_reason(reason), suggestion);
  }

  void unknown_key(const Tree::Entry& entry, const Record& record, const Where& where) {
    std::vector<std::string_view> keys;
    for (const Field& field : record.fields) keys.push_back(field.key);
    std::string suggestion;
    if (!diagnostics_.crowded()) suggestion = did_you_mean(entry.key, keys);
    if (suggestion.empty()) {
      suggestion = keys.size() == 1 ? "The only key of " + with_article(record.name) + " is " + std::string(keys[0])
                                    : "The keys of " + with_article(record.name) + " are " + listed(keys);
    }
    const std::string address = where.address();
    const std::string what = "unknown key " + quoted(entry.key) + (address.empty() ? "" : " in " + address);
    const bool fraction = entry.value.is_null() && entry.key.find_first_not_of("0123456789") == std::string::npos;
    if (fraction) {  // {weight: 0,5} is {weight: 0, 5: nothing}
      diagnostics_.error(entry.mark, what, "a comma ends an entry, and the decimal sign is a point",
                         "Write for example 0." + entry.key);
    } else {
      diagnostics_.error(entry.mark, what, std::string(lost), suggestion);
    }
  }

  void missing(const Tree& tree, const Record& record, const Where& where, const Mark& mark) {
    std::vector<std::string_view> choices;
    std::vector<const Tree::Entry*> written;
    for (const Field& field : record.fields) {
      if (field.need == Need::required && !tree.find(field.key)) {
        const std::string address = where.address();
        diagnostics_.error(mark, where.subject() + " lacks " + quoted(field.key), as_reason(field.description));
      }
      if (field.need == Need::one_of) choices.push_back(field.key);
    }
    if (choices.empty()) return;
    for (const Tree::Entry& entry : tree.entries) {
      if (std::ranges::find(choices, entry.key) != choices.end()) written.push_back(&entry);
    }
    if (written.empty()) {
      diagnostics_.error(mark, where.subject() + " lacks " + listed(choices, " or "),
                         "exactly one of them says what is meant");
    } else if (written.size() > 1) {
      diagnostics_.error(written[1]->mark,
                         where.subject() + " has both " + quoted(written[0]->key) + " and " + quoted(written[1]->key),
                         "exactly one of " + listed(choices) + " may be written", "Remove one of them");
    }
  }

  void text(const Tree& tree, const Type& type, const Where& where) {
    if (tree.kind != Tree::Kind::scalar || tree.is_null()) wrong_kind(tree, type, where, "");
  }

  void boolean(const Tree& tree, const Type& type, const Where& where, std::string_view reason) {
    if (tree.kind != Tree::Kind::scalar || tree.is_null()) return wrong_kind(tree, type, where, reason);
    const bool right = tree.scalar == "true" || tree.scalar == "false";
    if (right && !tree.quoted) return;
    static constexpr std::array<std::string_view, 7> yes = {"true", "True", "TRUE", "yes", "Yes", "on", "y"};
    static constexpr std::array<std::string_view, 7> no = {"false", "False", "FALSE", "no", "No", "off", "n"};
    std::string suggestion;
    if (std::ranges::find(yes, tree.scalar) != yes.end()) suggestion = "Write true";
    if (std::ranges::find(no, tree.scalar) != no.end()) suggestion = "Write false";
    if (right) suggestion = "Write " + tree.scalar + " without quotes";
    diagnostics_.error(tree.mark, where.address() + " must be true or false, not " + quoted(tree.scalar),
                       as_reason(reason), suggestion);
  }

  void reference(const Tree& tree, const Type& type, const Where& where, std::string_view reason) {
    if (tree.kind != Tree::Kind::scalar || tree.is_null()) return wrong_kind(tree, type, where, reason);
    id(tree.scalar, tree.mark, where);
  }

  void id(const std::string& text, const Mark& mark, const Where& where) {
    if (is_valid_id(text)) return;
    const std::string better = suggest_id(text);
    diagnostics_.error(mark, where.subject() + ": " + quoted(text) + " is not an id",
                       "ids are a letter a..z, then letters, digits, _ and -",
                       better.empty() ? "" : "Write " + better + ", and the text as its label");
  }

  void address(const Tree& tree, const Type& type, const Where& where) {
    if (tree.kind != Tree::Kind::scalar || tree.is_null()) return wrong_kind(tree, type, where, "");
    address_text(tree.scalar, tree.mark);
  }

  void address_text(const std::string& text, const Mark& mark) {
    const bool hole = text.empty() || text.front() == '.' || text.back() == '.' || text.find("..") != std::string::npos;
    const bool strange = text.find_first_of(" \t[]*/{}'\"") != std::string::npos;
    if (!hole && !strange) return;
    diagnostics_.error(
        mark, quoted(text) + " is not an address",
        text.find('*') != std::string::npos ? "there are no wildcards" : "an address is keys and ids joined by points",
        "Write it as in touchpoints.wish.next.carol.weight");
  }

  void record_or_short(const Tree& tree, const Type& type, const Where& where, std::string_view reason,
                       const Mark& mark) {
    if (tree.is_map()) return record(tree, *type.record, where, mark);
    if (type.parallel && tree.kind == Tree::Kind::list) return parallel(tree, type, where, reason);
    if (type.short_form == ShortForm::weight && tree.kind == Tree::Kind::scalar && !tree.is_null()) {
      const Field& weight = *find_field(*type.record, "weight");
      read_value(tree, weight.type, where, ranges_, weight.description, diagnostics_);
      return;
    }
    wrong_kind(tree, type, where, reason);
  }

  /// Two or more edges to the same target, which a reroute leaves behind.
  void parallel(const Tree& tree, const Type& type, const Where& where, std::string_view reason) {
    if (tree.items.size() < 2) {
      diagnostics_.error(tree.mark, where.address() + " is a list of fewer than two edges",
                         "a list stands for several edges to the same target", "Write the edge without the list");
    }
    for (std::size_t i = 0; i < tree.items.size(); ++i) {
      const std::string number = std::to_string(i);
      const Tree& item = tree.items[i];
      if (item.is_map()) {
        record(item, *type.record, Where{&where, number}, item.mark);
      } else {
        wrong_kind(item, Type{.kind = Kind::record, .record = type.record}, Where{&where, number}, reason);
      }
    }
  }

  void map(const Tree& tree, const Type& type, const Where& where, std::string_view reason) {
    if (type.short_form == ShortForm::start && tree.kind == Tree::Kind::scalar && !tree.is_null()) {
      return id(tree.scalar, tree.mark, where);
    }
    if (!tree.is_map()) return wrong_kind(tree, type, where, reason);
    for (const Tree::Entry& entry : tree.entries) {
      if (type.section == Section::address) {
        address_text(entry.key, entry.mark);
      } else if (type.section != Section::figure) {
        id(entry.key, entry.mark, where);
      }
      value(entry.value, *type.element, Where{&where, entry.key}, element_reason(type, reason), entry.mark);
    }
    if (tree.entries.size() < type.least) {
      diagnostics_.error(tree.mark, where.subject() + " is empty", "at least one is needed");
    }
  }

  static std::string_view element_reason(const Type& type, std::string_view reason) {
    return type.element->record ? type.element->record->description : reason;
  }

  void list(const Tree& tree, const Type& type, const Where& where, std::string_view reason) {
    if (tree.kind != Tree::Kind::list) {
      std::string suggestion;
      if (tree.kind == Tree::Kind::scalar && !tree.is_null() && type.element->kind == Kind::reference) {
        suggestion = "Write [" + tree.scalar + "]";
      }
      if (suggestion.empty()) return wrong_kind(tree, type, where, reason);
      diagnostics_.error(tree.mark, where.address() + " must be a list, not " + found(tree), as_reason(reason),
                         suggestion);
      return;
    }
    if (tree.items.size() < type.least || tree.items.size() > type.most) {
      const std::string needed =
          type.least == type.most ? std::to_string(type.least) : "at least " + std::to_string(type.least);
      diagnostics_.error(
          tree.mark, where.address() + " has " + std::to_string(tree.items.size()) + " entries, but needs " + needed,
          as_reason(reason));
    }
    std::optional<double> before;
    for (std::size_t i = 0; i < tree.items.size(); ++i) {
      const std::string number = std::to_string(i);
      const Tree& item = tree.items[i];
      const Where here{&where, number};
      if (!type.rising) {
        value(item, *type.element, here, element_reason(type, reason), item.mark);
        continue;
      }
      const std::optional<double> read = read_value(item, *type.element, here, ranges_, reason, diagnostics_);
      if (read && before && *read <= *before && ranges_ == Ranges::check) {
        diagnostics_.error(item.mark, here.address() + " is " + item.scalar + ", not above the one before it",
                           "the numbers must rise");
      }
      before = read;
    }
  }

  Ranges ranges_;
  Extent extent_;
  Diagnostics& diagnostics_;
};

/// Whether the rest of the file can be understood.
bool known_format(const Tree& file, Diagnostics& diagnostics) {
  const Tree* format = file.find("format");
  if (!format) return true;
  if (format->kind == Tree::Kind::scalar && format->scalar == "sojourn/1") return true;
  std::string suggestion = "Write 'format: sojourn/1'";
  if (format->kind == Tree::Kind::scalar && format->scalar.starts_with("sojourn/")) {
    const Reading<std::int64_t> version = read_whole_number(std::string_view(format->scalar).substr(8));
    if (version && *version > 1) {
      suggestion = "Use sojourn " + std::to_string(*version) + ".0 or later, which reads " + format->scalar;
    }
  }
  diagnostics.error(format->mark, "unknown format " + found(*format),
                    "this program reads sojourn/1, and another format may mean something else by the same words",
                    suggestion);
  return false;
}

}  // namespace

bool validate(const Tree& file, const Record& record, Diagnostics& diagnostics) {
  if (!file.is_map() || !known_format(file, diagnostics)) return false;
  Mark whole = file.mark;
  whole.line = whole.column = 0;
  const auto extent = file.cut_short ? Validator::Extent::cut_short : Validator::Extent::whole;
  Validator(Ranges::check, extent, diagnostics).record(file, record, Where{}, whole);
  return true;
}

void validate_value(const Tree& tree, const Type& type, const Where& where, Ranges ranges, std::string_view reason,
                    Diagnostics& diagnostics) {
  Validator(ranges, Validator::Extent::whole, diagnostics).value(tree, type, where, reason, tree.mark);
}

}  // namespace sojourn::models
