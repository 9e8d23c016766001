// Every golden call gives the same text through a server as for the folder,
// byte by byte, except for the name of the source and links. Old servers refuse
// calls that they do not support; same/ROUTE.txt has their errors.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/product.h"
#include "http/client/curl_http_client.h"
#include "pyroscope/pyroscope_source.h"
#include "server/core/server.h"
#include "store/directory_source.h"
#include "tests/golden/golden_case.h"
#include "tests/remote/grafana_stand_in.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_pyroscope.h"
#include "tests/support/temp_folder.h"
#include "tools/tools.h"

namespace pmcp {
namespace {

using nlohmann::json;
using test::FakePyroscope;
using test::GoldenCase;
using test::GrafanaStandIn;
using test::ServerMode;

/// A server, its features, and the way to it.
struct Route {
  const char* name;
  ServerMode mode = ServerMode::kV2;
  const char* version = "2.2.0";
  bool gzip = false;
  bool through_grafana = false;
  /// May refuse calls that it does not support.
  bool old = false;
};
void PrintTo(const Route& route, std::ostream* out) { *out << route.name; }

constexpr Route kRoutes[] = {
    {"v2", ServerMode::kV2, "2.2.0", false, false},
    {"v2_gzip", ServerMode::kV2, "2.2.0", true, false},
    {"dual", ServerMode::kDual, "2.2.0", false, false},
    {"unknown_version", ServerMode::kV2, "", false, false},
    {"grafana", ServerMode::kV2, "2.2.0", false, true},
    {"grafana_gzip", ServerMode::kV2, "2.2.0", true, true},
    {"old_read_path", ServerMode::kV1, "2.2.0", false, false, true},
    {"old_read_path_grafana", ServerMode::kV1, "2.2.0", false, true, true},
    {"dual_2_0", ServerMode::kDual, "2.0.0", false, false, true},
    {"v1_16", ServerMode::kV1, "1.16.2", false, false, true},
    {"v1_6", ServerMode::kV1, "1.6.0", false, false, true},
};

/// The reason why a case is not compared: a server cannot know the facts in it.
std::string WhyNotCompared(const GoldenCase& golden) {
  if (golden.profiles.empty()) return "needs no source";
  if (golden.profiles.ends_with("broken")) return "notices on files";
  if (golden.name == "no_profiles") return "notices on files";
  if (!std::filesystem::is_directory(golden.profiles)) return "no folder";
  return "";
}

/// The tools with one source called "profiles".
class Program {
 public:
  Program(std::unique_ptr<const source::ProfileSource> source,
          const Clock& clock, const std::string& export_dir)
      : sources_(Only(std::move(source))),
        server_(app::Product(),
                tools::AllTools({sources_, clock, export_dir})) {}

  server::ToolResult Call(const std::string& tool,
                          const json& arguments) const {
    return server_.Call(tool, arguments, CallContext());
  }
  source::SourceInfo Info() const { return sources_.all()[0].source->Info(); }

 private:
  static source::Sources Only(
      std::unique_ptr<const source::ProfileSource> source) {
    std::vector<source::NamedSource> all;
    all.push_back({"profiles", std::move(source)});
    return source::Sources(std::move(all));
  }

  source::Sources sources_;
  server::Server server_;
};

void Replace(const std::string& from, const std::string& to,
             std::string& text) {
  for (auto at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// The window of overview differs between the sources.
void EraseOwnWindow(std::string& text) {
  const auto begin = text.find("\"window\":{");
  if (begin == std::string::npos) return;
  text.erase(begin, text.find('}', begin) - begin);
}

/// The JSON of overview lists what an old server does not support.
void EraseWhatItCannot(std::string& text) {
  const auto begin = text.find("\"cannot\":[");
  if (begin == std::string::npos) return;
  text.erase(begin, text.find("],", begin) + 2 - begin);
}

/// Removes links to "HERE", and no others; false if there are none.
bool EraseLinks(std::string& text) {
  static const std::regex kLines(
      R"(\n(?:(?:Profiles Drilldown|Explore): HERE/[^\n ]*\n)+$)");
  static const std::regex kJson(
      R"re("links":\[(?:,?\{"name":"[A-Za-z ]+","url":"HERE/[^" ]*"\})+\],)re");
  const std::size_t size = text.size();
  text = std::regex_replace(std::regex_replace(text, kLines, ""), kJson, "");
  return text.size() != size;
}

/// The answers to a golden call, without the parts that name the source.
struct Both {
  std::string folder;
  std::string server;
  bool refused = false;  // the server does not support the call

  bool same() const { return folder == server; }
};

/// A folder, queried directly and through a server.
class Pair {
 public:
  Pair(const std::string& folder, const Route& route)
      : stored_({.folder = folder, .rules = store::IngestRules::kAsPushed},
                never_),
        covered_(stored_.Covered({})->data.range),
        clock_(covered_.to),
        served_({.folder = folder, .rules = store::IngestRules::kAsPushed},
                clock_),
        fake_(served_, {.mode = route.mode,
                        .version = route.version,
                        .tenant = route.through_grafana ? "team-a" : "",
                        .gzip = route.gzip && !route.through_grafana}),
        local_(
            std::make_unique<store::DirectorySource>(
                store::DirectoryOptions{.folder = folder,
                                        .rules = store::IngestRules::kAsPushed},
                clock_),
            clock_, local_exports_.path().string()) {
    if (route.through_grafana) {
      grafana_.emplace(fake_.url(),
                       test::GrafanaStandInOptions{.gzip = route.gzip});
    }
    remote_.emplace(Remote(route), clock_, remote_exports_.path().string());
  }

