#include "tools/studio/server.h"

#include "engine/base/io_error.h"
#include "models/text/diagnostic.h"
#include "models/text/utf8.h"
#include "tools/program/interrupt.h"
#include "tools/studio/jobs.h"
#include "tools/words/complaints.h"

#include <httplib.h>
#include <sys/random.h>

#include <nlohmann/json.hpp>

#include <cerrno>
#include <chrono>
#include <thread>

namespace sojourn::tools {
namespace {

constexpr std::size_t largest_body = std::size_t{1} << 20;
constexpr const char* json_type = "application/json; charset=utf-8";

/// Takes as long for every wrong text of the right length.
bool same(const std::string& a, const std::string& b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
  }
  return difference == 0;
}

void answer(httplib::Response& response, int status, const Json& json) {
  response.status = status;
  response.set_content(json.dump(-1, ' ', false, Json::error_handler_t::replace), json_type);
}

void complain(httplib::Response& response, int status, const std::string& what) {
  answer(response, status, {{"error", what}});
}

/// A problem in a sentence or a few: without file, line and caret, which the page has no place for.
std::string sentences(const models::InputError& error, Language language) {
  std::string text;
  for (const models::Diagnostic& one : error.diagnostics().list()) {
    if (one.severity != models::Diagnostic::Severity::error) continue;
    if (!text.empty()) text += "\n";
    const auto said = [&](const std::string& english) { return models::printable(complaint(english, language)); };
    text += said(one.what);
    if (!one.why.empty()) text += " (" + said(one.why) + ")";
    text += ".";
    if (!one.suggestion.empty()) text += " " + said(one.suggestion) + (one.suggestion.ends_with('?') ? "" : ".");
    if (text.size() > 2000) break;
  }
  return text;
}

Language language_of(const httplib::Request& request) {
  return request.get_header_value("X-Sojourn-Language") == "de" ? Language::german : Language::english;
}

}  // namespace

std::string new_token() {
  unsigned char bytes[20];
  if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) {
    throw engine::IoError(engine::Access::read, "get random numbers", "/dev/urandom", errno);
  }
  constexpr char digits[] = "abcdefghijkmnopqrstuvwxyz23456789";  // 33: the last is never used
  std::string token;
  for (const unsigned char byte : bytes) token += digits[byte % 32];
  return token;
}

struct StudioServer::Parts {
  Session& session;
  std::string page;
  std::string token;
  int port = 0;
  Jobs jobs;
  httplib::Server server;

  Parts(Session& of, std::string with_page, std::string with_token)
      : session(of), page(std::move(with_page)), token(std::move(with_token)) {}

  /// Pages of other sites, and names that were made to lead here, have another Host or another Origin.
  bool is_ours(const httplib::Request& request) const {
    const std::string end = ":" + std::to_string(port);
    const std::string host = request.get_header_value("Host");
    if (host != "127.0.0.1" + end && host != "localhost" + end) return false;
    if (request.get_header_value_count("Host") != 1) return false;
    if (!request.has_header("Origin")) return true;
    return request.get_header_value("Origin") == "http://" + host;
  }

  bool may_enter(const httplib::Request& request) const {
    if (request.method == "GET") return same(request.get_param_value("token"), token);
    return same(request.get_header_value("X-Sojourn-Token"), token);
  }

  /// One job of the queue; `work` gives nothing where it was dropped on its way.
  void job(const httplib::Request& request, httplib::Response& response, Jobs::Kind kind,
           const std::function<std::optional<Json>(const Json& asked, const Jobs::Wanted& wanted)>& work) {
    const Json asked = Json::parse(request.body, nullptr, false);
    if (asked.is_discarded() || !asked.is_object()) return complain(response, 400, "The request is no JSON object.");
    try {
      std::optional<Json> result;
      jobs.run(kind, request.get_header_value("X-Sojourn-Page"),
               [&](const Jobs::Wanted& wanted) { result = work(asked, wanted); });
      answer(response, 200, result ? *result : Json{{"dropped", true}});
    } catch (const models::InputError& error) {
      complain(response, 422, sentences(error, language_of(request)));
    } catch (const models::MissingFile& error) {
      complain(response, 422, models::printable(error.what()));
    } catch (const engine::IoError& error) {
      complain(response, 500, error.what());
    } catch (const Json::exception& error) {
      complain(response, 400, std::string("The request is not what it should be: ") + error.what());
    }
  }

