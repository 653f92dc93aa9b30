#include "tools/report/page.h"

#include "tools/report/embedded.h"
#include "tools/report/html.h"
#include "tools/report/plain.h"

#include <nlohmann/json.hpp>

#include <string_view>
#include <vector>

namespace sojourn::tools {
namespace {

/// The page's own, and of each part that the document has what shows it.
std::vector<std::string_view> scripts_for(const Json& report) {
  std::vector<std::string_view> scripts;
  if (page_script().empty()) return scripts;
  scripts.push_back(page_script());
  for (const PagePanels& panels : page_panels()) {
    if (report.contains(panels.part)) scripts.push_back(panels.script);
  }
  return scripts;
}

/// Only the scripts and the style of this file run, by their digests; nothing is fetched, framed or sent.
std::string policy(const std::vector<std::string_view>& scripts) {
  std::string text =
      "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '" + csp_digest(page_style()) + "'";
  if (!scripts.empty()) text += "; script-src";
  for (const std::string_view script : scripts) text += " '" + csp_digest(script) + "'";
  return text;
}

}  // namespace

std::string report_page(const Json& report) {
  const std::string language = report.at("lang");
  const std::vector<std::string_view> scripts = scripts_for(report);
  std::string page = "<!doctype html>\n<html lang=\"" + language + "\">\n<head>\n<meta charset=\"utf-8\">\n" +
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"" + html_text(policy(scripts)) + "\">\n" +
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
                     "<meta name=\"referrer\" content=\"no-referrer\">\n" + "<title>" +
                     html_text(report.at("result").at("journey").value("title", "")) + " · Sojourn</title>\n<style>";
  page += page_style();
  page += "</style>\n</head>\n<body>\n<div id=\"page\">\n" + plain_page(report) + "</div>\n";
  page += "<script type=\"application/json\" id=\"report\">" + script_json(report) + "</script>\n";
  for (const std::string_view script : scripts) {
    page += "<script>";
    page += script;
    page += "</script>\n";
  }
  return page + "</body>\n</html>\n";
}

}  // namespace sojourn::tools
