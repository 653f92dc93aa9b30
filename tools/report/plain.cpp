#include "tools/report/plain.h"

#include "tools/report/html.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {

std::string plain_page(const Json& report) {
  return "<h1>" + html_text(report["result"]["journey"].value("title", "")) + "</h1>\n";
}

}  // namespace sojourn::tools
