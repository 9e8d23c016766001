// KeptStacks: the stacks of the last question, for a next one about the same
// samples: who asks where the cost is asks again with another limit, order or
// focus. Thread-safe.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "profile/stacks.h"
#include "source/query.h"
#include "store/snapshot.h"

namespace pmcp::store {

class KeptStacks {
 public:
  std::optional<profile::Stacks> Find(
      const Snapshot& snapshot, const source::StacktraceQuery& query) const;
  /// In place of what was kept before.
  void Keep(const Snapshot& snapshot, const source::StacktraceQuery& query,
            profile::Stacks stacks);
  void Clear();

 private:
  mutable std::mutex mutex_;  // guards all below
  std::string key_;           // the state of the folder and the question
  std::optional<profile::Stacks> stacks_;
};

}  // namespace pmcp::store
