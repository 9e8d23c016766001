#include "tools/guide/prompts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <variant>

#include "generated/prompt_texts.h"
#include "generated/prompts.h"
#include "generated/schemas.h"
#include "server/core/server.h"
#include "tests/support/fake_clock.h"
#include "tools/tools.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;
using server::NamedArguments;
using testing::HasSubstr;

/// The text of a prompt stays in the conversation, so its length is bounded.
constexpr std::size_t kMaxTextBytes = 3000;

class Prompts : public testing::Test {
 protected:
  Prompts() : all_(AllPrompts({sources_, clock_})) {}

  const server::Prompt& Find(const std::string& name) const {
    for (const auto& prompt : all_) {
      if (prompt.name == name) return prompt;
    }
    ADD_FAILURE() << "no prompt " << name;
    return all_.front();
  }

  static server::ToolContext Context() { return {CallContext(), "test"}; }

  std::string Text(const std::string& name,
                   const NamedArguments& arguments) const {
    const auto outcome = Find(name).run(arguments, Context());
    const auto* messages = std::get_if<server::PromptMessages>(&outcome);
    if (messages == nullptr || messages->size() != 1) {
      ADD_FAILURE() << name << " gave no message";
      return "";
    }
    return std::get<server::TextContent>(messages->front().content).text;
  }

  Error Refusal(const std::string& name,
                const NamedArguments& arguments) const {
    const auto outcome = Find(name).run(arguments, Context());
    const auto* error = std::get_if<Error>(&outcome);
    if (error == nullptr) {
      ADD_FAILURE() << name << " was not refused";
      return {};
    }
    return *error;
  }

  /// A value for every argument of the prompt.
  NamedArguments Everything(const server::Prompt& prompt) const {
    NamedArguments all;
    for (const auto& argument : prompt.arguments) {
      if (argument.name != "source") all[argument.name] = "now-1h";
    }
    all.erase("selector");
    return all;
  }

  source::Sources sources_;
  test::FakeClock clock_{test::At("2026-07-28T12:00:00Z")};
  std::vector<server::Prompt> all_;
};

TEST_F(Prompts, EachHasADeclarationAndAText) {
  std::set<std::string_view> declared;
  std::set<std::string_view> written;
  for (const auto& file : prompts::All()) {
    declared.insert(file.stem);
    EXPECT_EQ(json::parse(file.text).at("name"), file.stem);
  }
  for (const auto& file : prompt_texts::All()) {
    written.insert(file.stem);
    EXPECT_LE(file.text.size(), kMaxTextBytes) << file.stem;
  }
  EXPECT_EQ(declared, written);
  EXPECT_EQ(all_.size(), declared.size());
  EXPECT_GE(all_.size(), 4u);
}

TEST_F(Prompts, DeclaredAndNamedArgumentsAreTheSame) {
  static const std::regex kPlace("\\{\\{([^}]*)\\}\\}");
  for (const auto& file : prompt_texts::All()) {
    const std::string text(file.text);
    std::set<std::string> named;
    for (std::sregex_iterator i(text.begin(), text.end(), kPlace), end;
         i != end; ++i) {
      named.insert((*i)[1]);
    }
    std::set<std::string> declared;
    for (const auto& argument : Find(std::string(file.stem)).arguments) {
      declared.insert(argument.name);
      EXPECT_FALSE(argument.description.empty()) << argument.name;
    }
    EXPECT_EQ(named, declared) << file.stem;
  }
}

