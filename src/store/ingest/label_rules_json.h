// ReadLabelRules: parses the text of a labels.json.
//
// {"shop-*.v2.*": {"version": "v2", "service_name": "shop"}, …}
//
// The only JSON of the store. label_rules.h says what the rules mean.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/ingest/label_rules.h"

namespace pmcp::store {

inline constexpr std::size_t kMaxLabelRulesBytes = 1u << 20;
inline constexpr std::size_t kMaxLabelRules = 10'000;
inline constexpr std::size_t kMaxGlobBytes = 1024;

/// The rules in the order of the file. The messages of errors follow the name
/// of the file ("is not valid JSON at byte 17").
Result<std::vector<LabelRule>> ReadLabelRules(std::string_view text);

}  // namespace pmcp::store
