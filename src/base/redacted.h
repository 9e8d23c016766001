// Redacted: a secret that prints as "***", so that no log line and no message
// shows it by accident. Reveal() returns the value.
#pragma once

#include <fmt/format.h>

#include <utility>

namespace pmcp {

template <typename T>
class Redacted {
 public:
  Redacted() = default;
  explicit Redacted(T value) : value_(std::move(value)) {}

  const T& Reveal() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  T value_;
};

}  // namespace pmcp

template <typename T>
struct fmt::formatter<pmcp::Redacted<T>> : fmt::formatter<fmt::string_view> {
  template <typename Context>
  auto format(const pmcp::Redacted<T>&, Context& context) const {
    return fmt::formatter<fmt::string_view>::format("***", context);
  }
};
