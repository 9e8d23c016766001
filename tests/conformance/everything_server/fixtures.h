// The fixtures that the official conformance suite requires of a server, by
// kind: one function for each file. All are registered through the public API
// of src/server, as a product's features are.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/offer/change_feed.h"
#include "server/offer/features.h"
#include "server/offer/tool.h"

namespace pmcp::test {

/// A picture of one pixel and a sound of no length, as bytes.
std::string TinyPng();
std::string TinyWav();

/// A tool whose schema is `input_schema`, or has no arguments without one.
server::Tool MakeFixture(std::string_view name, std::string_view description,
                         server::ToolFunction run,
                         std::string_view input_schema = {});
server::ToolResult TextResult(std::string text);

/// In the order of tools/list; the first can be called without arguments.
std::vector<server::Tool> ContentTools();
/// Report progress, log, close their connection, and change lists.
std::vector<server::Tool> StreamTools(
    const std::shared_ptr<server::ChangeFeed>& feed);
/// With schemas beyond what InputSchema supports.
std::vector<server::Tool> SchemaTools();
/// Need input of the client once.
std::vector<server::Tool> AskingTools();
/// Need input of the client several times, with and without a state.
std::vector<server::Tool> InputRequiredTools();

server::Resources FixtureResources();
std::vector<server::Prompt> FixturePrompts();

/// All fixtures, with all capabilities declared.
server::Features EverythingFeatures();

}  // namespace pmcp::test
