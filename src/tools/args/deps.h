// Deps: the dependencies of every tool. app/ builds the objects at start; they
// outlive all tools.
#pragma once

#include <string>

#include "base/clock.h"
#include "source/sources.h"

namespace pmcp::tools {

struct Deps {
  const source::Sources& sources;
  const Clock& clock;
  /// The folder of exported files; "" if exporting is off.
  std::string export_dir = {};
};

}  // namespace pmcp::tools
