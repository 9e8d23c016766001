#include "store/profile_name.h"

#include <algorithm>
#include <vector>

namespace pmcp::store {
namespace {

using Types = std::vector<std::string_view>;

bool Has(const Types& types, std::string_view name) {
  return std::ranges::find(types, name) != types.end();
}

bool IsMemory(std::string_view type) {
  return type.starts_with("alloc_") || type.starts_with("inuse_") ||
         type == "malloc" || type == "space" || type == "objects";
}

}  // namespace

std::string ProfileName(const profile::Profile& profile,
                        std::string_view file_name) {
  Types types;
  for (const profile::ValueType& type : profile.sample_types) {
    types.push_back(profile.strings[type.type]);
  }
  // From the telling to the vague: a wall profile may have CPU time too, and
  // "samples" are in most profiles.
  if (Has(types, "wall")) return "wall";
  if (Has(types, "cpu")) return "process_cpu";
  if (Has(types, "samples") && Has(types, "time")) return "fgprof";
  if (std::ranges::any_of(types, IsMemory)) return "memory";
  if (Has(types, "goroutine")) return "goroutine";
  if (Has(types, "contentions") && Has(types, "delay")) {
    const bool is_block = file_name.find("block") != std::string_view::npos;
    return is_block ? "block" : "mutex";
  }
  return types.empty() ? std::string() : std::string(types.front());
}

}  // namespace pmcp::store
