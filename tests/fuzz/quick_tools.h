// The tools of the toy server, without those that wait for each other or that
// send any number of reports.
#pragma once

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "tests/support/toy_server.h"

namespace pmcp::test {

inline std::vector<server::Tool> QuickTools() {
  std::vector<server::Tool> tools;
  for (server::Tool& tool : ToyTools()) {
    const auto name = nlohmann::json::parse(tool.declaration).at("name");
    if (name == "echo" || name == "fail") tools.push_back(std::move(tool));
  }
  return tools;
}

}  // namespace pmcp::test
