#include "store/ingest/label_rules.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/support/store_profiles.h"

namespace pmcp::store {
namespace {

using profile::ToString;

std::string LabelsText(std::string_view path,
                       const std::vector<FolderRules>& folders) {
  return ToString(LabelsOfPath(path, folders, IngestRules::kAsPushed).all());
}

TEST(ServiceOfPath, IsTheFirstFolderOrTheNameUpToItsDot) {
  EXPECT_EQ(ServiceOfPath("checkout.cpu.pb.gz"), "checkout");
  EXPECT_EQ(ServiceOfPath("checkout/cpu.pb.gz"), "checkout");
  EXPECT_EQ(ServiceOfPath("shop.v2/eu/cpu.pb.gz"), "shop.v2");
  EXPECT_EQ(ServiceOfPath("cpu"), "cpu");
  EXPECT_EQ(ServiceOfPath(".pb.gz"), "");
}

TEST(ServiceOfPath, IsAlwaysText) {
  EXPECT_EQ(ServiceOfPath("caf\xe9.pb.gz"), "caf\xEF\xBF\xBD");
}

TEST(LabelsOfPath, LastMatchWins) {
  const std::vector<FolderRules> folders = {
      {"",
       {{"*", {{"env", "prod"}, {"team", "a"}}},
        {"*.v2.*", {{"version", "v2"}, {"env", "test"}}},
        {"*.v3.*", {{"env", "never"}}}}}};
  EXPECT_EQ(LabelsText("shop.v2.cpu.pb", folders),
            R"({env="test", service_name="shop", team="a", version="v2"})");
  EXPECT_EQ(LabelsText("shop.v1.cpu.pb", folders),
            R"({env="prod", service_name="shop", team="a"})");
}

TEST(LabelsOfPath, MatchesBelowTheFolderOfTheRule) {
  const std::vector<FolderRules> folders = {
      {"", {{"shop/eu/x.pb", {{"root", "1"}}}}},
      {"shop", {{"eu/x.pb", {{"mid", "1"}}}, {"shop/*", {{"no", "1"}}}}},
      {"shop/eu", {{"x.pb", {{"deep", "1"}}}}},
      {"sho", {{"*", {{"no", "2"}}}}},
      {"other", {{"*", {{"no", "3"}}}}}};
  EXPECT_EQ(LabelsText("shop/eu/x.pb", folders),
            R"({deep="1", mid="1", root="1", service_name="shop"})");
}

TEST(LabelsOfPath, DeeperFoldersComeLater) {
  const std::vector<FolderRules> folders = {{"", {{"*", {{"env", "root"}}}}},
                                            {"a", {{"*", {{"env", "a"}}}}}};
  EXPECT_EQ(LabelsOfPath("a/x.pb", folders, IngestRules::kAsPushed).Get("env"),
            "a");
  EXPECT_EQ(LabelsOfPath("b/x.pb", folders, IngestRules::kAsPushed).Get("env"),
            "root");
}

TEST(LabelsOfPath, EmptyTakesAway) {
  const std::vector<FolderRules> folders = {
      {"", {{"*", {{"env", "prod"}, {"service_name", ""}}}}},
      {"a", {{"*", {{"env", ""}}}}},
      {"b", {{"*", {{"service_name", "again"}}}}}};
  EXPECT_EQ(LabelsText("a/x.pb", folders), "{}");
  EXPECT_EQ(LabelsText("b/x.pb", folders),
            R"({env="prod", service_name="again"})");
}

}  // namespace
}  // namespace pmcp::store
