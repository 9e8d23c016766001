#include "profile/words/labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pmcp::profile {
namespace {

using testing::ElementsAre;

TEST(Labels, AreSortedByName) {
  const Labels labels({{"zone", "b"}, {"pod", "a"}});
  EXPECT_THAT(labels.all(), ElementsAre(Label{"pod", "a"}, Label{"zone", "b"}));
}

TEST(Labels, KeepTheLastOfEqualNames) {
  const Labels labels({{"a", "1"}, {"b", "2"}, {"a", "3"}});
  EXPECT_THAT(labels.all(), ElementsAre(Label{"a", "3"}, Label{"b", "2"}));
}

TEST(Labels, TakeAnEmptyValueForNone) {
  const Labels labels({{"a", "1"}, {"b", ""}, {"a", ""}, {"c", "3"}});
  EXPECT_THAT(labels.all(), ElementsAre(Label{"c", "3"}));
}

TEST(Labels, GetWhatIsThere) {
  const Labels labels({Label{"pod", "a"}});
  EXPECT_EQ(labels.Get("pod"), "a");
  EXPECT_EQ(labels.Get("po"), "");
  EXPECT_EQ(labels.Get("zone"), "");
  EXPECT_TRUE(labels.Has("pod"));
  EXPECT_FALSE(labels.Has("zone"));
}

TEST(Labels, SetAddsReplacesAndRemoves) {
  Labels labels({Label{"b", "1"}});
  labels.Set("a", "2");
  labels.Set("b", "3");
  labels.Set("c", "4");
  EXPECT_THAT(labels.all(),
              ElementsAre(Label{"a", "2"}, Label{"b", "3"}, Label{"c", "4"}));
  labels.Set("b", "");
  labels.Set("unknown", "");
  EXPECT_THAT(labels.all(), ElementsAre(Label{"a", "2"}, Label{"c", "4"}));
}

TEST(Labels, PrintAsASelector) {
  const Labels labels({{"pod", "a\"b"}, {"k8s.zone", "z"}});
  EXPECT_EQ(ToString(labels.all()), R"({"k8s.zone"="z", pod="a\"b"})");
  EXPECT_EQ(ToString(Labels().all()), "{}");
}

TEST(IsPrivateLabel, LooksAtTheBegin) {
  EXPECT_TRUE(IsPrivateLabel("__name__"));
  EXPECT_FALSE(IsPrivateLabel("_name"));
}

}  // namespace
}  // namespace pmcp::profile
