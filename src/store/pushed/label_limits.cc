#include "store/pushed/label_limits.h"

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <utility>

#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp::store {
namespace {

constexpr std::size_t kQuotedCodePoints = 40;

std::string Quoted(std::string_view text) {
  return fmt::format("\"{}\"", Shorten(Sanitize(text), kQuotedCodePoints));
}

Error Refused(std::string message) {
  return InvalidArgument(std::move(message),
                         "Set fewer or shorter labels, in labels.json or in "
                         "the program that was profiled.");
}

}  // namespace

Result<void> CheckLabels(const profile::Labels& labels) {
  // `__name__` is the name of a sample type if no better name is known.
  if (labels.Get(profile::kLabelName).empty()) {
    return Refused("has a first sample type without a name");
  }
  if (labels.size() > kMaxLabels) {
    return Refused(
        fmt::format("has {} labels on one series; at most {} are "
                    "allowed",
                    labels.size(), kMaxLabels));
  }
  for (const auto& [name, value] : labels.all()) {
    if (name.empty()) return Refused("has a label without a name");
    if (name.size() > kMaxLabelNameBytes) {
      return Refused(
          fmt::format("has the label name {} of {} bytes; at most "
                      "{} are allowed",
                      Quoted(name), name.size(), kMaxLabelNameBytes));
    }
    if (value.size() > kMaxLabelValueBytes) {
      return Refused(
          fmt::format("gives the label {} a value of {} bytes; at "
                      "most {} are allowed",
                      Quoted(name), value.size(), kMaxLabelValueBytes));
    }
  }
  return {};
}

}  // namespace pmcp::store
