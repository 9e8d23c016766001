#include "tools/guide/resources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "server/core/server.h"
#include "store/directory_source.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_source.h"
#include "tests/support/store_profiles.h"
#include "tests/support/temp_folder.h"
#include "tools/export/export_folder.h"
#include "tools/tools.h"

namespace pmcp::tools {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kCpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";

class ResourcesTest : public testing::Test {
 protected:
  ResourcesTest() {
    auto good = std::make_unique<test::FakeSource>();
    for (const char* service : {"shop", "team/web"}) {
      good->all_series.push_back(test::MakeLabels(
          {{"service_name", service}, {"__profile_type__", kCpu}}));
    }
    std::vector<source::NamedSource> all;
    all.push_back(
        {"gone", std::make_unique<store::DirectorySource>(
                     store::DirectoryOptions{.folder = "/nonexistent/profiles"},
                     clock_)});
    all.push_back({"good", std::move(good)});
    sources_ = source::Sources(std::move(all));
  }

  Deps MakeDeps() { return {sources_, clock_, exports_.path().string()}; }
  static server::ToolContext Context() { return {CallContext(), "test"}; }

  std::vector<std::string> ListedUris() {
    const auto list = AllResources(MakeDeps()).list(Context());
    EXPECT_TRUE(list.ok());
    std::vector<std::string> uris;
    for (const auto& resource : *list) {
      EXPECT_FALSE(resource.name.empty() || resource.title.empty());
      uris.push_back(resource.uri);
    }
    return uris;
  }

  Result<server::ReadResource> Read(const std::string& uri) {
    return AllResources(MakeDeps()).read(uri, Context());
  }
  std::string Text(const std::string& uri) {
    const auto read = Read(uri);
    EXPECT_TRUE(read.ok()) << uri;
    return read.ok() ? read->contents.at(0).data : "";
  }

  const test::FakeClock clock_{test::At("2026-07-28T12:00:00Z")};
  const test::TempFolder exports_;
  source::Sources sources_;
};

TEST_F(ResourcesTest, ListsSourcesAndWhatThoseHaveThatAnswer) {
  EXPECT_THAT(ListedUris(),
              ElementsAre("pyroscope://gone", "pyroscope://gone/profile-types",
                          "pyroscope://good", "pyroscope://good/profile-types",
                          "pyroscope://good/services/shop",
                          "pyroscope://good/services/team%2Fweb"));
}

TEST_F(ResourcesTest, WhatIsListedCanBeRead) {
  for (const auto& uri : ListedUris()) {
    if (uri.find("gone") != std::string::npos) continue;
    const auto read = Read(uri);
    ASSERT_TRUE(read.ok()) << uri;
    EXPECT_EQ(read->contents.at(0).uri, uri);
    EXPECT_EQ(read->contents.at(0).mime_type, "text/plain");
    EXPECT_FALSE(read->caching.is_public);
    EXPECT_LE(read->caching.ttl_ms, 60'000);
  }
}

TEST_F(ResourcesTest, SaysWhatTheToolsSay) {
  const server::Server server({.name = "test"}, AllTools(MakeDeps()));
  const nlohmann::json of_source = {{"source", "good"}};
  EXPECT_EQ(Text("pyroscope://good"),
            server.Call("overview", of_source, CallContext()).text);
  EXPECT_EQ(
      Text("pyroscope://good/profile-types"),
      server.Call("list_profile_types", {{"source", "good"}}, CallContext())
          .text);
  const std::string service = Text("pyroscope://good/services/team%2Fweb");
  EXPECT_THAT(service, StartsWith("Profile types"));
  EXPECT_THAT(service, HasSubstr("Labels:"));
  EXPECT_THAT(service, HasSubstr("service_name=\"team/web\""));
  EXPECT_EQ(Text("pyroscope://good/services/team/web"), service);
}

TEST_F(ResourcesTest, WhatIsNotThereIsNotFound) {
  for (const char* uri :
       {"pyroscope://good/services/else", "pyroscope://nowhere",
        "file:///etc/passwd", "pyroscope:///exports/none.pb.gz",
        "pyroscope:///exports/..%2F..%2Fetc%2Fpasswd"}) {
    const auto read = Read(uri);
    ASSERT_FALSE(read.ok()) << uri;
    EXPECT_EQ(read.error().kind, ErrorKind::kNotFound) << uri;
    EXPECT_FALSE(read.error().hint.empty()) << uri;
  }
}

TEST_F(ResourcesTest, ASourceThatFailsSaysWhy) {
  const auto read = Read("pyroscope://gone");
  ASSERT_FALSE(read.ok());
  EXPECT_THAT(read.error().message, HasSubstr("/nonexistent/profiles"));
}

TEST_F(ResourcesTest, ExportedFilesAreListedAndRead) {
  const ExportFolder folder(exports_.path().string());
  ASSERT_TRUE(
      folder.Write("shop", ".pb.gz", std::string("\x1f\x8b\0x", 4)).ok());
  EXPECT_THAT(ListedUris(),
              testing::Contains("pyroscope:///exports/shop.pb.gz"));
  const auto read = Read("pyroscope:///exports/shop.pb.gz");
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(read->contents.at(0).is_binary);
  EXPECT_EQ(read->contents.at(0).data, std::string("\x1f\x8b\0x", 4));
}

TEST_F(ResourcesTest, WithoutExportsThereAreNone) {
  const auto resources = AllResources({sources_, clock_});
  for (const auto& one : resources.templates) EXPECT_NE(one.name, "export");
  const auto read =
      resources.read("pyroscope:///exports/shop.pb.gz", Context());
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().kind, ErrorKind::kNotFound);
}

}  // namespace
}  // namespace pmcp::tools
