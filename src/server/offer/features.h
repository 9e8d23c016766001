// Features: everything that a host registers with a server. The server declares
// exactly these capabilities; a method of a feature that is not registered does
// not exist.
//
// Worker threads call the functions, also several at once. Functions must not
// throw, and must check the CallContext of their context while they work.
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

/// Arguments by name. For a completion: the arguments with a value so far.
using NamedArguments = std::map<std::string, std::string, std::less<>>;

/// Returns all values of one argument that match `typed`, best first. The
/// server sends the first hundred.
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
  /// Resources that always exist.
  std::vector<Resource> fixed;
  /// Returns resources that come and go, listed after `fixed`; may be empty.
  std::function<Result<std::vector<Resource>>(const ToolContext&)> list;
  std::vector<ResourceTemplate> templates;
  /// Reads any resource, also one that no list names. kNotFound if there is
  /// none.
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
  /// Called with all required arguments, and the optional ones that were given.
  std::function<std::variant<PromptMessages, InputRequired, Error>(
      const NamedArguments&, const ToolContext&)>
      run;
  CompletionFunction complete;  // of the arguments; may be empty
};

/// The changes of which a server notifies its clients.
struct Changes {
  /// The host publishes changes here; null if nothing ever changes. Shared by
  /// the host and the server.
  std::shared_ptr<ChangeFeed> feed;
  bool tools = false;      // the list of tools
  bool prompts = false;    // the list of prompts
  bool resources = false;  // the list of resources
  bool contents = false;   // the contents of single resources
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
