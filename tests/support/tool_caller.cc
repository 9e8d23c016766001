#include "tests/support/tool_caller.h"

#include <utility>

#include "base/check.h"
#include "tools/tools.h"

namespace pmcp::test {

ToolCaller::ToolCaller(const std::vector<std::string>& others)
    : clock_(At("2026-07-28T12:00:00Z")) {
  auto fake = std::make_unique<FakeSource>();
  fake_ = fake.get();
  fake_->covered = {1,
                    {At("2026-07-28T10:00:00Z"), At("2026-07-28T11:00:00Z")}};
  fake_->types = {*profile::ProfileType::Parse(
      "process_cpu:cpu:nanoseconds:cpu:nanoseconds")};
  fake_->all_series.push_back(
      profile::Labels(std::vector<profile::Label>{{"service_name", "shop"}}));
  std::vector<source::NamedSource> all;
  all.push_back({"fake", std::move(fake)});
  for (const auto& name : others) {
    all.push_back({name, std::make_unique<FakeSource>()});
  }
  sources_ = source::Sources(std::move(all));
  server_ = std::make_unique<server::Server>(
      server::ServerInfo{.name = "test"}, tools::AllTools({sources_, clock_}));
}

server::ToolResult ToolCaller::Call(const std::string& tool,
                                    const nlohmann::json& arguments) const {
  return server_->Call(tool, arguments, CallContext());
}

nlohmann::json ToolCaller::Json(const std::string& tool,
                                nlohmann::json arguments) const {
  arguments["format"] = "json";
  const auto result = Call(tool, arguments);
  PMCP_CHECK(!result.error.has_value());
  return nlohmann::json::parse(result.structured);
}

}  // namespace pmcp::test