/// Every `tool {"argument": …}` in a text passes the schema check, also
/// together with the arguments that the text requires in every call.
TEST_F(Prompts, CallsNameToolsAndArgumentsThatExist) {
  static const std::regex kCall("`([a-z_]+) (\\{[^`]*\\})`");
  static const std::regex kShared("- ([a-z_]+): ");
  const server::Server server({.name = "test"}, AllTools({sources_, clock_}));
  for (const auto& prompt : all_) {
    const std::string text = Text(prompt.name, Everything(prompt));
    json shared = json::object();
    for (std::sregex_iterator i(text.begin(), text.end(), kShared), end;
         i != end; ++i) {
      shared[(*i)[1]] = "x";
    }
    int calls = 0;
    for (std::sregex_iterator i(text.begin(), text.end(), kCall), end; i != end;
         ++i, ++calls) {
      json arguments = json::parse((*i)[2].str());
      const std::string tool = (*i)[1];
      if (tool != "overview") arguments.update(shared);
      if (tool.starts_with("list_")) arguments.erase("profile_type");
      const auto result = server.Call(tool, arguments, CallContext());
      // There is no source: a call that passes the check ends there.
      EXPECT_EQ(result.error, ErrorKind::kNotFound) << (*i)[0];
      EXPECT_THAT(result.text, HasSubstr("no source")) << (*i)[0];
    }
    EXPECT_GE(calls, 4) << prompt.name;
  }
}

/// All other text between backticks is the name of a tool.
TEST_F(Prompts, CodeIsToolsOnly) {
  static const std::regex kCode("`([^` ]*)[^`]*`");
  std::set<std::string> tools;
  for (const auto& file : schemas::All()) tools.emplace(file.stem);
  for (const auto& file : prompt_texts::All()) {
    const std::string text(file.text);
    for (std::sregex_iterator i(text.begin(), text.end(), kCode), end; i != end;
         ++i) {
      EXPECT_TRUE(tools.contains((*i)[1])) << file.stem << ": " << (*i)[0];
    }
  }
}

TEST_F(Prompts, FillsInWhatIsGivenAndLeavesOutTheRest) {
  const std::string all = Text(
      "why_slow",
      {{"service", "shop"}, {"selector", "pod=\"a\""}, {"from", " now-2h "}});
  EXPECT_THAT(all, HasSubstr("why the service shop is slow"));
  EXPECT_THAT(all, HasSubstr("- selector: pod=\"a\"\n"));
  EXPECT_THAT(all, HasSubstr("- from: now-2h\n"));
  const std::string least =
      Text("why_slow", {{"service", "shop"}, {"selector", ""}});
  EXPECT_THAT(least, testing::Not(HasSubstr("- selector:")));
  EXPECT_THAT(least, testing::Not(HasSubstr("- from:")));
  EXPECT_THAT(least, testing::Not(HasSubstr("{{")));
  EXPECT_THAT(Text("review_profile", {}),
              testing::Not(HasSubstr("Arguments of every call")));
}

TEST_F(Prompts, WrongArgumentsAreRefusedWithTheWayOn) {
  const Error time =
      Refusal("what_changed", {{"service", "shop"}, {"since", "yesterdayish"}});
  EXPECT_EQ(time.kind, ErrorKind::kInvalidArgument);
  EXPECT_THAT(time.message, HasSubstr("yesterdayish"));
  EXPECT_THAT(
      Refusal("why_slow", {{"service", "s"}, {"selector", "pod="}}).message,
      HasSubstr("pod="));
  const Error unknown = Refusal("why_slow", {{"service", "s"}, {"fron", "x"}});
  EXPECT_THAT(unknown.message, HasSubstr("\"fron\""));
  EXPECT_THAT(unknown.hint, HasSubstr("Did you mean \"from\"?"));
  EXPECT_THAT(Refusal("why_slow", {{"service", "  "}}).message,
              HasSubstr("service of why_slow is empty"));
  EXPECT_THAT(Refusal("why_slow", {{"service", "a\nIgnore all"}}).message,
              HasSubstr("invisible"));
  EXPECT_EQ(Refusal("why_slow", {{"service", "s"}, {"source", "gone"}}).kind,
            ErrorKind::kNotFound);
}

TEST_F(Prompts, ValuesHaveALimit) {
  EXPECT_THAT(Text("why_slow", {{"service", std::string(1000, 's')}}),
              HasSubstr("sss"));
  EXPECT_THAT(
      Refusal("why_slow", {{"service", std::string(1001, 's')}}).message,
      HasSubstr("1001 bytes"));
}

}  // namespace
}  // namespace pmcp::tools
