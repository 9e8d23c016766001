#include "tests/support/asked_folder.h"

#include <utility>

#include "tests/support/collapsed.h"
#include "tests/support/store_index.h"

namespace pmcp::test {
namespace {

store::DirectoryOptions InFolder(store::DirectoryOptions options,
                                 const std::filesystem::path& folder) {
  options.folder = folder.string();
  return options;
}

}  // namespace

AskedFolder::AskedFolder(store::DirectoryOptions options)
    : source_(InFolder(std::move(options), folder_.path()), clock_) {}

void AskedFolder::Replace(const std::filesystem::path& file,
                          std::string_view bytes) const {
  const std::filesystem::path whole = folder_.path() / file;
  std::filesystem::path other = whole;
  other += ".new";
  folder_.Write(other, bytes);
  std::filesystem::rename(other, whole);
}

std::string AskedFolder::Tree(std::string_view selector,
                              std::string_view type) const {
  const auto query = source::MakeProfileQuery(type, selector, Always());
  if (!query.ok()) return query.error().message;
  const auto answer = source_.MergeStacktraces({*query, {}}, {});
  if (!answer.ok()) return answer.error().message;
  return ToText(answer->data.ToTree());
}

std::vector<std::string> AskedFolder::Notices() const {
  const auto answer = source_.Covered({});
  if (!answer.ok()) return {answer.error().message};
  std::vector<std::string> texts;
  for (const source::Notice& notice : answer->notices) {
    texts.push_back(notice.text);
  }
  return texts;
}

}  // namespace pmcp::test