  void route() {
    server.set_payload_max_length(largest_body);
    server.set_tcp_nodelay(true);
    server.set_keep_alive_max_count(100'000);
    server.set_keep_alive_timeout(1);  // seconds that a stop may wait for
    server.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      response.set_header("Cache-Control", "no-store");
      response.set_header("X-Content-Type-Options", "nosniff");
      response.set_header("X-Frame-Options", "DENY");
      response.set_header("Referrer-Policy", "no-referrer");
      response.set_header("Cross-Origin-Resource-Policy", "same-origin");
      if (!is_ours(request)) {
        complain(response, 403, "This address is for the studio's own page only.");
        return httplib::Server::HandlerResponse::Handled;
      }
      if (!may_enter(request)) {
        complain(response, 403, "The token is missing or wrong. Open the address that 'sojourn studio' printed.");
        return httplib::Server::HandlerResponse::Handled;
      }
      if (request.method == "POST" && !request.get_header_value("Content-Type").starts_with("application/json")) {
        complain(response, 415, "The request is no JSON.");
        return httplib::Server::HandlerResponse::Handled;
      }
      return httplib::Server::HandlerResponse::Unhandled;
    });
    server.set_exception_handler([](const httplib::Request&, httplib::Response& response, std::exception_ptr error) {
      try {
        std::rethrow_exception(std::move(error));
      } catch (const std::exception& bug) {
        complain(response, 500,
                 std::string("This is a bug in Sojourn; please report it with what you did: ") + bug.what());
      }
    });
    server.Get("/", [this](const httplib::Request&, httplib::Response& response) {
      response.set_content(page, "text/html; charset=utf-8");
    });
    const auto post = [this](const char* path, Jobs::Kind kind,
                             std::optional<Json> (Session::*work)(const Json&, const Jobs::Wanted&)) {
      server.Post(path, [this, kind, work](const httplib::Request& request, httplib::Response& response) {
        job(request, response, kind,
            [&](const Json& asked, const Jobs::Wanted& wanted) { return (session.*work)(asked, wanted); });
      });
    };
    post("/look", Jobs::Kind::look, &Session::look);
    post("/sharper", Jobs::Kind::sharper, &Session::sharper);
    post("/why", Jobs::Kind::patient, &Session::why);
    post("/along", Jobs::Kind::patient, &Session::along);
    post("/drivers", Jobs::Kind::patient, &Session::drivers);
    post("/text", Jobs::Kind::brief, &Session::text);
    post("/save", Jobs::Kind::brief, &Session::save);
  }
};

StudioServer::StudioServer(Session& session, std::string page, std::string token, int port)
    : parts_(std::make_unique<Parts>(session, std::move(page), std::move(token))) {
  // Without SO_REUSEPORT, httplib's default, which would let another program take a share of the requests.
  parts_->server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  parts_->route();
  errno = 0;
  const bool bound = port == 0 ? (parts_->port = parts_->server.bind_to_any_port("127.0.0.1")) > 0
                               : parts_->server.bind_to_port("127.0.0.1", parts_->port = port);
  if (!bound) {
    throw engine::IoError(engine::Access::write, "listen there", "127.0.0.1:" + std::to_string(port),
                          errno != 0 ? errno : EADDRINUSE);
  }
}

StudioServer::~StudioServer() = default;

std::string StudioServer::address() const {
  return "http://127.0.0.1:" + std::to_string(parts_->port) + "/?token=" + parts_->token;
}

void StudioServer::serve() {
  std::thread listening([this] { parts_->server.listen_after_bind(); });
  while (stop_signal() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  parts_->jobs.stop();
  while (!parts_->server.is_running()) std::this_thread::yield();
  parts_->server.stop();
  listening.join();
}

}  // namespace sojourn::tools
