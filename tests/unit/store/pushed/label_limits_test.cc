#include "store/pushed/label_limits.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/store_profiles.h"

namespace pmcp::store {
namespace {

profile::Labels WithLabels(std::size_t count) {
  profile::Labels labels = test::MakeLabels({{"__name__", "process_cpu"}});
  for (std::size_t i = 1; i < count; ++i) {
    labels.Set("label" + std::to_string(i), "x");
  }
  return labels;
}

std::string Refusal(const profile::Labels& labels) {
  const auto checked = CheckLabels(labels);
  return checked.ok() ? "" : checked.error().message;
}

TEST(CheckLabels, Counts) {
  EXPECT_EQ(Refusal(WithLabels(kMaxLabels)), "");
  EXPECT_EQ(Refusal(WithLabels(kMaxLabels + 1)),
            "has 31 labels on one series; at most 30 are allowed");
}

TEST(CheckLabels, WantsAName) {
  EXPECT_EQ(Refusal({}), "has a first sample type without a name");
  profile::Labels labels = WithLabels(1);
  labels.Set("", "x");
  EXPECT_EQ(Refusal(labels), "has a label without a name");
}

TEST(CheckLabels, MeasuresNames) {
  profile::Labels labels = WithLabels(1);
  labels.Set(std::string(kMaxLabelNameBytes, 'n'), "x");
  EXPECT_EQ(Refusal(labels), "");
  labels.Set(std::string(kMaxLabelNameBytes + 1, 'n'), "x");
  EXPECT_NE(Refusal(labels).find("of 1025 bytes; at most 1024"),
            std::string::npos);
  // The error shortens a name of this length.
  EXPECT_LT(Refusal(labels).size(), 200u);
}

TEST(CheckLabels, MeasuresValues) {
  profile::Labels labels = WithLabels(1);
  labels.Set("pod", std::string(kMaxLabelValueBytes, 'v'));
  EXPECT_EQ(Refusal(labels), "");
  labels.Set("pod", std::string(kMaxLabelValueBytes + 1, 'v'));
  EXPECT_EQ(Refusal(labels),
            "gives the label \"pod\" a value of 2049 bytes; at most 2048 are "
            "allowed");
}

}  // namespace
}  // namespace pmcp::store
