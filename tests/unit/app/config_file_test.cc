#include "app/config_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/support/temp_folder.h"

namespace pmcp::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ConfigFile : public testing::Test {
 protected:
  std::vector<SourceConfig> Read(std::string_view text) {
    folder_.Write("c.json", text);
    problems_.clear();
    return ReadConfigFile((folder_.path() / "c.json").string(),
                          {.timeout = std::chrono::seconds(7)}, problems_);
  }

  test::TempFolder folder_;
  std::vector<std::string> problems_;
};

TEST_F(ConfigFile, ReadsEveryKindOfSource) {
  setenv("PMCP_TEST_TOKEN", "s3cret", 1);
  const auto sources = Read(R"({"sources": [
      {"name": "a", "kind": "local", "folder": "profiles"},
      // comments are allowed
      {"name": "b", "kind": "pyroscope", "url": "http://b:4040/x",
       "tenant_id": "t|u", "token_env": "PMCP_TEST_TOKEN", "gzip": false},
      {"name": "c", "kind": "grafana", "url": "https://c", "datasource": "P",
       "token_file": "c.token", "timeout": "5s", "max_response": "1MiB"}]})");
  EXPECT_THAT(problems_, IsEmpty());
  ASSERT_EQ(sources.size(), 3u);
  EXPECT_EQ(sources[0].folder, (folder_.path() / "profiles").string());
  EXPECT_EQ(sources[1].credentials.token.Reveal(), "s3cret");
  EXPECT_EQ(fmt::format("{}", sources[1].credentials.token), "***");
  EXPECT_EQ(sources[1].credentials.tenant_id, "t|u");
  EXPECT_EQ(sources[1].gzip, false);
  EXPECT_EQ(sources[1].timeout, std::chrono::seconds(7));
  EXPECT_EQ(sources[2].kind, SourceKind::kGrafana);
  EXPECT_EQ(sources[2].credentials.token_file,
            (folder_.path() / "c.token").string());
  EXPECT_EQ(sources[2].timeout, std::chrono::seconds(5));
  EXPECT_EQ(sources[2].max_response_bytes, std::size_t{1} << 20);
}

TEST_F(ConfigFile, NamesAllProblemsAtOnce) {
  unsetenv("PMCP_TEST_MISSING");
  Read(R"({"sources": [
      {"name": "a", "kind": "locl", "url": "ftp://a"},
      {"kind": "pyroscope", "url": "http://user:pass@b", "tokn_env": "X",
       "token_env": "PMCP_TEST_MISSING"},
      {"name": "c", "kind": "pyroscope", "url": "http://c", "username": "u",
       "timeout": "soon", "gzip": 1, "client_cert_file": "x"},
      7]})");
  EXPECT_THAT(
      problems_,
      ElementsAre(HasSubstr("sources[0]: \"kind\" is \"locl\""),
                  HasSubstr("is neither http nor https"),
                  HasSubstr("did you mean \"token_env\"?"),
                  HasSubstr("PMCP_TEST_MISSING, which is not set"),
                  HasSubstr("\"name\" is missing"),
                  HasSubstr("holds a user name or a password"),
                  HasSubstr("\"gzip\" is neither true nor false"),
                  HasSubstr("\"timeout\" is not a duration"),
                  HasSubstr("a user name and a password belong together"),
                  HasSubstr("a client certificate and its key"),
                  HasSubstr("sources[3]: is not an object")));
  for (const auto& problem : problems_) {
    EXPECT_EQ(problem.find("pass@"), std::string::npos);
  }
}

TEST_F(ConfigFile, OrganisationsAreNumbers) {
  Read(R"({"sources": [{"name": "g", "kind": "grafana", "url": "http://g",
                        "org_id": "main"}]})");
  EXPECT_THAT(problems_,
              ElementsAre(HasSubstr("the organisation is \"main\"; give")));
}

TEST_F(ConfigFile, SecretsInTheFileAreRefusedAndNotRepeated) {
  Read(R"({"sources": [
      {"name": "a", "kind": "pyroscope", "url": "http://a", "token": "s3cret"},
      {"name": "b", "kind": "pyroscope", "url": "http://b", "username": "u",
       "password": "s3cret"}]})");
  EXPECT_THAT(problems_,
              ElementsAre(HasSubstr("unknown key \"token\""),
                          HasSubstr("unknown key \"password\""),
                          HasSubstr("a user name and a password belong")));
  for (const auto& problem : problems_) {
    EXPECT_EQ(problem.find("s3cret"), std::string::npos);
  }
}

TEST_F(ConfigFile, ErrorsAboutASourceSayWhereItIsConfigured) {
  const auto sources = Read(R"({"sources": [
      {"name": "c", "kind": "grafana", "url": "https://c"}]})");
  ASSERT_EQ(sources.size(), 1u);
  EXPECT_EQ(sources[0].datasource_named, "\"datasource\" of source \"c\"");
  EXPECT_EQ(sources[0].credentials.named, "the credentials of source \"c\"");
}

TEST_F(ConfigFile, RefusesWhatIsNoListOfSources) {
  for (const char* text : {"", "[]", "{}", "{\"sources\": 1}", "{\"sources\"",
                           "[[[[[[[[[[[[[[[[[[[[[[[[[[[["}) {
    Read(text);
    EXPECT_EQ(problems_.size(), 1u) << text;
  }
}

TEST(CheckNames, NoTwoSourcesHaveOneName) {
  std::vector<std::string> problems;
  CheckNames({"b", "a", "c"}, problems);
  EXPECT_THAT(problems, IsEmpty());
  CheckNames({"b", "a", "b"}, problems);
  EXPECT_THAT(problems, ElementsAre("two sources are called \"b\""));
}

}  // namespace
}  // namespace pmcp::app
