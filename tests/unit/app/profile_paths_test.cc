#include "app/profile_paths.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "tests/support/temp_folder.h"

namespace pmcp::app {
namespace {

using Paths = std::vector<std::string>;

TEST(ReadProfilePaths, SeparatesRepeatedFlagsAndColons) {
  EXPECT_EQ(ReadProfilePaths(""), (Paths{}));
  EXPECT_EQ(ReadProfilePaths("a"), (Paths{"a"}));
  EXPECT_EQ(ReadProfilePaths("a\nb:c"), (Paths{"a", "b:c"}));
  EXPECT_EQ(ReadProfilePaths("a:b:"), (Paths{"a", "b"}));
}

TEST(ReadProfilePaths, KeepsAColonOfANameThatExists) {
  const test::TempFolder folder;
  folder.Write("a:b/cpu.pb", "x");
  const std::string path = (folder.path() / "a:b").string();
  EXPECT_EQ(ReadProfilePaths(path), (Paths{path}));
}

TEST(ReadProfilePaths, ReplacesTheHomeFolder) {
  ::setenv("HOME", "/at", 1);
  EXPECT_EQ(ReadProfilePaths("~/pprof"), (Paths{"/at/pprof"}));
  EXPECT_EQ(ReadProfilePaths("x~/pprof"), (Paths{"x~/pprof"}));
}

TEST(TakePaths, TakesWhatExistsAndIsNoArgument) {
  const test::TempFolder folder;
  folder.Write("cpu.prof", "x");
  folder.Write("{}", "x");
  ::setenv("HOME", folder.path().c_str(), 1);
  const std::string file = (folder.path() / "cpu.prof").string();
  Paths words = {"service=shop", file, "{}", "no.prof", "~/cpu.prof"};
  EXPECT_EQ(TakePaths(words), (Paths{file, file}));
  EXPECT_EQ(words, (Paths{"service=shop", "{}", "no.prof"}));
}

TEST(UrlAmongPaths, FindsTheFirst) {
  EXPECT_EQ(UrlAmongPaths("a:b\nhttp://host:1\nhttps://x"), "http://host:1");
  EXPECT_EQ(UrlAmongPaths("a:b\nc"), "");
}

TEST(SourcesOfPaths, NamesThemByTheirLastElement) {
  const test::TempFolder folder;
  folder.Write("before.cpu.prof", "x");
  folder.Write("shop/cpu.pb", "x");
  folder.Write("more/shop/cpu.pb", "x");
  const auto in = [&](const char* name) {
    return (folder.path() / name).string();
  };
  const Paths paths = {in("before.cpu.prof"), in("shop"), in("more/shop/")};
  const auto sources = SourcesOfPaths(paths);
  ASSERT_EQ(sources.size(), 3u);
  EXPECT_EQ(sources[0].name, "before");
  EXPECT_EQ(sources[1].name, "shop");
  EXPECT_EQ(sources[2].name, "shop-2");
  EXPECT_EQ(sources[2].folder, paths[2]);
  EXPECT_EQ(sources[2].kind, SourceKind::kLocal);
}

TEST(MissingPaths, NamesThePathsThatDoNotExist) {
  const test::TempFolder folder;
  folder.Write("cpu.prof", "x");
  const Paths paths = {(folder.path() / "cpu.prof").string(),
                       "/no/such/folder"};
  EXPECT_EQ(MissingPaths(paths),
            (Paths{"the folder or file of profiles \"/no/such/folder\" does "
                   "not exist"}));
}

}  // namespace
}  // namespace pmcp::app
