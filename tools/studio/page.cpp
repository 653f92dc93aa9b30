#include "tools/studio/page.h"

#include "tools/report/embedded.h"
#include "tools/report/html.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

std::string policy(const std::string& style) {
  return "default-src 'none'; base-uri 'none'; form-action 'none'; connect-src 'self'; img-src data:; style-src '" +
         csp_digest(style) + "'; script-src '" + csp_digest(studio_script()) + "'";
}

}  // namespace

std::string studio_page(const Json& document, const std::string& language) {
  std::string style(page_style());
  style += studio_style();
  Json with_language = document;
  with_language["lang"] = language;
  std::string page = "<!doctype html>\n<html lang=\"" + language + "\">\n<head>\n<meta charset=\"utf-8\">\n" +
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"" + html_text(policy(style)) + "\">\n" +
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
                     "<meta name=\"referrer\" content=\"no-referrer\">\n<link rel=\"icon\" href=\"data:,\">\n<title>" +
                     html_text(document.at("journey").value("title", "")) + " · Sojourn studio</title>\n<style>";
  page += style;
  page += "</style>\n</head>\n<body>\n<div id=\"studio\"></div>\n<script type=\"application/json\" id=\"document\">" +
          script_json(with_language) + "</script>\n<script>";
  page += studio_script();
  return page + "</script>\n</body>\n</html>\n";
}

}  // namespace sojourn::tools
