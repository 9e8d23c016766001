// LabelsOfPath: the labels of a file by its path: its service, and the labels
// of the rules in the labels.json files above it. Pure. FolderIndex reads those
// files, and label_rules_json parses them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "profile/words/labels.h"
#include "store/ingest/ingest_rules.h"

namespace pmcp::store {

/// The name of the files with rules, in any folder.
inline constexpr std::string_view kLabelRulesFile = "labels.json";

/// Adds `labels` to the files whose path relative to the rule's folder matches
/// `glob`. The value "" removes a label.
struct LabelRule {
  std::string glob;
  std::vector<profile::Label> labels;
};

/// The rules of one labels.json.
struct FolderRules {
  std::string folder;  // relative to the root; "" for the root itself
  std::vector<LabelRule> rules;
};

/// The first folder of `path`, which is relative to the root. For a file in the
/// root, the name of the file up to its first dot.
std::string ServiceOfPath(std::string_view path);

/// `folders` are sorted from the root down. The last rule that matches decides
/// a label, so the rules of a deeper folder take precedence.
profile::Labels LabelsOfPath(std::string_view path,
                             std::span<const FolderRules> folders,
                             IngestRules rules);

}  // namespace pmcp::store
