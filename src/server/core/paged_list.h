// PagedList: the pages of a list. Cursors are opaque to clients: only those
// that were handed out are taken back.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/protocol.h"
#include "server/words/content.h"
#include "server/words/rpc_error.h"
#include "server/words/server_info.h"

namespace pmcp::server {

/// What all pages of a list have in common.
struct ListOf {
  std::string_view member;    // "tools"
  std::size_t page_size = 0;  // 0: all on one page
  Caching caching = protocol::kStaticList;
};

/// The page that params.cursor asks for, written now.
RpcResult<std::string> PageOf(const ListOf& list,
                              std::span<const std::string> entries,
                              const nlohmann::json& params,
                              const protocol::Rules& rules,
                              const ServerInfo& info);

/// A list that never changes: its pages are written once, and an answer is a
/// copy of one. Immutable, thread-safe.
class PagedList {
 public:
  PagedList(const ListOf& list, const std::vector<std::string>& entries,
            const ServerInfo& info);

  RpcResult<std::string> Page(const nlohmann::json& params,
                              const protocol::Rules& rules) const;

 private:
  const ListOf list_;
  const std::size_t count_;
  struct Written {
    protocol::ResultRules rules;
    std::vector<std::string> pages;
  };

  /// One entry for each set of result rules of the known versions.
  std::vector<Written> written_;
};

}  // namespace pmcp::server
