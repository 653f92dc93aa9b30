#include "models/journey/address.h"

#include "models/journey/defaults.h"
#include "models/journey/families.h"
#include "models/journey/values.h"
#include "models/text/suggest.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <charconv>

namespace sojourn::models {

std::optional<std::size_t> index_of(std::string_view part) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
  if (error != std::errc() || end != part.data() + part.size()) return std::nullopt;
  return value;
}

namespace {

std::string_view noun(Section section) {
  switch (section) {
    case Section::persona: return "persona";
    case Section::pain: return "pain";
    case Section::goal: return "goal";
    case Section::touchpoint: return "touchpoint";
    case Section::outcome: return "outcome";
    case Section::channel: return "channel";
    case Section::node: return "way to";
    default: return "entry";
  }
}

/// Sections of the file that are not the journey itself.
std::string_view not_changed(const Record& record, std::string_view key) {
  if (&record == &journey_record() && key == "format") return "the format is not part of the journey";
  if (&record == &journey_record() && (key == "uncertain" || key == "calibrate")) {
    return "what is not known about a number is not part of the journey";
  }
  if (record.name == "persona" && key == "overrides") return "overrides are changes themselves";
  return {};
}

bool has_channel(const Tree& journey, std::string_view id) {
  const Tree* touchpoints = journey.find("touchpoints");
  if (!touchpoints) return false;
  return std::ranges::any_of(touchpoints->entries, [&](const Tree::Entry& entry) {
    const Tree* channels = entry.value.find("channels");
    return channels && channels->find(id);
  });
}

/// Follows one address part by part.
class Walker {
 public:
  Walker(const Tree& journey, std::string_view address, Lookup& lookup, Suggest suggest)
      : journey_(journey), address_(address), parts_(parts_of(address)), lookup_(lookup), suggest_(suggest) {
    place_.tree = &journey;
    context_.journey = &journey;
  }

  Place follow() {
    if (address_.empty()) return missing("an address is empty", "");
    type_ = &root_;
    while (at_ < parts_.size()) {
      if (!step()) return std::move(place_);
    }
    place_.type = type_;
    if (place_.tree) {
      place_.state = Place::State::written;
      return std::move(place_);
    }
    end_unwritten();
    return std::move(place_);
  }

 private:
  /// One part further; false when the address leads nowhere.
  bool step() {
    switch (type_->kind) {
      case Kind::record: return into_record();
      case Kind::map: return into_map();
      case Kind::list: return into_list();
      case Kind::distribution: return into_distribution();
      default: break;
    }
    missing(walked() + " has nothing below it", "");
    return false;
  }

  bool into_record() {
    if (place_.tree && place_.tree->kind == Tree::Kind::list) {  // edges to one target, side by side
      const std::optional<std::size_t> index = index_of(parts_[at_]);
      if (index && *index >= place_.tree->items.size()) {
        missing(walked() + " has no edge number " + std::string(parts_[at_]), "");
        return false;
      }
      place_.tree = &place_.tree->items[index.value_or(0)];
      if (index) {
        ++at_;
        return true;
      }
    }
    const Record& record = *type_->record;
    const std::string_view key = parts_[at_];
    const Field* field = find_field(record, key);
    const std::string_view barred = not_changed(record, key);
    if (!barred.empty()) {
      missing(quoted(address_) + " is no address of the journey", "");
      place_.why = barred;
      return false;
    }
    if (!field) {
      std::vector<std::string_view> keys;
      for (const Field& one : record.fields) {
        if (not_changed(record, one.key).empty()) keys.push_back(one.key);
      }
      missing(walked() + " has no " + quoted(key), nearest_or_all(key, keys));
      return false;
    }
    context_.record = place_.tree;
    if (record.name == "touchpoint") context_.touchpoint = place_.tree;
    place_.in_channel = record.name == "channel";
    place_.field = field;
    place_.tree = place_.tree ? place_.tree->find(key) : nullptr;
    type_ = &field->type;
    ++at_;
    return true;
  }

  bool into_map() {
    std::string_view key = parts_[at_];
    std::size_t end = at_ + 1;
    if (type_->section == Section::figure) {  // its keys have points of their own
      key = address_.substr(static_cast<std::size_t>(key.data() - address_.data()));
      end = parts_.size();
    }
    const Tree* entry = place_.tree ? lookup_.find(*place_.tree, key) : nullptr;
    if (!entry) {
      const bool known = type_->section == Section::channel ? has_channel(journey_, key)
                         : type_->section == Section::pain  ? find_pain(key)
                                                            : false;
      if (type_->entry_default.empty() || !known || end < parts_.size()) return no_entry(key);
      place_.value = constant_tree(type_->entry_default);
      has_entry_default_ = true;
    }
    context_.id = key;
    place_.tree = entry;
    place_.field = nullptr;
    place_.in_channel = false;
    type_ = type_->element;
    at_ = end;
    return true;
  }

  bool find_pain(std::string_view id) const {
    const Tree* pains = journey_.find("pains");
    return pains && pains->find(id);
  }

