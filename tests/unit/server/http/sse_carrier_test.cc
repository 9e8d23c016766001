// The exact bytes that a client receives.
#include "server/http/sse_carrier.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

namespace pmcp::server {
namespace {

using Keep = SseStream::Keep;

class RecordingSink : public http::HttpStreamSink {
 public:
  bool Write(std::string_view bytes) override {
    written += bytes;
    return true;
  }

  std::string written;
};

/// What `cargo` writes until its stream ends.
std::string WriteAll(SseCarrier::Cargo cargo) {
  cargo.is_peer_gone = [] { return false; };
  SseCarrier::Shared shared;
  SseCarrier carrier(std::move(cargo), shared);
  RecordingSink sink;
  while (carrier.Step(sink)) {
  }
  return sink.written;
}

/// A stream that has ended, with the messages {"a":1} and {"b":2}.
std::shared_ptr<SseStream> TwoMessages(Keep keep) {
  auto stream = std::make_shared<SseStream>("s3", keep);
  stream->Push(R"({"a":1})");
  stream->Push(R"({"b":2})");
  stream->Finish();
  stream->Attach();
  return stream;
}

TEST(SseCarrier, WritesEventsWithoutIds) {
  EXPECT_EQ(WriteAll({.stream = TwoMessages(Keep::kNothing)}),
            "event: message\ndata: {\"a\":1}\n\n"
            "event: message\ndata: {\"b\":2}\n\n");
}

TEST(SseCarrier, WritesEventsWithIds) {
  EXPECT_EQ(WriteAll({.stream = TwoMessages(Keep::kReplay), .has_ids = true}),
            "event: message\nid: s3_1\ndata: {\"a\":1}\n\n"
            "event: message\nid: s3_2\ndata: {\"b\":2}\n\n");
}

TEST(SseCarrier, PrimesAStreamOnce) {
  EXPECT_EQ(WriteAll({.stream = TwoMessages(Keep::kReplay),
                      .has_ids = true,
                      .is_primed = true}),
            "id: s3_0\nretry: 500\ndata: \n\n"
            "event: message\nid: s3_1\ndata: {\"a\":1}\n\n"
            "event: message\nid: s3_2\ndata: {\"b\":2}\n\n");
}

TEST(SseCarrier, ResumesAfterTheLastEventOfTheClient) {
  EXPECT_EQ(
      WriteAll(
          {.stream = TwoMessages(Keep::kReplay), .after = 1, .has_ids = true}),
      "event: message\nid: s3_2\ndata: {\"b\":2}\n\n");
}

TEST(SseCarrier, WritesACommentAsHeartbeat) {
  auto stream = std::make_shared<SseStream>("s1", Keep::kNothing);
  SseCarrier::Shared shared;
  SseCarrier carrier({.stream = stream,
                      .heartbeat = std::chrono::milliseconds(0),
                      .is_peer_gone = [] { return false; }},
                     shared);
  RecordingSink sink;
  EXPECT_TRUE(carrier.Step(sink));
  EXPECT_EQ(sink.written, ":\n\n");
}

}  // namespace
}  // namespace pmcp::server
