#include "server/core/input_rounds.h"

#include <fmt/core.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "base/sanitize.h"
#include "base/text.h"
#include "server/core/mcp_results.h"

namespace pmcp::server {
namespace {

using Json = nlohmann::json;

// A method that asks more often has a bug.
constexpr int kMaxRounds = 8;
// The bound on the text of a client's refusal in an error message.
constexpr std::size_t kShownMessage = 200;

RpcError InvalidParams(std::string message) {
  return {protocol::kInvalidParams, std::move(message), ""};
}

/// Serialises a purpose. Called only if there is a state to seal or open.
std::string ToText(const Purpose& purpose) {
  return fmt::format(
      "{}\n{}\n{}", purpose.method, purpose.name,
      purpose.arguments.dump(-1, ' ', false, Json::error_handler_t::replace));
}

/// Returns the capabilities that the requests need and the client lacks.
std::vector<std::string> Missing(const InputRequired& required,
                                 const ToolContext& context) {
  std::vector<std::string> missing;
  for (const InputRequest& request : required.requests) {
    const std::string_view name = CapabilityOf(request.kind);
    if (!context.ClientSupports(name)) missing.emplace_back(name);
  }
  return missing;
}

/// params.inputResponses and params.requestState, checked.
RpcResult<ClientInput> ReadInput(const InputRounds& rounds,
                                 const RequestState& seal) {
  auto responses = std::make_shared<Json>(Json::object());
  const auto given = rounds.params.find("inputResponses");
  if (given != rounds.params.end()) {
    if (!given->is_object()) {
      return InvalidParams("\"inputResponses\" must be an object");
    }
    *responses = *given;
  }
  for (const auto& [key, response] : responses->items()) {
    if (!response.is_object()) {
      return InvalidParams("each of \"inputResponses\" must be an object");
    }
  }
  const auto sealed = rounds.params.find("requestState");
  if (sealed == rounds.params.end()) {
    return ClientInput(std::move(responses), std::nullopt);
  }
  if (!sealed->is_string()) {
    return InvalidParams("\"requestState\" must be a string");
  }
  const auto state =
      seal.Open(sealed->get_ref<const std::string&>(), ToText(rounds.purpose));
  if (!state) return InvalidParams(state.error().message);
  return ClientInput(std::move(responses), *state);
}

/// Answers with "input_required" when the method needs input; the client
/// repeats the request.
Outcome RunOneRound(const InputRounds& rounds, const RequestState& seal,
                    const ServerInfo& info) {
  auto input = ReadInput(rounds, seal);
  if (const auto* error = std::get_if<RpcError>(&input)) return *error;
  const Step step =
      rounds.run(rounds.context.With(std::get<0>(std::move(input))));
  if (const auto* outcome = std::get_if<Outcome>(&step)) return *outcome;
  const auto& required = std::get<InputRequired>(step);
  const auto missing = Missing(required, rounds.context);
  if (!missing.empty()) return protocol::MissingClientCapability(missing);
  std::optional<std::string> state;
  if (required.state) {
    auto sealed = seal.Seal(*required.state, ToText(rounds.purpose));
    if (!sealed) return rounds.fail(sealed.error());
    state = *std::move(sealed);
  }
  return Answered{protocol::InputRequiredResult(rounds.rules, required.requests,
                                                state, info),
                  "input_required"};
}

/// Returns the client's result, or an error if it refused.
Result<Json> ResultOf(const jsonrpc::Response& response,
                      const InputRequest& request) {
  if (response.is_error) {
    const std::string message =
        response.payload->is_object() &&
                response.payload->contains("message") &&
                (*response.payload)["message"].is_string()
            ? (*response.payload)["message"].get<std::string>()
            : "";
    return Error{
        ErrorKind::kUnavailable,
        fmt::format("the client refused {}: {}", MethodOf(request.kind),
                    Shorten(Sanitize(message), kShownMessage)),
        "Ask the user to allow it, then try again."};
  }
  if (!response.payload->is_object()) {
    return Error{ErrorKind::kBadResponse,
                 fmt::format("the client's answer to {} is not an object",
                             MethodOf(request.kind)),
                 "Try again."};
  }
  return *response.payload;
}

/// Sends all requests at once, and waits for all answers.
Result<ClientInput> Ask(const InputRequired& required,
                        const InputRounds& rounds) {
  if (const auto missing = Missing(required, rounds.context);
      !missing.empty()) {
    return Error{ErrorKind::kUnsupported,
                 fmt::format("this client cannot be asked: it does not declare "
                             "{}",
                             Join(missing, ", ")),
                 "Use a client that does."};
  }
  ClientRequests& requests = rounds.session.client_requests();
  std::vector<RequestId> ids;
  for (const InputRequest& request : required.requests) {
    ids.push_back(requests.Begin());
    rounds.reply.Notify(protocol::ClientRequest(ids.back(), request));
  }
  auto responses = std::make_shared<Json>(Json::object());
  std::optional<Error> problem;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto response = requests.Wait(ids[i], rounds.context.call());
    if (!response) {
      rounds.reply.Notify(protocol::CancelledNotification(
          ids[i], "the answer is no longer needed"));
      problem = response.error();
      continue;
    }
    const auto result = ResultOf(*response, required.requests[i]);
    if (result) {
      (*responses)[required.requests[i].key] = *result;
    } else {
      problem = result.error();
    }
  }
  if (problem) return *problem;
  return ClientInput(std::move(responses), required.state);
}

/// Asks the client while the request waits, until the method has an outcome.
Outcome RunAllRounds(const InputRounds& rounds) {
  ToolContext context = rounds.context;
  for (int round = 0; round < kMaxRounds; ++round) {
    const Step step = rounds.run(context);
    if (const auto* outcome = std::get_if<Outcome>(&step)) return *outcome;
    auto input = Ask(std::get<InputRequired>(step), rounds);
    if (!input) return rounds.fail(input.error());
    context = context.With(*std::move(input));
  }
  return rounds.fail(Error{
      ErrorKind::kInternal,
      fmt::format("the method still needs input after {} rounds", kMaxRounds),
      "Report this as a bug."});
}

}  // namespace

Outcome RunWithClientInput(const InputRounds& rounds, const RequestState& seal,
                           const ServerInfo& info) {
  return rounds.rules.has_multi_round_trips ? RunOneRound(rounds, seal, info)
                                            : RunAllRounds(rounds);
}

}  // namespace pmcp::server
