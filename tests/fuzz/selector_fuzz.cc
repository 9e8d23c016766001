// Parses selectors of any bytes. The text of a parsed selector parses to a
// selector with the same meaning.
#include <algorithm>
#include <string>
#include <vector>

#include "profile/words/selector.h"
#include "tests/fuzz/fuzz_target.h"

namespace pmcp::test {
namespace {

using profile::LabelSelector;
using profile::Matcher;

bool IsSame(const Matcher& a, const Matcher& b) {
  return a.name == b.name && a.op == b.op && a.value == b.value &&
         a.regex.has_value() == b.regex.has_value();
}

/// The labels that equality matchers name, so that some selectors match.
profile::Labels LabelsFor(const LabelSelector& selector) {
  std::vector<profile::Label> labels;
  for (const Matcher& matcher : selector.matchers()) {
    labels.push_back({matcher.name, matcher.value});
  }
  return profile::Labels(std::move(labels));
}

void CheckSelector(std::string_view text) {
  const auto selector = LabelSelector::Parse(text);
  if (!selector.ok()) {
    CheckTeaches(selector.error());
    return;
  }
  PMCP_CHECK(selector->matchers().size() <= LabelSelector::kMaxMatchers);
  const std::string printed = selector->ToString();
  const auto again = LabelSelector::Parse(printed);
  // Escapes make the text longer, so the limit is the only possible error.
  if (printed.size() > LabelSelector::kMaxBytes) return;
  PMCP_CHECK(again.ok());
  PMCP_CHECK(again->ToString() == printed);
  PMCP_CHECK(
      std::ranges::equal(again->matchers(), selector->matchers(), IsSame));
  for (const auto& labels : {profile::Labels(), LabelsFor(*selector)}) {
    PMCP_CHECK(again->Matches(labels) == selector->Matches(labels));
  }
}

}  // namespace
}  // namespace pmcp::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  pmcp::test::CheckSelector(pmcp::test::ToText(data, size));
  return 0;
}
