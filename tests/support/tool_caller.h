// ToolCaller: the tools over a FakeSource named "fake", called as a client
// would.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "server/core/server.h"
#include "source/sources.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_source.h"

namespace pmcp::test {

class ToolCaller {
 public:
  /// `others`: names of empty sources beside it.
  explicit ToolCaller(const std::vector<std::string>& others = {});

  FakeSource& source() { return *fake_; }
  server::ToolResult Call(const std::string& tool,
                          const nlohmann::json& arguments) const;
  /// The JSON answer; ends the program when the call fails.
  nlohmann::json Json(const std::string& tool, nlohmann::json arguments) const;

 private:
  FakeClock clock_;
  FakeSource* fake_;  // owned by sources_
  source::Sources sources_;
  std::unique_ptr<server::Server> server_;
};

}  // namespace pmcp::test
