// Sources: the configured sources by name. app/ builds it once at start; it is
// immutable, so thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "source/profile_source.h"

namespace pmcp::source {

struct NamedSource {
  std::string name;
  std::unique_ptr<const ProfileSource> source;
};

class Sources {
 public:
  Sources() = default;
  explicit Sources(std::vector<NamedSource> all) : all_(std::move(all)) {}

  /// The source called `name`; "" means the only source. The errors list the
  /// sources, or say how to configure one.
  Result<const NamedSource*> Find(std::string_view name) const;

  const std::vector<NamedSource>& all() const { return all_; }

 private:
  std::vector<NamedSource> all_;
};

}  // namespace pmcp::source
