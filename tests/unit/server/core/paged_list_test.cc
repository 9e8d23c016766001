#include "server/core/paged_list.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "tests/support/toy_server.h"

namespace pmcp::server {
namespace {

using nlohmann::json;

const std::vector<std::string> kEntries = {"1", "2", "3", "4", "5"};

json PageAt(const PagedList& list, const json& params) {
  const auto page = list.Page(params, protocol::NewestSessionVersion().rules);
  const auto* text = std::get_if<std::string>(&page);
  return text == nullptr ? json("refused") : json::parse(*text);
}

TEST(PagedList, LeadsFromPageToPage) {
  const PagedList list({"things", 2}, kEntries, test::ToyInfo());
  json all = json::array();
  json params = json::object();
  int pages = 0;
  while (true) {
    const json page = PageAt(list, params);
    ASSERT_TRUE(page.is_object());
    all.insert(all.end(), page["things"].begin(), page["things"].end());
    ++pages;
    if (!page.contains("nextCursor")) break;
    params["cursor"] = page["nextCursor"];
  }
  EXPECT_EQ(all, json({1, 2, 3, 4, 5}));
  EXPECT_EQ(pages, 3);
}

TEST(PagedList, FillsTheLastPage) {
  const PagedList list({"things", 5}, kEntries, test::ToyInfo());
  EXPECT_EQ(PageAt(list, json::object()), json({{"things", {1, 2, 3, 4, 5}}}));
}

TEST(PagedList, HasOnePageWithoutASize) {
  const PagedList list({"things"}, kEntries, test::ToyInfo());
  EXPECT_EQ(PageAt(list, json::object())["things"].size(), 5u);
  EXPECT_EQ(PageAt(list, {{"cursor", "x"}}), "refused");
}

TEST(PagedList, MayBeEmpty) {
  const PagedList list({"things", 2}, {}, test::ToyInfo());
  EXPECT_EQ(PageAt(list, json::object()), json({{"things", json::array()}}));
}

TEST(PagedList, WritesLivePagesAlike) {
  const ListOf what{"things", 2};
  const PagedList list(what, kEntries, test::ToyInfo());
  const json second = {{"cursor", PageAt(list, json::object())["nextCursor"]}};
  for (const protocol::Version& version : protocol::kVersions) {
    const protocol::Rules& rules = version.rules;
    EXPECT_EQ(std::get<std::string>(
                  PageOf(what, kEntries, second, rules, test::ToyInfo())),
              std::get<std::string>(list.Page(second, rules)));
  }
}

}  // namespace
}  // namespace pmcp::server
