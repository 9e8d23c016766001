#include "http/server/http_head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "base/text.h"

namespace pmcp::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
// A length of 12 digits is beyond every limit, and far from overflowing.
constexpr std::size_t kMaxLengthDigits = 12;

/// Fields that decide what a request is, or who sent it: two of one are two
/// opinions, and the next reader may choose the other one.
constexpr std::string_view kSingle[] = {
    "Host",           "Origin",
    "Content-Length", "Transfer-Encoding",
    "Content-Type",   "Content-Encoding",
    "Authorization",  "Connection",
    "Expect",         "MCP-Protocol-Version",
    "Mcp-Session-Id", "Mcp-Method",
    "Mcp-Name",       "Last-Event-ID"};
constexpr std::string_view kParameterPrefix = "Mcp-Param-";

using CharacterSet = std::array<bool, 256>;

/// RFC 9110, 5.6.2. A table, since every byte of a head is looked up.
constexpr CharacterSet TokenCharacters() {
  CharacterSet set{};
  for (char c = '0'; c <= '9'; ++c) set[static_cast<unsigned char>(c)] = true;
  for (char c = 'a'; c <= 'z'; ++c) set[static_cast<unsigned char>(c)] = true;
  for (char c = 'A'; c <= 'Z'; ++c) set[static_cast<unsigned char>(c)] = true;
  for (const char c : std::string_view("!#$%&'*+-.^_`|~")) {
    set[static_cast<unsigned char>(c)] = true;
  }
  return set;
}
constexpr CharacterSet kTokenCharacters = TokenCharacters();

bool IsTokenCharacter(char c) {
  return kTokenCharacters[static_cast<unsigned char>(c)];
}

bool IsToken(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, IsTokenCharacter);
}

/// Of a target or a value: everything but control characters.
bool IsText(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
}

bool IsTarget(std::string_view text) {
  return text.starts_with('/') && IsText(text) &&
         text.find(' ') == std::string_view::npos &&
         text.find('\t') == std::string_view::npos;
}

std::optional<HttpRefusal> ReadRequestLine(std::string_view line,
                                           HttpHead& head) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return HttpRefusal{400, "the request line is malformed"};
  }
  const auto method = line.substr(0, first);
  const auto target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (!IsToken(method) || !IsTarget(target)) {
    return HttpRefusal{400, "the request line is malformed"};
  }
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return HttpRefusal{505, "only HTTP/1.1 is spoken here"};
  }
  head.method = method;
  head.target = target;
  head.takes_chunks = version == "HTTP/1.1";
  head.keeps_alive = head.takes_chunks;
  return std::nullopt;
}

std::optional<HttpRefusal> ReadField(std::string_view line, HttpHead& head) {
  const auto colon = line.find(':');
  const auto name = line.substr(0, colon);
  // White space before the colon and folded lines end here, too.
  if (colon == std::string_view::npos || !IsToken(name)) {
    return HttpRefusal{400, "a header field is malformed"};
  }
  const auto value = line.substr(colon + 1);
  if (!IsText(value)) {  // a bare CR or LF among them
    return HttpRefusal{400, "a header field holds a control character"};
  }
  head.fields.Add(std::string(name), std::string(Trim(value)));
  return std::nullopt;
}

bool HasDuplicates(const HttpFields& fields) {
  if (std::ranges::any_of(kSingle, [&](std::string_view name) {
        return fields.Count(name) > 1;
      })) {
    return true;
  }
  return std::ranges::any_of(fields.all(), [&](const HttpField& field) {
    return field.name.size() > kParameterPrefix.size() &&
           EqualsIgnoringCase(
               std::string_view(field.name).substr(0, kParameterPrefix.size()),
               kParameterPrefix) &&
           fields.Count(field.name) > 1;
  });
}

std::optional<HttpRefusal> ReadLength(const HttpHeadLimits& limits,
                                      HttpHead& head) {
  const std::string* length = head.fields.Find("Content-Length");
  const std::string* coding = head.fields.Find("Transfer-Encoding");
  if (coding != nullptr) {
    if (length != nullptr || !EqualsIgnoringCase(*coding, "chunked") ||
        !head.takes_chunks) {
      return HttpRefusal{400, "Transfer-Encoding must be chunked, and alone"};
    }
    head.is_chunked = true;
    return std::nullopt;
  }
  if (length == nullptr) {
    const bool needs_body =
        head.method == "POST" || head.method == "PUT" || head.method == "PATCH";
    if (needs_body) return HttpRefusal{411, "Content-Length is missing"};
    return std::nullopt;
  }
  const char* end = length->data() + length->size();
  if (length->empty() || length->size() > kMaxLengthDigits ||
      !std::ranges::all_of(*length,
                           [](char c) { return c >= '0' && c <= '9'; }) ||
      std::from_chars(length->data(), end, head.content_length).ptr != end) {
    return HttpRefusal{400, "Content-Length must be a number"};
  }
  if (head.content_length > limits.body_bytes) {
    return HttpRefusal{413, "the body is too large"};
  }
  return std::nullopt;
}

/// Of a list with commas, as "TE, close".
bool HasWord(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    if (EqualsIgnoringCase(TakeFromList(list), word)) return true;
  }
  return false;
}

std::optional<HttpRefusal> ReadMeaning(const HttpHeadLimits& limits,
                                       HttpHead& head) {
  const HttpFields& fields = head.fields;
  if (HasDuplicates(fields)) {
    return HttpRefusal{400, "a header field is given twice"};
  }
  if (fields.Get("Host").empty()) {
    return HttpRefusal{400, "Host is missing"};
  }
  const auto encoding = fields.Get("Content-Encoding");
  if (!encoding.empty() && !EqualsIgnoringCase(encoding, "identity")) {
    return HttpRefusal{415, "the body must not be compressed"};
  }
  if (const std::string* expect = fields.Find("Expect")) {
    if (!EqualsIgnoringCase(*expect, "100-continue")) {
      return HttpRefusal{417, "only 100-continue can be expected"};
    }
    // RFC 9110, 10.1.1: of HTTP/1.0 it means nothing.
    head.expects_continue = head.takes_chunks;
  }
  if (HasWord(fields.Get("Connection"), "close")) head.keeps_alive = false;
  return ReadLength(limits, head);
}

}  // namespace

std::string_view HttpHead::path() const {
  return std::string_view(target).substr(0, target.find('?'));
}

std::variant<HttpHead, HttpRefusal> ParseHttpHead(
    std::string_view text, const HttpHeadLimits& limits) {
  if (text.size() > limits.head_bytes) {
    return HttpRefusal{431, "the header is too large"};
  }
  HttpHead head;
  bool is_first = true;
  while (true) {
    const auto end = text.find(kLineEnd);
    if (end == std::string_view::npos) {
      return HttpRefusal{400, "the header does not end"};
    }
    const auto line = text.substr(0, end);
    text.remove_prefix(end + kLineEnd.size());
    if (line.empty() && !is_first) break;
    if (!is_first && head.fields.all().size() == limits.fields) {
      return HttpRefusal{431, "there are too many header fields"};
    }
    const auto refusal =
        is_first ? ReadRequestLine(line, head) : ReadField(line, head);
    if (refusal) return *refusal;
    is_first = false;
  }
  if (const auto refusal = ReadMeaning(limits, head)) return *refusal;
  return head;
}

}  // namespace pmcp::http
