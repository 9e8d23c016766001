// Parses a labels.json of any bytes. Accepted rules are within limits, can be
// written and parsed again, and give valid labels.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "store/ingest/label_rules.h"
#include "store/ingest/label_rules_json.h"
#include "tests/fuzz/fuzz_target.h"

namespace pmcp::test {
namespace {

using store::LabelRule;

/// Writes JSON by hand, as rules and labels may have the same name twice.
std::string Write(const std::vector<LabelRule>& rules) {
  const auto quote = [](const std::string& text) {
    return nlohmann::json(text).dump();
  };
  std::string text = "{";
  for (const LabelRule& rule : rules) {
    if (text.size() > 1) text += ",";
    text += quote(rule.glob) + ":{";
    for (const auto& [name, value] : rule.labels) {
      if (!text.ends_with('{')) text += ",";
      text += quote(name) + ":" + quote(value);
    }
    text += "}";
  }
  return text + "}";
}

bool IsSame(const LabelRule& a, const LabelRule& b) {
  return a.glob == b.glob && a.labels == b.labels;
}

void CheckLabels(const std::vector<LabelRule>& rules) {
  const store::FolderRules root{.folder = "", .rules = rules};
  const store::FolderRules shop{.folder = "shop", .rules = rules};
  for (const std::string path : {"shop/cpu.v1.pb.gz", "cpu.pb", "a/b/c"}) {
    const std::vector once = {root, shop};
    const std::vector twice = {root, root, shop, shop};
    const profile::Labels labels =
        store::LabelsOfPath(path, once, store::IngestRules::kAsPushed);
    for (const profile::Label& label : labels.all()) {
      PMCP_CHECK(!label.value.empty());
    }
    // The last rule that matches decides: saying it again changes nothing.
    PMCP_CHECK(store::LabelsOfPath(path, twice,
                                   store::IngestRules::kAsPushed) == labels);
  }
}

void CheckFile(std::string_view text) {
  const auto rules = store::ReadLabelRules(text);
  if (!rules.ok()) {
    CheckTeaches(rules.error());
    return;
  }
  PMCP_CHECK(rules->size() <= store::kMaxLabelRules);
  for (const LabelRule& rule : *rules) {
    PMCP_CHECK(rule.glob.size() <= store::kMaxGlobBytes);
  }
  const std::string written = Write(*rules);
  if (written.size() > store::kMaxLabelRulesBytes) return;
  const auto again = store::ReadLabelRules(written);
  PMCP_CHECK(again.ok());
  PMCP_CHECK(std::ranges::equal(*again, *rules, IsSame));
  CheckLabels(*rules);
}

}  // namespace
}  // namespace pmcp::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  pmcp::test::CheckFile(pmcp::test::ToText(data, size));
  return 0;
}
