#include "store/folder/folder_notices.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/sanitize.h"
#include "base/text.h"
#include "store/ingest/label_rules.h"
#include "store/rows/duplicates.h"

namespace pmcp::store {
namespace {

// A notice is read with every answer: some names are enough to start from.
constexpr std::size_t kMostNamed = 10;
constexpr std::size_t kMostPairsNamed = 3;
constexpr std::size_t kPathCodePoints = 120;

std::string Shown(std::string_view path) {
  return Shorten(Sanitize(path), kPathCodePoints);
}

/// The first few, and how many more there are.
std::string List(std::vector<std::string> all, std::size_t most_named) {
  const std::size_t more = all.size() - std::min(all.size(), most_named);
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
  return List(std::move(reasons), kMostNamed);
}

/// One entry for each format: "app.cpuprofile and 2 more: a V8 CPU profile".
std::string ListFormats(const std::vector<LeftOut>& files) {
  std::map<std::string_view, std::vector<std::string_view>> paths;
  for (const LeftOut& file : files) paths[file.why].push_back(file.path);
  std::vector<std::string> formats;
  for (const auto& [what, of_format] : paths) {
    const std::string_view first = *std::ranges::min_element(of_format);
    const std::size_t more = of_format.size() - 1;
    formats.push_back(fmt::format(
        "{}{}: {}", Shown(first),
        more == 0 ? "" : fmt::format(" and {} more", more), Sanitize(what)));
  }
  std::ranges::sort(formats);
  return List(std::move(formats), kMostNamed);
}

std::string ListDuplicates(const ProfileStore& store) {
  std::vector<std::string> pairs;
  for (const auto& [first, second] : FindDuplicates(store)) {
    pairs.push_back(fmt::format("{} and {}", Shown(store.files()[first].path),
                                Shown(store.files()[second].path)));
  }
  return List(std::move(pairs), kMostPairsNamed);
}

/// One sentence for equal remarks about many files.
void AddRemarks(const std::vector<LeftOut>& remarks,
                std::vector<source::Notice>& notices) {
  std::map<std::string_view, std::vector<std::string_view>> paths;
  for (const LeftOut& remark : remarks)
    paths[remark.why].push_back(remark.path);
  for (const auto& [why, files] : paths) {
    const std::string more =
        files.size() == 1 ? "" : fmt::format(" (so in {} files)", files.size());
    notices.push_back(
        {fmt::format("{}: {}{}", Shown(files.front()), Sanitize(why), more)});
  }
}

std::string NothingThere() {
  const std::vector<std::string> endings(std::begin(kProfileEndings),
                                         std::end(kProfileEndings));
  return fmt::format(
      "the folder holds no profiles: no file name ends in {}, and no other "
      "file is a pprof profile",
      Join(endings, ", "));
}

}  // namespace

std::vector<source::Notice> FolderNotices(const ProfileStore& store,
                                          const FolderFacts& facts) {
  std::vector<source::Notice> notices;
  const std::size_t total = store.files().size() + facts.left_out.size();
  if (total == 0 && facts.other_profiles.empty()) {
    notices.push_back({NothingThere()});
  }
  if (!facts.left_out.empty()) {
    notices.push_back({fmt::format(
        "{} of {} could not be read: {}", facts.left_out.size(),
        Counted(total, "file", "files"), ListReasons(facts.left_out))});
  }
  if (!facts.other_profiles.empty()) {
    notices.push_back({fmt::format(
        "{}: {}",
        Counted(facts.other_profiles.size(),
                "other file looks like a profile, in a format that is not read",
                "other files look like profiles, in formats that are not read"),
        ListFormats(facts.other_profiles))});
  }
  if (facts.not_looked_at > 0) {
    notices.push_back({fmt::format(
        "{} not looked into, since more than {} have no name of a profile; "
        "serve a smaller folder",
        Counted(facts.not_looked_at, "file was", "files were"),
        kMaxUnnamedFiles)});
  }
  if (!facts.ignored_rules.empty()) {
    notices.push_back(
        {fmt::format("labels are missing, since a {} could not be used: {}",
                     kLabelRulesFile, ListReasons(facts.ignored_rules))});
  }
  AddRemarks(facts.remarks, notices);
  if (const std::string twice = ListDuplicates(store); !twice.empty()) {
    notices.push_back(
        {fmt::format("profiles that exist twice, with the same labels and "
                     "time, count twice: {}",
                     twice)});
  }
  return notices;
}

}  // namespace pmcp::store
