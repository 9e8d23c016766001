#include "server/stdio/stdio_transport.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <future>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "tests/support/toy_server.h"

namespace pmcp::server {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::string_view kPing =
    R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
constexpr std::string_view kPong = R"({"jsonrpc":"2.0","id":1,"result":{}})";
constexpr std::string_view kSlow =
    R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"slow",)"
    R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
    R"("io.modelcontextprotocol/clientCapabilities":{}}}})";

struct Pipe {
  Pipe() {
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    out = FileDescriptor(ends[0]);
    in = FileDescriptor(ends[1]);
  }
  FileDescriptor out;
  FileDescriptor in;
};

/// A transport that runs on a thread, between two pipes.
class Connection {
 public:
  explicit Connection(StdioOptions options = {}) {
    options.input = to_server_.out.get();
    options.output = from_server_.in.get();
    transport_.emplace(options);
    from_server_.in.reset();  // the transport has a copy
    exit_code_ = std::async(std::launch::async,
                            [this] { return transport_->Run(server_); });
  }
  ~Connection() { CloseInput(); }

  void Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count =
          ::write(to_server_.in.get(), bytes.data(), bytes.size());
      ASSERT_GT(count, 0);
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  /// The next line, without its newline; "" at the end.
  std::string Receive() {
    std::string line;
    char c = 0;
    while (::read(from_server_.out.get(), &c, 1) == 1 && c != '\n') line += c;
    return line;
  }

  /// Reduces the capacity to the minimum of the system, usually one page.
  void ShrinkOutput() {
    EXPECT_GT(::fcntl(from_server_.out.get(), F_SETPIPE_SZ, 1), 0);
  }

  void CloseInput() { to_server_.in.reset(); }
  void CloseOutput() { from_server_.out.reset(); }

  /// Returns nullopt if it does not end.
  std::optional<int> ExitCode() {
    if (exit_code_.wait_for(std::chrono::seconds(20)) !=
        std::future_status::ready) {
      return std::nullopt;
    }
    const int code = exit_code_.get();
    transport_.reset();  // closes its output
    return code;
  }

 private:
  Server server_{test::ToyInfo(), test::ToyTools(), test::ToyOptions()};
  Pipe to_server_;
  Pipe from_server_;
  std::optional<StdioTransport> transport_;
  std::future<int> exit_code_;
};

TEST(StdioTransport, AnswersALineAndEndsWithItsInput) {
  Connection connection;
  connection.Send(std::string(kPing) + "\n");
  EXPECT_EQ(connection.Receive(), kPong);
  connection.CloseInput();
  EXPECT_EQ(connection.ExitCode(), 0);
  EXPECT_EQ(connection.Receive(), "");
}

TEST(StdioTransport, ReadsOneByteAtATime) {
  Connection connection;
  for (const char c : std::string(kPing) + "\n") connection.Send({&c, 1});
  EXPECT_EQ(connection.Receive(), kPong);
}

TEST(StdioTransport, TakesCarriageReturnsAndSkipsBlankLines) {
  Connection connection;
  connection.Send("\n\r\n  \t\n" + std::string(kPing) + "\r\n");
  EXPECT_EQ(connection.Receive(), kPong);
}

TEST(StdioTransport, AnswersALastLineWithoutNewline) {
  Connection connection;
  connection.Send(kPing);
  connection.CloseInput();
  EXPECT_EQ(connection.Receive(), kPong);
  EXPECT_EQ(connection.ExitCode(), 0);
}

TEST(StdioTransport, AnswersManyLinesOfOneRead) {
  Connection connection;
  std::string lines;
  for (int i = 0; i < 1000; ++i) lines += std::string(kPing) + "\n";
  std::jthread sender([&] { connection.Send(lines); });
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(connection.Receive(), kPong) << i;
}

