#include "app/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <initializer_list>
#include <string>
#include <vector>

#include "tests/support/temp_folder.h"

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

TEST_F(CommandLine, AFileOrFolderIsASource) {
  const test::TempFolder folder;
  folder.Write("cpu.prof", "x");
  folder.Write("shop/heap.pb", "x");
  const std::string file = (folder.path() / "cpu.prof").string();
  const std::string shop = (folder.path() / "shop").string();
  setenv("PROFILES_DIR", "from-environment", 1);

  const auto one = Parse({file.c_str()});
  ASSERT_TRUE(one.run) << one.text;
  EXPECT_EQ(one.config.command, Command::kStdio);
  EXPECT_EQ(one.config.profiles_dir, file);
  EXPECT_TRUE(one.config.sources.empty());

  const auto http = Parse({"http", "--listen", "[::1]:9", shop.c_str()});
  ASSERT_TRUE(http.run) << http.text;
  EXPECT_EQ(http.config.command, Command::kHttp);
  EXPECT_EQ(http.config.profiles_dir, shop);
  EXPECT_EQ(Parse({shop.c_str(), "http"}).config.command, Command::kHttp);

  const auto several = Parse({file.c_str(), shop.c_str()});
  ASSERT_EQ(several.config.sources.size(), 2U) << several.text;
  EXPECT_EQ(several.config.sources[0].name, "cpu");
  EXPECT_EQ(several.config.sources[1].folder, shop);

  const auto with_flag = Parse({"--profiles-dir", shop.c_str(), file.c_str()});
  ASSERT_EQ(with_flag.config.sources.size(), 2U) << with_flag.text;
  EXPECT_EQ(with_flag.config.sources[0].folder, shop);
  EXPECT_EQ(with_flag.config.sources[1].folder, file);
}

TEST_F(CommandLine, CallTakesPathsAmongItsArguments) {
  const test::TempFolder folder;
  folder.Write("cpu.prof", "x");
  folder.Write("a=b.prof", "x");
  const std::string file = (folder.path() / "cpu.prof").string();
  const std::string equals = (folder.path() / "a=b.prof").string();
  const auto parsed =
      Parse({"call", "query_flamegraph", file.c_str(), "sort=total"});
  ASSERT_TRUE(parsed.run) << parsed.text;
  EXPECT_EQ(parsed.config.profiles_dir, file);
  EXPECT_THAT(parsed.config.call_arguments, ElementsAre("sort=total"));
  // A name with "=" is an argument; the flag takes it.
  EXPECT_THAT(Parse({"call", "overview", equals.c_str()}).config.call_arguments,
              ElementsAre(equals));
  EXPECT_EQ(Parse({"--profiles-dir", equals.c_str()}).config.profiles_dir,
            equals);
}

TEST_F(CommandLine, RefusesAWordThatIsNoPath) {
  const auto parsed = Parse({"cpu.porf"});
  EXPECT_EQ(parsed.exit_code, kExitUsage);
  EXPECT_THAT(parsed.text,
              HasSubstr("\"cpu.porf\" is neither a command nor an existing "
                        "file or folder\n"));
  EXPECT_THAT(parsed.text, HasSubstr("cpu.prof"));
  EXPECT_THAT(parsed.text, HasSubstr("key=value"));
  EXPECT_EQ(Parse({"service=shop"}).exit_code, kExitUsage);
  // These commands have no source.
  const auto tools = Parse({"tools", "/"});
  EXPECT_EQ(tools.exit_code, kExitUsage);
  EXPECT_THAT(tools.text, HasSubstr("tools takes no path: \"/\""));
  EXPECT_EQ(Parse({"healthcheck", "http://[::1]:1/x", "/"}).exit_code,
            kExitUsage);
}

TEST_F(CommandLine, SaysWhereAUrlBelongs) {
  const char* url = "http://localhost:4040";
  setenv("PROFILES_DIR", url, 1);
  for (const auto& parsed :
       {Parse({}), Parse({"--profiles-dir", "https://host"}),
        Parse({"--profiles-dir", "/", "--profiles-dir", url}), Parse({url})}) {
    EXPECT_EQ(parsed.exit_code, kExitUsage);
    EXPECT_THAT(parsed.text, HasSubstr("--pyroscope-url"));
  }
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
