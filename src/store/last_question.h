// LastQuestion: the stacks of the last question, for a next one about the same
// samples: who asks where the cost is asks again with another limit, order or
// focus. Thread-safe.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "profile/stacks/stacks.h"
#include "source/query.h"
#include "store/folder/snapshot.h"

namespace pmcp::store {

class LastQuestion {
 public:
  /// `set_aside` hears how many bytes are kept, each time that changes.
  explicit LastQuestion(std::function<void(std::size_t bytes)> set_aside =
                            [](std::size_t) {})
      : set_aside_(std::move(set_aside)) {}

  std::optional<profile::Stacks> Find(
      const Snapshot& snapshot, const source::StacktraceQuery& query) const;
  /// In place of what was kept before.
  void Keep(const Snapshot& snapshot, const source::StacktraceQuery& query,
            profile::Stacks stacks);
  void Clear();

 private:
  const std::function<void(std::size_t)> set_aside_;
  // Guards all below, and that set_aside_ hears of changes in their order.
  mutable std::mutex mutex_;
  std::string key_;  // the state of the folder and the question
  std::optional<profile::Stacks> stacks_;
};

}  // namespace pmcp::store
