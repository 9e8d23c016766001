// Deps: what every tool may use. References to objects that app/ builds at
// start and that outlive all tools.
#pragma once

#include <string>

#include "base/clock.h"
#include "source/sources.h"

namespace pmcp::tools {

struct Deps {
  const source::Sources& sources;
  const Clock& clock;
  /// For exported files; "" when the server does not export.
  std::string export_dir = {};
};

}  // namespace pmcp::tools
