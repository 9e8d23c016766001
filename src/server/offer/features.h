// Features: everything that a server offers, as its maker registers it. Only
// what is here is declared to clients, and methods of what is not do not exist.
//
// Functions are called from any worker thread, also several times at once; they
// must not throw, and look at the context's CallContext as they work.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "server/offer/change_feed.h"
#include "server/offer/input_required.h"
#include "server/offer/tool.h"
#include "server/offer/tool_context.h"
#include "server/words/content.h"

namespace pmcp::server {

/// Arguments by name; of a completion those that are filled in already.
using NamedArguments = std::map<std::string, std::string, std::less<>>;

/// All values of one argument that begin with, or otherwise match, what was
/// typed; the best first. The protocol sends the first hundred.
using CompletionFunction = std::function<Result<std::vector<std::string>>(
    std::string_view argument, std::string_view typed,
    const NamedArguments& others, const ToolContext& context)>;

/// A family of resources (RFC 6570): "logs://{service}/{day}".
struct ResourceTemplate {
  std::string uri_template;
  std::string name;
  std::string title;
  std::string description;
  std::string mime_type;
  CompletionFunction complete;  // of the variables; may be empty
};

struct ReadResource {
  std::vector<ResourceContents> contents;  // at least one
  Caching caching;
};

struct Resources {
  /// Resources that are always there.
  std::vector<Resource> fixed;
  /// Those that come and go, listed after the fixed ones; may be empty.
  std::function<Result<std::vector<Resource>>(const ToolContext&)> list;
  std::vector<ResourceTemplate> templates;
  /// Any of them, or one that no list has. kNotFound when there is none.
  std::function<Result<ReadResource>(const std::string& uri,
                                     const ToolContext&)>
      read;
};

struct PromptArgument {
  std::string name;
  std::string description;
  bool required = false;
};

struct PromptMessage {
  enum class Role { kUser, kAssistant };
  Role role = Role::kUser;
  Content content;
};

using PromptMessages = std::vector<PromptMessage>;

struct Prompt {
  std::string name;
  std::string title;
  std::string description;
  std::vector<PromptArgument> arguments;
  /// Required arguments are there, others that were left out are not.
  std::function<std::variant<PromptMessages, InputRequired, Error>(
      const NamedArguments&, const ToolContext&)>
      run;
  CompletionFunction complete;  // of the arguments; may be empty
};

/// What a server tells its clients of by itself.
struct Changes {
  /// Where the maker publishes them; null when nothing ever changes. Shared by
  /// the maker, who keeps it for that, and the server.
  std::shared_ptr<ChangeFeed> feed;
  bool tools = false;      // the list of tools
  bool prompts = false;    // the list of prompts
  bool resources = false;  // the list of resources
  bool contents = false;   // what single resources hold
};

struct Features {
  std::vector<Tool> tools;
  std::optional<Resources> resources;
  std::vector<Prompt> prompts;
  Changes changes;
  /// Whether ToolContext::Log reaches clients. Deprecated by the protocol.
  bool logging = false;
  /// Ids of extensions that are declared, such as "io.modelcontextprotocol/ui".
  std::vector<std::string> extensions;
};

}  // namespace pmcp::server
