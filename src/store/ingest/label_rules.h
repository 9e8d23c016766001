// The labels that a file has by its place in the folder: its service, and what
// the labels.json files above it say. Pure; the files themselves are read by
// folder_index, their JSON by label_rules_json.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "profile/words/labels.h"

namespace pmcp::store {

/// The name of the files that hold rules, in any folder.
inline constexpr std::string_view kLabelRulesFile = "labels.json";

/// Files whose path below the rule's folder matches `glob` have `labels`; ""
/// takes a label away.
struct LabelRule {
  std::string glob;
  std::vector<profile::Label> labels;
};

/// The rules of one labels.json.
struct FolderRules {
  std::string folder;  // below the root, "" for the root itself
  std::vector<LabelRule> rules;
};

/// The first folder of `path` (relative to the root), or the file's name up
/// to its first dot when it lies in the root.
std::string ServiceOfPath(std::string_view path);

/// `folders` from the root down. Of all rules that match, the last one given
/// decides about a label, and those of a deeper folder come later.
profile::Labels LabelsOfPath(std::string_view path,
                             std::span<const FolderRules> folders);

}  // namespace pmcp::store
