#include "app/config_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "app/parse_size.h"
#include "base/sanitize.h"
#include "base/text.h"
#include "base/time_range.h"

namespace pmcp::app {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxFileBytes = 1 << 20;
constexpr int kMaxDepth = 16;

constexpr std::array kKinds = {
    std::pair{std::string_view("local"), SourceKind::kLocal},
    std::pair{std::string_view("pyroscope"), SourceKind::kPyroscope},
    std::pair{std::string_view("grafana"), SourceKind::kGrafana}};

const std::vector<std::string> kKeys = {"name",
                                        "kind",
                                        "url",
                                        "folder",
                                        "datasource",
                                        "org_id",
                                        "tenant_id",
                                        "token_env",
                                        "token_file",
                                        "username",
                                        "password_env",
                                        "ca_file",
                                        "timeout",
                                        "max_response",
                                        "client_cert_file",
                                        "client_key_file",
                                        "gzip"};

// Reads one object of "sources".
class SourceReader {
 public:
  SourceReader(const json& object, std::string where,
               std::filesystem::path folder, std::vector<std::string>& problems)
      : object_(object),
        where_(std::move(where)),
        folder_(std::move(folder)),
        problems_(problems) {}

  SourceConfig Read(SourceConfig source) {
    CheckKeys();
    source.name = Text("name");
    source.kind = Kind();
    source.url = Text("url");
    source.folder = Path("folder", "");
    source.datasource = Text("datasource");
    source.datasource_named =
        fmt::format("\"datasource\" of source \"{}\"", source.name);
    source.ca_file = Path("ca_file", source.ca_file);
    source.client_cert_file = Path("client_cert_file", source.client_cert_file);
    source.client_key_file = Path("client_key_file", source.client_key_file);
    source.gzip = Flag("gzip");
    ReadLimits(source);
    source.credentials = Credentials();
    if (source.name.empty()) Problem("\"name\" is missing");
    CheckSource(where_, source, problems_);
    return source;
  }

 private:
  void Problem(std::string_view what) {
    problems_.push_back(fmt::format("{}: {}", where_, what));
  }

  void CheckKeys() {
    for (const auto& [key, value] : object_.items()) {
      if (std::ranges::find(kKeys, key) != kKeys.end()) continue;
      const auto near = ClosestMatch(key, kKeys);
      Problem(fmt::format(
          "unknown key \"{}\"{}", Shorten(Sanitize(key), 40),
          near ? fmt::format("; did you mean \"{}\"?", *near) : ""));
    }
  }

  std::string Text(const char* key) {
    const auto field = object_.find(key);
    if (field == object_.end()) return "";
    if (field->is_string()) return field->get<std::string>();
    Problem(fmt::format("\"{}\" is not a string", key));
    return "";
  }

  std::optional<bool> Flag(const char* key) {
    const auto field = object_.find(key);
    if (field == object_.end()) return std::nullopt;
    if (field->is_boolean()) return field->get<bool>();
    Problem(fmt::format("\"{}\" is neither true nor false", key));
    return std::nullopt;
  }

  std::string Path(const char* key, const std::string& fallback) {
    const std::string text = Text(key);
    return text.empty() ? fallback : (folder_ / text).string();
  }

  SourceKind Kind() {
    const std::string text = Text("kind");
    for (const auto& [name, kind] : kKinds) {
      if (name == text) return kind;
    }
    Problem(fmt::format("\"kind\" is \"{}\"; use local, pyroscope or grafana",
                        Shorten(Sanitize(text), 40)));
    return SourceKind::kPyroscope;
  }

  void ReadLimits(SourceConfig& source) {
    if (const std::string text = Text("timeout"); !text.empty()) {
      const auto timeout = ParseDuration(text);
      if (!timeout) Problem("\"timeout\" is not a duration such as 30s");
      source.timeout = timeout.value_or(source.timeout);
    }
    if (const std::string text = Text("max_response"); !text.empty()) {
      const auto size = ParseSize(text);
      if (!size) Problem("\"max_response\" is not a size such as 256MiB");
      source.max_response_bytes = size.value_or(source.max_response_bytes);
    }
  }

  /// The value of the environment variable that `key` names: the file holds no
  /// secrets.
  Redacted<std::string> Secret(const char* key) {
    const std::string variable = Text(key);
    if (variable.empty()) return {};
    std::string value = FromEnvironment(variable);
    if (value.empty()) {
      Problem(fmt::format("\"{}\" names the variable {}, which is not set", key,
                          Shorten(Sanitize(variable), 60)));
    }
    return Redacted(std::move(value));
  }

  pyroscope::CredentialOptions Credentials() {
    return {
        .token = Secret("token_env"),
        .token_file = Path("token_file", ""),
        .username = Text("username"),
        .password = Secret("password_env"),
        .tenant_id = Text("tenant_id"),
        .grafana_org_id = Text("org_id"),
        .named = fmt::format("the credentials of source \"{}\"", Text("name"))};
  }

  const json& object_;
  const std::string where_;
  const std::filesystem::path folder_;
  std::vector<std::string>& problems_;
};

std::optional<std::string> ReadText(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text(kMaxFileBytes, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.gcount() == 0 || !stream.eof()) return std::nullopt;
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

}  // namespace

std::vector<SourceConfig> ReadConfigFile(const std::string& file,
                                         const SourceConfig& defaults,
                                         std::vector<std::string>& problems) {
  const auto text = ReadText(file);
  if (!text) {
    problems.push_back(
        fmt::format("--config: {} cannot be read, or is empty, or larger than "
                    "1 MiB",
                    file));
    return {};
  }
  const auto shallow = [](int depth, json::parse_event_t, json&) {
    return depth < kMaxDepth;
  };
  const json parsed = json::parse(*text, shallow, /*allow_exceptions=*/false,
                                  /*ignore_comments=*/true);
  const auto list = parsed.is_object() ? parsed.find("sources") : parsed.end();
  if (!parsed.is_object() || list == parsed.end() || !list->is_array()) {
    problems.push_back(fmt::format(
        "--config: {} is not a JSON object with a list \"sources\"", file));
    return {};
  }
  std::vector<SourceConfig> sources;
  for (const json& one : *list) {
    const std::string where =
        fmt::format("{}: sources[{}]", file, &one - &list->front());
    if (!one.is_object()) {
      problems.push_back(where + ": is not an object");
      continue;
    }
    sources.push_back(SourceReader(one, where,
                                   std::filesystem::path(file).parent_path(),
                                   problems)
                          .Read(defaults));
  }
  return sources;
}

}  // namespace pmcp::app
