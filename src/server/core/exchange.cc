#include "server/core/exchange.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "base/log.h"
#include "base/sanitize.h"
#include "base/text.h"
#include "server/core/protocol.h"

namespace pmcp::server {
namespace {

// Bounds the ids and names in log lines, which clients choose.
constexpr std::size_t kShownPart = 64;

std::string Shown(std::string_view text) {
  // Cut first, so that Sanitize never reads megabytes. A character takes at
  // most four bytes.
  return Shorten(Sanitize(text.substr(0, 4 * kShownPart)), kShownPart);
}

std::string LabelOf(const jsonrpc::Request& request) {
  std::string label =
      fmt::format("{} {}", Shown(request.id.json()), Shown(request.method));
  const auto name = request.params->find("name");
  if (name != request.params->end() && name->is_string()) {
    label += ' ' + Shown(name->get_ref<const std::string&>());
  }
  return label;
}

std::string Word(const Outcome& outcome) {
  if (const auto* error = std::get_if<RpcError>(&outcome)) {
    return fmt::format("error {}", error->code);
  }
  return std::string(std::get<Answered>(outcome).word);
}

Reply ToReply(const RequestId& id, const Outcome& outcome, bool refused) {
  if (const auto* error = std::get_if<RpcError>(&outcome)) {
    return {.text = jsonrpc::SerializeError(id, *error),
            .error_code = error->code,
            .refused = refused,
            .outcome = "error"};
  }
  const auto& answered = std::get<Answered>(outcome);
  return {.text = jsonrpc::SerializeResult(id, answered.result_json),
          .outcome = answered.word};
}

std::int64_t MillisecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now() - start)
      .count();
}

}  // namespace

Exchange::Exchange(jsonrpc::Request request, std::shared_ptr<Session> session,
                   ReplyOnce reply)
    : request_(std::move(request)),
      session_(std::move(session)),
      reply_(std::move(reply)),
      label_(LabelOf(request_)),
      start_(std::chrono::steady_clock::now()) {
  log::Debug("<-- {}", label_);
}

bool Exchange::Begin() {
  begun_ = session_->Begin(request_.id, stop_);
  return begun_;
}

void Exchange::Answer(const Outcome& outcome) {
  Finish(outcome, /*refused=*/false);
}

void Exchange::Refuse(const RpcError& error) {
  Finish(error, /*refused=*/true);
}

void Exchange::Finish(const Outcome& outcome, bool refused) {
  if (begun_ && !session_->Finish(request_.id, stop_)) {
    log::Info("--> {} cancelled {}ms", label_, MillisecondsSince(start_));
    reply_.Nothing();
    return;
  }
  server::Reply answer = ToReply(request_.id, outcome, refused);
  // The method reports this error, but the request alone is at fault.
  answer.refused |= answer.error_code == protocol::kMissingClientCapability;
  log::Info("--> {} {} {}ms {:.1f}kB", label_, Word(outcome),
            MillisecondsSince(start_),
            static_cast<double>(answer.text.size()) / 1000);
  reply_.Send(std::move(answer));
}

}  // namespace pmcp::server
