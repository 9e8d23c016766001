// LastQuestion: memo of the last merge of stacks. Follow-up questions usually
// change only limit, sort or focus, and need the same stacks. Thread-safe.
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
  /// Calls `set_aside` with the number of kept bytes, each time it changes.
  explicit LastQuestion(std::function<void(std::size_t bytes)> set_aside =
                            [](std::size_t) {})
      : set_aside_(std::move(set_aside)) {}

  std::optional<profile::Stacks> Find(
      const Snapshot& snapshot, const source::StacktraceQuery& query) const;
  /// Replaces the stacks that were kept before.
  void Keep(const Snapshot& snapshot, const source::StacktraceQuery& query,
            profile::Stacks stacks);
  void Clear();

 private:
  const std::function<void(std::size_t)> set_aside_;
  // Guards all below. Held during calls of set_aside_, which keeps their order.
  mutable std::mutex mutex_;
  std::string key_;  // identifies the state of the folder and the question
  std::optional<profile::Stacks> stacks_;
};

}  // namespace pmcp::store
