#include "tools/answer/describe.h"

#include <fmt/core.h>

#include <array>
#include <nlohmann/json.hpp>

#include "profile/words/quantity.h"

namespace pmcp::tools {
namespace {

using std::chrono::milliseconds;

// In a shorter window a rate is mostly rounding error.
constexpr milliseconds kShortestRateWindow{1000};

void DescribeSource(const AskedSource& asked, Document& document) {
  document.Fact("source", asked.name);
}

void DescribeWindow(const AskedSource& asked, Document& document) {
  document.Fact(
      "window",
      fmt::format(
          "{} to {} ({}{})", FormatTime(asked.range.from),
          FormatTime(asked.range.to), FormatLength(asked.range.length()),
          asked.is_default_window ? ", the default of this source" : ""));
}

/// Links to profiles of all types.
std::vector<source::Link> LinksOf(const AskedLabels& asked) {
  return asked.source->Links({{}, asked.query.selector, asked.query.range});
}

std::vector<source::Link> LinksOf(const AskedProfiles& asked) {
  if (!asked.is_all_types) return asked.source->Links(asked.query);
  return asked.source->Links({{}, asked.query.selector, asked.query.range});
}

nlohmann::json QueryJson(const AskedSource& asked,
                         const profile::LabelSelector& selector,
                         const std::vector<source::Link>& links) {
  nlohmann::json json = {{"source", asked.name},
                         {"selector", selector.ToString()},
                         {"from", FormatTime(asked.range.from)},
                         {"to", FormatTime(asked.range.to)}};
  if (!links.empty()) json["links"] = links;
  return json;
}

}  // namespace

void Describe(const AskedLabels& asked, Document& document) {
  DescribeSource(asked, document);
  document.Fact("selector", asked.query.selector.ToString());
  DescribeWindow(asked, document);
  document.Links(LinksOf(asked));
}

void Describe(const AskedProfiles& asked, Document& document) {
  DescribeSource(asked, document);
  document.Fact("selector", asked.query.selector.ToString());
  if (const std::string type = DescribeType(asked); !type.empty()) {
    document.Fact("profile type", type);
  }
  DescribeWindow(asked, document);
  if (!asked.type_note.empty()) document.Note(asked.type_note);
  document.Links(LinksOf(asked));
}

void to_json(nlohmann::json& json, const AskedLabels& asked) {
  json = QueryJson(asked, asked.query.selector, LinksOf(asked));
}

void to_json(nlohmann::json& json, const AskedProfiles& asked) {
  json = QueryJson(asked, asked.query.selector, LinksOf(asked));
  json["profileType"] = DescribeType(asked);
  if (!asked.type_note.empty()) json["profileTypeNote"] = asked.type_note;
}

std::string DescribeType(const AskedProfiles& asked) {
  const profile::ProfileType& type = asked.query.type;
  if (type.name.empty()) return "";
  return asked.is_all_types ? type.name + ":" + type.sample_type : type.Id();
}

std::string DescribeTotal(double total, const AskedProfiles& asked) {
  const auto& type = asked.query.type;
  std::string text = profile::FormatQuantity(total, profile::UnitOf(type));
  const auto window = asked.range.length();
  if (profile::IsGauge(type)) {
    return text + ", summed over all profiles in the window";
  }
  if (window < kShortestRateWindow || total == 0) return text;
  return text + fmt::format(" ({} over the window)",
                            profile::FormatRate(total, type, window));
}

std::string DescribeRest(std::size_t count, std::string_view one,
                         std::string_view many, std::string_view amount) {
  const bool is_one = count == 1;
  return fmt::format("{} more {} {} {}; raise limit to see {}.", count,
                     is_one ? one : many, is_one ? "holds" : "hold", amount,
                     is_one ? "it" : "them");
}

std::string FormatLength(milliseconds length) {
  struct LengthUnit {
    milliseconds unit;
    std::string_view name;
  };
  static constexpr std::array kUnits = {
      LengthUnit{std::chrono::days(1), "d"},
      LengthUnit{std::chrono::hours(1), "h"},
      LengthUnit{std::chrono::minutes(1), "min"},
      LengthUnit{std::chrono::seconds(1), "s"},
      LengthUnit{milliseconds(1), "ms"},
  };
  std::string text;
  int parts = 0;
  for (const auto& row : kUnits) {
    const auto count = length / row.unit;
    length %= row.unit;
    if (count == 0) {
      if (parts > 0) break;  // "2 h", not "2 h 5 ms"
      continue;
    }
    text += fmt::format("{}{} {}", parts > 0 ? " " : "", count, row.name);
    if (++parts == 2) break;
  }
  return parts == 0 ? "0 s" : text;
}

}  // namespace pmcp::tools

namespace pmcp::source {

void to_json(nlohmann::json& json, const Notice& notice) { json = notice.text; }

void to_json(nlohmann::json& json, const Link& link) {
  json = {{"name", link.name}, {"url", link.url}};
}

}  // namespace pmcp::source
