// Deps: the dependencies of every tool. app/ builds the objects at start; they
// outlive all tools.
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
  /// The folder of exported files; "" if exporting is off.
  std::string export_dir = {};
  /// Of the stacks that sources keep for follow-up questions; shared by copies.
  std::shared_ptr<profile::SumsMemo> sums =
      std::make_shared<profile::SumsMemo>();
};

}  // namespace pmcp::tools
