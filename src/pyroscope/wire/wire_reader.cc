#include "pyroscope/wire/wire_reader.h"

#include <fmt/core.h>

#include <protozero/pbf_reader.hpp>

namespace pmcp::pyroscope {

using protozero::pbf_reader;
using protozero::pbf_wire_type;

bool WireReader::Next(pbf_reader& message) { return !error_ && message.next(); }

std::uint64_t WireReader::Number(pbf_reader& message, std::string_view path) {
  path_ = path;
  if (message.wire_type() == pbf_wire_type::varint) return message.get_uint64();
  SkipWrongKind(message, "an integer");
  return 0;
}

std::int64_t WireReader::Signed(pbf_reader& message, std::string_view path) {
  return static_cast<std::int64_t>(Number(message, path));
}

double WireReader::Double(pbf_reader& message, std::string_view path) {
  path_ = path;
  if (message.wire_type() == pbf_wire_type::fixed64) {
    return message.get_double();
  }
  SkipWrongKind(message, "a double");
  return 0;
}

std::string_view WireReader::Bytes(pbf_reader& message, std::string_view path) {
  path_ = path;
  if (message.wire_type() == pbf_wire_type::length_delimited) {
    const protozero::data_view view = message.get_view();
    return {view.data(), view.size()};
  }
  SkipWrongKind(message, "text or a message");
  return {};
}

std::string WireReader::Text(pbf_reader& message, std::string_view path) {
  const std::string_view bytes = Bytes(message, path);
  return Charge(bytes.size()) ? std::string(bytes) : std::string();
}

pbf_reader WireReader::Message(pbf_reader& message, std::string_view path) {
  const std::string_view bytes = Bytes(message, path);
  return pbf_reader(bytes.data(), bytes.size());
}

bool WireReader::Charge(std::size_t bytes) {
  charged_bytes_ += bytes;
  if (charged_bytes_ <= limits_.memory_bytes) return true;
  FailTooLarge();
  return false;
}

void WireReader::Fail(std::string_view path, std::string_view what) {
  if (error_) return;
  error_ = {ErrorKind::kBadResponse,
            fmt::format("the answer of {} cannot be read: {} {}", endpoint_,
                        path.empty() ? "it" : path, what),
            "Check that the URL is Pyroscope's and that no proxy in between "
            "changes responses."};
}

void WireReader::FailTooLarge() {
  if (error_) return;
  error_ = {ErrorKind::kTooLarge,
            fmt::format("the answer of {} would take too much memory in {}",
                        endpoint_, path_),
            "Ask for a shorter window, or narrow the selector."};
}

void WireReader::SkipWrongKind(pbf_reader& message, std::string_view wanted) {
  Fail(path_, fmt::format("is not {}", wanted));
  message.skip();
}

Result<void> ReadAnswer(std::string_view endpoint,
                        const std::function<void(WireReader&)>& read,
                        const WireLimits& limits) {
  WireReader reader(endpoint, limits);
  try {  // protozero throws on malformed input
    read(reader);
  } catch (const protozero::end_of_buffer_exception&) {
    reader.Fail(reader.path(), "is cut short");
  } catch (const protozero::exception&) {
    reader.Fail(reader.path(), "is followed by bytes that are not protobuf");
  }
  if (reader.error()) return *reader.error();
  return {};
}

}  // namespace pmcp::pyroscope
