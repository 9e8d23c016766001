#include "tools/guide/resource_uri.h"

#include <gtest/gtest.h>

#include <string>

namespace pmcp::tools {
namespace {

using Kind = ResourceUri::Kind;

TEST(ResourceUri, IsWrittenAndReadAgain) {
  const std::pair<ResourceUri, const char*> cases[] = {
      {{Kind::kSource, "local", ""}, "pyroscope://local"},
      {{Kind::kProfileTypes, "local", ""}, "pyroscope://local/profile-types"},
      {{Kind::kService, "eu", "shop"}, "pyroscope://eu/services/shop"},
      {{Kind::kService, "e/u", "a b/ü%"},
       "pyroscope://e%2Fu/services/a%20b%2F%C3%BC%25"},
      {{Kind::kService, "exports", "exports"},
       "pyroscope://exports/services/exports"},
      {{Kind::kExport, "", "shop.pb.gz"}, "pyroscope:///exports/shop.pb.gz"}};
  for (const auto& [uri, text] : cases) {
    EXPECT_EQ(FormatUri(uri), text);
    EXPECT_EQ(ParseUri(text), uri) << text;
  }
}

TEST(ResourceUri, AllBytesSurvive) {
  std::string name;
  for (int byte = 1; byte < 256; ++byte)
    name.push_back(static_cast<char>(byte));
  const ResourceUri uri{Kind::kService, name, name};
  EXPECT_EQ(ParseUri(FormatUri(uri)), uri);
}

TEST(ResourceUri, AllElseIsNone) {
  for (const char* text :
       {"", "pyroscope:", "pyroscope://", "pyroscope:///", "file:///etc/passwd",
        "pyroscope://local/", "pyroscope://local/else",
        "pyroscope://local/services", "pyroscope://local/services/",
        "pyroscope://local/services//b", "pyroscope://local/profile-types/x",
        "pyroscope:///services/x", "pyroscope:///profile-types",
        "pyroscope:///exports/", "pyroscope:///exports/a/b",
        "pyroscope://local/services/%", "pyroscope://local/services/%4",
        "pyroscope://local/services/%zz", "PYROSCOPE://local"}) {
    EXPECT_FALSE(ParseUri(text).has_value()) << text;
  }
}

TEST(ResourceUri, HasALimit) {
  const std::string front = "pyroscope://local/services/";
  EXPECT_TRUE(ParseUri(front + std::string(8192 - front.size(), 'x')));
  EXPECT_FALSE(ParseUri(front + std::string(8193 - front.size(), 'x')));
}

}  // namespace
}  // namespace pmcp::tools
