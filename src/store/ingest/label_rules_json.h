// ReadLabelRules: the text of a labels.json as rules.
//
// {"shop-*.v2.*": {"version": "v2", "service_name": "shop"}, …}
//
// The only JSON of the store. What the rules mean is label_rules' matter.
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

/// In the order of the file. The error's words follow the name of the file
/// ("is not valid JSON at byte 17").
Result<std::vector<LabelRule>> ReadLabelRules(std::string_view text);

}  // namespace pmcp::store
