#include "server/core/lifecycle.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace pmcp::server::lifecycle {
namespace {

using nlohmann::json;
using protocol::Rules;

constexpr const char* kVersionKey = "io.modelcontextprotocol/protocolVersion";

const json kClaim = {
    {kVersionKey, "2026-07-28"},
    {"io.modelcontextprotocol/clientCapabilities", json::object()}};

jsonrpc::Request RequestWith(const json& meta) {
  json params = json::object();
  if (!meta.is_null()) params["_meta"] = meta;
  return {*RequestId::From(json(1)), "m",
          std::make_shared<const json>(std::move(params))};
}

/// "session", "stateless", or the code of the refusal.
std::string Decide(const json& meta, const MethodScope* method,
                   const Session& session) {
  const auto admitted = Admit(RequestWith(meta), method, session);
  if (const auto* error = std::get_if<RpcError>(&admitted)) {
    return std::to_string(error->code);
  }
  return std::get<Admission>(admitted).rules.has_sessions ? "session"
                                                          : "stateless";
}

// Under which rules a request is served, by its claim, its method, and whether
// there is a session (the table of lifecycle.h).
struct RulesCase {
  const char* what;
  bool claim;
  std::optional<MethodScope> method;
  const char* without_session;
  const char* with_session;
};

constexpr MethodScope kBoth;
constexpr MethodScope kInitialize{.rule = &Rules::has_sessions,
                                  .before_initialize = true};
constexpr MethodScope kOnlySession{.rule = &Rules::has_sessions};
constexpr MethodScope kOnlyStateless{.rule = &Rules::has_discover};

const RulesCase kRulesCases[] = {
    {"a claim is stateless", true, kBoth, "stateless", "stateless"},
    {"no claim needs a session", false, kBoth, "-32602", "session"},
    {"initialize", false, kInitialize, "session", "session"},
    {"initialize with a claim", true, kInitialize, "-32601", "-32601"},
    {"session method with a claim", true, kOnlySession, "-32601", "-32601"},
    {"session method", false, kOnlySession, "-32602", "session"},
    {"stateless method", true, kOnlyStateless, "stateless", "stateless"},
    {"stateless method without claim", false, kOnlyStateless, "-32602",
     "-32602"},
    {"unknown method", false, std::nullopt, "-32602", "-32601"},
    {"unknown method with a claim", true, std::nullopt, "-32601", "-32601"},
};

TEST(Lifecycle, DecidesTheRulesByTheTable) {
  const Session none;
  Session negotiated;
  negotiated.set_version(protocol::NewestSessionVersion());
  for (const RulesCase& row : kRulesCases) {
    const json meta = row.claim ? kClaim : json();
    const MethodScope* method = row.method ? &*row.method : nullptr;
    EXPECT_EQ(Decide(meta, method, none), row.without_session) << row.what;
    EXPECT_EQ(Decide(meta, method, negotiated), row.with_session) << row.what;
  }
}

TEST(Lifecycle, ChecksTheKeysOfAClaim) {
  const Session session;
  const auto with = [](const char* key, json value) {
    json meta = kClaim;
    meta[key] = std::move(value);
    return meta;
  };
  const auto without = [](const char* key) {
    json meta = kClaim;
    meta.erase(key);
    return meta;
  };
  const char* capabilities = "io.modelcontextprotocol/clientCapabilities";
  const char* client = "io.modelcontextprotocol/clientInfo";
  const char* level = "io.modelcontextprotocol/logLevel";
  EXPECT_EQ(Decide(without(capabilities), &kBoth, session), "-32602");
  EXPECT_EQ(Decide(with(capabilities, 1), &kBoth, session), "-32602");
  EXPECT_EQ(Decide(with(kVersionKey, 1), &kBoth, session), "-32602");
  EXPECT_EQ(Decide(with(kVersionKey, "2025-11-25"), &kBoth, session), "-32022");
  EXPECT_EQ(Decide(with(client, 1), &kBoth, session), "-32602");
  EXPECT_EQ(Decide(with(client, json::object()), &kBoth, session), "stateless");
  EXPECT_EQ(Decide(with(level, "verbose"), &kBoth, session), "-32602");
  EXPECT_EQ(Decide(with(level, 3), &kBoth, session), "-32602");
  EXPECT_EQ(Decide(with(level, "info"), &kBoth, session), "stateless");
  EXPECT_EQ(Decide(json("text"), &kBoth, session), "-32602");
}

TEST(Lifecycle, NamesVersionsWhenOneIsNotSupported) {
  const Session session;
  json meta = kClaim;
  meta[kVersionKey] = "2027-01-01";
  const auto admitted = Admit(RequestWith(meta), &kBoth, session);
  const json data = json::parse(std::get<RpcError>(admitted).data);
  EXPECT_EQ(data["requested"], "2027-01-01");
  EXPECT_EQ(data["supported"][0], "2026-07-28");
}

TEST(Lifecycle, ReadsTheProgressToken) {
  const Session session;
  const auto token = [&](json value) {
    json meta = kClaim;
    meta["progressToken"] = std::move(value);
    const auto admitted = Admit(RequestWith(meta), &kBoth, session);
    const auto* ok = std::get_if<Admission>(&admitted);
    return ok == nullptr ? "refused" : ok->progress_token->json();
  };
  EXPECT_EQ(token("a"), "\"a\"");
  EXPECT_EQ(token(5), "5");
  EXPECT_EQ(token(0.5), "refused");
  EXPECT_EQ(token(nullptr), "refused");
}

TEST(Lifecycle, ReadsWhatTheClientDeclares) {
  Session session;
  json meta = kClaim;
  meta["io.modelcontextprotocol/clientCapabilities"] = {{"a", 1}};
  meta["io.modelcontextprotocol/logLevel"] = "error";
  const auto stateless =
      std::get<Admission>(Admit(RequestWith(meta), &kBoth, session));
  EXPECT_EQ(*stateless.capabilities, json({{"a", 1}}));
  EXPECT_EQ(stateless.log_level, LogLevel::kError);

  Negotiate({{"protocolVersion", "2025-11-25"}, {"capabilities", {{"b", 2}}}},
            session);
  const auto in_session =
      std::get<Admission>(Admit(RequestWith({}), &kBoth, session));
  EXPECT_EQ(*in_session.capabilities, json({{"b", 2}}));
  EXPECT_EQ(in_session.log_level, std::nullopt);
}

TEST(Lifecycle, FindsRequestsThatNameAVersion) {
  json broken = kClaim;
  broken[kVersionKey] = 7;
  EXPECT_TRUE(HasClaim(RequestWith(kClaim)));
  EXPECT_TRUE(HasClaim(RequestWith(broken)));
  EXPECT_FALSE(HasClaim(RequestWith(json::object())));
  EXPECT_FALSE(HasClaim(RequestWith({})));
  EXPECT_FALSE(HasClaim(RequestWith(json("text"))));
  EXPECT_FALSE(HasClaim(jsonrpc::Malformed{}));
}

TEST(Lifecycle, TellsWhetherRequiredMetaIsThere) {
  json without = kClaim;
  without.erase(kVersionKey);
  json broken = kClaim;
  broken["io.modelcontextprotocol/clientCapabilities"] = 7;
  EXPECT_TRUE(HasRequiredMeta(RequestWith(kClaim).params));
  EXPECT_FALSE(HasRequiredMeta(RequestWith(without).params));
  EXPECT_FALSE(HasRequiredMeta(RequestWith(broken).params));
  EXPECT_FALSE(HasRequiredMeta(RequestWith({}).params));
}

TEST(Lifecycle, NegotiatesVersions) {
  const auto negotiate = [](const json& params) -> std::string {
    Session session;
    const auto version = Negotiate(params, session);
    if (std::holds_alternative<RpcError>(version)) {
      EXPECT_EQ(session.version(), nullptr);
      return "refused";
    }
    EXPECT_EQ(session.version(), std::get<0>(version));
    return std::string(session.version()->name);
  };
  EXPECT_EQ(negotiate({{"protocolVersion", "2025-03-26"}}), "2025-03-26");
  EXPECT_EQ(negotiate({{"protocolVersion", "2026-07-28"}}), "2025-11-25");
  EXPECT_EQ(negotiate({{"protocolVersion", "x"}}), "2025-11-25");
  EXPECT_EQ(negotiate(json::object()), "refused");
  EXPECT_EQ(negotiate({{"protocolVersion", 1}}), "refused");
}

TEST(Lifecycle, TakesBatchesInOneVersionOnly) {
  const auto batch = jsonrpc::Parse(R"([{"jsonrpc":"2.0","method":"m"}])");
  ASSERT_TRUE(batch.is_batch);
  Session session;
  EXPECT_TRUE(RefuseBatch(batch, session));
  for (const protocol::Version& version : protocol::kVersions) {
    session.set_version(version);
    EXPECT_EQ(!RefuseBatch(batch, session), version.name == "2025-03-26");
  }
}

}  // namespace
}  // namespace pmcp::server::lifecycle