  bool no_entry(std::string_view key) {
    std::string suggestion;
    if (place_.tree && suggest_ == Suggest::nearest) {
      std::vector<std::string_view> keys;
      for (const Tree::Entry& entry : place_.tree->entries) keys.push_back(entry.key);
      suggestion = nearest_or_all(key, keys);
    }
    std::string what = walked() + " has no " + quoted(key);
    if (at_ == 1 && type_->defines) what = "there is no " + std::string(noun(type_->section)) + " " + quoted(key);
    if (!place_.tree && place_.in_channel) {
      what = walked() + " is not written in this channel";
      suggestion = "The touchpoint's holds here: change that, or set " + walked() + " whole";
    }
    missing(what, suggestion);
    return false;
  }

  bool into_list() {
    const std::optional<std::size_t> index = index_of(parts_[at_]);
    if (!place_.tree || !index || *index >= place_.tree->items.size()) {
      missing(walked() + " has no entry " + quoted(parts_[at_]),
              place_.tree ? "Its entries are counted from 0" : "It is not written, so set it whole");
      return false;
    }
    place_.tree = &place_.tree->items[*index];
    place_.field = nullptr;
    type_ = type_->element;
    ++at_;
    return true;
  }

  bool into_distribution() {
    const Tree* tree = place_.tree;
    const std::string here = walked();
    if (!tree) {
      missing(here + " is not written" + (place_.in_channel ? " in this channel" : ""), "Set it whole");
      return false;
    }
    if (!tree->is_map() || tree->entries.empty()) {
      missing(here + " is the constant " + tree->scalar + ", with nothing below it",
              "Set, scale or shift " + here + " itself");
      return false;
    }
    const Tree::Entry& entry = tree->entries.front();
    if (entry.key != parts_[at_]) {
      missing(here + " is a " + entry.key + ", not a " + quoted(parts_[at_]),
              "Set " + here + " whole, or write " + here + "." + entry.key);
      return false;
    }
    const FamilyForm* form = find_form(entry.key, entry.value);
    if (!form || form->family == Distribution::Family::discrete || at_ + 1 == parts_.size()) {
      missing(form && form->family == Distribution::Family::discrete
                  ? "the values and weights of " + here + " have no addresses"
                  : quoted(address_) + " ends before a parameter",
              "Set " + here + " whole");
      return false;
    }
    const std::string_view key = parts_[at_ + 1];
    const auto parameter = std::ranges::find(form->parameters, key, &Parameter::key);
    if (parameter == form->parameters.end() || !entry.value.find(key)) {
      std::vector<std::string_view> keys;
      for (const Parameter& one : form->parameters) keys.push_back(one.key);
      missing(here + "." + entry.key + " has no " + quoted(key), "Its parameters are " + listed(keys));
      return false;
    }
    place_.tree = entry.value.find(key);
    place_.field = nullptr;
    place_.in_channel = false;
    type_ = &parameter_type(*parameter, type_->quantity);
    at_ += 2;
    return true;
  }

  void end_unwritten() {
    if (has_entry_default_) {
      place_.state = Place::State::defaulted;
      return;
    }
    const Field* field = place_.field;
    if (!field || field->need != Need::optional) {
      std::string suggestion;
      if (field && field->need == Need::one_of) suggestion = "Set " + before_last() + " whole";
      missing(std::string(address_) + " is not written", suggestion);
      return;
    }
    std::optional<Tree> value = default_value(*field, context_);
    place_.state = value ? Place::State::defaulted : Place::State::unwritten;
    if (value) place_.value = std::move(*value);
  }

  std::string before_last() const { return std::string(address_.substr(0, address_.rfind('.'))); }

  /// The address up to where the walk is.
  std::string walked() const {
    if (at_ == 0) return "the journey";
    const std::string_view last = parts_[at_ - 1];
    return std::string(address_.substr(0, static_cast<std::size_t>(last.data() + last.size() - address_.data())));
  }

  Place missing(std::string problem, std::string suggestion) {
    place_.state = Place::State::missing;
    place_.tree = nullptr;
    place_.problem = std::move(problem);
    place_.why = "the address " + quoted(address_) + " leads to nothing";
    place_.suggestion = std::move(suggestion);
    return place_;
  }

  const Tree& journey_;
  std::string_view address_;
  std::vector<std::string_view> parts_;
  Lookup& lookup_;
  Suggest suggest_;
  std::size_t at_ = 0;
  Type root_{.kind = Kind::record, .record = &journey_record()};
  const Type* type_ = nullptr;
  DefaultContext context_;
  bool has_entry_default_ = false;
  Place place_;
};

}  // namespace

std::vector<std::string_view> parts_of(std::string_view address) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t point = address.find('.');
    parts.push_back(address.substr(0, point));
    if (point == std::string_view::npos) return parts;
    address.remove_prefix(point + 1);
  }
}

Place find(const Tree& journey, std::string_view address) {
  Lookup lookup;
  return find(journey, address, lookup);
}

Place find(const Tree& journey, std::string_view address, Lookup& lookup, Suggest suggest) {
  return Walker(journey, address, lookup, suggest).follow();
}

}  // namespace sojourn::models
