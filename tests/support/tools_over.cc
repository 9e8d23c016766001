#include "tests/support/tools_over.h"

#include <utility>
#include <vector>

#include "tools/tools.h"

namespace pmcp::test {
namespace {

source::Sources Only(std::unique_ptr<const source::ProfileSource> source) {
  std::vector<source::NamedSource> all;
  all.push_back({"profiles", std::move(source)});
  return source::Sources(std::move(all));
}

}  // namespace

ToolsOver::ToolsOver(std::unique_ptr<const source::ProfileSource> source,
                     const Clock& clock)
    : sources_(Only(std::move(source))),
      server_({.name = "test"},
              tools::AllTools({sources_, clock, exports_.path().string()})) {}

server::ToolResult ToolsOver::Call(const std::string& tool,
                                   const nlohmann::json& arguments) const {
  auto result = server_.Call(tool, arguments, CallContext());
  const std::string folder = exports_.path().string();
  for (auto at = result.text.find(folder); at != std::string::npos;
       at = result.text.find(folder)) {
    result.text.replace(at, folder.size(), "EXPORTS");
  }
  return result;
}

}  // namespace pmcp::test
