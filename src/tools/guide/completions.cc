#include "tools/guide/completions.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/sanitize.h"
#include "profile/words/labels.h"
#include "tools/args/query_args.h"
#include "tools/export/export_folder.h"

namespace pmcp::tools {
namespace {

using server::NamedArguments;
using Names = std::set<std::string, std::less<>>;

constexpr std::chrono::milliseconds kPatience{2000};

/// Proposed times, latest first.
constexpr std::array kTimes = {"now-15m", "now-1h", "now-6h", "now-24h",
                               "now-7d"};

/// A completion request, with the other arguments that were filled in.
struct Question {
  const Deps& deps;
  CallContext call;
  std::string_view service;  // "": all services
  std::string_view source;   // "": all sources
  std::string_view selector;
};

std::string_view ValueOf(const NamedArguments& arguments,
                         std::string_view name) {
  const auto found = arguments.find(name);
  return found == arguments.end() ? "" : std::string_view(found->second);
}

/// Calls `ask` for each source in turn and collects the names. Ignores sources
/// that fail; returns kCancelled if the caller cancels.
template <typename Ask>
Result<Names> FromSources(const Question& question, const Ask& ask) {
  Names names;
  for (const auto& named : question.deps.sources.all()) {
    if (!question.source.empty() && named.name != question.source) continue;
    const auto asked =
        ResolveLabelQuery({.source = named.name,
                           .service = std::string(question.service),
                           .selector = std::string(question.selector)},
                          question.deps, question.call);
    if (asked.ok()) ask(*asked, names);
    if (question.call.stop().stop_requested()) return Cancelled();
  }
  return names;
}

Result<Names> LabelValues(const Question& question, std::string_view label) {
  return FromSources(question, [&](const AskedLabels& asked, Names& names) {
    auto values = asked.source->LabelValues(label, asked.query, question.call);
    if (values.ok()) names.insert(values->data.begin(), values->data.end());
  });
}

Result<Names> LabelNames(const Question& question) {
  return FromSources(question, [&](const AskedLabels& asked, Names& names) {
    const auto all = asked.source->LabelNames(asked.query, question.call);
    if (!all.ok()) return;
    for (const auto& name : all->data) {
      if (!profile::IsPrivateLabel(name)) names.insert(name);
    }
  });
}

Result<Names> ProfileTypes(const Question& question) {
  return FromSources(question, [&](const AskedLabels& asked, Names& names) {
    const auto types = asked.source->ProfileTypes(asked.query, question.call);
    if (!types.ok()) return;
    for (const auto& type : types->data) names.insert(type.Id());
  });
}

/// The names that begin with `typed`, then the names that contain it. Skips
/// names with unsafe characters.
std::vector<std::string> Matching(const Names& names, std::string_view typed) {
  std::vector<std::string> begin;
  std::vector<std::string> contain;
  for (const std::string& name : names) {
    const auto at = name.find(typed);
    if (at == std::string::npos || !IsSafeText(name)) continue;
    (at == 0 ? begin : contain).push_back(name);
  }
  begin.insert(begin.end(), contain.begin(), contain.end());
  return begin;
}

/// The start of the last matcher in an incomplete selector.
std::size_t LastMatcher(std::string_view typed) {
  std::size_t start = 0;
  bool is_quoted = false;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    if (is_quoted && typed[i] == '\\') {
      ++i;
    } else if (typed[i] == '"') {
      is_quoted = !is_quoted;
    } else if (!is_quoted && typed[i] == ',') {
      start = i + 1;
    }
  }
  while (start < typed.size() && typed[start] == ' ') ++start;
  return start;
}

/// Completes the last matcher: `vers` with label names, `version="v` with label
/// values. The matchers before it are kept and narrow the query.
Result<std::vector<std::string>> Selectors(Question question,
                                           std::string_view typed) {
  const std::string_view before = typed.substr(0, LastMatcher(typed));
  const std::string_view last = typed.substr(before.size());
  const auto comma = before.rfind(',');
  question.selector =
      comma == std::string_view::npos ? "" : before.substr(0, comma);
  const auto equals = last.find("=\"");
  const bool is_value = equals != std::string_view::npos;
  const std::string_view label = last.substr(0, equals);
  PMCP_TRY(names,
           is_value ? LabelValues(question, label) : LabelNames(question));
  std::vector<std::string> found;
  for (const auto& name :
       Matching(names, is_value ? last.substr(equals + 2) : last)) {
    if (name.find_first_of("\"\\") != std::string::npos) continue;
    found.push_back(
        std::string(before) +
        (is_value ? std::string(label) + "=\"" + name + "\"" : name + "=\""));
  }
  return found;
}

Names SourceNames(const Deps& deps) {
  Names names;
  for (const auto& named : deps.sources.all()) names.insert(named.name);
  return names;
}

Names FileNames(const Deps& deps) {
  Names names;
  for (const auto& file : ExportFolder(deps.export_dir).Latest()) {
    names.insert(file.name);
  }
  return names;
}

Result<std::vector<std::string>> Complete(std::string_view argument,
                                          std::string_view typed,
                                          const Question& question) {
  if (argument == "from" || argument == "since") {
    std::vector<std::string> times;
    for (const std::string_view time : kTimes) {
      if (time.starts_with(typed)) times.emplace_back(time);
    }
    return times;
  }
  if (argument == "selector") return Selectors(question, typed);
  if (argument == "source") return Matching(SourceNames(question.deps), typed);
  if (argument == "file") return Matching(FileNames(question.deps), typed);
  if (argument == "service") {
    Question all = question;
    all.service = "";
    PMCP_TRY(names, LabelValues(all, profile::kLabelServiceName));
    return Matching(names, typed);
  }
  if (argument == "profile_type") {
    PMCP_TRY(names, ProfileTypes(question));
    return Matching(names, typed);
  }
  return std::vector<std::string>();
}

}  // namespace

CallContext Soon(const CallContext& call) {
  return {call.stop(), std::min(call.deadline(),
                                std::chrono::steady_clock::now() + kPatience)};
}

server::CompletionFunction CompletionOf(const Deps& deps) {
  return
      [deps](std::string_view argument, std::string_view typed,
             const NamedArguments& others, const server::ToolContext& context) {
        return Complete(argument, typed,
                        {.deps = deps,
                         .call = Soon(context.call()),
                         .service = ValueOf(others, "service"),
                         .source = ValueOf(others, "source"),
                         .selector = ""});
      };
}

}  // namespace pmcp::tools
