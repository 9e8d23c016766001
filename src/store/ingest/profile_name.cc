#include "store/ingest/profile_name.h"

#include <algorithm>

namespace pmcp::store {
namespace {

bool IsMemory(std::string_view type) {
  return type.starts_with("alloc_") || type.starts_with("inuse_") ||
         type == "malloc" || type == "space" || type == "objects";
}

}  // namespace

std::string_view ProfileName(const profile::Profile& profile,
                             std::string_view file_name) {
  const auto name_of = [&](const profile::ValueType& type) {
    return profile.strings[type.type];
  };
  const auto& types = profile.sample_types;
  const auto has = [&](std::string_view name) {
    return std::ranges::find(types, name, name_of) != types.end();
  };
  // From the specific to the general: a wall profile may have CPU time too, and
  // most profiles have "samples".
  if (has("wall")) return "wall";
  if (has("cpu")) return "process_cpu";
  if (has("samples") && has("time")) return "fgprof";
  if (std::ranges::any_of(types, IsMemory, name_of)) return "memory";
  if (has("goroutine")) return "goroutine";
  if (has("contentions") && has("delay")) {
    const bool is_block = file_name.find("block") != std::string_view::npos;
    return is_block ? "block" : "mutex";
  }
  return types.empty() ? std::string_view() : name_of(types.front());
}

}  // namespace pmcp::store
