#pragma once
// The studio's web server, on 127.0.0.1 and nowhere else.

#include "tools/studio/session.h"

#include <memory>
#include <string>

namespace sojourn::tools {

/// As many random bits as nobody guesses, in letters and digits.
std::string new_token();

class StudioServer {
 public:
  /// `session` must outlive the server; `page` is what GET / gives. Throws engine::IoError where the port is taken; port 0 takes any.
  StudioServer(Session& session, std::string page, std::string token, int port);
  ~StudioServer();
  StudioServer(const StudioServer&) = delete;
  StudioServer& operator=(const StudioServer&) = delete;

  /// With the token: for one person only.
  std::string address() const;

  /// Answers until a signal asks to stop; what is being computed is dropped.
  void serve();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace sojourn::tools
