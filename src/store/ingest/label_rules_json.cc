#include "store/ingest/label_rules_json.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp::store {
namespace {

using nlohmann::json;

constexpr std::size_t kQuotedCodePoints = 60;

std::string Quoted(std::string_view text) {
  return fmt::format("\"{}\"", Shorten(Sanitize(text), kQuotedCodePoints));
}

// Collects the rules from the events of the JSON parser. So rules keep their
// order, and deeper nesting is refused where it begins: no value is built and
// nothing recurses. Returning false ends parsing.
class RuleEvents final : public nlohmann::json_sax<json> {
 public:
  Result<std::vector<LabelRule>> TakeRules() {
    if (error_) return *std::move(error_);
    return std::move(rules_);
  }

  bool start_object(std::size_t) override {
    if (depth_ == kInLabels) return Refuse("another object");
    ++depth_;
    return true;
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool key(std::string& name) override {
    return depth_ == kInRules ? AddRule(name) : AddLabel(name);
  }
  bool string(std::string& value) override {
    if (depth_ != kInLabels) return Refuse("a string");
    rules_.back().labels.back().value = value;
    return true;
  }

  bool null() override { return Refuse("null"); }
  bool boolean(bool) override { return Refuse("true or false"); }
  bool number_integer(std::int64_t) override { return Refuse("a number"); }
  bool number_unsigned(std::uint64_t) override { return Refuse("a number"); }
  bool number_float(double, const std::string&) override {
    return Refuse("a number");
  }
  bool binary(json::binary_t&) override { return Refuse("binary data"); }
  bool start_array(std::size_t) override { return Refuse("a list"); }
  bool end_array() override { return true; }
  bool parse_error(std::size_t byte, const std::string&,
                   const nlohmann::detail::exception&) override {
    return Fail(fmt::format("is not valid JSON at byte {}", byte));
  }

 private:
  // The number of open objects. start_object refuses deeper ones.
  enum Depth { kOutside, kInRules, kInLabels };

  bool AddRule(const std::string& glob) {
    if (rules_.size() == kMaxLabelRules) {
      return Fail(fmt::format("has more than {} rules", kMaxLabelRules));
    }
    if (glob.size() > kMaxGlobBytes) {
      return Fail(fmt::format("has a pattern of more than {} bytes: {}",
                              kMaxGlobBytes, Quoted(glob)));
    }
    rules_.push_back({glob, {}});
    return true;
  }

  // The next event has its value.
  bool AddLabel(const std::string& name) {
    rules_.back().labels.push_back({name, ""});
    return true;
  }

  // The message depends on how much was parsed.
  bool Refuse(std::string_view what) {
    if (rules_.empty()) {
      return Fail(fmt::format("holds {}, not an object of patterns", what));
    }
    const LabelRule& rule = rules_.back();
    if (depth_ == kInRules) {
      return Fail(
          fmt::format("gives the pattern {} {}, not an object of "
                      "labels",
                      Quoted(rule.glob), what));
    }
    return Fail(fmt::format("gives the label {} of {} {}, not a string",
                            Quoted(rule.labels.back().name), Quoted(rule.glob),
                            what));
  }

  bool Fail(std::string message) {
    error_ = InvalidArgument(
        std::move(message),
        "Write it as {\"shop-*.v2.*\": {\"version\": \"v2\"}}.");
    return false;
  }

  int depth_ = kOutside;
  std::vector<LabelRule> rules_;
  std::optional<Error> error_;
};

}  // namespace

Result<std::vector<LabelRule>> ReadLabelRules(std::string_view text) {
  if (text.size() > kMaxLabelRulesBytes) {
    return Error{ErrorKind::kTooLarge,
                 fmt::format("has more than {} KiB", kMaxLabelRulesBytes >> 10),
                 "Use patterns with * in place of one rule a file."};
  }
  RuleEvents events;
  json::sax_parse(text, &events);
  return events.TakeRules();
}

}  // namespace pmcp::store
