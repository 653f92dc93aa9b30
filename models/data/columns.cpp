#include "models/data/columns.h"

#include "models/text/suggest.h"
#include "models/text/utf8.h"

#include <algorithm>

namespace sojourn::models {
namespace {

std::string listed(std::span<const CsvCell> header) {
  constexpr std::size_t most = 40;
  std::string text;
  for (std::size_t i = 0; i < header.size() && i < most; ++i) text += (i ? ", " : "") + quoted(header[i].text);
  if (header.size() > most) text += " and " + std::to_string(header.size() - most) + " more";
  return "The columns are " + text;
}

Mark mark_of(std::span<const CsvCell> header, const Source& source) {
  return {source, header.empty() ? 0 : header.front().line, 1, 1};
}

std::vector<std::size_t> columns_called(std::span<const CsvCell> header, std::string_view plain) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (plain_name(header[i].text) == plain) found.push_back(i);
  }
  return found;
}

}  // namespace

std::string plain_name(std::string_view name) {
  std::string plain;
  bool gap = false;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) {
      if (gap && !plain.empty()) plain += '_';
      gap = false;
      plain += upper ? static_cast<char>(c - 'A' + 'a') : c;
    } else {
      gap = true;
    }
  }
  return plain;
}

bool is_personal(std::string_view column) {
  static constexpr std::string_view words[] = {"email",
                                               "e_mail",
                                               "mail",
                                               "email_address",
                                               "emailaddress",
                                               "recipientemail",
                                               "ip",
                                               "ip_address",
                                               "ipaddress",
                                               "phone",
                                               "phone_number",
                                               "mobile",
                                               "telephone",
                                               "telefon",
                                               "name",
                                               "first_name",
                                               "firstname",
                                               "last_name",
                                               "lastname",
                                               "full_name",
                                               "fullname",
                                               "surname",
                                               "vorname",
                                               "nachname",
                                               "recipientfirstname",
                                               "recipientlastname",
                                               "recipient_first_name",
                                               "recipient_last_name",
                                               "recipient_email",
                                               "address",
                                               "street",
                                               "adresse",
                                               "latitude",
                                               "longitude",
                                               "locationlatitude",
                                               "locationlongitude",
                                               "location_latitude",
                                               "location_longitude",
                                               "date_of_birth",
                                               "birthday",
                                               "geburtsdatum",
                                               "customer_name",
                                               "user_name",
                                               "username",
                                               "iban"};
  return std::ranges::find(words, plain_name(column)) != std::end(words);
}

std::optional<std::size_t> find_column(std::span<const CsvCell> header, std::string_view name, const Source& source,
                                       Diagnostics& diagnostics) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i].text == name) found.push_back(i);
  }
  if (found.empty()) found = columns_called(header, plain_name(name));
  if (found.size() == 1) return found.front();
  if (found.size() > 1) {
    diagnostics.error(mark_of(header, source), "two columns are called " + quoted(name),
                      "nobody can tell which is meant");
    return std::nullopt;
  }
  std::vector<std::string_view> known;
  for (const CsvCell& cell : header) known.push_back(cell.text);
  const std::string near = did_you_mean(name, known);
  diagnostics.error(mark_of(header, source), "no column is called " + quoted(name), "",
                    (near.empty() ? "" : near + " ") + listed(header));
  return std::nullopt;
}

std::map<std::string, std::size_t, std::less<>> find_columns(std::span<const CsvCell> header,
                                                             std::span<const ColumnRole> roles, const ColumnNames& said,
                                                             const Source& source, Diagnostics& diagnostics) {
  std::map<std::string, std::size_t, std::less<>> columns;
  const auto taken = [&](std::size_t column) {
    return std::ranges::any_of(columns, [&](const auto& entry) { return entry.second == column; });
  };
  for (const ColumnRole& role : roles) {  // what is said comes first, so that no usual name takes it
    const auto name = said.find(role.role);
    if (name == said.end()) continue;
    if (const auto column = find_column(header, name->second, source, diagnostics)) columns.emplace(role.role, *column);
  }
  for (const ColumnRole& role : roles) {
    if (said.contains(role.role)) continue;
    bool twice = false;
    for (const std::string_view usual : role.usual) {
      const std::vector<std::size_t> found = columns_called(header, usual);
      if (role.required && found.size() > 1) {
        diagnostics.error(mark_of(header, source), "two columns are called " + quoted(header[found.front()].text),
                          "nobody can tell which is meant",
                          "Rename one, or take the one that is not the " + std::string(role.role) + " out");
        twice = true;
        break;
      }
      if (found.size() == 1 && !taken(found.front()) && !(role.shown && is_personal(header[found.front()].text))) {
        columns.emplace(role.role, found.front());
        break;
      }
    }
    if (role.required && !twice && !columns.contains(role.role)) {
      std::vector<std::string_view> known;
      for (const CsvCell& cell : header) known.push_back(cell.text);
      std::string guess;
      for (const std::string_view usual : role.usual) {
        const std::string_view near = nearest(usual, known);
        if (!near.empty() && guess.empty()) guess = "Is it " + quoted(near) + "? ";
      }
      diagnostics.error(
          mark_of(header, source), "no column for the " + std::string(role.role) + " is found", "",
          guess + "Say which it is by '" + std::string(role.flag) + " NAME' or in a mapping. " + listed(header));
    }
  }
  for (const ColumnRole& role : roles) {
    const auto column = columns.find(role.role);
    if (column == columns.end() || !role.shown || !is_personal(header[column->second].text)) continue;
    diagnostics.error(mark_of(header, source), quoted(header[column->second].text) + " looks like personal data",
                      "what it holds would be written into what is learned",
                      "Take a column of segments as the " + std::string(role.role) + ", or rename it");
  }
  return columns;
}

}  // namespace sojourn::models
