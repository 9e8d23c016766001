// ToolsOver: the tools over one source called "profiles".
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "server/core/server.h"
#include "source/sources.h"
#include "tests/support/temp_folder.h"

namespace pmcp::test {

class ToolsOver {
 public:
  /// `clock` outlives it.
  ToolsOver(std::unique_ptr<const source::ProfileSource> source,
            const Clock& clock);

  /// The folder of exports is "EXPORTS" in the text.
  server::ToolResult Call(const std::string& tool,
                          const nlohmann::json& arguments) const;
  const source::ProfileSource& source() const {
    return *sources_.all()[0].source;
  }

 private:
  const TempFolder exports_;
  const source::Sources sources_;
  const server::Server server_;
};

}  // namespace pmcp::test
