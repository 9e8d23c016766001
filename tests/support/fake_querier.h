// FakeQuerier: what a Pyroscope answers to one message of querier.v1, with
// the checks and the gaps of the version and the mode that it plays.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "source/profile_source.h"
#include "tests/support/fake_pyroscope.h"

namespace pmcp::test {

class FakeQuerier {
 public:
  FakeQuerier(const source::ProfileSource& source,
              const FakePyroscopeOptions& options)
      : source_(source), options_(options) {}

  /// kUnsupported: 501; kNotFound: no such method; other errors: 400.
  Result<std::string> Answer(std::string_view method,
                             const std::string& message) const;

 private:
  const source::ProfileSource& source_;
  const FakePyroscopeOptions& options_;
};

}  // namespace pmcp::test
