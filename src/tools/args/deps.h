// Deps: what every tool may use. References to objects that app/ builds at
// start and that outlive all tools.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "profile/stacks/sums_memo.h"
#include "source/sources.h"

namespace pmcp::tools {

struct Deps {
  const source::Sources& sources;
  const Clock& clock;
  /// For exported files; "" when the server does not export.
  std::string export_dir = {};
  /// Of the stacks that sources keep for follow-up questions; shared by copies.
  std::shared_ptr<profile::SumsMemo> sums =
      std::make_shared<profile::SumsMemo>();
};

}  // namespace pmcp::tools