TEST(StdioTransport, RefusesAHundredMegabytesOnceAndGoesOn) {
  Connection connection;
  const std::string chunk(1 << 20, 'x');
  for (int i = 0; i < 100; ++i) connection.Send(chunk);
  connection.Send("\n" + std::string(kPing) + "\n");
  EXPECT_EQ(json::parse(connection.Receive())["error"]["code"], -32600);
  EXPECT_EQ(connection.Receive(), kPong);
}

TEST(StdioTransport, CutsShortWhatRunsOnAfterTheInput) {
  Connection connection({.drain_at_end = milliseconds(1)});
  connection.Send(std::string(kSlow) + "\n");
  connection.CloseInput();
  EXPECT_EQ(connection.ExitCode(), 0);
  EXPECT_EQ(connection.Receive(), "");
}

TEST(StdioTransport, EndsWhenItsReaderIsGone) {
  Connection connection;
  connection.Send(std::string(kSlow) + "\n");
  connection.CloseOutput();  // and the input stays open
  EXPECT_EQ(connection.ExitCode(), 0);
}

TEST(StdioTransport, EndsOnASignal) {
  Connection connection({.drain_at_signal = milliseconds(1)});
  connection.Send(std::string(kSlow) + "\n" + std::string(kPing) + "\n");
  // The answer shows that the call was read and the signal handler is set.
  EXPECT_NE(connection.Receive(), "");
  ::kill(::getpid(), SIGTERM);
  EXPECT_EQ(connection.ExitCode(), 0);
}

TEST(StdioTransport, ASignalShortensTheWaitAfterTheInput) {
  Connection connection({.drain_at_end = std::chrono::hours(1)});
  connection.Send(std::string(kSlow) + "\n" + std::string(kPing) + "\n");
  EXPECT_NE(connection.Receive(), "");
  connection.CloseInput();
  ::kill(::getpid(), SIGTERM);
  EXPECT_EQ(connection.ExitCode(), 0);
}

TEST(StdioTransport, AReaderThatTakesNothingCannotKeepItAlive) {
  Connection connection({.drain_at_signal = milliseconds(1)});
  connection.Send(std::string(kPing) + "\n");
  EXPECT_EQ(connection.Receive(), kPong);
  // The requests fit into a pipe, the answers do not.
  connection.ShrinkOutput();
  std::string lines;
  for (int i = 0; i < 500; ++i) lines += std::string(kPing) + "\n";
  connection.Send(lines);
  ::kill(::getpid(), SIGTERM);
  EXPECT_EQ(connection.ExitCode(), 0);
}

/// In a child process, since it redirects its standard output and exits.
[[noreturn]] void RunWithStuckCall() {
  const Pipe input;
  const std::string line = std::string(kSlow) + "\n";
  EXPECT_EQ(::write(input.in.get(), line.data(), line.size()),
            static_cast<ssize_t>(line.size()));
  StdioTransport transport({.input = input.out.get(),
                            .drain_at_signal = milliseconds(1),
                            .stop_bound = milliseconds(1)});
  const Tool stuck{R"({"name":"slow","inputSchema":{"type":"object"}})",
                   [](const json&, const ToolContext&) -> ToolResult {
                     ::kill(::getpid(), SIGTERM);
                     while (true) std::this_thread::yield();
                   }};
  Server server(test::ToyInfo(), {stuck});
  std::exit(transport.Run(server));
}

TEST(StdioTransportDeathTest, EndsTheProcessWhenACallIsStuck) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(RunWithStuckCall(), ::testing::ExitedWithCode(1),
              "a call ignored its cancellation");
}

/// Accidental prints must not reach the client.
[[noreturn]] void PrintWhileServing() {
  const StdioTransport transport;
  ::puts("a library prints this");
  ::fflush(stdout);
  std::exit(0);
}

TEST(StdioTransportDeathTest, SendsStrayOutputToStandardError) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(PrintWhileServing(), ::testing::ExitedWithCode(0),
              "a library prints this");
}

}  // namespace
}  // namespace pmcp::server