  Both Ask(const GoldenCase& golden, const char* format) {
    json arguments = golden.arguments;
    arguments["format"] = format;
    if (!arguments.contains("from") && golden.tool != "overview") {
      arguments["from"] = FormatTime(covered_.from);
    }
    if (!arguments.contains("to") && golden.tool != "overview") {
      arguments["to"] = FormatTime(covered_.to);
    }
    if (arguments.contains("source")) arguments["source"] = "profiles";
    Both both;
    both.folder =
        Here(local_, golden.tool, local_.Call(golden.tool, arguments));
    const auto answer = remote_->Call(golden.tool, arguments);
    both.server = Here(*remote_, golden.tool, answer);
    both.refused = answer.error == ErrorKind::kUnsupported;
    const bool has_links = EraseLinks(both.server);
    // Behind Grafana a person can look at whatever is answered.
    const bool wants_links = grafana_ && !answer.error;
    if (wants_links != has_links) both.server += "links: not as due\n";
    return both;
  }

 private:
  std::string Here(const Program& program, const std::string& tool,
                   const server::ToolResult& answer) const {
    std::string text = answer.text;
    Replace(local_exports_.path().string(), "EXPORTS", text);
    Replace(remote_exports_.path().string(), "EXPORTS", text);
    Replace(program.Info().location, "HERE", text);
    Replace(program.Info().kind + " HERE", "KIND HERE", text);
    const std::string& version = program.Info().version;
    if (!version.empty()) {
      Replace(", version " + version, "", text);
      Replace(fmt::format(",\"version\":\"{}\"", version), "", text);
    }
    Replace(fmt::format("\"kind\":\"{}\"", program.Info().kind), "KIND", text);
    if (tool == "overview") {
      EraseOwnWindow(text);
      EraseWhatItCannot(text);
    }
    return text;
  }

  std::unique_ptr<const source::ProfileSource> Remote(const Route& route) {
    pyroscope::PyroscopeOptions options{.url = fake_.url()};
    options.connect.accept_gzip = route.gzip;
    if (grafana_) {
      options.url = grafana_->url();
      options.grafana.emplace();
      options.credentials.token = Redacted<std::string>(GrafanaStandIn::kToken);
      options.credentials.named = "GRAFANA_SERVICE_ACCOUNT_TOKEN";
    }
    return std::make_unique<pyroscope::PyroscopeSource>(
        std::move(options),
        std::make_unique<http::CurlHttpClient>(http::CurlOptions{}), clock_);
  }

  const test::FakeClock never_{test::At("2026-11-24T12:00:00Z")};
  const test::TempFolder local_exports_;
  const test::TempFolder remote_exports_;
  const store::DirectorySource stored_;
  const TimeRange covered_;
  const test::FakeClock clock_;
  const store::DirectorySource served_;
  FakePyroscope fake_;
  std::optional<GrafanaStandIn> grafana_;
  const Program local_;
  std::optional<Program> remote_;
};

/// What one route gave, tool by tool.
class Tally {
 public:
  void Add(const GoldenCase& golden, const Both& both) {
    Counts& counts = tools_[golden.tool];
    ++counts.all;
    if (both.same()) ++counts.same;
    if (!both.same() && both.refused) {
      counts.refusals.insert(both.server);
    }
  }
  void AddNotCompared(const std::string& why) { ++not_compared_[why]; }

  void Print(const char* route) const {
    for (const auto& [tool, counts] : tools_) {
      fmt::print("remote: {} {}: {} of {} answers are the same\n", route, tool,
                 counts.same, counts.all);
    }
    for (const auto& [why, count] : not_compared_) {
      fmt::print("remote: not compared: {} cases, {}\n", count, why);
    }
  }

  /// For docs/parity.md, and for who wants to read what is refused.
  std::string ToText(const Route& route) const {
    std::string text =
        route.old ? "an old server, which may refuse\n" : "a server of today\n";
    for (const auto& [tool, counts] : tools_) {
      text += fmt::format("{}: {}\n", tool,
                          counts.refusals.empty() ? "the same" : "refuses");
      for (std::string refusal : counts.refusals) {
        Replace("\n", "\n    ", refusal);
        text += fmt::format("  {}\n", refusal);
      }
    }
    return text;
  }

 private:
  struct Counts {
    int same = 0;
    int all = 0;
    std::set<std::string> refusals;
  };
  std::map<std::string, Counts> tools_;
  std::map<std::string, int> not_compared_;
};

class SameAnswers : public testing::TestWithParam<Route> {};

TEST_P(SameAnswers, AsFromTheFolder) {
  const Route& route = GetParam();
  std::filesystem::current_path(PMCP_SOURCE_DIR);
  std::map<std::string, std::unique_ptr<Pair>> pairs;
  Tally tally;
  for (const GoldenCase& golden : test::LoadGoldenCases()) {
    const std::string why_not = WhyNotCompared(golden);
    if (!why_not.empty()) {
      tally.AddNotCompared(why_not);
      continue;
    }
    auto& pair = pairs[golden.profiles];
    if (!pair) pair = std::make_unique<Pair>(golden.profiles, route);
    for (const char* format : {"table", "json"}) {
      const Both both = pair->Ask(golden, format);
      tally.Add(golden, both);
      if (route.old && both.refused) continue;
      EXPECT_EQ(both.server, both.folder) << golden.tool << " " << golden.name;
    }
  }
  tally.Print(route.name);
  EXPECT_EQ(test::CompareWithFile(std::filesystem::path(PMCP_SOURCE_DIR) /
                                      "tests/remote/same" /
                                      (std::string(route.name) + ".txt"),
                                  tally.ToText(route)),
            "");
}

INSTANTIATE_TEST_SUITE_P(Routes, SameAnswers, testing::ValuesIn(kRoutes),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace pmcp
