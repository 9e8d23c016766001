#include "store/ingest/sample_ids.h"

#include <optional>

namespace pmcp::store {
namespace {

constexpr std::string_view kSpanId = "span_id";
constexpr std::string_view kProfileId = "profile_id";
constexpr std::string_view kTraceId = "trace_id";

std::optional<unsigned> HexDigit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

/// The number that 16 hex digits write.
std::optional<std::uint64_t> ParseHex64(std::string_view text) {
  if (text.size() != 16) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : text) {
    const auto digit = HexDigit(c);
    if (!digit) return std::nullopt;
    number = number << 4 | *digit;
  }
  return number;
}

void AppendBytes(std::uint64_t number, std::string& bytes) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>(number >> shift & 0xff));
  }
}

}  // namespace

bool IsIdLabel(std::string_view key) {
  return key == kSpanId || key == kTraceId || key == kProfileId;
}

// The columns are made at the first id, so that profiles without any, which
// most are, pay nothing.
SampleIds::SampleIds(const profile::Profile& profile) {
  if (profile.samples.all_labels().empty()) return;
  const std::size_t samples = profile.samples.size();
  for (std::size_t sample = 0; sample < samples; ++sample) {
    for (const profile::SampleLabel& label : profile.samples.labels(sample)) {
      const std::string_view key = profile.strings[label.key];
      const std::string_view value = profile.strings[label.str];
      if (key == kSpanId || key == kProfileId) SetSpan(sample, samples, value);
      if (key == kTraceId) SetTrace(sample, samples, value);
    }
  }
}

void SampleIds::SetSpan(std::size_t sample, std::size_t samples,
                        std::string_view hex) {
  const auto id = ParseHex64(hex);
  if (!id) return;
  if (spans_.empty()) spans_.resize(samples);
  spans_[sample] = *id;
}

void SampleIds::SetTrace(std::size_t sample, std::size_t samples,
                         std::string_view hex) {
  const auto high = ParseHex64(hex.substr(0, 16));
  const auto low = hex.size() == 32 ? ParseHex64(hex.substr(16)) : std::nullopt;
  if (!high || !low) return;
  if (traces_.empty()) traces_.resize(samples);
  std::string id;
  AppendBytes(*high, id);
  AppendBytes(*low, id);
  // Samples of one trace often follow each other.
  if (!trace_bytes_.ends_with(id)) trace_bytes_ += id;
  traces_[sample] =
      static_cast<std::uint32_t>(trace_bytes_.size() / kTraceBytes);
}

std::size_t SampleIds::memory_bytes() const {
  return spans_.capacity() * sizeof(spans_[0]) +
         traces_.capacity() * sizeof(traces_[0]) + trace_bytes_.capacity();
}

}  // namespace pmcp::store
