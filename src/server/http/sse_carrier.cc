#include "server/http/sse_carrier.h"

#include <fmt/core.h>

#include <utility>

namespace pmcp::server {
namespace {

using std::chrono::milliseconds;

// The interval at which the connection is checked.
constexpr milliseconds kStep{100};
// The delay after which a client resumes a stream that the server closed.
constexpr int kRetryMs = 500;

}  // namespace

SseCarrier::SseCarrier(Cargo cargo, Shared& shared)
    : cargo_(std::move(cargo)), shared_(shared) {
  ++shared_.streams;
}

SseCarrier::~SseCarrier() {
  if (cargo_.ends_with_connection != nullptr) {
    cargo_.ends_with_connection->CancelAll();
  }
  cargo_.stream->Detach();
  --shared_.streams;
}

bool SseCarrier::Write(http::HttpStreamSink& sink, std::string_view text) {
  written_ = Clock::now();
  return sink.Write(text);
}

bool SseCarrier::WriteEvent(http::HttpStreamSink& sink,
                            const SseStream::Event& event) {
  cargo_.after = event.number;
  const std::string id =
      cargo_.has_ids ? FormatEventId(cargo_.stream->id(), event.number) : "";
  return Write(sink, FormatEvent(id, event.message));
}

bool SseCarrier::Step(http::HttpStreamSink& sink) {
  if (std::exchange(cargo_.is_primed, false)) {
    return Write(sink,
                 fmt::format("id: {}\nretry: {}\ndata: \n\n",
                             FormatEventId(cargo_.stream->id(), cargo_.after),
                             kRetryMs));
  }
  SseStream::Event event;
  switch (cargo_.stream->WaitFor(cargo_.after, kStep, event)) {
    case SseStream::Next::kEvent:
      return WriteEvent(sink, event);
    case SseStream::Next::kNothingYet:
      return Idle(sink);
    case SseStream::Next::kClose:
    case SseStream::Next::kEnd:
      return false;
  }
  return false;
}

bool SseCarrier::Idle(http::HttpStreamSink& sink) {
  if (cargo_.is_peer_gone()) return false;
  if (cargo_.ends_with_connection != nullptr) {
    if (shared_.cancels_all) cargo_.ends_with_connection->CancelAll();
    if (shared_.is_draining) cargo_.ends_with_connection->EndListens();
  }
  // The stream of a call stays open until its answer.
  if (shared_.is_draining && cargo_.only_listens) return false;
  if (Clock::now() - written_ < cargo_.heartbeat) return true;
  return Write(sink, ":\n\n");
}

}  // namespace pmcp::server
