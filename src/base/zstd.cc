#include "base/zstd.h"

#include <fmt/core.h>
#include <zstd.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "base/check.h"

namespace pmcp {
namespace {

constexpr std::size_t kMagicBytes = 4;
constexpr std::string_view kMagic("\x28\xb5\x2f\xfd", kMagicBytes);
constexpr int kMaxWindowLog = 27;  // 128 MiB
constexpr std::size_t kFirstOutputBytes = std::size_t{64} << 10;

struct FreeContext {
  void operator()(ZSTD_DCtx* context) const { ::ZSTD_freeDCtx(context); }
};
using Context = std::unique_ptr<ZSTD_DCtx, FreeContext>;

Context MakeContext() {
  Context context(::ZSTD_createDCtx());
  PMCP_CHECK(context != nullptr);
  ::ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
  return context;
}

Error Damaged() {
  return InvalidArgument("the zstd data is damaged or cut short",
                         "Record or copy the file again.");
}

Error TooLarge(std::size_t limit) {
  return {ErrorKind::kTooLarge,
          fmt::format("the zstd data decompresses to more than {} MiB",
                      limit >> 20),
          "Use a smaller profile."};
}

}  // namespace

bool IsZstd(std::string_view bytes) { return bytes.starts_with(kMagic); }

Result<ByteBuffer> Unzstd(std::string_view input,
                          std::size_t max_output_bytes) {
  const Context context = MakeContext();
  ByteBuffer output;
  ZSTD_inBuffer in{input.data(), input.size(), 0};
  std::size_t made = 0;
  std::size_t wanted = 1;  // 0 at the end of a frame
  while (in.pos < in.size || wanted != 0) {
    if (made == output.size()) {
      if (made >= max_output_bytes) return TooLarge(max_output_bytes);
      output.Resize(
          std::min(std::max(kFirstOutputBytes, made * 2), max_output_bytes));
    }
    ZSTD_outBuffer out{output.data(), output.size(), made};
    const std::size_t before = in.pos;
    wanted = ::ZSTD_decompressStream(context.get(), &out, &in);
    if (::ZSTD_isError(wanted) != 0) return Damaged();
    const bool is_stuck = out.pos == made && in.pos == before;
    made = out.pos;
    if (is_stuck && made < output.size() && wanted != 0) return Damaged();
  }
  output.Resize(made);
  return output;
}

std::string UnzstdPrefix(std::string_view input, std::size_t max_output_bytes) {
  const Context context = MakeContext();
  std::string output(max_output_bytes, '\0');
  ZSTD_inBuffer in{input.data(), input.size(), 0};
  ZSTD_outBuffer out{output.data(), output.size(), 0};
  while (in.pos < in.size && out.pos < out.size) {
    const std::size_t state = ::ZSTD_decompressStream(context.get(), &out, &in);
    if (::ZSTD_isError(state) != 0) break;
  }
  output.resize(out.pos);
  return output;
}

}  // namespace pmcp
