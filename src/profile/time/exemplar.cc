#include "profile/time/exemplar.h"

#include <algorithm>

namespace pmcp::profile {

std::vector<Label> ExemplarLabels(std::span<const Labels* const> series,
                                  std::span<const Label> group) {
  std::vector<Label> labels;
  for (const Label& label : series.front()->all()) {
    const bool is_grouped = std::ranges::any_of(
        group, [&](const Label& by) { return by.name == label.name; });
    const bool is_common =
        std::ranges::all_of(series, [&](const Labels* other) {
          return other->Get(label.name) == label.value;
        });
    if (is_common && !is_grouped) labels.push_back(label);
  }
  return labels;
}

}  // namespace pmcp::profile
