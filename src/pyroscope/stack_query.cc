#include "pyroscope/stack_query.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "profile/stacks/truncate.h"

namespace pmcp::pyroscope {
namespace {

using profile::NodeId;
using profile::StackTree;

/// Enough for nearly every program; at most a few MB.
constexpr std::int64_t kFirstNodes = 65'536;
constexpr std::int64_t kHiddenParts = 100;  // 1/100 of the total

/// The number in "max flamegraph nodes limit 9 is greater than allowed 8".
std::optional<std::int64_t> AllowedNodes(const Error& error) {
  constexpr std::string_view kMark = "is greater than allowed ";
  const std::string_view message = error.message;
  const std::size_t mark = message.find(kMark);
  if (error.kind != ErrorKind::kInvalidArgument ||
      mark == std::string_view::npos) {
    return std::nullopt;
  }
  const auto allowed = ParseInt64(message.substr(mark + kMark.size()));
  return allowed && *allowed > 0 ? allowed : std::nullopt;
}

constexpr std::size_t kMostLarge = 256;

/// Of questions about the same kind of stacks, in any window.
std::string KeyOf(const source::StacktraceQuery& query) {
  return query.profiles.type.Id() + query.profiles.selector.ToString();
}

bool HidesMuch(const FoundStacks& found) {
  return found.hidden > found.tree.total() / kHiddenParts;
}

/// Applies `call_site` to a tree. If nothing matches, the stacks may be among
/// the hidden ones, so the hidden sum of the whole tree is kept.
FoundStacks FoundBelow(const FoundStacks& all, bool was_cut,
                       const std::vector<std::string>& call_site) {
  FoundStacks found{Below(all.tree, call_site), 0};
  if (was_cut) found.hidden = HiddenIn(found.tree, 0);
  if (found.tree.total() == 0) found.hidden = all.hidden;
  return found;
}

}  // namespace

std::int64_t HiddenIn(const StackTree& tree, std::int64_t max_nodes) {
  if (static_cast<std::int64_t>(tree.size()) - 1 < max_nodes) return 0;
  std::vector<bool> is_leaf(tree.size(), true);
  for (NodeId node = 1; node < tree.size(); ++node) {
    is_leaf[tree.parent(node)] = false;
  }
  std::int64_t hidden = 0;
  for (NodeId node = 1; node < tree.size(); ++node) {
    if (is_leaf[node] && tree.names()[tree.name(node)] == profile::kCutName) {
      hidden += tree.self(node);
    }
  }
  return hidden;
}

StackTree Below(const StackTree& tree,
                const std::vector<std::string>& call_site) {
  StackTree below;
  std::vector<NodeId> copies(tree.size(), StackTree::kRoot);
  std::vector<std::size_t> matched(tree.size(), 0);
  for (NodeId node = 1; node < tree.size(); ++node) {
    const NodeId parent = tree.parent(node);
    const std::string_view name = tree.names()[tree.name(node)];
    if (parent != StackTree::kRoot && copies[parent] == StackTree::kRoot) {
      continue;
    }
    matched[node] = matched[parent];
    if (matched[node] < call_site.size()) {
      if (call_site[matched[node]] != name) continue;
      ++matched[node];
    }
    copies[node] = below.Append(copies[parent], below.names().Intern(name));
    if (matched[node] == call_site.size()) {
      below.AddOwnSelf(copies[node], tree.self(node));
    }
  }
  below.SumTotals();
  return below;
}

Result<FoundStacks> StackQuery::Ask(const source::StacktraceQuery& query,
                                    const std::vector<std::string>& call_site,
                                    std::int64_t max_nodes,
                                    const CallContext& call) const {
  const std::int64_t wanted = std::min(max_nodes, most_nodes_.load());
  auto tree = querier_.Stacktraces(query, wanted, call);
  if (!tree.ok()) {
    const auto allowed = AllowedNodes(tree.error());
    if (!allowed || *allowed >= wanted) return tree.error();
    most_nodes_ = *allowed;
    return Ask(query, call_site, max_nodes, call);
  }
  const std::int64_t hidden = HiddenIn(*tree, wanted);
  FoundStacks all{*std::move(tree), hidden};
  if (call_site.empty()) return all;
  return FoundBelow(all, hidden > 0, call_site);
}

Result<FoundStacks> StackQuery::FindAll(
    const source::StacktraceQuery& query,
    const std::vector<std::string>& call_site, const CallContext& call) const {
  // Both requests share the time limit of one.
  const CallContext limited(
      call.stop(),
      std::min(call.deadline(), std::chrono::steady_clock::now() + patience_));
  if (IsLarge(query)) {
    auto all = Ask(query, call_site, source::kMaxFlamegraphNodes, call);
    if (all.ok()) return all;
    if (all.error().kind == ErrorKind::kCancelled) return all.error();
    RememberLarge(query, false);
  }
  PMCP_TRY(found, Ask(query, call_site, kFirstNodes, call));
  if (!HidesMuch(found) || most_nodes_ <= kFirstNodes) return std::move(found);
  auto more = Ask(query, call_site, source::kMaxFlamegraphNodes, limited);
  if (!more.ok()) {
    if (more.error().kind == ErrorKind::kCancelled) return more.error();
    return std::move(found);
  }
  RememberLarge(query, true);
  // A higher limit added no nodes, so nothing was cut.
  if (more->tree.size() == found.tree.size()) more->hidden = 0;
  return more;
}

bool StackQuery::IsLarge(const source::StacktraceQuery& query) const {
  const std::lock_guard lock(mutex_);
  return large_.contains(KeyOf(query));
}

void StackQuery::RememberLarge(const source::StacktraceQuery& query,
                               bool is_large) const {
  const std::lock_guard lock(mutex_);
  if (large_.size() >= kMostLarge) large_.clear();
  if (is_large) large_.insert(KeyOf(query));
  if (!is_large) large_.erase(KeyOf(query));
}

Result<FoundStacks> StackQuery::Find(const source::StacktraceQuery& query,
                                     const CallContext& call) const {
  PMCP_TRY(drops_call_site, querier_.DropsCallSite(query, call));
  if (!drops_call_site) return FindAll(query, {}, call);
  source::StacktraceQuery asked = query;
  asked.samples.call_site.clear();
  PMCP_TRY(found, FindAll(asked, query.samples.call_site, call));
  if (found.tree.total() == 0) found.hidden = 0;  // no stacks, nothing hidden
  return std::move(found);
}

}  // namespace pmcp::pyroscope
