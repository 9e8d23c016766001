#include "base/gzip.h"

#include <fmt/core.h>
#include <libdeflate.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "base/check.h"

namespace pmcp {
namespace {

constexpr std::size_t kSmallestMember = 18;  // header 10, trailer 8
// Profiles compress by a factor of 3 to 10. A trailer that claims more is
// usually the end of a truncated file, so the first guess is clamped to it.
constexpr std::size_t kLikelyRatio = 16;
constexpr int kCompressionLevel = 6;

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* d) const {
    libdeflate_free_decompressor(d);
  }
};
struct FreeCompressor {
  void operator()(libdeflate_compressor* c) const {
    libdeflate_free_compressor(c);
  }
};

Error Damaged(std::string_view how) {
  return InvalidArgument(fmt::format("the gzip data {}", how),
                         "Record or copy the file again.");
}

Error TooLarge(std::size_t limit) {
  return {
      ErrorKind::kTooLarge,
      fmt::format("the gzip data inflates to more than {} MiB", limit >> 20),
      "Use a smaller profile."};
}

/// The size of the last member (modulo 2^32), as its trailer states it.
std::size_t StatedSize(std::string_view input) {
  unsigned char b[4];
  std::memcpy(b, input.data() + input.size() - 4, 4);
  return b[0] | (b[1] << 8) | (b[2] << 16) |
         (static_cast<std::size_t>(b[3]) << 24);
}

/// A first guess of the size of a member: most files have one member. A guess
/// only, since the input is not trusted.
std::size_t GuessSize(std::string_view input, std::size_t limit) {
  const std::size_t least = input.size() * 2;
  const std::size_t most = input.size() * kLikelyRatio;
  return std::min(std::clamp(StatedSize(input), least, most), limit);
}

/// Appends one member to `output`. Returns the number of input bytes consumed.
Result<std::size_t> InflateMember(libdeflate_decompressor* decompressor,
                                  std::string_view input, std::size_t limit,
                                  ByteBuffer& output) {
  const std::size_t before = output.size();
  std::size_t room = GuessSize(input, limit - before);
  while (true) {
    output.Resize(before + room);
    std::size_t taken = 0;
    std::size_t made = 0;
    switch (libdeflate_gzip_decompress_ex(decompressor, input.data(),
                                          input.size(), output.data() + before,
                                          room, &taken, &made)) {
      case LIBDEFLATE_SUCCESS:
        output.Resize(before + made);
        return taken;
      case LIBDEFLATE_INSUFFICIENT_SPACE:
        if (before + room >= limit) return TooLarge(limit);
        room =
            std::min(std::max<std::size_t>(room * 4, 1 << 16), limit - before);
        break;
      default:
        return Damaged("is damaged or cut short");
    }
  }
}

}  // namespace

bool IsGzip(std::string_view bytes) {
  return bytes.size() >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

class Gunzipper::Tables {
 public:
  Tables() : decompressor_(libdeflate_alloc_decompressor()) {
    PMCP_CHECK(decompressor_ != nullptr);
  }
  libdeflate_decompressor* get() { return decompressor_.get(); }

 private:
  std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor_;
};

Gunzipper::Gunzipper() : tables_(std::make_unique<Tables>()) {}
Gunzipper::~Gunzipper() = default;

Result<void> Gunzipper::Gunzip(std::string_view input,
                               std::size_t max_output_bytes,
                               ByteBuffer& output) {
  output.Resize(0);
  do {
    if (!IsGzip(input)) return Damaged("is followed by other bytes");
    if (input.size() < kSmallestMember) return Damaged("is cut short");
    PMCP_TRY(taken,
             InflateMember(tables_->get(), input, max_output_bytes, output));
    input.remove_prefix(taken);
  } while (!input.empty());
  return {};
}

Result<ByteBuffer> Gunzip(std::string_view input,
                          std::size_t max_output_bytes) {
  ByteBuffer output;
  PMCP_TRY_VOID(Gunzipper().Gunzip(input, max_output_bytes, output));
  return output;
}

// libdeflate inflates whole members only, so this is zlib's.
std::string GunzipPrefix(std::string_view input, std::size_t max_output_bytes) {
  constexpr int kGzipOnly = 16 + MAX_WBITS;
  z_stream stream{};
  if (::inflateInit2(&stream, kGzipOnly) != Z_OK) return {};
  std::string output(max_output_bytes, '\0');
  // zlib does not write through next_in.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(output.data());
  stream.avail_out = static_cast<uInt>(output.size());
  ::inflate(&stream, Z_SYNC_FLUSH);
  output.resize(output.size() - stream.avail_out);
  ::inflateEnd(&stream);
  return output;
}

std::string Gzip(std::string_view input) {
  const std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(
      libdeflate_alloc_compressor(kCompressionLevel));
  PMCP_CHECK(compressor != nullptr);
  std::string output(
      libdeflate_gzip_compress_bound(compressor.get(), input.size()), '\0');
  const std::size_t size =
      libdeflate_gzip_compress(compressor.get(), input.data(), input.size(),
                               output.data(), output.size());
  PMCP_CHECK(size > 0);
  output.resize(size);
  return output;
}

}  // namespace pmcp
