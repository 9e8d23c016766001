#include "profile/formats/decode_profile.h"

#include <algorithm>
#include <utility>

#include "base/zstd.h"
#include "profile/formats/recognize.h"

namespace pmcp::profile {
namespace {

/// A format of files.
struct Format {
  /// `content` is inflated.
  bool (*matches)(std::string_view content, std::string_view name);
  /// Replaces the content of `profile`.
  Result<void> (*decode)(std::string_view content, Profile& profile,
                         const ProfileLimits& limits, Strings strings);
};

bool MatchesAny(std::string_view, std::string_view) { return true; }

// The first format that matches decodes the file. Protobuf has no magic bytes,
// so pprof is the last one: its decoder says what is wrong with other bytes.
constexpr Format kFormats[] = {{MatchesAny, DecodePprofInto}};

}  // namespace

Result<Profile> DecodeProfile(ByteBuffer bytes, std::string_view name,
                              const ProfileLimits& limits) {
  ProfileDecoder decoder(limits);
  PMCP_TRY_VOID(decoder.Decode(bytes, name, Strings::kCopied));
  return std::move(decoder.profile_);
}

Result<void> ProfileDecoder::Decode(ByteBuffer& bytes, std::string_view name) {
  return Decode(bytes, name, Strings::kViews);
}

Result<void> ProfileDecoder::Decode(ByteBuffer& bytes, std::string_view name,
                                    Strings strings) {
  PMCP_TRY(content, Inflate(bytes));
  const Format& format =
      *std::ranges::find_if(kFormats, [&](const Format& candidate) {
        return candidate.matches(content, name);
      });
  Result<void> decoded = format.decode(content, profile_, limits_, strings);
  if (!decoded.ok() && decoded.error().kind == ErrorKind::kInvalidArgument) {
    const auto what = DescribeForeign(content.substr(0, kRecognizedBytes));
    if (what) return InvalidArgument(*what, decoded.error().hint);
  }
  return decoded;
}

/// A view of `bytes` or of inflated_.
Result<std::string_view> ProfileDecoder::Inflate(ByteBuffer& bytes) {
  if (IsZstd(bytes.view())) {
    PMCP_TRY(content, Unzstd(bytes.view(), limits_.inflated_bytes));
    inflated_ = std::move(content);
    if (inflated_.size() > kKeptBytes) bytes = {};
    return inflated_.view();
  }
  if (!IsGzip(bytes.view())) return bytes.view();
  PMCP_TRY_VOID(
      gunzipper_.Gunzip(bytes.view(), limits_.inflated_bytes, inflated_));
  if (inflated_.size() > kKeptBytes) bytes = {};
  return inflated_.view();
}

bool ProfileDecoder::FreeLargeBuffers(ByteBuffer& bytes) {
  if (inflated_.size() <= kKeptBytes && bytes.size() <= kKeptBytes) {
    return false;
  }
  bytes = {};
  inflated_ = {};
  profile_ = {};
  return true;
}

}  // namespace pmcp::profile
