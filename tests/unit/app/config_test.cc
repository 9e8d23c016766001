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

TEST_F(CommandLine, WhatABundlesFormLeavesEmptyIsNotGiven) {
  setenv("PYROSCOPE_URL", "http://127.0.0.1:4040", 1);
  for (const char* empty : {"", "${user_config.token}"}) {
    for (const auto& row : OptionTable()) {
      if (row.environment == "PYROSCOPE_URL") continue;
      setenv(std::string(row.environment).c_str(), empty, 1);
    }
    for (const char* secret : {"PYROSCOPE_TOKEN", "PYROSCOPE_PASSWORD"}) {
      setenv(secret, empty, 1);
    }
    const auto parsed = Parse({});
    ASSERT_TRUE(parsed.run) << parsed.text;
    EXPECT_EQ(parsed.config.profiles_dir, "");
    EXPECT_EQ(parsed.config.log_level, log::Level::kWarn);
    ASSERT_EQ(parsed.config.sources.size(), 1U);
    const auto& credentials = parsed.config.sources[0].credentials;
    EXPECT_TRUE(credentials.token.empty());
    EXPECT_EQ(credentials.token_file, "");
    EXPECT_EQ(credentials.tenant_id, "");
  }
  // Also as an argument; an incomplete placeholder is used as it is.
  EXPECT_EQ(Parse({"--log-level=${user_config.level}"}).config.log_level,
            log::Level::kWarn);
  EXPECT_EQ(Parse({"--profiles-dir=${user_config"}).config.profiles_dir,
            "${user_config");
  unsetenv("PYROSCOPE_TOKEN");
  unsetenv("PYROSCOPE_PASSWORD");
}

TEST_F(CommandLine, HealthcheckTakesAUrl) {
  const auto usual = Parse({"healthcheck"});
  ASSERT_TRUE(usual.run);
  EXPECT_EQ(usual.config.command, Command::kHealthcheck);
  EXPECT_EQ(usual.config.healthcheck_url, "http://127.0.0.1:8085/healthz");
  EXPECT_EQ(Parse({"healthcheck", "http://[::1]:1/x"}).config.healthcheck_url,
            "http://[::1]:1/x");
}

TEST_F(CommandLine, HealthcheckFindsTheServerThatListensEverywhere) {
  for (const auto& [listen, url] :
       {std::pair{"0.0.0.0:9", "http://127.0.0.1:9/healthz"},
        {":9", "http://127.0.0.1:9/healthz"},
        {"[::]:9", "http://[::1]:9/healthz"},
        {"[::1]:9", "http://[::1]:9/healthz"},
        {"10.0.0.1:9", "http://10.0.0.1:9/healthz"}}) {
    setenv("PMCP_LISTEN", listen, 1);
    const auto parsed = Parse({"healthcheck"});
    EXPECT_TRUE(parsed.run) << parsed.text;
    EXPECT_EQ(parsed.config.healthcheck_url, url);
  }
  setenv("PMCP_LISTEN", "9", 1);
  EXPECT_EQ(Parse({"healthcheck"}).exit_code, kExitUsage);
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
  const auto end = Parse({"--url", "http://localhost:4040"});
  EXPECT_THAT(end.text,
              HasSubstr("did you mean --pyroscope-url or --grafana-url?"));
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

// HTTP clients may be on another machine.
TEST_F(CommandLine, ExportsOverHttpOnlyWhereItIsTold) {
  ::setenv("HOME", "/somewhere", 1);
  EXPECT_EQ(Parse({"http"}).config.export_dir, "");
  EXPECT_EQ(Parse({"http", "--export-dir", "/else"}).config.export_dir,
            "/else");
  ::setenv("PMCP_EXPORT_DIR", "/given", 1);
  EXPECT_EQ(Parse({"http"}).config.export_dir, "/given");
  ::unsetenv("PMCP_EXPORT_DIR");
  ::unsetenv("HOME");
}

}  // namespace
}  // namespace pmcp::app
