#include "app/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include <cstdlib>
#include <initializer_list>
#include <vector>

namespace pmcp::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class CommandLine : public testing::Test {
 protected:
  CommandLine() {
    for (const auto& row : OptionTable()) {
      unsetenv(std::string(row.environment).c_str());
    }
  }

  static ParsedCommandLine Parse(std::initializer_list<const char*> words) {
    std::vector<const char*> argv = {"pyroscope-mcp"};
    argv.insert(argv.end(), words);
    return ParseCommandLine(static_cast<int>(argv.size()), argv.data());
  }
};

TEST_F(CommandLine, NothingGivenServesStdio) {
  const auto parsed = Parse({});
  ASSERT_TRUE(parsed.run);
  EXPECT_EQ(parsed.config.command, Command::kStdio);
  EXPECT_EQ(parsed.config.profiles_dir, "");
  EXPECT_EQ(parsed.config.log_level, log::Level::kWarn);
  EXPECT_EQ(parsed.config.store_memory_bytes, std::size_t{1} << 30);
}

TEST_F(CommandLine, FlagBeatsEnvironment) {
  setenv("PROFILES_DIR", "from-environment", 1);
  EXPECT_EQ(Parse({}).config.profiles_dir, "from-environment");
  EXPECT_EQ(Parse({"--profiles-dir", "from-flag"}).config.profiles_dir,
            "from-flag");
}

TEST_F(CommandLine, OptionsMayStandBehindTheCommand) {
  const auto parsed = Parse({"stdio", "--profiles-dir=p", "--log-level=trace",
                             "--store-memory=256MiB"});
  ASSERT_TRUE(parsed.run);
  EXPECT_EQ(parsed.config.profiles_dir, "p");
  EXPECT_EQ(parsed.config.log_level, log::Level::kTrace);
  EXPECT_EQ(parsed.config.store_memory_bytes, std::size_t{256} << 20);
}

TEST_F(CommandLine, CallTakesAToolAndItsArguments) {
  const auto parsed = Parse(
      {"call", "top_series", "service=shop", "limit=5", "--profiles-dir", "p"});
  ASSERT_TRUE(parsed.run);
  EXPECT_EQ(parsed.config.command, Command::kCall);
  EXPECT_EQ(parsed.config.call_tool, "top_series");
  EXPECT_THAT(parsed.config.call_arguments,
              ElementsAre("service=shop", "limit=5"));
  EXPECT_EQ(parsed.config.profiles_dir, "p");
}

TEST_F(CommandLine, HelpAndVersionAreNoErrors) {
  const auto help = Parse({"--help"});
  EXPECT_FALSE(help.run);
  EXPECT_EQ(help.exit_code, kExitOk);
  for (const auto& row : OptionTable()) {
    EXPECT_THAT(help.text, HasSubstr(std::string(row.flag)));
    EXPECT_THAT(help.text, HasSubstr(std::string(row.environment)));
  }
  const auto version = Parse({"--version"});
  EXPECT_EQ(version.exit_code, kExitOk);
  EXPECT_THAT(version.text, testing::StartsWith("pyroscope-mcp 0."));
}

TEST_F(CommandLine, UnknownWordsAreRefusedWithTheNearest) {
  const auto flag = Parse({"--profile-dir", "p"});
  EXPECT_EQ(flag.exit_code, kExitUsage);
  EXPECT_THAT(flag.text, HasSubstr("did you mean --profiles-dir?"));
  const auto command = Parse({"stdoi"});
  EXPECT_EQ(command.exit_code, kExitUsage);
  EXPECT_THAT(command.text, HasSubstr("did you mean stdio?"));
  EXPECT_EQ(Parse({"call"}).exit_code, kExitUsage);
}

TEST_F(CommandLine, AllProblemsAreNamedAtOnce) {
  const auto parsed = Parse({"--log-level=loud", "--store-memory=5"});
  EXPECT_EQ(parsed.exit_code, kExitUsage);
  EXPECT_THAT(parsed.text, HasSubstr("\"loud\""));
  EXPECT_THAT(parsed.text, HasSubstr("\"5\""));
}

TEST_F(CommandLine, ExportsUnderTheUsersStateUnlessToldOtherwise) {
  ::setenv("HOME", "/somewhere", 1);
  ::unsetenv("XDG_STATE_HOME");
  EXPECT_EQ(Parse({}).config.export_dir,
            "/somewhere/.local/state/pyroscope-mcp/exports");
  ::setenv("XDG_STATE_HOME", "/state", 1);
  EXPECT_EQ(Parse({}).config.export_dir, "/state/pyroscope-mcp/exports");
  ::setenv("XDG_STATE_HOME", "state", 1);  // to be ignored, says the standard
  EXPECT_EQ(Parse({}).config.export_dir,
            "/somewhere/.local/state/pyroscope-mcp/exports");
  EXPECT_EQ(Parse({"--export-dir", "/else"}).config.export_dir, "/else");
  EXPECT_EQ(Parse({"--export-dir=off"}).config.export_dir, "");
  ::unsetenv("XDG_STATE_HOME");
  ::unsetenv("HOME");
  EXPECT_EQ(Parse({}).config.export_dir, "");
}

}  // namespace
}  // namespace pmcp::app
