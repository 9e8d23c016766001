// What the official conformance suite asks a server to have, by kind: each
// function gives the fixtures of one file. All of it goes through the public
// registration of src/server, as a product's features do.
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
/// Report, log, let go of their connection, and change what is listed.
std::vector<server::Tool> StreamTools(
    const std::shared_ptr<server::ChangeFeed>& feed);
/// Whose schemas say more than others.
std::vector<server::Tool> SchemaTools();
/// Ask the client by themselves in the legacy era.
std::vector<server::Tool> AskingTools();
/// Answer "input required", with and without a state.
std::vector<server::Tool> InputRequiredTools();

server::Resources FixtureResources();
std::vector<server::Prompt> FixturePrompts();

/// All of them, with everything declared that can be.
server::Features EverythingFeatures();

}  // namespace pmcp::test
