#include "server/core/paged_list.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <variant>

#include "base/base64.h"
#include "base/text.h"
#include "server/core/mcp_results.h"

namespace pmcp::server {
namespace {

constexpr std::string_view kCursorPrefix = "page:";

std::size_t PageSize(const ListOf& list, std::size_t count) {
  return list.page_size == 0 ? std::max<std::size_t>(count, 1) : list.page_size;
}

std::size_t PageCount(const ListOf& list, std::size_t count) {
  const std::size_t size = PageSize(list, count);
  return std::max<std::size_t>((count + size - 1) / size, 1);
}

std::string CursorTo(const ListOf& list, std::size_t page) {
  return ToBase64Url(fmt::format("{}{}:{}", kCursorPrefix, list.member, page));
}

/// Returns the number of the page that params.cursor names; without a cursor,
/// the first. The empty string is an unknown cursor.
RpcResult<std::size_t> AskedPage(const ListOf& list, std::size_t count,
                                 const nlohmann::json& params) {
  const auto cursor = params.find("cursor");
  if (cursor == params.end() || cursor->is_null() || *cursor == "") {
    return std::size_t{0};
  }
  if (cursor->is_string()) {
    const auto& text = cursor->get_ref<const std::string&>();
    for (std::size_t page = 1; page < PageCount(list, count); ++page) {
      if (CursorTo(list, page) == text) return page;
    }
  }
  return RpcError{protocol::kInvalidParams,
                  fmt::format("unknown cursor for the list of {}", list.member),
                  ""};
}

std::string Write(const ListOf& list, std::span<const std::string> entries,
                  std::size_t page, const protocol::Rules& rules,
                  const ServerInfo& info) {
  const std::size_t size = PageSize(list, entries.size());
  const std::size_t start = std::min(page * size, entries.size());
  const std::size_t end = std::min(start + size, entries.size());
  return protocol::ListResult(
      rules, list.member, entries.subspan(start, end - start),
      end < entries.size() ? CursorTo(list, page + 1) : "", list.caching, info);
}

}  // namespace

RpcResult<std::string> PageOf(const ListOf& list,
                              std::span<const std::string> entries,
                              const nlohmann::json& params,
                              const protocol::Rules& rules,
                              const ServerInfo& info) {
  const auto page = AskedPage(list, entries.size(), params);
  if (const auto* error = std::get_if<RpcError>(&page)) return *error;
  return Write(list, entries, std::get<std::size_t>(page), rules, info);
}

PagedList::PagedList(const ListOf& list,
                     const std::vector<std::string>& entries,
                     const ServerInfo& info)
    : list_(list), count_(entries.size()) {
  for (const protocol::Version& version : protocol::kVersions) {
    const protocol::Rules& rules = version.rules;
    if (std::ranges::find(written_, rules.results, &Written::rules) !=
        written_.end()) {
      continue;
    }
    Written& written = written_.emplace_back(Written{rules.results, {}});
    for (std::size_t page = 0; page < PageCount(list_, count_); ++page) {
      written.pages.push_back(Write(list_, entries, page, rules, info));
    }
  }
}

RpcResult<std::string> PagedList::Page(const nlohmann::json& params,
                                       const protocol::Rules& rules) const {
  const auto page = AskedPage(list_, count_, params);
  if (const auto* error = std::get_if<RpcError>(&page)) return *error;
  const auto written =
      std::ranges::find(written_, rules.results, &Written::rules);
  return written->pages[std::get<std::size_t>(page)];
}

}  // namespace pmcp::server
