#include "server/core/reply_once.h"

#include <mutex>
#include <utility>

#include "base/check.h"
#include "server/words/jsonrpc.h"

namespace pmcp::server {

Reply Reply::Refusal(const std::optional<RequestId>& id,
                     const RpcError& error) {
  return {.text = jsonrpc::SerializeError(id, error),
          .error_code = error.code,
          .refused = true};
}

struct ReplyOnce::State {
  explicit State(Sink s) : sink(std::move(s)) {}
  ~State() { PMCP_CHECK(finished); }

  std::mutex mutex;
  Sink sink;
  bool finished = false;
};

ReplyOnce::ReplyOnce(Sink sink)
    : state_(std::make_shared<State>(std::move(sink))) {}

void ReplyOnce::Notify(std::string message) const {
  // Held while the sink writes, so that the answer cannot overtake a
  // notification.
  const std::lock_guard lock(state_->mutex);
  if (!state_->finished) state_->sink.notify(std::move(message));
}

void ReplyOnce::CloseStream() const {
  const std::lock_guard lock(state_->mutex);
  if (!state_->finished && state_->sink.close_stream) {
    state_->sink.close_stream();
  }
}

void ReplyOnce::Send(Reply answer) const { Finish(std::move(answer)); }

void ReplyOnce::Nothing() const { Finish(std::nullopt); }

void ReplyOnce::Finish(std::optional<Reply> answer) const {
  const std::lock_guard lock(state_->mutex);
  PMCP_CHECK(!state_->finished);
  state_->finished = true;
  state_->sink.finish(std::move(answer));
  state_->sink = {};  // releases the objects of the sink with the answer
}

}  // namespace pmcp::server
