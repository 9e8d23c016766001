// Result<T>: a T or an Error. Replaces std::expected, which g++ 12 does not
// have in C++20 mode. A function that returns a Result does not throw.
#pragma once

#include <utility>
#include <variant>

#include "base/check.h"
#include "base/error.h"

namespace pmcp {

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value)  // NOLINT: implicit, so that `return value;` works
      : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error)  // NOLINT: implicit, so that `return error;` works
      : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(value()); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const& {
    PMCP_CHECK(!ok());
    return *std::get_if<1>(&state_);
  }
  Error&& error() && {
    PMCP_CHECK(!ok());
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  T& value() {
    PMCP_CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  const T& value() const {
    PMCP_CHECK(ok());
    return *std::get_if<0>(&state_);
  }

  std::variant<T, Error> state_;
};

/// Success without a value, or an Error. `return {};` is success.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error)  // NOLINT: implicit, so that `return error;` works
      : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const Error& error() const& {
    PMCP_CHECK(!ok());
    return *std::get_if<1>(&state_);
  }
  Error&& error() && {
    PMCP_CHECK(!ok());
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  std::variant<std::monostate, Error> state_;
};

}  // namespace pmcp

/// `PMCP_TRY(x, F());` declares `x` as the value of F(), or returns the error.
#define PMCP_TRY(name, expression)           \
  auto name##_result = (expression);         \
  if (!name##_result.ok()) {                 \
    return std::move(name##_result).error(); \
  }                                          \
  auto&& name = *std::move(name##_result)

/// `PMCP_TRY_VOID(F());` returns the error of a Result<void>, if any.
#define PMCP_TRY_VOID(expression)                         \
  if (auto try_result = (expression); !try_result.ok()) { \
    return std::move(try_result).error();                 \
  }                                                       \
  static_assert(true)
