// FakePyroscope: a Pyroscope over real HTTP on a free port of the loopback. It
// decodes what it is asked, asks a ProfileSource (the embedded store, which
// answers as a recorded server does), and encodes the answer.
//
// Runs in a thread of its own until it is destroyed. Thread-safe.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/time_range.h"
#include "source/profile_source.h"

namespace pmcp::test {

class PushFolder;

/// The modes of a real one (docs/pyroscope-behavior.md, "Read paths").
enum class ServerMode { kV2, kDual, kV1 };

struct FakePyroscopeOptions {
  ServerMode mode = ServerMode::kV2;
  /// Of kDual: the old path reads what is before.
  std::optional<TimePointMs> new_since;
  /// Of kDual: GetProfileStats names no oldest time while `new_since` is in the
  /// last hour. Null: it is older.
  const Clock* clock = nullptr;
  /// False: GetProfileStats is empty, as while all data are in fresh segments.
  bool has_stats = true;
  /// Each answer waits this long, as on a slow network.
  std::chrono::milliseconds latency{0};
  std::string version = "2.2.0";  // "": of today, and does not tell
  bool tells_version = true;
  std::string path_prefix;
  int port = 0;  // 0: any that is free
  /// What `Authorization` and `X-Scope-OrgID` must be; "": anything.
  std::string authorization;
  std::string tenant;
  std::chrono::milliseconds max_query_length{0};  // 0: any
  std::int64_t max_nodes = 1'048'576;
  bool gzip = true;
  /// Takes what is pushed, which `source` should read; null: refuses it.
  PushFolder* pushed = nullptr;
};

struct SeenRequest {
  std::string path;
  std::map<std::string, std::string> headers;  // names in lower case
};

class FakePyroscope {
 public:
  /// `source` outlives it.
  FakePyroscope(const source::ProfileSource& source,
                FakePyroscopeOptions options);
  ~FakePyroscope();

  /// "http://127.0.0.1:PORT" and the prefix.
  std::string url() const;
  int port() const;
  std::vector<SeenRequest> requests() const;
  /// How many requests had a path that ends so.
  std::size_t Count(std::string_view path_end) const;

 private:
  class Server;
  std::unique_ptr<Server> server_;
};

}  // namespace pmcp::test
