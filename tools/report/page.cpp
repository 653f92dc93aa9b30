#include "tools/report/page.h"

#include "tools/report/embedded.h"
#include "tools/report/html.h"
#include "tools/report/plain.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

/// Only the script and style of this file run, by their digests; nothing is fetched, framed or sent.
std::string policy() {
  std::string text =
      "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '" + csp_digest(page_style()) + "'";
  if (!page_script().empty()) text += "; script-src '" + csp_digest(page_script()) + "'";
  return text;
}

}  // namespace

std::string report_page(const Json& report) {
  const std::string language = report.at("lang");
  std::string page = "<!doctype html>\n<html lang=\"" + language + "\">\n<head>\n<meta charset=\"utf-8\">\n" +
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"" + html_text(policy()) + "\">\n" +
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
                     "<meta name=\"referrer\" content=\"no-referrer\">\n" + "<title>" +
                     html_text(report.at("result").at("journey").value("title", "")) + " · Sojourn</title>\n<style>";
  page += page_style();
  page += "</style>\n</head>\n<body>\n<div id=\"page\">\n" + plain_page(report) + "</div>\n";
  page += "<script type=\"application/json\" id=\"report\">" + script_json(report) + "</script>\n";
  if (!page_script().empty()) {
    page += "<script>";
    page += page_script();
    page += "</script>\n";
  }
  return page + "</body>\n</html>\n";
}

}  // namespace sojourn::tools
