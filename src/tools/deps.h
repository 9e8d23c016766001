// Deps: what every tool may use. References to objects that app/ builds at
// start and that outlive all tools.
#pragma once

#include "base/clock.h"
#include "source/sources.h"

namespace pmcp::tools {

struct Deps {
  const source::Sources& sources;
  const Clock& clock;
};

}  // namespace pmcp::tools
