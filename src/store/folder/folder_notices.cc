#include "store/folder/folder_notices.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/sanitize.h"
#include "base/text.h"
#include "store/ingest/label_rules.h"
#include "store/rows/duplicates.h"

namespace pmcp::store {
namespace {

// Notices are part of every answer, so they have few names.
constexpr std::size_t kMostNamed = 3;
constexpr std::size_t kPathCodePoints = 120;

std::string Shown(std::string_view path) {
  return Shorten(Sanitize(path), kPathCodePoints);
}

/// The first kMostNamed texts, and the number of the others.
std::string List(std::vector<std::string> all) {
  const std::size_t more = all.size() - std::min(all.size(), kMostNamed);
  all.resize(all.size() - more);
  if (more > 0) all.push_back(fmt::format("and {} more", more));
  return Join(all, "; ");
}

std::string ListReasons(std::vector<LeftOut> left_out) {
  std::ranges::sort(left_out, {}, &LeftOut::path);
  std::vector<std::string> reasons;
  for (const LeftOut& file : left_out) {
    reasons.push_back(
        fmt::format("{}: {}", Shown(file.path), Sanitize(file.why)));
  }
  return List(std::move(reasons));
}

std::string ListDuplicates(const ProfileStore& store) {
  std::vector<std::string> pairs;
  for (const auto& [first, second] : FindDuplicates(store)) {
    pairs.push_back(fmt::format("{} and {}", Shown(store.files()[first].path),
                                Shown(store.files()[second].path)));
  }
  return List(std::move(pairs));
}

}  // namespace

std::vector<source::Notice> FolderNotices(
    const ProfileStore& store, const std::vector<LeftOut>& left_out,
    const std::vector<LeftOut>& ignored_rules) {
  std::vector<source::Notice> notices;
  const std::size_t total = store.files().size() + left_out.size();
  if (total == 0) {
    const std::vector<std::string> endings(std::begin(kProfileEndings),
                                           std::end(kProfileEndings));
    notices.push_back(
        {fmt::format("the folder holds no profiles: no file "
                     "name ends in {}",
                     Join(endings, ", "))});
  }
  if (!left_out.empty()) {
    notices.push_back(
        {fmt::format("{} of {} files could not be read: {}", left_out.size(),
                     total, ListReasons(left_out))});
  }
  if (!ignored_rules.empty()) {
    notices.push_back(
        {fmt::format("labels are missing, since a {} could not "
                     "be used: {}",
                     kLabelRulesFile, ListReasons(ignored_rules))});
  }
  if (const std::string twice = ListDuplicates(store); !twice.empty()) {
    notices.push_back(
        {fmt::format("profiles that exist twice, with the "
                     "same labels and time, count twice: {}",
                     twice)});
  }
  return notices;
}

}  // namespace pmcp::store
